//! Idle connections, and too many connections.

use super::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

fn impatient() -> Settings {
    Settings { header_timeout: Duration::from_millis(200), body_timeout: Duration::from_millis(200), ..settings() }
}

/// Reads until the server closes the connection, for 20 seconds at most.
async fn until_closed(socket: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(20), socket.read_to_end(&mut answer)).await;
    assert!(closed.is_ok(), "the server never closed the connection");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_connection_that_says_nothing_or_never_ends_its_head_is_closed() {
    let Running { address, asked, .. } = run(&impatient()).await;
    for beginning in ["", "G", "GET / HTTP/1.1\r\nHost: localhost\r\nX: "] {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(beginning.as_bytes()).await.unwrap();
        until_closed(&mut socket).await;
    }
    let mut socket = TcpStream::connect(address).await.unwrap();
    let dripping = async {
        loop {
            if socket.write_all(b"GET").await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), dripping).await.expect("a dripping head is cut off");
    assert!(asked.all().is_empty());
}

#[tokio::test]
async fn a_kept_connection_may_rest_longer_than_a_head_may_take() {
    let Running { address, .. } = run(&impatient()).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    for _ in 0..2 {
        socket.write_all(GET.as_bytes()).await.unwrap();
        let mut answer = [0; 15];
        socket.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200 OK");
        // The visitor reads the page for twice as long as a head may take.
        tokio::time::sleep(Duration::from_millis(400)).await;
        let _ = tokio::time::timeout(Duration::from_millis(50), socket.read(&mut [0; 4096])).await;
    }
}

#[tokio::test]
async fn a_second_head_that_never_ends_is_closed_too() {
    let Running { address, asked, .. } = run(&impatient()).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(format!("{GET}GET /second HTTP/1.1\r\n").as_bytes()).await.unwrap();
    assert_eq!(statuses(&until_closed(&mut socket).await), [200]);
    assert_eq!(asked.all(), ["GET /"]);
}

#[tokio::test]
async fn an_answer_may_take_longer_than_a_head() {
    let Running { address, .. } = run(&impatient()).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket
        .write_all(GET.replace("/ ", "/slow ").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").as_bytes())
        .await
        .unwrap();
    assert_eq!(statuses(&until_closed(&mut socket).await), [200]);
}

#[tokio::test]
async fn a_body_that_stops_arriving_ends_its_request() {
    let Running { address, .. } = run(&impatient()).await;
    for request in [
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf",
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    ] {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(request.as_bytes()).await.unwrap();
        assert_eq!(statuses(&until_closed(&mut socket).await), [400]);
    }
}

#[tokio::test]
async fn a_visitor_who_does_not_read_the_answer_is_cut_off() {
    let Running { server, address, .. } = run(&impatient()).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(GET.replace("/ ", "/big ").as_bytes()).await.unwrap();
    socket.read_exact(&mut [0; 1024]).await.unwrap();
    // The write timeout (0.4 s) ends the connection. The drain timeout would cut it off only after 5 s.
    let done = tokio::time::timeout(Duration::from_secs(20), server.shutdown());
    done.await.expect("the stalled answer is cut off");
}

#[tokio::test]
async fn no_more_connections_than_configured() {
    let Running { address, .. } = run(&Settings { max_connections: 2, ..settings() }).await;
    let mut kept = Vec::new();
    for _ in 0..2 {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(GET.as_bytes()).await.unwrap();
        socket.read_exact(&mut [0; 15]).await.unwrap();
        kept.push(socket);
    }
    let mut third = TcpStream::connect(address).await.unwrap();
    let answer = until_closed(&mut third).await;
    assert!(answer.is_empty() || statuses(&answer) == [503], "{answer}");
    drop(kept);
    for _ in 0..50 {
        if statuses(&say(address, GET).await) == [200] {
            return;
        }
    }
    panic!("places of closed connections never came back");
}

#[tokio::test]
async fn a_unix_socket_serves_and_its_peer_has_no_address() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gateway.sock");
    let rooms = Rooms::build().await;
    let unix = Settings { listen: vec![ListenAddress::Unix(path.clone())], ..settings() };
    let server = Server::start(&unix, rooms.parts(&RequestLog::default())).unwrap();
    let mut socket = tokio::net::UnixStream::connect(&path).await.unwrap();
    socket.write_all(b"GET /context HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("\r\nunknown http://localhost"), "{answer}");
    server.shutdown().await;
    assert!(!path.exists());
}
