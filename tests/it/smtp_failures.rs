//! Mail servers that misbehave: the second provider is tried exactly where no mail can have been sent.

use crate::gateway::{Gateway, Setup};
use crate::mail_server::{Odd, OddServer, by_mail};
use crate::response::expect_redirect;
use crate::wire::free_address;

/// Where the server is odd, how, and what the operator is told.
type Case = (&'static str, Odd, &'static str);

const SURELY_NOT_SENT: [Case; 13] = [
    ("greeting", Odd::Closes, "EHLO: the server closed the connection, or does not speak SMTP"),
    ("greeting", Odd::Says("554 no service here"), "EHLO: status 554 (no service here)"),
    (
        "greeting",
        Odd::Says("HTTP/1.1 400 Bad Request"),
        "EHLO: the server closed the connection, or does not speak SMTP",
    ),
    ("EHLO", Odd::Says("421 4.3.2 closing"), "EHLO: status 421 (4.3.2 closing)"),
    (
        "MAIL",
        Odd::Says("553 5.7.1 <no-reply@gateway.example.com> is not yours"),
        "MAIL: status 553 (5.7.1 <[hidden]> is not yours)",
    ),
    ("MAIL", Odd::Closes, "MAIL: the server closed the connection, or does not speak SMTP"),
    ("RCPT", Odd::Says("450 4.2.1 call +1 500 555 0006"), "RCPT: status 450 (4.2.1 call +[number])"),
    ("RCPT", Odd::Says("354 go on"), "RCPT: status 354 has no meaning here"),
    ("RCPT", Odd::Closes, "RCPT: the server closed the connection, or does not speak SMTP"),
    ("DATA", Odd::Says("250 what?"), "DATA: status 250 is not 354"),
    ("DATA", Odd::Closes, "DATA: the server closed the connection, or does not speak SMTP"),
    (".", Odd::Says("554 5.7.1 looks like spam"), "message: status 554 (5.7.1 looks like spam)"),
    (".", Odd::Says("452 4.3.1 disk full"), "message: status 452 (4.3.1 disk full)"),
];

const PERHAPS_SENT: [Case; 3] = [
    (".", Odd::Closes, "message: the server closed the connection, or does not speak SMTP"),
    (".", Odd::Says("354 more"), "message: status 354 has no meaning here"),
    (".", Odd::Says("what?"), "message: the server closed the connection, or does not speak SMTP"),
];

async fn gateway(server: std::net::SocketAddr) -> Gateway {
    let plan = Setup {
        delivery: Some("sms = []\nemail = [\"smtp\", \"cpaas\"]".to_owned()),
        ..by_mail(server, "tls = \"none\"\ntimeout = \"2s\"")
    };
    Gateway::with(plan).await
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_mail_can_have_been_sent_the_next_provider_sends() {
    let server = OddServer::start("greeting", Odd::Closes).await;
    let gateway = gateway(server.address).await;
    for (number, (at, odd, _)) in SURELY_NOT_SENT.into_iter().enumerate() {
        server.becomes(at, odd);
        let account = gateway.add_account(&format!("visitor-{number}")).await;
        let mut visitor = gateway.visitor_from(u32::try_from(number).unwrap());
        visitor.password("/", &account.email, &account.password).await;
        let expected = ("code.sent".to_owned(), "{\"method\":\"email\",\"provider\":\"cpaas\"}".to_owned());
        assert_eq!(gateway.newest_event().await, expected, "{at} {odd:?}");
        let code = gateway.sandbox.code(&account.email, 1).await;
        expect_redirect(&visitor.code(&code).await, "/", "the code of the second provider");
    }
    assert_eq!(gateway.sandbox.calls("create").await, 13);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_mail_may_have_been_sent_no_other_provider_sends() {
    let server = OddServer::start("greeting", Odd::Closes).await;
    let gateway = gateway(server.address).await;
    for (number, (at, odd, reason)) in PERHAPS_SENT.into_iter().enumerate() {
        server.becomes(at, odd);
        let account = gateway.add_account(&format!("visitor-{number}")).await;
        let mut visitor = gateway.visitor_from(u32::try_from(number).unwrap());
        visitor.password("/", &account.email, &account.password).await;
        let details = serde_json::json!({ "method": "email", "reason": format!("smtp: {reason}") }).to_string();
        assert_eq!(gateway.newest_event().await, ("code.not-sent".to_owned(), details), "{at} {odd:?}");
    }
    assert_eq!(gateway.sandbox.calls("create").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failure_is_one_clear_line() {
    let server = OddServer::start("greeting", Odd::Closes).await;
    let gateway = Gateway::with(by_mail(server.address, "tls = \"none\"")).await;
    for (number, (at, odd, reason)) in SURELY_NOT_SENT.into_iter().enumerate() {
        server.becomes(at, odd);
        let account = gateway.add_account(&format!("visitor-{number}")).await;
        let mut visitor = gateway.visitor_from(u32::try_from(number).unwrap());
        visitor.password("/", &account.email, &account.password).await;
        let details = serde_json::json!({ "method": "email", "reason": format!("smtp: {reason}") }).to_string();
        assert_eq!(gateway.newest_event().await, ("code.not-sent".to_owned(), details), "{at} {odd:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_injected_before_tls_are_no_answers() {
    let injected = "220 go ahead\r\n250-mail.test\r\n250 AUTH PLAIN\r\n235 signed in\r\n250 OK\r\n250 OK\r\n354 go on\r\n250 taken";
    let server = OddServer::start("STARTTLS", Odd::Says(injected)).await;
    let gateway = Gateway::with(by_mail(server.address, "")).await;
    gateway.visitor().password("/", "ada", &gateway.account.password).await;
    let reason = "smtp: STARTTLS: the connection failed: received corrupt message of type InvalidContentType";
    let details = serde_json::json!({ "method": "email", "reason": reason }).to_string();
    assert_eq!(gateway.newest_event().await, ("code.not-sent".to_owned(), details));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_fails_at_once_and_the_next_provider_sends() {
    let gateway = gateway(free_address()).await;
    let mut visitor = gateway.visitor();
    visitor.password("/", "ada", &gateway.account.password).await;
    let code = gateway.sandbox.code("ada@example.com", 1).await;
    expect_redirect(&visitor.code(&code).await, "/", "the code of the second provider");
    let gateway = Gateway::with(by_mail(free_address(), "")).await;
    gateway.visitor().password("/", "ada", &gateway.account.password).await;
    let reason = "smtp: connect: the connection failed: Connection refused (os error 111)";
    let details = serde_json::json!({ "method": "email", "reason": reason }).to_string();
    assert_eq!(gateway.newest_event().await, ("code.not-sent".to_owned(), details));
}
