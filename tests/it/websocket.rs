//! Web sockets: opened with a session alone, closed with it.

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use crate::backend::Answer;
use crate::gateway::Gateway;
use crate::response::Response;
use crate::visitor::{Request, Visitor};
use crate::wire::{AsyncReadWrite, eventually, within};

pub type Socket = WebSocketStream<Box<dyn AsyncReadWrite>>;

fn handshake() -> Request {
    handshake_at("/socket")
}

pub fn handshake_at(target: &str) -> Request {
    Request::get(target)
        .header("Connection", "keep-alive, Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("Sec-Fetch-Mode", "websocket")
        .bare()
}

pub async fn open(visitor: &Visitor, request: Request) -> Result<Socket, Response> {
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&request)).await;
    let answer = wire.answer("GET").await.expect("an answer");
    if answer.status != 101 {
        return Err(answer);
    }
    assert_eq!(answer.header("sec-websocket-accept"), Some("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    assert_eq!(answer.header("upgrade").map(str::to_lowercase).as_deref(), Some("websocket"));
    Ok(WebSocketStream::from_raw_socket(wire.into_io(), Role::Client, None).await)
}

async fn opened(gateway: &Gateway, visitor: &Visitor) -> Socket {
    gateway.backend.answers(Answer::WebSocketEcho);
    let request = handshake().header("Origin", &visitor.origin());
    open(visitor, request).await.unwrap_or_else(|answer| panic!("it must open: {answer:?}"))
}

pub async fn refused(visitor: &Visitor, request: Request) -> Response {
    match open(visitor, request).await {
        Ok(_) => panic!("it must not open"),
        Err(answer) => answer,
    }
}

async fn echoes(socket: &mut Socket, text: &str) {
    within("sending", socket.send(Message::text(text))).await.expect("an open socket");
    let back = within("the echo", socket.next()).await.expect("a message").expect("a whole message");
    assert_eq!(back, Message::text(text));
}

pub async fn ends(mut socket: Socket) {
    within("the end of the socket", async { while let Some(Ok(_)) = socket.next().await {} }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_pass_both_ways() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let mut socket = opened(&gateway, &visitor).await;
    for text in ["hello", &"long ".repeat(50_000), "\u{1f980}"] {
        echoes(&mut socket, text).await;
    }
    let seen = gateway.backend.last().await;
    assert_eq!(seen.headers_named("remote-user"), ["ada"]);
    assert!(seen.headers_named("cookie").is_empty());
    assert_eq!(seen.headers_named("upgrade"), ["websocket"]);
    within("closing", socket.close(None)).await.unwrap();
    eventually("the site's side ends too", || async { gateway.backend.open_web_sockets() == 0 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_no_byte_reaches_the_site() {
    let gateway = Gateway::start().await;
    gateway.backend.answers(Answer::WebSocketEcho);
    let (half, _) = gateway.half_signed_in(&gateway.account).await;
    for visitor in [gateway.visitor(), half] {
        let answer = refused(&visitor, handshake().header("Origin", &visitor.origin())).await;
        assert_eq!(answer.status, 401, "{answer:?}");
    }
    assert_eq!(gateway.backend.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_opens_no_socket() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let before = gateway.backend.count();
    gateway.backend.answers(Answer::WebSocketEcho);
    let wrong = ["https://evil.example", "null", "http://127.0.0.1:1", "", "http://127.0.0.1.evil.example"];
    for origin in wrong {
        let answer = refused(&visitor, handshake().header("Origin", origin)).await;
        assert_eq!(answer.status, 403, "{origin}: {answer:?}");
    }
    let twice = handshake().header("Origin", &visitor.origin()).header("Origin", "https://evil.example");
    assert_eq!(refused(&visitor, twice).await.status, 403, "two origins");
    assert_eq!(gateway.backend.count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_ends_with_its_session() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let mut socket = opened(&gateway, &visitor).await;
    echoes(&mut socket, "before").await;
    gateway.backend.answers(Answer::Welcome);
    visitor.log_out().await;
    ends(socket).await;
    eventually("the site's side ends too", || async { gateway.backend.open_web_sockets() == 0 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_ends_when_the_account_is_disabled() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let mut socket = opened(&gateway, &visitor).await;
    echoes(&mut socket, "before").await;
    gateway.user(&["disable", "ada"], "").await;
    ends(socket).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_of_the_visitor_keep_the_session_alive() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let mut socket = opened(&gateway, &visitor).await;
    for _ in 0..3 {
        gateway.advance(50 * 60);
        echoes(&mut socket, "still here").await;
    }
    gateway.backend.answers(Answer::Welcome);
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_refuses_the_upgrade_is_heard() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    gateway.backend.answers_bytes("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nX-Site: yes\r\n\r\nno");
    let answer = refused(&visitor, handshake().header("Origin", &visitor.origin())).await;
    assert_eq!((answer.status, answer.header("x-site"), answer.text().as_str()), (403, Some("yes"), "no"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_upgrades_unasked_is_not_believed() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    gateway.backend.answers_bytes(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfree bytes",
    );
    let answer = visitor.get("/").await;
    assert_eq!(answer.status, 502, "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_upgrades_are_not_passed_on() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let cases: [(&str, &[&str]); 4] =
        [("h2c", &[]), ("TLS/1.0", &[]), ("websocket, h2c", &["websocket"]), ("WebTransport", &[])];
    for (protocol, passed_on) in cases {
        let request = Request::get("/")
            .header("Connection", "Upgrade, HTTP2-Settings")
            .header("Upgrade", protocol)
            .header("HTTP2-Settings", "AAMAAABk");
        let mut wire = visitor.connect().await;
        wire.send(visitor.bytes(&request)).await;
        let answer = wire.answer("GET").await.expect("an answer");
        assert_eq!(answer.status, 200, "{protocol}");
        let seen = gateway.backend.last().await;
        assert_eq!(seen.headers_named("upgrade"), passed_on, "{protocol}");
        assert!(seen.headers_named("http2-settings").is_empty(), "{}", seen.head);
    }
}
