//! Error texts of commands that end access. If the store refuses the write, the operator must learn that access
//! continues: a running gateway reads the same store and has not been notified.

use crate::account::AccountError;
use crate::store::StoreError;

const ACCESS_GOES_ON: &str = "nothing was changed, so access continues: free space for the store and try again, or \
                              stop the gateway, which lets nobody in";

/// Adds what to do to the error of a command that ends access.
pub(super) fn outcome<T>(outcome: Result<T, AccountError>) -> anyhow::Result<T> {
    outcome.map_err(|error| {
        let refused = matches!(error, AccountError::Store(StoreError::Database(_)));
        let error = anyhow::Error::new(error);
        if refused { error.context(ACCESS_GOES_ON) } else { error }
    })
}
