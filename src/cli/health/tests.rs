use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixListener};
use tokio_rustls::TlsAcceptor;

use super::*;

/// Reads one request head, answers, and returns the head.
async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, status: &str) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    stream.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
    String::from_utf8(head).unwrap()
}

fn request(url: &str) -> anyhow::Result<Request> {
    of_url(&url.parse().unwrap())
}

#[tokio::test]
async fn the_status_of_the_page_is_the_answer() {
    for (line, status) in [("200 OK", 200), ("503 Service Unavailable", 503)] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/portcullis/health/ready", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { answer(listener.accept().await.unwrap().0, line).await });
        assert_eq!(request(&url).unwrap().send().await.unwrap(), status);
        assert!(server.await.unwrap().starts_with("GET /portcullis/health/ready HTTP/1.1\r\nHost: 127.0.0.1:"));
    }
}

#[tokio::test]
async fn a_gateway_with_a_certificate_for_its_site_is_asked_over_https_on_this_machine() {
    let made = rcgen::generate_simple_self_signed(vec!["app.example.com".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/x", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let stream = listener.accept().await.unwrap().0;
        answer(TlsAcceptor::from(Arc::new(config)).accept(stream).await.unwrap(), "200 OK").await
    });
    assert_eq!(request(&url).unwrap().send().await.unwrap(), 200);
    server.await.unwrap();
}

#[tokio::test]
async fn a_gateway_on_a_unix_socket_is_asked_there() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("gateway.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    let server = tokio::spawn(async move { answer(listener.accept().await.unwrap().0, "200 OK").await });
    let request = Request { endpoint: Endpoint::Unix(socket), path: "/x".to_owned() };
    assert_eq!(request.send().await.unwrap(), 200);
    server.await.unwrap();
}

#[tokio::test]
async fn where_nobody_listens_or_something_else_answers_the_gateway_is_not_healthy() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let mut stream = listener.accept().await.unwrap().0;
        stream.write_all(b"SSH-2.0-OpenSSH_9.9\r\n").await.unwrap();
    });
    assert!(request(&url).unwrap().send().await.is_err());
    server.await.unwrap();
    assert!(request(&url).unwrap().send().await.unwrap_err().to_string().contains("nobody listens"));
}

#[test]
fn a_gateway_is_asked_by_its_address_and_over_https_on_this_machine_alone() {
    for url in ["https://192.0.2.1/", "http://app.example.com/", "ftp://127.0.0.1/"] {
        assert!(request(url).is_err(), "{url}");
    }
    let [v4, v6] = ["0.0.0.0:8080", "[::]:8443"].map(|address| reachable(address.parse().unwrap()).to_string());
    assert_eq!([v4.as_str(), v6.as_str()], ["127.0.0.1:8080", "[::1]:8443"]);
    assert_eq!(request("http://127.0.0.1:8080").unwrap().path, READY);
    assert_eq!(request("http://[::1]:80/x").unwrap().endpoint, Endpoint::Plain("[::1]:80".parse().unwrap()));
}
