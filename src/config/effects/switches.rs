//! Values that turn a protection off without saying so.

use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::config::section::Document;
use crate::config::value::hsts::Hsts;
use crate::policy::{AmbiguousPaths, Requirement};

/// More messages than an installation that means a limit allows: an account is sent ten in a day at most.
const SENDS_WITHOUT_LIMIT: u32 = 100_000;

pub(super) fn judge(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    hsts(document, mistakes);
    times(document, mistakes);
    log(document, mistakes);
    ambiguous_paths(document, mistakes);
    if document.throttle.sends_per_day.0 >= SENDS_WITHOUT_LIMIT {
        let at = KeyPath::of("throttle").key("sends_per_day");
        mistakes.warning(&at, "so many messages are no limit: an attacker can run up a bill for all of them in a day");
    }
}

/// RFC 6797 §6.1.1: a browser that is told 0 forgets that the host speaks https alone.
fn hsts(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    let Hsts::Value(value) = &document.server.hsts.0 else { return };
    let age = value.split(';').next().and_then(|first| first.trim().strip_prefix("max-age="));
    if age.is_some_and(|age| age.bytes().all(|digit| digit == b'0')) {
        let at = KeyPath::of("server").key("hsts");
        mistakes.warning(
            &at,
            "tells browsers to forget that this host speaks https alone, so that the next visit may go over plain http; \
             write `auto`, or `off` to send nothing",
        );
    }
}

fn times(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    let idle = document.session.idle.0.0;
    let lifetime = document.session.lifetime.0.0;
    if idle == lifetime {
        let at = KeyPath::of("session").key("idle");
        mistakes.warning(&at, "as long as `session.lifetime`: a session that is not used never ends early");
    }
    if document.server.drain_timeout.0.0.is_zero() {
        let at = KeyPath::of("server").key("drain_timeout");
        mistakes.warning(&at, "every request under way is cut off when the gateway ends or is restarted");
    }
}

/// Whether the filter keeps the security decisions (target `audit`): its own part counts, else the one without a
/// target.
fn log(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    let level = &document.log.level.0.0;
    let parts = || level.split(',').map(str::trim);
    let own = parts().filter_map(|part| part.strip_prefix("audit=")).next_back();
    let general = parts().rfind(|part| !part.contains('='));
    // A filter that names targets alone keeps errors of all others.
    let kept = own.or(general).unwrap_or("error");
    if matches!(kept, "off" | "error" | "warn") {
        let at = KeyPath::of("log").key("level");
        mistakes.warning(&at, "security decisions (target `audit`) are not written; add `audit=info`");
    }
}

/// The rules follow every reading of a path that is known. Where such paths pass, a place that is denied hangs on the
/// site reading none that is not.
fn ambiguous_paths(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    for (index, site) in document.sites.iter().enumerate() {
        let denies = |rule: &crate::config::section::rules::Rule| {
            rule.require.as_ref().is_some_and(|require| require.0 == Requirement::Deny)
        };
        if site.ambiguous_paths.0 == AmbiguousPaths::Pass && site.rules.iter().any(denies) {
            let at = KeyPath::of("sites").index(index).key("ambiguous_paths");
            mistakes.warning(
                &at,
                "paths that can be read in two ways reach the site, so what a rule denies hangs on how the site reads \
                 them; write `refuse`, or deny those places at the site as well",
            );
        }
    }
}
