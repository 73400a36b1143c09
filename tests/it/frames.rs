//! HTTP/2 frame by frame: what no library would write (pseudo-fields in trailers, a `#` in `:path`), and which frames an
//! answer has.

use crate::gateway::{Gateway, Setup};
use crate::wire::{TlsClient, Wire};

const RULES: &str = "[[sites.rules]]\npath = \"/open/**\"\nrequire = \"nothing\"\n";

/// Frame types and flags (RFC 9113 §6).
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// One HTTP/2 connection, written by hand. Its one request is stream 1.
struct Frames(Wire);

/// How a stream ended.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Status(u16),
    Reset,
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("small").to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// Fields as HPACK literals that are not indexed (RFC 7541 §6.2.2).
fn block(fields: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, value) in fields {
        bytes.push(0);
        for text in [name, value] {
            bytes.push(u8::try_from(text.len()).ok().filter(|length| *length < 127).expect("short"));
            bytes.extend_from_slice(text.as_bytes());
        }
    }
    bytes
}

fn head<'a>(method: &'a str, path: &'a str) -> [(&'a str, &'a str); 4] {
    [(":method", method), (":scheme", "https"), (":authority", "localhost"), (":path", path)]
}

impl Frames {
    async fn open(gateway: &Gateway, client: &TlsClient) -> Self {
        let mut wire = client.open(gateway.address(), "localhost").await.expect("TLS").wire;
        wire.send([b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), frame(SETTINGS, 0, 0, &[])].concat()).await;
        Self(wire)
    }

    /// How the gateway answers on stream 1.
    async fn outcome(&mut self) -> Outcome {
        match self.answer().await {
            (HEADERS, _, payload) => Outcome::Status(status(&payload)),
            _ => Outcome::Reset,
        }
    }

    /// The first frame of the answer on stream 1: kind, flags, payload.
    async fn answer(&mut self) -> (u8, u8, Vec<u8>) {
        loop {
            let head = self.0.exactly(9).await;
            let [one, two, three, kind, flags, stream @ ..] = head.as_slice() else { panic!("the connection ended") };
            let payload = self.0.exactly(usize::from(*one) << 16 | usize::from(*two) << 8 | usize::from(*three)).await;
            if matches!((*kind, stream), (HEADERS | RST_STREAM, [0, 0, 0, 1])) {
                return (*kind, *flags, payload);
            }
        }
    }
}

/// `:status` comes first: an entry of the static table, or its name with a literal.
fn status(block: &[u8]) -> u16 {
    match block {
        [0x88, ..] => 200,
        [0x8c, ..] => 400,
        // The name of entry 8 and three digits in Huffman code (RFC 7541, appendix B): 4 is 011010, 0 is 00000, 1 is
        // 00001.
        [0x48, 0x82, 0x68, 0x01, ..] => 401,
        _ => panic!("no status: {block:02x?}"),
    }
}

async fn gateway() -> (Gateway, TlsClient) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let setup = Setup {
        server: "tls = [{ certificate = \"DIR/cert.pem\", key = \"DIR/key.pem\" }]".to_owned(),
        files: vec![("cert.pem", made.cert.pem()), ("key.pem", made.signing_key.serialize_pem())],
        site: RULES.to_owned(),
        ..Setup::default()
    };
    (Gateway::with(setup).await, TlsClient::new(&[made.cert.der().clone()], &["h2"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pseudo_field_in_trailers_reaches_no_site_and_changes_no_request() {
    let (gateway, client) = gateway().await;
    for pseudo in
        [(":path", "/private/evil"), (":method", "DELETE"), (":authority", "evil.example"), (":status", "200")]
    {
        let mut frames = Frames::open(&gateway, &client).await;
        let trailers = block(&[pseudo, ("x-checked", "yes")]);
        let request = [
            frame(
                HEADERS,
                END_HEADERS,
                1,
                &block(&[&head("POST", "/open/x")[..], &[("trailer", "x-checked")]].concat()),
            ),
            frame(DATA, 0, 1, b"what is"),
            frame(HEADERS, END_HEADERS | END_STREAM, 1, &trailers),
        ];
        frames.0.send(request.concat()).await;
        assert_eq!(frames.outcome().await, Outcome::Status(200), "{pseudo:?}");
        let seen = gateway.backend.last().await;
        assert_eq!((seen.request_line(), seen.body.as_slice()), ("POST /open/x HTTP/1.1", &b"what is"[..]));
        assert_eq!(seen.headers_named("host"), ["localhost"]);
        assert_eq!(seen.trailers, "x-checked: yes\r\n", "{pseudo:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_a_hash_in_a_path_is_cut_for_the_decision_and_for_the_site_alike() {
    let (gateway, client) = gateway().await;
    for (path, outcome) in [
        ("/open/x#/../private", Outcome::Status(200)),
        ("/open/x?a=1#b", Outcome::Status(200)),
        ("/private#/open/x", Outcome::Status(401)),
        ("/private/..#/open/x", Outcome::Status(400)),
    ] {
        let before = gateway.backend.count();
        let mut frames = Frames::open(&gateway, &client).await;
        frames.0.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, &block(&head("GET", path)))).await;
        assert_eq!(frames.outcome().await, outcome, "{path}");
        if outcome == Outcome::Status(200) {
            let cut = path.split('#').next().expect("a path");
            assert_eq!(gateway.backend.last().await.request_line(), format!("GET {cut} HTTP/1.1"));
        } else {
            assert_eq!(gateway.backend.count(), before, "{path}");
        }
    }
}

/// RFC 9110 §9.3.2: no content after the header section. A client takes DATA for a protocol error.
#[tokio::test(flavor = "multi_thread")]
async fn the_answer_to_head_is_its_header_fields_and_nothing_else() {
    let (gateway, client) = gateway().await;
    for path in ["/portcullis/login", "/portcullis/jwks.json", "/portcullis/no-such-page", "/private", "/open/x"] {
        let mut frames = Frames::open(&gateway, &client).await;
        frames.0.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, &block(&head("HEAD", path)))).await;
        let (kind, flags, _) = frames.answer().await;
        assert_eq!((kind, flags & END_STREAM), (HEADERS, END_STREAM), "{path}");
    }
}
