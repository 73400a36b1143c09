//! The meaning of each response.

use serde_json::Value;

use super::peer::{Peer, after_token, answer};
use super::{NUMBER, SECRET, codes, cpaas_settings, delivery, messages, phone, request};
use crate::delivery::{CodeReference, CodeVerdict, DeliveryError, Destination, Sent};
use crate::domain::code::OneTimeCode;
use crate::domain::method::CodeMethod;

const GUESS: &str = "739154";

async fn verify(rest: String) -> Result<CodeVerdict, DeliveryError> {
    let peer = after_token(rest).await;
    let delivery = delivery(cpaas_settings(&peer.url()));
    let guess = OneTimeCode::exactly(GUESS);
    codes(&delivery, CodeMethod::Sms).verify(&CodeReference("abc-1".into()), &guess).await
}

async fn create(rest: String) -> Result<CodeReference, DeliveryError> {
    let peer = after_token(rest).await;
    codes(&delivery(cpaas_settings(&peer.url())), CodeMethod::Sms).create(&request()).await
}

fn made(url: &str) -> String {
    answer("201 Created", &format!(r#"{{"code":{{"resourceURL":"{url}"}}}}"#))
}

#[tokio::test]
async fn nothing_but_204_passes_a_guess() {
    assert_eq!(verify("HTTP/1.1 204 No Content\r\n\r\n".into()).await.unwrap(), CodeVerdict::Right);
    for status in
        ["200 OK", "201 Created", "202 Accepted", "203 x", "205 x", "206 x", "299 x", "300 x", "302 Found", "304 x"]
    {
        let error = verify(answer(status, "{}")).await.unwrap_err();
        assert_eq!(error.sent, Sent::Perhaps, "{status}: {error}");
    }
}

#[tokio::test]
async fn a_refused_guess_is_wrong_whatever_the_body_says() {
    let page = "<html><h1>Forbidden</h1></html>";
    let policy = r#"{"requestError":{"policyException":{"messageId":"POL0001","text":"x"}}}"#;
    for status in ["400 x", "403 x", "404 x", "410 x", "422 x"] {
        for body in ["", page, policy, r#"{"error":"invalid_request"}"#] {
            assert_eq!(verify(answer(status, body)).await.unwrap(), CodeVerdict::Wrong, "{status} {body}");
        }
    }
}

#[tokio::test]
async fn a_service_failure_is_never_a_wrong_code() {
    for status in ["402 x", "405 x", "408 x", "413 x", "429 Too Many Requests", "500 x", "502 x", "503 x", "599 x"] {
        verify(answer(status, "")).await.unwrap_err();
    }
    // A refusal about our token says nothing about the visitor's code.
    let error = verify(answer("403 x", r#"{"error":"insufficient_scope","error_description":"needs auth"}"#)).await;
    assert_eq!(error.unwrap_err().to_string(), "cpaas: verify: status 403 (insufficient_scope: needs auth)");
}

#[tokio::test]
async fn a_401_that_stays_is_an_error_after_one_new_token_and_one_retry() {
    let peer = after_token(answer("401 Unauthorized", "")).await;
    let delivery = delivery(cpaas_settings(&peer.url()));
    let guess = OneTimeCode::exactly(GUESS);
    let verdict = codes(&delivery, CodeMethod::Sms).verify(&CodeReference("abc-1".into()), &guess).await;
    assert_eq!(verdict.unwrap_err().sent, Sent::No);
    let token = "POST /cpaas/auth/v1/token HTTP/1.1";
    let guess = "PUT /cpaas/auth/v1/user%201/codes/abc-1/verify HTTP/1.1";
    assert_eq!(peer.lines(), [token, guess, token, guess]);
}

#[tokio::test]
async fn what_is_sent_is_what_the_api_takes() {
    let peer = after_token(made("/cpaas/auth/v1/user%201/codes/abc-1")).await;
    let delivery = delivery(cpaas_settings(&peer.url()));
    let mut mail = request();
    mail.to = Destination::Email("ada@example.com".parse().unwrap());
    mail.subject = Some("Sign in".into());
    codes(&delivery, CodeMethod::Email).create(&mail).await.unwrap();
    let requests = peer.requests.lock().unwrap().clone();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(!head.to_lowercase().contains("authorization"));
    assert_eq!(body, format!("client_id=PRIV-a+b.c&scope=openid&grant_type=client_credentials&client_secret={SECRET}"));
    let (head, body) = requests[1].split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    assert!(head.starts_with("post /cpaas/auth/v1/user%201/codes http/1.1\r\n"), "{head}");
    assert!(head.contains("\r\nauthorization: bearer e30."));
    assert!(head.contains("\r\ncontent-type: application/json\r\n"));
    assert!(head.contains(concat!("\r\nx-cpaas-agent: portcullis/", env!("CARGO_PKG_VERSION"))));
    let sent: Value = serde_json::from_str(body).unwrap();
    let expected = r#"{"code":{"address":["ada@example.com"],"method":"email","format":{"length":6,"type":"numeric"},
        "expiry":300,"subject":"Sign in","message":"Your code is {code}"}}"#;
    assert_eq!(sent, serde_json::from_str::<Value>(expected).unwrap());
}

#[tokio::test]
async fn an_order_that_cannot_be_right_is_refused_before_any_call() {
    let peer = after_token(made("/x")).await;
    let delivery = delivery(cpaas_settings(&peer.url()));
    let (sms, email) = (codes(&delivery, CodeMethod::Sms), codes(&delivery, CodeMethod::Email));
    let mut two = request();
    two.text = "{code} {code}".into();
    sms.create(&two).await.unwrap_err();
    email.create(&request()).await.unwrap_err();
    let mut mail = request();
    mail.to = Destination::Email("ada@example.com".parse().unwrap());
    email.create(&mail).await.unwrap_err();
    sms.create(&mail).await.unwrap_err();
    messages(&delivery).send(&mail.to, "x", None).await.unwrap_err();
    for reference in ["", "..", "a/b", "a?b"] {
        sms.resend(&CodeReference(reference.into()), &request()).await.unwrap_err();
        sms.delete(&CodeReference(reference.into())).await.unwrap_err();
    }
    assert!(peer.lines().is_empty());
}

#[tokio::test]
async fn an_answer_that_points_elsewhere_is_refused() {
    assert_eq!(create(made("/cpaas/auth/v1/user 1/codes/abc-1")).await.unwrap().0, "abc-1");
    for url in [
        "https://evil.example/cpaas/auth/v1/user%201/codes/abc-1",
        "/cpaas/auth/v1/user%202/codes/abc-1",
        "/cpaas/auth/v1/user%201/codes/../abc-1",
        "/elsewhere/abc-1",
        "",
    ] {
        let error = create(made(url)).await.unwrap_err();
        assert_eq!((error.sent, error.reason.contains("evil")), (Sent::Perhaps, false), "{url}: {error}");
    }
}

#[tokio::test]
async fn a_create_that_was_refused_sent_nothing_and_one_that_was_not_understood_perhaps_did() {
    for status in ["400 x", "403 x", "404 x", "429 x"] {
        assert_eq!(create(answer(status, "")).await.unwrap_err().sent, Sent::No, "{status}");
    }
    for status in ["200 OK", "204 x", "302 x", "408 x", "500 x", "503 x"] {
        assert_eq!(create(answer(status, "<html>")).await.unwrap_err().sent, Sent::Perhaps, "{status}");
    }
}

#[tokio::test]
async fn an_error_names_what_the_provider_said_but_no_number() {
    let body = format!(
        r#"{{"requestError":{{"serviceException":{{"messageId":"SVC0002","text":"Invalid input %1","variables":["{NUMBER}"]}}}}}}"#
    );
    let error = create(answer("400 Bad Request", &body)).await.unwrap_err();
    assert_eq!(error.to_string(), "cpaas: create: status 400 (SVC0002: Invalid input [hidden])");
}

#[tokio::test]
async fn an_error_that_echoes_guess_or_text_or_secret_keeps_them_out_of_the_log() {
    let echo = |text: &str| answer("500 x", &format!(r#"{{"message":"bad {text} for {NUMBER}"}}"#));
    let error = verify(echo(GUESS)).await.unwrap_err().to_string();
    assert!(!error.contains(GUESS) && !error.contains("5550006"), "{error}");

    let peer = after_token(echo("A1B2")).await;
    let sent = messages(&delivery(cpaas_settings(&peer.url()))).send(&phone(), "Code A1B2", None).await;
    assert_eq!(sent.unwrap_err().to_string(), "cpaas_message: send: status 500 (bad [hidden] for [hidden])");

    let peer = Peer::start(move |_| {
        answer("401 x", &format!(r#"{{"error":"invalid_client","error_description":"{SECRET}"}}"#))
    })
    .await;
    let error = codes(&delivery(cpaas_settings(&peer.url())), CodeMethod::Sms).create(&request()).await.unwrap_err();
    assert_eq!(error.to_string(), "cpaas: create: token: refused with status 401 (invalid_client: [hidden])");
    assert_eq!(error.sent, Sent::No);
}

#[tokio::test]
async fn a_token_answer_that_is_no_token_is_an_error() {
    for body in [
        "",
        "<html>",
        "{}",
        r#"{"access_token":"x"}"#,
        r#"{"access_token":"x","id_token":"e30.e30.x"}"#,
        r#"{"access_token":7}"#,
    ] {
        let peer = Peer::start(move |_| answer("200 OK", body)).await;
        let error =
            codes(&delivery(cpaas_settings(&peer.url())), CodeMethod::Sms).create(&request()).await.unwrap_err();
        assert_eq!((error.sent, peer.lines().len()), (Sent::No, 1), "{body}: {error}");
    }
}

#[tokio::test]
async fn a_message_goes_out_from_the_configured_number() {
    let body = r#"{"outboundSMSMessageRequest":{"deliveryInfoList":{"deliveryInfo":[{"deliveryStatus":"DeliveredToNetwork"}]}}}"#;
    let peer = after_token(answer("201 Created", body)).await;
    messages(&delivery(cpaas_settings(&peer.url()))).send(&phone(), "Code 123456", None).await.unwrap();
    assert_eq!(peer.lines()[1], "POST /cpaas/smsmessaging/v1/user%201/outbound/%2B15005550001/requests HTTP/1.1");

    let mut without = cpaas_settings(&peer.url());
    without.sender_number = None;
    messages(&delivery(without)).send(&phone(), "Code 123456", None).await.unwrap();
    assert_eq!(peer.lines()[3], "POST /cpaas/smsmessaging/v1/user%201/outbound/default/requests HTTP/1.1");
}
