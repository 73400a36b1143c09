//! The paths that are judged at all: how long they may be, which percent signs they may have, and that no spelling of
//! the gateway's own pages reaches a site.

use crate::destination::questions;
use crate::gateway::{Gateway, Setup};
use crate::visitor::{Request, Visitor};
use crate::wire::Wire;

/// Ways to write a path that some server reads as one below `/portcullis`.
pub const SPELLINGS: [&str; 36] = [
    "/portcullis",
    "/portcullis/",
    "/portcullis/login",
    "/portcullis/authz/forward-auth",
    "/portcullis/health/live/..",
    "/PORTCULLIS/login",
    "/Portcullis/authz/forward-auth",
    "/%70ortcullis/login",
    "/portcullis%2flogin",
    "/portcullis%2Flogin",
    "/portcullis%5clogin",
    "/portcullis\\login",
    "//portcullis/login",
    "///portcullis/login",
    "/\\portcullis/login",
    "/./portcullis/login",
    "/public/../portcullis/login",
    "/public/%2e%2e/portcullis/login",
    "/public/..%2fportcullis/login",
    "/public/..;/portcullis/login",
    "/public\\..\\portcullis\\login",
    "/portcullis;x=1/login",
    "/portcullis/../public/x",
    "/portcullis/..;/public/x",
    "/portcullis/..%2fpublic/x",
    "/portcullis%00",
    "/portcullis%00.css",
    "/portcullis%20/login",
    "/portcullis./login",
    "/portcullis%3fx",
    "/portcullis%23x",
    "/portcullis::$DATA",
    "/%2570ortcullis/login",
    "/portcullis%252flogin",
    "/public/%252e%252e/portcullis/login",
    "/portcull%C4%B1s/login",
];

const OPEN: &str = "[[sites.rules]]\npath = \"/**\"\nrequire = \"nothing\"";

async fn open_site(paths: &str) -> Gateway {
    let site = format!("host = \"app.localhost\"\nambiguous_paths = \"{paths}\"\n{OPEN}");
    Gateway::with(Setup { server: "trusted_proxies = [\"127.0.0.1\"]".to_owned(), site, ..Setup::default() }).await
}

fn at(gateway: &Gateway, host: &str) -> Visitor {
    let mut visitor = gateway.visitor();
    visitor.host = Some(host.to_owned());
    visitor
}

/// A proxy that asks about such a path may pass it on to a server that serves our pages, or an imitation of them.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_about_our_own_pages_is_refused_in_every_spelling_whatever_the_rules_say() {
    for paths in ["refuse", "pass"] {
        let gateway = open_site(paths).await;
        let mut proxy = at(&gateway, "gate.internal");
        for question in questions("GET", "/x") {
            assert_eq!(proxy.send(question).await.status, 200, "the rules open everything");
        }
        for target in SPELLINGS {
            for question in questions("GET", target) {
                let answer = proxy.send(question.clone()).await;
                assert_eq!(answer.status, 400, "{paths}: {question:?}: {answer:?}");
                assert!(answer.header("remote-user").is_none(), "{answer:?}");
            }
        }
        for absolute in ["http://app.localhost/portcullis/login", "http://app.localhost/public/../portcullis/x"] {
            let [forward, _, _] = questions("GET", absolute);
            assert_eq!(proxy.send(forward).await.status, 400, "{absolute}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_spelling_of_our_own_pages_reaches_a_site() {
    for paths in ["refuse", "pass"] {
        let gateway = open_site(paths).await;
        let visitor = at(&gateway, "app.localhost");
        for target in SPELLINGS {
            for target in [target.to_owned(), format!("http://app.localhost{target}")] {
                let answer = visitor.clone().send(Request::get(&target)).await;
                let below = target.rsplit_once("localhost").map_or(target.as_str(), |(_, path)| path);
                let expected = match below {
                    "/portcullis" => 404,
                    "/portcullis/" => 303,
                    "/portcullis/login" => 200,
                    // A path of ours to its first segment, and no page there.
                    _ if below.starts_with("/portcullis/") && below.contains("..") && paths == "pass" => 404,
                    _ => 400,
                };
                assert_eq!(answer.status, expected, "{paths}: {target}: {answer:?}");
            }
        }
        assert_eq!(gateway.backend.count(), 0, "{paths}");
        assert_eq!(visitor.clone().get("/portcullisx/portcullis/login").await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_literal_percent_sign_passes_and_what_decodes_to_another_encoding_does_not() {
    let gateway = open_site("refuse").await;
    let mut visitor = at(&gateway, "app.localhost");
    for target in ["/50%25%20off.pdf", "/100%25", "/a%25/41?b=%2541"] {
        assert_eq!(visitor.get(target).await.status, 200, "{target}");
        assert_eq!(gateway.backend.last().await.request_line(), format!("GET {target} HTTP/1.1"));
        for question in questions("GET", target) {
            assert_eq!(at(&gateway, "gate.internal").send(question).await.status, 200, "{target}");
        }
    }
    let before = gateway.backend.count();
    for target in ["/%2541", "/%25%34%31", "/50%25ab", "/%25u0041"] {
        assert_eq!(visitor.get(target).await.status, 400, "{target}");
        for question in questions("GET", target) {
            assert_eq!(at(&gateway, "gate.internal").send(question).await.status, 400, "{target}");
        }
    }
    assert_eq!(gateway.backend.count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_over_8_kib_is_refused_with_414_and_a_longer_query_passes() {
    let gateway = open_site("refuse").await;
    let mut visitor = at(&gateway, "app.localhost");
    let longest = format!("/{}", "x".repeat(8191));
    for fits in [longest.clone(), format!("/x?{}", "y".repeat(20_000))] {
        assert_eq!(visitor.get(&fits).await.status, 200);
    }
    let before = gateway.backend.count();
    let answer = visitor.get(&format!("{longest}x")).await;
    assert_eq!(answer.status, 414);
    assert!(answer.text().contains("longer than the gateway accepts"), "{}", answer.text());
    let script = Request::get(&format!("{longest}x")).header("Accept", "application/json").bare();
    assert_eq!(visitor.send(script).await.json()["error"], "path over 8192 bytes");
    for question in questions("GET", &format!("{longest}x")) {
        assert_eq!(at(&gateway, "gate.internal").send(question).await.status, 414);
    }
    assert_eq!(gateway.backend.count(), before);
}

/// More than the rules of one request may cost: 512 KiB of paths, counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_costs_too_much_to_judge_is_refused_before_anybody_is_asked_who_they_are() {
    let rule = |number| format!("[[sites.rules]]\npath_regex = \"/.*x{number}\"\nrequire = \"nothing\"\n");
    let rules: String = (0..20).map(rule).collect();
    let server = "trusted_proxies = [\"127.0.0.1\"]".to_owned();
    let site = format!("host = \"app.localhost\"\n{rules}");
    let gateway = Gateway::with(Setup { server, site, ..Setup::default() }).await;
    let mut visitor = at(&gateway, "app.localhost");
    let long = |length| Request::get(&format!("/{}", "a".repeat(length))).bare();
    assert_eq!(visitor.send(long(6000)).await.status, 401);
    let answer = visitor.send(long(8000)).await;
    assert_eq!(answer.status, 400, "{answer:?}");
    assert!(answer.text().contains("too long for the rules of this site"), "{}", answer.text());
    let both = long(6000).header("Destination", &format!("/{}", "a".repeat(6000)));
    assert_eq!(visitor.send(both).await.status, 400, "both targets share one budget");
    for question in questions("GET", &format!("/{}", "a".repeat(8000))) {
        assert_eq!(at(&gateway, "gate.internal").send(question).await.status, 400);
    }
}

/// The bytes of a request line reach the judge as they were sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_raw_nul_or_blank_in_our_own_path_is_no_request() {
    let gateway = open_site("pass").await;
    for target in ["/portcullis\0/login", "/portcullis /login", "/portcullis\t/login"] {
        let mut wire = Wire::open(gateway.address()).await;
        wire.send(format!("GET {target} HTTP/1.1\r\nHost: app.localhost\r\n\r\n")).await;
        assert_eq!(wire.answer("GET").await.map(|answer| answer.status), Some(400), "{target:?}");
    }
    assert_eq!(gateway.backend.count(), 0);
}
