//! Follows the change feed of the store.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use std::sync::Arc;
use tokio::time::Instant;

use crate::registry::live::Registry;
use crate::store::{Change, StoreError};

/// How long requests are still answered from memory while the feed cannot be read.
pub const GRACE: Duration = Duration::from_secs(30);

/// Whether memory can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// The feed was read within the grace.
    Fresh,
    /// It was not: a revocation may have been missed, so nothing may pass.
    Stale,
}

pub(super) struct Feed {
    cursor: AtomicI64,
    /// Monotonic, not the wall clock: a clock that is set forward must not cut everybody off, nor one set back hide
    /// that the store is gone.
    heard: ArcSwap<Instant>,
}

impl Feed {
    pub(super) fn starting_at(head: i64) -> Self {
        Self { cursor: AtomicI64::new(head), heard: ArcSwap::from_pointee(Instant::now()) }
    }
}

impl Registry {
    /// Whether what this directory says can be trusted.
    pub fn freshness(&self) -> Freshness {
        if self.silence() > GRACE { Freshness::Stale } else { Freshness::Fresh }
    }

    /// How long ago the feed was read last: for whoever asks whether the gateway is ready, before the grace is over.
    pub fn silence(&self) -> Duration {
        self.feed.heard.load().elapsed()
    }

    /// Reads the feed once and applies what is new.
    pub async fn follow(&self) -> Result<(), StoreError> {
        // Taken before the read: what changes during the read is not yet heard of.
        let asked = Instant::now();
        if let Some(changes) = self.store.feed_since(self.feed.cursor.load(Ordering::SeqCst)).await? {
            self.follow_tokens(&changes).await?;
            self.apply(&changes);
        } else {
            let head = self.store.feed_head().await?;
            self.forget_all();
            self.load_tokens().await?;
            self.feed.cursor.store(head, Ordering::SeqCst);
        }
        self.feed.heard.store(Arc::new(asked));
        Ok(())
    }

    fn apply(&self, changes: &[(i64, Change)]) {
        for (sequence, change) in changes {
            match *change {
                Change::SessionEnded(session) => self.end_session(session),
                Change::SessionChanged(session) => self.session_changed(session),
                Change::AccountChanged(account) => self.account_changed(account),
                Change::SessionsEnded(account) => self.end_sessions_of(account),
                // Read again by `follow_tokens`, which the store may fail.
                Change::TokenChanged(_) => {}
            }
            self.feed.cursor.store(*sequence, Ordering::SeqCst);
        }
    }
}
