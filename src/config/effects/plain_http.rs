//! Warns about plain http to another machine: of sites, and of the portal where `server.insecure_http` allows it.

use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::config::section::Document;
use crate::config::section::sites::Site;
use crate::config::value::url::UpstreamUrl;
use crate::domain::origin::Scheme;

pub(super) fn judge(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    portal(document, mistakes);
    sites(&document.sites, mistakes);
}

/// Without `server.insecure_http` it is a mistake (`section/portal`). A browser calls such a page insecure (W3C Secure
/// Contexts §3.1): it takes no `Secure` cookie from there (RFC 6265bis §5.7) and offers no WebAuthn.
fn portal(document: &Document, mistakes: &mut MistakeCollector<'_>) {
    let Some(url) = document.portal.url.as_ref().map(|url| &url.0.0) else { return };
    let host = url.authority().host();
    if url.scheme() == Scheme::Http && !host.is_loopback() {
        mistakes.warning(
            &KeyPath::of("portal").key("url"),
            format!(
                "plain http to `{host}`, which browsers treat as insecure: neither `Secure` cookies nor passkeys work there, \
                 and anybody on the network can take a session over; write `https://`"
            ),
        );
    }
}

/// One line for all of them: if every app is in a container network, one line each would hide the other warnings. A
/// private address or a name without a dot is another machine as well: anyone on that network can read cookies and
/// forms, and send the site a forged identity.
fn sites(sites: &[Site], mistakes: &mut MistakeCollector<'_>) {
    let upstreams = sites.iter().enumerate().flat_map(|(site, written)| {
        let at = KeyPath::of("sites").index(site).key("upstream");
        written.upstream.iter().enumerate().map(move |(place, upstream)| (at.index(place), &upstream.0))
    });
    let plain: Vec<KeyPath> = upstreams
        .filter(|(_, upstream)| match upstream {
            UpstreamUrl::Http(origin, _) => origin.scheme() == Scheme::Http && !origin.authority().host().is_loopback(),
            UpstreamUrl::Unix(_) => false,
        })
        .map(|(at, _)| at)
        .collect();
    let Some((first, others)) = plain.split_first() else { return };
    let others: Vec<String> = others.iter().map(|at| format!("`{at}`")).collect();
    let also = if others.is_empty() { String::new() } else { format!(" (so do {})", others.join(", ")) };
    mistakes.warning(
        first,
        format!(
            "plain http to another machine{also}: anyone on the network in between can read cookies and forms, and send \
             the site any identity; write `https://`, or run both on one machine"
        ),
    );
}
