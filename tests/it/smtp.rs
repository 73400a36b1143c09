//! Codes by mail through a real mail server: with and without TLS, with and without an account, refusing, greylisting,
//! slow.

use crate::gateway::{Gateway, GatewayProcess, Setup};
use crate::mail_server::{MailServer, by_mail, by_mail_over_tls};
use crate::phone::{code_in, wrong_code};
use crate::response::expect_redirect;
use crate::visitor::{VERIFY, Visitor};

const UNSENT: &str = "We could not send the code. Please try again in a moment.";

const ACCOUNT: &str = "username = \"gate@gateway.example.com\"\npassword = \"canary-mail-password\"\n";
const RIGHT: [&str; 2] = ["--account", "gate@gateway.example.com:canary-mail-password"];

fn sent() -> (String, String) {
    ("code.sent".to_owned(), "{\"method\":\"email\",\"provider\":\"smtp\"}".to_owned())
}

fn not_sent(reason: &str) -> (String, String) {
    let details = serde_json::json!({ "method": "email", "reason": format!("smtp: {reason}") });
    ("code.not-sent".to_owned(), details.to_string())
}

/// Gives the password and signs in with the code of the one mail.
async fn signs_in_by_mail(server: &MailServer, plan: Setup) -> crate::mail_server::Mail {
    let gateway = Gateway::with(plan).await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    expect_redirect(&answer, VERIFY, "the right password");
    assert_eq!(gateway.newest_event().await, sent());
    let mail = server.mail().await;
    let code = code_in(&mail.content);
    let answer = visitor.code(&wrong_code(&code, 0)).await;
    assert_eq!(answer.status, 422);
    assert!(answer.words().contains("Code invalid or expired"), "{answer:?}");
    expect_redirect(&visitor.code(&code).await, "/", "the code of the mail");
    assert!(visitor.is_in().await);
    assert!(!std::fs::read(gateway.path("portcullis.db")).unwrap().windows(6).any(|six| six == code.as_bytes()));
    mail
}

/// Gives the password. No code is sent: the page says so, and the trail says why.
async fn gets_no_code(plan: Setup, reason: &str) -> (Gateway, Visitor) {
    let gateway = Gateway::with(plan).await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    let page = visitor.follow(answer).await;
    assert_eq!(gateway.newest_event().await, not_sent(reason));
    assert_eq!(page.status, 200);
    assert!(page.words().contains(UNSENT), "{}", page.words());
    (gateway, visitor)
}

#[tokio::test(flavor = "multi_thread")]
async fn on_this_machine_a_mail_server_needs_no_tls_and_no_account() {
    let server = MailServer::start(&[]).await;
    let mail = signs_in_by_mail(&server, by_mail(server.address, "tls = \"none\"")).await;
    assert_eq!((mail.greeting.as_str(), mail.encrypted, mail.user), ("[127.0.0.1]", false, None));
    assert_eq!((mail.from.as_str(), mail.to), ("no-reply@gateway.example.com", vec!["ada@example.com".to_owned()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn starttls_with_an_authority_of_ones_own_and_an_account() {
    let server = MailServer::with_tls("starttls", &RIGHT).await;
    let mail = signs_in_by_mail(&server, by_mail_over_tls(&server, ACCOUNT)).await;
    assert_eq!((mail.encrypted, mail.user.as_deref()), (true, Some("gate@gateway.example.com")));
}

#[tokio::test(flavor = "multi_thread")]
async fn implicit_tls_and_the_old_way_to_sign_in() {
    let server = MailServer::with_tls("implicit", &[&RIGHT[..], &["--login-alone"]].concat()).await;
    let plan = by_mail_over_tls(&server, &format!("tls = \"implicit\"\n{ACCOUNT}"));
    let mail = signs_in_by_mail(&server, plan).await;
    assert_eq!((mail.encrypted, mail.user.as_deref()), (true, Some("gate@gateway.example.com")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_a_plain_one_from_a_machine_with_a_name_and_a_code() {
    let server = MailServer::start(&[]).await;
    let lines = "tls = \"none\"\nehlo_name = \"gate.example.com\"\n";
    let plan = Setup { portal: "name = \"Büro\"".to_owned(), ..by_mail(server.address, lines) };
    let gateway = Gateway::with(plan).await;
    let answer = gateway.visitor().password("/", "ada", &gateway.account.password).await;
    expect_redirect(&answer, VERIFY, "the right password");
    let mail = server.mail().await;
    assert_eq!(mail.greeting, "gate.example.com");
    let date = jiff::Timestamp::from_millisecond(gateway.clock.clock().now().millis()).unwrap();
    let date = jiff::fmt::rfc2822::to_string(&date.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
    let (id, rest) = mail.content.split_once("Message-ID: <").and_then(|(_, rest)| rest.split_once('@')).unwrap();
    assert!(
        id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) && rest.starts_with("gateway"),
        "{id}"
    );
    let code = code_in(&mail.content);
    let lines = [
        "From: =?utf-8?b?QsO8cm8=?= <no-reply@gateway.example.com>",
        "To: ada@example.com",
        "Subject: Your =?utf-8?b?QsO8cm8=?= sign-in code",
        &format!("Date: {date}"),
        &format!("Message-ID: <{id}@gateway.example.com>"),
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "Your sign-in code for B=C3=BCro is:",
        "",
        &code,
        "",
        "It works once and only for a few minutes. Do not share it.",
        "If you are not signing in right now, someone else knows your password: chan=",
        "ge it.",
        "",
    ];
    assert_eq!(mail.content, lines.join("\r\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_at_the_mail_server_is_told_to_the_operator_without_it() {
    let server = MailServer::with_tls("starttls", &["--account", "gate@gateway.example.com:another-password"]).await;
    gets_no_code(by_mail_over_tls(&server, ACCOUNT), "AUTH: status 535 (5.7.8 Authentication credentials invalid)")
        .await;
    assert!(server.mails().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wants_an_account_takes_no_mail_without_one() {
    let server = MailServer::with_tls("starttls", &RIGHT).await;
    gets_no_code(by_mail_over_tls(&server, ""), "MAIL: status 530 (5.7.0 Authentication required)").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_another_name_is_refused() {
    for (tls, step) in [("starttls", "STARTTLS"), ("implicit", "TLS")] {
        let server = MailServer::with_certificate(&["--tls", tls], "mail.example.com").await;
        let plan = by_mail_over_tls(&server, &format!("tls = \"{tls}\"\n{ACCOUNT}"));
        let why = "invalid peer certificate: certificate not valid for name \"localhost\"; certificate is only valid for DnsName(\"mail.example.com\")";
        gets_no_code(plan, &format!("{step}: the connection failed: {why}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_an_unknown_authority_is_refused() {
    for (tls, step) in [("starttls", "STARTTLS"), ("implicit", "TLS")] {
        let server = MailServer::with_tls(tls, &[]).await;
        let plan = by_mail(server.address, &format!("tls = \"{tls}\"\n{ACCOUNT}"));
        gets_no_code(plan, &format!("{step}: the connection failed: invalid peer certificate: UnknownIssuer")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_tls_nothing_is_said_where_tls_is_wanted() {
    let server = MailServer::start(&RIGHT).await;
    let why = "STARTTLS: the server offers no TLS, and smtp.tls asks for it";
    gets_no_code(by_mail(server.address, ACCOUNT), why).await;
    assert!(server.mails().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_recipient_is_told_to_the_operator_without_the_address() {
    let server = MailServer::start(&["--refuse", "550 5.1.1 <ADDRESS>: no such user here"]).await;
    let reason = "RCPT: status 550 (5.1.1 <[hidden]>: no such user here)";
    gets_no_code(by_mail(server.address, "tls = \"none\""), reason).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_greylisting_server_takes_the_mail_when_the_visitor_asks_again() {
    let server = MailServer::start(&["--greylist"]).await;
    let reason = "RCPT: status 451 (4.7.1 <[hidden]>: greylisted, try again later)";
    let (gateway, mut visitor) = gets_no_code(by_mail(server.address, "tls = \"none\""), reason).await;
    let answer = visitor.ask_again("email").await;
    let page = visitor.follow(answer).await;
    assert!(page.words().contains("Verification code sent."), "{}", page.words());
    assert_eq!(gateway.newest_event().await, sent());
    let code = code_in(&server.mail().await.content);
    expect_redirect(&visitor.code(&code).await, "/", "the code of the second attempt");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_too_slow_may_have_sent_the_mail_only_once_it_has_all_of_it() {
    let server = MailServer::start(&["--hang", "RCPT"]).await;
    let plan = by_mail(server.address, "tls = \"none\"\ntimeout = \"1s\"");
    let (gateway, mut visitor) = gets_no_code(plan, "RCPT: no answer in time").await;
    let answer = visitor.ask_again("email").await;
    visitor.follow(answer).await;
    assert_eq!(gateway.newest_event().await, not_sent("RCPT: no answer in time"), "asked again at once");

    let server = MailServer::start(&["--hang", "DATA"]).await;
    let plan = by_mail(server.address, "tls = \"none\"\ntimeout = \"1s\"");
    let (gateway, mut visitor) = gets_no_code(plan, "message: no answer in time").await;
    let answer = visitor.ask_again("email").await;
    let page = visitor.follow(answer).await;
    assert!(page.words().contains("You can request another code in 30 seconds."), "{}", page.words());
    assert_eq!(server.mails().len(), 1, "no second mail while the first may be on its way");
    gateway.advance(31);
    visitor.ask_again("email").await;
    assert_eq!(server.mails().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_which_provider_failed_and_why_and_holds_no_address_code_or_password() {
    let server = MailServer::with_tls("starttls", &[&RIGHT[..], &["--greylist"]].concat()).await;
    let gateway = GatewayProcess::start(by_mail_over_tls(&server, ACCOUNT)).await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    visitor.follow(answer).await;
    visitor.ask_again("email").await;
    let code = code_in(&server.mail().await.content);
    let log = gateway.log().await;
    let line = "a code could not be sent method=email error=smtp: RCPT: status 451 (4.7.1 <[hidden]>: greylisted, try again later)";
    assert!(log.contains(line), "{log}");
    assert!(log.contains("code.sent"), "{log}");
    for secret in ["ada@example.com", "no-reply@", "canary-mail-password", "gate@gateway", &code] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}
