//! What caused an event: when, and from where.

use crate::domain::client::ClientAddress;
use crate::domain::identifier::RequestId;
use crate::domain::request_context::RequestContext;
use crate::platform::clock::Timestamp;

/// What caused an event.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cause<'a> {
    /// A request.
    Request(&'a RequestContext),
    /// A forward-auth request that could not be read, so that only the proxy is known.
    Unreadable {
        /// The id of the forward-auth request.
        id: RequestId,
        /// When it arrived.
        now: Timestamp,
        /// The address of the proxy.
        peer: ClientAddress,
    },
    /// The operator, through the command line or the configuration, at this time.
    Operator(Timestamp),
    /// The gateway itself, because a limit was reached at this time.
    Expiry(Timestamp),
}

impl<'a> From<&'a RequestContext> for Cause<'a> {
    fn from(context: &'a RequestContext) -> Self {
        Self::Request(context)
    }
}
