//! WebSocket tunnels.

use super::*;

const UPGRADE: &str = "GET /ws HTTP/1.1\r\nHost: app.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
const SWITCH: &str =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Accept: x\r\n\r\n";

#[tokio::test]
async fn a_tunnel_loses_no_byte_counts_as_use_and_ends_with_its_session() {
    let (listener, uri) = listen().await;
    let (address, state) = middle(upstreams(&[uri])).await;
    let mut visitor = TcpStream::connect(address).await.unwrap();
    // Sends bytes directly after the request, and directly after the 101.
    visitor.write_all(format!("{UPGRADE}early").as_bytes()).await.unwrap();
    let (mut site, _) = listener.accept().await.unwrap();
    let head = read_head(&mut site).await;
    assert!(head.contains("\r\nconnection: upgrade\r\n") && head.contains("\r\nupgrade: websocket\r\n"), "{head}");
    site.write_all(format!("{SWITCH}first").as_bytes()).await.unwrap();
    let mut five = [0; 5];
    site.read_exact(&mut five).await.unwrap();
    assert_eq!(&five, b"early");
    let answer = read_head(&mut visitor).await;
    assert!(answer.starts_with("HTTP/1.1 101 ") && answer.contains("sec-websocket-accept: x"), "{answer}");
    visitor.read_exact(&mut five).await.unwrap();
    assert_eq!(&five, b"first");
    visitor.write_all(b"12345").await.unwrap();
    site.read_exact(&mut five).await.unwrap();
    assert_eq!(state.touches.load(Ordering::SeqCst), 3, "each burst, in either direction, is a use");
    state.ended.cancel();
    assert_eq!(visitor.read(&mut five).await.unwrap_or(0), 0);
    assert_eq!(site.read(&mut five).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn a_site_may_refuse_a_websocket_and_may_not_choose_another_protocol() {
    let (uri, _seen) = site(HELLO).await;
    let (address, _) = middle(upstreams(&[uri])).await;
    let mut visitor = TcpStream::connect(address).await.unwrap();
    visitor.write_all(UPGRADE.as_bytes()).await.unwrap();
    assert!(read_head(&mut visitor).await.starts_with("HTTP/1.1 200 OK"));

    let (uri, _seen) = site("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n").await;
    let (address, state) = middle(upstreams(&[uri])).await;
    ask(address, UPGRADE).await;
    assert!(state.failures()[0].starts_with("InvalidAnswer"));
}

#[tokio::test]
async fn closing_ends_every_tunnel() {
    let (uri, _seen) = site(SWITCH).await;
    let upstreams = Arc::new(upstreams(&[uri]));
    let inner = Arc::clone(&upstreams);
    let closing = async move {
        let state = Arc::new(Middle::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut visitor = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (socket, _) = listener.accept().await.unwrap();
        let service =
            hyper::service::service_fn(move |request| answer(Arc::clone(&inner), Arc::clone(&state), request));
        let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(socket), service);
        tokio::spawn(connection.with_upgrades());
        visitor.write_all(UPGRADE.as_bytes()).await.unwrap();
        read_head(&mut visitor).await;
        upstreams.close_tunnels().await;
        assert_eq!(visitor.read(&mut [0; 1]).await.unwrap_or(0), 0);
    };
    tokio::time::timeout(Duration::from_secs(10), closing).await.unwrap();
}
