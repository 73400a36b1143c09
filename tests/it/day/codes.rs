//! Codes as people type and paste them, and what a page says of wrong ones.

use crate::gateway::Gateway;
use crate::phone::wrong_code;
use crate::visitor::LOGIN;

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_found_in_whatever_was_pasted() {
    let gateway = Gateway::start().await;
    for (number, written) in ["{a} {b}", "{a}-{b}", "#{a}{b}", "\u{a0}{a}\u{a0}{b}\n"].into_iter().enumerate() {
        let account = gateway.add_account(&format!("person{number}")).await;
        let (mut visitor, code) = gateway.half_signed_in(&account).await;
        let typed = written.replace("{a}", &code[..3]).replace("{b}", &code[3..]);
        let answer = visitor.code(&typed).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{typed:?}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_message_can_be_pasted() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let text = gateway.sandbox.messages().await.pop().unwrap().text;
    assert!(text.starts_with(&format!("{code} is your Portcullis sign-in code.")), "the code comes first: {text:?}");
    let answer = visitor.code(&text).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_says_how_many_attempts_are_left_and_the_last_one_why_it_is_over() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    for (number, left) in
        [(0, "4 attempts left"), (1, "3 attempts left"), (2, "2 attempts left"), (3, "1 attempt left")]
    {
        let answer = visitor.code(&wrong_code(&code, number)).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("Code invalid or expired"), "{answer:?}");
        assert!(answer.text().contains(&format!("You have {left}.")), "{left}: {answer:?}");
    }
    let answer = visitor.code(&wrong_code(&code, 4)).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/portcullis/login?over=guesses")));
    let page = visitor.follow(answer).await;
    assert!(page.text().contains("That was the last of five wrong codes"), "{page:?}");
    assert!(page.text().contains(LOGIN));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_on_the_page_agrees_with_its_message() {
    let gateway = Gateway::start().await;
    let (mut visitor, _) = gateway.half_signed_in(&gateway.account).await;
    let answer = visitor.ask_again("sms").await;
    assert_eq!(answer.status, 429);
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!(answer.text().contains(&format!("You can request another code in {wait} seconds.")), "{answer:?}");
    assert!(answer.text().contains(&format!("data-seconds=\"{wait}\"")), "{answer:?}");
}
