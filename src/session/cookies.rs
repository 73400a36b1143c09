//! Names and attributes of our cookies.
//!
//! Over HTTPS they are `__Host-` cookies, which the browser itself binds to one host, to HTTPS and to the whole path
//! (RFC 6265bis §4.1.3.2). If `session.cookie_domain` is set, they are `__Secure-` cookies of that domain. Over plain
//! HTTP browsers refuse both prefixes, so the names have none.

use std::time::Duration;

use cookie::{Cookie, SameSite};

use crate::domain::host::HostName;
use crate::domain::origin::{Origin, Scheme};
use crate::keys;
use crate::session::CookiePersistence;

/// The kind of a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A session.
    Session,
    /// A sign-in in progress.
    SignIn,
    /// A browser in which someone has signed in before.
    Device,
    /// The language that a visitor chose. Not signed: it decides nothing else.
    Language,
}

/// The host or domain that our cookies belong to, seen from one origin.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    scheme: Scheme,
    domain: Option<HostName>,
    audience: [u8; 16],
}

/// Lifetime of the sign-in cookie. A sign-in is finished or abandoned within minutes; its row in the store expires
/// before this.
const SIGN_IN_KEPT: Duration = Duration::from_hours(1);

/// Lifetime of the device cookie: half a year. It only spares its owner the waits that strangers cause.
const DEVICE_KEPT: Duration = Duration::from_hours(180 * 24);

/// A chosen language is kept as long as browsers keep any cookie (RFC 6265bis §5.5: 400 days).
const LANGUAGE_KEPT: Duration = Duration::from_hours(400 * 24);

impl Kind {
    const fn name(self, prefix: Prefix) -> &'static str {
        match (prefix, self) {
            (Prefix::Host, Self::Session) => "__Host-portcullis",
            (Prefix::Host, Self::SignIn) => "__Host-portcullis-login",
            (Prefix::Host, Self::Device) => "__Host-portcullis-device",
            (Prefix::Host, Self::Language) => "__Host-portcullis-language",
            (Prefix::Secure, Self::Session) => "__Secure-portcullis",
            (Prefix::Secure, Self::SignIn) => "__Secure-portcullis-login",
            (Prefix::Secure, Self::Device) => "__Secure-portcullis-device",
            (Prefix::Secure, Self::Language) => "__Secure-portcullis-language",
            (Prefix::Bare, Self::Session) => "portcullis",
            (Prefix::Bare, Self::SignIn) => "portcullis-login",
            (Prefix::Bare, Self::Device) => "portcullis-device",
            (Prefix::Bare, Self::Language) => "portcullis-language",
        }
    }

    /// Every name that it can have.
    pub(crate) fn names(self) -> [&'static str; 3] {
        [Prefix::Host, Prefix::Secure, Prefix::Bare].map(|prefix| self.name(prefix))
    }

    /// How long the browser keeps it. The end of a session is ours to enforce, never the cookie's age (NIST SP
    /// 800-63B-4 §5.1.1), so its cookie is kept as the configuration says ([`Scope::set_session`]).
    const fn kept(self) -> Option<Duration> {
        match self {
            Self::Session => None,
            Self::SignIn => Some(SIGN_IN_KEPT),
            Self::Device => Some(DEVICE_KEPT),
            Self::Language => Some(LANGUAGE_KEPT),
        }
    }
}

#[derive(Clone, Copy)]
enum Prefix {
    Host,
    Secure,
    Bare,
}

impl Scope {
    /// The scope of a page at `here`. The cookie domain is used only for hosts that belong to it.
    pub(crate) fn new(here: &Origin, cookie_domain: Option<&HostName>) -> Self {
        let host = here.authority().host();
        let domain = cookie_domain.filter(|domain| belongs(host, domain)).cloned();
        let audience = keys::audience(holder(here, cookie_domain).as_str());
        Self { scheme: here.scheme(), domain, audience }
    }

    /// The audience that signatures bind the cookie to.
    pub(crate) const fn audience(&self) -> &[u8; 16] {
        &self.audience
    }

    /// The cookie's name in this scope.
    pub(crate) const fn name(&self, kind: Kind) -> &'static str {
        kind.name(match (self.scheme, &self.domain) {
            (Scheme::Http, _) => Prefix::Bare,
            (Scheme::Https, Some(_)) => Prefix::Secure,
            (Scheme::Https, None) => Prefix::Host,
        })
    }

    /// Returns a `Set-Cookie` value that sets the session cookie.
    pub(crate) fn set_session(&self, value: &str, persistence: CookiePersistence) -> String {
        let mut cookie = self.dressed(Kind::Session, value);
        if let CookiePersistence::Session(lifetime) = persistence {
            cookie.set_max_age(cookie::time::Duration::try_from(lifetime).ok());
        }
        cookie.to_string()
    }

    /// Returns a `Set-Cookie` value that sets any other cookie.
    pub(crate) fn set(&self, kind: Kind, value: &str) -> String {
        let mut cookie = self.dressed(kind, value);
        if let Some(kept) = kind.kept() {
            cookie.set_max_age(cookie::time::Duration::try_from(kept).ok());
        }
        cookie.to_string()
    }

    /// Returns a `Set-Cookie` value that removes the cookie.
    pub(crate) fn clear(&self, kind: Kind) -> String {
        let mut cookie = self.dressed(kind, "");
        cookie.set_max_age(cookie::time::Duration::ZERO);
        cookie.set_expires(cookie::time::OffsetDateTime::UNIX_EPOCH);
        cookie.to_string()
    }

    fn dressed<'a>(&self, kind: Kind, value: &'a str) -> Cookie<'a> {
        let mut cookie = Cookie::new(self.name(kind), value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        // Lax: a visitor who follows a link to the site is signed in; forms and images of other sites are not.
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(self.scheme == Scheme::Https);
        if let Some(domain) = &self.domain {
            cookie.set_domain(domain.as_str().to_owned());
        }
        cookie
    }
}

/// The host or domain that the cookies of a page at `here` belong to.
pub(crate) fn holder<'a>(here: &'a Origin, cookie_domain: Option<&'a HostName>) -> &'a HostName {
    let host = here.authority().host();
    cookie_domain.filter(|domain| belongs(host, domain)).unwrap_or(host)
}

/// Whether a cookie for `domain` reaches `host`.
pub(crate) fn belongs(host: &HostName, domain: &HostName) -> bool {
    host == domain || host.as_str().strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(origin: &str, domain: Option<&str>) -> Scope {
        Scope::new(&origin.parse().unwrap(), domain.map(|domain| domain.parse().unwrap()).as_ref())
    }

    #[test]
    fn over_https_a_cookie_belongs_to_one_host_and_no_script() {
        let set = scope("https://app.example", None).set(Kind::Session, "v");
        assert_eq!(set, "__Host-portcullis=v; HttpOnly; SameSite=Lax; Secure; Path=/");
    }

    #[test]
    fn a_cookie_domain_counts_for_its_own_hosts_alone() {
        let set = scope("https://app.example.com", Some("example.com")).set(Kind::Session, "v");
        assert_eq!(set, "__Secure-portcullis=v; HttpOnly; SameSite=Lax; Secure; Path=/; Domain=example.com");
        for other in ["https://badexample.com", "https://example.org"] {
            assert!(scope(other, Some("example.com")).set(Kind::Session, "v").starts_with("__Host-"), "{other}");
        }
    }

    #[test]
    fn on_plain_http_the_names_are_bare_and_a_cleared_cookie_is_gone_at_once() {
        let clear = scope("http://localhost:8080", None).clear(Kind::SignIn);
        assert!(clear.starts_with("portcullis-login=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0; Expires="), "{clear}");
        assert!(!clear.contains("Secure"));
    }
}
