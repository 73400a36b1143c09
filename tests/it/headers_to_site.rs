//! What the protected site is told about the visitor, and that nobody else can tell it.

use crate::backend::{Answer, Seen};
use crate::gateway::{Gateway, Setup};
use crate::visitor::{Request, SESSION_COOKIE};

const IDENTITY: [&str; 4] = ["remote-user", "remote-name", "remote-email", "remote-groups"];

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', '.'], "-")
}

/// Every field whose name somebody could take for an identity header.
fn identity(seen: &Seen) -> Vec<(String, String)> {
    let found = seen.headers().into_iter().filter(|(name, _)| {
        let name = plain(name);
        IDENTITY.contains(&name.as_str()) || name.contains("forwarded-user") || name.contains("portcullis-assertion")
    });
    found.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect()
}

fn of_ada() -> Vec<(String, String)> {
    [("remote-email", "ada@example.com"), ("remote-user", "ada")].map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec()
}

fn sorted(mut list: Vec<(String, String)>) -> Vec<(String, String)> {
    list.sort();
    list
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_learns_who_asks_and_only_from_us() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let mut spellings = Vec::new();
    for name in ["User", "Name", "Email", "Groups"] {
        for (head, between) in
            [("Remote", "-"), ("remote", "-"), ("REMOTE", "_"), ("Remote", "_"), ("Remote", "."), ("rEmOtE", "-")]
        {
            spellings.push(format!("{head}{between}{name}"));
        }
    }
    spellings.extend(
        ["X-Forwarded-User", "X_Forwarded_User", "X-Portcullis-Assertion", "x_portcullis.assertion"].map(str::to_owned),
    );
    for spelling in &spellings {
        visitor.send(Request::get("/").header(spelling, "eve").header(spelling, "mallory")).await;
        assert_eq!(sorted(identity(&gateway.backend.last().await)), of_ada(), "{spelling}");
    }
    let all = spellings.iter().fold(Request::get("/"), |request, name| request.header(name, "eve"));
    visitor.send(all).await;
    assert_eq!(sorted(identity(&gateway.backend.last().await)), of_ada(), "all at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn naming_our_fields_in_connection_takes_nothing_away() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    for names in
        ["Remote-User", "close, remote-user, Remote-Email", "X-Forwarded-For, X-Forwarded-Proto, Host", "Cookie"]
    {
        let request = Request::get("/").header("Connection", names).header("X-Kept", "1");
        let answer = visitor.send(request).await;
        assert_eq!(answer.status, 200, "Connection: {names}: {answer:?}");
        let seen = gateway.backend.last().await;
        assert_eq!(sorted(identity(&seen)), of_ada(), "Connection: {names}");
        assert_eq!(seen.headers_named("x-forwarded-for"), ["127.0.0.1"], "Connection: {names}");
        assert_eq!((seen.headers_named("host").len(), seen.headers_named("x-kept")), (1, vec!["1"]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_trailer_tells_the_site_who_asks() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    for name in [
        "Remote-User",
        "remote_user",
        "X-Forwarded-For",
        "Cookie",
        "Host",
        "Content-Length",
        "Authorization",
        "Transfer-Encoding",
    ] {
        let body = format!("3\r\nabc\r\n0\r\n{name}: eve\r\nX-Checksum: 7\r\n\r\n");
        let request =
            Request::new("POST", "/").header("Transfer-Encoding", "chunked").header("Trailer", name).body(body);
        let answer = visitor.clone().send(request).await;
        assert_eq!(answer.status, 200, "{name}: {answer:?}");
        let seen = gateway.backend.last().await;
        assert!(!seen.trailers.to_lowercase().contains("eve"), "{name}: {}", seen.trailers);
        assert_eq!(seen.body, b"abc");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forwarding_fields_are_rebuilt_for_a_stranger() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let host = visitor.host();
    let spoofed = [
        ("X-Forwarded-For", "1.2.3.4"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Real-IP", "1.2.3.4"),
        ("Forwarded", "for=1.2.3.4;host=evil.example"),
        ("x-forwarded-for", "5.6.7.8"),
        ("X_Forwarded_For", "9.9.9.9"),
        ("X-Forwarded-Port", "444"),
        ("X-Forwarded-Prefix", "/evil"),
        ("X-Forwarded-Uri", "/admin"),
        ("X-Forwarded-Method", "PUT"),
    ];
    let request = spoofed.into_iter().fold(Request::get("/"), |request, (name, value)| request.header(name, value));
    visitor.send(request).await;
    let seen = gateway.backend.last().await;
    assert_eq!(seen.headers_named("x-forwarded-for"), ["127.0.0.1"]);
    assert_eq!(seen.headers_named("x-real-ip"), ["127.0.0.1"]);
    assert_eq!(seen.headers_named("x-forwarded-proto"), ["http"]);
    assert_eq!(seen.headers_named("x-forwarded-host"), [host.as_str()]);
    for (name, value) in seen.headers() {
        for spoof in ["1.2.3.4", "5.6.7.8", "9.9.9.9", "evil.example", "/evil", "444"] {
            assert!(!plain(name).contains("forwarded") || !value.contains(spoof), "{name}: {value}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forwarding_fields_of_a_trusted_proxy_count() {
    let setup = Setup { server: "trusted_proxies = [\"127.0.0.1\"]".to_owned(), ..Setup::default() };
    let gateway = Gateway::with(setup).await;
    let mut visitor = gateway.ada().await;
    visitor.send(Request::get("/").header("X-Forwarded-For", "203.0.113.9")).await;
    let seen = gateway.backend.last().await;
    let list = seen.headers_named("x-forwarded-for").join(", ");
    assert!(list.starts_with("203.0.113.9"), "{list}");
    assert_eq!(seen.headers_named("x-real-ip"), ["203.0.113.9"]);
    let mut far = visitor.clone().coming_from("127.0.0.9".parse().unwrap());
    far.send(Request::get("/").header("X-Forwarded-For", "203.0.113.9")).await;
    assert_eq!(
        gateway.backend.last().await.headers_named("x-forwarded-for"),
        ["127.0.0.9"],
        "another peer is not trusted"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn our_cookies_never_reach_the_site_and_its_own_do() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let ours: Vec<_> = visitor.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let ours = ours.join("; ");
    for (written, expected) in [
        (format!("a=1; {ours}; b=2"), "a=1; b=2"),
        (format!("{ours}; a=\"x y\"; empty="), "a=\"x y\"; empty="),
        (format!("portcullisx=1; xportcullis=2; {ours}"), "portcullisx=1; xportcullis=2"),
    ] {
        visitor.clone().send(Request::get("/").header("Cookie", &written)).await;
        assert_eq!(gateway.backend.last().await.headers_named("cookie"), [expected]);
    }
    visitor
        .clone()
        .send(Request::get("/").header("Cookie", "a=1").header("Cookie", &ours).header("Cookie", "b=2"))
        .await;
    assert_eq!(gateway.backend.last().await.headers_named("cookie").join("; "), "a=1; b=2");
    visitor.clone().get("/").await;
    assert!(gateway.backend.last().await.headers_named("cookie").is_empty(), "nothing is left: no field");
    let everything = format!("{:?}", gateway.backend.seen());
    assert!(
        visitor.jar.values().all(|value| !everything.contains(value.as_str())),
        "a cookie of ours reached the site"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_can_neither_set_nor_clear_our_cookies() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let before = visitor.session().to_owned();
    gateway.backend.answers_bytes(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: portcullis=x; Path=/\r\nSet-Cookie: own=1\r\n\
        set-cookie: portcullis-login=; Max-Age=0\r\nSet-Cookie:  portcullis =y\r\nSet-Cookie: portcullis-device=z\r\n\
        Set-Cookie: __Host-portcullis=q\r\nSet-Cookie: own2=2; Path=/x\r\nClear-Site-Data: \"cookies\"\r\n\r\nok",
    );
    let answer = visitor.get("/").await;
    assert_eq!(answer.headers_named("set-cookie"), ["own=1", "own2=2; Path=/x"]);
    assert_eq!(visitor.session(), before);
    gateway.backend.answers(Answer::Welcome);
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_of_one_connection_go_no_further() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let request = Request::get("/")
        .header("Connection", "keep-alive, X-Hop")
        .header("connection", "x-HOP-two")
        .header("X-Hop", "1")
        .header("X-Hop-Two", "2")
        .header("Keep-Alive", "timeout=5")
        .header("Proxy-Connection", "keep-alive")
        .header("TE", "trailers, deflate")
        .header("Proxy-Authorization", "Basic eA==")
        .header("Upgrade", "h2c")
        .header("HTTP2-Settings", "AAMAAABk")
        .header("X-End", "kept")
        .header("Authorization", "Bearer of-the-site");
    visitor.clone().send(request).await;
    let seen = gateway.backend.last().await;
    for name in
        ["x-hop", "x-hop-two", "keep-alive", "proxy-connection", "proxy-authorization", "upgrade", "http2-settings"]
    {
        assert!(seen.headers_named(name).is_empty(), "{name}: {}", seen.head);
    }
    assert!(seen.headers_named("te").iter().all(|value| *value == "trailers"), "{}", seen.head);
    assert_eq!(
        (seen.headers_named("x-end"), seen.headers_named("authorization")),
        (vec!["kept"], vec!["Bearer of-the-site"])
    );
    gateway.backend.answers_bytes(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive, X-Hop\r\nConnection: X-Two\r\nX-Hop: 1\r\nX-Two: 2\r\n\
        Keep-Alive: timeout=9\r\nProxy-Connection: x\r\nX-End: kept\r\n\r\nok",
    );
    let answer = visitor.clone().get("/").await;
    for name in ["x-hop", "x-two", "keep-alive", "proxy-connection"] {
        assert!(answer.headers_named(name).is_empty(), "{name}: {answer:?}");
    }
    assert_eq!(answer.header("x-end"), Some("kept"));
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_and_name_are_told_where_the_account_has_them() {
    let gateway = Gateway::start().await;
    let bob = gateway.add_account("bob").await;
    let mut visitor = gateway.signed_in(&bob).await;
    visitor.send(Request::get("/").header("Remote-Groups", "admins").header("Remote-Name", "Root")).await;
    let seen = gateway.backend.last().await;
    assert_eq!(seen.headers_named("remote-user"), ["bob"]);
    assert!(!seen.head.contains("admins") && !seen.head.contains("Root"), "{}", seen.head);
    assert!(!seen.head.contains(visitor.jar[SESSION_COOKIE].as_str()));
}
