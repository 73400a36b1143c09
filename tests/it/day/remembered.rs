//! Remembered browsers: where the operator offers it and the person ticks the box, the next sign-ins in that browser need
//! only the password, until something says otherwise.

use crate::gateway::{Account, Gateway, Setup};
use crate::phone::wrong_code;
use crate::process::{run, text};
use crate::response::{Response, expect_redirect};
use crate::visitor::{DEVICE_COOKIE, LOGIN, LOGOUT, SESSION_COOKIE, VERIFY, Visitor, form};

pub const ACCOUNT: &str = "/portcullis/";
pub const FORGET: &str = "/portcullis/forget";
pub const DAY: u64 = 24 * 3600;

/// What the person does with the box on the code page.
#[derive(Clone, Copy)]
pub enum Tick {
    Set,
    Missing,
}

pub fn offering(period: &str) -> Setup {
    Setup { session: format!("remember_device = \"{period}\""), ..Setup::default() }
}

pub async fn gateway() -> Gateway {
    Gateway::with(offering("30d")).await
}

/// Long enough for the limits of messages not to count.
pub fn later(gateway: &Gateway) {
    gateway.advance(11 * 60);
}

/// A sign-in with a code, in this browser.
pub async fn with_a_code(gateway: &Gateway, visitor: &mut Visitor, account: &Account, ticks: Tick) {
    let sent = gateway.sandbox.messages_to(&account.phone).await.len();
    let answer = visitor.password("/", &account.name, &account.password).await;
    expect_redirect(&answer, VERIFY, "a code is asked for");
    let page = visitor.follow(answer).await;
    let code = gateway.sandbox.code(&account.phone, sent + 1).await;
    let mut typed = vec![("code", code.as_str())];
    if matches!(ticks, Tick::Set) {
        assert!(form(&page, VERIFY).input("remember").is_some(), "the box is offered: {page:?}");
        typed.push(("remember", "1"));
    }
    let answer = visitor.submit(&page, VERIFY, &typed).await;
    expect_redirect(&answer, "/", "the code leads to the site");
}

/// The browser without a session: closed, or its session is over.
pub fn closed(visitor: &mut Visitor) {
    visitor.jar.remove(SESSION_COOKIE);
}

/// Signs in with the password; whether that was enough. No message is sent then, and one else.
pub async fn needs_no_code(gateway: &Gateway, visitor: &mut Visitor, account: &Account) -> bool {
    later(gateway);
    closed(visitor);
    let sent = gateway.sandbox.messages_to(&account.phone).await.len();
    let answer = visitor.password("/", &account.name, &account.password).await;
    let skipped = match answer.location() {
        "/" => visitor.is_in().await,
        VERIFY => false,
        other => panic!("led to {other}: {answer:?}"),
    };
    let expected = if skipped { sent } else { sent + 1 };
    assert_eq!(gateway.sandbox.messages_to(&account.phone).await.len(), expected, "messages");
    skipped
}

/// A browser in which the account needs no code.
pub async fn remembered(gateway: &Gateway, account: &Account) -> Visitor {
    let mut visitor = gateway.visitor();
    with_a_code(gateway, &mut visitor, account, Tick::Set).await;
    visitor
}

/// What a command prints.
async fn said(gateway: &Gateway, arguments: &[&str]) -> String {
    let output = run(&[arguments, &["--config", &gateway.config_file()]].concat(), &[], "").await;
    assert!(output.status.success(), "{arguments:?}: {}", text(&output));
    text(&output)
}

/// The page of the account.
async fn account_page(visitor: &mut Visitor) -> Response {
    let page = visitor.get(ACCOUNT).await;
    assert_eq!(page.status, 200, "{page:?}");
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn unless_the_operator_offers_it_every_sign_in_needs_a_code() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let page = visitor.get(VERIFY).await;
    assert!(form(&page, VERIFY).input("remember").is_none(), "{page:?}");
    let answer = visitor.submit(&page, VERIFY, &[("code", &code), ("remember", "1")]).await;
    expect_redirect(&answer, "/", "the field is ignored");
    let page = account_page(&mut visitor).await;
    assert!(!page.text().contains("/forget") && !page.words().contains("No code in this browser"), "{page:?}");
    assert!(!needs_no_code(&gateway, &mut visitor, &gateway.account).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_remembered_browser_the_password_is_enough_and_no_message_is_sent() {
    let mut gateway = gateway().await;
    let ada = gateway.account.clone();
    let (mut visitor, _) = gateway.half_signed_in(&ada).await;
    let page = visitor.get(VERIFY).await;
    let offered = form(&page, VERIFY);
    assert_eq!(offered.input("remember").and_then(|input| input.get("type")), Some("checkbox"));
    assert_eq!(offered.field("remember"), None, "it is not ticked: {page:?}");
    assert!(page.words().contains("Do not ask for a code in this browser for 30 days"), "{page:?}");
    let code = gateway.sandbox.last_code(&ada.phone).await;
    let answer = visitor.submit(&page, VERIFY, &[("code", &wrong_code(&code, 1)), ("remember", "1")]).await;
    assert_eq!(form(&answer, VERIFY).field("remember"), Some("1"), "a mistyped code keeps the tick: {answer:?}");
    visitor.submit(&answer, VERIFY, &[("code", &code)]).await;
    assert_eq!(gateway.newest_event().await.0, "browser.remembered");

    let given = gateway.clock.clock().now();
    for _ in 0..2 {
        assert!(needs_no_code(&gateway, &mut visitor, &ada).await);
        assert_eq!(gateway.backend.last().await.headers_named("remote-user"), ["ada"]);
        let (name, details) = gateway.newest_event().await;
        assert_eq!(name, "sign-in.completed");
        assert!(details.contains(&format!("\"remembered_since\":\"{given}\"")), "{details}");
        assert!(details.contains("\"factors\":[\"password\"]"), "{details}");
    }
    gateway.restart().await;
    assert!(needs_no_code(&gateway, &mut visitor, &ada).await, "after a restart");
    let page = account_page(&mut visitor).await;
    let (until, since) = (given.plus(std::time::Duration::from_secs(30 * DAY)), gateway.clock.clock().now());
    assert!(page.words().contains("No code in this browser until"), "{page:?}");
    for moment in [until, since] {
        assert!(page.text().contains(&format!("datetime=\"{moment}\"")), "{moment}: {page:?}");
    }
    let shown = gateway.user(&["show", "ada"], "").await;
    assert!(shown.contains("browsers 1 remembered\n"), "{shown}");
    let shown = gateway.user(&["show", "ada", "--json"], "").await;
    assert!(shown.contains("\"remembered_browsers\": 1"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_without_the_tick_another_browser_and_another_account_are_not_remembered() {
    let gateway = gateway().await;
    let (ada, bob) = (gateway.account.clone(), gateway.add_account("bob").await);
    let mut plain = gateway.visitor();
    with_a_code(&gateway, &mut plain, &ada, Tick::Missing).await;
    assert!(!needs_no_code(&gateway, &mut plain, &ada).await, "nobody asked for it");

    let mut visitor = remembered(&gateway, &ada).await;
    assert!(!needs_no_code(&gateway, &mut gateway.visitor(), &ada).await, "another browser");
    assert!(!needs_no_code(&gateway, &mut visitor.clone(), &bob).await, "another account in the same browser");
    assert!(needs_no_code(&gateway, &mut visitor, &ada).await);

    let of_bob = remembered(&gateway, &bob).await;
    let mut forged = visitor.clone();
    let device = visitor.jar[DEVICE_COOKIE].clone();
    let flipped = device.replacen(&device[40..41], if &device[40..41] == "A" { "B" } else { "A" }, 1);
    for cookie in [of_bob.jar[DEVICE_COOKIE].clone(), flipped, String::new()] {
        forged.jar.insert(DEVICE_COOKIE.to_owned(), cookie.clone());
        assert!(!needs_no_code(&gateway, &mut forged, &ada).await, "{cookie}");
    }
    assert!(needs_no_code(&gateway, &mut visitor, &ada).await, "none of this forgets it");
    closed(&mut visitor);
    somebody_else_signs_in(&gateway, &mut visitor, &ada, &bob).await;
}

/// Somebody else signs in in the browser: its cookie is theirs from then on.
async fn somebody_else_signs_in(gateway: &Gateway, visitor: &mut Visitor, ada: &Account, bob: &Account) {
    later(gateway);
    with_a_code(gateway, visitor, bob, Tick::Set).await;
    assert!(!needs_no_code(gateway, &mut visitor.clone(), ada).await);
    assert!(needs_no_code(gateway, visitor, bob).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_remembered_from_the_code_on_and_no_sign_in_extends_that() {
    let gateway = gateway().await;
    let ada = gateway.account.clone();
    let mut visitor = remembered(&gateway, &ada).await;
    gateway.advance(30 * DAY - 2 * 660);
    assert!(needs_no_code(&gateway, &mut visitor, &ada).await, "eleven minutes before the end");
    assert!(!needs_no_code(&gateway, &mut visitor, &ada).await, "thirty days after the code");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shorter_period_or_none_counts_for_browsers_that_are_remembered_already() {
    let mut gateway = gateway().await;
    let ada = gateway.account.clone();
    let mut visitor = remembered(&gateway, &ada).await;
    gateway.advance(2 * DAY);
    let whole = gateway.config();
    let mut offers = async |period: &str| {
        let line = "remember_device = \"30d\"";
        std::fs::write(gateway.config_file(), whole.replace(line, period)).unwrap();
        gateway.restart().await;
        needs_no_code(&gateway, &mut visitor, &ada).await
    };
    assert!(!offers("").await, "no longer offered");
    assert!(!offers("remember_device = \"2d\"").await, "two days are over");
    assert!(offers("remember_device = \"3d\"").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_does_not_say_whether_the_browser_is_remembered() {
    let gateway = gateway().await;
    let mut known = remembered(&gateway, &gateway.account).await;
    closed(&mut known);
    let mut answers = Vec::new();
    for mut visitor in [known, gateway.visitor()] {
        let answer = visitor.password("/", "ada", "not the password at all").await;
        assert_eq!((answer.status, answer.set_cookies().len()), (422, 0));
        let csrf = form(&answer, LOGIN).field("csrf").unwrap().to_owned();
        answers.push(answer.text().replace(&csrf, ""));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_cookie_is_useless_after_the_owner_has_signed_in_and_shows_itself() {
    let gateway = gateway().await;
    let ada = gateway.account.clone();
    let mut owner = remembered(&gateway, &ada).await;
    let mut thief = owner.clone();
    assert!(needs_no_code(&gateway, &mut owner, &ada).await);
    assert!(!needs_no_code(&gateway, &mut thief, &ada).await, "an earlier cookie");
    let forgotten = said(&gateway, &["audit", "list", "--event", "browser.forgotten"]).await;
    assert!(forgotten.contains("an earlier cookie was shown"), "{forgotten}");
    assert!(!needs_no_code(&gateway, &mut owner, &ada).await, "somebody holds a copy, so nobody is let in");
}

/// The ways in which a browser is forgotten; each returns after the gateway has answered.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_forgets_a_browser_makes_its_next_sign_in_need_a_code() {
    let gateway = gateway().await;
    for way in ["password", "phone", "email", "mailbox", "disabled", "all sessions", "its session", "log-out", "page"] {
        let mut account = gateway.add_account(&format!("a-{}", way.replace(' ', "-"))).await;
        let name = account.name.clone();
        let mut visitor = remembered(&gateway, &account).await;
        let page = visitor.get(LOGOUT).await;
        visitor.submit(&page, LOGOUT, &[]).await;
        assert!(needs_no_code(&gateway, &mut visitor, &account).await, "{way}: a mere log-out keeps it");
        match way {
            "password" => {
                account.password = "a walk over ten bridges".to_owned();
                gateway.user(&["password", &name, "--password-stdin"], "a walk over ten bridges\n").await;
            }
            "phone" => {
                account.phone = Account::new("x").phone;
                gateway.user(&["edit", &name, "--phone", &account.phone], "").await;
            }
            "email" => {
                gateway.user(&["edit", &name, "--email", &format!("{name}@example.org")], "").await;
            }
            "mailbox" => {
                gateway.user(&["edit", &name, "--code-email", "box@example.org"], "").await;
            }
            "disabled" => {
                gateway.user(&["disable", &name], "").await;
                gateway.user(&["enable", &name], "").await;
            }
            "all sessions" => {
                said(&gateway, &["session", "revoke", &name]).await;
            }
            "its session" => {
                let listed = said(&gateway, &["session", "list", &name]).await;
                let newest = listed.lines().nth(1).and_then(|line| line.split_whitespace().next()).unwrap().to_owned();
                said(&gateway, &["session", "revoke", &name, "--session", &newest]).await;
                let forgotten = said(&gateway, &["audit", "list", "--event", "browser.forgotten"]).await;
                assert!(forgotten.contains("session revoked"), "{forgotten}");
            }
            "log-out" => {
                let page = visitor.get(LOGOUT).await;
                assert_eq!(form(&page, LOGOUT).field("forget"), None, "not ticked: {page:?}");
                assert!(form(&page, LOGOUT).input("forget").is_some(), "{page:?}");
                let answer = visitor.submit(&page, LOGOUT, &[("forget", "1")]).await;
                expect_redirect(&answer, "/portcullis/login?out=1", "logged out");
            }
            _ => {
                let page = account_page(&mut visitor).await;
                let answer = visitor.submit(&page, FORGET, &[("browsers", "this")]).await;
                expect_redirect(&answer, "/portcullis/?forgotten=1", "forgotten");
                let page = account_page(&mut visitor).await;
                assert!(!page.words().contains("No code in this browser until"), "{page:?}");
            }
        }
        assert!(!needs_no_code(&gateway, &mut visitor, &account).await, "{way}");
    }
}
