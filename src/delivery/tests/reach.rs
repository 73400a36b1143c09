//! Which URLs the outgoing client calls, how much it reads, and which certificates it trusts.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::peer::{Peer, after_token, answer, token};
use super::{codes, cpaas_settings, delivery, request};
use crate::delivery::{CpaasSettings, Delivery, DeliveryError, Sent, Settings, SmsProvider};
use crate::domain::method::CodeMethod;
use crate::platform::clock::Clock;
use crate::platform::random::Random;

async fn create(settings: CpaasSettings) -> DeliveryError {
    codes(&delivery(settings), CodeMethod::Sms).create(&request()).await.unwrap_err()
}

fn refused(base_url: &str) -> String {
    let settings =
        Settings { sms: vec![SmsProvider::Cpaas], email: vec![], cpaas: Some(cpaas_settings(base_url)), smtp: None };
    Delivery::new(&settings, &Clock::system(), &Random::system())
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

#[test]
fn plain_http_is_for_loopback_alone() {
    for url in [
        "http://127.0.0.1:1",
        "http://[::1]:1/",
        "http://localhost:1",
        "https://cpaas.example",
        "https://cpaas.example/prefix/",
    ] {
        assert_eq!(refused(url), "", "{url}");
    }
    for url in [
        "http://cpaas.example",
        "http://192.0.2.1",
        "http://localhost.evil.example",
        "ftp://127.0.0.1",
        "https://user:secret@cpaas.example",
        "https://cpaas.example/?x=1",
        "https://cpaas.example/#x",
    ] {
        let error = refused(url);
        assert!(error.contains("cpaas.base_url") && !error.contains("secret"), "{url}: {error}");
    }
}

#[test]
fn a_way_without_its_provider_is_a_setup_error() {
    let settings = Settings { sms: vec![SmsProvider::CpaasMessage], email: vec![], cpaas: None, smtp: None };
    assert!(Delivery::new(&settings, &Clock::system(), &Random::system()).is_err());
}

#[tokio::test]
async fn a_refused_connection_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = create(cpaas_settings(&url)).await;
    assert_eq!(error.sent, Sent::No);
    assert!(error.reason.contains("no connection: Connection refused"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Peer::start(|_| answer("200 OK", "{}")).await;
    for status in ["301 x", "302 x", "303 x", "307 x", "308 x"] {
        let peer =
            after_token(format!("HTTP/1.1 {status}\r\nlocation: {}/\r\ncontent-length: 0\r\n\r\n", target.url())).await;
        assert_eq!(create(cpaas_settings(&peer.url())).await.sent, Sent::Perhaps);
    }
    assert!(target.lines().is_empty());
}

#[tokio::test]
async fn an_oversized_answer_is_not_read_to_its_end() {
    let said = format!("HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n{}", "x".repeat(70_000));
    let chunk = format!("4000\r\n{}\r\n", "x".repeat(0x4000));
    let endless = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}", chunk.repeat(5));
    for body in [said, endless] {
        let peer = after_token(body).await;
        let error = create(cpaas_settings(&peer.url())).await;
        assert!(error.reason.contains("more than 65536 bytes"), "{error}");
        assert_eq!(error.sent, Sent::Perhaps);
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_lost_and_perhaps_sent() {
    for broken in
        ["", "HTTP/1.1 200", "HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{\"code\":", "no http at all\r\n\r\n"]
    {
        let peer = after_token(broken.into()).await;
        let error = create(cpaas_settings(&peer.url())).await;
        assert_eq!(error.sent, Sent::Perhaps, "{broken}: {error}");
        assert!(error.reason.contains("the answer was lost"), "{error}");
        assert_eq!(peer.lines().len(), 2, "a lost answer is not asked for again");
    }
}

#[tokio::test]
async fn a_peer_that_accepts_and_says_nothing_is_given_up_at_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = cpaas_settings(&format!("http://{}", listener.local_addr().unwrap()));
    settings.timeout = Duration::from_millis(300);
    let error = create(settings).await;
    assert_eq!(error.sent, Sent::No, "only the token was asked for: {error}");
    assert!(error.reason.contains("in time"), "{error}");
}

#[tokio::test]
async fn a_certificate_of_nobody_is_refused_unless_it_is_configured() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let server = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(server));
    let answers = |request: &str| {
        if request.contains(" /cpaas/auth/v1/token ") {
            return token();
        }
        answer("201 Created", r#"{"code":{"resourceURL":"/cpaas/auth/v1/user%201/codes/abc-1"}}"#)
    };
    let peer = Peer::start_tls(acceptor, answers).await;
    let mut settings = cpaas_settings(&format!("https://localhost:{}", peer.port));

    let error = create(settings.clone()).await;
    assert_eq!(error.sent, Sent::No);
    assert!(error.reason.contains("certificate"), "{error}");
    assert!(peer.lines().is_empty(), "nothing is said to a stranger");

    let mut root = tempfile::NamedTempFile::new().unwrap();
    root.write_all(made.cert.pem().as_bytes()).unwrap();
    settings.extra_roots = vec![root.path().to_owned()];
    let delivery = delivery(settings.clone());
    assert_eq!(codes(&delivery, CodeMethod::Sms).create(&request()).await.unwrap().0, "abc-1");

    // A trusted authority does not help if the certificate is for another name.
    settings.base_url = format!("https://127.0.0.1:{}", peer.port).parse().unwrap();
    assert_eq!(create(settings).await.sent, Sent::No);
}

#[test]
fn a_root_file_that_is_none_is_a_setup_error() {
    for path in ["/nonexistent.pem", "Cargo.toml"] {
        let mut cpaas = cpaas_settings("https://cpaas.example");
        cpaas.extra_roots = vec![path.into()];
        let settings = Settings { sms: vec![SmsProvider::Cpaas], email: vec![], cpaas: Some(cpaas), smtp: None };
        let error = Delivery::new(&settings, &Clock::system(), &Random::system()).err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.contains(path)));
    }
}
