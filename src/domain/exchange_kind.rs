//! What a request asks for: one answer or a WebSocket.

/// The kind of exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExchangeKind {
    /// A request and its answer.
    Http,
    /// A WebSocket, if the site agrees (RFC 6455 §4.1).
    WebSocket,
}
