//! Proxies before the gateway: their word counts where the configuration names them, and nobody's word counts without.
//! And the hosts that the gateway answers for.

use tokio::net::UnixStream;

use crate::backend::Seen;
use crate::gateway::{Gateway, Setup};
use crate::response::{Response, expect_redirect};
use crate::visitor::{LOGIN, Request, SESSION_COOKIE, VERIFY, Visitor, form};
use crate::wire::{Wire, within};

fn trusting(who: &str) -> Setup {
    Setup { server: format!("trusted_proxies = [{who}]"), ..Setup::default() }
}

fn one<'a>(seen: &'a Seen, name: &str) -> &'a str {
    let values = seen.headers_named(name);
    assert_eq!(values.len(), 1, "{name}: {}", seen.head);
    values[0]
}

/// A request as a proxy passes it on for `https://app.example`.
fn passed_on(request: Request) -> Request {
    let https = request.header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "app.example");
    if https.method == "GET" { https } else { https.header("Origin", "https://app.example") }
}

/// With the proxy's own address every visitor would come from a network that rules may trust.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_proxy_does_not_say_who_asks_the_visitor_is_in_no_network() {
    let site = "[[sites.rules]]\nnetworks = [\"127.0.0.0/8\"]\nrequire = \"nothing\"".to_owned();
    let gateway = Gateway::with(Setup { site, ..trusting("\"127.0.0.1\"") }).await;
    let mut visitor = gateway.visitor();
    assert_eq!(visitor.get("/").await.status, 302);
    let named = |address| Request::get("/").header("X-Forwarded-For", address);
    assert_eq!(visitor.send(named("203.0.113.7")).await.status, 302);
    assert_eq!(visitor.send(named("127.0.0.9")).await.status, 200);
    let mut ada = gateway.ada().await;
    assert_eq!(ada.get("/").await.status, 200);
    let seen = gateway.backend.last().await;
    assert!(seen.headers_named("x-forwarded-for").is_empty() && seen.headers_named("x-real-ip").is_empty());
    assert!(one(&seen, "forwarded").starts_with("for=unknown;"), "{}", seen.head);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_visitor_is_the_right_most_address_that_is_no_proxy() {
    let gateway = Gateway::with(trusting("\"127.0.0.1\", \"10.0.0.0/8\", \"2001:db8:1::/48\"")).await;
    let mut visitor = gateway.ada().await;
    let cases: [(&[&str], &str, &str); 8] = [
        (&["203.0.113.7"], "203.0.113.7", "203.0.113.7, 127.0.0.1"),
        (&["198.51.100.1, 203.0.113.7"], "203.0.113.7", "203.0.113.7, 127.0.0.1"),
        (&["198.51.100.1", "203.0.113.7"], "203.0.113.7", "203.0.113.7, 127.0.0.1"),
        (&["127.0.0.1, 203.0.113.7, 10.1.2.3"], "203.0.113.7", "203.0.113.7, 10.1.2.3, 127.0.0.1"),
        (&["198.51.100.1", "203.0.113.7,10.1.2.3"], "203.0.113.7", "203.0.113.7, 10.1.2.3, 127.0.0.1"),
        (&["nonsense, 203.0.113.7"], "203.0.113.7", "203.0.113.7, 127.0.0.1"),
        (&["2001:db8:2::9, 2001:db8:1::1"], "2001:db8:2::9", "2001:db8:2::9, 2001:db8:1::1, 127.0.0.1"),
        (&["203.0.113.7:4711"], "203.0.113.7", "203.0.113.7, 127.0.0.1"),
    ];
    for (lines, client, chain) in cases {
        let request = lines.iter().fold(Request::get("/"), |request, line| request.header("X-Forwarded-For", line));
        let answer = visitor.send(request).await;
        assert_eq!(answer.status, 200, "{lines:?}: {answer:?}");
        let seen = gateway.backend.last().await;
        assert_eq!((one(&seen, "x-real-ip"), one(&seen, "x-forwarded-for")), (client, chain), "{lines:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_counted_by_the_visitors_address_and_not_by_the_proxys() {
    let gateway = Gateway::with(trusting("\"127.0.0.1\"")).await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let form = form(&page, LOGIN);
    let attempt = async |number: u32, from: &str| {
        let typed = [("username", format!("nobody{number}")), ("password", "a wrong password".to_owned())];
        let typed: Vec<_> = typed.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let request = Request::post(LOGIN, &form.filled(&typed)).header("X-Forwarded-For", from);
        visitor.clone().send(request).await.status
    };
    for number in 0..25 {
        assert_eq!(attempt(number, &format!("203.0.113.{number}")).await, 422, "each from an address of its own");
    }
    let mut statuses = Vec::new();
    for number in 100..125 {
        // What the visitor wrote stands to the left and changes nothing.
        statuses.push(attempt(number, &format!("198.51.100.{number}, 203.0.113.200")).await);
    }
    assert_eq!(statuses, [vec![422; 20], vec![429; 5]].concat(), "one address is held back whatever it claims");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_proxy_that_contradict_each_other_are_refused() {
    let gateway = Gateway::with(trusting("\"127.0.0.1\"")).await;
    let mut visitor = gateway.ada().await;
    let before = gateway.backend.count();
    let cases: [&[(&str, &str)]; 12] = [
        &[("X-Forwarded-Proto", "https"), ("X-Forwarded-Proto", "http")],
        &[("X-Forwarded-Proto", "https, http")],
        &[("X-Forwarded-Proto", "gopher")],
        &[("X-Forwarded-Proto", "")],
        &[("X-Forwarded-Host", "app.example"), ("X-Forwarded-Host", "evil.example")],
        &[("X-Forwarded-Host", "app.example, evil.example")],
        &[("X-Forwarded-Host", "a@evil.example")],
        &[("X-Forwarded-For", "nonsense")],
        &[("X-Forwarded-For", "203.0.113.7, ")],
        &[("X-Forwarded-For", "203.0.113.7, unknown")],
        &[("X-Forwarded-Proto", "https"), ("Forwarded", "for=203.0.113.7;proto=http")],
        &[("X-Forwarded-Host", "app.example"), ("Forwarded", "for=203.0.113.7;host=evil.example")],
    ];
    for fields in cases {
        let request = fields.iter().fold(Request::get("/"), |request, (name, value)| request.header(name, value));
        let answer = visitor.send(request).await;
        assert_eq!(answer.status, 400, "{fields:?}: {answer:?}");
    }
    assert_eq!(gateway.backend.count(), before, "nothing of it reached the site");
}

/// Signs in behind a proxy that ends TLS; the answers of both forms.
async fn sign_in_behind(gateway: &Gateway, visitor: &mut Visitor) -> [Response; 2] {
    let page = visitor.send(passed_on(Request::get(LOGIN))).await;
    assert_eq!(page.status, 200, "{page:?}");
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
    let first = visitor.send(passed_on(Request::post(LOGIN, &form(&page, LOGIN).filled(&typed)))).await;
    expect_redirect(&first, VERIFY, "the right password");
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    let page = visitor.send(passed_on(Request::get(VERIFY))).await;
    let second = visitor.send(passed_on(Request::post(VERIFY, &form(&page, VERIFY).filled(&[("code", &code)])))).await;
    expect_redirect(&second, "/", "the right code");
    [first, second]
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_proxy_that_speaks_https_cookies_are_secure_and_bound_to_the_host() {
    let mut setup = trusting("\"127.0.0.1\"");
    setup.server.push_str("\nhsts = \"max-age=63072000\"");
    let gateway = Gateway::with(setup).await;
    let mut visitor = gateway.visitor();
    for answer in sign_in_behind(&gateway, &mut visitor).await {
        for cookie in answer.set_cookies() {
            assert!(cookie.name.starts_with("__Host-") && cookie.attribute("secure").is_some(), "{cookie:?}");
            assert_eq!((cookie.attribute("path"), cookie.attribute("domain")), (Some("/"), None), "{cookie:?}");
        }
    }
    let page = visitor.send(passed_on(Request::get("/portcullis/"))).await;
    assert_eq!(page.header("strict-transport-security"), Some("max-age=63072000"), "{page:?}");
    assert!(visitor.get(LOGIN).await.header("strict-transport-security").is_none(), "not over plain http");
    assert!(visitor.jar.contains_key("__Host-portcullis"), "{:?}", visitor.jar.keys());
    assert_eq!(visitor.send(passed_on(Request::get("/"))).await.status, 200);
    let seen = gateway.backend.last().await;
    assert_eq!((one(&seen, "x-forwarded-proto"), one(&seen, "x-forwarded-host")), ("https", "app.example"));
    let answer = visitor.clone().get("/").await;
    assert_eq!(answer.status, 302, "the cookie of https opens nothing on plain http: {answer:?}");
    visitor.jar.insert(SESSION_COOKIE.to_owned(), visitor.jar["__Host-portcullis"].clone());
    assert_eq!(visitor.get("/").await.status, 302, "nor under another name");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_trusted_proxies_nobodys_word_counts() {
    for setup in [Setup::default(), trusting("\"192.0.2.1\", \"unix\"")] {
        let gateway = Gateway::with(setup).await;
        let mut visitor = gateway.ada().await;
        let host = visitor.host();
        for request in [
            passed_on(Request::get("/")).header("X-Forwarded-For", "203.0.113.7").header("X-Real-IP", "203.0.113.7"),
            Request::get("/").header("Forwarded", "for=203.0.113.7;host=evil.example;proto=https"),
            Request::get("/").header("X-Forwarded-For", "nonsense").header("X-Forwarded-Proto", "https, http"),
        ] {
            let answer = visitor.send(request).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            let seen = gateway.backend.last().await;
            assert_eq!((one(&seen, "x-real-ip"), one(&seen, "x-forwarded-for")), ("127.0.0.1", "127.0.0.1"));
            assert_eq!((one(&seen, "x-forwarded-proto"), one(&seen, "x-forwarded-host")), ("http", host.as_str()));
        }
        let mut stranger = gateway.visitor();
        stranger.send(passed_on(Request::get(LOGIN))).await;
        assert!(stranger.jar.keys().all(|name| !name.starts_with("__")), "{:?}", stranger.jar.keys());
    }
}

/// A gateway that listens on a unix socket as well.
pub async fn on_a_socket(setup: Setup) -> Gateway {
    let mut gateway = Gateway::with(setup).await;
    let listen = format!("listen = [\"127.0.0.1:0\", \"unix:{}\"]", gateway.path("gate.sock").display());
    let written = gateway.config().replace("listen = [\"127.0.0.1:0\"]", &listen);
    std::fs::write(gateway.config_file(), written).unwrap();
    gateway.restart().await;
    gateway
}

pub async fn over_the_socket(gateway: &Gateway, visitor: &Visitor, request: Request) -> Response {
    let socket = within("connecting", UnixStream::connect(gateway.path("gate.sock"))).await.expect("a socket");
    let mut wire = Wire::over(socket);
    wire.send(visitor.bytes(&request)).await;
    wire.answer(&request.method).await.expect("an answer")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_on_the_unix_socket_is_believed_where_the_configuration_says_so() {
    for (who, believed) in [("\"unix\"", true), ("\"127.0.0.1\"", false)] {
        let gateway = on_a_socket(trusting(who)).await;
        let visitor = gateway.ada().await;
        let request = Request::get("/").header("X-Forwarded-For", "198.51.100.1, 203.0.113.7");
        let answer = over_the_socket(&gateway, &visitor, request).await;
        assert_eq!(answer.status, 200, "{who}: {answer:?}");
        let seen = gateway.backend.last().await;
        let named = seen.headers_named("x-real-ip");
        assert_eq!(named, if believed { vec!["203.0.113.7"] } else { Vec::new() }, "{who}");
        let page = over_the_socket(&gateway, &visitor, passed_on(Request::get(LOGIN))).await;
        let secure = page.set_cookies().iter().any(|cookie| cookie.name.starts_with("__Host-"));
        assert_eq!(secure, believed, "{who}: {page:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_is_known_in_every_spelling_of_its_one_name_and_no_other_is_answered() {
    let idn = "[[sites]]\nhost = \"b\u{fc}cher.localhost\"\nupstream = [\"http://127.0.0.1:9\"]\n\
               [[sites]]\nhost = \"*.many.localhost\"\nupstream = [\"http://127.0.0.1:9\"]";
    let site = "host = \"app.localhost\"".to_owned();
    let gateway = Gateway::with(Setup { site, more: idn.to_owned(), ..Setup::default() }).await;
    let asked = async |host: &str| {
        let mut visitor = gateway.visitor();
        visitor.host = Some(host.to_owned());
        visitor.send(Request::get("/").header("Accept", "application/json").bare()).await
    };
    for host in [
        "app.localhost",
        "APP.LocalHost",
        "app.localhost.",
        "app.localhost:8080",
        "App.localhost.:1",
        "xn--bcher-kva.localhost",
        "XN--BCHER-KVA.localhost:80",
        "a.many.localhost",
        "a.b.many.localhost.",
    ] {
        let answer = asked(host).await;
        assert_eq!(answer.status, 401, "{host} is known, and asks for a session: {answer:?}");
    }
    for host in [
        "localhost",
        "127.0.0.1",
        "evil.localhost",
        "app.localhost.evil.localhost",
        "xapp.localhost",
        "x.app.localhost",
        "many.localhost",
        "bcher.localhost",
        "[::1]",
    ] {
        let answer = asked(host).await;
        assert_eq!(answer.status, 421, "{host}: {answer:?}");
        assert!(!answer.text().contains(host) && answer.set_cookies().is_empty(), "{answer:?}");
    }
    for host in ["app.localhost..", "app.localhost:x", "app.localhost:0", "app.localhost:99999", "a@app.localhost", ""]
    {
        assert_eq!(asked(host).await.status, 400, "{host:?}");
    }
    assert_eq!(gateway.backend.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_is_for_this_machine_alone_unless_the_operator_says_otherwise() {
    for (server, open) in [("", false), ("insecure_http = true", true)] {
        let gateway = Gateway::with(Setup { server: server.to_owned(), ..Setup::default() }).await;
        let mut visitor = gateway.visitor();
        visitor.host = Some("app.example".to_owned());
        for (target, status) in [("/", 302), (LOGIN, 200)] {
            let answer = visitor.get(target).await;
            if open {
                assert_eq!(answer.status, status, "{target}: {answer:?}");
            } else {
                assert_eq!(answer.status, 400, "{target}: {answer:?}");
                assert!(answer.set_cookies().is_empty() && answer.words().contains("https"), "{target}: {answer:?}");
            }
        }
        for host in ["127.0.0.1", "localhost", "app.localhost", "[::1]", "127.8.8.8"] {
            visitor.host = Some(host.to_owned());
            assert_eq!(visitor.get(LOGIN).await.status, 200, "{host}");
        }
    }
    let gateway = Gateway::with(trusting("\"127.0.0.1\"")).await;
    let mut visitor = gateway.visitor();
    let plain = Request::get(LOGIN).header("X-Forwarded-Proto", "http").header("X-Forwarded-Host", "app.example");
    assert_eq!(visitor.send(plain).await.status, 400, "also where a proxy says so");
    assert_eq!(visitor.send(passed_on(Request::get(LOGIN))).await.status, 200);
}
