//! Floor 2: the cookies and the lifetime of a session.
//!
//! A cookie contains an opaque id, a time and a signature, never a name ([`sealed`]). [`jar`] finds it in a request,
//! [`cookies`] sets its name and attributes, and [`lifetimes`] decides whether a session is still live. Pure: no store,
//! no clock, no network. Called by `authn` (reads cookies), `login` (creates them), `web` (sets and clears them) and
//! `registry` (lifetimes).

pub(crate) mod cookies;
pub(crate) mod jar;
pub(crate) mod lifetimes;
pub(crate) mod sealed;

use std::time::Duration;

use crate::domain::host::HostName;

/// `[session]`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `session.idle`: a session ends if it is not used for this long (NIST SP 800-63B-4 §2.2.3: at most 1 h).
    pub idle: Duration,
    /// `session.lifetime`: a session ends at this age (ibid.: at most 24 h).
    pub lifetime: Duration,
    /// `session.persistent`: whether the session cookie outlives the browser's own session.
    pub persistence: CookiePersistence,
    /// `session.cookie_domain`: one cookie for every host below this name. All of these hosts can read it.
    pub cookie_domain: Option<HostName>,
    /// `session.remember_device`: for how long a browser may skip the second factor after a code was given in it. `None`:
    /// never.
    pub remember_device: Option<Duration>,
}

/// How long a browser keeps the session cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookiePersistence {
    /// As long as the session can live: the visitor stays signed in when they close the browser.
    Session(Duration),
    /// Until the browser is closed.
    Browser,
}
