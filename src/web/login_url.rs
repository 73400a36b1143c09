//! Where the visitors of a host sign in, and the URL that leads there and back.

use std::fmt::Write as _;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use url::form_urlencoded;

use crate::domain::origin::Origin;
use crate::domain::return_target::ReturnTarget;
use crate::domain::target::RequestTarget;
use crate::session::cookies::belongs;
use crate::web::app::Settings;
use crate::web::request_method;

/// Where the people who visit a host sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginLocation<'a> {
    /// On the same host.
    Here,
    /// At the portal, whose cookie reaches this host too (`session.cookie_domain`).
    Portal(&'a Origin),
    /// At the portal, which hands the session over to this host.
    HandedOver(&'a Origin),
}

/// How a login URL is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlForm {
    /// As short as possible: relative if the sign-in is on the same host, and without the method if it is safe.
    Relative,
    /// Absolute URLs, always with the method. For a response that another proxy passes on, which may resolve a relative
    /// URL against its own address.
    Absolute,
}

impl Settings {
    /// Where the visitors of `origin` sign in.
    pub fn login_location(&self, origin: &Origin) -> LoginLocation<'_> {
        let host = origin.authority().host();
        let Some(portal) = self.portal.as_ref().filter(|portal| portal.authority().host() != host) else {
            return LoginLocation::Here;
        };
        let shared = self.cookie_domain.as_ref().is_some_and(|domain| belongs(host, domain));
        if shared { LoginLocation::Portal(portal) } else { LoginLocation::HandedOver(portal) }
    }

    /// The origin of the sign-in pages for visitors of `origin`.
    pub fn portal_of(&self, origin: &Origin) -> Origin {
        match self.login_location(origin) {
            LoginLocation::Here => origin.clone(),
            LoginLocation::Portal(portal) | LoginLocation::HandedOver(portal) => portal.clone(),
        }
    }

    /// The URL that leads a visitor of `origin` to the sign-in and back to `wanted`. `method` is the method of the
    /// original request: a rule may require more for it than for a GET of the same path.
    pub fn login_url(&self, origin: &Origin, wanted: Option<&ReturnTarget>, method: &Method, form: UrlForm) -> String {
        let prefix = &self.path;
        let (page, at) = match self.login_location(origin) {
            LoginLocation::Here => ("login", origin),
            LoginLocation::Portal(portal) => ("login", portal),
            LoginLocation::HandedOver(_) => ("start", origin),
        };
        let relative = at == origin && form == UrlForm::Relative;
        let mut url = if relative { format!("{prefix}/{page}") } else { format!("{at}{prefix}/{page}") };
        if let Some(wanted) = wanted {
            url.push_str("?rd=");
            let target = if relative { wanted.seen_from(origin) } else { wanted.url() };
            url.extend(utf8_percent_encode(&target, RESERVED));
            if form == UrlForm::Absolute || !request_method::only_asks(method) {
                let _ = write!(url, "&rm={method}");
            }
        }
        url
    }
}

impl Settings {
    /// The URL of the page that is shown in place of the sign-in inside a frame.
    pub fn framed_url(&self, origin: &Origin, wanted: &ReturnTarget, method: &Method, form: UrlForm) -> String {
        let start = if form == UrlForm::Relative { String::new() } else { origin.to_string() };
        let target = if form == UrlForm::Relative { wanted.seen_from(origin) } else { wanted.url() };
        let mut url = format!("{start}{}/framed?rd={}", self.path, utf8_percent_encode(&target, RESERVED));
        if !request_method::only_asks(method) {
            let _ = write!(url, "&rm={method}");
        }
        url
    }

    /// The page after a sign-in that interrupted a form: `page` is where the form is, `asked_for` where it was sent. It
    /// stays the target that the rules are evaluated for.
    pub fn unsent(&self, origin: &Origin, page: &ReturnTarget, asked_for: &ReturnTarget) -> ReturnTarget {
        let [page, asked_for] =
            [page, asked_for].map(|place| utf8_percent_encode(place.target(), RESERVED).to_string());
        ReturnTarget::read(&format!("{}/unsent?rd={page}&to={asked_for}", self.path), origin, |_| false)
    }

    /// The target of the form behind such a page; `None` for any other page.
    pub fn unsent_target(&self, page: &RequestTarget) -> Option<RequestTarget> {
        let rest = page.path().strip_prefix(&self.path)?;
        if rest != "/unsent" {
            return None;
        }
        let (_, query) = page.as_str().split_once('?')?;
        let (_, target) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "to")?;
        RequestTarget::parse(&target).ok()
    }
}

/// Everything but unreserved characters and `/`, which is plain in a query (RFC 3986 §2.3, §3.4).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::CookiePersistence;
    use crate::web::app::PlainHttp;
    use crate::web::branding::Branding;

    fn settings(portal: Option<&str>, cookie_domain: Option<&str>) -> Settings {
        Settings {
            path: "/portcullis".to_owned(),
            name: "Example".to_owned(),
            branding: Branding::default(),
            hsts: None,
            plain_http: PlainHttp::Loopback,
            persistence: CookiePersistence::Browser,
            cookie_domain: cookie_domain.map(|domain| domain.parse().unwrap()),
            portal: portal.map(|portal| portal.parse().unwrap()),
        }
    }

    fn way(settings: &Settings, method: &Method, form: UrlForm) -> String {
        let origin: Origin = "https://app.example.com".parse().unwrap();
        let wanted = ReturnTarget::asked_for(&origin, &RequestTarget::parse("/a?b=c").unwrap());
        settings.login_url(&origin, Some(&wanted), method, form)
    }

    #[test]
    fn a_visitor_signs_in_here_or_at_the_portal_and_comes_back() {
        let (get, post) = (&Method::GET, &Method::POST);
        let alone = settings(None, None);
        assert_eq!(way(&alone, get, UrlForm::Relative), "/portcullis/login?rd=/a%3Fb%3Dc");
        assert_eq!(way(&alone, post, UrlForm::Relative), "/portcullis/login?rd=/a%3Fb%3Dc&rm=POST");
        let whole = "rd=https%3A//app.example.com/a%3Fb%3Dc";
        let origin = "https://app.example.com/portcullis";
        assert_eq!(way(&alone, get, UrlForm::Absolute), format!("{origin}/login?{whole}&rm=GET"));
        let portal = settings(Some("https://auth.example.com"), None);
        assert_eq!(way(&portal, get, UrlForm::Relative), "/portcullis/start?rd=/a%3Fb%3Dc");
        assert_eq!(way(&portal, post, UrlForm::Absolute), format!("{origin}/start?{whole}&rm=POST"));
        let shared = settings(Some("https://auth.example.com"), Some("example.com"));
        assert_eq!(way(&shared, get, UrlForm::Relative), format!("https://auth.example.com/portcullis/login?{whole}"));
        let same = settings(Some("https://app.example.com"), None);
        assert_eq!(way(&same, get, UrlForm::Relative), "/portcullis/login?rd=/a%3Fb%3Dc");
    }
}
