//! Warns about hosts that are public suffixes: names below which strangers register their own.

use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::config::public_suffix::is_public_suffix;
use crate::config::section::Document;
use crate::domain::host::HostPattern;

/// If `portal.url` is set, `*.` and a public suffix is a mistake (`section/sites`): sessions would be handed to
/// strangers. Without it each host has its own sign-in, and the only effect is that the gateway answers for every name.
pub(super) fn judge(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    if let Some(url) = &document.portal.url {
        let host = url.0.0.authority().host();
        if is_public_suffix(host) {
            let text = format!("`{host}` is a public suffix: strangers own the names below it; write your own host");
            mistakes.warning(&KeyPath::of("portal").key("url"), text);
        }
    }
    for (index, site) in document.sites.iter().enumerate() {
        let at = KeyPath::of("sites").index(index).key("host");
        match site.host.as_ref().map(|host| &host.0.pattern) {
            Some(HostPattern::Exact(host)) if is_public_suffix(host) => {
                let text =
                    format!("`{host}` is a public suffix: strangers own the names below it; write your own host");
                mistakes.warning(&at, text);
            }
            Some(HostPattern::Below(host)) if is_public_suffix(host) => {
                let text = format!(
                    "`{host}` is a public suffix: strangers own the names below it, and the site answers for all of them; \
                     write your own host, such as `*.example.{host}`"
                );
                mistakes.warning(&at, text);
            }
            Some(HostPattern::Exact(_) | HostPattern::Below(_) | HostPattern::Any) | None => {}
        }
    }
}
