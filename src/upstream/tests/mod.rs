//! Tests with three parts: a site that writes raw bytes, this room in the middle as a hyper server, and a visitor that
//! writes raw bytes.

mod tunnel;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::{Request, Version, header};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::domain::assurance::Assurance;
use crate::domain::client::{ClientAddress, Peer};
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::host::HostPattern;
use crate::domain::identifier::{AccountId, SessionId};
use crate::domain::identity::Identity;
use crate::domain::network::TrustedProxies;
use crate::domain::origin::Scheme;
use crate::domain::path::PathInterpretations;
use crate::domain::site::SiteId;
use crate::domain::target::RequestTarget;
use crate::headers::authorization::Addressee;
use crate::headers::clean::{CleanHeaders, UpstreamContext};
use crate::headers::forwarded;
use crate::headers::via::Via;
use crate::platform::clock::Timestamp;
use crate::policy::{
    AmbiguousPaths, Budget, Evidence, Permit, PolicyMatch, PolicyQuery, Principal, Site, SiteSettings,
};
use crate::upstream::Touch;

/// A permit for a session, for this method and target.
fn permit(method: &http::Method, target: &str) -> Permit {
    let identity = Identity {
        account: AccountId::from_bytes([1; 16]),
        username: "ada".parse().unwrap(),
        name: None,
        email: None,
        groups: Vec::new(),
    };
    let session = SessionId::from_bytes([2; 16]);
    let evidence = Evidence {
        session,
        identity: Arc::new(identity),
        assurance: Assurance::TwoFactor,
        authenticated_at: Timestamp::from_millis(0),
        created_at: Timestamp::from_millis(0),
    };
    let settings = SiteSettings::new(HostPattern::Any, AmbiguousPaths::Refuse);
    let site = Arc::new(Site { id: SiteId(0), settings });
    let target = RequestTarget::parse(target).unwrap();
    // The policy for the path is not tested here.
    let path = PathInterpretations::of("/");
    let client = ClientAddress::of_peer(Peer::Unix);
    let asked =
        PolicyQuery { site: &site, method, also: &[], kind: ExchangeKind::Http, target: &target, path: &path, client };
    PolicyMatch::find(&asked, &mut Budget::for_one_request())
        .unwrap()
        .decide(Principal::Session(evidence), Timestamp::from_millis(0))
        .unwrap()
}

fn upstreams(addresses: &[String]) -> Upstreams {
    Upstreams::new(&settings(addresses)).unwrap()
}

fn settings(addresses: &[String]) -> Settings {
    Settings {
        sites: vec![SiteUpstream {
            addresses: addresses.iter().map(|uri| UpstreamAddress::Url(uri.parse().unwrap())).collect(),
            ..SiteUpstream::default()
        }],
        connect_timeout: Duration::from_secs(2),
        response_timeout: Duration::from_millis(400),
        idle_timeout: Duration::from_secs(30),
        max_idle_connections: 1024,
    }
}

/// The failures and uses that the middle recorded.
#[derive(Default)]
struct Middle {
    failures: std::sync::Mutex<Vec<String>>,
    touches: AtomicUsize,
    ended: CancellationToken,
}

impl Middle {
    fn failures(&self) -> Vec<String> {
        self.failures.lock().unwrap().clone()
    }
}

async fn middle(upstreams: Upstreams) -> (std::net::SocketAddr, Arc<Middle>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let state = Arc::new(Middle::default());
    let (upstreams, shared) = (Arc::new(upstreams), Arc::clone(&state));
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let (upstreams, state) = (Arc::clone(&upstreams), Arc::clone(&shared));
            let service =
                hyper::service::service_fn(move |request| answer(Arc::clone(&upstreams), Arc::clone(&state), request));
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(socket), service)
                .with_upgrades();
            tokio::spawn(connection);
        }
    });
    (address, state)
}

async fn answer(
    upstreams: Arc<Upstreams>,
    state: Arc<Middle>,
    mut request: Request<Incoming>,
) -> Result<http::Response<AnswerBody>, std::io::Error> {
    let socket = request.headers().get(header::UPGRADE).is_some();
    let visitor = hyper::upgrade::on(&mut request);
    let (parts, body) = request.into_parts();
    let pinned = Arc::new(PinnedConnections::new(ClientConnection::Direct));
    let peer = Peer::Address("192.0.2.1".parse().unwrap());
    let forwarded = forwarded::read(&parts.headers, peer, Scheme::Http, &TrustedProxies::default()).unwrap();
    let permit = permit(&parts.method, parts.uri.path_and_query().unwrap().as_str());
    let onward = UpstreamContext {
        names: &Arc::default(),
        identity: permit.identity().map(AsRef::as_ref),
        assertion: None,
        authorization: Addressee::Site,
        forwarded: &forwarded,
        origin: &"http://app.test".parse().unwrap(),
        via: &Via::new([0; 8]),
        version: Version::HTTP_11,
        exchange_kind: if socket { ExchangeKind::WebSocket } else { ExchangeKind::Http },
    };
    let headers = CleanHeaders::for_upstream(parts.headers, &onward).unwrap();
    let answer = if socket {
        let touched = Arc::clone(&state);
        let touch: Touch = Arc::new(move || {
            touched.touches.fetch_add(1, Ordering::SeqCst);
        });
        let tunnel_guard = TunnelGuard { ended: state.ended.clone(), touch, tunnel_permits: Box::new(()) };
        upstreams.forward_upgrade(&permit, headers, pinned, visitor, tunnel_guard).await
    } else {
        upstreams.forward(&permit, headers, VisitorBody::new(body, Duration::from_secs(5)), pinned).await
    };
    answer.map_err(|error| {
        state.failures.lock().unwrap().push(format!("{error:?}"));
        std::io::Error::other(error.to_string())
    })
}

/// An address that refuses every connection: bound, so that nothing else gets the port, but not listening.
fn refusing() -> (tokio::net::TcpSocket, String) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let uri = format!("http://{}", socket.local_addr().unwrap());
    (socket, uri)
}

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    (listener, uri)
}

/// Reads until the end of a head.
async fn read_head(socket: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

/// A site that answers every connection with the same bytes and closes it. Also returns the requests that it receives.
async fn site(reply: &'static str) -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let (listener, uri) = listen().await;
    let (seen, requests) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let head = read_head(&mut socket).await;
            seen.send(head).unwrap();
            socket.write_all(reply.as_bytes()).await.unwrap();
        }
    });
    (uri, requests)
}

async fn ask(address: std::net::SocketAddr, request: &str) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n\r\n")
}

const HELLO: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

#[tokio::test]
async fn path_and_query_arrive_byte_for_byte() {
    let (uri, mut seen) = site(HELLO).await;
    let (address, _) = middle(upstreams(&[uri])).await;
    for target in ["/", "/a?", "/a//b/./%2e%2E/%2f;x=1?q=%20&&=?/", "/caf\u{e9}\"\\?\u{e9}", "/?//"] {
        assert!(ask(address, &get(target)).await.ends_with("hello"));
        let head = seen.recv().await.unwrap();
        assert!(head.starts_with(&format!("GET {target} HTTP/1.1\r\n")), "{target}: {head}");
        assert!(head.contains("\r\nhost: app.test\r\n"), "{head}");
    }
}

#[tokio::test]
async fn a_site_with_several_addresses_is_used_in_turn_and_past_one_that_refuses() {
    let (one, mut seen_by_one) = site(HELLO).await;
    let (two, mut seen_by_two) = site(HELLO).await;
    let (_bound, refusing) = refusing();
    let (address, _) = middle(upstreams(&[one, refusing, two])).await;
    for _ in 0..6 {
        assert!(ask(address, &get("/")).await.ends_with("hello"));
    }
    let mut shares = [0, 0];
    while seen_by_one.try_recv().is_ok() {
        shares[0] += 1;
    }
    while seen_by_two.try_recv().is_ok() {
        shares[1] += 1;
    }
    assert_eq!(shares.iter().sum::<i32>(), 6);
    assert_eq!(shares, [3, 3]);
}

#[tokio::test]
async fn what_is_no_clear_answer_is_none() {
    for (reply, failure) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "InvalidAnswer"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx", "InvalidAnswer"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", "InvalidAnswer"),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", "InvalidAnswer"),
        ("SSH-2.0-OpenSSH\r\n\r\n", "InvalidAnswer"),
        ("", "InvalidAnswer"),
    ] {
        let (uri, mut seen) = site(reply).await;
        let (address, state) = middle(upstreams(&[uri])).await;
        assert_eq!(ask(address, &get("/")).await, "", "{reply:?}");
        assert!(state.failures()[0].starts_with(failure), "{reply:?}: {:?}", state.failures());
        seen.recv().await.unwrap();
        assert!(seen.try_recv().is_err(), "sent twice: {reply:?}");
    }
}

#[tokio::test]
async fn a_site_that_refuses_is_unreachable_and_one_that_is_silent_is_too_late() {
    let (_bound, refusing) = refusing();
    let (address, state) = middle(upstreams(&[refusing])).await;
    ask(address, &get("/")).await;
    assert!(state.failures()[0].starts_with("Unreachable"), "{:?}", state.failures());

    let (silent, uri) = listen().await;
    let (address, state) = middle(upstreams(&[uri])).await;
    ask(address, &get("/")).await;
    assert_eq!(state.failures(), ["TimedOut"]);
    drop(silent);
}

#[tokio::test]
async fn half_an_answer_is_never_passed_on_as_a_whole_one() {
    for reply in [
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    ] {
        let (uri, _seen) = site(reply).await;
        let (address, _) = middle(upstreams(&[uri])).await;
        let answer = ask(address, &get("/")).await;
        assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("0\r\n\r\n"), "{answer}");
    }
}

#[tokio::test]
async fn an_upload_may_take_longer_than_the_site_may_take_to_answer() {
    let (listener, uri) = listen().await;
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        read_head(&mut socket).await;
        let mut body = [0; 8];
        socket.read_exact(&mut body).await.unwrap();
        socket.write_all(HELLO.as_bytes()).await.unwrap();
    });
    let (address, _) = middle(upstreams(&[uri])).await;
    let mut visitor = TcpStream::connect(address).await.unwrap();
    visitor.write_all(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\nConnection: close\r\n\r\n").await.unwrap();
    for _ in 0..8 {
        // The sleep sets the visitor's pace: eight pieces take twice the response timeout.
        tokio::time::sleep(Duration::from_millis(100)).await;
        visitor.write_all(b"x").await.unwrap();
    }
    let mut answer = String::new();
    visitor.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("hello"), "{answer}");
}

#[tokio::test]
async fn a_visitor_who_leaves_takes_the_request_to_the_site_with_them() {
    let (listener, uri) = listen().await;
    let (address, _) =
        middle(Upstreams::new(&Settings { response_timeout: Duration::from_mins(1), ..settings(&[uri]) }).unwrap())
            .await;
    let mut visitor = TcpStream::connect(address).await.unwrap();
    visitor.write_all(get("/slow").as_bytes()).await.unwrap();
    let (mut site, _) = listener.accept().await.unwrap();
    read_head(&mut site).await;
    drop(visitor);
    assert_eq!(site.read(&mut [0; 1]).await.unwrap_or(0), 0, "the connection to the site is closed");
}

#[tokio::test]
async fn a_visitor_who_does_not_read_holds_the_site_back() {
    let (listener, uri) = listen().await;
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        read_head(&mut socket).await;
        socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n").await.unwrap();
        while let Ok(n) = socket.write(&[b'x'; 8192]).await {
            count.fetch_add(n, Ordering::SeqCst);
        }
    });
    let (address, _) = middle(upstreams(&[uri])).await;
    let mut visitor = TcpStream::connect(address).await.unwrap();
    visitor.write_all(get("/big").as_bytes()).await.unwrap();
    visitor.read_exact(&mut [0; 1024]).await.unwrap();
    // Nothing happens that says "no more is taken": two seconds without a byte are long over loopback.
    let (mut before, mut unchanged) = (0, 0);
    while unchanged < 20 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = written.load(Ordering::SeqCst);
        unchanged = if now == before { unchanged + 1 } else { 0 };
        before = now;
    }
    // The kernel buffers of two connections, not the whole gigabyte.
    assert!(before < 64 * 1024 * 1024, "{before} bytes were taken from the site");
}

#[tokio::test]
async fn an_https_site_must_show_a_certificate_that_holds() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = rustls_pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let (listener, uri) = listen().await;
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let Ok(mut socket) = acceptor.accept(socket).await else { continue };
            read_head(&mut socket).await;
            socket.write_all(HELLO.as_bytes()).await.unwrap();
            let _ = socket.shutdown().await;
        }
    });
    let settings = settings(&[uri.replace("http://127.0.0.1", "https://localhost")]);
    let (address, state) = middle(Upstreams::new(&settings).unwrap()).await;
    ask(address, &get("/")).await;
    assert!(state.failures()[0].starts_with("Handshake"), "{:?}", state.failures());

    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let (address, state) = middle(Upstreams::with_roots(&settings, &roots).unwrap()).await;
    assert!(ask(address, &get("/")).await.ends_with("hello"), "{:?}", state.failures());
}
