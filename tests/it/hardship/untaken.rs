use std::time::Duration;

use bytes::Bytes;
use http_body_util::Empty;
use hyper_util::rt::{TokioExecutor, TokioIo};

use super::{descriptors, limited, open, tls_gate};
use crate::backend::{Answer, Step};
use crate::gateway::{GatewayProcess, Setup};
use crate::wire::{eventually, within};

const LARGE: usize = 4 * 1024 * 1024;

fn floods(gateway: &GatewayProcess) {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {LARGE}\r\n\r\n").into_bytes();
    gateway.backend.answers(Answer::Script(vec![Step::Send(head), Step::Flood(LARGE)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_http2_visitor_who_opens_no_window_holds_no_connection_to_the_site() {
    let (gateway, client, tls) = tls_gate().await;
    let other = {
        let mut visitor = gateway.visitor();
        visitor.tls = Some(tls);
        visitor.host = Some("localhost".to_owned());
        visitor
    };
    assert_eq!(other.clone().get("/open/x").await.status, 200);
    let before = descriptors(&gateway.process);
    floods(&gateway);
    let mut streams = Vec::new();
    for _ in 0..3 {
        let opened = client.open(gateway.listening.address(), "localhost").await.expect("TLS");
        let mut builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
        // Not a byte of any answer may be sent.
        builder.initial_stream_window_size(0);
        let io = TokioIo::new(opened.wire.into_io());
        let (mut sender, connection) = within("h2", builder.handshake(io)).await.expect("h2");
        let connection = tokio::spawn(connection);
        for _ in 0..40 {
            let request = http::Request::get("https://localhost/open/large").body(Empty::<Bytes>::new()).unwrap();
            let answer = within("a head", sender.send_request(request)).await.expect("an answer");
            assert_eq!(answer.status(), 200);
            streams.push(answer);
        }
        streams.shrink_to_fit();
        tokio::spawn(async move {
            // Keeps the sender, and so the connection, until the gateway ends it.
            let _ = connection.await;
            drop(sender);
        });
    }
    // Counted as they are opened: on a busy machine the first are free again before the last are opened.
    assert_eq!(gateway.backend.connections(), 120, "each stream holds a connection to the site");
    eventually("the site's connections are free", || async { gateway.backend.open_connections() == 0 }).await;
    gateway.backend.answers(Answer::Welcome);
    assert_eq!(other.clone().get("/open/x").await.status, 200, "others are served");
    eventually("the gateway closes connections that take nothing", || async {
        descriptors(&gateway.process) <= before + 1
    })
    .await;
    gateway.process.has_written("a connection that took no answer was closed").await;
    drop(streams);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_http2_visitor_who_takes_none_of_our_own_answers_is_closed_too() {
    let (gateway, client, _) = tls_gate().await;
    for (path, status) in [("/portcullis/login", 200), ("/private", 401), ("/portcullis/no-such-page", 404)] {
        let opened = client.open(gateway.listening.address(), "localhost").await.expect("TLS");
        let mut builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
        builder.initial_stream_window_size(0);
        let io = TokioIo::new(opened.wire.into_io());
        let (mut sender, connection) = within("h2", builder.handshake(io)).await.expect("h2");
        let connection = tokio::spawn(connection);
        let request = http::Request::get(format!("https://localhost{path}")).body(Empty::<Bytes>::new()).unwrap();
        let answer = within("a head", sender.send_request(request)).await.expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
        within(path, connection).await.expect("the task").expect_err("the gateway ends the connection");
        drop((answer, sender));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_http1_visitor_who_reads_nothing_holds_no_connection_to_the_site() {
    let gateway = limited("true", Setup { server: "body_timeout = \"1s\"".to_owned(), ..Setup::default() }).await;
    assert_eq!(open(&gateway).await, 200);
    let before = descriptors(&gateway.process);
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", 64 * LARGE).into_bytes();
    gateway.backend.answers(Answer::Script(vec![Step::Send(head), Step::Flood(64 * LARGE)]));
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut wire = gateway.visitor().connect().await;
        wire.send(b"GET /open/large HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec()).await;
        slow.push(wire);
    }
    eventually("all are under way", || async { gateway.backend.connections() == 20 }).await;
    eventually("the site's connections are free", || async { gateway.backend.open_connections() == 0 }).await;
    gateway.backend.answers(Answer::Welcome);
    assert_eq!(open(&gateway).await, 200);
    drop(slow);
    eventually("descriptors are what they were", || async { descriptors(&gateway.process) <= before + 1 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_stream_of_a_silent_site_is_not_taken_for_a_visitor_who_stopped() {
    let (gateway, client, _) = tls_gate().await;
    let go_on = std::sync::Arc::new(tokio::sync::Notify::new());
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n".to_vec();
    let steps = vec![Step::Send(head), Step::Wait(go_on.clone()), Step::Send(b"data: 2\n\n".to_vec()), Step::Close];
    gateway.backend.answers(Answer::Script(steps));
    let opened = client.open(gateway.listening.address(), "localhost").await.expect("TLS");
    let io = TokioIo::new(opened.wire.into_io());
    let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), io);
    let (mut sender, connection) = within("h2", handshake).await.expect("h2");
    tokio::spawn(connection);
    let request = http::Request::get("https://localhost/open/events").body(Empty::<Bytes>::new()).unwrap();
    let answer = within("a head", sender.send_request(request)).await.expect("an answer");
    let all = tokio::spawn(http_body_util::BodyExt::collect(answer.into_body()));
    // The silence of the site, which is what is tried here: longer than the 2 s that a visitor may leave an answer
    // untaken, and a quarter more for the look at it. The clock of a process cannot be moved by hand.
    tokio::time::sleep(Duration::from_secs(5)).await;
    go_on.notify_one();
    let text = within("the rest", all).await.unwrap().expect("the whole stream").to_bytes();
    assert_eq!(text, "data: 1\n\ndata: 2\n\n");
}
