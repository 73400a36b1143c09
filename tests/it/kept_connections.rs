//! Connections to the site that are kept, and a site that closes them at the wrong moment.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::backend::{Answer, Step};
use crate::gateway::{Gateway, Setup};
use crate::visitor::Request;
use crate::wire::{Wire, eventually};

/// How a site ends a kept connection.
#[derive(Clone, Copy)]
enum Ending {
    /// As the second request comes, after its head was read.
    UponRequest,
    /// As a request with `X-End` comes, after it was read.
    WhenTold,
    /// After a byte of the second answer.
    AfterAByte,
    /// Behind its answer, without saying so.
    BehindTheAnswer,
    /// At the first request of every connection.
    AtOnce,
}

/// A site whose connections end; counts what reaches it by method.
struct Site {
    address: SocketAddr,
    seen: Arc<Mutex<BTreeMap<String, usize>>>,
    closed: Arc<Mutex<usize>>,
}

impl Site {
    async fn start(ending: Ending) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, closed) = (Arc::new(Mutex::new(BTreeMap::new())), Arc::new(Mutex::new(0)));
        let (counts, ends) = (Arc::clone(&seen), Arc::clone(&closed));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (counts, ends) = (Arc::clone(&counts), Arc::clone(&ends));
                tokio::spawn(async move {
                    serve(Wire::over(stream), ending, &counts).await;
                    *ends.lock().unwrap() += 1;
                });
            }
        });
        Self { address, seen, closed }
    }

    async fn gateway(&self) -> Gateway {
        Gateway::with(Setup { upstream: Some(format!("http://{}", self.address)), ..Setup::default() }).await
    }

    fn count(&self, method: &str) -> usize {
        self.seen.lock().unwrap().get(method).copied().unwrap_or_default()
    }

    fn closed(&self) -> usize {
        *self.closed.lock().unwrap()
    }
}

async fn serve(mut wire: Wire, ending: Ending, seen: &Mutex<BTreeMap<String, usize>>) {
    for request in 0_u32.. {
        let Some(head) = wire.until(b"\r\n\r\n").await else { return };
        let head = String::from_utf8(head).unwrap();
        let method = head.split(' ').next().unwrap().to_owned();
        let length =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
        wire.exactly(length).await;
        *seen.lock().unwrap().entry(method.clone()).or_default() += 1;
        let told = matches!(ending, Ending::WhenTold) && head.contains("\r\nx-end: ");
        match (ending, request) {
            _ if told => return,
            (Ending::AtOnce, _) | (Ending::UponRequest, 1) => return,
            (Ending::AfterAByte, 1) => return wire.send("H").await,
            _ => {}
        }
        let body = if method == "HEAD" { "" } else { "ok" };
        wire.send(format!("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{body}")).await;
        if matches!(ending, Ending::BehindTheAnswer) {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_meets_the_end_of_a_kept_connection_is_answered_all_the_same() {
    let site = Site::start(Ending::UponRequest).await;
    let gateway = site.gateway().await;
    let visitor = gateway.ada().await;
    let mut wire = visitor.connect().await;
    for round in 0..200 {
        let request = Request::get("/").header("Connection", "keep-alive");
        wire.send(visitor.bytes(&request)).await;
        let answer = wire.answer("GET").await.expect("an answer");
        assert_eq!((answer.status, answer.text().as_str()), (200, "ok"), "request {round}");
    }
    let mut visitor = visitor;
    for method in ["HEAD", "OPTIONS", "PUT", "DELETE", "PROPFIND", "REPORT"] {
        // One of two meets the end.
        for _ in 0..2 {
            let request = Request::new(method, "/").header("Content-Length", "0");
            assert_eq!(visitor.send(request).await.status, 200, "{method}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_may_not_be_repeated_is_sent_once_also_where_a_kept_connection_ends() {
    let site = Site::start(Ending::WhenTold).await;
    let gateway = site.gateway().await;
    let mut visitor = gateway.ada().await;
    let requests = [
        Request::new("POST", "/"),
        Request::new("POST", "/").body("x"),
        Request::new("PATCH", "/"),
        Request::new("PUT", "/").body("x"),
        Request::new("DELETE", "/").header("Transfer-Encoding", "chunked").body("1\r\nx\r\n0\r\n\r\n"),
        Request::new("LOCK", "/"),
        Request::get("/").header("X-HTTP-Method-Override", "POST"),
    ];
    for request in requests {
        let method = request.method.clone();
        assert_eq!(visitor.get("/").await.status, 200, "there is a kept connection");
        let before = site.count(&method);
        let answer = visitor.send(request.clone().header("X-End", "now")).await;
        assert_eq!((answer.status, site.count(&method) - before), (502, 1), "{request:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_repeated_after_a_byte_of_an_answer_and_nothing_that_failed_on_a_fresh_connection() {
    for (ending, first) in [(Ending::AfterAByte, 200), (Ending::AtOnce, 502)] {
        let site = Site::start(ending).await;
        let mut setup = Setup { upstream: Some(format!("http://{}", site.address)), ..Setup::default() };
        setup.site = "[[sites.rules]]\npath = \"/**\"\nrequire = \"nothing\"".to_owned();
        let gateway = Gateway::with(setup).await;
        let mut visitor = gateway.visitor();
        assert_eq!(visitor.get("/").await.status, first);
        assert_eq!(site.count("GET"), 1);
        assert_eq!(visitor.get("/").await.status, 502);
        assert_eq!(site.count("GET"), 2, "sent twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_the_site_has_closed_is_not_used_for_a_post() {
    let site = Site::start(Ending::BehindTheAnswer).await;
    let gateway = site.gateway().await;
    let mut visitor = gateway.ada().await;
    for round in 1..=100 {
        let before = site.closed();
        assert_eq!(visitor.send(Request::new("POST", "/").body("x")).await.status, 200, "request {round}");
        assert_eq!(site.count("POST"), round);
        eventually("the site closed", || async { site.closed() > before }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_whose_exchange_did_not_end_is_never_used_again() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    // The visitor leaves in the middle of an answer.
    let signal = Arc::new(Notify::new());
    gateway.backend.answers(Answer::Script(vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec()),
        Step::Wait(Arc::clone(&signal)),
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison".to_vec()),
    ]));
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&Request::get("/half"))).await;
    assert!(wire.until(b"half").await.is_some());
    let held = gateway.backend.last().await.connection;
    drop(wire);
    signal.notify_one();
    gateway.backend.answers(Answer::Welcome);
    for _ in 0..5 {
        assert_eq!(visitor.clone().get("/").await.text(), crate::backend::WELCOME);
        assert_ne!(gateway.backend.last().await.connection, held);
    }
    // An early answer, while the request's body is still on its way.
    let early = vec![Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec()), Step::Hang];
    gateway.backend.answers(Answer::Script(early));
    let mut wire = visitor.connect().await;
    let request =
        Request::new("POST", "/").header("Content-Length", "10").header("Connection", "keep-alive").body("12345");
    wire.send(visitor.bytes(&request)).await;
    assert_eq!(wire.answer("POST").await.unwrap().text(), "ok");
    let held = gateway.backend.seen().last().unwrap().connection;
    gateway.backend.answers(Answer::Welcome);
    for _ in 0..5 {
        assert_eq!(visitor.clone().get("/").await.text(), crate::backend::WELCOME);
        assert_ne!(gateway.backend.last().await.connection, held);
    }
}
