//! Codes that the gateway draws and keeps itself (`cpaas_message`), and the message that brings a code.

use crate::gateway::{Gateway, Setup};
use crate::phone::wrong_code;
use crate::response::{Response, expect_redirect};
use crate::visitor::{GUESSES_USED, OVER, VERIFY, Visitor};
use crate::wire::eventually;

fn setup(sms: &str, more: &str, site: &str) -> Setup {
    let delivery = Some(format!("sms = [\"{sms}\"]\nemail = []\n{more}"));
    Setup { delivery, site: site.to_owned(), ..Setup::default() }
}

/// Password given; the text of the SMS.
async fn half_way(gateway: &Gateway, host: Option<&str>) -> (Visitor, String) {
    let mut visitor = gateway.visitor();
    visitor.host = host.map(|host| format!("{host}:{}", gateway.address().port()));
    let before = gateway.sandbox.messages().await.len();
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    expect_redirect(&answer, VERIFY, "the right password");
    eventually("the message", || async { gateway.sandbox.messages().await.len() > before }).await;
    let text = gateway.sandbox.messages().await.pop().expect("a message").text;
    (visitor, text)
}

fn assert_wrong(answer: &Response, what: &str) {
    assert!(answer.status == 422 && answer.words().contains("Code invalid or expired"), "{what}: {answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_our_own_opens_the_site_once() {
    let gateway = Gateway::with(setup("cpaas_message", "", "")).await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    assert_wrong(&visitor.code(&wrong_code(&code, 0)).await, "another code");
    let mut again = visitor.clone();
    let page = again.get(VERIFY).await;
    expect_redirect(&visitor.code(&code).await, "/", "the right code");
    assert!(visitor.is_in().await);
    expect_redirect(&again.submit(&page, VERIFY, &[("code", &code)]).await, OVER, "the same once more");
    assert!(!again.is_in().await, "a code is spent by its first use");
    assert_eq!(gateway.sandbox.calls("verify").await, 0, "the CPaaS is not asked about a code of ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_our_own_dies_after_five_guesses_after_its_life_and_when_it_is_sent_again() {
    let gateway = Gateway::with(setup("cpaas_message", "", "")).await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let page = visitor.get(VERIFY).await;
    gateway.advance(301);
    assert_wrong(&visitor.submit(&page, VERIFY, &[("code", &code)]).await, "after five minutes");
    assert!(!visitor.is_in().await, "after five minutes");
    visitor.ask_again("sms").await;
    gateway.sandbox.code(&gateway.account.phone, 2).await;
    gateway.advance(31);
    visitor.ask_again("sms").await;
    let third = gateway.sandbox.code(&gateway.account.phone, 3).await;
    let page = visitor.get(VERIFY).await;
    let mut typed = async |code: &str| {
        gateway.advance(20);
        visitor.submit(&page, VERIFY, &[("code", code)]).await
    };
    assert_wrong(&typed(&code).await, "two others were sent, and it ran out");
    for guess in 0..3 {
        assert_wrong(&typed(&wrong_code(&third, guess)).await, "a guess");
    }
    expect_redirect(&typed(&wrong_code(&third, 3)).await, GUESSES_USED, "the fifth guess");
    expect_redirect(&typed(&third).await, OVER, "five guesses were used");
    assert!(!visitor.is_in().await, "five guesses were used");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_our_own_is_in_no_file_and_may_be_typed_in_lower_case() {
    let long = "code_alphabet = \"alphanumeric\"\ncode_length = 10";
    let gateway = Gateway::with(setup("cpaas_message", long, "")).await;
    let (mut visitor, text) = half_way(&gateway, None).await;
    let code = text.split(' ').next().expect("a code").to_owned();
    assert!(code.len() == 10 && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()), "{code}");
    for file in gateway.files() {
        let bytes = std::fs::read(&file).unwrap();
        for written in [code.clone(), code.to_lowercase()] {
            let found = bytes.windows(written.len()).any(|window| window == written.as_bytes());
            assert!(!found, "the code is in {}", file.display());
        }
    }
    let typed = format!(" {} {} ", &code[..5], &code[5..]).to_lowercase();
    expect_redirect(&visitor.code(&typed).await, "/", "lower case and blanks are how people type");
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn alphanumeric_codes_of_the_cpaas_work_as_well() {
    let gateway = Gateway::with(setup("cpaas", "code_alphabet = \"alphanumeric\"\ncode_length = 8", "")).await;
    let (mut visitor, text) = half_way(&gateway, None).await;
    let code = text.split(' ').next().expect("a code").to_owned();
    assert_eq!(code.len(), 8, "{text}");
    expect_redirect(&visitor.code(&code).await, "/", "the code as it was sent");
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_host_is_configured_the_message_ends_with_the_line_that_binds_the_code_to_it() {
    for way in ["cpaas", "cpaas_message"] {
        let gateway = Gateway::with(setup(way, "", "host = \"app.localhost\"")).await;
        let (mut visitor, text) = half_way(&gateway, Some("app.localhost")).await;
        let code = text.rsplit('#').next().expect("a code").to_owned();
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{way}: {text:?}");
        let whole = format!("{code} is your Portcullis sign-in code. Do not share it.\n\n@app.localhost #{code}");
        assert_eq!(text, whole, "{way}: byte for byte");
        expect_redirect(&visitor.code(&code).await, "/", way);
        assert!(visitor.is_in().await, "{way}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_configured_host_no_visitor_chooses_what_the_message_says() {
    for way in ["cpaas", "cpaas_message"] {
        let gateway = Gateway::with(setup(way, "", "")).await;
        let (_, text) = half_way(&gateway, Some("evil.localhost")).await;
        assert!(!text.contains('@') && !text.contains("evil"), "{way}: {text:?}");
    }
}
