use super::claims::{IMPOSTOR, told_once, unmoved};
use super::own_paths::sign_in_page;
use super::pages::cookie;
use super::paths::tricks;
use super::transport::plain;
use super::*;
use crate::cli::doctor::deployment::Deployment;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::location;
use crate::cli::doctor::outcome::{Severity, quoted};
use crate::cli::doctor::proxy::Proxy;
use crate::cli::wire::Answer;
use crate::domain::origin::Scheme;

fn deployment(url: &str) -> Deployment {
    Deployment::new(url.parse().unwrap(), "/portcullis".parse().unwrap(), None)
}

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Answer { status, headers, body: body.as_bytes().to_vec() }
}

#[test]
fn every_check_has_a_name_of_its_own_and_says_what_it_looks_at() {
    for (at, check) in CHECKS.iter().enumerate() {
        let unique = CHECKS[at + 1..].iter().all(|other| other.name != check.name);
        assert!(!check.about.is_empty() && !check.codes.is_empty() && unique, "{}", check.name);
    }
}

/// The rows of the table of codes in `docs/operation.md`.
fn documented() -> Vec<String> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operation.md");
    let page = std::fs::read_to_string(page).unwrap();
    page.lines().filter(|line| line.starts_with("| `PD")).map(str::to_owned).collect()
}

#[test]
fn every_code_stands_for_one_kind_of_finding_and_stands_in_the_documents() {
    let mut rows: Vec<String> = Vec::new();
    for check in CHECKS {
        for code in check.codes {
            rows.push(format!("| `{}` | {} | `{}` | {} |", code.id, code.severity.word(), check.name, code.means));
        }
    }
    rows.sort();
    let ids: Vec<&str> = rows.iter().map(|row| &row[..9]).collect();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
    assert_eq!(documented(), rows, "the table of docs/operation.md");
}

#[test]
fn a_refusal_leads_to_our_sign_in_and_back_to_exactly_the_page() {
    let here = deployment("https://app.example/a/b?x=1");
    let page = here.page();
    let judge = |location: &str| location::judge(&here, &page, &answer(302, &[("Location", location)], ""));
    let back = "https%3A//app.example/a/b%3Fx%3D1%26doctor%3D1%26rd%3Da%252Fb%2526c";
    for right in [
        format!("https://app.example/portcullis/login?rd={back}&rm=GET"),
        format!("https://APP.example:443/portcullis/start?rd={back}"),
        format!("https://auth.example/portcullis/login?rd={back}"),
        "/portcullis/login?rd=/a/b%3Fx%3D1%26doctor%3D1%26rd%3Da%252Fb%2526c".to_owned(),
    ] {
        assert!(judge(&right).is_ok(), "{right}: {:?}", judge(&right));
    }
    for (wrong, fix, said) in [
        (format!("http://app.example/portcullis/login?rd={back}"), Fix::Original, "visitors come by https"),
        ("https://gateway:8080/portcullis/login?rd=https://gateway:8080/a".to_owned(), Fix::Original, "redirects away"),
        ("/portcullis/login".to_owned(), Fix::Original, "no page to return to"),
        ("/portcullis/login?rd=/a/b".to_owned(), Fix::Original, "the way back"),
        // The query was not encoded: its `rd` has become a second one of ours.
        ("/portcullis/login?rd=/a/b?x=1&doctor=1&rd=a%2Fb%26c".to_owned(), Fix::Original, "the way back"),
        ("/login?next=/a/b".to_owned(), Fix::Ask, "not our sign-in"),
        ("http://[".to_owned(), Fix::Refusal, "not a URL"),
    ] {
        let fault = judge(&wrong).unwrap_err();
        assert!(fault.fix == fix && fault.seen.contains(said), "{wrong}: {fault:?}");
    }
    assert_eq!(location::judge(&here, &page, &answer(401, &[], "")).unwrap_err().fix, Fix::Refusal);
}

#[test]
fn plain_http_leads_to_https_on_this_host_or_nowhere() {
    let here = deployment("https://app.example/a");
    let judge = |status, location: &str| plain(&here, &Ok(answer(status, &[("Location", location)], "")));
    assert!(judge(301, "https://app.example/a").is_ok() && judge(403, "").is_ok());
    assert!(plain(&here, &Err("nobody listens".to_owned())).is_ok());
    for (status, location) in
        [(200, ""), (301, "http://app.example/a"), (302, "/portcullis/login"), (301, "https://evil.example/")]
    {
        assert_eq!(judge(status, location).unwrap_err().fix, Fix::Https, "{location}");
    }
}

#[test]
fn the_sign_in_page_is_known_by_its_form_or_leads_on() {
    let judge = |answer| sign_in_page("/portcullis/login", "/portcullis", &Ok(answer));
    assert!(judge(answer(200, &[], "<form method=\"post\" action=\"/portcullis/login\">")).is_ok());
    assert!(judge(answer(303, &[("Location", "https://auth.example/portcullis/login?rd=x")], "")).is_ok());
    assert!(judge(answer(302, &[("Location", "/portcullis/start?rd=x")], "")).is_ok());
    for (wrong, fix) in [
        (answer(200, &[], "welcome"), Fix::Portal),
        (answer(302, &[("Location", "/portcullis/login?rd=/portcullis/login")], ""), Fix::Portal),
        (answer(404, &[], ""), Fix::Portal),
        (answer(400, &[], ""), Fix::Believe),
        (answer(421, &[], ""), Fix::Host),
        (answer(502, &[], ""), Fix::Gateway),
    ] {
        assert_eq!(judge(wrong.clone()).unwrap_err().fix, fix, "{wrong:?}");
    }
}

#[test]
fn cookies_are_bound_to_host_https_and_http() {
    for (line, scheme) in [
        ("__Host-portcullis-login=v; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600", Scheme::Https),
        ("__Secure-portcullis-login=v; Domain=example.com; HttpOnly; SameSite=Lax; Secure; Path=/", Scheme::Https),
        ("portcullis-login=v; httponly; samesite=lax; path=/", Scheme::Http),
    ] {
        let severe = cookie(line, scheme).err().filter(|fault| fault.code.severity != Severity::Note);
        assert_eq!(severe, None, "{line}");
    }
    for (line, fix, lacks) in [
        ("__Host-a=v; HttpOnly; SameSite=Lax; Path=/", Fix::Cookies, "Secure"),
        ("__Host-a=v; HttpOnly; SameSite=None; Secure; Path=/", Fix::Cookies, "SameSite=Lax"),
        ("__Host-a=v; SameSite=Lax; Secure; Path=/app", Fix::Cookies, "HttpOnly, Path=/"),
        ("portcullis-login=v; HttpOnly; SameSite=Lax; Path=/", Fix::Original, "Secure, the prefix __Host-"),
    ] {
        let fault = cookie(line, Scheme::Https).unwrap_err();
        let name = line.split('=').next().unwrap();
        assert_eq!((fault.fix, fault.seen), (fix, format!("the cookie \"{name}\" lacks {lacks}")));
    }
}

#[test]
fn the_app_is_told_once_who_is_there() {
    let shows = |text: &str| told_once(&answer(200, &[], text)).map_err(|fault| fault.seen);
    assert!(shows("Remote-User: ada\r\nRemote-Name: Ada").is_ok());
    assert!(shows("{\"remote_user\": \"ada\", \"connection\": \"close, Remote-User, Remote-Groups\"}").is_ok());
    for (text, said) in [
        ("Host: app.example", "no Remote-User"),
        ("Remote-User: ada\nREMOTE_USER: ada", "2 times"),
        (&format!("Remote-User: ada\nRemote.Groups: {IMPOSTOR}"), "the stranger's value"),
    ] {
        assert!(shows(text).unwrap_err().contains(said), "{text}");
    }
}

#[test]
fn a_strangers_words_move_nothing_or_are_refused() {
    let at = |location: &str| answer(302, &[("Location", location)], "");
    let refusal = at("https://app.example/portcullis/login?rd=x");
    assert!(unmoved(&refusal, &refusal).is_ok() && unmoved(&refusal, &answer(400, &[], "")).is_ok());
    for moved in [at("https://evil.example/portcullis/login?rd=x"), answer(200, &[], ""), answer(421, &[], "")] {
        assert!(unmoved(&refusal, &moved).is_err(), "{moved:?}");
    }
}

#[test]
fn every_spelling_is_a_request_target_and_none_is_the_page_itself() {
    for page in ["/", "/admin", "/a/b/"] {
        for trick in tricks("/portcullis", page) {
            assert!(trick.starts_with('/') && trick != page && !trick.contains(' '), "{trick}");
        }
    }
}

#[test]
fn proxies_are_known_by_their_name_or_their_words() {
    let cases = [
        (answer(400, &[("Server", "nginx/1.29.7")], ""), Some(Proxy::Nginx)),
        (answer(302, &[("server", "istio-envoy")], ""), Some(Proxy::Envoy)),
        (answer(302, &[("Via", "1.1 Caddy")], ""), Some(Proxy::Caddy)),
        (answer(400, &[], "<h1>400 Bad request</h1>\nYour browser sent an invalid request."), Some(Proxy::Haproxy)),
        (answer(400, &[], "400 Bad Request: invalid header name"), Some(Proxy::Traefik)),
        (answer(400, &[], "bad request"), None),
    ];
    for (answer, proxy) in cases {
        assert_eq!(Proxy::signed(&answer).or_else(|| Proxy::spoken(&answer)), proxy, "{answer:?}");
    }
}

#[test]
fn what_strangers_say_is_shown_without_control_characters_and_cut() {
    assert_eq!(quoted("a\u{1b}[2J\"b"), "\"a\\u{1b}[2J\\\"b\"");
    assert_eq!(quoted(&"x".repeat(1000)), format!("\"{}\"…", "x".repeat(160)));
}
