//! The origin check of WebSocket requests.

use http::header::{self, HeaderMap};

use crate::domain::forgery_reason::ForgeryReason;
use crate::domain::origin::Origin;

/// Refuses a WebSocket that a page of another origin opens. Browsers let any page open a WebSocket to any host and send
/// the credentials that they store for it: cookies and `Basic`. Only `Origin` shows which page it is (RFC 6455 §10.2;
/// cross-site WebSocket hijacking). A client that sends no `Origin` is not a browser. Not called if the client itself
/// added the credential (`pipeline::is_ambient`): no page can make a browser do that, and apps send whatever they run
/// in (`capacitor://localhost`, `vscode-webview://…`).
pub(super) fn check(headers: &HeaderMap, here: &Origin) -> Result<(), ForgeryReason> {
    for origin in headers.get_all(header::ORIGIN) {
        let same =
            origin.to_str().ok().and_then(|text| text.parse::<Origin>().ok()).is_some_and(|origin| origin == *here);
        if !same {
            return Err(ForgeryReason::WebSocket);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_another_site_opens_no_websocket() {
        let here: Origin = "https://app.example".parse().unwrap();
        let checked = |lines: &[(&str, &str)]| {
            check(&lines.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect(), &here)
        };
        assert!(checked(&[]).is_ok());
        assert!(checked(&[("origin", "https://APP.example:443")]).is_ok());
        for origin in [
            "https://evil.example",
            "http://app.example",
            "https://app.example:8443",
            "null",
            "",
            "https://app.example.evil.test",
        ] {
            assert!(checked(&[("origin", origin)]).is_err(), "{origin}");
        }
        assert!(checked(&[("origin", "https://app.example"), ("origin", "https://evil.example")]).is_err());
    }
}
