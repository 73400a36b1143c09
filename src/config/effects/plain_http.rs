//! Warns about sites that are reached over plain http on another machine.

use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::config::section::sites::Site;
use crate::config::value::url::UpstreamUrl;
use crate::domain::origin::Scheme;

/// One line for all of them: if every app is in a container network, one line each would hide the other warnings. A
/// private address or a name without a dot is another machine as well: anyone on that network can read cookies and
/// forms, and send the site a forged identity.
pub(super) fn judge(sites: &[Site], mistakes: &mut MistakeCollector<'_>) {
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
