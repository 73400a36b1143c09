//! D9: the log line of a 502 says which address failed and why.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::gateway::{GatewayProcess, Setup};
use crate::wire::free_address;

/// A site that reads a request and answers with these bytes, then closes.
async fn site(answer: &'static str) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 4096];
            let _ = stream.read(&mut head).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    address
}

async fn logged(upstream: String) -> String {
    let site = "[[sites.rules]]\nrequire = \"nothing\"".to_owned();
    let gateway = GatewayProcess::start(Setup { upstream: Some(upstream), site, ..Setup::default() }).await;
    assert_eq!(gateway.visitor().get("/lost").await.status, 502);
    let log = gateway.log().await;
    log.lines().find(|line| line.contains("/lost")).expect("its line").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_and_the_cause_are_in_the_log_line_of_a_502() {
    let nobody = free_address();
    let (mute, odd) = (site("").await, site("SSH-2.0-OpenSSH_9\r\n").await);
    for (address, url, cause) in [
        (nobody, format!("http://{nobody}"), "Connection refused"),
        (mute, format!("http://{mute}"), "connection closed before message completed"),
        (odd, format!("http://{odd}"), "invalid HTTP version parsed"),
        (odd, format!("https://{odd}"), "received corrupt message"),
    ] {
        let line = logged(url.clone()).await;
        assert!(line.contains(&address.to_string()) && line.contains(cause), "{url}: {line}");
    }
}
