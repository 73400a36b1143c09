//! Hosts that are public suffixes: names below which strangers register their own.

use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::config::public_suffix::is_public_suffix;
use crate::config::section::Document;
use crate::domain::host::HostPattern;

/// Where `portal.url` is set, `*.` and a public suffix is a mistake (`section/sites`): strangers would be handed
/// sessions. Without it each host signs in for itself, and all it costs is that the gateway answers for every name.
pub(super) fn judge(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    if let Some(url) = &document.portal.url {
        let host = url.0.0.authority().host();
        if is_public_suffix(host) {
            let text =
                format!("`{host}` is a public suffix: strangers own the names below it; write a host of your own");
            mistakes.warning(&KeyPath::of("portal").key("url"), text);
        }
    }
    for (index, site) in document.sites.iter().enumerate() {
        let at = KeyPath::of("sites").index(index).key("host");
        match site.host.as_ref().map(|host| &host.0.pattern) {
            Some(HostPattern::Exact(host)) if is_public_suffix(host) => {
                let text =
                    format!("`{host}` is a public suffix: strangers own the names below it; write a host of your own");
                mistakes.warning(&at, text);
            }
            Some(HostPattern::Below(host)) if is_public_suffix(host) => {
                let text = format!(
                    "`{host}` is a public suffix: strangers own the names below it, and the site answers for all of them; \
                     write a host of your own, such as `*.example.{host}`"
                );
                mistakes.warning(&at, text);
            }
            Some(HostPattern::Exact(_) | HostPattern::Below(_) | HostPattern::Any) | None => {}
        }
    }
}
