//! How long a browser keeps a session.

use crate::house::{House, Plan};

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_was_closed_is_still_signed_in() {
    let house = House::start().await;
    let (mut visitor, code) = house.half_signed_in(&house.account).await;
    let answer = visitor.code(&code).await;
    let cookie = answer.headers.iter().find(|(_, value)| value.starts_with("portcullis=")).unwrap();
    assert!(cookie.1.ends_with("; Path=/; Max-Age=43200"), "twelve hours, as `session.lifetime`: {cookie:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_with_the_browser_where_the_operator_wants_it() {
    let house = House::with(Plan { session: "persistent = false\n".to_owned(), ..Plan::default() }).await;
    let (mut visitor, code) = house.half_signed_in(&house.account).await;
    let answer = visitor.code(&code).await;
    let cookie = answer.headers.iter().find(|(_, value)| value.starts_with("portcullis=")).unwrap();
    assert!(cookie.1.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{cookie:?}");
}
