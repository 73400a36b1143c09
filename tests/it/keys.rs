//! Rotation of the signing key in the running gateway: nobody is signed out, and nothing signed by a removed version
//! counts any more.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::gateway::{GatewayProcess, Setup, set_mode};
use crate::process::{run, text};
use crate::response::expect_redirect;
use crate::visitor::{LOGIN, OVER, Request, VERIFY, Visitor, form};
use crate::wire::eventually;

/// `portcullis keys …` on this installation, and whether it succeeded.
async fn keys(gateway: &GatewayProcess, arguments: &[&str]) -> (bool, String) {
    let config = gateway.config_file();
    let output = run(&[&["keys"], arguments, &["--config", &config]].concat(), &[], "").await;
    (output.status.success(), text(&output))
}

/// SIGHUP, and the line that says what became of it.
async fn hang_up(gateway: &GatewayProcess, mark: &str) {
    let count = || gateway.process.output().lines().filter(|line| line.contains(mark)).count();
    let before = count();
    gateway.process.signal("HUP").await;
    eventually(&format!("another line with {mark:?}"), || async { count() > before }).await;
}

/// The key version that signed a cookie.
fn version(cookie: &str) -> u8 {
    URL_SAFE_NO_PAD.decode(cookie).expect("base64url")[1]
}

async fn is_out(visitor: &Visitor) -> bool {
    let request = Request::get("/").header("Accept", "application/json").bare();
    let answer = visitor.clone().send(request).await;
    assert!(matches!(answer.status, 200 | 401), "neither in nor out: {answer:?}");
    answer.status == 401
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_signs_nobody_out_and_a_removed_version_counts_no_more() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let before = gateway.signed_in(&gateway.account.clone()).await;
    let bob = gateway.add_account("bob").await;
    let (mut half, code) = gateway.half_signed_in(&bob).await;
    let page = half.get(VERIFY).await;
    assert_eq!(version(before.session()), 1);

    assert!(keys(&gateway, &["rotate"]).await.0);
    hang_up(&gateway, "reloaded").await;
    assert!(before.is_in().await, "a rotation signs nobody out");
    let request = Request::post(VERIFY, &form(&page, VERIFY).filled(&[("code", &code)]));
    expect_redirect(&half.send(request).await, "/", "a sign-in begun before the rotation is finished after it");
    assert!(half.is_in().await);
    assert_eq!(version(half.session()), 2, "new cookies are signed by the new version");

    assert!(keys(&gateway, &["remove", "1"]).await.0);
    assert!(before.is_in().await, "the file alone changes nothing");
    hang_up(&gateway, "reloaded").await;
    assert!(is_out(&before).await, "a cookie of the removed version is refused at once");
    assert!(half.is_in().await, "a cookie of the new one is not");
    let after = gateway.signed_in(&gateway.account.clone()).await;
    assert_eq!(version(after.session()), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_our_own_outlives_a_rotation_and_dies_with_its_version() {
    let delivery = Some("sms = [\"cpaas_message\"]\nemail = []".to_owned());
    let gateway = GatewayProcess::start(Setup { delivery, ..Setup::default() }).await;
    let account = gateway.account.clone();
    let (mut first, code) = gateway.half_signed_in(&account).await;
    keys(&gateway, &["rotate"]).await;
    hang_up(&gateway, "reloaded").await;
    expect_redirect(&first.code(&code).await, "/", "the code is still right");
    let (mut second, code) = gateway.half_signed_in(&account).await;
    let page = second.get(VERIFY).await;
    keys(&gateway, &["rotate"]).await;
    // The gateway reads the new version first: it encrypts with the newest one that it knows.
    hang_up(&gateway, "reloaded").await;
    for old in ["1", "2"] {
        assert!(keys(&gateway, &["remove", old]).await.0);
    }
    hang_up(&gateway, "reloaded").await;
    expect_redirect(&second.get(VERIFY).await, LOGIN, "the sign-in that a removed version signed is no sign-in");
    expect_redirect(&second.submit(&page, VERIFY, &[("code", &code)]).await, OVER, "nor does its form help");
    assert!(!second.is_in().await, "what a removed version signed opens nothing");
    assert!(is_out(&first).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_key_file_at_sighup_is_logged_and_the_old_keys_stay() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let visitor = gateway.signed_in(&gateway.account.clone()).await;
    let file = gateway.path("portcullis.keys");
    let good = std::fs::read_to_string(&file).unwrap();
    let line = good.lines().nth(1).expect("a key").to_owned();
    let secret = line.rsplit(' ').next().unwrap().to_owned();
    let weak = URL_SAFE_NO_PAD.encode([0x41_u8; 32]);
    let cases = [
        String::new(),
        "nonsense\n".to_owned(),
        good.replace(&secret, "c2hvcnQ"),
        good.replace(&secret, &weak),
        format!("{good}{line}\n"),
        format!("{good}2 2026-01-01T00:00:00.000Z {secret}\n"),
    ];
    for broken in cases {
        std::fs::write(&file, &broken).unwrap();
        hang_up(&gateway, "not reloaded").await;
        assert!(visitor.is_in().await, "the keys from before stay: {broken:?}");
    }
    std::fs::write(&file, &good).unwrap();
    set_mode(&file, 0o644);
    hang_up(&gateway, "not reloaded").await;
    std::fs::remove_file(&file).unwrap();
    hang_up(&gateway, "not reloaded").await;
    assert!(!file.exists(), "no new keys are made beside those in use");
    let bob = gateway.add_account("bob").await;
    assert_eq!(version(gateway.signed_in(&bob).await.session()), 1, "people still sign in, with the old version");
    assert!(!gateway.log().await.contains(&secret), "a key is in no log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weak_or_doubled_key_is_refused_at_the_start() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    gateway.process.kill().await;
    let file = gateway.path("portcullis.keys");
    let good = std::fs::read_to_string(&file).unwrap();
    let line = good.lines().nth(1).expect("a key").to_owned();
    let secret = line.rsplit(' ').next().unwrap();
    let repeated = URL_SAFE_NO_PAD.encode(b"changemechangemechangemechangeme");
    for broken in [
        good.replace(secret, &URL_SAFE_NO_PAD.encode([0_u8; 32])),
        good.replace(secret, &repeated),
        good.replace(secret, &secret[..20]),
        format!("{good}2 2026-01-01T00:00:00.000Z {secret}\n"),
        format!("{good}{line}\n"),
    ] {
        std::fs::write(&file, &broken).unwrap();
        let output = run(&["serve", "--config", &gateway.config_file()], &[], "").await;
        assert_eq!(output.status.code(), Some(1), "{broken}: {}", text(&output));
        assert!(text(&output).contains("portcullis.keys") && !text(&output).contains(secret), "{}", text(&output));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_version_that_signs_cannot_be_removed_nor_one_that_is_not_there() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    for id in ["1", "2", "255"] {
        let (done, said) = keys(&gateway, &["remove", id]).await;
        assert!(!done, "{id}: {said}");
    }
    keys(&gateway, &["rotate"]).await;
    let (_, listed) = keys(&gateway, &["list"]).await;
    let numbers: Vec<_> = listed.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(numbers, ["1", "2"]);
    hang_up(&gateway, "reloaded").await;
    let (done, said) = keys(&gateway, &["remove", "1"]).await;
    assert!(done, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_stays_while_the_running_gateway_still_encrypts_with_it() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    keys(&gateway, &["rotate"]).await;
    // Nobody has a factor yet, but one that is added before the gateway reads the new version needs the old one.
    let (done, said) = keys(&gateway, &["remove", "1"]).await;
    assert!(
        !done && said.contains("the gateway still encrypts authenticator apps and passkeys with version 1"),
        "{said}"
    );
    hang_up(&gateway, "reloaded").await;
    let (done, said) = keys(&gateway, &["remove", "1"]).await;
    assert!(done, "{said}");
}
