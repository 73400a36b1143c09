//! A connection while one exchange uses it, and where it goes afterwards.

use std::sync::Arc;

use crate::upstream::connection::Connection;
use crate::upstream::idle::IdleConnections;
use crate::upstream::pinned::{Owner, PinnedConnections};

/// The connection of an exchange whose answer is under way. Dropping it closes the connection: only an answer that was
/// read to its end leaves one that may be used again.
#[derive(Debug)]
pub(super) struct Lease {
    connection: Connection,
    destination: Destination,
}

/// Where a connection goes when its exchange has ended cleanly.
#[derive(Debug)]
pub(super) enum Destination {
    /// To everybody.
    Idle(Arc<IdleConnections>),
    /// To its owner.
    Pinned(Arc<PinnedConnections>, Owner),
    /// Nowhere: it is closed.
    Closed,
}

impl Lease {
    pub(super) const fn new(connection: Connection, destination: Destination) -> Self {
        Self { connection, destination }
    }

    /// The answer was read to its end.
    pub(super) fn finish(self) {
        match self.destination {
            Destination::Idle(idle) => idle.put(self.connection),
            Destination::Pinned(pinned, owner) => pinned.put(owner, self.connection),
            Destination::Closed => {}
        }
    }
}
