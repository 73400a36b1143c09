//! Raw bytes that other gateways pass on: refused here, and nothing of them reaches the site.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::gateway::{Gateway, Setup};
use crate::response::expect_sign_in;
use crate::visitor::{Request, SESSION_COOKIE};
use crate::wire::{Wire, within};

/// A request as bytes; `HOST` and `COOKIE` become what is right here.
struct Case {
    what: &'static str,
    bytes: String,
    /// The status of the one answer; `None`: the connection is closed without one.
    expected: Option<u16>,
}

fn case(what: &'static str, bytes: impl Into<String>) -> Case {
    Case { what, bytes: bytes.into(), expected: Some(400) }
}

impl Case {
    fn is(self, expected: Option<u16>) -> Self {
        Self { expected, ..self }
    }
}

const SMUGGLED: &str = "GET /smuggled HTTP/1.1\r\nHost: HOST\r\nCookie: COOKIE\r\n\r\n";

fn framings() -> Vec<Case> {
    let post =
        |fields: &str, body: &str| format!("POST / HTTP/1.1\r\nHost: HOST\r\nCookie: COOKIE\r\n{fields}\r\n{body}");
    let chunked = |encoding: &str| post(&format!("Transfer-Encoding: {encoding}\r\n"), &format!("0\r\n\r\n{SMUGGLED}"));
    let length = |fields: &str| post(fields, &format!("abc{SMUGGLED}"));
    let both = "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n";
    let turned = "Transfer-Encoding: chunked\r\nContent-Length: x\r\n";
    let mut cases = vec![
        case("a length and chunks", post(both, &format!("0\r\n\r\n{SMUGGLED}"))),
        case("chunks and a broken length", post(turned, &format!("0\r\n\r\n{SMUGGLED}"))),
        case(
            "chunks twice",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", &format!("0\r\n\r\n{SMUGGLED}")),
        ),
        case("chunks in HTTP/1.0", chunked("chunked").replacen("HTTP/1.1", "HTTP/1.0", 1)),
        case("two lengths", length("Content-Length: 3\r\nContent-Length: 4\r\n")),
        case("a list of lengths", length("Content-Length: 3, 4\r\n")),
        case("a blank before the colon", length("Content-Length : 3\r\n")),
        case("a folded field", length("Content-Length: 3\r\nX: a\r\n b\r\n")),
        case("a bare CR", length("Content-Length: 3\r\nX: a\rb\r\n")),
        case("a NUL", length("Content-Length: 3\r\nX: a\0b\r\n")),
        case("an empty name", length("Content-Length: 3\r\n: a\r\n")),
    ];
    for encoding in [
        ",chunked",
        "gzip, chunked",
        "xchunked",
        "chunked, identity",
        "identity",
        "chunked\u{b}",
        "\"chunked\"",
        "chunked;q=1",
        "CHUNKED, chunked",
    ] {
        cases.push(case("an odd transfer encoding", chunked(encoding)));
    }
    for odd in ["+3", "-3", "0x3", "3 3", "", "99999999999999999999999", "3;x"] {
        cases.push(case("an odd length", length(&format!("Content-Length: {odd}\r\n"))));
    }
    cases
}

fn targets() -> Vec<Case> {
    let get = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: HOST\r\nCookie: COOKIE\r\n\r\n");
    let request = |line: &str| format!("{line}\r\nHost: HOST\r\nCookie: COOKIE\r\n\r\n");
    let mut cases = vec![
        case("no slash", get("admin")),
        case("only a star", get("*")),
        case("another authority", get("http://evil.example/")),
        case("a user in the authority", get("http://user@HOST/")),
        case("another scheme", get("ftp://HOST/")),
        case("CONNECT", request("CONNECT HOST HTTP/1.1")).is(Some(405)),
        case("CONNECT with a path", request("CONNECT / HTTP/1.1")).is(Some(405)),
        case("TRACE", request("TRACE / HTTP/1.1")).is(Some(405)),
        case("TRACK", request("TRACK / HTTP/1.1")).is(Some(405)),
        case("HTTP/1.2", request("GET / HTTP/1.2")),
        case("HTTP/0.9", "GET /\r\n\r\n"),
        case("two blanks", request("GET  / HTTP/1.1")),
        case("a lower-case method", request("get / HTTP/1.1")),
        case("h2c without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").is(None),
    ];
    for path in [
        "/public/../admin",
        "/public/%2e%2e/admin",
        "/public/%2E./admin",
        "/./admin",
        "/a/..",
        "//admin",
        "/a//b",
        "/public%2fadmin",
        "/public%5cadmin",
        "/public\\admin",
        "/a%00b",
        "/%252e%252e/admin",
        "/%25%32%65/",
        "/public;/../admin",
        "/..;/admin",
        "/a%",
        "/a%zz",
        "/a#/../b",
    ] {
        cases.push(case("an ambiguous path", get(path)));
    }
    cases
}

fn hosts() -> Vec<Case> {
    let with = |hosts: &str| format!("GET / HTTP/1.1\r\n{hosts}Cookie: COOKIE\r\n\r\n");
    let mut cases = vec![
        case("no Host", with("")),
        case("two Hosts", with("Host: HOST\r\nHost: HOST\r\n")),
        case("two different Hosts", with("Host: HOST\r\nHost: evil.example\r\n")),
    ];
    for odd in [
        "",
        "user@HOST",
        "a@b/evil",
        "HOST/evil",
        "HOST, evil.example",
        "HOST:",
        "HOST:x",
        "HO ST",
        "HOST?x",
        "127.1",
        "[::1",
        "evil.example",
    ] {
        cases.push(case("an odd Host", with(&format!("Host: {odd}\r\n"))));
    }
    cases
}

async fn assert_refused(cases: Vec<Case>) {
    let gateway = Gateway::with(Setup { site: "host = \"127.0.0.1\"".to_owned(), ..Setup::default() }).await;
    let visitor = gateway.ada().await;
    let before = gateway.backend.count();
    let cookie = format!("{SESSION_COOKIE}={}", visitor.session());
    for Case { what, bytes, expected } in cases {
        let bytes = bytes.replace("HOST", &visitor.host()).replace("COOKIE", &cookie);
        let shown: String = bytes.chars().take(120).collect();
        let mut wire = Wire::open(gateway.address()).await;
        wire.send(&bytes).await;
        let answer = wire.answer("GET").await;
        assert_eq!(answer.map(|answer| answer.status), expected, "{what}: {shown:?}");
        wire.finish().await;
        let behind = String::from_utf8_lossy(&wire.rest().await).into_owned();
        assert_eq!(behind, "", "{what}: {shown:?}: what stands behind it is answered too");
        assert_eq!(
            gateway.backend.count(),
            before,
            "{what}: {shown:?} reached the site: {:?}",
            gateway.backend.seen().last()
        );
    }
    assert!(visitor.is_in().await, "the gateway lives");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_whose_end_is_in_doubt_is_refused() {
    assert_refused(framings()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_chunk_ends_the_request_and_nothing_behind_it_is_one() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let cookie = format!("{SESSION_COOKIE}={}", visitor.session());
    for chunk in [
        "0x3\r\nabc\r\n0\r\n\r\n",
        "+3\r\nabc\r\n0\r\n\r\n",
        "fffffffffffffffff\r\nabc",
        "\r\nabc\r\n0\r\n\r\n",
        "3\nabc\r\n0\r\n\r\n",
    ] {
        let before = gateway.backend.count();
        let request =
            Request::new("POST", "/outer").header("Transfer-Encoding", "chunked").body(format!("{chunk}{SMUGGLED}"));
        let bytes = String::from_utf8(visitor.bytes(&request)).unwrap();
        let mut wire = visitor.connect().await;
        wire.send(bytes.replace("HOST", &visitor.host()).replace("COOKIE", &cookie)).await;
        let said = String::from_utf8_lossy(&wire.rest().await).into_owned();
        assert_eq!(said, "", "{chunk:?}: the connection is closed without an answer");
        for seen in gateway.backend.seen().into_iter().skip(before) {
            assert!(!seen.whole && seen.request_line().starts_with("POST /outer"), "{chunk:?}: {seen:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_that_could_mean_two_things_is_refused() {
    assert_refused(targets()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_missing_double_odd_or_unknown_is_refused() {
    assert_refused(hosts()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_in_is_one_request_out_with_framing_of_our_own() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let inner = "POST /inner HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
    let before = gateway.backend.count();
    let request = Request::new("POST", "/outer").body(inner);
    assert_eq!(visitor.clone().send(request).await.status, 200);
    let seen = gateway.backend.last().await;
    assert_eq!((gateway.backend.count() - before, seen.body.as_slice()), (1, inner.as_bytes()));
    // Bare LF is what the parser takes for a line end; what leaves us has CRLF alone.
    let (host, cookie) = (visitor.host(), visitor.session());
    let mut wire = visitor.connect().await;
    wire.send(format!("GET /lf HTTP/1.1\nHost: {host}\nCookie: {SESSION_COOKIE}={cookie}\nX-Lf: 1\n\n")).await;
    assert_eq!(wire.answer("GET").await.expect("an answer").status, 200);
    let seen = gateway.backend.last().await;
    assert_eq!((seen.request_line(), seen.headers_named("x-lf")), ("GET /lf HTTP/1.1", vec!["1"]));
    assert!(!seen.head.replace("\r\n", "").contains(['\r', '\n']), "{:?}", seen.head);
    // Two equal lengths could be taken for one (RFC 9112 §6.3): refused, since others may take them otherwise.
    let before = gateway.backend.count();
    let mut wire = visitor.connect().await;
    wire.send(format!("POST /two HTTP/1.1\r\nHost: {host}\r\nCookie: {SESSION_COOKIE}={cookie}\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc")).await;
    assert_eq!(wire.answer("POST").await.expect("an answer").status, 400);
    assert_eq!(gateway.backend.count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_is_compared_without_case_and_final_dot() {
    let gateway = Gateway::with(Setup { site: "host = \"localhost\"".to_owned(), ..Setup::default() }).await;
    let port = gateway.address().port();
    for host in [format!("localhost:{port}"), format!("LocalHost:{port}"), format!("localhost.:{port}")] {
        let answer = gateway.visitor().send(Request::get("/").header("Host", &host)).await;
        expect_sign_in(&answer, "/", &host);
    }
    let answer = gateway.visitor().send(Request::get("/").header("Host", &format!("other.localhost:{port}"))).await;
    assert_eq!(answer.status, 421, "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_url_as_target_is_the_same_place() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let answer = visitor.clone().get(&format!("http://{}/whole?x=1", visitor.host())).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(gateway.backend.last().await.request_line(), "GET /whole?x=1 HTTP/1.1");
}

#[tokio::test(flavor = "multi_thread")]
async fn large_heads_are_refused_with_their_own_status() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let before = gateway.backend.count();
    let large = Request::get("/").header("X-Large", &"x".repeat(200 * 1024));
    assert_eq!(visitor.send(large).await.status, 431);
    let many = (0..300).fold(Request::get("/"), |request, number| request.header(&format!("X-{number}"), "1"));
    assert_eq!(visitor.send(many).await.status, 431);
    assert_eq!(visitor.get(&format!("/{}", "a".repeat(100_000))).await.status, 431);
    assert_eq!(gateway.backend.count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_and_slow_connections_are_ended() {
    let server = "header_timeout = \"1s\"\nbody_timeout = \"1s\"".to_owned();
    let gateway = Gateway::with(Setup { server, ..Setup::default() }).await;
    let visitor = gateway.ada().await;
    let mut silent = visitor.connect().await;
    let mut started = visitor.connect().await;
    started.send("GET / HTTP/1.1\r\nHost: x\r\n").await;
    let mut slow = visitor.connect().await;
    let request = Request::new("POST", "/").header("Content-Length", "1000");
    slow.send(visitor.bytes(&request)).await;
    slow.send("only a little").await;
    for (what, wire) in [("silent", &mut silent), ("half a head", &mut started)] {
        assert_eq!(String::from_utf8_lossy(&wire.rest().await), "", "{what}: closed without an answer");
    }
    assert_eq!(slow.answer("POST").await.expect("an answer").status, 400, "half a body");
    assert_eq!(String::from_utf8_lossy(&slow.rest().await), "");
    // A dribble is no progress: one byte at a time, for as long as the gateway takes them, does not keep a head open.
    let (mut from, mut to) = tokio::io::split(visitor.connect().await.into_io());
    let dribbles = async {
        while to.write_all(b"G").await.is_ok() {
            // The pace of the visitor.
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        std::future::pending::<()>().await;
    };
    let mut said = Vec::new();
    within("the end of a dribble", async {
        tokio::select! {
            _ = from.read_to_end(&mut said) => {},
            () = dribbles => {},
        }
    })
    .await;
    assert_eq!(String::from_utf8_lossy(&said), "");
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_flood_of_idle_connections_there_is_room_again() {
    let gateway = Gateway::with(Setup { server: "max_connections = 40".to_owned(), ..Setup::default() }).await;
    let visitor = gateway.ada().await;
    let mut idle = Vec::new();
    for _ in 0..60 {
        idle.push(Wire::open(gateway.address()).await);
    }
    drop(idle);
    crate::wire::eventually("room again", || async {
        visitor.clone().try_send(&Request::get("/")).await.is_some_and(|a| a.status == 200)
    })
    .await;
}
