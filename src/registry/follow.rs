//! Applies the change feed of the store to memory.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::Instant;
use tracing::warn;

use crate::domain::identifier::TokenId;
use crate::platform::telemetry::GATEWAY;
use crate::registry::feed::{Freshness, GRACE};
use crate::registry::live::Registry;
use crate::store::{Change, StoreError};

impl Registry {
    /// Whether the sessions in memory can be trusted.
    pub(crate) fn freshness(&self) -> Freshness {
        if self.silence() > GRACE { Freshness::Stale } else { Freshness::Fresh }
    }

    /// Time since the feed was last read, for the readiness probe, which fails before the grace is over.
    pub(crate) fn silence(&self) -> Duration {
        self.feed.silence()
    }

    /// Reads the feed once and applies new changes.
    pub(crate) async fn follow(&self) -> Result<(), StoreError> {
        // Taken before the read: changes made during the read may not be in it.
        let asked = Instant::now();
        if let Some(changes) = self.store.feed_since(self.feed.cursor()).await? {
            self.follow_tokens(&changes).await?;
            self.apply(&changes);
        } else {
            let head = self.store.feed_head().await?;
            self.forget_all();
            self.load_tokens().await?;
            self.feed.advance(head);
        }
        self.feed.read_at(asked);
        Ok(())
    }

    /// Reads the feed after a change that was made here, so that it counts at once. The change is in the store: if the
    /// feed cannot be read now, the loop reads it.
    pub(crate) async fn follow_now(&self) {
        if let Err(failure) = self.follow().await {
            warn!(target: GATEWAY, %failure, "a change is in the store, but could not be read back; it is tried again");
        }
    }

    fn apply(&self, changes: &[(i64, Change)]) {
        for (sequence, change) in changes {
            match *change {
                Change::SessionEnded(session) => self.end_session(session),
                Change::SessionChanged(session) => self.session_changed(session),
                Change::AccountChanged(account) => self.account_changed(account),
                Change::SessionsEnded(account) => self.end_sessions_of(account),
                // Loaded by `follow_tokens`, because the store can fail.
                Change::TokenChanged(_) => {}
            }
            self.feed.advance(*sequence);
        }
    }

    /// Loads all tokens: at start, and when the feed has a gap.
    pub(crate) async fn load_tokens(&self) -> Result<(), StoreError> {
        let rows = self.store.tokens(self.clock.now()).await?;
        let known: HashSet<TokenId> = rows.iter().map(|row| row.id).collect();
        for row in rows {
            self.tokens.put(row);
        }
        self.tokens.retain(|token| known.contains(&token.id));
        Ok(())
    }

    /// Loads changed tokens before the cursor moves. If the store fails, the same changes are read again.
    async fn follow_tokens(&self, changes: &[(i64, Change)]) -> Result<(), StoreError> {
        for (_, change) in changes {
            let Change::TokenChanged(id) = *change else { continue };
            match self.store.token(id).await? {
                Some(row) => self.tokens.put(row),
                None => self.tokens.remove(id),
            }
        }
        Ok(())
    }
}
