//! Floor 6: who is asking, for gate, authz and portal alike.
//!
//! Finds the session cookie, checks its signature before anything else is believed (a forged one never reaches a map
//! or the store), looks the session up in the directory and compares times. An access token is looked up in memory
//! alone and compared in constant time; it counts for the site it was made for. It never decides what the asker may do:
//! that is `access`. Whatever cannot be told is an error, which ends in 503.

use std::sync::Arc;

use http::HeaderMap;

use crate::access::{Asker, Evidence};
use crate::directory::{Directory, Freshness, LiveToken};
use crate::domain::access_token::AccessToken;
use crate::domain::host::{HostName, HostPattern};
use crate::domain::identifier::{AccountId, SessionId};
use crate::domain::identity::Identity;
use crate::domain::origin::Origin;
use crate::domain::refusal::Refusal;
use crate::keys::{self, KeyRing, Purpose};
use crate::platform::clock::Timestamp;
use crate::session::cookies::{Kind, Scope};
use crate::session::jar::{self, Found};
use crate::session::lifetimes::{Lifetimes, Limit, Standing};
use crate::session::sealed::{self, Opened};
use crate::store::{SessionRow, StoreError};

/// Finds out who is asking.
pub struct Askers {
    directory: Arc<Directory>,
    keys: Arc<KeyRing>,
    lifetimes: Lifetimes,
    cookie_domain: Option<HostName>,
}

/// Sessions cannot be checked: 503, never a pass.
#[derive(Debug, thiserror::Error)]
pub enum AskerUnavailable {
    /// The change feed was not read within the grace: a log-out elsewhere may have been missed.
    #[error("sessions cannot be checked: the change feed of the store cannot be read")]
    Stale,
    /// The store failed.
    #[error("sessions cannot be checked: {0}")]
    Store(#[from] StoreError),
}

impl Askers {
    /// Asks this directory.
    pub const fn new(
        directory: Arc<Directory>,
        keys: Arc<KeyRing>,
        lifetimes: Lifetimes,
        cookie_domain: Option<HostName>,
    ) -> Self {
        Self { directory, keys, lifetimes, cookie_domain }
    }

    /// Who sent these headers to `here`. A session found live counts as used now.
    pub async fn who(&self, headers: &HeaderMap, here: &Origin, now: Timestamp) -> Result<Asker, AskerUnavailable> {
        let scope = Scope::new(here, self.cookie_domain.as_ref());
        let value = match jar::find(headers, scope.name(Kind::Session)) {
            Found::Nothing => return Ok(Asker::Nobody(Refusal::NoSession)),
            Found::Several => return Ok(Asker::Nobody(Refusal::ForeignCookie)),
            Found::One(value) => value,
        };
        let Some(opened) = sealed::open(&self.keys, Purpose::SessionCookie, scope.audience(), value) else {
            return Ok(Asker::Nobody(Refusal::ForeignCookie));
        };
        match self.directory.freshness() {
            Freshness::Fresh => self.look_up(&opened, scope.audience(), now).await,
            Freshness::Stale => Err(AskerUnavailable::Stale),
        }
    }

    /// Who shows this access token to the site of `host`. Nothing counts how often: nobody guesses 256 random bits, and a
    /// counter would let whoever sends nonsense hold back the script that does not.
    pub async fn token(
        &self,
        token: &AccessToken,
        host: &HostPattern,
        now: Timestamp,
    ) -> Result<Asker, AskerUnavailable> {
        if self.directory.freshness() == Freshness::Stale {
            return Err(AskerUnavailable::Stale);
        }
        let right = |live: &Arc<LiveToken>| keys::token_matches(token.secret(), &live.row().hash);
        let Some(live) = self.directory.token(token.id()).filter(right) else {
            return Ok(Asker::Nobody(Refusal::ForeignToken));
        };
        let row = live.row();
        if row.expires_at <= now || row.site != *host {
            return Ok(Asker::Nobody(Refusal::ForeignToken));
        }
        let Some(identity) = self.directory.identity(row.account).await? else {
            return Ok(Asker::Nobody(Refusal::ForeignToken));
        };
        live.touch(now);
        Ok(Asker::Token(row.id, identity))
    }

    /// Who has just proved this account with its password. `None`: it was disabled or removed meanwhile.
    pub async fn account(&self, account: AccountId) -> Result<Option<Arc<Identity>>, AskerUnavailable> {
        match self.directory.freshness() {
            Freshness::Fresh => Ok(self.directory.identity(account).await?),
            Freshness::Stale => Err(AskerUnavailable::Stale),
        }
    }

    async fn look_up(&self, cookie: &Opened, audience: &[u8; 16], now: Timestamp) -> Result<Asker, AskerUnavailable> {
        let id = SessionId::from_bytes(cookie.id);
        let Some(live) = self.directory.session(id).await? else {
            return Ok(Asker::Nobody(Refusal::SessionEnded));
        };
        match live.standing(&self.lifetimes, now) {
            Standing::Live => {}
            Standing::Over(limit) => {
                self.directory.time_out(&live, limit);
                return Ok(Asker::Nobody(match limit {
                    Limit::Idle => Refusal::SessionIdle,
                    Limit::Lifetime => Refusal::SessionExpired,
                }));
            }
        }
        let Some(identity) = self.directory.identity(live.row().account).await? else {
            return Ok(Asker::Nobody(Refusal::AccountDisabled));
        };
        if is_superseded(cookie, live.row(), audience) {
            return Ok(Asker::Nobody(Refusal::SessionEnded));
        }
        live.touch(now);
        let row = live.row();
        let (assurance, authenticated_at) = (row.assurance, row.authenticated_at);
        Ok(Asker::Session(Evidence { session: id, identity, assurance, authenticated_at }))
    }
}

/// Whether a newer cookie took this one's place: where people sign in, the cookie is renewed whenever they prove more
/// (OWASP ASVS 7.2.4), and what was copied before opens nothing of it. Cookies of other hosts were handed over from
/// that one and stay good.
fn is_superseded(cookie: &Opened, session: &SessionRow, audience: &[u8; 16]) -> bool {
    session.home.as_ref() == Some(audience) && cookie.issued_at < session.authenticated_at
}
