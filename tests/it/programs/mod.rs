//! Real programs behind the gateway, each in its main use: by a person with a session and by a client with an access
//! token. Radicale stands in `identity_headers_radicale`.

mod apache;
mod git;
mod jupyter;
mod node;
mod node_red;
mod npm;
mod registry;
mod streamlit;
mod wsgidav;

use std::net::SocketAddr;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::browser::{Browser, Scheme, Screen, Scripts};
use crate::fronts::program::program;
use crate::gateway::{Gateway, Setup, half_way};
use crate::process::{run, text};
use crate::response::Response;
use crate::visitor::{Request, Visitor};
use crate::wire::eventually;

/// What the site asks for where a test says nothing else.
const RULES: &str = "[[sites.rules]]\nrequire = \"two_factor\"\ncredentials = [\"session\", \"token\"]\n";

/// A program behind the gateway as `app.localhost`, and who uses it.
struct Behind {
    gateway: Gateway,
    /// Signed in with password and code.
    ada: Visitor,
    /// An access token of hers for this site.
    token: String,
}

impl Behind {
    async fn start(upstream: SocketAddr, rules: &str) -> Self {
        let site = format!("[[sites]]\nhost = \"app.localhost\"\nupstream = [\"http://{upstream}\"]\n{rules}{RULES}");
        let gateway = Gateway::with(Setup { more: site, ..Setup::default() }).await;
        let mut visitor = gateway.visitor();
        visitor.host = Some(format!("app.localhost:{}", gateway.address().port()));
        let (mut ada, code) = half_way(visitor, &gateway.sandbox, &gateway.account).await;
        ada.code(&code).await;
        let token = token(&gateway).await;
        let behind = Self { gateway, ada, token };
        // A running gateway learns of a new token within a second.
        let known = || async { behind.by_token(Request::get("/")).await.status != 401 };
        eventually("the token is known", known).await;
        behind
    }

    /// A request of the person in a browser.
    async fn by_session(&self, request: Request) -> Response {
        self.ada.clone().send(request).await
    }

    /// The same of a client that knows user name and password alone.
    async fn by_token(&self, request: Request) -> Response {
        let [(name, value), ..] = self.carriers();
        self.nobody().send(request.bare().header(name, &value)).await
    }

    /// The headers in which a client may show its access token.
    fn carriers(&self) -> [(&'static str, String); 3] {
        let basic = STANDARD.encode(format!("ada:{}", self.token));
        [
            ("Authorization", format!("Basic {basic}")),
            ("Authorization", format!("Bearer {}", self.token)),
            ("X-Portcullis-Token", self.token.clone()),
        ]
    }

    /// A client of the site without a cookie.
    fn nobody(&self) -> Visitor {
        let mut visitor = self.ada.clone();
        visitor.jar.clear();
        visitor
    }

    /// Both, where the answer must be this.
    async fn both(&self, request: impl Fn() -> Request, status: u16) -> [Response; 2] {
        let answers = [self.by_session(request()).await, self.by_token(request()).await];
        for answer in &answers {
            assert_eq!(answer.status, status, "{:?}: {answer:?}", request());
        }
        answers
    }

    /// Nobody without either gets anything.
    async fn is_closed(&self) {
        assert_eq!(self.nobody().send(Request::get("/").bare()).await.status, 401);
    }

    /// The person's own Chromium on the page at this path of the site, after password and code.
    async fn in_chromium(&self, path: &str) -> Browser {
        let browser = Browser::start(Screen::Desktop, Scheme::Light, Scripts::On).await;
        browser.open_url(&format!("{}{path}", self.ada.origin())).await;
        browser.type_into("input[name=username]", "ada").await;
        browser.type_into("input[name=password]", &self.gateway.account.password).await;
        browser.press("\u{e007}").await;
        browser.find("input[name=code]").await;
        // The first code was the visitor's.
        browser.type_into("input[name=code]", &self.gateway.sandbox.code(&self.gateway.account.phone, 2).await).await;
        browser
    }
}

async fn token(gateway: &Gateway) -> String {
    let config = gateway.config_file();
    let arguments =
        ["token", "create", "--user", "ada", "--site", "app.localhost", "--expires", "30d", "--config", &config];
    let output = run(&arguments, &[], "").await;
    assert!(output.status.success(), "{}", text(&output));
    String::from_utf8(output.stdout).expect("a token").trim_end().to_owned()
}

/// Where a program is that `tests/run` installs.
fn installed(name: &str) -> PathBuf {
    program(name, name)
}

/// Waits until a program takes connections.
async fn listens(address: SocketAddr) {
    eventually("a program that listens", || async { TcpStream::connect(address).await.is_ok() }).await;
}

/// Whether `./tests/run --all` asked for large amounts.
fn heavy() -> bool {
    std::env::vars_os().any(|(name, value)| name == "PORTCULLIS_TEST_HEAVY" && value == "1")
}

fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

/// Bytes that do not compress and differ from place to place (xorshift).
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let words = std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    });
    words.flat_map(u64::to_le_bytes).take(length).collect()
}

const LOCK: &str = "<?xml version=\"1.0\"?><d:lockinfo xmlns:d=\"DAV:\"><d:lockscope><d:exclusive/></d:lockscope>\
    <d:locktype><d:write/></d:locktype></d:lockinfo>";
const PROPERTY: &str = "<?xml version=\"1.0\"?><d:propertyupdate xmlns:d=\"DAV:\" xmlns:x=\"urn:example\"><d:set><d:prop>\
    <x:colour>red</x:colour></d:prop></d:set></d:propertyupdate>";

/// What the rules of a file server close.
const CLOSED: &str = "[[sites.rules]]\npath = \"/closed/**\"\nrequire = \"deny\"\n";

/// Every method of `WebDAV`, and a second target that a rule closes (RFC 4918).
async fn webdav(behind: &Behind, root: &std::path::Path) {
    let origin = behind.ada.origin();
    let to = |place: &str| format!("{origin}{place}");
    behind.is_closed().await;
    std::fs::create_dir_all(root.join("closed")).unwrap();
    let [options, _] = behind.both(|| Request::new("OPTIONS", "/"), 200).await;
    assert!(options.headers_named("dav").concat().contains("1,2"), "{options:?}");
    for (who, folder) in [("session", "/one"), ("token", "/two")] {
        let send = async |request: Request| {
            if who == "session" { behind.by_session(request).await } else { behind.by_token(request).await }
        };
        let file = format!("{folder}/a%20letter.txt");
        for (request, status) in [
            (Request::new("MKCOL", folder), 201),
            (Request::new("PUT", &file).body("hello"), 201),
            (Request::get(&file), 200),
            (Request::new("HEAD", &file), 200),
            (Request::new("PROPFIND", folder).header("Depth", "1"), 207),
            (Request::new("PROPPATCH", &file).header("Content-Type", "text/xml").body(PROPERTY), 207),
            (Request::new("COPY", &file).header("Destination", &to(&format!("{folder}/copy"))), 201),
            (Request::new("MOVE", &format!("{folder}/copy")).header("Destination", &to(&format!("{folder}/b"))), 201),
            (Request::new("DELETE", &format!("{folder}/b")), 204),
            // Closed by a rule, as the request's own target and as the second one.
            (Request::new("PUT", "/closed/x").body("x"), 403),
            (Request::new("COPY", &file).header("Destination", &to("/closed/x")), 403),
            (Request::new("MOVE", &file).header("Destination", &to("/closed/x")), 403),
            (Request::new("COPY", &file).header("Destination", "http://elsewhere.example/x"), 400),
        ] {
            let answer = send(request.clone()).await;
            assert_eq!(answer.status, status, "{who}: {request:?}: {answer:?}");
        }
        let locked = send(Request::new("LOCK", &file).header("Content-Type", "text/xml").body(LOCK)).await;
        assert_eq!(locked.status, 200, "{locked:?}");
        let lock = locked.header("lock-token").expect("a lock").to_owned();
        assert_eq!(send(Request::new("PUT", &file).body("other")).await.status, 423, "locked");
        let held = Request::new("PUT", &file).header("If", &format!("({lock})")).body("mine");
        assert_eq!(send(held).await.status, 204);
        assert_eq!(send(Request::new("UNLOCK", &file).header("Lock-Token", &lock)).await.status, 204);
        assert_eq!(send(Request::get(&file)).await.text(), "mine");
    }
    assert_eq!(std::fs::read_dir(root.join("closed")).unwrap().count(), 0, "nothing came into the closed folder");
}
