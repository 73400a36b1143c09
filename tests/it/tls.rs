//! TLS: HTTP/2 or HTTP/1.1 by ALPN, the certificate by name, the strict cookie names, and light floods of HTTP/2.

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::CertificateDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::backend::WELCOME;
use crate::gateway::{Gateway, Setup, all_the_way};
use crate::visitor::{LOGIN, Visitor};
use crate::wire::{TlsClient, Wire, within};

struct Names {
    setup: Setup,
    trusted: Vec<CertificateDer<'static>>,
}

/// One certificate for each name.
fn names(names: &[&str]) -> Names {
    let mut setup = Setup::default();
    let (mut pairs, mut trusted) = (Vec::new(), Vec::new());
    for (file, name) in [("a", names[0]), ("b", names[names.len() - 1])] {
        let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
        trusted.push(made.cert.der().clone());
        let (certificate, key) = if file == "a" { ("a.pem", "a.key") } else { ("b.pem", "b.key") };
        setup.files.push((certificate, made.cert.pem()));
        setup.files.push((key, made.signing_key.serialize_pem()));
        pairs.push(format!("{{ certificate = \"DIR/{certificate}\", key = \"DIR/{key}\" }}"));
    }
    setup.server = format!("tls = [{}]", pairs.join(", "));
    Names { setup, trusted }
}

async fn gateway() -> (Gateway, TlsClient, TlsClient, Vec<CertificateDer<'static>>) {
    let Names { setup, trusted } = names(&["app.example.com", "other.example.com"]);
    let gateway = Gateway::with(setup).await;
    (gateway, TlsClient::new(&trusted, &["http/1.1"]), TlsClient::new(&trusted, &["h2", "http/1.1"]), trusted)
}

fn visitor(gateway: &Gateway, tls: &TlsClient) -> Visitor {
    let mut visitor = gateway.visitor();
    visitor.host = Some(format!("app.example.com:{}", gateway.address().port()));
    visitor.tls = Some(tls.clone());
    visitor
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_the_cookies_are_bound_to_the_host_and_the_site_is_told_https() {
    let (gateway, tls, _, _) = gateway().await;
    let mut visitor = all_the_way(visitor(&gateway, &tls), &gateway.sandbox, &gateway.account).await;
    assert!(visitor.jar.contains_key("__Host-portcullis"), "{:?}", visitor.jar.keys());
    assert!(visitor.jar.keys().all(|name| name.starts_with("__Host-")), "{:?}", visitor.jar.keys());
    assert_eq!(visitor.get("/").await.text(), WELCOME);
    assert_eq!(gateway.backend.last().await.headers_named("x-forwarded-proto"), ["https"]);
    let answer = visitor.log_out().await;
    assert!(answer.set_cookies().iter().all(|cookie| cookie.attribute("secure") == Some("")), "{answer:?}");
    let page = visitor.get(LOGIN).await;
    assert_eq!(page.header("strict-transport-security"), Some("max-age=63072000"), "two years, for this host alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_is_chosen_by_name() {
    let (gateway, tls, _, trusted) = gateway().await;
    for (name, certificate) in [("app.example.com", &trusted[0]), ("other.example.com", &trusted[1])] {
        assert_eq!(&tls.open(gateway.address(), name).await.unwrap().certificate, certificate, "{name}");
    }
    assert!(tls.open(gateway.address(), "unknown.example.com").await.is_err(), "no certificate for a foreign name");
}

#[tokio::test(flavor = "multi_thread")]
async fn alpn_chooses_between_http_2_and_http_1() {
    let (gateway, tls, h2, trusted) = gateway().await;
    assert_eq!(h2.open(gateway.address(), "app.example.com").await.unwrap().alpn.as_deref(), Some(b"h2".as_slice()));
    assert_eq!(
        tls.open(gateway.address(), "app.example.com").await.unwrap().alpn.as_deref(),
        Some(b"http/1.1".as_slice())
    );
    let without = TlsClient::new(&trusted, &[]);
    let mut plain = without.open(gateway.address(), "app.example.com").await.unwrap();
    assert_eq!(plain.alpn, None);
    plain.wire.send("GET /portcullis/health/live HTTP/1.1\r\nHost: app.example.com\r\nConnection: close\r\n\r\n").await;
    assert_eq!(plain.wire.answer("GET").await.unwrap().status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_on_a_tls_port_is_no_way_in() {
    let (gateway, _, _, _) = gateway().await;
    let mut wire = Wire::open(gateway.address()).await;
    wire.send("GET / HTTP/1.1\r\nHost: app.example.com\r\n\r\n").await;
    // Plain text, and nothing of the app: the bytes stand in `first_hour::near_misses`.
    let answer = wire.answer("GET").await.unwrap();
    assert_eq!(answer.status, 400, "{answer:?}");
    assert_eq!(answer.text(), "This port speaks https: write https:// in front of the address.\n");
    assert_eq!(wire.rest().await, b"", "and the connection is closed");
}

type Sender = hyper::client::conn::http2::SendRequest<Empty<Bytes>>;

async fn http2(gateway: &Gateway, h2: &TlsClient) -> Sender {
    let wire = h2.open(gateway.address(), "app.example.com").await.unwrap().wire;
    let io = TokioIo::new(wire.into_io());
    let (sender, connection) =
        within("h2", hyper::client::conn::http2::handshake(TokioExecutor::new(), io)).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn ask(sender: &mut Sender, request: http::Request<Empty<Bytes>>) -> Option<(u16, Bytes)> {
    let answer = within("an answer", sender.send_request(request)).await.ok()?;
    let status = answer.status().as_u16();
    let body = within("a body", answer.into_body().collect()).await.ok()?.to_bytes();
    Some((status, body))
}

#[tokio::test(flavor = "multi_thread")]
async fn http_2_carries_the_session_and_many_requests_at_once() {
    let (gateway, tls, h2, _) = gateway().await;
    let visitor = all_the_way(visitor(&gateway, &tls), &gateway.sandbox, &gateway.account).await;
    let sender = http2(&gateway, &h2).await;
    let url = |path: &str| format!("https://{}{path}", visitor.host());
    let asks = (0..50).map(|number| {
        let mut sender = sender.clone();
        let mut request = http::Request::get(url(&format!("/{number}")));
        for (name, value) in &visitor.jar {
            request = request.header("cookie", format!("{name}={value}"));
        }
        let request = request
            .header("cookie", "own=1")
            .header("remote-user", "eve")
            .header("remote_user", "eve")
            .body(Empty::new())
            .unwrap();
        async move { ask(&mut sender, request).await }
    });
    for answer in futures_util::future::join_all(asks).await {
        assert_eq!(answer.unwrap(), (200, Bytes::from(WELCOME)));
    }
    let seen = gateway.backend.last().await;
    assert_eq!(
        (seen.headers_named("host"), seen.headers_named("cookie")),
        (vec![visitor.host().as_str()], vec!["own=1"])
    );
    assert_eq!(seen.headers_named("remote-user"), ["ada"]);
    assert!(!seen.head.contains("eve"), "{}", seen.head);
}

#[tokio::test(flavor = "multi_thread")]
async fn http_2_with_two_hosts_or_a_doubtful_target_is_refused() {
    let (gateway, tls, h2, _) = gateway().await;
    let visitor = all_the_way(visitor(&gateway, &tls), &gateway.sandbox, &gateway.account).await;
    let before = gateway.backend.count();
    let cookie = format!("__Host-portcullis={}", visitor.jar["__Host-portcullis"]);
    let host = visitor.host();
    let request = |url: String| http::Request::get(url).header("cookie", &cookie);
    let cases = [
        ("another host field", 400, request(format!("https://{host}/")).header("host", "other.example.com")),
        ("a user", 400, request(format!("https://user@{host}/"))),
        ("dot segments", 400, request(format!("https://{host}/public/../admin"))),
        ("an encoded slash", 400, request(format!("https://{host}/public%2fadmin"))),
        ("another scheme", 400, request(format!("javascript://{host}/"))),
        ("CONNECT", 405, http::Request::builder().method("CONNECT").uri(host.clone())),
        (
            "TRACE",
            405,
            http::Request::builder().method("TRACE").uri(format!("https://{host}/")).header("cookie", &cookie),
        ),
    ];
    for (what, status, request) in cases {
        let answer = ask(&mut http2(&gateway, &h2).await, request.body(Empty::new()).unwrap()).await;
        assert_eq!(answer.map(|(status, _)| status), Some(status), "{what}");
        assert_eq!(gateway.backend.count(), before, "{what} reached the site");
    }
}

/// Type and payload of each frame (RFC 9113 §4.1).
fn frames(mut bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let mut frames = Vec::new();
    while let [one, two, three, kind, _, _, _, _, _, rest @ ..] = bytes {
        let length = usize::from(*one) << 16 | usize::from(*two) << 8 | usize::from(*three);
        let (payload, behind) = rest.split_at(length);
        frames.push((*kind, payload));
        bytes = behind;
    }
    frames
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_resets_every_stream_is_sent_away() {
    let (gateway, _, h2, _) = gateway().await;
    let wire = h2.open(gateway.address(), "app.example.com").await.unwrap().wire;
    let (mut reader, mut writer) = tokio::io::split(wire.into_io());
    let said = tokio::spawn(async move {
        let mut said = Vec::new();
        // What came before the gateway closed stays in `said`, whatever the end looks like.
        let _ = reader.read_to_end(&mut said).await;
        said
    });
    writer.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    // GET / over https (static table), authority literal; then RST_STREAM(CANCEL).
    let block = [&[0x82, 0x84, 0x87, 0x41, 15][..], b"app.example.com"].concat();
    for number in 0..20_000_u32 {
        let stream = (number * 2 + 1).to_be_bytes();
        let length = u8::try_from(block.len()).unwrap();
        let headers = [&[0, 0, length, 1, 5][..], &stream, &block].concat();
        let reset = [&[0, 0, 4, 3, 0][..], &stream, &[0, 0, 0, 8]].concat();
        if within("a write", writer.write_all(&[headers, reset].concat())).await.is_err() {
            break;
        }
    }
    let said = within("the end of the connection", said).await.unwrap();
    // GOAWAY (type 7) with ENHANCE_YOUR_CALM (11) behind the number of the last stream (RFC 9113 §6.8, §7).
    let (kind, payload) = *frames(&said).last().expect("a frame");
    assert_eq!((kind, &payload[4..8]), (7, &[0, 0, 0, 11][..]), "{said:?}");
    let live = http::Request::get("https://app.example.com/portcullis/health/live").body(Empty::new()).unwrap();
    let answer = ask(&mut http2(&gateway, &h2).await, live).await;
    assert_eq!(answer.map(|(status, _)| status), Some(200), "others are served");
}
