//! Identity headers of each site: the names that it is told by, and the names that no visitor can tell it by.

use portcullis::parts::known_identity;

use crate::backend::Seen;
use crate::gateway::{Gateway, Setup};
use crate::visitor::{Request, Visitor};

/// Grafana's names, and a name that another program sets.
const GRAFANA: &str = "identity_headers = { user = \"X-WEBAUTH-USER\", email = \"X-WEBAUTH-EMAIL\" }
keep_headers = [\"Tailscale-User-Login\"]
[[sites.rules]]
path = \"/open/**\"
require = \"nothing\"";

/// What a field by which somebody claims to be somebody else bears.
const CLAIM: &str = "mallory-claims-it";

fn grafana() -> Setup {
    let server = "trusted_proxies = [\"127.0.0.1\"]".to_owned();
    Setup { server, site: GRAFANA.to_owned(), ..Setup::default() }
}

/// Every name by which a common app takes an identity, in four spellings.
fn claims() -> Vec<String> {
    let names = known_identity::all().map(|known| known.name.replace('*', "any-end"));
    names.flat_map(|name| ["-", "_", ".", "~"].map(|mark| name.replace('-', mark))).collect()
}

/// A request with some of these claims. So many fields at once as every HTTP library takes.
fn claiming(target: &str, claims: &[String]) -> Request {
    claims.iter().fold(Request::get(target), |request, name| request.header(name, CLAIM))
}

fn told(seen: &Seen, names: [&str; 4]) -> Vec<String> {
    names.into_iter().map(|name| seen.headers_named(name).join("|")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_by_which_common_apps_take_an_identity_reaches_a_site_from_a_visitor() {
    let site = "[[sites.rules]]\npath = \"/open/**\"\nrequire = \"nothing\"".to_owned();
    let gateway = Gateway::with(Setup { site, ..Setup::default() }).await;
    let claims = claims();
    assert!(claims.len() > 300);
    for (visitor, target) in
        [(gateway.ada().await, "/"), (gateway.ada().await, "/open/x"), (gateway.visitor(), "/open/x")]
    {
        for some in claims.chunks(60) {
            let answer = visitor.clone().send(claiming(target, some)).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            let seen = gateway.backend.last().await;
            assert!(!seen.head.contains(CLAIM), "{target}: {}", seen.head);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_trailer_bears_such_a_name_or_one_that_the_site_chose() {
    let gateway = Gateway::with(grafana()).await;
    let mut visitor = gateway.ada().await;
    for name in ["X-WEBAUTH-USER", "x_webauth_email", "X-Remote-User", "X-Auth-Request-Email", "ssl_client_cert"] {
        let body = format!("3\r\nabc\r\n0\r\n{name}: {CLAIM}\r\nX-Checksum: 7\r\n\r\n");
        let announced = format!("{name}, X-Checksum");
        let request = Request::new("POST", "/").header("Transfer-Encoding", "chunked").header("Trailer", &announced);
        let request = request.body(body);
        assert_eq!(visitor.send(request).await.status, 200);
        let seen = gateway.backend.last().await;
        assert_eq!(seen.body, b"abc");
        assert!(seen.trailers.contains("x-checksum: 7") && !seen.trailers.contains(CLAIM), "{name}: {}", seen.trailers);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_told_who_is_there_under_the_names_that_it_chose_and_by_nobody_else() {
    let gateway = Gateway::with(grafana()).await;
    gateway
        .user(
            &["add", "eva", "--email", "eva@example.com", "--name", "Eva", "--group", "staff", "--password-stdin"],
            "eva walks over nine bridges\n",
        )
        .await;
    let ours = ["x-webauth-user", "x-webauth-email", "remote-user", "remote-email"];
    let visitor = gateway.ada().await;
    for spelling in ["X-WEBAUTH-USER", "x_webauth_user", "X-WebAuth.Email", "Remote-User", "remote_email"] {
        let request = Request::get("/").header(spelling, CLAIM).header(spelling, CLAIM);
        assert_eq!(visitor.clone().send(request).await.status, 200);
        let seen = gateway.backend.last().await;
        assert_eq!(told(&seen, ours), ["ada", "ada@example.com", "", ""], "{spelling}");
        assert!(!seen.head.contains(CLAIM), "{}", seen.head);
        let request = Request::get("/open/x").header(spelling, CLAIM);
        assert_eq!(gateway.visitor().send(request).await.status, 200);
        let seen = gateway.backend.last().await;
        assert!(told(&seen, ours).iter().all(String::is_empty) && !seen.head.contains(CLAIM), "{}", seen.head);
    }
    let connection = Request::get("/").header("Connection", "close, X-WEBAUTH-USER");
    assert_eq!(visitor.clone().send(connection).await.status, 200);
    assert_eq!(told(&gateway.backend.last().await, ours), ["ada", "ada@example.com", "", ""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_keeps_the_header_that_it_names_in_its_plain_spelling_alone() {
    let gateway = Gateway::with(grafana()).await;
    let request = Request::get("/")
        .header("Tailscale-User-Login", "ada@tailnet")
        .header("Tailscale_User_Login", CLAIM)
        .header("Tailscale-User-Name", CLAIM);
    assert_eq!(gateway.ada().await.send(request).await.status, 200);
    let seen = gateway.backend.last().await;
    assert_eq!(seen.headers_named("tailscale-user-login"), ["ada@tailnet"]);
    assert!(!seen.head.contains(CLAIM), "{}", seen.head);
}

/// The three ways in which other proxies ask about `http://app.localhost/open/x`.
fn questions() -> [(&'static str, Request); 3] {
    let forward = Request::get("/portcullis/authz/forward-auth")
        .header("X-Forwarded-Method", "GET")
        .header("X-Forwarded-Proto", "http")
        .header("X-Forwarded-Host", "app.localhost")
        .header("X-Forwarded-Uri", "/open/x");
    let auth_request = Request::get("/portcullis/authz/auth-request")
        .header("X-Original-Method", "GET")
        .header("X-Original-URL", "http://app.localhost/open/x");
    let ext_authz = Request::get("/portcullis/authz/ext-authz/open/x")
        .header("Host", "app.localhost")
        .header("X-Forwarded-Proto", "http");
    [("forward-auth", forward), ("auth-request", auth_request), ("ext-authz", ext_authz)]
}

async fn ada_at_the_app(gateway: &Gateway) -> Visitor {
    let mut visitor = gateway.visitor();
    visitor.host = Some("app.localhost".to_owned());
    crate::gateway::all_the_way(visitor, &gateway.sandbox, &gateway.account).await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_proxy_is_told_the_names_of_the_site_beside_the_usual_ones_and_empty_where_nobody_is() {
    let gateway = Gateway::with(grafana()).await;
    let ada = ada_at_the_app(&gateway).await;
    let names = ["x-webauth-user", "x-webauth-email", "remote-user", "remote-email"];
    for (visitor, expected) in
        [(&ada, ["ada", "ada@example.com", "ada", "ada@example.com"]), (&gateway.visitor(), [""; 4])]
    {
        for (style, question) in questions() {
            // What every proxy copies from our answer is overwritten with it.
            let question = question.header("Remote-User", CLAIM);
            let answer = visitor.clone().send(question).await;
            assert_eq!(answer.status, 200, "{style}: {answer:?}");
            for (name, expected) in names.into_iter().zip(expected) {
                assert_eq!(answer.headers_named(name), [expected], "{style}: {answer:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_with_a_foreign_identity_is_refused_or_the_proxy_is_told_to_remove_it() {
    let gateway = Gateway::with(grafana()).await;
    let ada = ada_at_the_app(&gateway).await;
    let plain = known_identity::all().map(|known| known.name.replace('*', "any-end"));
    let plain = plain.filter(|name| !name.starts_with("x-webauth-"));
    let others = ["X-WEBAUTH-NAME", "x_remote_user", "Tailscale_User_Login", "OIDC_CLAIM_sub"].map(str::to_owned);
    for name in plain.chain(others) {
        for (style, question) in questions() {
            let answer = ada.clone().send(question.header(&name, CLAIM)).await;
            // Our own cookie, the only one, is removed as well.
            let removed = answer.headers_named("x-envoy-auth-headers-to-remove").join(",").replace("cookie,", "");
            if style == "ext-authz" {
                assert_eq!((answer.status, removed), (200, name.to_lowercase()), "{style}: {name}");
            } else {
                assert_eq!((answer.status, removed.as_str()), (400, ""), "{style}: {name}");
            }
        }
    }
    for (style, question) in questions() {
        // A proxy that was not told of the site's names overwrites none of them.
        for misplaced in
            ["X-WEBAUTH-USER", "x_webauth_user", "X-WebAuth.Email", "remote_user", "X_Portcullis-Assertion"]
        {
            let answer = ada.clone().send(question.clone().header(misplaced, CLAIM)).await;
            assert_eq!(answer.status, 400, "{style}: {misplaced}");
        }
        let kept = ada.clone().send(question.header("Tailscale-User-Login", "ada@tailnet")).await;
        let removed = (style == "ext-authz").then_some("cookie");
        assert_eq!((kept.status, kept.header("x-envoy-auth-headers-to-remove")), (200, removed), "{style}");
    }
}

/// The expressions by which a file of `config/` removes what visitors send.
fn removed_by(file: &str, mark: &str, end: &str) -> Vec<regex::Regex> {
    let text = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once(mark)?.1.split_once(end));
    let whole = |text: &str| if text.starts_with('^') { text.to_owned() } else { format!("^(?:{text})$") };
    lines.map(|(expression, _)| regex::Regex::new(&whole(expression)).unwrap()).collect()
}

#[test]
fn the_files_for_envoy_and_haproxy_remove_every_name_of_the_list_in_every_spelling() {
    for (file, mark, end) in [
        ("config/envoy/envoy.yaml", "safe_regex: { regex: \"", "\" }"),
        ("config/haproxy/haproxy.cfg", "http-request del-header ", " -m reg"),
    ] {
        let expressions = removed_by(file, mark, end);
        assert!(expressions.len() > 5, "{file}");
        for name in claims() {
            assert!(expressions.iter().any(|expression| expression.is_match(&name)), "{file}: {name}");
        }
        for name in ["accept", "authorization", "cookie", "user-agent", "x-auth-token", "x-user-id"] {
            assert!(expressions.iter().all(|expression| !expression.is_match(name)), "{file}: {name}");
        }
    }
}
