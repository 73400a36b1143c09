//! Warns about values that silently turn a protection off.

use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::config::section::Document;
use crate::config::value::hsts::Hsts;
use crate::policy::{AmbiguousPaths, Requirement};

/// More messages than a meaningful limit allows: an account is sent ten in a day at most.
const SENDS_WITHOUT_LIMIT: u32 = 100_000;

pub(super) fn judge(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    hsts(document, mistakes);
    times(document, mistakes);
    log(document, mistakes);
    ambiguous_paths(document, mistakes);
    if document.throttle.sends_per_day.0 >= SENDS_WITHOUT_LIMIT {
        let at = KeyPath::of("throttle").key("sends_per_day");
        mistakes.warning(
            &at,
            "this is practically no limit: an attacker can cause the cost of all these messages in a day",
        );
    }
}

/// RFC 6797 §6.1.1: with `max-age=0` a browser forgets that the host is https-only.
fn hsts(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    let Hsts::Value(value) = &document.server.hsts.0 else { return };
    let age = value.split(';').next().and_then(|first| first.trim().strip_prefix("max-age="));
    if age.is_some_and(|age| age.bytes().all(|digit| digit == b'0')) {
        let at = KeyPath::of("server").key("hsts");
        mistakes.warning(
            &at,
            "tells browsers to forget that this host is https-only, so that the next visit may use plain http; write \
             `auto`, or `off` to send nothing",
        );
    }
}

fn times(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    let idle = document.session.idle.0.0;
    let lifetime = document.session.lifetime.0.0;
    if idle == lifetime {
        let at = KeyPath::of("session").key("idle");
        mistakes.warning(&at, "as long as `session.lifetime`: an unused session never ends early");
    }
    if document.server.drain_timeout.0.0.is_zero() {
        let at = KeyPath::of("server").key("drain_timeout");
        mistakes.warning(&at, "active requests are cut off when the gateway stops or restarts");
    }
}

/// Whether the filter keeps the security decisions (target `audit`): its own directive is used if there is one, else
/// the one without a target.
fn log(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    let level = &document.log.level.0.0;
    let parts = || level.split(',').map(str::trim);
    let own = parts().filter_map(|part| part.strip_prefix("audit=")).next_back();
    let general = parts().rfind(|part| !part.contains('='));
    // A filter with only targets keeps the errors of all others.
    let kept = own.or(general).unwrap_or("error");
    if matches!(kept, "off" | "error" | "warn") {
        let at = KeyPath::of("log").key("level");
        mistakes.warning(&at, "security decisions (target `audit`) are not logged; add `audit=info`");
    }
}

/// Rules cover every known interpretation of a path. If ambiguous paths pass, a denied place is only protected if the
/// site uses no other interpretation.
fn ambiguous_paths(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    for (index, site) in document.sites.iter().enumerate() {
        let denies = |rule: &crate::config::section::rules::Rule| {
            rule.require.as_ref().is_some_and(|require| require.0 == Requirement::Deny)
        };
        if site.ambiguous_paths.0 == AmbiguousPaths::Pass && site.rules.iter().any(denies) {
            let at = KeyPath::of("sites").index(index).key("ambiguous_paths");
            mistakes.warning(
                &at,
                "ambiguous paths reach the site, so whether a denied place is protected depends on how the site reads them; \
                 write `refuse`, or deny those places at the site as well",
            );
        }
    }
}
