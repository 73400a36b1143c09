//! Idle connections, and too many connections.

use super::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

fn impatient() -> Settings {
    Settings { header_timeout: Duration::from_millis(200), body_timeout: Duration::from_millis(200), ..settings() }
}

#[tokio::test]
async fn a_connection_that_says_nothing_or_never_ends_its_head_is_closed() {
    let Running { address, asked, .. } = run(&impatient()).await;
    for beginning in ["", "G", "GET / HTTP/1.1\r\nHost: localhost\r\nX: "] {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(beginning.as_bytes()).await.unwrap();
        assert_eq!(until_closed(&mut socket).await, "", "{beginning:?}");
    }
    let mut socket = TcpStream::connect(address).await.unwrap();
    let dripping = async {
        loop {
            if socket.write_all(b"GET").await.is_err() {
                return;
            }
            // The pace of the visitor.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    within("a dripping head is cut off", dripping).await;
    assert!(asked.all().is_empty());
}

#[tokio::test]
async fn a_kept_connection_may_rest_longer_than_a_head_may_take() {
    let Running { address, .. } = run(&impatient()).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    for _ in 0..2 {
        socket.write_all(GET.as_bytes()).await.unwrap();
        let mut answer = String::new();
        while !answer.ends_with("\r\n\r\nGET / ") {
            answer.push(char::from(socket.read_u8().await.unwrap()));
        }
        assert_eq!(statuses(&answer), [200], "{answer}");
        // The visitor reads the page, which is what is tried here: twice as long as a head may take.
        tokio::time::sleep(Duration::from_millis(400)).await;
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
    // With a drain time far longer than the test, only the write timeout can end the connection.
    let patient = Settings { drain_timeout: Duration::from_hours(1), ..impatient() };
    let Running { server, address, .. } = run(&patient).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(GET.replace("/ ", "/big ").as_bytes()).await.unwrap();
    socket.read_exact(&mut [0; 1024]).await.unwrap();
    within("the stalled answer is cut off", server.shutdown()).await;
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
    assert_eq!(statuses(&until_closed(&mut third).await), [503]);
    drop(kept);
    let last = GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    within("the places of closed connections come back", async {
        loop {
            let answer = say(address, &last).await;
            match statuses(&answer)[..] {
                [200] => return,
                [503] => {}
                _ => panic!("{answer}"),
            }
        }
    })
    .await;
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
