//! What brings an event about: when, and from where.

use crate::domain::client::ClientAddress;
use crate::domain::identifier::RequestId;
use crate::domain::request_context::RequestContext;
use crate::platform::clock::Timestamp;

/// What brought an event about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cause<'a> {
    /// A request.
    Request(&'a RequestContext),
    /// A question of another proxy that could not be read: what is known is the proxy itself.
    Unreadable {
        /// Of the question.
        id: RequestId,
        /// When it arrived.
        now: Timestamp,
        /// The proxy.
        peer: ClientAddress,
    },
    /// The operator, by the command line or the configuration, at this time.
    Operator(Timestamp),
    /// The gateway itself: a limit was reached at this time.
    Expiry(Timestamp),
}

impl<'a> From<&'a RequestContext> for Cause<'a> {
    fn from(context: &'a RequestContext) -> Self {
        Self::Request(context)
    }
}
