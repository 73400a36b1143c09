//! The public suffix list (publicsuffix.org): names such as `co.uk` and `github.io`, below which strangers register
//! their own. Both of its parts are used, that of the registries and that of companies, as in browsers.

use crate::domain::host::HostName;

/// Whether the host is a public suffix. A name that is not in the list, such as `localhost` or `lan`, is not: it
/// belongs to a private network.
pub(super) fn is_public_suffix(host: &HostName) -> bool {
    let name = host.as_str();
    host.address().is_none()
        && psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known() && suffix == name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::is_public_suffix;

    #[test]
    fn suffixes_of_registries_and_of_companies_are_known_and_nothing_else() {
        let judged = |host: &str| is_public_suffix(&host.parse().unwrap());
        for host in ["com", "co.uk", "GitHub.io", "xn--p1ai", "\u{440}\u{444}", "anything.ck"] {
            assert!(judged(host), "{host}");
        }
        for host in
            ["example.com", "example.co.uk", "me.github.io", "www.ck", "localhost", "lan", "app.internal", "192.0.2.1"]
        {
            assert!(!judged(host), "{host}");
        }
    }
}
