//! Live access tokens.
//!
//! All of them are in memory from the start, and the change feed keeps them current. A made-up token therefore never
//! causes a read of the store.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::ArcSwap;
use dashmap::DashMap;
use tokio_util::sync::CancellationToken;

use crate::domain::identifier::{AccountId, TokenId};
use crate::platform::clock::Timestamp;
use crate::store::TokenRow;

/// A token that was not revoked.
pub(crate) struct LiveToken {
    row: TokenRow,
    last: AtomicI64,
    flushed: AtomicI64,
    /// Cancelled to close the token's tunnels, and replaced each time.
    tunnels: ArcSwap<CancellationToken>,
}

/// The tokens by their ids.
pub(super) struct Tokens {
    live: DashMap<TokenId, Arc<LiveToken>>,
    /// Lower bound of the first expiry, in milliseconds. Before that, expired tokens need not be searched.
    next_expiry: AtomicI64,
}

impl Default for Tokens {
    fn default() -> Self {
        Self { live: DashMap::new(), next_expiry: AtomicI64::new(i64::MAX) }
    }
}

impl LiveToken {
    fn new(row: TokenRow) -> Self {
        let at = row.last_used_at.map_or(i64::MIN, Timestamp::millis);
        let last = AtomicI64::new(at);
        let flushed = AtomicI64::new(at);
        Self { row, last, flushed, tunnels: ArcSwap::from_pointee(CancellationToken::new()) }
    }

    /// The row as last read from the store.
    pub(crate) const fn row(&self) -> &TokenRow {
        &self.row
    }

    /// Records a use at `now`. An earlier time than the last use is ignored.
    pub(crate) fn touch(&self, now: Timestamp) {
        self.last.fetch_max(now.millis(), Ordering::Relaxed);
    }

    fn take_unflushed(&self) -> Option<(TokenId, Timestamp)> {
        let used = self.last.load(Ordering::Relaxed);
        let unknown = self.flushed.swap(used, Ordering::Relaxed) != used;
        unknown.then_some((self.row.id, Timestamp::from_millis(used)))
    }

    /// A token that is cancelled when the access token ends for any reason or its account is disabled.
    pub(super) fn watch(&self) -> CancellationToken {
        self.tunnels.load().child_token()
    }

    fn cut(&self) {
        self.tunnels.swap(Arc::new(CancellationToken::new())).cancel();
    }
}

impl Tokens {
    pub(super) fn get(&self, id: TokenId) -> Option<Arc<LiveToken>> {
        self.live.get(&id).map(|token| Arc::clone(&token))
    }

    pub(super) fn put(&self, row: TokenRow) {
        // Only the last use of a token ever changes, and memory has the newer value.
        self.next_expiry.fetch_min(row.expires_at.millis(), Ordering::SeqCst);
        self.live.entry(row.id).or_insert_with(|| Arc::new(LiveToken::new(row)));
    }

    pub(super) fn remove(&self, id: TokenId) {
        if let Some((_, token)) = self.live.remove(&id) {
            token.cut();
        }
    }

    pub(super) fn retain(&self, stays: impl Fn(&TokenRow) -> bool) {
        self.live.retain(|_, token| {
            let stays = stays(&token.row);
            if !stays {
                token.cut();
            }
            stays
        });
    }

    /// Closes the tunnels of an account's tokens. Clients that are still allowed reconnect and are judged again.
    pub(super) fn cut(&self, account: AccountId) {
        self.live.iter().filter(|token| token.row.account == account).for_each(|token| token.cut());
    }

    /// Closes the tunnels of all tokens.
    pub(super) fn cut_all(&self) {
        self.live.iter().for_each(|token| token.cut());
    }

    /// Removes expired tokens.
    pub(super) fn end_overdue(&self, now: Timestamp) {
        if now.millis() < self.next_expiry.load(Ordering::SeqCst) {
            return;
        }
        // Reset first: a token that is added meanwhile lowers it again.
        self.next_expiry.store(i64::MAX, Ordering::SeqCst);
        self.retain(|token| {
            let stays = token.expires_at > now;
            if stays {
                self.next_expiry.fetch_min(token.expires_at.millis(), Ordering::SeqCst);
            }
            stays
        });
    }

    /// Returns the uses that the store does not have yet, and marks them as stored.
    pub(super) fn take_unflushed(&self) -> Vec<(TokenId, Timestamp)> {
        self.live.iter().filter_map(|token| token.take_unflushed()).collect()
    }
}
