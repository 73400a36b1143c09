//! The protected site of the tests says what reached it, and answers as it is told.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::backend::{Answer, Backend, Step, WELCOME};
use crate::wire::Wire;

#[tokio::test]
async fn every_byte_that_reached_the_site_is_recorded() {
    let site = Backend::start().await;
    let mut wire = Wire::open(site.address).await;
    wire.send("POST //a%2F HTTP/1.1\r\nHost: x\r\nx-ODD: 1\r\nX-odd: 2\r\nContent-Length: 3\r\n\r\nabc").await;
    assert_eq!(wire.answer("POST").await.unwrap().text(), WELCOME);
    let chunked = "4\r\nabcd\r\n0\r\nRemote-User: eve\r\n\r\n";
    wire.send(format!("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}")).await;
    assert_eq!(wire.answer("PUT").await.unwrap().status, 200);
    let seen = site.seen();
    assert_eq!((seen.len(), seen[0].request_line(), seen[0].connection), (2, "POST //a%2F HTTP/1.1", 0));
    assert_eq!(seen[0].headers()[1..3], [("x-ODD", "1"), ("X-odd", "2")]);
    assert_eq!((seen[0].body.as_slice(), seen[1].body.as_slice()), (b"abc".as_slice(), b"abcd".as_slice()));
    assert_eq!((seen[1].trailers.as_str(), seen[1].whole), ("Remote-User: eve\r\n", true));
}

#[tokio::test]
async fn an_answer_waits_where_the_script_says_so() {
    let site = Backend::start().await;
    let signal = Arc::new(Notify::new());
    site.answers(Answer::Script(vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc".to_vec()),
        Step::Wait(Arc::clone(&signal)),
        Step::Flood(3),
    ]));
    let mut wire = Wire::open(site.address).await;
    wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert_eq!(wire.head().await.unwrap().status, 200);
    assert_eq!(wire.exactly(3).await, b"abc");
    signal.notify_one();
    assert_eq!(wire.exactly(3).await, b"fff");
}
