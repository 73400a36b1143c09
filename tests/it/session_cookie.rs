//! The session cookie: what it says, how long it lives, and that nothing like it opens anything.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::gateway::{Gateway, Setup};
use crate::response::expect_redirect;
use crate::visitor::{DEVICE_COOKIE, LOGIN, OVER, Request, SESSION_COOKIE, SIGN_IN_COOKIE, VERIFY, Visitor, form};

/// A forged cookie is no cookie: the question who asks, never the site.
async fn assert_shut(gateway: &Gateway, cookie_lines: &[String], what: &str) {
    let mut request = Request::get("/").header("Accept", "application/json").bare();
    for line in cookie_lines {
        request = request.header("Cookie", line);
    }
    let answer = gateway.visitor().send(request).await;
    assert_eq!(answer.status, 401, "{what}: {answer:?}");
}

fn line(value: &str) -> Vec<String> {
    vec![format!("{SESSION_COOKIE}={value}")]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_flipped_bit_shuts_the_door() {
    let gateway = Gateway::start().await;
    let cookie = gateway.ada().await.session().to_owned();
    let mut wire = gateway.visitor().connect().await;
    let mut tried = BTreeSet::new();
    for at in 0..cookie.len() {
        for bit in 0..7 {
            let mut bytes = cookie.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            // A letter that ends the cookie or the line is another attack than a flipped bit.
            if !bytes[at].is_ascii_graphic() || matches!(bytes[at], b';' | b',' | b'"' | b'\\') {
                continue;
            }
            let value = String::from_utf8(bytes).unwrap();
            let request = format!(
                "GET / HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\nCookie: {SESSION_COOKIE}={value}\r\n\r\n",
                gateway.address()
            );
            wire.send(request).await;
            let status = match wire.answer("GET").await {
                Some(answer) => answer.status,
                None => panic!("the connection ended at {value}"),
            };
            assert_eq!(status, 401, "letter {at}, bit {bit}: {value}");
            tried.insert(at);
        }
    }
    assert_eq!(tried.len(), cookie.len(), "every letter of the cookie was another one");
    assert_eq!(gateway.backend.count(), 1, "one request of the sign-in itself reached the site");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_piece_and_no_variation_of_a_cookie_opens_anything() {
    let gateway = Gateway::start().await;
    let (half, _) = gateway.half_signed_in(&gateway.account).await;
    let visitor = gateway.ada().await;
    let cookie = visitor.session().to_owned();
    for length in 0..cookie.len() {
        assert_shut(&gateway, &line(&cookie[..length]), "cut off at the end").await;
        assert_shut(&gateway, &line(&cookie[cookie.len() - length..]), "cut off at the start").await;
    }
    let device = visitor.jar[DEVICE_COOKIE].clone();
    let others = [
        format!("{cookie}="),
        format!("{cookie}=="),
        format!("{cookie}A"),
        format!("A{cookie}"),
        format!("{cookie}{cookie}"),
        format!("\"{cookie}\""),
        format!("{cookie}%00"),
        format!("%20{cookie}"),
        cookie.to_uppercase(),
        cookie.to_lowercase(),
        cookie.replace(['-', '_'], "+"),
        "none".to_owned(),
        "..%2f..%2fetc%2fpasswd".to_owned(),
        "\u{e9}".repeat(40),
        "A".repeat(cookie.len()),
        "a".repeat(8192),
        device,
        half.jar[SIGN_IN_COOKIE].clone(),
    ];
    for value in others.into_iter().filter(|value| *value != cookie) {
        assert_shut(&gateway, &line(&value), &value.chars().take(100).collect::<String>()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_session_cookies_are_none() {
    let gateway = Gateway::start().await;
    let bob = gateway.add_account("bob").await;
    let ada = gateway.ada().await.session().to_owned();
    let other = gateway.signed_in(&bob).await.session().to_owned();
    let name = SESSION_COOKIE;
    for (first, second) in [(&ada, &other), (&other, &ada), (&ada, &ada)] {
        assert_shut(&gateway, &[format!("{name}={first}; {name}={second}")], "in one field").await;
        assert_shut(&gateway, &[format!("{name}={first}"), format!("{name}={second}")], "in two fields").await;
    }
    assert_shut(&gateway, &[format!("={name}={ada}")], "a cookie without a name").await;
    assert_shut(&gateway, &[format!("{}={ada}", name.to_uppercase())], "another case").await;
    assert_shut(&gateway, &[format!("__Host-{name}={ada}")], "the name of https").await;
    assert_shut(&gateway, &[format!("__Secure-{name}={ada}")], "the name of a shared domain").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_have_the_strictest_attributes_that_work() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let mut lines = Vec::new();
    let page = visitor.open("/").await;
    lines.extend(page.set_cookies());
    let answer = visitor.submit(&page, LOGIN, &[("username", "ada"), ("password", &gateway.account.password)]).await;
    lines.extend(answer.set_cookies());
    let page = visitor.follow(answer).await;
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    lines.extend(visitor.submit(&page, VERIFY, &[("code", &code)]).await.set_cookies());
    lines.extend(visitor.log_out().await.set_cookies());
    assert!(
        [SESSION_COOKIE, SIGN_IN_COOKIE].iter().all(|name| lines.iter().any(|line| line.name == *name)),
        "{lines:?}"
    );
    for cookie in lines {
        assert!(cookie.name.starts_with("portcullis"), "{cookie:?}");
        assert_eq!(cookie.attribute("httponly"), Some(""), "{cookie:?}");
        assert_eq!(cookie.attribute("samesite"), Some("Lax"), "{cookie:?}");
        assert_eq!(cookie.attribute("path"), Some("/"), "{cookie:?}");
        assert_eq!(cookie.attribute("domain"), None, "{cookie:?}");
        assert_eq!(cookie.attribute("secure"), None, "plain http on loopback: {cookie:?}");
        assert!(cookie.name.len() + cookie.value.len() <= 4096);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_says_nothing_about_the_person() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let personal = ["ada@", "example.com", &gateway.account.phone[4..], "walks"];
    for (name, value) in &visitor.jar {
        for bytes in value.split(['.', ':', '~']).chain([value.as_str()]).flat_map(readings) {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(!personal.iter().any(|word| text.contains(word)), "{name} holds personal data: {text:?}");
        }
    }
}

/// The piece itself and what it is when it is base64.
fn readings(piece: &str) -> Vec<Vec<u8>> {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
    let plain = piece.trim_end_matches('=');
    let decoded = [STANDARD_NO_PAD.decode(plain).ok(), URL_SAFE_NO_PAD.decode(plain).ok()];
    decoded.into_iter().flatten().chain([piece.as_bytes().to_vec()]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_changes_at_each_step_and_the_old_one_is_dead() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let anonymous = visitor.jar.clone();
    let answer = visitor.submit(&page, LOGIN, &[("username", "ada"), ("password", &gateway.account.password)]).await;
    let page = visitor.follow(answer).await;
    let half = visitor.jar.clone();
    assert_ne!(anonymous.get(SIGN_IN_COOKIE), half.get(SIGN_IN_COOKIE), "the password brings a new id");
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    assert!(visitor.is_in().await);
    assert!(!half.values().any(|value| value == visitor.session()), "the code brings a new id");
    for jar in [anonymous, half] {
        let mut old = gateway.visitor();
        old.jar = jar;
        assert!(!old.is_in().await, "an id from before");
        expect_redirect(&old.get(VERIFY).await, OVER, "the sign-in is over");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_chosen_by_somebody_else_is_never_taken_over() {
    let gateway = Gateway::start().await;
    let (attacker, _) = gateway.half_signed_in(&gateway.add_account("eve").await).await;
    let mut victim = gateway.visitor();
    victim.jar.clone_from(&attacker.jar);
    let page = victim.get(LOGIN).await;
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
    victim.submit(&page, LOGIN, &typed).await;
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    victim.code(&code).await;
    assert!(victim.is_in().await);
    assert!(!attacker.is_in().await, "the attacker's cookies are worth nothing");
    assert!(!attacker.jar.values().any(|value| value == victim.session()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_it_is_not_used_and_lives_while_it_is() {
    let gateway = Gateway::start().await;
    let used = gateway.ada().await;
    let bob = gateway.add_account("bob").await;
    let unused = gateway.signed_in(&bob).await;
    for _ in 0..4 {
        gateway.advance(55 * 60);
        assert!(used.is_in().await, "used within the hour");
    }
    assert!(!unused.is_in().await, "not used for an hour");
    gateway.advance(61 * 60);
    assert!(!used.is_in().await);
    gateway.clock.retreat(Duration::from_mins(2));
    assert!(!used.is_in().await, "an ended session does not come back with the clock");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_its_lifetime_however_much_it_is_used() {
    let gateway =
        Gateway::with(Setup { session: "idle = \"1h\"\nlifetime = \"3h\"".to_owned(), ..Setup::default() }).await;
    let visitor = gateway.ada().await;
    for _ in 0..5 {
        gateway.advance(35 * 60);
        assert!(visitor.is_in().await);
    }
    gateway.advance(6 * 60);
    assert!(!visitor.is_in().await, "after three hours and a minute");
}

#[tokio::test(flavor = "multi_thread")]
async fn use_is_remembered_across_a_restart() {
    let mut gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    gateway.advance(50 * 60);
    assert!(visitor.is_in().await);
    gateway.restart().await;
    gateway.advance(50 * 60);
    assert!(visitor.is_in().await, "last used fifty minutes ago");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_the_site_never_carry_our_session_cookie_again() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    for _ in 0..3 {
        gateway.advance(60);
        assert!(visitor.get("/").await.set_cookies().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_of_one_host_opens_no_other() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let mut elsewhere: Visitor = visitor.clone();
    elsewhere.host = Some(format!("localhost:{}", gateway.address().port()));
    assert!(visitor.is_in().await);
    assert!(!elsewhere.is_in().await, "the cookie names the host it was made for");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_token_or_device_cookie_is_no_session() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let token = form(&page, LOGIN).field("csrf").unwrap().to_owned();
    assert_shut(&gateway, &line(&token), "a form token").await;
}
