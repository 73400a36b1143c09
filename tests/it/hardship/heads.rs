use std::fmt::Write as _;

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};

use super::{limited, open, tls_gate};
use crate::gateway::{GatewayProcess, Setup};
use crate::visitor::Request;
use crate::wire::{TlsClient, within};

/// `server.max_head` where nothing is set.
const MOST: usize = 32 * 1024;

const TOO_MANY: &str = "head too large: the request has more than 100 header fields";

#[tokio::test(flavor = "multi_thread")]
async fn a_head_over_the_limit_gets_a_page_or_json_and_a_line_in_the_log() {
    let gateway = limited("true", Setup::default()).await;
    for (what, request) in [
        ("server.max_head", Request::get("/open/x?q").header("Cookie", &format!("big={}", "x".repeat(60_000)))),
        (
            "more than 100 header fields",
            (0..119).fold(Request::get("/open/x?q"), |r, n| r.header(&format!("X-{n}"), "1")),
        ),
    ] {
        let page = gateway.visitor().send(request.clone()).await;
        assert_eq!(page.status, 431, "{page:?}");
        assert!(page.is_html() && page.words().contains("Your browser sent too many cookies"), "{page:?}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        let answer = gateway.visitor().send(request.bare()).await;
        assert_eq!(answer.status, 431);
        assert!(
            answer.text().starts_with("{\"error\":\"head too large: ") && answer.text().contains(what),
            "{answer:?}"
        );
        gateway.process.has_written(what).await;
    }
    let said = gateway.process.output();
    let line = said.lines().find(|line| line.contains("head too large")).expect("a line");
    for part in ["GET", "/open/x", "431", "127.0.0.1"] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert_eq!(open(&gateway).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_oversized_head_behind_an_answer_on_the_same_connection_is_refused_in_its_turn() {
    let gateway = limited("true", Setup::default()).await;
    let mut wire = gateway.visitor().connect().await;
    let mut both =
        "GET /open/first HTTP/1.1\r\nHost: localhost\r\n\r\nGET /open/second HTTP/1.1\r\nHost: localhost\r\n"
            .to_owned();
    for number in 0..119 {
        let _ = write!(both, "X-{number}: 1\r\n");
    }
    wire.send(format!("{both}\r\n").into_bytes()).await;
    let first = wire.answer("GET").await.expect("the first answer");
    let second = wire.answer("GET").await.expect("the second answer");
    assert_eq!((first.status, second.status), (200, 431));
    assert_eq!(gateway.backend.count(), 1);
}

/// Status and text of the answer to these bytes.
async fn answered(gateway: &GatewayProcess, head: &str) -> (u16, String) {
    let mut wire = gateway.visitor().connect().await;
    wire.send(head).await;
    let answer = wire.answer("GET").await.expect("an answer");
    (answer.status, answer.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn over_http1_the_largest_head_passes_and_one_field_or_one_byte_more_is_refused_by_name() {
    let gateway = limited("true", Setup::default()).await;
    let begin = |target: &str| format!("GET /open/{target} HTTP/1.1\r\nHost: localhost\r\n");
    let fields = |target: &str, count: usize| {
        let lines: Vec<_> = (1..count).map(|number| format!("X-{number}: 1\r\n")).collect();
        format!("{}{}\r\n", begin(target), lines.concat())
    };
    let bytes = |target: &str, count: usize| {
        let head = format!("{}X: ", begin(target));
        let rest = count - head.len() - "\r\n\r\n".len();
        format!("{head}{}\r\n\r\n", "x".repeat(rest))
    };
    assert_eq!(answered(&gateway, &fields("fits", 100)).await.0, 200);
    assert_eq!(answered(&gateway, &bytes("fits", MOST)).await.0, 200);
    assert_eq!(gateway.backend.count(), 2);
    let too_large = "head too large: the request line and header fields are larger than server.max_head";
    for (head, target, what) in
        [(fields("many", 101), "/open/many", TOO_MANY), (bytes("large", MOST + 1), "/open/large", too_large)]
    {
        let (status, text) = answered(&gateway, &head).await;
        assert_eq!(status, 431, "{text}");
        assert!(text.starts_with(&format!("{{\"error\":\"{what}\"")), "{text}");
        is_logged(&gateway, target, what).await;
    }
    assert_eq!(gateway.backend.count(), 2);
}

/// The line of the request names the limit.
async fn is_logged(gateway: &GatewayProcess, target: &str, what: &str) {
    gateway.process.has_written(what).await;
    let said = gateway.process.output();
    let line = said.lines().find(|line| line.contains(target)).expect("a line of this request");
    assert!(line.contains(what) && line.contains("431"), "{line}");
}

/// Status and text of the answer to a GET over HTTP/2 with these fields.
async fn over_http2(
    gateway: &GatewayProcess,
    client: &TlsClient,
    target: &str,
    fields: &[(String, String)],
) -> (u16, String) {
    let io = TokioIo::new(client.open(gateway.listening.address(), "localhost").await.expect("TLS").wire.into_io());
    let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), io);
    let (mut sender, connection) = within("h2", handshake).await.expect("h2");
    tokio::spawn(connection);
    let request = http::Request::get(format!("https://localhost{target}"));
    let request = fields.iter().fold(request, |request, (name, value)| request.header(name, value));
    let request = request.body(Empty::<Bytes>::new()).expect("a request");
    let answer = within("an answer", sender.send_request(request)).await.expect("an answer");
    let status = answer.status().as_u16();
    let body = within("a body", answer.into_body().collect()).await.expect("a body").to_bytes();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn over_http2_the_largest_head_passes_and_one_field_or_one_byte_more_is_refused_by_name() {
    let (gateway, client, _) = tls_gate().await;
    let fields = |count: usize| (0..count).map(|number| (format!("x-{number}"), "1".to_owned())).collect::<Vec<_>>();
    // RFC 9113 §6.5.2: each field counts 32 bytes more than it has.
    let bytes = |target: &str, count: usize| vec![("x".to_owned(), "x".repeat(count - target.len() - 33))];
    let query = |target: &str, count: usize| format!("{target}?{}", "q".repeat(count - target.len() - 1));
    assert_eq!(over_http2(&gateway, &client, "/open/fits", &fields(100)).await.0, 200);
    assert_eq!(over_http2(&gateway, &client, "/open/fits", &bytes("/open/fits", MOST)).await.0, 200);
    assert_eq!(over_http2(&gateway, &client, &query("/open/fits", MOST), &[]).await.0, 200);
    assert_eq!(gateway.backend.count(), 3);
    let too_large = "head too large: the path and header fields are larger than server.max_head";
    for (fields, target, what) in [
        (fields(101), "/open/many", TOO_MANY),
        (bytes("/open/large", MOST + 1), "/open/large", too_large),
        (Vec::new(), &query("/open/long", MOST + 1), too_large),
    ] {
        let (status, text) = over_http2(&gateway, &client, target, &fields).await;
        assert_eq!(status, 431, "{text}");
        assert!(text.starts_with(&format!("{{\"error\":\"{what}\"")), "{text}");
        is_logged(&gateway, target.split('?').next().expect("a path"), what).await;
        let page = [fields, vec![("accept".to_owned(), "text/html".to_owned())]].concat();
        let (status, text) = over_http2(&gateway, &client, target, &page).await;
        assert_eq!(status, 431);
        assert!(text.contains("Your browser sent too many cookies"), "{text}");
    }
    assert_eq!(gateway.backend.count(), 3);
}
