//! Commands that end access. Where the store refuses the write, the person at the terminal must learn that access goes
//! on: a running gateway reads the same store and was told nothing.

use crate::account::AccountError;
use crate::store::StoreError;

const ACCESS_GOES_ON: &str = "nothing was changed, so access goes on: free space for the store and try again, or stop \
                              the gateway, which lets nobody in";

/// The outcome of ending access, with what to do where it failed.
pub(super) fn outcome<T>(outcome: Result<T, AccountError>) -> anyhow::Result<T> {
    outcome.map_err(|error| {
        let refused = matches!(error, AccountError::Store(StoreError::Database(_)));
        let error = anyhow::Error::new(error);
        if refused { error.context(ACCESS_GOES_ON) } else { error }
    })
}
