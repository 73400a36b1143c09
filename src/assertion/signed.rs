//! Signs assertion tokens and caches them.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use dashmap::DashMap;
use http::HeaderValue;
use serde_json::{Map, Value, json};

use crate::domain::identifier::{AccountId, SessionId, TokenId};
use crate::domain::identity::{Group, Identity};
use crate::domain::origin::Origin;
use crate::keys::{KeyName, KeyRing};
use crate::platform::clock::Timestamp;
use crate::policy::{Assertion, Permit, Principal};

/// How long a token is valid. Short, so that a token stolen from a site's log is of little use.
const LIFETIME: Duration = Duration::from_mins(5);

/// How long a token is reused. The remaining minute is for sites that check late or whose clock is ahead.
const REUSE: Duration = Duration::from_mins(4);

/// The most tokens in the cache, about 1 KiB each. Only a client that requests one host after another gets near it.
const KEPT: usize = 10_000;

/// Signs identity assertions and caches them, because signing costs more than all the rest of a request.
pub(crate) struct Assertions {
    keys: Arc<KeyRing>,
    portal: Option<Origin>,
    signed: DashMap<(Holder, Origin), Signed>,
}

/// The credential that a cached token belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Holder {
    Session(SessionId),
    Token(TokenId),
    Password(AccountId),
}

struct Signed {
    value: HeaderValue,
    at: Timestamp,
    key: KeyName,
    /// Compared by address: a changed account is loaded again and gets a new address.
    identity: Arc<Identity>,
}

impl Assertions {
    /// Signs with these keys. The issuer is `portal.url` if it is set, else the origin of the request.
    pub(crate) fn new(keys: Arc<KeyRing>, portal: Option<Origin>) -> Self {
        Self { keys, portal, signed: DashMap::new() }
    }

    /// The token for a permit. `None` if the site does not want one or the request is anonymous.
    pub(crate) fn of(&self, permit: &Permit, origin: &Origin, now: Timestamp) -> Option<HeaderValue> {
        if permit.site().settings.assertion == Assertion::Unsigned {
            return None;
        }
        let (holder, identity) = match permit.principal() {
            Principal::Anonymous(_) => return None,
            Principal::Session(evidence) => (Holder::Session(evidence.session), &evidence.identity),
            Principal::Token(id, identity) => (Holder::Token(*id), identity),
            Principal::Password(identity) => (Holder::Password(identity.account), identity),
        };
        let place = (holder, origin.clone());
        let kept = self.signed.get(&place).filter(|signed| self.holds(signed, identity, now));
        if let Some(signed) = kept {
            return Some(signed.value.clone());
        }
        let (key, token) = self.keys.sign_assertion(&self.claims(identity, origin, now))?;
        let value = HeaderValue::from_maybe_shared(Bytes::from(token)).ok()?;
        self.make_room(now);
        let signed = Signed { value: value.clone(), at: now, key, identity: Arc::clone(identity) };
        self.signed.insert(place, signed);
        Some(value)
    }

    fn holds(&self, signed: &Signed, identity: &Arc<Identity>, now: Timestamp) -> bool {
        is_young(signed, now) && Arc::ptr_eq(&signed.identity, identity) && self.keys.signs_assertions(&signed.key)
    }

    /// RFC 7519 §4.1. The audience is the host without a port, so that other sites refuse the token.
    fn claims(&self, identity: &Identity, origin: &Origin, now: Timestamp) -> Value {
        let mut claims = Map::new();
        let mut say = |name: &str, value: Value| drop(claims.insert(name.to_owned(), value));
        say("iss", json!(self.portal.as_ref().unwrap_or(origin).to_string()));
        say("aud", json!(origin.authority().host().as_str()));
        say("sub", json!(identity.username.as_str()));
        say("iat", json!(now.seconds()));
        say("exp", json!(now.plus(LIFETIME).seconds()));
        if let Some(email) = &identity.email {
            say("email", json!(email.as_str()));
        }
        if let Some(name) = &identity.name {
            say("name", json!(name.as_str()));
        }
        if !identity.groups.is_empty() {
            say("groups", identity.groups.iter().map(Group::as_str).collect());
        }
        Value::Object(claims)
    }

    fn make_room(&self, now: Timestamp) {
        if self.signed.len() < KEPT {
            return;
        }
        self.signed.retain(|_, signed| is_young(signed, now));
        // No token is old enough to be removed. Signing all of them again costs less than searching for the oldest each
        // time.
        if self.signed.len() >= KEPT {
            self.signed.clear();
        }
    }
}

/// Whether a token may be reused. After the clock was set back a cached token may be from the future; sites would
/// refuse it.
fn is_young(signed: &Signed, now: Timestamp) -> bool {
    signed.at <= now && now.since(signed.at) < REUSE
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
