//! `portcullis doctor` on the gateway itself, and on fronts before it that are broken in one place each.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::broken_front::{
    Case, Fault, SOUND, Turn, answers, answers_of_ours, asks, claims, doors, field, front, passed_on, target, ways,
};
use crate::gateway::{Gateway, Setup, all_the_way, only_for_us};
use crate::process::{run, text};
use crate::visitor::{SESSION_COOKIE, Visitor};
use crate::wire::TlsClient;

/// What the command found: its exit status, what is wrong with its mend, and what is right.
struct Found {
    status: Option<i32>,
    wrong: Vec<[String; 3]>,
    codes: Vec<String>,
    right: BTreeSet<String>,
    proxy: String,
    text: String,
}

async fn doctor(arguments: &[&str]) -> Found {
    let output = run(&[&["doctor", "--json"], arguments].concat(), &[], "").await;
    let text = text(&output);
    let report: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let word = |finding: &serde_json::Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().expect("findings");
    let with = |verdict: &'static str| findings.iter().filter(move |finding| finding["verdict"] == verdict);
    Found {
        status: output.status.code(),
        wrong: with("wrong").map(|finding| ["check", "seen", "fix"].map(|name| word(finding, name))).collect(),
        codes: with("wrong").map(|finding| word(finding, "code")).collect(),
        right: with("right").map(|finding| word(finding, "check")).collect(),
        proxy: word(&report, "proxy"),
        text,
    }
}

impl Found {
    fn names(&self) -> BTreeSet<&str> {
        self.wrong.iter().map(|[check, _, _]| check.as_str()).collect()
    }

    /// The codes, each once.
    fn codes(&self) -> BTreeSet<&str> {
        self.codes.iter().map(String::as_str).collect()
    }

    fn assert_right(&self, checks: &[&str]) {
        assert_eq!(self.status, Some(0), "{}", self.text);
        for check in checks {
            assert!(self.right.contains(*check), "{check}: {}", self.text);
        }
    }
}

/// Checks that a stranger's questions alone can answer.
const ALONE: [&str; 11] = [
    "portal",
    "decisions",
    "page",
    "program",
    "websocket",
    "cookies",
    "caching",
    "headers",
    "spoofed-identity",
    "spoofed-origin",
    "methods",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_itself_is_all_right() {
    let gateway = Gateway::start().await;
    for page in ["/", "/admin/users?page=2"] {
        let found = doctor(&["--url", &format!("http://{}{page}", gateway.address()), "--proxy", "none"]).await;
        found.assert_right(&ALONE);
        found.assert_right(&["paths"]);
        assert!(!found.right.contains("tls"), "plain http on this machine is not judged: {}", found.text);
    }
    assert_eq!(gateway.backend.count(), 0, "no question reached the site");
    let output = run(&["doctor", "--url", &format!("http://{}", gateway.address())], &[], "").await;
    let text = text(&output);
    assert!(output.status.success() && text.contains("right        page ") && text.contains(" 0 wrong, "), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_below_localhost_is_this_machine_and_is_not_looked_up() {
    let gateway = Gateway::start().await;
    let port = gateway.address().port();
    for name in ["app.localhost", "localhost", "no.resolver.knows.localhost."] {
        let found = doctor(&["--url", &format!("http://{name}:{port}/"), "--proxy", "none"]).await;
        found.assert_right(&ALONE);
    }
}

/// A certificate for `app.localhost`, and its files among those of the setup.
fn certificate(setup: &mut Setup) -> (rcgen::CertifiedKey<rcgen::KeyPair>, TlsAcceptor) {
    let made = rcgen::generate_simple_self_signed(["app.localhost".to_owned()]).unwrap();
    setup.files.push(("root.pem", made.cert.pem()));
    setup.files.push(("root.key", made.signing_key.serialize_pem()));
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    (made, TlsAcceptor::from(Arc::new(config)))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_with_a_certificate_is_all_right_and_the_session_is_not_shown() {
    let mut setup = Setup::default();
    let (made, _) = certificate(&mut setup);
    setup.server = "tls = [{ certificate = \"DIR/root.pem\", key = \"DIR/root.key\" }]".to_owned();
    let gateway = Gateway::with(setup).await;
    let port = gateway.address().port();
    let url = format!("https://app.localhost:{port}/a?b=c");
    let (place, root) = (gateway.address().to_string(), gateway.path("root.pem").display().to_string());
    let found = doctor(&["--url", &url, "--resolve", &place, "--root-certificates", &root]).await;
    found.assert_right(&ALONE);
    found.assert_right(&["tls", "paths"]);

    let mut visitor = gateway.visitor();
    visitor.host = Some(format!("app.localhost:{port}"));
    visitor.tls = Some(TlsClient::new(&[made.cert.der().clone()], &["http/1.1"]));
    let visitor = all_the_way(visitor, &gateway.sandbox, &gateway.account).await;
    let session = visitor.jar["__Host-portcullis"].clone();
    let echo = "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\nRemote-User: ada";
    gateway.backend.answers_bytes(echo);
    let file = cookie_file(&gateway, &session);
    let with_session = ["--cookie-file", &file, "--echo", "/headers", "--root-certificates", &root];
    let found = doctor(&[&["--url", &url, "--resolve", &place], &with_session[..]].concat()).await;
    found.assert_right(&["identity", "tls"]);
    assert!(!found.text.contains(&session), "{}", found.text);

    let before = gateway.backend.count();
    let found = doctor(&["--url", &url, "--resolve", &place, "--cookie-file", &file, "--echo", "/headers"]).await;
    assert_eq!((found.status, found.names()), (Some(1), BTreeSet::from(["tls"])), "{}", found.text);
    assert!(found.wrong[0][1].contains("is not valid"), "{:?}", found.wrong);
    assert_eq!(gateway.backend.count(), before, "the session is not sent to whom no certificate vouches for");
}

fn cookie_file(gateway: &Gateway, session: &str) -> String {
    let file = gateway.path("session.txt");
    std::fs::write(&file, format!("{session}\n")).unwrap();
    only_for_us(&file);
    file.display().to_string()
}

fn trusting() -> Setup {
    Setup { server: "trusted_proxies = [\"127.0.0.1\"]".to_owned(), ..Setup::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_broken_front_is_told_what_is_wrong_and_the_lines_that_mend_it() {
    let gateway = Gateway::with(trusting()).await;
    let sound = front(gateway.address(), None, SOUND).await;
    let found = doctor(&["--url", &format!("http://{sound}/a")]).await;
    found.assert_right(&ALONE);
    for (what, fault, codes, fix) in doors().into_iter().chain(ways()).chain(claims()).chain(answers_of_ours()) {
        let address = front(gateway.address(), None, fault).await;
        let found = doctor(&["--url", &format!("http://{address}/a"), "--proxy", "nginx"]).await;
        let expected: BTreeSet<&str> = codes.iter().copied().collect();
        assert_eq!((found.status, found.codes()), (Some(1), expected), "{what}: {}", found.text);
        assert!(found.wrong.iter().any(|[_, _, lines]| lines.contains(fix)), "{what}: {:?}", found.wrong);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_front_with_https_that_does_not_say_so_or_takes_secure_away_is_found() {
    let mut setup = trusting();
    let (_, tls) = certificate(&mut setup);
    let gateway = Gateway::with(setup).await;
    let root = gateway.path("root.pem").display().to_string();
    let cases: [Case; 4] = [
        (
            "leaves out that there is https alone",
            answers(|_, answer| {
                answer
                    .replace("Strict-Transport-Security", "X-Nothing")
                    .replace("strict-transport-security", "x-nothing")
            }),
            &["PD506"],
            "add_header Strict-Transport-Security \"max-age=63072000\" always;",
        ),
        (
            "takes Secure away",
            answers(|_, answer| answer.replace("; Secure", "")),
            &["PD502"],
            "proxy_cookie_flags off;",
        ),
        (
            "says http",
            asks(|head| Turn::Pass(format!("{}X-Forwarded-Proto: http\r\n", passed_on(head)))),
            &["PD502"],
            "proxy_set_header X-Forwarded-Proto $scheme;",
        ),
        (
            "leads to http",
            answers(|head, answer| {
                answer.replace("\r\nlocation: /", &format!("\r\nlocation: http://{}/", field(head, "Host")))
            }),
            &["PD304"],
            "proxy_set_header X-Forwarded-Proto $scheme;",
        ),
    ];
    let sound = ("is sound", SOUND, &[][..], "");
    for (what, fault, codes, fix) in [sound].into_iter().chain(cases) {
        let address = front(gateway.address(), Some(tls.clone()), fault).await;
        let url = format!("https://app.localhost:{}/a", address.port());
        let place = address.to_string();
        let found =
            doctor(&["--url", &url, "--resolve", &place, "--root-certificates", &root, "--proxy", "nginx"]).await;
        let expected: BTreeSet<&str> = codes.iter().copied().collect();
        let status = i32::from(!expected.is_empty());
        assert_eq!((found.status, found.codes()), (Some(status), expected), "{what}: {}", found.text);
        let told = found.wrong.iter().any(|[_, _, lines]| lines.contains(fix));
        assert_eq!(told, !codes.is_empty(), "{what}: {:?}", found.wrong);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_for_a_whole_domain_is_a_note_and_nothing_wrong() {
    let setup = Setup {
        session: "cookie_domain = \"b.localhost\"".to_owned(),
        site: "host = \"app.b.localhost\"".to_owned(),
        ..Setup::default()
    };
    let gateway = Gateway::with(setup).await;
    let place = gateway.address().to_string();
    let found = doctor(&["--url", "http://app.b.localhost/", "--resolve", &place, "--proxy", "none"]).await;
    found.assert_right(&["cookies", "page"]);
    let report: serde_json::Value = serde_json::from_str(&found.text).unwrap();
    let notes: Vec<_> =
        report["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "note").collect();
    assert_eq!(notes.len(), 1, "{}", found.text);
    assert_eq!((&notes[0]["code"], &notes[0]["check"]), (&"PD507".into(), &"cookies".into()));
    assert!(notes[0]["fix"].as_str().is_some_and(|fix| fix.contains("`session.cookie_domain`")), "{notes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_hears_strangers_or_hears_nothing_is_found() {
    let gateway = Gateway::with(trusting()).await;
    let echoes: [(Fault, &str, &[&str]); 3] = [
        (
            asks(|head| echo(head, &format!("Remote-User: ada\n{head}"))),
            "sees the stranger's value",
            &["client-address", "identity"],
        ),
        (asks(|head| echo(head, "nothing")), "gets no Remote-User", &["identity"]),
        (asks(|head| echo(head, "Remote-User: ada\nRemote_User: ada")), "2 times", &["identity"]),
    ];
    for (fault, said, checks) in echoes {
        let address = front(gateway.address(), None, fault).await;
        let mut visitor = Visitor::new(&gateway.listening);
        visitor.host = Some(address.to_string());
        let visitor =
            all_the_way(visitor, &gateway.sandbox, &gateway.add_account(&format!("a{}", address.port())).await).await;
        let session = &visitor.jar[SESSION_COOKIE];
        let file = cookie_file(&gateway, session);
        let url = format!("http://{address}/a");
        ASKED.store(0, Ordering::SeqCst);
        let found = doctor(&["--url", &url, "--cookie-file", &file, "--echo", "/echo", "--proxy", "envoy"]).await;
        let asked = ASKED.load(Ordering::SeqCst);
        assert!(asked <= 100, "a deployment does not feel it: {asked} questions");
        assert_eq!((found.status, found.names()), (Some(1), checks.iter().copied().collect()), "{}", found.text);
        assert!(
            found.wrong[0][1].contains(said) && found.wrong[0][2].contains("allowed_upstream_headers"),
            "{:?}",
            found.wrong
        );
        assert!(!found.text.contains(session.as_str()), "the session is not shown: {}", found.text);
    }
}

/// How many questions the fronts below were asked.
static ASKED: AtomicU32 = AtomicU32::new(0);

fn echo(head: &str, shown: &str) -> Turn {
    ASKED.fetch_add(1, Ordering::SeqCst);
    if target(head) != "/echo" {
        return Turn::Pass(passed_on(head));
    }
    Turn::Answer(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{shown}", shown.len()))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_is_guessed_and_its_lines_are_those_that_are_printed() {
    let gateway = Gateway::with(trusting()).await;
    let fault = answers(|_, answer| answer.replacen("\r\n", "\r\nServer: Caddy\r\n", 1).replace("; HttpOnly", ""));
    let address = front(gateway.address(), None, fault).await;
    let found = doctor(&["--url", &format!("http://{address}/a")]).await;
    assert_eq!((found.proxy.as_str(), found.names()), ("caddy", BTreeSet::from(["cookies"])), "{}", found.text);
    // ingress-nginx can only redirect everybody: what cannot be mended is not called wrong.
    let redirects = answers(|_, answer| {
        answer.replace("HTTP/1.1 401 Unauthorized", "HTTP/1.1 302 Found\r\nLocation: /portcullis/login")
    });
    let address = front(gateway.address(), None, redirects).await;
    let found = doctor(&["--url", &format!("http://{address}/a"), "--proxy", "ingress-nginx"]).await;
    assert_eq!((found.status, found.right.contains("program")), (Some(0), false), "{}", found.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_listens_and_with_wrong_arguments_the_exit_status_says_which() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let found = doctor(&["--url", &format!("http://{address}/")]).await;
    assert_eq!((found.status, found.names()), (Some(1), BTreeSet::from(["tls"])), "{}", found.text);
    assert!(found.wrong[0][1].contains("nobody listens"), "{:?}", found.wrong);
    let open = tempfile::NamedTempFile::new().unwrap();
    crate::gateway::set_mode(open.path(), 0o644);
    let open = open.path().display().to_string();
    let url = ["--url", "http://127.0.0.1:9/"];
    let cases: [&[&str]; 8] = [
        &[],
        &["--url", "ftp://app.example/"],
        &["--url", "https://ada:secret@app.example/"],
        &["--url", "app.example"],
        &[&url[..], &["--proxy", "squid"]].concat(),
        &[&url[..], &["--resolve", "nowhere"]].concat(),
        &[&url[..], &["--echo", "/x"]].concat(),
        &[&url[..], &["--cookie-file", &open]].concat(),
    ];
    for arguments in cases {
        let output = run(&[&["doctor"], arguments].concat(), &[], "").await;
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output));
    }
}
