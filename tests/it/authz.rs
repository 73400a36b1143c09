//! The questions of other proxies, asked directly: what each style reads, what it is told, and who may ask at all. The
//! real proxies ask in `fronts`.

use std::time::Duration;

use crate::gateway::{Gateway, GatewayProcess, Setup};
use crate::proxies::{on_a_socket, over_the_socket};
use crate::response::Response;
use crate::store_gone::{does, intruder, pass};
use crate::visitor::{Request, Visitor};
use crate::wire::Wire;

const FORWARD: &str = "/portcullis/authz/forward-auth";
const AUTH_REQUEST: &str = "/portcullis/authz/auth-request";
const EXT: &str = "/portcullis/authz/ext-authz";
const IDENTITY: [&str; 5] = ["Remote-User", "Remote-Name", "Remote-Email", "Remote-Groups", "X-Portcullis-Assertion"];

fn trusting() -> Setup {
    Setup { server: "trusted_proxies = [\"127.0.0.1\"]".to_owned(), ..Setup::default() }
}

/// A proxy that asks about one request for `http://app.localhost`.
#[derive(Clone, Copy)]
enum Proxy {
    Forward,
    AuthRequest,
    Ext,
}

const PROXIES: [Proxy; 3] = [Proxy::Forward, Proxy::AuthRequest, Proxy::Ext];

impl Proxy {
    fn asks(self, method: &str, target: &str) -> Request {
        match self {
            Self::Forward => Request::get(FORWARD)
                .header("X-Forwarded-Method", method)
                .header("X-Forwarded-Proto", "http")
                .header("X-Forwarded-Host", "app.localhost")
                .header("X-Forwarded-Uri", target),
            Self::AuthRequest => Request::get(AUTH_REQUEST)
                .header("X-Original-Method", method)
                .header("X-Original-URL", &format!("http://app.localhost{target}")),
            Self::Ext => Request::new(method, &format!("{EXT}{target}"))
                .header("Host", "app.localhost")
                .header("Content-Length", "0")
                .header("X-Forwarded-Proto", "http"),
        }
    }
}

/// A visitor whose session is for `app.localhost`.
async fn ada_at_the_app(gateway: &Gateway) -> Visitor {
    let mut visitor = gateway.visitor();
    visitor.host = Some("app.localhost".to_owned());
    crate::gateway::all_the_way(visitor, &gateway.sandbox, &gateway.account).await
}

fn asking(visitor: &Visitor) -> Visitor {
    let mut proxy = visitor.clone();
    proxy.host = Some("gate.internal".to_owned());
    proxy
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_session_is_exactly_200_with_every_identity_field_and_nothing_to_keep() {
    let gateway = Gateway::with(trusting()).await;
    let mut visitor = asking(&ada_at_the_app(&gateway).await);
    let before = gateway.backend.count();
    for proxy in PROXIES {
        for method in ["GET", "POST", "PROPFIND"] {
            let answer = visitor.send(proxy.asks(method, "/deep?x=%20&y=//").header("Remote-User", "eve")).await;
            assert_eq!((answer.status, answer.body.len()), (200, 0), "{answer:?}");
            assert_eq!(answer.header("remote-user"), Some("ada"));
            assert_eq!(answer.header("remote-email"), Some("ada@example.com"));
            for name in IDENTITY {
                assert_eq!(answer.headers_named(name).len(), 1, "{name}: {answer:?}");
            }
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert!(answer.set_cookies().is_empty() && answer.head.len() < 512, "{answer:?}");
        }
    }
    assert_eq!(gateway.backend.count(), before, "a question is never forwarded");
}

/// The proxies put these in the place of what the visitor sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_yes_gives_back_what_the_site_may_see_of_cookies_and_authorization() {
    let gateway = Gateway::with(trusting()).await;
    let mut visitor = asking(&ada_at_the_app(&gateway).await);
    let session = format!("portcullis={}", visitor.jar["portcullis"]);
    let mut told = async |proxy: Proxy, cookies: &str, authorization: &str| {
        let request = proxy.asks("GET", "/").header("Cookie", cookies).header("Authorization", authorization);
        let answer = visitor.send(request).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let named = |name| answer.headers_named(name).join(", ");
        ["cookie", "authorization", "x-envoy-auth-headers-to-remove"].map(named)
    };
    let cookies = format!("a=1; {session}; b=2");
    // nginx limits the head of an answer: no cookies. Envoy leaves what it is not told to take away.
    for (proxy, kept, removed) in [
        (Proxy::Forward, "a=1; b=2", ""),
        (Proxy::AuthRequest, "", ""),
        (Proxy::Ext, "a=1; b=2", "authorization, cookie"),
    ] {
        assert_eq!(told(proxy, &cookies, "Bearer of-the-app").await, [kept, "Bearer of-the-app", ""]);
        assert_eq!(told(proxy, &session, "Bearer portcullis_broken").await, ["", "", removed]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_without_a_session_is_sent_to_the_sign_in_and_back_to_the_very_address() {
    let gateway = Gateway::with(trusting()).await;
    let mut stranger = asking(&gateway.visitor());
    for (method, status) in [("GET", 302), ("HEAD", 302), ("OPTIONS", 302), ("POST", 303), ("DELETE", 303)] {
        for proxy in PROXIES {
            let answer = stranger.send(proxy.asks(method, "/a%2Cb?q=%20&z=1")).await;
            // A form leads back to the page that it is on, by a page that says so.
            let wanted = if matches!(method, "POST" | "DELETE") {
                "http%3A//app.localhost/portcullis/unsent%3Frd%3D/%26to%3D/a%25252Cb%253Fq%253D%252520%2526z%253D1"
            } else {
                "http%3A//app.localhost/a%252Cb%3Fq%3D%2520%26z%3D1"
            };
            let location = format!("http://app.localhost/portcullis/login?rd={wanted}&rm={method}");
            assert_eq!(answer.location(), location, "{answer:?}");
            let expected = if matches!(proxy, Proxy::AuthRequest) { 401 } else { status };
            assert_eq!(answer.status, expected, "{answer:?}");
            assert!(answer.set_cookies().is_empty(), "{answer:?}");
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_gets_401_without_a_redirect() {
    let gateway = Gateway::with(trusting()).await;
    let mut stranger = asking(&gateway.visitor());
    for proxy in PROXIES {
        for (name, value) in [
            ("Accept", "application/json"),
            ("X-Requested-With", "XMLHttpRequest"),
            ("Sec-Fetch-Mode", "cors"),
            ("Upgrade", "websocket"),
        ] {
            let answer = stranger.send(proxy.asks("GET", "/").header(name, value).bare()).await;
            assert_eq!(answer.status, 401, "{name}: {answer:?}");
            assert!(answer.header("location").is_none() && answer.header("www-authenticate").is_some(), "{answer:?}");
            let sign_in = answer.json()["login"].as_str().unwrap().to_owned();
            assert!(sign_in.starts_with("http://app.localhost/portcullis/login"), "{sign_in}");
        }
    }
}

/// nginx keeps neither page nor status of a refusal, so it asks again for what the visitor is told. What it is told
/// then goes to the visitor as it is.
#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_gets_the_page_of_a_refusal_for_the_visitor_and_never_a_yes() {
    let rules = "[[sites.rules]]\npath = \"/closed/**\"\nrequire = \"deny\"\n";
    let gateway = Gateway::with(Setup { site: rules.to_owned(), ..trusting() }).await;
    let asks = |target: &str| {
        Request::get("/portcullis/authz/refusal")
            .header("X-Original-Method", "GET")
            .header("X-Original-URL", &format!("http://app.localhost{target}"))
    };
    let mut visitor = asking(&ada_at_the_app(&gateway).await);
    for (target, status) in [("/closed/zqx", 403), ("/a/%2e%2e/closed/zqx", 400), ("/portcullis/zqx", 400)] {
        let answer = visitor.send(asks(target)).await;
        assert_eq!(answer.status, status, "{target}: {answer:?}");
        assert!(answer.words().contains("Reference"), "{target}: {answer:?}");
        let page = answer.text();
        let elsewhere = page.split('"').filter(|piece| piece.contains("zqx") && !piece.starts_with("/portcullis/"));
        assert_eq!(elsewhere.count(), 0, "only where a link leads back to, percent-encoded: {page}");
        assert!(!page.contains("/zqx"), "{page}");
        let program = visitor.send(asks(target).bare().header("Accept", "application/json")).await;
        assert_eq!((program.status, program.header("content-type")), (status, Some("application/json")), "{program:?}");
    }
    let answer = visitor.send(asks("/open")).await;
    assert_eq!(answer.status, 503, "a yes is for the proxy alone: {answer:?}");
    for name in IDENTITY {
        assert!(answer.headers_named(name).is_empty(), "{name}: {answer:?}");
    }
    visitor.jar.clear();
    let answer = visitor.send(asks("/open?x=1")).await;
    assert_eq!(answer.status, 302, "{answer:?}");
    assert!(answer.location().starts_with("http://app.localhost/portcullis/login?"), "{answer:?}");
    // Whoever is no trusted proxy learns nothing here.
    let gateway = Gateway::start().await;
    let answer = gateway.visitor().send(asks("/closed/x")).await;
    assert_eq!(answer.status, 403, "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_a_trusted_proxy_is_answered() {
    for setup in [
        Setup::default(),
        Setup { server: "trusted_proxies = [\"192.0.2.1\", \"unix\"]".to_owned(), ..Setup::default() },
    ] {
        let gateway = Gateway::with(setup).await;
        let mut visitor = asking(&ada_at_the_app(&gateway).await);
        for proxy in PROXIES {
            let answer = visitor.send(proxy.asks("GET", "/").header("X-Forwarded-For", "192.0.2.1")).await;
            assert_eq!(answer.status, 403, "{answer:?}");
            assert!(answer.header("remote-user").is_none() && answer.header("location").is_none(), "{answer:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_is_malformed_or_about_no_site_of_ours_is_400_and_never_a_pass() {
    let setup = Setup { site: "host = \"app.localhost\"".to_owned(), ..trusting() };
    let gateway = Gateway::with(setup).await;
    let mut visitor = asking(&ada_at_the_app(&gateway).await);
    let without = |proxy: Proxy, name: &str| {
        let mut request = proxy.asks("GET", "/");
        request.headers.retain(|(written, _)| written != name);
        request
    };
    let with = |proxy: Proxy, name: &str, value: &str| without(proxy, name).header(name, value);
    let mut cases = Vec::new();
    for name in ["X-Forwarded-Method", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Uri"] {
        cases.push(without(Proxy::Forward, name));
        cases.push(with(Proxy::Forward, name, ""));
        let asked = Proxy::Forward.asks("GET", "/");
        let (_, value) = asked.headers.iter().find(|(written, _)| written == name).unwrap().clone();
        cases.push(asked.header(name, &value));
    }
    for name in ["X-Original-Method", "X-Original-URL"] {
        cases.push(without(Proxy::AuthRequest, name));
        cases.push(Proxy::AuthRequest.asks("GET", "/").header(name, "GET"));
    }
    cases.push(without(Proxy::Ext, "X-Forwarded-Proto"));
    for host in ["evil.localhost", "app.localhost, evil.localhost", "a@app.localhost", "app.localhost:x"] {
        cases.push(with(Proxy::Forward, "X-Forwarded-Host", host));
        cases.push(with(Proxy::AuthRequest, "X-Original-URL", &format!("http://{host}/")));
        cases.push(with(Proxy::Ext, "Host", host));
    }
    for target in ["admin", "/a#b", "/a b", "http://app.localhost/", "*", "/../x", "//x", "/a%2fb", "/a\\b", "/%00"] {
        cases.push(with(Proxy::Forward, "X-Forwarded-Uri", target));
        cases.push(with(Proxy::AuthRequest, "X-Original-URL", &format!("http://app.localhost{target}")));
    }
    for method in ["get", "TRACE", "CONNECT", "G ET"] {
        cases.push(with(Proxy::Forward, "X-Forwarded-Method", method));
    }
    cases.push(with(Proxy::Forward, "X-Forwarded-Proto", "https, http"));
    cases.push(with(Proxy::Forward, "X-Forwarded-For", "nonsense"));
    for proxy in PROXIES {
        for (name, value) in [
            ("Remote_User", "eve"),
            ("remote.groups", "admins"),
            ("X_Portcullis_Assertion", "x"),
            ("X-Rewrite-URL", "/public"),
            ("X_Original_URL", "http://app.localhost/public"),
        ] {
            cases.push(proxy.asks("GET", "/admin").header(name, value));
        }
        cases.push(proxy.asks("GET", "/portcullis/login"));
        cases.push(proxy.asks("GET", "/portcullis"));
    }
    cases.push(Proxy::AuthRequest.asks("GET", "/admin").header("X-Forwarded-Uri", "/public"));
    // What nginx chose the site by, beside a URL that was made of `Host`.
    cases.push(Proxy::AuthRequest.asks("GET", "/admin").header("X-Forwarded-Host", "blog.localhost"));
    cases.push(Proxy::Forward.asks("GET", "/admin").header("X-Original-URL", "http://app.localhost/public"));
    for case in cases {
        let answer = visitor.send(case.clone()).await;
        assert_eq!(answer.status, 400, "{case:?}: {answer:?}");
        assert!(answer.header("remote-user").is_none(), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_else_the_question_bears_changes_nothing() {
    let gateway = Gateway::with(trusting()).await;
    let mut visitor = asking(&ada_at_the_app(&gateway).await);
    for proxy in PROXIES {
        let request = proxy
            .asks("GET", "/")
            .header("Range", "bytes=0-1")
            .header("If-None-Match", "*")
            .header("If-Modified-Since", "Sun, 06 Nov 2094 08:49:37 GMT")
            .header("Accept-Encoding", "gzip")
            .header("Authorization", "Bearer of-the-app")
            .header("Expect", "100-continue");
        let answer = visitor.send(request).await;
        assert_eq!((answer.status, answer.body.len()), (200, 0), "{answer:?}");
    }
    let request = Proxy::Forward.asks("GET", "/");
    let asked = Request { target: format!("{FORWARD}?rd=http://evil.example/&x=1"), ..request };
    assert_eq!(visitor.send(asked).await.status, 200, "Caddy appends the visitor's query to the question");
}

/// nginx announces the length of a body that it does not send, unless told otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_whose_body_never_comes_is_answered_at_once() {
    let gateway = Gateway::with(trusting()).await;
    let visitor = asking(&ada_at_the_app(&gateway).await);
    let request = Proxy::AuthRequest.asks("POST", "/").header("Content-Length", "7");
    let mut wire = Wire::open(gateway.address()).await;
    wire.send(visitor.bytes(&request)).await;
    assert_eq!(wire.answer("GET").await.expect("an answer").status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_asked_for_by_a_page_of_another_site_is_refused_with_a_session() {
    let gateway = Gateway::with(trusting()).await;
    let mut visitor = asking(&ada_at_the_app(&gateway).await);
    for proxy in PROXIES {
        let handshake = |origin: &str| {
            let key = "dGhlIHNhbXBsZSBub25jZQ==";
            proxy.asks("GET", "/socket").header("Sec-WebSocket-Key", key).header("Origin", origin).bare()
        };
        assert_eq!(visitor.send(handshake("http://app.localhost")).await.status, 200);
        assert_eq!(visitor.send(handshake("http://evil.localhost")).await.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_counts_for_its_own_host_and_until_log_out() {
    let gateway = Gateway::with(trusting()).await;
    let mut here = ada_at_the_app(&gateway).await;
    let mut visitor = asking(&here);
    let other = Proxy::Forward.asks("GET", "/");
    let mut other = Request { headers: other.headers.clone(), ..other };
    for (name, value) in &mut other.headers {
        if name == "X-Forwarded-Host" {
            "other.localhost".clone_into(value);
        }
    }
    let elsewhere: Response = visitor.send(other).await;
    assert_eq!(elsewhere.status, 302, "another host of the same site: {elsewhere:?}");
    for proxy in PROXIES {
        assert_eq!(visitor.send(proxy.asks("GET", "/")).await.status, 200);
    }
    here.log_out().await;
    for proxy in PROXIES {
        let status = if matches!(proxy, Proxy::AuthRequest) { 401 } else { 302 };
        assert_eq!(visitor.send(proxy.asks("GET", "/")).await.status, status, "a copied cookie after log-out");
    }
}

#[tokio::test]
async fn when_a_log_out_could_have_been_missed_the_answer_is_503() {
    let gateway = Gateway::with(trusting()).await;
    let visitor = asking(&ada_at_the_app(&gateway).await);
    let mut other = intruder(&gateway.path("portcullis.db")).await;
    does(&mut other, "ALTER TABLE feed RENAME TO gone").await;
    pass(Duration::from_secs(31)).await;
    for proxy in PROXIES {
        let answer = visitor.clone().send(proxy.asks("GET", "/")).await;
        assert_eq!(answer.status, 503, "{answer:?}");
        assert!(answer.header("remote-user").is_none(), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_refused_question_tells_the_operator_the_line_to_write() {
    let setup = Setup { server: "trusted_proxies = [\"10.0.0.0/8\"]".to_owned(), ..Setup::default() };
    let mut gateway = GatewayProcess::start(setup).await;
    for _ in 0..2 {
        assert_eq!(gateway.visitor().send(Proxy::Forward.asks("GET", "/")).await.status, 403);
    }
    let line = gateway.process.line_with("is no trusted proxy").await;
    assert!(line.contains("server.trusted_proxies = [\"10.0.0.0/8\", \"127.0.0.1\"]"), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_on_the_unix_socket_is_answered_where_the_configuration_says_unix() {
    for (who, status) in [("\"unix\"", 200), ("\"127.0.0.1\"", 403)] {
        let setup = Setup { server: format!("trusted_proxies = [{who}]"), ..Setup::default() };
        let gateway = on_a_socket(setup).await;
        let visitor = asking(&ada_at_the_app(&gateway).await);
        for proxy in PROXIES {
            let answer = over_the_socket(&gateway, &visitor, proxy.asks("GET", "/")).await;
            assert_eq!(answer.status, status, "{who}: {answer:?}");
        }
    }
}
