//! Floor 2: the cookies and the life of a session. Pure: no store, no clock, no network.
//!
//! A cookie carries opaque ids, a time and a signature, never a name ([`sealed`]); it is found in a request by [`jar`],
//! named and dressed by [`cookies`]; [`lifetimes`] says whether a session still lives. Called by `authn` (read), by
//! `login` (make) and by `web` (set and clear).

pub(crate) mod cookies;
pub(crate) mod jar;
pub(crate) mod lifetimes;
pub(crate) mod sealed;

use std::time::Duration;

use crate::domain::host::HostName;

/// `[session]`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `session.idle`: a session that is not used for longer ends (NIST SP 800-63B-4 §2.2.3: at most 1 h).
    pub idle: Duration,
    /// `session.lifetime`: a session that is older ends (ibid.: at most 24 h).
    pub lifetime: Duration,
    /// `session.cookie_domain`: one cookie for every host below this name, readable by all of them.
    pub cookie_domain: Option<HostName>,
}
