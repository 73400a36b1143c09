//! The identity assertion: what the site is told in signed form, checked by somebody else's library.

use std::path::Path;

use serde_json::Value;

use crate::gateway::{Gateway, GatewayProcess, Setup};
use crate::process::{command, finish, run, text};
use crate::response::Response;
use crate::sdk::python;
use crate::visitor::{Request, Visitor};
use crate::wire::eventually;

const KEYS: &str = "/portcullis/jwks.json";

fn signing() -> Setup {
    Setup { site: "assertion = true".to_owned(), ..Setup::default() }
}

async fn keys(visitor: &Visitor) -> Vec<Value> {
    let mut stranger = visitor.clone();
    stranger.jar.clear();
    let answer = stranger.send(Request::get(KEYS).bare()).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{answer:?}");
    answer.json()["keys"].as_array().expect("a key set").clone()
}

/// What a site finds that checks this assertion: the claims, or why it takes none.
async fn checked(visitor: &Visitor, assertion: &str) -> Result<Value, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/assertion.py");
    let (python, origin) = (python(), visitor.origin());
    let arguments = [script.to_str().unwrap(), &format!("{origin}{KEYS}"), "127.0.0.1", &origin];
    let output = finish(&mut command(python.to_str().unwrap(), &arguments, &[]), &format!("{assertion}\n")).await;
    match output.status.code() {
        Some(0) => Ok(serde_json::from_slice(&output.stdout).expect("claims")),
        Some(1) => Err(text(&output)),
        _ => panic!("{}", text(&output)),
    }
}

async fn told(visitor: &Visitor, gateway: &crate::gateway::Environment) -> String {
    assert!(visitor.is_in().await);
    let seen = gateway.backend.last().await;
    let told = seen.headers_named("x-portcullis-assertion");
    assert_eq!(told.len(), 1, "{}", seen.head);
    told[0].to_owned()
}

async fn change_keys(gateway: &GatewayProcess, arguments: &[&str]) {
    let output = run(&[&["keys"], arguments, &["--config", &gateway.config_file()]].concat(), &[], "").await;
    assert!(output.status.success(), "{}", text(&output));
    let reloads = || gateway.process.output().lines().filter(|line| line.contains("reloaded")).count();
    let before = reloads();
    gateway.process.signal("HUP").await;
    eventually("the keys are read again", || async { reloads() > before }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_checks_with_a_foreign_library_who_is_there_also_over_a_rotation() {
    let gateway = GatewayProcess::start(signing()).await;
    let visitor = gateway.signed_in(&gateway.account.clone()).await;
    let first = told(&visitor, &gateway).await;
    assert_eq!(told(&visitor, &gateway).await, first, "one is signed for the session, not for each request");
    let found = checked(&visitor, &first).await.unwrap();
    let claims = &found["claims"];
    assert_eq!((&claims["sub"], &claims["email"]), (&"ada".into(), &"ada@example.com".into()));
    assert_eq!((&claims["iss"], &claims["aud"]), (&visitor.origin().into(), &"127.0.0.1".into()));
    assert_eq!(found["lifetime"], 300);
    assert_eq!((&found["header"]["alg"], &found["header"]["typ"]), (&"EdDSA".into(), &"JWT".into()));

    change_keys(&gateway, &["rotate"]).await;
    let second = told(&visitor, &gateway).await;
    let renewed = checked(&visitor, &second).await.unwrap();
    assert_ne!(renewed["header"]["kid"], found["header"]["kid"], "the new key signs at once");
    assert!(checked(&visitor, &first).await.is_ok(), "what the old key signed is still right");

    change_keys(&gateway, &["remove", "1"]).await;
    assert!(checked(&visitor, &first).await.is_err(), "until its version is removed");
    assert!(checked(&visitor, &second).await.is_ok());
    let log = gateway.log().await;
    assert!([&first, &second].iter().all(|token| !log.contains(token.as_str())), "no assertion is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_keys_are_shown_to_anybody_on_every_host_and_nothing_secret_with_them() {
    let gateway = Gateway::with(signing()).await;
    for host in ["app.localhost", "other.localhost"] {
        let mut visitor = gateway.visitor();
        visitor.host = Some(host.to_owned());
        let answer = visitor.send(Request::get(KEYS).bare()).await;
        assert_eq!(answer.header("cache-control"), Some("public, max-age=300"), "{answer:?}");
        assert!(answer.set_cookies().is_empty());
        let all = keys(&visitor).await;
        assert_eq!(all.len(), 1);
        let mut names: Vec<_> = all[0].as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x"], "the public half alone: no `d`");
        assert_eq!(visitor.send(Request::new("HEAD", KEYS).bare()).await.status, 200);
        let refused = visitor.send(Request::new("POST", KEYS).bare()).await;
        assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD")));
    }
    assert_eq!(gateway.backend.count(), 0, "the site is not asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_asks_for_none_gets_none_and_a_visitors_own_is_never_passed_on() {
    for (setup, ours) in [(Setup::default(), 0), (signing(), 1)] {
        let gateway = Gateway::with(setup).await;
        let mut visitor = gateway.ada().await;
        for name in ["X-Portcullis-Assertion", "x_portcullis_assertion"] {
            let answer = visitor.send(Request::get("/").header(name, "forged")).await;
            assert_eq!(answer.status, 200);
            let seen = gateway.backend.last().await;
            assert!(!seen.head.contains("forged"), "{}", seen.head);
            assert_eq!(seen.headers_named("x-portcullis-assertion").len(), ours);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_assertion_comes_every_four_minutes() {
    let gateway = Gateway::with(signing()).await;
    let visitor = gateway.ada().await;
    let first = told(&visitor, &gateway).await;
    gateway.advance(239);
    assert_eq!(told(&visitor, &gateway).await, first);
    gateway.advance(1);
    assert_ne!(told(&visitor, &gateway).await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_proxy_gets_the_assertion_with_its_answer() {
    let server = "trusted_proxies = [\"127.0.0.1\"]".to_owned();
    let gateway = Gateway::with(Setup { server, ..signing() }).await;
    let mut visitor = gateway.visitor();
    visitor.host = Some("app.localhost".to_owned());
    let mut visitor = crate::gateway::all_the_way(visitor, &gateway.sandbox, &gateway.account).await;
    let answer = asked(&mut visitor).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let told = answer.header("x-portcullis-assertion").unwrap_or_default().to_owned();
    assert_eq!(told.split('.').count(), 3, "{told}");
    assert_eq!(asked(&mut visitor).await.header("x-portcullis-assertion"), Some(told.as_str()));
    assert!(visitor.is_in().await);
    let seen = gateway.backend.last().await;
    assert_eq!(seen.headers_named("x-portcullis-assertion"), [told], "the gate gives the same words");
}

async fn asked(visitor: &mut Visitor) -> Response {
    let question = Request::get("/portcullis/authz/forward-auth")
        .header("X-Forwarded-Method", "GET")
        .header("X-Forwarded-Proto", "http")
        .header("X-Forwarded-Host", "app.localhost")
        .header("X-Forwarded-Uri", "/");
    visitor.send(question).await
}
