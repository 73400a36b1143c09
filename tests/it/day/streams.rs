//! Long traffic keeps its session alive.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::backend::{Answer, Step};
use crate::gateway::Gateway;
use crate::visitor::Request;

/// The session is not used for an hour but by one download that goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_goes_on_is_a_use_of_its_session() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let go_on = Arc::new(Notify::new());
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    gateway.backend.answers(Answer::Script(vec![
        Step::Send(format!("{head}5\r\nfirst\r\n").into_bytes()),
        Step::Wait(Arc::clone(&go_on)),
        Step::Send(b"6\r\nsecond\r\n0\r\n\r\n".to_vec()),
        Step::Close,
    ]));
    let mut stream = visitor.connect().await;
    stream.send(visitor.bytes(&Request::get("/events"))).await;
    stream.until(b"first").await.expect("the first part");
    gateway.advance(3000);
    go_on.notify_one();
    stream.until(b"second").await.expect("the second part");
    gateway.backend.answers(Answer::Welcome);
    gateway.advance(3000);
    assert_eq!(visitor.get("/").await.status, 200, "100 minutes after the last request");
}

/// A stream does not bring back a session that was over before its next byte.
#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_was_silent_for_too_long_revives_nothing() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let go_on = Arc::new(Notify::new());
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    gateway.backend.answers(Answer::Script(vec![
        Step::Send(format!("{head}5\r\nfirst\r\n").into_bytes()),
        Step::Wait(Arc::clone(&go_on)),
        Step::Send(b"6\r\nsecond\r\n0\r\n\r\n".to_vec()),
        Step::Close,
    ]));
    let mut stream = visitor.connect().await;
    stream.send(visitor.bytes(&Request::get("/events"))).await;
    stream.until(b"first").await.expect("the first part");
    gateway.advance(3601);
    go_on.notify_one();
    stream.until(b"second").await.expect("the second part");
    assert_eq!(visitor.get("/").await.status, 302, "the hour was over");
}
