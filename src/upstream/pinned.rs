//! Connections that an app has authenticated (RFC 4559 §6; `headers/connection_auth`).
//!
//! On such a connection the app treats every request as made by the person who logged in. The connection is therefore
//! pinned to the client's connection and to the principal of the request. Only requests that match both use it, it
//! never returns to the pool, and it is closed with the client's connection.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::identifier::{AccountId, SessionId, TokenId};
use crate::domain::site::SiteId;
use crate::policy::{Evidence, Principal};
use crate::upstream::connection::Connection;

/// Maximum number of pinned connections per client connection. One client uses few sites over one connection. A trusted
/// proxy may carry many visitors over one: the connection that was unused for longest is then closed, and its visitor
/// has to log in to the app again.
const MOST: usize = 8;

/// The pinned connections of one client connection.
#[derive(Debug)]
pub(crate) struct PinnedConnections {
    client: ClientConnection,
    slots: Mutex<Vec<Slot>>,
}

/// Whether a client connection may carry requests of several visitors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClientConnection {
    /// It belongs to one client.
    Direct,
    /// It belongs to a proxy and may carry requests of many visitors at once.
    Shared,
}

/// Who may use a pinned connection, in addition to its being bound to the client connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner {
    site: SiteId,
    principal: PrincipalKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PrincipalKey {
    Anonymous,
    Session(SessionId),
    Token(TokenId),
    Password(AccountId),
}

#[derive(Debug)]
struct Slot {
    owner: Owner,
    connection: Connection,
}

impl Owner {
    pub(super) fn new(site: SiteId, principal: &Principal) -> Self {
        let key = match principal {
            Principal::Anonymous(_) => PrincipalKey::Anonymous,
            Principal::Session(Evidence { session, .. }) => PrincipalKey::Session(*session),
            Principal::Token(token, _) => PrincipalKey::Token(*token),
            Principal::Password(identity) => PrincipalKey::Password(identity.account),
        };
        Self { site, principal: key }
    }
}

impl PinnedConnections {
    /// Creates an empty set.
    pub(crate) const fn new(client: ClientConnection) -> Self {
        Self { client, slots: Mutex::new(Vec::new()) }
    }

    /// Takes the owner's connection, if there is one. On a direct client connection, connections to the same site that
    /// belong to another principal are closed: that principal has been replaced.
    pub(super) fn take(&self, owner: Owner) -> Option<Connection> {
        let mut slots = self.lock();
        if slots.is_empty() {
            return None;
        }
        if self.client == ClientConnection::Direct {
            slots.retain(|slot| slot.owner.site != owner.site || slot.owner.principal == owner.principal);
        }
        let place = slots.iter().position(|slot| slot.owner == owner)?;
        Some(slots.remove(place).connection)
    }

    /// Whether a connection may be pinned for this owner. Anonymous visitors behind a proxy cannot be told apart, so a
    /// connection that one of them authenticated is closed.
    pub(super) fn accepts(&self, owner: Owner) -> bool {
        self.client == ClientConnection::Direct || owner.principal != PrincipalKey::Anonymous
    }

    pub(super) fn put(&self, owner: Owner, connection: Connection) {
        if connection.is_closed() {
            return;
        }
        let mut slots = self.lock();
        // With HTTP/2 two exchanges of one owner may end; the later connection is kept.
        slots.retain(|slot| slot.owner != owner && !slot.connection.is_closed());
        if slots.len() >= MOST {
            slots.remove(0);
        }
        slots.push(Slot { owner, connection });
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
