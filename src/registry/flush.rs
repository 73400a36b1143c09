//! Writes last uses to the store in slices: one transaction for all of them would hold the write lock for seconds.

use std::sync::Arc;

use dashmap::mapref::multiple::RefMulti;

use crate::registry::live::Registry;
use crate::registry::session::LiveSession;
use crate::store::StoreError;

/// How many last uses one transaction writes; takes a few milliseconds.
const SLICE: usize = 512;

impl Registry {
    /// Writes the last uses that the store does not have yet. Those that it refuses are tried again next time.
    pub(super) async fn flush(&self) -> Result<(), StoreError> {
        let unflushed =
            |entry: RefMulti<'_, _, Arc<LiveSession>>| entry.value().take_unflushed().map(|at| (*entry.key(), at));
        let touched: Vec<_> = self.sessions.iter().filter_map(unflushed).collect();
        let mut slices = touched.chunks(SLICE);
        while let Some(slice) = slices.next() {
            if let Err(failure) = self.store.touch_sessions(slice).await {
                let left = std::iter::once(slice).chain(slices).flatten();
                left.filter_map(|(id, _)| self.sessions.get(id)).for_each(|live| live.mark_unflushed());
                return Err(failure);
            }
            tokio::task::yield_now().await;
        }
        self.store.touch_tokens(&self.tokens.take_unflushed()).await
    }
}
