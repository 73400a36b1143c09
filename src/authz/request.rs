//! The forward-auth request of a proxy and its style.

use http::HeaderMap;
use http::request::Parts;

use crate::authorize::denial::Relay;
use crate::authz::original::Original;
use crate::domain::client::Peer;
use crate::domain::identifier::RequestId;
use crate::platform::clock::Timestamp;
use crate::web::Problem;

/// A forward-auth request as received.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForwardAuthRequest<'a> {
    pub style: &'static Style,
    /// The address of the proxy.
    pub peer: Peer,
    /// Identifies the request in the log.
    pub id: RequestId,
    /// Time of arrival.
    pub now: Timestamp,
    /// The head of the request. The body is never read: nginx announces one that it does not send.
    pub head: &'a Parts,
    /// The part of the request target behind the style's path, with the query.
    pub behind: &'a str,
}

/// How one kind of proxy asks, and in which form it receives a denial.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// The path below `{prefix}/authz/`.
    pub word: &'static str,
    /// Whether the original path follows that path.
    pub(super) path: Path,
    /// How a redirect to the sign-in is sent to the proxy.
    pub(super) relay: Relay,
    /// The credentials that the proxy copies from a 200.
    pub(super) relayed: RelayedFields,
    /// Who reads the response.
    pub(super) reader: Reader,
    /// Reads the original request.
    pub(super) read: fn(&ForwardAuthRequest<'_>) -> Result<Original, Problem>,
    /// The fields that `read` uses. Fields with other names may not contradict them.
    pub(super) fields: &'static [&'static str],
}

/// The part of the request target behind the style's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    /// Nothing may follow.
    Whole,
    /// The path and query of the original request.
    Suffixed,
}

/// The credentials that a proxy copies from a 200, besides the identity: the visitor's `Cookie` and `Authorization`
/// without our own cookies and tokens. They replace what the visitor sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RelayedFields {
    /// `Authorization` only. nginx buffers the head of a response in 4 KiB, which cookies would exceed, and removes our
    /// cookies itself.
    Authorization,
    /// Both. Traefik removes a request field that is missing here; it has no other way to keep our session from the
    /// site.
    Credentials,
    /// Both, and the names of the fields to remove, which Envoy would otherwise leave as they are.
    CredentialsAndRemovals,
}

/// Who reads the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The proxy, which acts on it.
    Proxy,
    /// The visitor. The proxy got a denial that it could not relay and asks again for its page. A permit is never
    /// returned here: it would show the visitor what only the proxy may know (the signed assertion).
    Visitor,
}

impl ForwardAuthRequest<'_> {
    pub(super) const fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }
}
