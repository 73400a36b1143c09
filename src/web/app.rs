//! Every built part.

use std::sync::Arc;

use crate::assertion::Assertions;
use crate::authn::Authenticator;
use crate::domain::host::HostName;
use crate::domain::origin::Origin;
use crate::keys::KeyRing;
use crate::login::Login;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::policy::Sites;
use crate::registry::Registry;

/// What pages and origins need of the configuration.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `portal.path`: starts with a slash, does not end with one.
    pub path: String,
    /// `portal.name`.
    pub name: String,
    /// The value of `Strict-Transport-Security` on https answers, if any.
    pub hsts: Option<String>,
    /// `server.insecure_http`.
    pub plain_http: PlainHttp,
    /// `session.cookie_domain`.
    pub cookie_domain: Option<HostName>,
    /// `portal.url`: where people sign in for all sites; `None`: on each site itself.
    pub portal: Option<Origin>,
}

/// Whether sites may be used over plain http, where everybody on the way reads cookies and codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainHttp {
    /// On loopback hosts only.
    Loopback,
    /// Anywhere: `server.insecure_http = true`.
    Anywhere,
}

/// Every built part, no logic.
pub(crate) struct App {
    /// What the configuration says of pages and origins.
    pub settings: Settings,
    /// The time.
    pub clock: Clock,
    /// Identifiers of sign-ins that begin.
    pub random: Random,
    /// Signs form tokens and the sign-in cookie.
    pub keys: Arc<KeyRing>,
    /// The known sites.
    pub sites: Sites,
    /// Determines the principal of a request.
    pub authn: Authenticator,
    /// Says to sites in signed form who is there.
    pub assertions: Assertions,
    /// Live sessions.
    pub registry: Arc<Registry>,
    /// The sign-in.
    pub login: Login,
}
