//! The operator's commands on the running gateway: sessions end within a second and open sockets close; the exit
//! statuses that scripts and containers go by.

use crate::backend::Answer;
use crate::gateway::{Account, GatewayProcess, Setup};
use crate::process::{command, finish, run, text};
use crate::response::expect_sign_in;
use crate::visitor::{Request, Visitor};
use crate::wire::{Wire, eventually, within};

/// `portcullis session …` on this installation.
async fn session(gateway: &GatewayProcess, arguments: &[&str]) -> String {
    let config = gateway.config_file();
    let output = run(&[&["session"], arguments, &["--config", &config]].concat(), &[], "").await;
    assert!(output.status.success(), "{arguments:?}: {}", text(&output));
    text(&output)
}

/// A WebSocket of this visitor that has passed a first frame.
async fn socket(gateway: &GatewayProcess, visitor: &Visitor) -> Wire {
    gateway.backend.answers(Answer::WebSocketEcho);
    let request = Request::get("/socket")
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("Origin", &visitor.origin())
        .bare();
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&request)).await;
    assert_eq!(wire.head().await.expect("an answer").status, 101);
    // A masked text frame `hi`, and its echo.
    wire.send([0x81, 0x82, 0, 0, 0, 0, b'h', b'i']).await;
    assert_eq!(wire.exactly(4).await, [0x81, 0x02, b'h', b'i']);
    gateway.backend.answers(Answer::Welcome);
    wire
}

async fn ends(mut wire: Wire, what: &str) {
    within(&format!("{what} closes the open socket"), wire.rest()).await;
}

async fn is_out(visitor: &Visitor, what: &str) {
    eventually(&format!("{what} is felt by the running gateway"), || async { !visitor.is_in().await }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_session_ends_in_the_running_gateway_with_its_open_sockets() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let ada = gateway.account.clone();
    let bob = gateway.add_account("bob").await;
    let (first, other) = (gateway.signed_in(&ada).await, gateway.signed_in(&bob).await);
    let open = socket(&gateway, &first).await;
    assert!(session(&gateway, &["revoke", "ada@example.com"]).await.contains("1 ended"));
    ends(open, "a revocation").await;
    is_out(&first, "a revocation").await;
    assert!(other.is_in().await, "another account's session lives on");
    assert_eq!(session(&gateway, &["list", "ada"]).await, "ada has no live sessions\n");
    expect_sign_in(&first.clone().get("/").await, "/", "the visitor is asked to sign in again");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_session_is_ended_by_its_number_and_the_others_live_on() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let ada = gateway.account.clone();
    let first = gateway.signed_in(&ada).await;
    let listed = session(&gateway, &["list", "ada"]).await;
    let id = listed.lines().nth(1).and_then(|line| line.split_whitespace().next()).expect("a session").to_owned();
    assert_eq!(id.len(), 8, "an identifier is shown short: {listed}");
    let second = gateway.signed_in(&ada).await;
    let listed = session(&gateway, &["list", "ada"]).await;
    assert_eq!(listed.lines().count(), 3, "{listed}");
    assert!(listed.lines().skip(1).all(|line| line.contains("127.0.0.1")), "each line says from where: {listed}");
    session(&gateway, &["revoke", "ada", "--session", &id]).await;
    is_out(&first, "the revocation of one session").await;
    assert!(second.is_in().await);
    let bob = gateway.add_account("bob").await;
    let left = session(&gateway, &["list", "ada"]).await;
    let id = left.lines().nth(1).and_then(|line| line.split_whitespace().next()).expect("a session");
    let config = gateway.config_file();
    let output = run(&["session", "revoke", &bob.name, "--session", id, "--config", &config], &[], "").await;
    assert_eq!(output.status.code(), Some(1), "no session of another account: {}", text(&output));
    assert!(second.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn disabling_removing_and_a_new_password_close_sessions_and_sockets() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let disable: &[&str] = &["disable", "bob"];
    let ways = [
        ("bob", disable, ""),
        ("cyd", &["password", "cyd", "--password-stdin"], "another walk over nine bridges\n"),
        ("eve", &["remove", "eve", "--yes"], ""),
    ];
    let bystander = gateway.signed_in(&gateway.account.clone()).await;
    for (name, arguments, typed) in ways {
        let account: Account = gateway.add_account(name).await;
        let visitor = gateway.signed_in(&account).await;
        let open = socket(&gateway, &visitor).await;
        gateway.user(arguments, typed).await;
        ends(open, arguments[0]).await;
        is_out(&visitor, arguments[0]).await;
    }
    assert!(bystander.is_in().await, "nobody else is concerned");
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_on_somebody_unknown_fail_and_say_so() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let config = gateway.config_file();
    for arguments in [["session", "list", "nobody"], ["session", "revoke", "nobody"], ["user", "disable", "nobody"]] {
        let output = run(&[&arguments[..], &["--config", &config]].concat(), &[], "").await;
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", text(&output));
        assert!(text(&output).contains("nobody"), "{arguments:?}: {}", text(&output));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn health_exits_with_0_while_the_gateway_is_ready_and_with_1_where_nobody_answers() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    let address = gateway.listening.address();
    for path in ["", "/", "/portcullis/health/ready", "/portcullis/health/live"] {
        let output = run(&["health", "--url", &format!("http://{address}{path}")], &[], "").await;
        assert_eq!(output.status.code(), Some(0), "{path}: {}", text(&output));
    }
    let output = run(&["health", "--url", &format!("http://{address}/portcullis/health/other")], &[], "").await;
    assert_eq!(output.status.code(), Some(1), "only 200 is well: {}", text(&output));
    let output = run(&["health", "--url", "http://gateway.example/"], &[], "").await;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert_eq!(run(&["health", "--url", "nonsense"], &[], "").await.status.code(), Some(2));
    gateway.process.kill().await;
    let output = run(&["health", "--url", &format!("http://{address}")], &[], "").await;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn completions_are_scripts_that_their_shells_can_read() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = run(&["completions", shell], &[], "").await;
        let script = text(&output);
        assert_eq!(output.status.code(), Some(0), "{shell}: {script}");
        for word in ["serve", "session", "audit", "keys", "health", "completions"] {
            assert!(script.contains(word), "{shell} knows `{word}`");
        }
        if shell == "bash" {
            let read = finish(&mut command("bash", &["-n"], &[]), &script).await;
            assert!(read.status.success(), "{}", text(&read));
        }
    }
    assert_eq!(run(&["completions", "nonsense"], &[], "").await.status.code(), Some(2));
}
