//! What a configuration does, beside what it says: whether what looks closed is closed.
//!
//! A rule, a network or a header value can be well formed and yet protect nothing. Here each is judged by its effect:
//! rules by the decision that real requests get, networks by what they cover together, values by what browsers make of
//! them. Everything here is allowed, so it earns a warning and no mistake; what can never work is a mistake of its
//! section. Called once by `load`, for a configuration without mistakes.

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

/// Adds a warning for each effect that an operator hardly wants.
pub(super) fn judge(document: &Document, settings: &Settings, mistakes: &mut MistakeCollector<'_>) {
    networks::judge(&document.server, mistakes);
    suffixes::judge(document, mistakes);
    plain_http::judge(&document.sites, mistakes);
    switches::judge(document, mistakes);
    dots::judge(&document.sites, mistakes);
    rules::judge(&settings.sites, mistakes);
}
