//! User name and password that come with the request itself, where a rule takes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::gateway::{Account, Gateway, Setup};
use crate::response::Response;
use crate::visitor::{Request, Visitor};

const TAKES_BASIC: &str = "[[sites.rules]]
path = \"/feed/**\"
require = \"one_factor\"
credentials = [\"session\", \"basic\"]";

fn taking() -> Setup {
    Setup { site: TAKES_BASIC.to_owned(), ..Setup::default() }
}

fn basic(name: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
}

fn right(account: &Account) -> String {
    basic(&account.name, &account.password)
}

async fn shown(visitor: &Visitor, target: &str, authorization: &str) -> Response {
    visitor.clone().send(Request::get(target).header("Authorization", authorization).bare()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_password_opens_what_the_rule_says_and_nothing_else() {
    let gateway = Gateway::with(taking()).await;
    let (visitor, account) = (gateway.visitor(), &gateway.account);
    for authorization in [right(account), basic(&account.email, &account.password)] {
        let answer = shown(&visitor, "/feed/new", &authorization).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(answer.set_cookies().is_empty(), "no session is made of it");
        let seen = gateway.backend.last().await;
        assert_eq!(seen.headers_named("remote-user"), ["ada"]);
        assert!(seen.headers_named("authorization").is_empty(), "the site never sees the password: {}", seen.head);
    }
    let answer = shown(&visitor, "/other", &right(account)).await;
    assert_eq!((answer.status, answer.headers_named("www-authenticate").len()), (401, 1), "{answer:?}");
    assert_eq!(gateway.backend.count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_told_that_it_may_show_a_password_and_a_person_is_not() {
    let gateway = Gateway::with(taking()).await;
    let mut visitor = gateway.visitor();
    let answer = visitor.send(Request::get("/feed/new").bare()).await;
    let challenges = answer.headers_named("www-authenticate");
    assert_eq!(answer.status, 401);
    assert!(challenges.len() == 2 && challenges[0].starts_with("Portcullis "), "{challenges:?}");
    assert_eq!(challenges[1], "Basic realm=\"127.0.0.1\", charset=\"UTF-8\"");
    let page = visitor.get("/feed/new").await;
    assert!(page.status == 302 && page.header("www-authenticate").is_none(), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_looks_the_same() {
    let gateway = Gateway::with(taking()).await;
    let (bob, visitor) = (gateway.add_account("bob").await, gateway.visitor());
    gateway.user(&["disable", "bob"], "").await;
    let mut shapes = Vec::new();
    for authorization in [
        basic("ada", "not her password, surely"),
        basic("nobody-of-this-name", "not her password, surely"),
        right(&bob),
        basic("ada", "short"),
    ] {
        let answer = shown(&visitor, "/feed/", &authorization).await;
        assert_eq!(answer.status, 401, "{answer:?}");
        shapes.push((answer.shape(), answer.text()));
    }
    assert!(shapes.windows(2).all(|pair| pair[0] == pair[1]), "{shapes:#?}");
    assert_eq!(gateway.backend.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_are_held_back_here_and_at_the_login_page_by_one_count() {
    let gateway = Gateway::with(taking()).await;
    let visitor = gateway.visitor();
    for guess in 0..5 {
        let answer = shown(&visitor, "/feed/", &basic("ada", &format!("a guess of hers, number {guess}"))).await;
        assert_eq!(answer.status, 401, "five guesses are free");
    }
    let held = shown(&visitor, "/feed/", &basic("ada", "a guess of hers, one too many")).await;
    assert_eq!((held.status, held.header("retry-after")), (429, Some("1")), "{held:?}");
    let answer = shown(&visitor, "/feed/", &right(&gateway.account)).await;
    assert_eq!(answer.status, 429, "the right one is not looked at either");
    let form = gateway.visitor_from(3).password("/", &gateway.account.email, &gateway.account.password).await;
    assert_eq!(form.status, 429, "nor at the login page");
    gateway.advance(1);
    assert_eq!(shown(&visitor, "/feed/", &right(&gateway.account)).await.status, 200);
    for _ in 0..8 {
        let answer = shown(&visitor, "/feed/", &right(&gateway.account)).await;
        assert_eq!(answer.status, 200, "a right one does not count");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_says_the_right_password_all_day_does_not_let_guesses_through() {
    let gateway = Gateway::with(taking()).await;
    let (mut guesses, mut scripts) = (Vec::new(), Vec::new());
    for guess in 0..40_u32 {
        let stranger = gateway.visitor_from(guess % 10);
        let wrong = basic("ada", &format!("one of many guesses, {guess}"));
        guesses.push(shown(&stranger, "/feed/", &wrong).await.status);
        scripts.push(shown(&gateway.visitor_from(200), "/feed/", &right(&gateway.account)).await.status);
    }
    assert_eq!(guesses, [vec![401; 5], vec![429; 35]].concat(), "five guesses are looked at");
    assert_eq!(scripts, [vec![200; 4], vec![429; 36]].concat(), "the fifth holds the script back too");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_malformed_is_nobody_and_counts_for_nobody() {
    let gateway = Gateway::with(taking()).await;
    let visitor = gateway.visitor();
    let long = basic("ada", &"x".repeat(7000));
    for _ in 0..3 {
        for authorization in
            ["Basic", "Basic !", "Basic YWRh", "Basic YWRhOv8=", "Basic YWRhOgo=", "Digest YWRhOng=", &long]
        {
            assert_eq!(shown(&visitor, "/feed/", authorization).await.status, 401, "{authorization:.20}");
        }
        let twice = Request::get("/feed/")
            .header("Authorization", &right(&gateway.account))
            .header("Authorization", &right(&gateway.account))
            .bare();
        assert_eq!(visitor.clone().send(twice).await.status, 401);
    }
    assert_eq!(shown(&visitor, "/feed/", &right(&gateway.account)).await.status, 200, "nothing of it was counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_comes_first_and_the_sites_own_passwords_travel_on() {
    let gateway = Gateway::with(taking()).await;
    let visitor = gateway.ada().await;
    let own = basic("site-user", "of the site's own");
    for _ in 0..10 {
        assert_eq!(shown(&visitor, "/feed/", &own).await.status, 200);
        assert_eq!(gateway.backend.last().await.headers_named("authorization"), [own.as_str()]);
    }
    assert_eq!(shown(&gateway.visitor(), "/feed/", &right(&gateway.account)).await.status, 200, "nothing was counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_that_is_disabled_is_out_at_once() {
    let gateway = Gateway::with(taking()).await;
    let visitor = gateway.visitor();
    assert_eq!(shown(&visitor, "/feed/", &right(&gateway.account)).await.status, 200);
    gateway.user(&["disable", "ada"], "").await;
    assert_eq!(shown(&visitor, "/feed/", &right(&gateway.account)).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_guesses_at_the_same_instant_are_forty_counted_guesses() {
    let gateway = Gateway::with(taking()).await;
    let guesses = (0..40_u32).map(|number| {
        let visitor = gateway.visitor_from(number);
        async move { shown(&visitor, "/feed/", &basic("ada", &format!("one of forty guesses, {number}"))).await.status }
    });
    let answers = futures_util::future::join_all(guesses).await;
    let of = |status: u16| answers.iter().filter(|answer| **answer == status).count();
    assert_eq!((of(401), of(429)), (5, 35), "five are looked at: {answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_proxy_asks_with_the_same_words_and_under_the_same_count() {
    let server = "trusted_proxies = [\"127.0.0.1\"]".to_owned();
    let gateway = Gateway::with(Setup { server, ..taking() }).await;
    let visitor = gateway.visitor();
    let asked = |authorization: String| {
        let question = Request::get("/portcullis/authz/forward-auth")
            .header("X-Forwarded-Method", "GET")
            .header("X-Forwarded-Proto", "http")
            .header("X-Forwarded-Host", "app.localhost")
            .header("X-Forwarded-Uri", "/feed/new")
            .header("Authorization", &authorization)
            .bare();
        let mut visitor = visitor.clone();
        async move { visitor.send(question).await }
    };
    let answer = asked(right(&gateway.account)).await;
    assert_eq!((answer.status, answer.header("remote-user")), (200, Some("ada")), "{answer:?}");
    let answer = asked(basic("ada", "not her password, surely")).await;
    let challenges = answer.headers_named("www-authenticate");
    assert_eq!((answer.status, challenges.len()), (401, 2), "{answer:?}");
    assert!(challenges[1].starts_with("Basic realm=\"app.localhost\""), "{challenges:?}");
    let mut statuses = Vec::new();
    for guess in 0..6 {
        statuses.push(asked(basic("ada", &format!("a guess of hers, number {guess}"))).await.status);
    }
    assert_eq!(statuses, [401, 401, 401, 401, 429, 429], "the questions of proxies are no second door");
}
