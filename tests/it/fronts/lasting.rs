//! What takes longer than the patience that proxies have by default (60 s, mostly). Every proxy at once, since all of
//! them only wait: a minute and a half in all, or ten minutes where `PORTCULLIS_TEST_HEAVY` is 1.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use futures_util::{SinkExt, StreamExt};
use ring::digest::{Context, SHA256};
use tokio::sync::Notify;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::Finding;
use super::cases::{handshake, holds};
use super::deployment::{Deployment, Portal};
use super::program::{PROXIES, Proxy};
use super::table::{self, Table};
use super::traffic::{arrived, begin_upload, block};
use crate::backend::{Answer, Step};
use crate::visitor::{Request, Visitor};
use crate::wire::within;

/// Between two pieces of an upload: less than the gateway lets a body stand still (`server.body_timeout`).
const BETWEEN: Duration = Duration::from_secs(10);
const PIECE: usize = 4096;

/// How long it lasts.
struct Length {
    /// Pieces of the upload.
    pieces: usize,
    /// Silence in an answer and on a WebSocket.
    silence: Duration,
}

fn length() -> Length {
    let heavy = std::env::vars_os().any(|(name, value)| name == "PORTCULLIS_TEST_HEAVY" && value == "1");
    if heavy {
        Length { pieces: 60, silence: Duration::from_mins(10) }
    } else {
        Length { pieces: 9, silence: Duration::from_secs(65) }
    }
}

async fn slow_upload(deployment: &Deployment, bob: &Visitor, pieces: usize) -> Finding {
    let mut wire = begin_upload(bob, "/slow", pieces * PIECE).await;
    let mut hash = Context::new(&SHA256);
    for number in 0..pieces {
        tokio::time::sleep(BETWEEN).await;
        let piece = block(number, PIECE);
        hash.update(&piece);
        wire.send(piece).await;
    }
    let answer = wire.answer("POST").await.ok_or("no answer")?;
    holds!(answer.status == 200, "{answer:?}");
    arrived(deployment, "/slow", pieces * PIECE, hash)?;
    Ok("whole".to_owned())
}

async fn silent_download(bob: &Visitor, goes_on: &Notify, silence: Duration) -> Finding {
    let mut wire = bob.connect().await;
    wire.send(bob.bytes(&Request::get("/download"))).await;
    let head = wire.head().await.ok_or("no answer")?;
    holds!(head.status == 200, "{head:?}");
    let first = wire.until(b"first half").await;
    holds!(first.is_some(), "the first half did not come");
    tokio::time::sleep(silence).await;
    goes_on.notify_one();
    let second = wire.until(b"second half").await;
    holds!(second.is_some(), "it ended in the silence");
    Ok("whole".to_owned())
}

async fn idle_socket(bob: &Visitor, silence: Duration) -> Finding {
    let mut wire = bob.connect().await;
    wire.send(bob.bytes(&handshake("https://app.example.com"))).await;
    let answer = wire.answer("GET").await.ok_or("no answer")?;
    holds!(answer.status == 101, "{answer:?}");
    let mut socket = WebSocketStream::from_raw_socket(wire.into_io(), Role::Client, None).await;
    for text in ["before", "after"] {
        within("sending", socket.send(Message::text(text))).await.map_err(|error| error.to_string())?;
        let back = within("the echo", socket.next()).await.ok_or("it ended")?.map_err(|error| error.to_string())?;
        holds!(back == Message::text(text), "another text came back");
        if text == "before" {
            tokio::time::sleep(silence).await;
        }
    }
    Ok("stays open".to_owned())
}

async fn lasts(proxy: Proxy) -> (Proxy, Vec<(&'static str, Finding)>) {
    let mut deployment = Deployment::open(proxy, Portal::OnTheSite).await;
    let bob = deployment.bob().await;
    let goes_on = Arc::new(Notify::new());
    let script = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 21\r\n\r\nfirst half".to_vec()),
        Step::Wait(Arc::clone(&goes_on)),
        Step::Send(b"second half".to_vec()),
        Step::Close,
    ];
    let answers = vec![("/download", Answer::Script(script)), ("/socket", Answer::WebSocketEcho)];
    deployment.gateway.backend.answers(Answer::ByTarget(answers));
    let Length { pieces, silence } = length();
    let (upload, download, socket) = tokio::join!(
        slow_upload(&deployment, &bob, pieces),
        silent_download(&bob, &goes_on, silence),
        idle_socket(&bob, silence)
    );
    let found = vec![
        ("An upload that takes 90 s", upload),
        ("An answer with a silence of 65 s", download),
        ("A WebSocket without traffic for 65 s", socket),
    ];
    (proxy, found)
}

#[tokio::test]
async fn slow_uploads_silent_answers_and_idle_sockets_last_behind_every_proxy() {
    let found = join_all(PROXIES.map(|proxy| Box::pin(lasts(proxy)))).await;
    let failed: Vec<_> = found
        .iter()
        .flat_map(|(proxy, found)| found.iter().map(move |(title, finding)| (proxy.name(), title, finding)))
        .filter(|(_, _, finding)| finding.is_err())
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
    for (proxy, found) in &found {
        table::report(*proxy, Table::Lasting, found);
    }
}
