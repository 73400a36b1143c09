//! The way to the protected site and back: byte for byte, as a stream, and what happens when the site fails.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::backend::{Answer, Step, WELCOME};
use crate::gateway::{Gateway, GatewayProcess, Setup};
use crate::visitor::{Request, SESSION_COOKIE};
use crate::wire::{eventually, within};

const MIB: usize = 1 << 20;

fn head(length: usize) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn path_and_query_reach_the_site_byte_for_byte() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    for target in [
        "/a;b=c/d?e=f&e=g&&=",
        "/?",
        "/a?b?c#".trim_end_matches('#'),
        "/caf%c3%A9/%41?x=%2f%2F%00//../",
        "/a+b/~c/!$&'()*,=:@",
        "/%7euser/.well-known/x",
        "/...",
        "/a..b/",
        "/very/long/".repeat(100).replace("//", "/").as_str(),
    ] {
        let answer = visitor.get(target).await;
        assert_eq!(answer.text(), WELCOME, "{target}: {answer:?}");
        assert_eq!(gateway.backend.last().await.request_line(), format!("GET {target} HTTP/1.1"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn methods_and_bodies_reach_the_site() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "M-SEARCH"] {
        let request =
            Request::new(method, "/m").header("Content-Type", "application/octet-stream").body(b"\0\xff body".to_vec());
        assert_eq!(visitor.send(request).await.status, 200, "{method}");
        let seen = gateway.backend.last().await;
        assert!(seen.request_line().starts_with(&format!("{method} /m ")), "{}", seen.head);
        assert_eq!(seen.body, b"\0\xff body", "{method}");
    }
    let answer = visitor.send(Request::new("HEAD", "/")).await;
    assert_eq!((answer.status, answer.header("content-length")), (200, Some(WELCOME.len().to_string().as_str())));
    assert!(gateway.backend.last().await.request_line().starts_with("HEAD / "));
    let chunked =
        Request::new("POST", "/c").header("Transfer-Encoding", "chunked").body("5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\n");
    assert_eq!(visitor.send(chunked).await.status, 200);
    assert_eq!(gateway.backend.last().await.body, b"hello!");
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_keep_their_order_and_their_duplicates() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let request = Request::get("/")
        .header("X-A", "1")
        .header("X-B", "x")
        .header("X-A", "2")
        .header("If-None-Match", "\"e\"")
        .header("Range", "bytes=0-3");
    gateway.backend.answers_bytes(
        "HTTP/1.1 206 Partial Content\r\nContent-Length: 4\r\nContent-Range: bytes 0-3/23\r\nSet-Cookie: a=1; Path=/\r\n\
        Set-Cookie: b=2, c; Expires=Thu, 01 Jan 2099 00:00:00 GMT\r\nContent-Encoding: gzip\r\nX-R: 1\r\nX-R: 2\r\n\
        WWW-Authenticate: Basic realm=\"site\"\r\nVary: Accept\r\n\r\n\x1f\x08ab",
    );
    let answer = visitor.send(request).await;
    let seen = gateway.backend.last().await;
    assert_eq!(seen.headers_named("x-a"), ["1", "2"]);
    assert_eq!((seen.headers_named("if-none-match"), seen.headers_named("range")), (vec!["\"e\""], vec!["bytes=0-3"]));
    assert_eq!((answer.status, answer.body.as_slice()), (206, b"\x1f\x08ab".as_slice()), "not one byte is touched");
    assert_eq!(answer.headers_named("set-cookie"), ["a=1; Path=/", "b=2, c; Expires=Thu, 01 Jan 2099 00:00:00 GMT"]);
    assert_eq!((answer.headers_named("x-r"), answer.header("content-encoding")), (vec!["1", "2"], Some("gzip")));
    assert_eq!(answer.header("www-authenticate"), Some("Basic realm=\"site\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_status_of_the_site_comes_back() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    for status in [201, 204, 205, 301, 304, 307, 400, 401, 403, 404, 418, 421, 500, 502, 503, 599] {
        let body = if matches!(status, 204 | 304) { "" } else { "Content-Length: 0\r\n" };
        gateway
            .backend
            .answers_bytes(format!("HTTP/1.1 {status} Odd Words\r\nLocation: /x\r\nX-Site: yes\r\n{body}\r\n"));
        let answer = visitor.get("/").await;
        assert_eq!(
            (answer.status, answer.header("x-site"), answer.header("location")),
            (status, Some("yes"), Some("/x"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_a_stream() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let signal = Arc::new(Notify::new());
    gateway.backend.answers(Answer::Script(vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n".to_vec()),
        Step::Wait(Arc::clone(&signal)),
        Step::Send(b"9\r\ndata: 2\n\n\r\n0\r\n\r\n".to_vec()),
    ]));
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&Request::get("/events"))).await;
    assert_eq!(wire.head().await.unwrap().status, 200);
    assert!(wire.until(b"data: 1\n\n").await.is_some(), "the first event before the second exists");
    signal.notify_one();
    assert!(wire.until(b"data: 2\n\n").await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_body_is_a_stream_and_may_be_answered_before_its_end() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let signal = Arc::new(Notify::new());
    let steps = vec![Step::Wait(Arc::clone(&signal)), Step::Send(head(2)), Step::Send(b"ok".to_vec())];
    gateway.backend.answers(Answer::Script(steps));
    let before = gateway.backend.count();
    let mut wire = visitor.connect().await;
    let request = Request::new("POST", "/").header("Transfer-Encoding", "chunked").body("5\r\nfirst\r\n");
    wire.send(visitor.bytes(&request)).await;
    eventually("the head reaches the site before the body ends", || async { gateway.backend.count() > before }).await;
    signal.notify_one();
    assert_eq!(wire.head().await.unwrap().status, 200, "an early answer comes back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_visitor_slows_the_site_down() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let length = 256 * MIB;
    gateway.backend.answers(Answer::Script(vec![Step::Send(head(length)), Step::Flood(length), Step::Close]));
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&Request::get("/large"))).await;
    assert_eq!(wire.head().await.unwrap().status, 200);
    let sent = settled(|| gateway.backend.body_bytes()).await;
    assert!(sent < 64 * MIB, "{sent} bytes were taken from the site while nobody read them");
    drop(wire);
    eventually("the site hears that the visitor left", || async { gateway.backend.open_connections() == 0 }).await;
    assert!(gateway.backend.body_bytes() < length, "what nobody reads is not fetched");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_site_slows_the_visitor_down() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    gateway.backend.answers(Answer::NeverRead);
    let mut wire = visitor.connect().await;
    let request = Request::new("POST", "/").header("Content-Length", &(256 * MIB).to_string());
    wire.send(visitor.bytes(&request)).await;
    // Nothing happens that says "no more is taken": two seconds without a byte are long over loopback.
    let sent = wire.push(256 * MIB, Duration::from_secs(2)).await;
    assert!(sent < 64 * MIB, "{sent} bytes were taken from the visitor while the site read nothing");
}

/// The value, once it has stood still for two seconds. Nothing happens that says "no more will come": over loopback all
/// of a flood that nothing holds back has come long before.
async fn settled(value: impl Fn() -> usize) -> usize {
    within("a standstill", async {
        let (mut last, mut unchanged) = (value(), 0);
        while unchanged < 20 || last == 0 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let now = value();
            unchanged = if now == last { unchanged + 1 } else { 0 };
            last = now;
        }
        last
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_mebibytes_pass_in_little_memory() {
    let installation = GatewayProcess::start(Setup::default()).await;
    let visitor = installation.signed_in(&installation.account.clone()).await;
    let before = installation.process.memory();
    let length = 100 * MIB;
    installation.backend.answers(Answer::Script(vec![Step::Send(head(length)), Step::Flood(length), Step::Close]));
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&Request::get("/large"))).await;
    assert_eq!(wire.head().await.unwrap().status, 200);
    let (mut received, mut most) = (0, 0);
    while received < length {
        let count = wire.some().await.len();
        assert!(count > 0, "the answer ended after {received} bytes");
        received += count;
        if received % MIB < count {
            most = most.max(installation.process.memory());
        }
    }
    installation.backend.answers(Answer::Welcome);
    let request = Request::new("PUT", "/").header("Content-Length", &length.to_string());
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&request)).await;
    let block = vec![b'u'; MIB];
    for _ in 0..length / MIB {
        wire.send(&block).await;
        most = most.max(installation.process.memory());
    }
    assert_eq!(wire.answer("PUT").await.unwrap().status, 200);
    assert_eq!(installation.backend.last().await.body_length, length);
    assert!(most < before + 32 * MIB, "memory grew from {before} to {most}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_breaks_off_is_not_made_whole() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let cut = [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nonly this",
    ];
    for answer in cut {
        gateway.backend.answers(Answer::Script(vec![Step::Send(answer.as_bytes().to_vec()), Step::Close]));
        let answer = visitor.get("/").await;
        assert_eq!(
            (answer.status, answer.text().as_str(), answer.whole),
            (200, "only this", false),
            "a part as the whole"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_down_is_a_502_page_for_people_and_json_for_programs() {
    let mut gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let address = gateway.backend.address.to_string();
    gateway.environment.backend.stop().await;
    let page = visitor.get("/").await;
    assert_eq!(page.status, 502, "{page:?}");
    assert!(page.is_html());
    let answer = visitor.send(Request::get("/").header("Accept", "application/json").bare()).await;
    assert_eq!((answer.status, answer.json().is_object()), (502, true));
    for answer in [page, answer] {
        assert!(
            !answer.text().contains(&address) && !answer.text().contains("os error"),
            "no inside is shown: {answer:?}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    let stranger = gateway.visitor().send(Request::get("/").header("Accept", "application/json").bare()).await;
    assert_eq!(stranger.status, 401, "who has no session learns nothing about the site");
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_from_the_site_is_a_502() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let huge = format!("HTTP/1.1 200 OK\r\nX-Large: {}\r\nContent-Length: 0\r\n\r\n", "x".repeat(MIB));
    for nonsense in [
        "hello\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 99 No\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: x\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        &huge,
        "",
    ] {
        gateway.backend.answers(Answer::Script(vec![Step::Send(nonsense.as_bytes().to_vec()), Step::Close]));
        let answer = visitor.get("/").await;
        assert_eq!(answer.status, 502, "{:?}: {answer:?}", nonsense.chars().take(60).collect::<String>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_framings_from_the_site_do_not_reach_the_visitor() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    gateway.backend.answers_bytes(
        "HTTP/1.1 200 OK\r\nContent-Length: 30\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    );
    let answer = visitor.get("/").await;
    let framings = answer.headers_named("content-length").len() + answer.headers_named("transfer-encoding").len();
    assert_eq!((answer.status, framings), (502, 1), "a page of ours: {answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_never_answers_is_a_504() {
    let gateway =
        Gateway::with(Setup { more: "[upstream]\nresponse_timeout = \"1s\"".to_owned(), ..Setup::default() }).await;
    let mut visitor = gateway.ada().await;
    gateway.backend.answers(Answer::Script(vec![Step::Hang]));
    let answer = visitor.get("/").await;
    assert_eq!(answer.status, 504, "{answer:?}");
    let answer = visitor.send(Request::get("/").header("Accept", "application/json").bare()).await;
    assert_eq!((answer.status, answer.json().is_object()), (504, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_to_the_site_are_used_again_and_never_after_extra_bytes() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let before = gateway.backend.connections();
    for _ in 0..5 {
        visitor.get("/").await;
    }
    assert_eq!(gateway.backend.connections(), before, "a pool");
    gateway.backend.answers_bytes(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",
    );
    for _ in 0..5 {
        assert_eq!(visitor.get("/").await.text(), "ok", "bytes behind one answer became another");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_changes_something_is_never_sent_twice() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        gateway.backend.answers(Answer::Welcome);
        visitor.get("/").await;
        gateway.backend.answers(Answer::Script(vec![Step::Close]));
        let before = gateway.backend.count();
        let answer = visitor.send(Request::new(method, "/").body("x")).await;
        assert_eq!(answer.status, 502, "{method}: {answer:?}");
        assert_eq!(gateway.backend.count() - before, 1, "{method}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn interim_answers_do_not_disturb() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    gateway.backend.answers_bytes(
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    );
    assert_eq!(visitor.get("/").await.text(), "ok");
    gateway.backend.answers(Answer::Welcome);
    let mut wire = visitor.connect().await;
    let request = Request::new("POST", "/").header("Expect", "100-continue").header("Content-Length", "3");
    wire.send(visitor.bytes(&request)).await;
    assert_eq!(wire.head().await.unwrap().status, 100, "with a session, the body is asked for");
    wire.send("abc").await;
    assert_eq!(wire.answer("POST").await.unwrap().status, 200);
    assert_eq!(gateway.backend.last().await.body, b"abc");
    assert!(visitor.jar.contains_key(SESSION_COOKIE));
}
