//! Access tokens: made on the command line, shown by a script, never seen by the site.

use std::time::Duration;

use serde_json::Value;

use crate::backend::Answer;
use crate::gateway::{Environment, Gateway, GatewayProcess, Setup};
use crate::process::{run, text};
use crate::response::Response;
use crate::store_gone::{does, intruder, pass};
use crate::visitor::{Request, Visitor};
use crate::wire::{Wire, eventually, within};

/// A rule under which scripts may come with a token.
const TAKES_TOKENS: &str = "[[sites.rules]]
path = \"/**\"
require = \"two_factor\"
credentials = [\"session\", \"token\"]";

fn taking() -> Setup {
    Setup { site: TAKES_TOKENS.to_owned(), ..Setup::default() }
}

/// `portcullis token …`: whether it succeeded, standard output, standard error.
async fn token(gateway: &Environment, arguments: &[&str]) -> (bool, String, String) {
    let output = run(&[&["token"], arguments, &["--config", &gateway.config_file()]].concat(), &[], "").await;
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.success(), out, err)
}

/// A token of ada's for this site.
async fn made(gateway: &Environment, site: &str) -> String {
    let (done, out, err) = token(gateway, &["create", "--user", "ada", "--site", site, "--expires", "30d"]).await;
    assert!(done, "{err}");
    out.trim_end().to_owned()
}

async fn listed(gateway: &Environment) -> Vec<Value> {
    let (done, out, err) = token(gateway, &["list", "--json"]).await;
    assert!(done, "{err}");
    serde_json::from_str(&out).unwrap()
}

async fn shown(visitor: &Visitor, authorization: &str) -> Response {
    let request = Request::get("/data").header("Authorization", authorization).bare();
    visitor.clone().send(request).await
}

async fn opens(visitor: &Visitor, token: &str) -> bool {
    let answer = shown(visitor, &format!("Bearer {token}")).await;
    assert!(matches!(answer.status, 200 | 401), "{answer:?}");
    answer.status == 200
}

/// The gateway follows its feed by a poll.
async fn becomes(visitor: &Visitor, token: &str, open: bool) {
    eventually(&format!("the token opens: {open}"), || async { opens(visitor, token).await == open }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_its_site_for_a_script_and_never_reaches_it() {
    let gateway = GatewayProcess::start(taking()).await;
    let visitor = gateway.visitor();
    let (done, out, err) = token(&gateway, &["create", "--user", "ada", "--site", "*", "--expires", "91d"]).await;
    assert!(done, "{err}");
    let (lines, written): (Vec<_>, _) = (out.lines().collect(), out.trim_end());
    assert!(lines.len() == 1 && written.starts_with("portcullis_") && written.len() == 75, "{out}");
    assert!(
        err.contains("shown only this once") && err.contains("more than 90 days") && !err.contains(written),
        "{err}"
    );
    becomes(&visitor, written, true).await;

    for scheme in ["Bearer", "bearer", "BEARER"] {
        let answer = shown(&visitor, &format!("{scheme} {written}")).await;
        assert!(answer.status == 200 && answer.set_cookies().is_empty(), "no session is made of it: {answer:?}");
        let seen = gateway.backend.last().await;
        assert_eq!(seen.headers_named("remote-user"), ["ada"]);
        assert!(!seen.head.contains(written) && seen.headers_named("authorization").is_empty(), "{}", seen.head);
    }
    let log = gateway.log().await;
    assert!(!log.contains(written) && !log.contains(&written[20..]), "no part of its secret is in the log");
    assert!(log.lines().any(|line| line.contains("/data") && line.contains("account")), "the log says whose it was");
    for file in gateway.files().into_iter().filter(|file| file.to_string_lossy().contains("portcullis.db")) {
        let bytes = std::fs::read(file).unwrap();
        let found = bytes.windows(written.len() - 20).any(|window| window == &written.as_bytes()[20..]);
        assert!(!found, "nor in the store");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_or_expired_token_and_one_of_a_disabled_account_open_nothing() {
    let gateway = Gateway::with(taking()).await;
    let visitor = gateway.visitor();
    let (kept, gone) = (made(&gateway, "*").await, made(&gateway, "*").await);
    becomes(&visitor, &kept, true).await;
    becomes(&visitor, &gone, true).await;
    let id = listed(&gateway).await[1]["id"].as_str().unwrap().to_owned();
    let (done, out, _) = token(&gateway, &["revoke", &id[..8]]).await;
    assert!(done && out.contains("is revoked"), "{out}");
    becomes(&visitor, &gone, false).await;
    assert!(!token(&gateway, &["revoke", &id]).await.0, "once is enough");

    gateway.user(&["disable", "ada"], "").await;
    becomes(&visitor, &kept, false).await;
    gateway.user(&["enable", "ada"], "").await;
    becomes(&visitor, &kept, true).await;

    gateway.advance(30 * 24 * 3600 - 600);
    assert!(opens(&visitor, &kept).await);
    gateway.advance(1200);
    assert!(!opens(&visitor, &kept).await, "an expired token is refused, swept or not");

    let (_, fresh, _) = token(&gateway, &["create", "--user", "ada", "--site", "*", "--expires", "90d"]).await;
    becomes(&visitor, fresh.trim_end(), true).await;
    gateway.user(&["remove", "ada", "--yes"], "").await;
    becomes(&visitor, fresh.trim_end(), false).await;
    assert_eq!(listed(&gateway).await.len(), 0, "a removed account takes its tokens with it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_one_site_is_refused_by_another() {
    let rules = TAKES_TOKENS;
    let site = format!("host = \"a.localhost\"\n{rules}");
    let more = format!("[[sites]]\nhost = \"*.b.localhost\"\nupstream = [\"http://127.0.0.1:9\"]\n{rules}");
    let gateway = Gateway::with(Setup { site, more, ..Setup::default() }).await;
    let at = |host: &str| {
        let mut visitor = gateway.visitor();
        visitor.host = Some(host.to_owned());
        visitor
    };
    let (a, b) = (made(&gateway, "a.localhost").await, made(&gateway, "*.b.localhost").await);
    becomes(&at("a.localhost"), &a, true).await;
    assert!(!opens(&at("x.b.localhost"), &a).await);
    assert!(!opens(&at("a.localhost"), &b).await);
    eventually("the other opens its own, where nobody listens", || async {
        shown(&at("x.b.localhost"), &format!("Bearer {b}")).await.status == 502
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_exactly_a_token_of_ours_is_nobody() {
    let gateway = Gateway::with(taking()).await;
    let visitor = gateway.visitor();
    let token = made(&gateway, "*").await;
    becomes(&visitor, &token, true).await;
    let mut other = token.clone().into_bytes();
    let last = other.len() - 1;
    other[last] = if other[last] == b'A' { b'B' } else { b'A' };
    let other = String::from_utf8(other).unwrap();
    for authorization in [
        format!("Bearer {other}"),
        format!("Bearer {token}="),
        format!("Bearer {}", &token[..74]),
        format!("Bearer {token}, Bearer {token}"),
        format!("Token {token}"),
        format!("Basic {token}"),
        token.clone(),
        "Bearer eyJhbGciOiJub25lIn0.e30.".to_owned(),
        "Bearer".to_owned(),
    ] {
        let answer = shown(&visitor, &authorization).await;
        assert_eq!(answer.status, 401, "{authorization}: {answer:?}");
        assert_eq!(answer.headers_named("www-authenticate").len(), 2, "a program may show a token in Basic too");
    }
    let twice = Request::get("/")
        .header("Authorization", &format!("Bearer {token}"))
        .header("Authorization", &format!("Bearer {token}"))
        .bare();
    assert_eq!(visitor.clone().send(twice).await.status, 401);
    for _ in 0..200 {
        assert_eq!(shown(&visitor, &format!("Bearer {other}")).await.status, 401);
    }
    assert!(opens(&visitor, &token).await, "nobody is held back by the guesses of others");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_comes_first_and_words_for_the_site_travel_on() {
    let gateway = Gateway::with(taking()).await;
    let visitor = gateway.ada().await;
    let token = made(&gateway, "*").await;
    for (authorization, travels) in [
        ("Bearer eyJhbGciOiJub25lIn0.e30.".to_owned(), true),
        ("Basic dGVzdDp0ZXN0".to_owned(), true),
        (format!("Bearer {token}"), false),
        ("Bearer portcullis_cut".to_owned(), false),
    ] {
        assert_eq!(shown(&visitor, &authorization).await.status, 200, "{authorization}");
        let seen = gateway.backend.last().await;
        let expected = if travels { vec![authorization.as_str()] } else { vec![] };
        assert_eq!(seen.headers_named("authorization"), expected);
    }
    let stranger = gateway.visitor();
    assert_eq!(shown(&stranger, "Bearer eyJhbGciOiJub25lIn0.e30.").await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_takes_sessions_alone_looks_at_no_token() {
    let site = format!("[[sites.rules]]\npath = \"/data\"\nrequire = \"two_factor\"\n{TAKES_TOKENS}");
    let gateway = Gateway::with(Setup { site, ..Setup::default() }).await;
    let token = made(&gateway, "*").await;
    let elsewhere = Request::get("/scripts").header("Authorization", &format!("Bearer {token}")).bare();
    eventually("the gateway knows it", || async { gateway.visitor().send(elsewhere.clone()).await.status == 200 })
        .await;
    let passed = gateway.backend.count();
    assert!(!opens(&gateway.visitor(), &token).await);
    assert_eq!(gateway.backend.count(), passed);
    let visitor = gateway.ada().await;
    assert_eq!(shown(&visitor, &format!("Bearer {token}")).await.status, 200);
    assert!(gateway.backend.last().await.headers_named("authorization").is_empty(), "nor is one passed on");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_use_is_written_down() {
    let mut gateway = Gateway::with(taking()).await;
    let token = made(&gateway, "*").await;
    becomes(&gateway.visitor(), &token, true).await;
    assert_eq!(listed(&gateway).await[0]["last_used_at"], Value::Null);
    gateway.restart().await;
    assert!(listed(&gateway).await[0]["last_used_at"].is_string());
    assert!(opens(&gateway.visitor(), &token).await, "all tokens are known from the start on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_closes_an_open_socket() {
    let gateway = GatewayProcess::start(taking()).await;
    let visitor = gateway.visitor();
    let token = made(&gateway, "*").await;
    becomes(&visitor, &token, true).await;
    for end in [&["user", "password", "ada", "--password-stdin"][..], &["token", "revoke"]] {
        gateway.backend.answers(Answer::WebSocketEcho);
        let request = Request::get("/socket")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .header("Authorization", &format!("Bearer {token}"))
            .bare();
        let mut wire: Wire = visitor.connect().await;
        wire.send(visitor.bytes(&request)).await;
        assert_eq!(wire.head().await.expect("an answer").status, 101);
        let id = listed(&gateway).await[0]["id"].as_str().unwrap().to_owned();
        let mut arguments = end.to_vec();
        if end[0] == "token" {
            arguments.push(&id);
        }
        let config = gateway.config_file();
        arguments.extend(["--config", &config]);
        let output = run(&arguments, &[], "ada walks over ten new bridges\n").await;
        assert!(output.status.success(), "{}", text(&output));
        within("the end of the socket", wire.rest()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_says_what_is_wrong() {
    let site = "host = \"a.localhost\"".to_owned();
    let gateway = Gateway::with(Setup { site, ..Setup::default() }).await;
    let create = |user: &'static str, site: &'static str, expires: &'static str| {
        let gateway = &gateway;
        async move { token(gateway, &["create", "--user", user, "--site", site, "--expires", expires]).await }
    };
    for (user, site, expires, what) in [
        ("ada", "b.localhost", "30d", "its sites are `a.localhost`"),
        ("ada", "*", "30d", "its sites are `a.localhost`"),
        ("nobody", "a.localhost", "30d", "there is no account"),
        ("ada", "a.localhost", "367d", "within 366 days"),
        ("ada", "a.localhost", "0d", "ends in the future"),
        ("ada", "a.localhost", "2020-01-01", "ends in the future"),
        ("ada", "a.localhost", "never", "write a duration (`90d`"),
    ] {
        let (done, out, err) = create(user, site, expires).await;
        assert!(!done && out.is_empty() && err.contains(what), "{user} {site} {expires}: {out}{err}");
    }
    let (done, _, err) = token(&gateway, &["create", "--user", "ada", "--site", "a.localhost"]).await;
    assert!(!done && err.contains("--expires"), "{err}");
    let name = ["--name", "nightly backup"];
    let arguments = [&["create", "--user", "ada@example.com", "--site", "A.localhost", "--expires", "90d"], &name[..]];
    let (done, _, err) = token(&gateway, &arguments.concat()).await;
    assert!(done && !err.contains("more than 90 days"), "{err}");
    let all = listed(&gateway).await;
    assert_eq!((&all[0]["user"], &all[0]["site"]), (&"ada".into(), &"a.localhost".into()));
    assert_eq!((all.len(), &all[0]["name"]), (1, &"nightly backup".into()));
    let (_, out, _) = token(&gateway, &["list", "--user", "ada"]).await;
    assert!(out.contains("nightly backup") && out.contains("  never  "), "{out}");
    assert!(!token(&gateway, &["list", "--user", "nobody"]).await.0);
}

/// One thread: time is moved by hand.
#[tokio::test]
async fn when_the_feed_cannot_be_read_no_token_passes_and_a_missed_revocation_counts_when_it_is_back() {
    let gateway = Gateway::with(taking()).await;
    let (visitor, token) = (gateway.visitor(), made(&gateway, "*").await);
    becomes(&visitor, &token, true).await;
    let mut other = intruder(&gateway.path("portcullis.db")).await;
    does(&mut other, "ALTER TABLE feed RENAME TO gone").await;
    pass(Duration::from_secs(31)).await;
    assert_eq!(shown(&visitor, &format!("Bearer {token}")).await.status, 503);
    let stranger = format!("Bearer portcullis_{}", "A".repeat(64));
    assert_eq!(shown(&visitor, &stranger).await.status, 503, "who is right cannot be told apart");
    // As the sweep does after an hour: whoever comes back finds lines missing and reads everything again.
    does(&mut other, "DELETE FROM tokens").await;
    does(&mut other, "ALTER TABLE gone RENAME TO feed").await;
    does(&mut other, "INSERT INTO feed (at, kind, subject) VALUES (0, 'account-changed', zeroblob(16))").await;
    does(&mut other, "UPDATE bookkeeping SET value = (SELECT max(seq) FROM feed) WHERE name = 'feed-swept'").await;
    eventually("the token is gone", || async { shown(&visitor, &format!("Bearer {token}")).await.status == 401 }).await;
}
