//! TLS and HTTP/2.

use std::path::Path;

use http::{Request, Version};
use http_body_util::Full;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::{CertificateDer, ServerName};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use http_body_util::BodyExt as _;

use super::*;
use crate::server::settings::TlsPair;

/// Writes a certificate for `name` and its key into `folder`.
fn certificate(folder: &Path, name: &str) -> (TlsPair, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let pair = TlsPair { certificate: folder.join(format!("{name}.pem")), key: folder.join(format!("{name}.key")) };
    std::fs::write(&pair.certificate, made.cert.pem()).unwrap();
    std::fs::write(&pair.key, made.signing_key.serialize_pem()).unwrap();
    (pair, made.cert.der().clone())
}

async fn connect(
    address: SocketAddr,
    name: &str,
    trusted: &CertificateDer<'static>,
    protocol: &[u8],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let tcp = TcpStream::connect(address).await?;
    TlsConnector::from(Arc::new(config)).connect(ServerName::try_from(name.to_owned()).unwrap(), tcp).await
}

#[tokio::test]
async fn the_certificate_is_chosen_by_name_and_plain_http_is_told_to_use_https() {
    let folder = tempfile::tempdir().unwrap();
    let (one, one_der) = certificate(folder.path(), "localhost");
    let (two, two_der) = certificate(folder.path(), "app.test");
    let Running { address, .. } = run(&Settings { tls: vec![one, two], ..settings() }).await;
    for (name, trusted) in [("localhost", &one_der), ("app.test", &two_der)] {
        let mut socket = connect(address, name, trusted, b"http/1.1").await.unwrap();
        let request = format!("GET /context HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with(&format!("127.0.0.1 https://{name}")), "{answer}");
        assert!(answer.contains("strict-transport-security: max-age=63072000"), "{answer}");
    }
    assert!(connect(address, "app.test", &one_der, b"http/1.1").await.is_err());
    let plain = say(address, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert!(plain.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{plain}");
    assert!(plain.ends_with("\r\n\r\nThis port speaks https: write https:// in front of the address.\n"), "{plain}");
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_after_a_reload_and_a_broken_one_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (pair, old) = certificate(folder.path(), "localhost");
    let Running { server, address, .. } = run(&Settings { tls: vec![pair.clone()], ..settings() }).await;
    let (_, new) = certificate(folder.path(), "localhost");
    assert!(connect(address, "localhost", &old, b"http/1.1").await.is_ok(), "nothing changes by itself");
    server.reload_certificates().unwrap();
    assert!(connect(address, "localhost", &old, b"http/1.1").await.is_err());
    std::fs::write(&pair.key, "nonsense").unwrap();
    assert!(server.reload_certificates().is_err());
    assert!(connect(address, "localhost", &new, b"http/1.1").await.is_ok());
}

#[tokio::test]
async fn http_2_is_spoken_behind_tls_and_names_one_host() {
    let folder = tempfile::tempdir().unwrap();
    let (pair, der) = certificate(folder.path(), "app.test");
    let Running { address, .. } = run(&Settings { tls: vec![pair], ..settings() }).await;
    let socket = connect(address, "app.test", &der, b"h2").await.unwrap();
    assert_eq!(socket.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(socket)).await.unwrap();
    tokio::spawn(connection);
    for (uri, host, status, text) in [
        ("https://app.test/a?b", None, 200, "POST /a?b hello"),
        ("https://app.test/a", Some("app.test"), 200, "POST /a hello"),
        ("https://app.test/a", Some("evil.test"), 400, "another host"),
        ("https://user@app.test/a", None, 400, "the host is no host"),
        ("https://unknown.test/a", None, 421, "no site"),
        ("https://app.test//a", None, 400, "empty segment"),
    ] {
        let mut request = Request::post(uri).version(Version::HTTP_2);
        if let Some(host) = host {
            request = request.header("host", host);
        }
        let answer = sender.send_request(request.body(Full::new(bytes::Bytes::from("hello"))).unwrap()).await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => panic!("{uri}: {error:?}"),
        };
        assert_eq!(answer.status(), status, "{uri}");
        assert!(answer.headers().get("connection").is_none());
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(String::from_utf8_lossy(&body).contains(text), "{uri}: {body:?}");
    }
}

#[tokio::test]
async fn a_tls_connection_that_says_nothing_is_closed_in_every_phase() {
    let folder = tempfile::tempdir().unwrap();
    let (pair, der) = certificate(folder.path(), "app.test");
    let impatient = Settings { tls: vec![pair], header_timeout: Duration::from_millis(300), ..settings() };
    let Running { address, .. } = run(&impatient).await;
    let mut silent = TcpStream::connect(address).await.unwrap();
    assert_eq!(until_closed(&mut silent).await, "", "before the handshake");
    for protocol in [b"h2".as_slice(), b"http/1.1"] {
        let mut socket = connect(address, "app.test", &der, protocol).await.unwrap();
        until_closed(&mut socket).await;
    }
}

#[test]
fn a_file_that_is_no_certificate_or_no_key_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (one, _) = certificate(folder.path(), "one.test");
    let (two, _) = certificate(folder.path(), "two.test");
    let junk = folder.path().join("junk.pem");
    std::fs::write(&junk, "nothing").unwrap();
    let missing = folder.path().join("missing.pem");
    let error = |certificate: &Path, key: &Path| {
        let pair = TlsPair { certificate: certificate.to_owned(), key: key.to_owned() };
        crate::server::tls::Tls::open(&[pair]).err().unwrap().to_string()
    };
    for (file, text, why) in [
        (&missing, error(&missing, &one.key), "No such file"),
        (&junk, error(&junk, &one.key), "there is no certificate in it"),
        (&junk, error(&one.certificate, &junk), "there is no private key in it"),
        (&missing, error(&one.certificate, &missing), "No such file"),
        (&two.key, error(&one.certificate, &two.key), "the key does not belong to the certificate"),
    ] {
        assert!(text.starts_with(&format!("`server.tls`: {}: ", file.display())) && text.contains(why), "{text}");
    }
}
