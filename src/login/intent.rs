//! Where a sign-in leads.

use http::Method;

use crate::domain::return_target::ReturnTarget;

/// What a visitor wants to reach. It is carried through URLs and forms, and validated again each time, because anybody
/// can write such a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoginIntent {
    /// Where to go after the sign-in.
    pub return_to: ReturnTarget,
    /// The method of the original request: a rule may require more for it than for GET.
    pub method: Method,
    /// The hash of the nonce that the host of `return_to` stored in the browser. `None` if no session has to be handed
    /// over.
    pub nonce: Option<[u8; 32]>,
}

impl LoginIntent {
    /// The intent of a visitor who wants to open `return_to` with GET.
    pub(crate) const fn to(return_to: ReturnTarget) -> Self {
        Self { return_to, method: Method::GET, nonce: None }
    }
}
