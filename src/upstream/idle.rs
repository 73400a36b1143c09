//! Idle connections to one address, kept for the next request of any visitor.
//!
//! A connection is added only after an exchange that ended cleanly, and never if an app has authenticated it (those are
//! in `pinned`).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::time::Instant;

use crate::upstream::connection::Connection;

/// The idle connections to one address.
#[derive(Debug)]
pub(super) struct IdleConnections {
    list: Mutex<List>,
    timeout: Duration,
    most: usize,
}

#[derive(Debug, Default)]
struct List {
    /// The most recently used connection is last.
    entries: Vec<Entry>,
    reaper: Reaper,
}

#[derive(Debug)]
struct Entry {
    connection: Connection,
    since: Instant,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Reaper {
    #[default]
    Off,
    Running,
}

/// How thoroughly a connection is checked before it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Liveness {
    /// Only what the runtime has noticed. For repeatable requests, which are sent again if the connection is closed.
    Seen,
    /// The kernel is asked. For requests that are sent only once.
    Asked,
}

impl IdleConnections {
    pub(super) fn new(timeout: Duration, most: usize) -> Self {
        Self { list: Mutex::new(List::default()), timeout, most }
    }

    /// Takes the most recently used connection that is still usable.
    pub(super) fn take(&self, liveness: Liveness) -> Option<Connection> {
        loop {
            let connection = self.pop()?;
            if liveness == Liveness::Seen || connection.is_quiet() {
                return Some(connection);
            }
        }
    }

    fn pop(&self) -> Option<Connection> {
        let mut list = self.lock();
        while list.entries.last().is_some_and(|entry| entry.connection.is_closed()) {
            list.entries.pop();
        }
        // Skips a connection whose driver is still finishing the previous exchange.
        let place = list.entries.iter().rposition(|entry| entry.connection.is_ready())?;
        let entry = list.entries.remove(place);
        // If the most recently used connection is too old, all are; the reaper closes them.
        (entry.since.elapsed() < self.timeout).then_some(entry.connection)
    }

    /// Keeps a connection whose answer was read to its end, or closes it if the limit is reached.
    pub(super) fn put(self: &Arc<Self>, connection: Connection) {
        if connection.is_closed() {
            return;
        }
        let mut list = self.lock();
        if list.entries.len() >= self.most {
            list.entries.retain(|entry| !entry.connection.is_closed());
        }
        if list.entries.len() >= self.most {
            return;
        }
        list.entries.push(Entry { connection, since: Instant::now() });
        if list.reaper == Reaper::Off {
            list.reaper = Reaper::Running;
            tokio::spawn(reap(Arc::downgrade(self), self.timeout));
        }
    }

    /// Closes connections that were unused for the whole timeout. Returns whether any are left.
    fn sweep(&self) -> bool {
        let mut list = self.lock();
        let timeout = self.timeout;
        list.entries.retain(|entry| !entry.connection.is_closed() && entry.since.elapsed() < timeout);
        if list.entries.is_empty() {
            list.reaper = Reaper::Off;
        }
        !list.entries.is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs while connections are kept, so that an unused address costs nothing.
async fn reap(idle: Weak<IdleConnections>, timeout: Duration) {
    loop {
        tokio::time::sleep(timeout).await;
        match idle.upgrade() {
            Some(idle) if idle.sweep() => {}
            Some(_) | None => return,
        }
    }
}
