//! What the token says, and what was signed before.

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

/// How long a token is good: whoever steals one from a site's log has little of it.
const LIFETIME: Duration = Duration::from_mins(5);

/// How long it is handed out again. The rest of its life is for sites that check late, or by another clock.
const REUSE: Duration = Duration::from_mins(4);

/// How many are kept: about 1 KiB each. Nobody has so many at a time but somebody who asks for one host after another.
const KEPT: usize = 10_000;

/// Signs who is there, and keeps what it signed: signing costs more than all the rest of a request.
pub(crate) struct Assertions {
    keys: Arc<KeyRing>,
    portal: Option<Origin>,
    signed: DashMap<(Holder, Origin), Signed>,
}

/// What a token is signed for once.
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
    /// Compared by its address: an account that changes is read again, and is another one in memory.
    identity: Arc<Identity>,
}

impl Assertions {
    /// Signs with these keys, in the name of `portal.url` where that is set.
    pub(crate) fn new(keys: Arc<KeyRing>, portal: Option<Origin>) -> Self {
        Self { keys, portal, signed: DashMap::new() }
    }

    /// The token for who passes. `None` where the site asks for none or nobody is there.
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

    /// RFC 7519 §4.1. The audience is the host without a port: a token for one site is refused by every other.
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
        // Everything is young: signing all of it once more costs less than looking for the oldest each time.
        if self.signed.len() >= KEPT {
            self.signed.clear();
        }
    }
}

/// A clock that was set back makes a token that was signed in the future: sites would refuse it.
fn is_young(signed: &Signed, now: Timestamp) -> bool {
    signed.at <= now && now.since(signed.at) < REUSE
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
