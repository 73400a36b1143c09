//! Every answer of our own, errors included: the fields that protect it, the markup that people need.

use crate::form::{forms, tags};
use crate::gateway::Gateway;
use crate::phone::wrong_code;
use crate::response::Response;
use crate::visitor::{LOGIN, LOGOUT, Request, SEND, VERIFY, Visitor, form};

fn assert_protected(answer: &Response, what: &str) {
    let csp = answer.header("content-security-policy").unwrap_or_else(|| panic!("{what}: no CSP: {answer:?}"));
    for directive in ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"] {
        let by_default = directive.starts_with("object-src") && csp.contains("default-src 'none'");
        assert!(csp.contains(directive) || by_default, "{what}: {directive} in {csp}");
    }
    assert!(!csp.contains("unsafe") && !csp.contains('*') && csp.contains("default-src"), "{what}: {csp}");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{what}");
    assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{what}");
    assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{what}");
    assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{what}");
    assert!(answer.headers_named("server").iter().all(|value| !value.contains('/')), "{what}: no version: {answer:?}");
    assert!(answer.headers_named("x-powered-by").is_empty(), "{what}");
    if !answer.body.is_empty() {
        let kind = answer.header("content-type").unwrap_or_else(|| panic!("{what}: no type"));
        assert!(!kind.starts_with("text/") || kind.to_lowercase().contains("charset=utf-8"), "{what}: {kind}");
    }
}

fn assert_not_kept(answer: &Response, what: &str) {
    let control = answer.header("cache-control").unwrap_or_default();
    assert!(control.contains("no-store"), "{what}: {control:?}");
}

/// Every kind of answer that is ours, with what led to it.
async fn answers(gateway: &Gateway) -> Vec<(String, Response)> {
    let mut all = Vec::new();
    let mut stranger = gateway.visitor();
    let mut add = |what: &str, status: u16, answer: Response| {
        assert_eq!(answer.status, status, "{what}: {answer:?}");
        all.push((what.to_owned(), answer));
    };
    for (path, of_get_and_head, of_put, of_json) in [
        ("/", 302, 303, 401),
        (LOGIN, 200, 405, 200),
        (VERIFY, 303, 405, 303),
        (LOGOUT, 303, 405, 303),
        ("/portcullis/", 303, 405, 303),
        ("/portcullis", 404, 404, 404),
        ("/portcullis/nothing", 404, 404, 404),
        ("/portcullis/health/live", 200, 405, 200),
        ("/portcullis/authz/forward-auth", 403, 403, 403),
    ] {
        for (method, status) in [("GET", of_get_and_head), ("HEAD", of_get_and_head), ("PUT", of_put)] {
            add(&format!("{method} {path}"), status, stranger.clone().send(Request::new(method, path)).await);
        }
        let json = Request::get(path).header("Accept", "application/json").bare();
        add(&format!("{path} as JSON"), of_json, stranger.clone().send(json).await);
    }
    for target in ["//ambiguous", "/a/../b", "/portcullis/../admin", "/portcullis/%2e%2e/x"] {
        add(target, 400, stranger.clone().get(target).await);
    }
    add("no Host", 400, stranger.clone().send(Request::get("/").header("Host", "a@b")).await);
    add("TRACE", 405, stranger.clone().send(Request::new("TRACE", "/")).await);
    let page = stranger.open("/").await;
    let typed = [("username", "x"), ("password", "wrong one")];
    add("a wrong password", 422, stranger.submit(&page, LOGIN, &typed).await);
    add("a stale form", 422, stranger.send(Request::post(LOGIN, &[("username", "x")])).await);
    let forged = Request::post(LOGIN, &[("username", "x")]).header("Sec-Fetch-Site", "cross-site");
    add("a forged form", 403, stranger.send(forged).await);
    let large = Request::post(LOGIN, &[("username", "x".repeat(100_000))]);
    add("a large form", 413, stranger.send(large).await);
    let (mut half, code) = gateway.half_signed_in(&gateway.account).await;
    add("the code page", 200, half.get(VERIFY).await);
    add("a wrong code", 422, half.code(&wrong_code(&code, 0)).await);
    add("sent again too soon", 429, half.ask_again("sms").await);
    add("GET send", 303, half.get(SEND).await);
    add("the right code", 303, half.code(&code).await);
    add("the log-out page", 200, half.get(LOGOUT).await);
    add("the account page", 200, half.get("/portcullis/").await);
    add("log-out", 303, half.log_out().await);
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_of_ours_is_protected_and_kept_by_nobody() {
    let gateway = Gateway::start().await;
    for (what, answer) in answers(&gateway).await {
        assert_protected(&answer, &what);
        assert_not_kept(&answer, &what);
    }
    assert_eq!(gateway.backend.count(), 0, "none of them came from the site");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_ours_before_the_site_are_protected_too() {
    let mut gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    gateway.environment.backend.stop().await;
    let answer = visitor.get("/").await;
    assert_eq!(answer.status, 502);
    assert_protected(&answer, "502");
    assert_not_kept(&answer, "502");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_the_site_keep_their_own_policy() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    gateway.backend.answers_bytes(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Security-Policy: default-src *\r\nCache-Control: public, max-age=60\r\n\
        Referrer-Policy: origin\r\nX-Frame-Options: SAMEORIGIN\r\n\r\n",
    );
    let answer = visitor.get("/").await;
    assert_eq!(answer.header("content-security-policy"), Some("default-src *"));
    assert_eq!(
        (answer.header("cache-control"), answer.header("referrer-policy")),
        (Some("public, max-age=60"), Some("origin"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_to_the_login_page_is_kept_by_nobody() {
    let gateway = Gateway::start().await;
    let answer = gateway.visitor().get("/style.css").await;
    assert_not_kept(&answer, "a redirect");
    let json = gateway.visitor().send(Request::get("/style.css").header("Accept", "application/json").bare()).await;
    assert_not_kept(&json, "a refusal");
}

async fn html_pages(gateway: &Gateway) -> Vec<(String, Response)> {
    answers(gateway).await.into_iter().filter(|(_, answer)| answer.is_html() && !answer.body.is_empty()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_no_inline_script_or_style_and_load_from_here_alone() {
    let gateway = Gateway::start().await;
    let visitor = gateway.visitor();
    for (what, page) in html_pages(&gateway).await {
        for tag in tags(&page.text()) {
            assert!(tag.name != "script" || tag.get("src").is_some(), "{what}: an inline script");
            assert!(tag.name != "style", "{what}: an inline style");
            for (name, value) in &tag.attributes {
                assert!(!name.starts_with("on") && name != "style", "{what}: {name} on <{}>", tag.name);
                if matches!(name.as_str(), "src" | "href" | "action")
                    && !value.starts_with('#')
                    && !value.starts_with("data:image/")
                {
                    assert!(visitor.local(value).is_some(), "{what}: {name}={value:?}");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_whole_documents_that_a_screen_reader_can_read() {
    let gateway = Gateway::start().await;
    for (what, page) in html_pages(&gateway).await {
        let (text, tags) = (page.text(), tags(&page.text()));
        assert!(text.trim_start().to_lowercase().starts_with("<!doctype html>"), "{what}");
        let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
        assert_eq!((count("h1"), count("main"), count("title")), (1, 1, 1), "{what}: {text}");
        assert!(tags.iter().any(|tag| tag.name == "html" && tag.get("lang").is_some()), "{what}: its language");
        let viewport = tags
            .iter()
            .find(|tag| tag.get("name") == Some("viewport"))
            .unwrap_or_else(|| panic!("{what}: no viewport"));
        let content = viewport.get("content").unwrap();
        assert!(
            !content.contains("maximum-scale") && !content.contains("user-scalable"),
            "{what}: it can be made larger"
        );
        let labels: Vec<_> = tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
        for field in tags
            .iter()
            .filter(|tag| tag.name == "input" && !matches!(tag.get("type"), Some("hidden" | "submit" | "radio")))
        {
            let labelled = field.get("id").is_some_and(|id| labels.contains(&id)) || field.get("aria-label").is_some();
            assert!(labelled, "{what}: {field:?} has no label");
        }
        assert!(
            tags.iter().filter(|tag| tag.name == "img").all(|tag| tag.get("alt").is_some()),
            "{what}: pictures have words"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fields_tell_browser_and_phone_what_they_are() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let login = visitor.open("/").await;
    let login = form(&login, LOGIN);
    assert_eq!(login.method, "post");
    let username = login.input("username").expect("a field");
    assert_eq!(username.get("autocomplete"), Some("username"));
    let password = login.input("password").expect("a field");
    assert_eq!((password.get("type"), password.get("autocomplete")), (Some("password"), Some("current-password")));
    assert!(password.get("maxlength").is_none(), "a field that cuts a pasted password makes it wrong in silence");
    let (mut half, _) = gateway.half_signed_in(&gateway.account).await;
    let page = half.get(VERIFY).await;
    let code = form(&page, VERIFY);
    let field = code.input("code").expect("a field").clone();
    for (name, value) in [("autocomplete", "one-time-code"), ("inputmode", "numeric")] {
        assert_eq!(field.get(name), Some(value), "{name}");
    }
    assert_ne!(field.get("type"), Some("number"), "a number loses its leading zeros");
    let methods: Vec<_> = forms(&page.text()).into_iter().flat_map(|form| form.tags).collect();
    for method in ["sms", "email"] {
        assert!(
            methods.iter().any(|tag| tag.get("name") == Some("method") && tag.get("value") == Some(method)),
            "{method}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_loads_is_there_and_of_the_right_kind() {
    let gateway = Gateway::start().await;
    let mut visitor: Visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let mut loaded = Vec::new();
    for tag in tags(&page.text()) {
        let Some(address) = tag.get("src").or(if tag.name == "link" { tag.get("href") } else { None }) else {
            continue;
        };
        let Some(path) = visitor.local(address) else { continue };
        let answer = visitor.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        let kind = answer.header("content-type").unwrap();
        assert!(tag.name != "script" || kind.contains("javascript"), "{path}: {kind}");
        assert!(tag.get("rel") != Some("stylesheet") || kind.starts_with("text/css"), "{path}: {kind}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        loaded.push(tag.get("rel").unwrap_or(&tag.name).to_owned());
    }
    assert_eq!(loaded, ["icon", "stylesheet", "script", "img"]);
}
