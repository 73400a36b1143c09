//! Access tokens where clients can put them: in `Basic`, and beside the app's own credential; and what such a
//! credential means for a WebSocket.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;

use crate::backend::Answer;
use crate::gateway::{Gateway, Setup};
use crate::process::{run, text};
use crate::response::Response;
use crate::visitor::{Request, Visitor};
use crate::wire::eventually;

const RULES: &str = "[[sites.rules]]
path = \"/feed/**\"
require = \"one_factor\"
credentials = [\"session\", \"token\", \"basic\"]
[[sites.rules]]
path = \"/basic/**\"
require = \"one_factor\"
credentials = [\"session\", \"basic\"]
[[sites.rules]]
path = \"/session/**\"
require = \"two_factor\"
[[sites.rules]]
path = \"/open/**\"
require = \"nothing\"
[[sites.rules]]
require = \"two_factor\"
credentials = [\"session\", \"token\"]";

/// The gateway, and a token of ada's that opens it.
async fn with_a_token() -> (Gateway, String) {
    let server = "trusted_proxies = [\"127.0.0.1\"]".to_owned();
    let gateway = Gateway::with(Setup { server, site: RULES.to_owned(), ..Setup::default() }).await;
    let config = gateway.config_file();
    let arguments = ["token", "create", "--user", "ada", "--site", "*", "--expires", "30d", "--config", &config];
    let output = run(&arguments, &[], "").await;
    assert!(output.status.success(), "{}", text(&output));
    let token = String::from_utf8(output.stdout).unwrap().trim_end().to_owned();
    let bearer = format!("Bearer {token}");
    let opens = || async { shown(&gateway.visitor(), "/api", &[("Authorization", &bearer)]).await.status == 200 };
    eventually("the token opens", opens).await;
    (gateway, token)
}

async fn shown(visitor: &Visitor, target: &str, fields: &[(&str, &str)]) -> Response {
    let request = fields.iter().fold(Request::get(target), |request, (name, value)| request.header(name, value));
    visitor.clone().send(request.bare()).await
}

fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_as_a_basic_password_opens_what_a_token_opens_and_never_reaches_the_site() {
    let (gateway, token) = with_a_token().await;
    let visitor = gateway.visitor();
    for pair in [format!("ada:{token}"), format!("x-access-token:{token}"), format!(":{token}"), format!("{token}:")] {
        let written = basic(&pair);
        for target in ["/api", "/feed/"] {
            assert_eq!(shown(&visitor, target, &[("Authorization", &written)]).await.status, 200, "{pair} {target}");
            let seen = gateway.backend.last().await;
            assert_eq!(seen.headers_named("remote-user"), ["ada"]);
            assert!(seen.headers_named("authorization").is_empty(), "{}", seen.head);
        }
        for (target, status) in [("/session/", 401), ("/open/", 200)] {
            assert_eq!(shown(&visitor, target, &[("Authorization", &written)]).await.status, status, "{target}");
        }
        assert!(gateway.backend.last().await.headers_named("authorization").is_empty(), "nor where nobody asks for it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_never_counted_as_a_wrong_password() {
    let (gateway, token) = with_a_token().await;
    let visitor = gateway.visitor();
    let unknown = format!("{}{}", &token[..70], if token.ends_with("AAAAA") { "BBBBB" } else { "AAAAA" });
    for _ in 0..8 {
        for (token, target, status) in [(&token, "/basic/", 401), (&unknown, "/basic/", 401), (&unknown, "/feed/", 401)]
        {
            let written = basic(&format!("ada:{token}"));
            assert_eq!(shown(&visitor, target, &[("Authorization", &written)]).await.status, status, "{target}");
        }
    }
    let right = basic(&format!("ada:{}", gateway.account.password));
    assert_eq!(shown(&visitor, "/basic/", &[("Authorization", &right)]).await.status, 200, "nothing was counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_wait_to_be_asked_for_basic_are_asked_and_browsers_are_not() {
    let (gateway, _) = with_a_token().await;
    let challenges = async |fields: &[(&str, &str)], target: &str| {
        let answer = shown(&gateway.visitor(), target, fields).await;
        assert_eq!(answer.status, 401);
        answer.headers_named("www-authenticate").iter().map(|line| (*line).to_owned()).collect::<Vec<_>>()
    };
    let asked = challenges(&[("User-Agent", "git/2.39.5")], "/api").await;
    assert!(asked.len() == 2 && asked[1] == "Basic realm=\"127.0.0.1\", charset=\"UTF-8\"", "{asked:?}");
    for fields in [&[("Sec-Fetch-Mode", "cors")], &[("X-Requested-With", "XMLHttpRequest")]] {
        assert_eq!(challenges(fields, "/api").await.len(), 1, "no password box over a page: {fields:?}");
    }
    assert_eq!(challenges(&[], "/session/").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_in_a_header_of_its_own_leaves_the_apps_credential_alone() {
    let (gateway, token) = with_a_token().await;
    let visitor = gateway.visitor();
    for own in ["Basic dGVzdDp0ZXN0", "Bearer of-the-app", "AWS4-HMAC-SHA256 Credential=x"] {
        let fields = [("X-Portcullis-Token", token.as_str()), ("Authorization", own)];
        assert_eq!(shown(&visitor, "/api", &fields).await.status, 200);
        let seen = gateway.backend.last().await;
        assert_eq!(seen.headers_named("remote-user"), ["ada"]);
        assert_eq!(seen.headers_named("authorization"), [own]);
        assert!(!seen.head.contains(&token) && seen.headers_named("x-portcullis-token").is_empty(), "{}", seen.head);
    }
    let right = basic(&format!("ada:{}", gateway.account.password));
    for fields in [
        &[("X-Portcullis-Token", &token[..74])][..],
        &[("X-Portcullis-Token", &token), ("X-Portcullis-Token", &token)],
        &[("X_Portcullis_Token", &token)],
        // The field for tokens is there, so `Authorization` is the app's: it is not looked at.
        &[("X-Portcullis-Token", "portcullis_cut"), ("Authorization", &right)],
    ] {
        assert_eq!(shown(&visitor, "/feed/", fields).await.status, 401, "{fields:?}");
    }
}

/// What a proxy puts in the place of what the visitor sent; what it must remove it does by its own list, or by ours.
#[tokio::test(flavor = "multi_thread")]
async fn another_proxy_asks_with_either_and_gives_the_site_neither() {
    let (gateway, token) = with_a_token().await;
    let visitor = gateway.visitor();
    let written = basic(&format!("git:{token}"));
    let forward = [
        ("X-Forwarded-Method", "GET"),
        ("X-Forwarded-Proto", "http"),
        ("X-Forwarded-Host", "app.localhost"),
        ("X-Forwarded-Uri", "/api"),
    ];
    let nginx = [("X-Original-Method", "GET"), ("X-Original-URL", "http://app.localhost/api")];
    let envoy = [("Host", "app.localhost"), ("X-Forwarded-Proto", "http")];
    for (target, fields) in [
        ("/portcullis/authz/forward-auth", &forward[..]),
        ("/portcullis/authz/auth-request", &nginx),
        ("/portcullis/authz/ext-authz/api", &envoy),
    ] {
        let asked = [fields, &[("Authorization", written.as_str())]].concat();
        let answer = shown(&visitor, target, &asked).await;
        assert_eq!((answer.status, answer.header("remote-user")), (200, Some("ada")), "{answer:?}");
        assert_eq!(answer.header("authorization"), None);
        let asked =
            [fields, &[("X-Portcullis-Token", token.as_str()), ("Authorization", "Basic dGVzdDp0ZXN0")]].concat();
        let answer = shown(&visitor, target, &asked).await;
        assert_eq!((answer.status, answer.header("authorization")), (200, Some("Basic dGVzdDp0ZXN0")), "{answer:?}");
        assert!(!format!("{answer:?}").contains(&token), "{answer:?}");
        let removed = target.contains("ext-authz").then_some("x-portcullis-token");
        assert_eq!(answer.header("x-envoy-auth-headers-to-remove"), removed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_requests_at_once_with_the_right_password_all_pass() {
    let (gateway, _) = with_a_token().await;
    let right = basic(&format!("ada:{}", gateway.account.password));
    let visitor = gateway.visitor();
    for _ in 0..3 {
        let fields = [("Authorization", right.as_str())];
        let answers = join_all((0..8).map(|_| shown(&visitor, "/basic/", &fields))).await;
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses, [200; 8]);
    }
}

async fn handshake(visitor: &Visitor, origin: &str, credential: (&str, &str)) -> u16 {
    let request = Request::get("/feed/socket")
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("Origin", origin)
        .header(credential.0, credential.1)
        .bare();
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&request)).await;
    wire.head().await.expect("an answer").status
}

/// RFC 6455 §10.2: `Origin` protects against pages, which can make a browser send what it remembers and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn a_websocket_with_a_token_opens_whatever_its_client_runs_in() {
    let (gateway, token) = with_a_token().await;
    gateway.backend.answers(Answer::WebSocketEcho);
    let (visitor, bearer) = (gateway.visitor(), format!("Bearer {token}"));
    let origins = [
        "capacitor://localhost",
        "vscode-webview://1a2b3c",
        "ionic://localhost",
        "file://",
        "null",
        "https://else.example",
    ];
    for origin in origins {
        for credential in [("Authorization", bearer.as_str()), ("X-Portcullis-Token", token.as_str())] {
            assert_eq!(handshake(&visitor, origin, credential).await, 101, "{origin}: {credential:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_websocket_of_another_sites_page_does_not_open_with_what_a_browser_remembers() {
    let (gateway, token) = with_a_token().await;
    gateway.backend.answers(Answer::WebSocketEcho);
    let visitor = gateway.visitor();
    let (password, token) = (basic(&format!("ada:{}", gateway.account.password)), basic(&format!("ada:{token}")));
    for remembered in [&password, &token] {
        for origin in ["https://evil.example", "null", "capacitor://localhost"] {
            assert_eq!(handshake(&visitor, origin, ("Authorization", remembered)).await, 403, "{origin}");
        }
        assert_eq!(handshake(&visitor, &visitor.origin(), ("Authorization", remembered)).await, 101);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_proxy_asks_about_a_websocket_by_the_same_rule() {
    let (gateway, token) = with_a_token().await;
    let visitor = gateway.visitor();
    let (bearer, remembered) = (format!("Bearer {token}"), basic(&format!("ada:{token}")));
    for (credential, status) in [(&bearer, 200), (&remembered, 403)] {
        let fields = [
            ("X-Original-Method", "GET"),
            ("X-Original-URL", "http://app.localhost/feed/socket"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("Origin", "capacitor://localhost"),
            ("Authorization", credential),
        ];
        assert_eq!(shown(&visitor, "/portcullis/authz/auth-request", &fields).await.status, status);
    }
}
