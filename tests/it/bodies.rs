//! How bodies and their lengths travel, over both protocols and both ways: counted by us, never lost, never doubtful.

use bytes::Bytes;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use hyper_util::rt::{TokioExecutor, TokioIo};

use crate::gateway::{Gateway, Setup};
use crate::wire::{TlsClient, within};

const OPEN: &str = "[[sites.rules]]\npath = \"/open/**\"\nrequire = \"nothing\"\n";

type Body = http_body_util::combinators::BoxBody<Bytes, std::convert::Infallible>;
type Sender = hyper::client::conn::http2::SendRequest<Body>;

async fn gateway() -> (Gateway, TlsClient) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let setup = Setup {
        server: "tls = [{ certificate = \"DIR/cert.pem\", key = \"DIR/key.pem\" }]".to_owned(),
        files: vec![("cert.pem", made.cert.pem()), ("key.pem", made.signing_key.serialize_pem())],
        site: OPEN.to_owned(),
        ..Setup::default()
    };
    (Gateway::with(setup).await, TlsClient::new(&[made.cert.der().clone()], &["h2"]))
}

async fn http2(gateway: &Gateway, client: &TlsClient) -> Sender {
    let io = TokioIo::new(client.open(gateway.address(), "localhost").await.expect("TLS").wire.into_io());
    let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), io);
    let (sender, connection) = within("h2", handshake).await.expect("h2");
    tokio::spawn(connection);
    sender
}

/// A body that does not say its size.
fn stream(text: &'static str) -> Body {
    let frames = futures_util::stream::iter([Ok(Frame::data(Bytes::from_static(text.as_bytes())))]);
    StreamBody::new(frames).boxed()
}

async fn status(sender: &mut Sender, request: http::request::Builder, body: Body) -> Option<u16> {
    let request = request.body(body).expect("a request");
    within("an answer", sender.send_request(request)).await.ok().map(|answer| answer.status().as_u16())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_behind_any_method_reaches_the_site_whole() {
    let gateway = Gateway::with(Setup { site: OPEN.to_owned(), ..Setup::default() }).await;
    for method in ["GET", "HEAD", "DELETE", "OPTIONS", "POST", "PROPFIND"] {
        for (field, body, framed) in [
            ("Transfer-Encoding: chunked", "4\r\nwhat\r\n3\r\n is\r\n0\r\n\r\n", ("transfer-encoding", "chunked")),
            ("Content-Length: 7", "what is", ("content-length", "7")),
        ] {
            let mut wire = gateway.visitor().connect().await;
            wire.send(format!("{method} /open/x HTTP/1.1\r\nHost: localhost\r\n{field}\r\n\r\n{body}")).await;
            assert_eq!(wire.answer(method).await.expect("an answer").status, 200, "{method} {field}");
            let seen = gateway.backend.last().await;
            assert_eq!(seen.body, b"what is", "{method} {field}: {}", seen.head);
            assert_eq!(seen.headers_named(framed.0), [framed.1], "{method} {field}: {}", seen.head);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_http2_a_body_of_unknown_size_reaches_the_site_whole() {
    let (gateway, client) = gateway().await;
    let mut sender = http2(&gateway, &client).await;
    for method in ["GET", "HEAD", "DELETE", "POST"] {
        let request = http::Request::builder().method(method).uri("https://localhost/open/x");
        assert_eq!(status(&mut sender, request, stream("what is")).await, Some(200), "{method}");
        let seen = gateway.backend.last().await;
        assert_eq!((seen.body.as_slice(), seen.headers_named("transfer-encoding")), (&b"what is"[..], vec!["chunked"]));
    }
    let request = http::Request::get("https://localhost/open/none");
    assert_eq!(status(&mut sender, request, Full::default().boxed()).await, Some(200));
    let seen = gateway.backend.last().await;
    assert!(seen.headers_named("transfer-encoding").is_empty() && seen.headers_named("content-length").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn over_http2_a_doubtful_length_or_a_blank_around_a_value_never_reaches_the_site() {
    let (gateway, client) = gateway().await;
    let before = gateway.backend.count();
    for fields in [
        &[("content-length", "7"), ("content-length", "7")][..],
        &[("content-length", "07")],
        &[("x-padded", " value")],
        &[("x-padded", "value\t")],
    ] {
        let mut sender = http2(&gateway, &client).await;
        let request = http::Request::post("https://localhost/open/x");
        let request = fields.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        assert_eq!(status(&mut sender, request, stream("what is")).await, Some(400), "{fields:?}");
    }
    assert_eq!(gateway.backend.count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_whose_length_could_be_read_in_two_ways_is_not_passed_on() {
    let gateway = Gateway::with(Setup { site: OPEN.to_owned(), ..Setup::default() }).await;
    for length in ["02", "2, 2", "+2", "2\r\nContent-Length: 2", "0x2", "18446744073709551618"] {
        gateway.backend.answers_bytes(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nok"));
        let answer = gateway.visitor().get("/open/x").await;
        assert_eq!(answer.status, 502, "{length}: {answer:?}");
    }
    gateway.backend.answers_bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    let answer = gateway.visitor().get("/open/x").await;
    assert_eq!((answer.status, answer.header("content-length")), (200, Some("2")));
}
