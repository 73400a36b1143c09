//! Log-out: asked on a page, done by POST, felt at once.

use crate::backend::Answer;
use crate::gateway::Gateway;
use crate::response::expect_redirect;
use crate::visitor::{LOGIN, LOGOUT, Request, SESSION_COOKIE, VERIFY};
use crate::wire::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn after_log_out_a_copied_cookie_is_dead_at_once() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let copy = visitor.clone();
    let answer = visitor.log_out().await;
    assert!(!copy.is_in().await, "the copy");
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\""), "{answer:?}");
    assert!(!visitor.jar.contains_key(SESSION_COOKIE), "the cookie is taken away: {answer:?}");
    let page = visitor.follow(answer).await;
    assert!(page.text().contains("name=\"password\""), "the login page appears: {page:?}");
    let request = Request::get("/").header("Accept", "application/json").bare();
    assert_eq!(copy.clone().send(request).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_the_log_out_page_changes_nothing() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    for method in ["GET", "HEAD"] {
        assert_eq!(visitor.send(Request::new(method, LOGOUT)).await.status, 200);
    }
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_session_ends_and_the_others_of_the_account_live_on() {
    let gateway = Gateway::start().await;
    let mut first = gateway.ada().await;
    gateway.advance(700);
    let second = gateway.ada().await;
    first.log_out().await;
    assert!(!first.is_in().await && second.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn log_out_without_a_session_leads_to_the_login_page() {
    let gateway = Gateway::start().await;
    let answer = gateway.visitor().get(LOGOUT).await;
    expect_redirect(&answer, "/portcullis/login?out=1", "the login page says that nobody is signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_survives_a_restart_and_a_log_out_does_too() {
    let mut gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    gateway.advance(700);
    let mut leaver = gateway.ada().await;
    let copy = leaver.clone();
    leaver.log_out().await;
    gateway.restart().await;
    assert!(visitor.is_in().await, "a session survives");
    assert!(!copy.is_in().await, "an ended session does not come back");
}

#[tokio::test(flavor = "multi_thread")]
async fn disabling_or_removing_an_account_ends_its_sessions_within_a_second() {
    let gateway = Gateway::start().await;
    for (name, command) in [("bob", "disable"), ("cyd", "remove")] {
        let account = gateway.add_account(name).await;
        let visitor = gateway.signed_in(&account).await;
        let more: &[&str] = if command == "remove" { &[command, name, "--yes"] } else { &[command, name] };
        gateway.user(more, "").await;
        eventually(&format!("{command} is felt by a running gateway"), || async { !visitor.is_in().await }).await;
        let mut again = gateway.visitor();
        let answer = again.password("/", name, &account.password).await;
        assert!(answer.words().contains("Invalid credentials"), "{command}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    gateway.user(&["password", "ada", "--password-stdin"], "another walk over nine bridges\n").await;
    eventually("the old sessions end", || async { !visitor.is_in().await }).await;
    let answer = gateway.visitor().password("/", "ada", "another walk over nine bridges").await;
    expect_redirect(&answer, VERIFY, "the new password");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_down_does_not_keep_anybody_in() {
    let mut gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    gateway.backend.answers(Answer::NeverRead);
    gateway.environment.backend.stop().await;
    expect_redirect(&visitor.log_out().await, "/portcullis/login?out=1", "log-out needs no site");
    let page = visitor.get(LOGIN).await;
    assert_eq!(page.status, 200, "{page:?}");
}
