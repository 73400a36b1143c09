//! Judges what a configuration does, in addition to what it says: whether everything that looks closed is closed.
//!
//! A rule, a network or a header value can be well formed and protect nothing. Each is judged by its effect: rules by
//! the decision that real requests get, networks by the addresses that they contain together, values by how browsers
//! interpret them. All of this is allowed, so it is a warning; settings that can never work are a mistake in their
//! section. Called once by `load`, for a configuration without mistakes.

pub(super) mod certificates;
mod dots;
mod networks;
mod plain_http;
mod rules;
mod suffixes;
mod switches;
mod trial;

use super::mistakes::MistakeCollector;
use super::section::Document;
use super::settings::Settings;

/// Adds a warning for each effect that is probably not intended.
pub(super) fn judge(document: &Document, settings: &Settings, mistakes: &mut MistakeCollector<'_>) {
    networks::judge(&document.server, mistakes);
    suffixes::judge(document, mistakes);
    plain_http::judge(document, mistakes);
    switches::judge(document, mistakes);
    dots::judge(&document.sites, mistakes);
    rules::judge(&settings.sites, mistakes);
}
