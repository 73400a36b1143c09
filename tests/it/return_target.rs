//! Where a visitor can be sent after signing in: a place on the site, whatever the link said.

use crate::gateway::{Gateway, Setup};
use crate::visitor::{LOGIN, Request, VERIFY, Visitor, form, form_body};

/// Places on this host that lead to another one when they are written without it.
const TWO_SLASHES: [&str; 2] = ["http://HERE//evil.example/x", "http://HERE///evil.example/x"];

/// Every known trick to leave the site, some with the origin of the site inside (`HERE`).
pub const TRICKS: [&str; 44] = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https://evil.example",
    "HTTPS://EVIL.example",
    "http://HERE@evil.example",
    "http://HERE:80@evil.example",
    "https://evil.example#HERE",
    "https://evil.example?HERE",
    "https://evil.example/HERE",
    "https://evil.example\\@HERE",
    "https://evil.example%23.HERE",
    "http://HERE.evil.example",
    "http://evil.exampleHERE",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\r\n//evil.example",
    "/%09/evil.example\t",
    " //evil.example",
    "\u{a0}//evil.example",
    "/\r\nLocation: https://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://HERE/",
    "http://evil\u{3002}example",
    "http://xn--evil-x.example",
    "https://HERE/",
    "http://127.0.0.1:1/",
    "http://127.0.0.1.evil.example",
    "http://0x7f.1/",
    "http://[::1]/",
    "evil.example",
    "@evil.example",
    ".evil.example",
];

async fn lands_at(gateway: &Gateway, visitor: &mut Visitor, target: String) -> String {
    let page = visitor.get(&target).await;
    assert_eq!(page.status, 200, "{target}: {page:?}");
    // The page may hold the trick as text, but no link, action or script may lead there.
    for tag in crate::form::tags(&page.text()) {
        for (name, value) in
            tag.attributes.iter().filter(|(name, _)| matches!(name.as_str(), "href" | "action" | "src"))
        {
            assert!(visitor.local(value).is_some() || value.starts_with('#'), "{target}: {name}={value:?}");
        }
    }
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
    let answer = visitor.submit(&page, LOGIN, &typed).await;
    let page = visitor.follow(answer).await;
    let code = gateway.sandbox.last_code(&gateway.account.phone).await;
    let answer = visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    assert_eq!(answer.status, 303, "{target}: {answer:?}");
    answer.location().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_link_to_the_login_page_leads_anywhere_else() {
    let gateway = Gateway::start().await;
    for (number, trick) in TRICKS.into_iter().enumerate() {
        // Time for the next code: no more than three messages in ten minutes, ten a day.
        gateway.advance(if number % 9 == 8 { 86_400 } else { 700 });
        let trick = trick.replace("HERE", &gateway.address().to_string());
        let target = format!("{LOGIN}?{}", form_body(&[("rd", &trick)]));
        let mut visitor = gateway.visitor();
        let location = lands_at(&gateway, &mut visitor, target).await;
        let local = visitor.local(&location).unwrap_or_else(|| panic!("{trick:?} leads to {location}"));
        assert!(!local.contains('\\') && !local.contains("//"), "{trick:?} leads to {location}");
        // What a browser makes of it, by another parser.
        let seen = url::Url::parse(&visitor.origin()).unwrap().join(&location).unwrap();
        assert_eq!(seen.origin().ascii_serialization(), visitor.origin(), "{trick:?} leads to {seen}");
    }
}

/// Every page of ours that sends a visitor to an `rd`, or links to it, without a sign-in.
#[tokio::test(flavor = "multi_thread")]
async fn no_other_page_leads_to_another_host_either() {
    let gateway = Gateway::start().await;
    for page in ["language?to=de&", "unsent?", "framed?", "logout?", "start?"] {
        for trick in TRICKS.into_iter().chain(TWO_SLASHES) {
            let trick = trick.replace("HERE", &gateway.address().to_string());
            let mut visitor = gateway.visitor();
            let answer = visitor.get(&format!("/portcullis/{page}{}", form_body(&[("rd", &trick)]))).await;
            let text = answer.text();
            let links =
                text.split("href=\"").skip(1).filter_map(|part| part.split('"').next()).map(crate::form::decode);
            let places: Vec<String> = answer.header("location").map(str::to_owned).into_iter().chain(links).collect();
            for place in places {
                let seen = url::Url::parse(&visitor.origin()).unwrap().join(&place).unwrap();
                assert_eq!(seen.origin().ascii_serialization(), visitor.origin(), "{page} {trick:?} leads to {place}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_on_the_site_is_kept_as_it_was_asked_for() {
    let gateway = Gateway::start().await;
    for (number, place) in
        ["/a/b?c=d&e=%2F%20f", "/caf%C3%A9", "/?next=//evil.example", "/a;v=1"].into_iter().enumerate()
    {
        gateway.advance(700 * (number as u64 + 1));
        let mut visitor = gateway.visitor();
        let target = format!("{LOGIN}?{}", form_body(&[("rd", place)]));
        let location = lands_at(&gateway, &mut visitor, target).await;
        assert_eq!(visitor.local(&location).unwrap(), place);
        gateway.advance(700);
        let mut visitor = gateway.visitor();
        let first = visitor.get(place).await;
        let target = visitor.local(first.location()).unwrap();
        let location = lands_at(&gateway, &mut visitor, target).await;
        assert_eq!(visitor.local(&location).unwrap(), place, "by the redirect");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_target_twice_or_of_eight_kilobytes_is_no_way_out() {
    let gateway = Gateway::start().await;
    let long = format!("{LOGIN}?rd=/{}", "a".repeat(8192));
    let location = lands_at(&gateway, &mut gateway.visitor(), long).await;
    assert_eq!(gateway.visitor().local(&location).unwrap(), "/");
    let answer = gateway.visitor().get(&format!("{LOGIN}?rd=%2Fa&rd=https%3A%2F%2Fevil.example")).await;
    assert_eq!(answer.status, 400, "{answer:?}");
}

/// 4096 bytes, wherever the URL around them counts as well: in the store, between password and code, it does.
#[tokio::test(flavor = "multi_thread")]
async fn the_longest_place_that_is_kept_is_kept_to_the_end() {
    let gateway = Gateway::start().await;
    let longest = format!("/{}", "a".repeat(4095));
    let mut visitor = gateway.visitor();
    let first = visitor.get(&longest).await;
    let target = visitor.local(first.location()).unwrap();
    let location = lands_at(&gateway, &mut visitor, target).await;
    assert_eq!(visitor.local(&location).unwrap(), longest);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_field_of_the_form_is_read_as_carefully_as_the_link() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str()), ("rd", "//evil.example/x")];
    let answer = visitor.send(Request::post(LOGIN, &form(&page, LOGIN).filled(&typed))).await;
    let page = visitor.follow(answer).await;
    let code = gateway.sandbox.last_code(&gateway.account.phone).await;
    let answer = visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    assert_eq!(visitor.local(answer.location()).unwrap(), "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn markup_in_a_link_or_field_is_shown_as_text() {
    let gateway = Gateway::start().await;
    let hostile = "\"><svg onload=alert(1)>{{7777*7777}}${7777*7777}'";
    let mut visitor = gateway.visitor();
    let page = visitor
        .get(&format!("{LOGIN}?{}", form_body(&[("rd", hostile), ("error", hostile), ("username", hostile)])))
        .await;
    let answer = visitor.submit(&page, LOGIN, &[("username", hostile), ("password", "wrong password")]).await;
    let missing = visitor.get(&format!("/portcullis/{}", "%22%3E%3Csvg%20onload=alert(1)%3E")).await;
    for page in [page, answer, missing] {
        assert!(!page.text().contains("<svg onload"), "{page:?}");
        assert!(!page.text().contains("60481729"), "a template in the input was worked out: {page:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forwarding_fields_of_a_stranger_change_no_redirect() {
    let gateway = Gateway::with(Setup { site: "host = \"127.0.0.1\"".to_owned(), ..Setup::default() }).await;
    let spoofs = [
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "https"),
        ("Forwarded", "host=evil.example;proto=https"),
        ("X-Forwarded-Prefix", "/evil"),
        ("X-Forwarded-Uri", "//evil.example"),
        ("X-Original-URL", "http://evil.example/"),
        ("X-Rewrite-URL", "//evil.example"),
        ("X-Forwarded-Port", "444"),
        ("X_Forwarded_Host", "evil.example"),
    ];
    let plain = gateway.visitor().get("/x").await;
    for (name, value) in spoofs {
        let answer = gateway.visitor().send(Request::get("/x").header(name, value)).await;
        assert_eq!((answer.status, answer.location()), (plain.status, plain.location()), "{name}: {value}");
    }
}
