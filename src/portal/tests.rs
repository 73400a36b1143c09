//! Tests of all pages, on their rendered samples.

use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use regex::Regex;

use crate::domain::assurance::Assurance;
use crate::domain::client::{ClientAddress, Peer};
use crate::domain::identifier::{AccountId, RequestId, SessionId};
use crate::domain::identity::Identity;
use crate::domain::language::Language;
use crate::domain::request_context::RequestContext;
use crate::domain::site::SiteId;
use crate::platform::clock::Timestamp;
use crate::policy::Evidence;
use crate::portal::{
    account, asset, code, confirm, consent, factors, framed, login, logout, passkey_proof, problem, proof, unsent,
};
use crate::session::CookiePersistence;
use crate::web::{Branding, PlainHttp, Reader, Settings};

/// What an attacker might type or choose as a name.
pub(super) const HOSTILE: &str = r#""><svg onload=alert(1)>'{{7*7}}${7*7}</title><script>&amp;javascript:"#;

/// A page in one state.
pub(super) struct Sample {
    /// The state, usable as a file name.
    pub name: &'static str,
    pub html: String,
}

impl Sample {
    pub(super) fn new(name: &'static str, template: &impl Template) -> Self {
        Self { name, html: template.render().unwrap() }
    }
}

pub(super) fn settings() -> Settings {
    Settings {
        path: "/portcullis".to_owned(),
        name: "Example".to_owned(),
        branding: Branding::default(),
        hsts: None,
        plain_http: PlainHttp::Loopback,
        persistence: CookiePersistence::Browser,
        cookie_domain: None,
        portal: None,
    }
}

thread_local! {
    /// The language of the samples of this thread.
    static LANGUAGE: std::cell::Cell<Language> = const { std::cell::Cell::new(Language::English) };
}

/// Whoever reads the samples.
pub(super) fn reader() -> Reader {
    Reader { language: LANGUAGE.get(), here: "/portcullis/login".to_owned() }
}

/// A request to `origin`.
pub(super) fn context(origin: &str) -> RequestContext {
    RequestContext {
        id: RequestId::from_bytes([1; 16]),
        now: Timestamp::from_millis(1_795_412_052_000),
        client: ClientAddress::of_peer(Peer::Unix),
        origin: origin.parse().unwrap(),
        site: Some(SiteId(0)),
        configured_host: None,
    }
}

/// A live session with two factors.
pub(super) fn evidence(username: &str, name: Option<&str>) -> Evidence {
    let identity = Identity {
        account: AccountId::from_bytes([2; 16]),
        username: username.parse().unwrap(),
        name: name.map(|name| name.parse().unwrap()),
        email: Some("ada@example.com".parse().unwrap()),
        groups: Vec::new(),
    };
    Evidence {
        session: SessionId::from_bytes([3; 16]),
        identity: Arc::new(identity),
        assurance: Assurance::TwoFactor,
        authenticated_at: Timestamp::from_millis(1_795_412_052_000),
        created_at: Timestamp::from_millis(1_795_412_052_000),
    }
}

fn samples() -> Vec<Sample> {
    [
        login::samples::all(),
        code::samples::all(),
        proof::samples::all(),
        passkey_proof::samples::all(),
        factors::samples::all(),
        confirm::samples::all(),
        consent::samples::all(),
        account::samples::all(),
        logout::samples::all(),
        unsent::samples::all(),
        framed::samples::all(),
        problem::samples::all(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn captures(pattern: &str, html: &str) -> Vec<String> {
    Regex::new(pattern).unwrap().captures_iter(html).map(|found| found[1].to_owned()).collect()
}

#[test]
fn every_page_has_a_language_one_title_one_heading_and_one_main_part() {
    for Sample { name, html } in samples() {
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"), "{name}");
        for part in ["<title>", "<h1>", "<main>", "name=\"viewport\"", "<meta charset=\"utf-8\">"] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {name}");
        }
        assert!(!html.contains("<title> ·") && !html.contains("<h1></h1>"), "{name}");
    }
}

#[test]
fn titles_tell_states_apart() {
    let title = |wanted: &str| {
        let sample = samples().into_iter().find(|sample| sample.name == wanted).unwrap();
        captures("<title>([^<]*)</title>", &sample.html).remove(0)
    };
    assert_eq!(title("login"), "Sign in · Example");
    assert_eq!(title("login-wrong"), "Error: Sign in · Example");
    assert_eq!(title("code"), "Enter your code · Example");
}

#[test]
fn every_tag_is_closed_in_its_order() {
    const VOID: [&str; 6] = ["input", "meta", "link", "img", "br", "!doctype"];
    let tag = Regex::new(r#"<(/?)([a-z!][a-z0-9]*)((?:[^>"]|"[^"]*")*)>"#).unwrap();
    for Sample { name, html } in samples() {
        let mut open: Vec<String> = Vec::new();
        for found in tag.captures_iter(&html) {
            let element = found[2].to_owned();
            if !found[1].is_empty() {
                assert_eq!(open.pop(), Some(element), "closed in {name}");
            } else if !VOID.contains(&element.as_str()) && !found[3].ends_with('/') {
                open.push(element);
            }
        }
        assert_eq!(open, Vec::<String>::new(), "left open in {name}");
    }
}

#[test]
fn every_id_is_there_once_and_everything_that_points_at_one_finds_it() {
    for Sample { name, html } in samples() {
        let ids = captures(r#"\sid="([^"]*)""#, &html);
        let set: HashSet<&str> = ids.iter().map(String::as_str).collect();
        assert_eq!(set.len(), ids.len(), "an id stands twice in {name}");
        let pointers = captures(r#"\s(?:for|aria-describedby|aria-controls|data-reveal)="([^"]*)""#, &html);
        for id in pointers.iter().flat_map(|value| value.split(' ')) {
            assert!(set.contains(id), "nothing has the id {id} in {name}");
        }
    }
}

#[test]
fn every_field_has_a_label_and_every_button_a_name() {
    for Sample { name, html } in samples() {
        let labelled: HashSet<String> = captures(r#"<label for="([^"]*)""#, &html).into_iter().collect();
        for field in captures("<input ([^>]*)>", &html).iter().filter(|field| !field.contains("type=\"hidden\"")) {
            let id = captures(r#"(?:^|\s)id="([^"]*)""#, field).remove(0);
            assert!(labelled.contains(&id), "{id} in {name}");
        }
        for button in captures("<button [^>]*>(.*?)</button>", &html) {
            assert!(!button.trim().is_empty(), "{name}");
        }
    }
}

#[test]
fn a_form_that_changes_something_is_posted_with_its_token() {
    for Sample { name, html } in samples() {
        let forms = captures("(?s)<form ([^>]*>.*?)</form>", &html);
        for form in forms {
            assert!(form.contains("method=\"post\"") && form.contains("name=\"csrf\" value=\"token\""), "{name}");
        }
    }
}

#[test]
fn no_page_needs_an_exception_from_the_content_security_policy() {
    let inline = Regex::new(r#"<style|\sstyle=|<script[^>]*>[^<]|<[^>"]*\son[a-z]+=|javascript:[^"]*"[^>]*>"#).unwrap();
    for Sample { name, html } in samples().into_iter().filter(|sample| !sample.name.ends_with("hostile")) {
        assert!(!inline.is_match(&html), "{name}: {:?}", inline.find(&html));
        for place in captures(r#"\s(?:src|href|action)="([^"]*)""#, &html) {
            let ours = place.is_empty() || (place.starts_with('/') && !place.starts_with("//"));
            // The list of the apps alone leads to other hosts.
            let app = name == "account-apps" && html.contains(&format!("<li><a href=\"{place}\">"));
            assert!(ours || app, "{place} in {name}");
        }
    }
}

#[test]
fn what_a_stranger_writes_stays_text() {
    let hostile: Vec<Sample> = samples().into_iter().filter(|sample| sample.name.ends_with("hostile")).collect();
    assert_eq!(hostile.len(), 8);
    for Sample { name, html } in hostile {
        assert!(!html.contains("<svg onload") && !html.contains("<svg/onload"), "{name}");
        assert!(html.contains("onload=alert(1)"), "{name} shows it");
        assert_eq!(html.matches("<script").count(), 1, "{name}");
        assert_eq!(html.matches("</title>").count(), 1, "{name}");
        assert!(html.contains("{{7*7}}") || !html.contains("7*7"), "{name}");
    }
}

#[tokio::test]
async fn every_page_refers_only_to_assets_that_exist() {
    for Sample { name, html } in samples() {
        let assets = captures(r#"="/portcullis/static/([^"]*)""#, &html);
        assert_eq!(assets.len(), 4, "{name}");
        for asset in assets {
            assert!(asset::show(&Branding::default(), &asset).is_ok(), "{asset} in {name}");
        }
    }
}

#[test]
fn every_sample_has_a_name_of_its_own() {
    let names: Vec<&str> = samples().iter().map(|sample| sample.name).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
}

#[test]
fn every_page_in_every_language_says_which_it_is_and_offers_the_others() {
    let english = samples();
    for language in Language::ALL {
        LANGUAGE.set(language);
        let here = samples();
        assert_eq!(here.len(), english.len());
        for (Sample { name, html }, other) in here.into_iter().zip(&english) {
            let direction = language.direction().word();
            let head = format!("<!doctype html>\n<html lang=\"{}\" dir=\"{direction}\">", language.tag());
            assert!(html.starts_with(&head), "{language:?}: {name}");
            assert!(!html.contains("<h1></h1>") && !html.contains("<p></p>"), "{language:?}: {name}");
            assert_eq!(html == other.html, language == Language::English, "{language:?}: {name}");
            let links = html.matches("hreflang=").count();
            let offered = if name == "framed" { 0 } else { Language::ALL.len() - 1 };
            assert_eq!(links, offered, "{language:?}: {name}");
        }
    }
}
