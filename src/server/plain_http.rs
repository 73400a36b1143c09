//! Plain http spoken to a TLS port: somebody wrote `http://` for `https://`, or a proxy does not use TLS towards us.
//! Without an answer both see a connection that breaks for no reason.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::domain::client::Peer;
use crate::platform::telemetry::GATEWAY;

/// The whole answer.
const ANSWER: &[u8] = b"HTTP/1.1 400 Bad Request\r\n\
Content-Type: text/plain; charset=utf-8\r\n\
X-Content-Type-Options: nosniff\r\n\
Cache-Control: no-store\r\n\
Content-Length: 64\r\n\
Connection: close\r\n\r\n\
This port speaks https: write https:// in front of the address.\n";

/// How much of the request is read after the answer, and for how long: closing a connection with unread bytes would
/// take the answer back.
const REQUEST: u64 = 64 * 1024;
const FAREWELL: Duration = Duration::from_secs(1);

/// Whether the first byte begins an http method. A TLS record begins with its type, 22 (RFC 8446 §5.1).
pub(super) async fn is_spoken(stream: &TcpStream) -> bool {
    let mut first = [0];
    let seen = stream.peek(&mut first).await;
    seen.is_ok_and(|count| count == 1) && first.iter().all(u8::is_ascii_uppercase)
}

/// Answers 400 with the hint and closes the connection.
pub(super) async fn refuse(mut stream: TcpStream, peer: Peer) {
    tracing::info!(target: GATEWAY, %peer, "plain http on an https port was answered 400: use https:// there");
    if stream.write_all(ANSWER).await.is_err() || stream.shutdown().await.is_err() {
        return;
    }
    let mut rest = stream.take(REQUEST);
    let _ = tokio::time::timeout(FAREWELL, tokio::io::copy(&mut rest, &mut tokio::io::sink())).await;
}
