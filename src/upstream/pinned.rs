//! Connections that an app has authenticated (RFC 4559 §6; `headers/connection_auth`).
//!
//! Such a connection serves everybody who uses it as the person who logged in on it. It is therefore pinned to the
//! client's connection and to the principal of the request: only requests of both use it, it never returns to the
//! pool, and it is closed with the client's connection.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::identifier::{AccountId, SessionId, TokenId};
use crate::domain::site::SiteId;
use crate::policy::{Evidence, Principal};
use crate::upstream::connection::Connection;

/// One client uses few sites over one connection. A trusted proxy may bring many visitors over one: the connection that
/// was unused for longest makes room, and its visitor logs in to the app once more.
const MOST: usize = 8;

/// The pinned connections of one client connection.
#[derive(Debug)]
pub(crate) struct PinnedConnections {
    client: ClientConnection,
    slots: Mutex<Vec<Slot>>,
}

/// Who speaks on a client connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClientConnection {
    /// One client.
    Direct,
    /// A proxy, perhaps for many visitors at once.
    Shared,
}

/// Who may use a pinned connection, beside the client connection it hangs on.
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
    /// None yet.
    pub(crate) const fn new(client: ClientConnection) -> Self {
        Self { client, slots: Mutex::new(Vec::new()) }
    }

    /// The owner's connection, if there is one. On a direct client connection another principal has taken over: what
    /// the one before had is closed.
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

    /// Whether a connection may be pinned for this owner. Visitors whom nobody knows cannot be told apart behind a
    /// proxy: what one of them authenticated is closed.
    pub(super) fn accepts(&self, owner: Owner) -> bool {
        self.client == ClientConnection::Direct || owner.principal != PrincipalKey::Anonymous
    }

    pub(super) fn put(&self, owner: Owner, connection: Connection) {
        if connection.is_closed() {
            return;
        }
        let mut slots = self.lock();
        // HTTP/2 may end two exchanges of one owner: the later one counts.
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
