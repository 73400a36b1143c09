//! Where somebody signs in, as seen from a host, and the address that leads there and back.

use std::fmt::Write as _;

use http::Method;

use crate::domain::origin::Origin;
use crate::domain::return_target::ReturnTarget;
use crate::session::cookies::belongs;
use crate::web::app::Settings;
use crate::web::request_method;

/// Where the people who visit a host sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginLocation<'a> {
    /// On this very host.
    Here,
    /// At the portal, whose cookie reaches this host too (`session.cookie_domain`).
    Portal(&'a Origin),
    /// At the portal, which hands the session over to this host.
    HandedOver(&'a Origin),
}

/// How an address says where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As short as a browser on this host understands it.
    Short,
    /// Whole URLs, and the method always: for an answer that another proxy passes on, which may complete a short
    /// one by its own address.
    Whole,
}

impl Settings {
    /// Where the visitors of `here` sign in.
    pub fn login_location(&self, here: &Origin) -> LoginLocation<'_> {
        let host = here.authority().host();
        let Some(portal) = self.portal.as_ref().filter(|portal| portal.authority().host() != host) else {
            return LoginLocation::Here;
        };
        let shared = self.cookie_domain.as_ref().is_some_and(|domain| belongs(host, domain));
        if shared { LoginLocation::Portal(portal) } else { LoginLocation::HandedOver(portal) }
    }

    /// The origin whose pages the visitors of `here` sign in on.
    pub fn portal_of(&self, here: &Origin) -> Origin {
        match self.login_location(here) {
            LoginLocation::Here => here.clone(),
            LoginLocation::Portal(portal) | LoginLocation::HandedOver(portal) => portal.clone(),
        }
    }

    /// The address that leads a visitor of `here` to the sign-in and back to `wanted`. `method` is the method that was
    /// asked with: what it asks for may be more than a GET of the same place does.
    pub fn login_url(&self, here: &Origin, wanted: Option<&ReturnTarget>, method: &Method, form: Form) -> String {
        let prefix = &self.path;
        let (page, origin) = match self.login_location(here) {
            LoginLocation::Here => ("login", here),
            LoginLocation::Portal(portal) => ("login", portal),
            LoginLocation::HandedOver(_) => ("start", here),
        };
        let near = origin == here && form == Form::Short;
        let mut url = if near { format!("{prefix}/{page}") } else { format!("{origin}{prefix}/{page}") };
        if let Some(wanted) = wanted {
            url.push_str("?rd=");
            encode(&if near { wanted.seen_from(here) } else { wanted.url() }, &mut url);
            if form == Form::Whole || !request_method::only_asks(method) {
                let _ = write!(url, "&rm={method}");
            }
        }
        url
    }
}

/// Percent-encodes everything but unreserved characters and `/` (RFC 3986 §2.3, §3.4).
fn encode(text: &str, url: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::target::RequestTarget;
    use crate::web::app::PlainHttp;

    fn settings(portal: Option<&str>, cookie_domain: Option<&str>) -> Settings {
        Settings {
            path: "/portcullis".to_owned(),
            name: "Example".to_owned(),
            hsts: None,
            plain_http: PlainHttp::Loopback,
            cookie_domain: cookie_domain.map(|domain| domain.parse().unwrap()),
            portal: portal.map(|portal| portal.parse().unwrap()),
        }
    }

    fn way(settings: &Settings, method: &Method, form: Form) -> String {
        let here: Origin = "https://app.example.com".parse().unwrap();
        let wanted = ReturnTarget::asked_for(&here, &RequestTarget::parse("/a?b=c").unwrap());
        settings.login_url(&here, Some(&wanted), method, form)
    }

    #[test]
    fn a_visitor_signs_in_here_or_at_the_portal_and_comes_back() {
        let (get, post) = (&Method::GET, &Method::POST);
        let alone = settings(None, None);
        assert_eq!(way(&alone, get, Form::Short), "/portcullis/login?rd=/a%3Fb%3Dc");
        assert_eq!(way(&alone, post, Form::Short), "/portcullis/login?rd=/a%3Fb%3Dc&rm=POST");
        let whole = "rd=https%3A//app.example.com/a%3Fb%3Dc";
        let here = "https://app.example.com/portcullis";
        assert_eq!(way(&alone, get, Form::Whole), format!("{here}/login?{whole}&rm=GET"));
        let portal = settings(Some("https://auth.example.com"), None);
        assert_eq!(way(&portal, get, Form::Short), "/portcullis/start?rd=/a%3Fb%3Dc");
        assert_eq!(way(&portal, post, Form::Whole), format!("{here}/start?{whole}&rm=POST"));
        let shared = settings(Some("https://auth.example.com"), Some("example.com"));
        assert_eq!(way(&shared, get, Form::Short), format!("https://auth.example.com/portcullis/login?{whole}"));
        let same = settings(Some("https://app.example.com"), None);
        assert_eq!(way(&same, get, Form::Short), "/portcullis/login?rd=/a%3Fb%3Dc");
    }
}
