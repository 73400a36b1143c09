//! Live access tokens.
//!
//! All of them stand in memory, from the start on, and the change feed keeps them true: a made-up token never reaches
//! the store, however many are tried.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::ArcSwap;
use dashmap::DashMap;
use tokio_util::sync::CancellationToken;

use crate::domain::identifier::{AccountId, TokenId};
use crate::platform::clock::Timestamp;
use crate::store::TokenRow;

/// A token that was not revoked, in memory.
pub(crate) struct LiveToken {
    row: TokenRow,
    last: AtomicI64,
    flushed: AtomicI64,
    /// What the tunnels of the token hang on; a new one each time they are cut.
    tunnels: ArcSwap<CancellationToken>,
}

/// The tokens by their identifiers.
pub(super) struct Tokens {
    live: DashMap<TokenId, Arc<LiveToken>>,
    /// When the first of them expires, at the earliest: before that nobody looks at all of them.
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

    /// What the store says of it.
    pub(crate) const fn row(&self) -> &TokenRow {
        &self.row
    }

    /// A use at `now`; never moves back.
    pub(crate) fn touch(&self, now: Timestamp) {
        self.last.fetch_max(now.millis(), Ordering::Relaxed);
    }

    fn take_unflushed(&self) -> Option<(TokenId, Timestamp)> {
        let used = self.last.load(Ordering::Relaxed);
        let unknown = self.flushed.swap(used, Ordering::Relaxed) != used;
        unknown.then_some((self.row.id, Timestamp::from_millis(used)))
    }

    /// Cancelled when the token ends for any reason, or its account is disabled.
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
        // Nothing of a token ever changes but its last use, of which memory knows more.
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

    /// Cuts the tunnels of an account's tokens. Whoever may still come connects again and is judged anew.
    pub(super) fn cut(&self, account: AccountId) {
        self.live.iter().filter(|token| token.row.account == account).for_each(|token| token.cut());
    }

    /// Cuts the tunnels of all.
    pub(super) fn cut_all(&self) {
        self.live.iter().for_each(|token| token.cut());
    }

    /// Frees what has expired.
    pub(super) fn end_overdue(&self, now: Timestamp) {
        if now.millis() < self.next_expiry.load(Ordering::SeqCst) {
            return;
        }
        // First: a token that is put meanwhile lowers it again.
        self.next_expiry.store(i64::MAX, Ordering::SeqCst);
        self.retain(|token| {
            let stays = token.expires_at > now;
            if stays {
                self.next_expiry.fetch_min(token.expires_at.millis(), Ordering::SeqCst);
            }
            stays
        });
    }

    /// The uses that the store does not know yet; they count as known from now on.
    pub(super) fn take_unflushed(&self) -> Vec<(TokenId, Timestamp)> {
        self.live.iter().filter_map(|token| token.take_unflushed()).collect()
    }
}
