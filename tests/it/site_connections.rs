//! How a site is reached: TLS with an authority, name and certificate of one's own, a unix socket, a base path, another
//! `Host`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixListener};
use tokio_rustls::TlsAcceptor;

use crate::authority::{Authority, Identity};
use crate::backend::{Answer, WELCOME};
use crate::gateway::{Environment, Gateway, GatewayProcess, Setup};
use crate::process::{run, text};
use crate::visitor::Request;

const OPEN: &str = "[[sites.rules]]\npath = \"/open/**\"\nrequire = \"nothing\"\n";

/// The site of the tests, once it is there: what stands before it is started first.
type Site = Arc<OnceLock<SocketAddr>>;

/// Passes the bytes of one connection on to the site.
async fn passes_on<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, site: Site) {
    let site = *site.get().expect("the site is known");
    let mut onward = TcpStream::connect(site).await.expect("the site listens");
    let _ = copy_bidirectional(&mut stream, &mut onward).await;
}

/// TLS before the site; with an authority for clients, nobody else gets in.
async fn tls_before(site: &Site, identity: &Identity, clients: Option<&Authority>) -> SocketAddr {
    tls_with(site, identity.certificate.der().clone(), identity.key.serialize_der(), clients).await
}

async fn tls_with(
    site: &Site,
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
    clients: Option<&Authority>,
) -> SocketAddr {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(authority) => {
            let mut roots = rustls::RootCertStore::empty();
            roots.add(authority.0.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
            builder.with_client_cert_verifier(verifier)
        }
    };
    let key = PrivateKeyDer::try_from(key).unwrap();
    let config = builder.with_single_cert(vec![certificate], key).unwrap();
    let (acceptor, listener) = (TlsAcceptor::from(Arc::new(config)), TcpListener::bind("127.0.0.1:0").await.unwrap());
    let (address, site) = (listener.local_addr().unwrap(), Arc::clone(site));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, site) = (acceptor.clone(), Arc::clone(&site));
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    passes_on(stream, site).await;
                }
            });
        }
    });
    address
}

fn unix_before(site: &Site, folder: &TempDir) -> PathBuf {
    let path = folder.path().join("app.sock");
    let (listener, site) = (UnixListener::bind(&path).unwrap(), Arc::clone(site));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(passes_on(stream, Arc::clone(&site)));
        }
    });
    path
}

fn setup(upstream: String, lines: &str, files: Vec<(&'static str, String)>) -> Setup {
    Setup { upstream: Some(upstream), site: format!("{lines}\n{OPEN}"), files, ..Setup::default() }
}

fn known(site: &Site, environment: &Environment) {
    site.set(environment.backend.address).expect("it is set once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_with_a_certificate_of_its_own_authority_is_reached_by_name_and_nobody_else_is_taken_for_it() {
    let (authority, stranger, site) = (Authority::new("ours"), Authority::new("another"), Site::default());
    let address = tls_before(&site, &authority.signs("app.internal"), None).await;
    let files = vec![("ca.pem", authority.pem()), ("stranger.pem", stranger.pem())];
    let https = format!("https://127.0.0.1:{}", address.port());
    let name = "server_name = \"app.internal\"";
    let with = |tls: &str| setup(https.clone(), &format!("tls = {{ {tls} }}"), files.clone());
    let gateway = GatewayProcess::start(with(&format!("ca = \"DIR/ca.pem\", {name}"))).await;
    known(&site, &gateway);
    assert_eq!(gateway.visitor().get("/open/x").await.text(), WELCOME);

    for (what, tls, why) in [
        ("another authority", format!("ca = \"DIR/stranger.pem\", {name}"), "UnknownIssuer"),
        ("the public authorities", name.to_owned(), "UnknownIssuer"),
        (
            "another name",
            "ca = \"DIR/ca.pem\", server_name = \"other.internal\"".to_owned(),
            "certificate not valid for name",
        ),
    ] {
        let gateway = GatewayProcess::start(with(&tls)).await;
        let answer = gateway.visitor().get("/open/x").await;
        assert_eq!(answer.status, 502, "{what}: {answer:?}");
        assert!(!answer.text().contains(&address.port().to_string()), "{what}: internals stay in the log");
        let log = gateway.log().await;
        let line = log.lines().find(|line| line.contains("cannot be reached")).expect("a line");
        assert!(line.contains(&format!("{https}: ")) && line.contains(why), "{what}: {line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_self_signed_certificate_that_is_marked_as_an_authority_is_taken_where_it_is_named() {
    let (appliance, other, site) = (Authority::new("appliance"), Authority::new("appliance"), Site::default());
    let Authority(issuer) = &appliance;
    let address = tls_with(&site, issuer.der().clone(), issuer.key().serialize_der(), None).await;
    let https = format!("https://127.0.0.1:{}", address.port());
    let with = |pem: String| setup(https.clone(), "tls = { ca = \"DIR/ca.pem\" }", vec![("ca.pem", pem)]);
    let gateway = Gateway::with(with(appliance.pem())).await;
    known(&site, &gateway);
    assert_eq!(gateway.visitor().get("/open/x").await.text(), WELCOME);
    let gateway = Gateway::with(with(other.pem())).await;
    assert_eq!(gateway.visitor().get("/open/x").await.status, 502, "another one of the same name");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_insecure_site_is_reached_whatever_it_shows_and_every_start_says_so() {
    let site = Site::default();
    let address = tls_before(&site, &Authority::new("whoever").signs("whoever"), None).await;
    let https = format!("https://127.0.0.1:{}", address.port());
    let mut gateway = GatewayProcess::start(setup(https, "tls = { insecure = true }", Vec::new())).await;
    known(&site, &gateway);
    let warning = "sites[0].tls.insecure (";
    for _ in 0..2 {
        assert_eq!(gateway.visitor().get("/open/x").await.text(), WELCOME);
        let log = gateway.log().await;
        let line = log.lines().find(|line| line.contains(warning)).expect("a warning");
        assert!(line.contains("WARN") && line.contains("is not verified"), "{line}");
        gateway.crash().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_asks_for_a_client_certificate_gets_ours() {
    let (authority, site) = (Authority::new("ours"), Site::default());
    let address = tls_before(&site, &authority.signs("localhost"), Some(&authority)).await;
    let ours = authority.signs("portcullis");
    let files = vec![
        ("ca.pem", authority.pem()),
        ("client.pem", ours.certificate.pem()),
        ("client.key", ours.key.serialize_pem()),
    ];
    let https = format!("https://localhost:{}", address.port());
    let client = "certificate = \"DIR/client.pem\", key = \"DIR/client.key\"";
    let tls = format!("tls = {{ ca = \"DIR/ca.pem\", {client} }}");
    let gateway = Gateway::with(setup(https.clone(), &tls, files.clone())).await;
    known(&site, &gateway);
    assert_eq!(gateway.visitor().get("/open/x").await.text(), WELCOME);
    let without = Gateway::with(setup(https, "tls = { ca = \"DIR/ca.pem\" }", files)).await;
    assert_eq!(without.visitor().get("/open/x").await.status, 502);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_behind_a_unix_socket_answers_requests_and_opens_sockets() {
    let (site, folder) = (Site::default(), TempDir::new().unwrap());
    let path = unix_before(&site, &folder);
    let gateway = Gateway::with(setup(format!("unix:{}", path.display()), "", Vec::new())).await;
    known(&site, &gateway);
    for _ in 0..3 {
        assert_eq!(gateway.visitor().get("/open/x").await.text(), WELCOME);
    }
    assert_eq!(gateway.backend.last().await.headers_named("host"), [gateway.visitor().host().as_str()]);
    gateway.backend.answers(Answer::WebSocketEcho);
    let mut wire = gateway.visitor().connect().await;
    let handshake = Request::get("/open/ws")
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    wire.send(gateway.visitor().bytes(&handshake)).await;
    assert_eq!(wire.answer("GET").await.expect("an answer").status, 101);

    let nobody = format!("unix:{}", folder.path().join("nobody.sock").display());
    let gateway = Gateway::with(setup(nobody, "", Vec::new())).await;
    assert_eq!(gateway.visitor().get("/open/x").await.status, 502);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_path_stands_before_every_path_and_rules_are_about_the_visitors() {
    let (site, folder) = (Site::default(), TempDir::new().unwrap());
    drop(folder);
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, site) = (listener.local_addr().unwrap(), Arc::clone(&site));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(passes_on(stream, Arc::clone(&site)));
            }
        });
        address
    };
    let gateway = Gateway::with(setup(format!("http://{address}/app/v1/"), "", Vec::new())).await;
    known(&site, &gateway);
    for (asked, reached) in [("/open/x?y=%20", "/app/v1/open/x?y=%20"), ("/open/", "/app/v1/open/")] {
        assert_eq!(gateway.visitor().get(asked).await.status, 200, "{asked}");
        assert_eq!(gateway.backend.last().await.request_line(), format!("GET {reached} HTTP/1.1"));
    }
    let before = gateway.backend.count();
    for asked in ["/open/../../admin", "/open/%2e%2e/%2e%2e/admin", "/open/..%2f..%2fadmin", "//open"] {
        let answer = gateway.visitor().get(asked).await;
        assert_eq!(answer.status, 400, "{asked}: {answer:?}");
    }
    assert_eq!(gateway.backend.count(), before, "no path leaves the one before it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_gets_the_visitors_host_that_of_its_address_or_one_of_its_own() {
    for (line, expected) in [
        ("", None),
        ("upstream_host = \"upstream\"", Some("SITE")),
        ("upstream_host = \"app.internal:81\"", Some("app.internal:81")),
    ] {
        let gateway = Gateway::with(Setup { site: format!("{line}\n{OPEN}"), ..Setup::default() }).await;
        let visitor = gateway.visitor();
        assert_eq!(visitor.clone().get("/open/x").await.status, 200);
        let seen = gateway.backend.last().await;
        let site = gateway.backend.address.to_string();
        let host = expected.map_or(visitor.host(), |expected| expected.replace("SITE", &site));
        assert_eq!(seen.headers_named("host"), [host.as_str()], "{line}");
        assert_eq!(
            seen.headers_named("x-forwarded-host"),
            [visitor.host().as_str()],
            "{line}: the visitor's stays there"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_work_is_said_before_the_start() {
    let (authority, other) = (Authority::new("ours"), Authority::new("another"));
    let (ours, theirs) = (authority.signs("ours"), other.signs("theirs"));
    let gateway = Gateway::with(Setup {
        files: vec![
            ("empty.pem", "nothing\n".to_owned()),
            ("client.pem", ours.certificate.pem()),
            ("client.key", ours.key.serialize_pem()),
            ("foreign.key", theirs.key.serialize_pem()),
            ("open.key", ours.key.serialize_pem()),
        ],
        ..Setup::default()
    })
    .await;
    crate::gateway::set_mode(&gateway.path("open.key"), 0o644);
    let config = gateway.config();
    for (lines, said) in [
        ("tls = { ca = \"DIR/empty.pem\" }", "sites[0].tls.ca ("),
        ("tls = { ca = \"DIR/missing.pem\" }", "missing.pem: No such file"),
        (
            "tls = { certificate = \"DIR/client.pem\" }",
            "sites[0].tls.key (not set): missing; write the private key of `certificate`",
        ),
        (
            "tls = { certificate = \"DIR/client.pem\", key = \"DIR/foreign.key\" }",
            "the key does not belong to the certificate",
        ),
        ("tls = { certificate = \"DIR/client.pem\", key = \"DIR/open.key\" }", "sites[0].tls.key ("),
        ("tls = { server_name = \"not a name\" }", "`not a name` is not a host name"),
        ("tls = { insecure = true }", "sites[0].tls ("),
        ("upstream_host = \"Keep\"", "`Keep` is not `keep`, `upstream` or a host; write `keep`"),
        ("upstream = [\"http://127.0.0.1:1/app?x\"]", "a URL with a query"),
        ("upstream_host = \"http://x\"", "`http://x` is not `keep`, `upstream` or a host"),
        (
            "ambiguous_paths = \"pass\"\nupstream = [\"http://127.0.0.1:1/app\"]",
            "`pass` together with an upstream with a path",
        ),
        ("upstream = [\"http://127.0.0.1:1/a\", \"http://127.0.0.1:2/b\"]", "addresses with different paths"),
        ("upstream = [\"http://127.0.0.1:1/a/../b\"]", "a URL with an ambiguous path"),
        ("upstream = [\"unix:app.sock\"]", "a socket without an absolute path"),
    ] {
        let lines = lines.replace("DIR", &gateway.dir().display().to_string());
        let scheme = if lines.contains("tls =") && !lines.contains("insecure") { "https" } else { "http" };
        let site = format!("[[sites]]\nupstream = [\"{scheme}://{}\"]\n", gateway.backend.address);
        let changed = match lines.split_once("upstream = ") {
            Some((before, upstream)) => format!("[[sites]]\n{before}upstream = {upstream}\n"),
            None => format!("{site}{lines}\n"),
        };
        let (head, _) = config.split_once("[[sites]]").expect("a site");
        let file = gateway.path("changed.toml");
        std::fs::write(&file, format!("{head}{changed}")).unwrap();
        crate::gateway::only_for_us(&file);
        let output = run(&["config", "check", "--config", file.to_str().unwrap()], &[], "").await;
        let printed = text(&output);
        assert_eq!(output.status.code(), Some(78), "{lines}: {printed}");
        assert!(printed.contains(said), "{lines}: {printed}");
    }
}
