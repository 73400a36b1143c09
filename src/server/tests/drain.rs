//! Shutting down.

use super::*;

async fn ask(address: SocketAddr, target: &str) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).await.unwrap();
    socket
}

async fn wait_for(asked: &RequestLog, wanted: &str) {
    within(wanted, async {
        while !asked.all().iter().any(|request| request == wanted) {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_under_way_ends_and_nothing_new_begins() {
    let Running { server, address, asked, .. } = run(&settings()).await;
    let idle = ask(address, "/").await;
    wait_for(&asked, "GET /").await;
    let mut slow = ask(address, "/slow").await;
    wait_for(&asked, "GET /slow").await;
    server.shutdown().await;
    let answer = until_closed(&mut slow).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("GET /slow "), "{answer}");
    assert!(TcpStream::connect(address).await.is_err(), "the port is free again");
    drop(idle);
}

#[tokio::test]
async fn what_does_not_end_in_time_is_cut_off() {
    let Running { server, address, asked, .. } =
        run(&Settings { drain_timeout: Duration::from_millis(100), ..settings() }).await;
    let mut never = ask(address, "/never").await;
    wait_for(&asked, "GET /never").await;
    within("the end of the server", server.shutdown()).await;
    assert_eq!(never.read(&mut [0; 1]).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn a_second_server_on_the_same_port_fails_and_names_it() {
    let Running { address, asked, rooms, .. } = run(&settings()).await;
    let error = |settings: &Settings| Server::start(settings, rooms.parts(&asked)).err().unwrap().to_string();
    let same = Settings { listen: vec![ListenAddress::Tcp(address)], ..settings() };
    assert_eq!(error(&same), format!("cannot listen on {address}: another process is listening there"));
    let none = Settings { listen: Vec::new(), ..settings() };
    assert_eq!(error(&none), "`server.listen` is empty");
}
