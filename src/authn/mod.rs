//! Floor 6: determines the principal of a request, for `authorize` and `portal`.
//!
//! Finds the session cookie and checks its signature first, so that a forged one never reaches a map or the store. Then
//! it looks up the session in `registry` and checks its lifetimes. Access tokens are looked up in memory only and
//! compared in constant time; a token is valid for the site it was created for. Never decides what the principal may
//! do: that is `policy`. If the principal cannot be determined, the result is an error, which becomes 503.

use std::sync::Arc;

use http::HeaderMap;

use crate::domain::access_token::AccessToken;
use crate::domain::denial_reason::DenialReason;
use crate::domain::host::{HostName, HostPattern};
use crate::domain::identifier::{AccountId, SessionId};
use crate::domain::identity::Identity;
use crate::domain::origin::Origin;
use crate::keys::{self, KeyRing, Purpose};
use crate::platform::clock::Timestamp;
use crate::policy::{Evidence, Principal};
use crate::registry::{Freshness, LiveToken, Registry};
use crate::session::cookies::{Kind, Scope};
use crate::session::jar::{self, CookieLookup};
use crate::session::lifetimes::{Lifetimes, Limit, Standing};
use crate::session::sealed::{self, UnsealedCookie};
use crate::store::{SessionRow, StoreError};

/// Determines the principal of a request.
pub(crate) struct Authenticator {
    registry: Arc<Registry>,
    keys: Arc<KeyRing>,
    lifetimes: Lifetimes,
    cookie_domain: Option<HostName>,
}

/// Sessions and tokens cannot be checked. Becomes 503, never a permit.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthnUnavailable {
    /// The change feed was not read within the grace period, so a log-out on another instance may have been missed.
    #[error("sessions cannot be checked: the change feed of the store cannot be read")]
    Stale,
    /// The store failed.
    #[error("sessions cannot be checked: {0}")]
    Store(#[from] StoreError),
}

impl Authenticator {
    pub(crate) const fn new(
        registry: Arc<Registry>,
        keys: Arc<KeyRing>,
        lifetimes: Lifetimes,
        cookie_domain: Option<HostName>,
    ) -> Self {
        Self { registry, keys, lifetimes, cookie_domain }
    }

    /// The principal of the session cookie sent to `origin`. Marks a live session as used now.
    pub(crate) async fn session(
        &self,
        headers: &HeaderMap,
        origin: &Origin,
        now: Timestamp,
    ) -> Result<Principal, AuthnUnavailable> {
        let scope = Scope::new(origin, self.cookie_domain.as_ref());
        let value = match jar::find(headers, scope.name(Kind::Session)) {
            CookieLookup::Nothing => return Ok(Principal::Anonymous(DenialReason::NoSession)),
            CookieLookup::Several => return Ok(Principal::Anonymous(DenialReason::ForeignCookie)),
            CookieLookup::One(value) => value,
        };
        let Some(opened) = sealed::open(&self.keys, Purpose::SessionCookie, scope.audience(), value) else {
            return Ok(Principal::Anonymous(DenialReason::ForeignCookie));
        };
        match self.registry.freshness() {
            Freshness::Fresh => self.look_up(&opened, scope.audience(), now).await,
            Freshness::Stale => Err(AuthnUnavailable::Stale),
        }
    }

    /// The principal of an access token sent to the site of `host`. Attempts are not counted: nobody guesses 256 random
    /// bits, and with a counter anybody could throttle a legitimate script by sending nonsense.
    pub(crate) async fn token(
        &self,
        token: &AccessToken,
        host: &HostPattern,
        now: Timestamp,
    ) -> Result<Principal, AuthnUnavailable> {
        if self.registry.freshness() == Freshness::Stale {
            return Err(AuthnUnavailable::Stale);
        }
        let right = |live: &Arc<LiveToken>| keys::token_matches(token.secret(), &live.row().hash);
        let Some(live) = self.registry.token(token.id()).filter(right) else {
            return Ok(Principal::Anonymous(DenialReason::ForeignToken));
        };
        let row = live.row();
        if row.expires_at <= now || row.site != *host {
            return Ok(Principal::Anonymous(DenialReason::ForeignToken));
        }
        let Some(identity) = self.registry.identity(row.account).await? else {
            return Ok(Principal::Anonymous(DenialReason::ForeignToken));
        };
        live.touch(now);
        Ok(Principal::Token(row.id, identity))
    }

    /// The identity of an account whose password was just checked. `None` if it was disabled or removed meanwhile.
    pub(crate) async fn account(&self, account: AccountId) -> Result<Option<Arc<Identity>>, AuthnUnavailable> {
        match self.registry.freshness() {
            Freshness::Fresh => Ok(self.registry.identity(account).await?),
            Freshness::Stale => Err(AuthnUnavailable::Stale),
        }
    }

    async fn look_up(
        &self,
        cookie: &UnsealedCookie,
        audience: &[u8; 16],
        now: Timestamp,
    ) -> Result<Principal, AuthnUnavailable> {
        let id = SessionId::from_bytes(cookie.id);
        let Some(live) = self.registry.session(id).await? else {
            return Ok(Principal::Anonymous(DenialReason::SessionEnded));
        };
        match live.standing(&self.lifetimes, now) {
            Standing::Live => {}
            Standing::Over(limit) => {
                self.registry.time_out(&live, limit);
                return Ok(Principal::Anonymous(match limit {
                    Limit::Idle => DenialReason::SessionIdle,
                    Limit::Lifetime => DenialReason::SessionExpired,
                }));
            }
        }
        let Some(identity) = self.registry.identity(live.row().account).await? else {
            return Ok(Principal::Anonymous(DenialReason::AccountDisabled));
        };
        if is_superseded(cookie, live.row(), audience) {
            return Ok(Principal::Anonymous(DenialReason::SessionEnded));
        }
        live.touch(now);
        let row = live.row();
        let assurance = row.assurance;
        let authenticated_at = row.authenticated_at;
        let created_at = row.created_at;
        Ok(Principal::Session(Evidence { session: id, identity, assurance, authenticated_at, created_at }))
    }
}

/// Whether the cookie was replaced by a newer one. On the host where people sign in, the cookie is renewed with every
/// factor they prove (OWASP ASVS 7.2.4), and copies of the old one become invalid. Cookies of other hosts come from a
/// hand-over and stay valid.
fn is_superseded(cookie: &UnsealedCookie, session: &SessionRow, audience: &[u8; 16]) -> bool {
    session.home.as_ref() == Some(audience) && cookie.issued_at < session.authenticated_at
}
