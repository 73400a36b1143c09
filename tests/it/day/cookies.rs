//! How long a browser keeps a session.

use crate::gateway::{Gateway, Setup};

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_was_closed_is_still_signed_in() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let answer = visitor.code(&code).await;
    let cookie = answer.headers.iter().find(|(_, value)| value.starts_with("portcullis=")).unwrap();
    assert!(cookie.1.ends_with("; Path=/; Max-Age=43200"), "twelve hours, as `session.lifetime`: {cookie:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_with_the_browser_where_the_operator_wants_it() {
    let gateway = Gateway::with(Setup { session: "persistent = false\n".to_owned(), ..Setup::default() }).await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let answer = visitor.code(&code).await;
    let cookie = answer.headers.iter().find(|(_, value)| value.starts_with("portcullis=")).unwrap();
    assert!(cookie.1.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{cookie:?}");
}
