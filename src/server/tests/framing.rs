//! Framings that HTTP parsers disagree about, sent through the real hyper as raw bytes on a socket.

use super::*;

/// The request that an attacker hides behind one whose end can be read in two ways.
const HIDDEN: &str = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

fn post(lines: &str, body: &str) -> String {
    format!("POST / HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n\r\n{body}{HIDDEN}")
}

#[tokio::test]
async fn a_request_that_can_be_read_in_two_ways_is_refused_and_the_connection_closed() {
    let Running { address, asked, .. } = run(&settings()).await;
    let zero = "0\r\n\r\n";
    let mut corpus = vec![
        post("Content-Length: 5\r\nTransfer-Encoding: chunked", zero),
        post("Transfer-Encoding: chunked\r\nContent-Length: 5", zero),
        post("Transfer-Encoding: chunked\r\nContent-Length: nonsense", zero),
        post("Transfer-Encoding: ,chunked", zero),
        post("Transfer-Encoding: gzip, chunked", zero),
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", zero),
        post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", zero),
        post("Transfer-Encoding: \tchunked ,", zero),
        post("Content-Length: 0001", "x"),
        post("Content-Length: 1\r\nContent-Length: 1", "x"),
        post("Content-Length: 1, 1", "x"),
        post("Content-Length: +1", "x"),
        post("Content-Length: 1\r\nContent-Length: 2", "x"),
        post("Content-Length : 1", "x"),
        post("X: a\r\n Content-Length: 1", "x"),
        post("X: a\rContent-Length: 1", "x"),
        post("X: \0", ""),
        post("Transfer-Encoding: xchunked", zero),
        post("Transfer-Encoding: chunked, identity", zero),
        post("Transfer-Encoding: chunked\u{b}", zero),
        post("Transfer-Encoding\u{b}: chunked", zero),
        format!(
            "POST / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n{zero}{HIDDEN}"
        ),
    ];
    for target in ["/public#/../admin", "admin", "?a=1", "javascript://localhost/", "http://localhost/#x", "/a b"] {
        corpus.push(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n{HIDDEN}"));
    }
    for request in corpus {
        let answer = say(address, &request).await;
        assert_eq!(statuses(&answer), [400], "{request:?}: {answer}");
        assert!(asked.all().is_empty(), "{request:?}: {:?}", asked.all());
    }
}

#[tokio::test]
async fn what_follows_a_body_whose_framing_breaks_is_never_answered() {
    let Running { address, asked, .. } = run(&settings()).await;
    for body in
        ["5\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "0\r\nA: b\n\r\n", "\r\n"]
    {
        let answer = say(address, post("Transfer-Encoding: chunked", body)).await;
        assert_eq!((answer.as_str(), asked.all()), ("", Vec::new()), "{body:?}");
    }
}

#[tokio::test]
async fn requests_that_are_clear_are_answered_one_after_the_other() {
    let Running { address, asked, .. } = run(&settings()).await;
    let wire = [
        "\r\nGET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /2 HTTP/1.1\nHost: localhost\n\n",
        "POST /3 HTTP/1.1\r\nHost: localhost\r\ncontent-length: 30\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\nab",
        "POST /4 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: Chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n1 \r\n!\r\n0\r\nRemote-User: x\r\n\r\n",
        "GET http://localhost/5 HTTP/1.1\r\nHost: LOCALHOST\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
        "DELETE /6 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ];
    let answer = say(address, wire.concat()).await;
    assert_eq!(statuses(&answer), [200; 6], "{answer}");
    assert_eq!(asked.all(), ["GET /1", "GET /2", "POST /3", "POST /4", "GET /5", "DELETE /6"]);
    assert!(answer.contains("POST /4 hello!") && answer.contains("Host: a\r\n\r\nab"), "{answer}");
}

#[tokio::test]
async fn http_2_without_tls_is_not_spoken() {
    let Running { address, asked, .. } = run(&settings()).await;
    let answer = say(address, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await;
    assert_eq!((answer.as_str(), asked.all()), ("", Vec::new()));
}

#[tokio::test]
async fn a_head_over_the_limit_is_refused() {
    let Running { address, asked, .. } = run(&settings()).await;
    for size in [33 * 1024, 200 * 1024] {
        let long = "a".repeat(size);
        let answer = say(address, format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n{HIDDEN}")).await;
        assert_eq!(statuses(&answer), [431], "{answer}");
    }
    let many: String = "X: 1\r\n".repeat(200);
    let answer = say(address, format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n")).await;
    assert_eq!(statuses(&answer), [431], "{answer}");
    assert!(asked.all().is_empty());
}
