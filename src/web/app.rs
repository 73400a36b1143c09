//! The shared parts of the gateway that pages and handlers use.

use std::sync::Arc;

use crate::account::AccountFactors;
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
use crate::session::CookiePersistence;
use crate::web::branding::Branding;

/// The settings that pages, cookies and origins depend on.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `portal.path`: starts with a slash, does not end with one.
    pub path: String,
    /// `portal.name`.
    pub name: String,
    /// `portal.logo` and what else the operator puts on the pages.
    pub branding: Branding,
    /// The value of `Strict-Transport-Security` on https responses. `None` leaves the header out.
    pub hsts: Option<String>,
    /// `server.insecure_http`.
    pub plain_http: PlainHttp,
    /// `session.persistent`, as the life of the session cookie.
    pub persistence: CookiePersistence,
    /// `session.cookie_domain`.
    pub cookie_domain: Option<HostName>,
    /// `portal.url`: where people sign in for all sites. `None`: on each site itself.
    pub portal: Option<Origin>,
}

/// Whether sites may be used over plain http, where anybody on the network path can read cookies and codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainHttp {
    /// On loopback hosts only.
    Loopback,
    /// Anywhere: `server.insecure_http = true`.
    Anywhere,
}

/// The shared parts. Holds no logic.
pub(crate) struct App {
    pub settings: Settings,
    pub clock: Clock,
    /// Draws identifiers of sign-ins.
    pub random: Random,
    /// Signs form tokens and the sign-in cookie.
    pub keys: Arc<KeyRing>,
    /// The configured sites.
    pub sites: Sites,
    /// Determines the principal of a request.
    pub authn: Authenticator,
    /// Signs the identity assertions that sites receive.
    pub assertions: Assertions,
    /// Live sessions in memory.
    pub registry: Arc<Registry>,
    /// Signs people in and out.
    pub login: Login,
    /// Adds and removes factors of accounts.
    pub factors: AccountFactors,
}
