//! What somebody signs in for.

use http::Method;

use crate::domain::return_target::ReturnTarget;

/// What a visitor wants to reach: carried from address to form to address, and read anew each time, since anybody can
/// write such an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoginIntent {
    /// Where to go afterwards.
    pub return_to: ReturnTarget,
    /// The method of the original request: a rule may require more for it than for GET.
    pub method: Method,
    /// The hash of the nonce that the host of that place left in the browser, if the session is to be handed over to
    /// it.
    pub nonce: Option<[u8; 32]>,
}

impl LoginIntent {
    /// The intent of whoever wants to see `return_to`.
    pub(crate) const fn to(return_to: ReturnTarget) -> Self {
        Self { return_to, method: Method::GET, nonce: None }
    }
}
