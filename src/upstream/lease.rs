//! A connection during one exchange, and where it goes afterwards.

use std::sync::Arc;

use crate::upstream::connection::Connection;
use crate::upstream::idle::IdleConnections;
use crate::upstream::pinned::{Owner, PinnedConnections};

/// The connection of an exchange whose answer is in progress. Dropping it closes the connection: only after the answer
/// was read to its end can the connection be used again.
#[derive(Debug)]
pub(super) struct Lease {
    connection: Connection,
    destination: Destination,
}

/// Where a connection goes once its exchange has ended cleanly.
#[derive(Debug)]
pub(super) enum Destination {
    /// Kept for any visitor.
    Idle(Arc<IdleConnections>),
    /// Kept for its owner.
    Pinned(Arc<PinnedConnections>, Owner),
    /// Closed.
    Closed,
}

impl Lease {
    pub(super) const fn new(connection: Connection, destination: Destination) -> Self {
        Self { connection, destination }
    }

    /// Hands the connection on. Call it when the answer was read to its end.
    pub(super) fn finish(self) {
        match self.destination {
            Destination::Idle(idle) => idle.put(self.connection),
            Destination::Pinned(pinned, owner) => pinned.put(owner, self.connection),
            Destination::Closed => {}
        }
    }
}
