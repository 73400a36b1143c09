//! Requests that browsers send without the session by design.

use crate::first_hour::{EXAMPLE, Folder};
use crate::gateway::{Gateway, Setup};
use crate::response::Response;
use crate::visitor::{Request, SharedAddress, Visitor};

/// The options and rules that `docs/rules.md` gives for them, without host and upstream.
fn documented() -> String {
    let document = include_str!("../../../docs/rules.md");
    let (_, section) = document.split_once("## Requests without the session").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let examples = section.split("```toml\n").skip(1).map(|example| example.split("```").next().unwrap());
    let kept = |line: &&str| !["[[sites]]", "host =", "upstream ="].iter().any(|start| line.starts_with(start));
    examples.flat_map(str::lines).filter(kept).fold(String::new(), |text, line| text + line + "\n")
}

const PANEL: &str = "https://panel.example.com";

async fn ask(visitor: &Visitor, request: Request, origin: &str) -> Response {
    visitor.clone().send(request.bare().header("Origin", origin).header("Accept", "text/html")).await
}

fn preflight(target: &str) -> Request {
    Request::new("OPTIONS", target).header("Access-Control-Request-Method", "PUT")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documented_options_and_rules_let_them_pass_and_nothing_else() {
    let gateway = Gateway::with(Setup { site: documented(), ..Setup::default() }).await;
    let visitor = gateway.visitor();
    for (request, status) in [
        (Request::post("/saml/acs", &[("SAMLResponse", "x")]), 200),
        (Request::get("/manifest.json"), 200),
        (Request::get("/manifest.json?v=2"), 200),
        (Request::get("/manifest.json?title=Secret"), 302),
        (Request::get("/favicon.ico").header("Connection", "Upgrade").header("Upgrade", "websocket"), 401),
        (Request::new("HEAD", "/favicon.ico"), 200),
        (Request::get("/apple-touch-icon-120x120-precomposed.png"), 200),
        (Request::get("/icons/icon-192.png"), 200),
        (Request::get("/saml/acs"), 302),
        (Request::post("/saml/other", &[("SAMLResponse", "x")]), 303),
        (Request::post("/manifest.json", &[("a", "b")]), 303),
        (Request::get("/manifest.json").header("X-HTTP-Method-Override", "DELETE"), 302),
        (Request::get("/manifestxjson"), 302),
        (Request::get("/files/manifest.json"), 302),
        (Request::get("/manifest.json/"), 302),
        (Request::get("/icons/../secret.png"), 400),
        (Request::get("/x/..%2fmanifest.json"), 400),
        (Request::get("/api/items"), 302),
    ] {
        let answer = ask(&visitor, request.clone(), "https://idp.example").await;
        assert_eq!(answer.status, status, "{} {}: {answer:?}", request.method, request.target);
        assert_eq!(answer.header("access-control-allow-origin"), None, "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn by_default_the_manifest_and_preflights_need_a_session() {
    let gateway = Gateway::start().await;
    let visitor = gateway.visitor();
    assert_eq!(ask(&visitor, Request::get("/manifest.json"), PANEL).await.status, 302);
    let answer = ask(&visitor, preflight("/api"), PANEL).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (302, None), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preflight_of_a_listed_origin_is_answered_by_the_gateway_and_never_reaches_the_app() {
    let gateway = Gateway::with(Setup { site: documented(), ..Setup::default() }).await;
    let visitor = gateway.visitor();
    let request = preflight("/api/delete?id=1").header("Access-Control-Request-Headers", "content-type").body("a=b");
    let answer = ask(&visitor, request, PANEL).await;
    assert_eq!(answer.status, 204, "{answer:?}");
    for (name, value) in [
        ("access-control-allow-origin", PANEL),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "PUT"),
        ("access-control-allow-headers", "content-type"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.headers_named(name), [value], "{name}: {answer:?}");
    }
    assert_eq!(gateway.backend.count(), 0, "no path or body of a stranger reaches the app");
    for (request, origin) in [
        (preflight("/api"), "https://evil.test"),
        (preflight("/api"), "https://panel.example.com:8443"),
        (preflight("/api"), "null"),
        (preflight("/api").header("Origin", "https://evil.test"), PANEL),
        (Request::new("OPTIONS", "/api"), PANEL),
        (Request::get("/api").header("Access-Control-Request-Method", "PUT"), PANEL),
    ] {
        let answer = ask(&visitor, request.clone(), origin).await;
        assert_eq!(answer.status, 302, "{request:?} {origin}: {answer:?}");
        assert_eq!(answer.header("access-control-allow-methods"), None, "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answered_preflight_is_no_refusal_in_the_log_and_the_call_that_is_refused_after_it_is_one() {
    let folder = Folder::with(&format!("{EXAMPLE}cors_origins = [\"{PANEL}\"]\n"));
    let mut gateway = folder.serve();
    let mut visitor = Visitor::new(&SharedAddress::at(gateway.listening().await));
    visitor.host = Some("app.localhost".to_owned());
    assert_eq!(ask(&visitor, preflight("/asked-first"), PANEL).await.status, 204);
    assert_eq!(ask(&visitor, Request::get("/called-then"), PANEL).await.status, 302);
    gateway.line_with("/called-then").await;
    let output = gateway.output();
    assert_eq!(output.lines().filter(|line| line.contains("access.refused")).count(), 1, "{output}");
    assert_eq!(output.lines().filter(|line| line.contains("/asked-first")).count(), 1, "the request itself: {output}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_asset_names_only_people_whom_the_rules_let_pass() {
    let rules = "browser_assets = \"open\"\n[[sites.rules]]\npath = \"/\"\nrequire = \"two_factor\"\n\
                 [[sites.rules]]\npath = \"/**\"\ngroups = [\"admins\"]\nrequire = \"two_factor\"\n";
    let gateway = Gateway::with(Setup { site: rules.to_owned(), ..Setup::default() }).await;
    let mut ada = gateway.ada().await;
    assert_eq!(ada.get("/favicon.ico").await.status, 200);
    assert_eq!(gateway.backend.last().await.headers_named("remote-user"), Vec::<&str>::new(), "she is no admin");
    let grace = gateway.add_account("grace").await;
    gateway.user(&["edit", "grace", "--group", "admins"], "").await;
    let mut grace = gateway.signed_in(&grace).await;
    assert_eq!(grace.get("/favicon.ico").await.status, 200);
    assert_eq!(gateway.backend.last().await.headers_named("remote-user"), ["grace"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_of_a_listed_origin_read_why_they_are_refused_and_others_do_not() {
    let rules = "[[sites.rules]]\npath = \"/closed/**\"\nrequire = \"deny\"\n";
    let gateway = Gateway::with(Setup { site: documented() + rules, ..Setup::default() }).await;
    let visitor = gateway.visitor();
    let call =
        |target: &str| Request::get(target).header("Sec-Fetch-Mode", "cors").header("Sec-Fetch-Site", "same-site");
    for (target, status) in [("/api", 401), ("/closed/x", 403)] {
        let answer = ask(&visitor, call(target), PANEL).await;
        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(answer.headers_named("access-control-allow-origin"), [PANEL], "{answer:?}");
        assert_eq!(answer.headers_named("access-control-allow-credentials"), ["true"], "{answer:?}");
        assert!(answer.headers_named("vary").contains(&"Origin"), "{answer:?}");
        let answer = ask(&visitor, call(target), "https://evil.test").await;
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (status, None), "{answer:?}");
    }
    let answer = ask(&visitor, preflight("/closed/x"), PANEL).await;
    assert_eq!(answer.status, 403, "what a rule denies stays closed: {answer:?}");
    for page in ["/portcullis/login", "/portcullis/", "/portcullis/nothing"] {
        let answer = ask(&visitor, call(page), PANEL).await;
        assert_eq!(answer.header("access-control-allow-origin"), None, "our own pages are not shared: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_passes_when_another_proxy_asks() {
    let server = "trusted_proxies = [\"127.0.0.1\"]".to_owned();
    let gateway = Gateway::with(Setup { server, site: documented(), ..Setup::default() }).await;
    let visitor = gateway.visitor();
    let asked = |method: &str, target: &str| {
        Request::get("/portcullis/authz/forward-auth")
            .header("X-Forwarded-Method", method)
            .header("X-Forwarded-Proto", "http")
            .header("X-Forwarded-Host", "app.localhost")
            .header("X-Forwarded-Uri", target)
            .header("Sec-Fetch-Mode", "cors")
    };
    let preflight = || asked("OPTIONS", "/api").header("Access-Control-Request-Method", "PUT");
    assert_eq!(ask(&visitor, asked("GET", "/manifest.json"), PANEL).await.status, 200);
    let answer = ask(&visitor, preflight(), PANEL).await;
    assert_eq!(answer.status, 401, "the proxy would take a 2xx for a permit: {answer:?}");
    let upgrade = || asked("GET", "/manifest.json").header("Upgrade", "websocket");
    assert_eq!(ask(&visitor, upgrade(), PANEL).await.status, 401, "no tunnel");
    let answer = ask(&visitor, asked("GET", "/api"), PANEL).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (401, Some(PANEL)), "{answer:?}");
    let answer = ask(&visitor, asked("GET", "/api"), "https://evil.test").await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (401, None), "{answer:?}");
}
