//! The question of another proxy: in which style it asks, and what it sent.

use http::HeaderMap;
use http::request::Parts;

use crate::authorize::denial::Relay;
use crate::authz::original::Original;
use crate::domain::client::Peer;
use crate::domain::identifier::RequestId;
use crate::platform::clock::Timestamp;
use crate::web::Problem;

/// The question of another proxy, as it arrived.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForwardAuthRequest<'a> {
    /// How it is asked.
    pub style: &'static Style,
    /// The proxy that asks.
    pub peer: Peer,
    /// Identifies the question in the log.
    pub id: RequestId,
    /// When it arrived.
    pub now: Timestamp,
    /// Its head: of the body nothing is read. nginx announces one that it does not send.
    pub head: &'a Parts,
    /// The rest of the target after the style's path, query included.
    pub behind: &'a str,
}

/// How one kind of proxy asks, and how a denial reaches it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Its path below `{prefix}/authz/`.
    pub word: &'static str,
    /// Whether the original path stands behind that.
    pub(super) path: Path,
    /// How it is told to send a person to the sign-in.
    pub(super) relay: Relay,
    /// What the proxy takes from a yes.
    pub(super) relayed: RelayedFields,
    /// Who reads the answer.
    pub(super) reader: Reader,
    /// Reads what was asked of the proxy.
    pub(super) read: fn(&ForwardAuthRequest<'_>) -> Result<Original, Problem>,
    /// The fields that it is read from: the visitor's own words under other names may not contradict them.
    pub(super) fields: &'static [&'static str],
}

/// The rest of the target after the style's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    /// Nothing.
    Whole,
    /// The path and query of the original request.
    Suffixed,
}

/// What a proxy takes from a yes, beside who is there: the visitor's `Cookie` and `Authorization` without what is ours,
/// to put in the place of what they sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RelayedFields {
    /// `Authorization` alone. nginx holds the head of an answer in one buffer of 4 KiB: cookies would burst it, and it
    /// takes ours out by itself.
    Authorization,
    /// Both. What is missing here is taken away there: Traefik has no other way to keep a session from the site.
    Credentials,
    /// Both, and the names of what is to be taken away, which Envoy would leave as it was.
    CredentialsAndRemovals,
}

/// Who reads the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The proxy, which acts on it.
    Proxy,
    /// The visitor. The proxy was told no already, could not relay what it was told, and asks again for the page. A yes
    /// is never given here: it would tell the visitor what only the proxy may know (the signed assertion).
    Visitor,
}

impl ForwardAuthRequest<'_> {
    pub(super) const fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }
}
