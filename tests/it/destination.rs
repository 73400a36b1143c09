//! A second target in a header: where COPY and MOVE write, and where frameworks let a header replace the path.

use crate::gateway::{Account, Gateway, Setup};
use crate::response::Response;
use crate::visitor::{Request, Visitor};
use crate::webdav::WebDav;

/// `app.localhost` with rules, `blog.localhost` without.
fn setup(server: &str, paths: &str) -> Setup {
    let rules = r#"
[[sites.rules]]
path = "/open/locked/**"
methods = ["PUT"]
require = "deny"
[[sites.rules]]
path = "/open/kept/**"
methods = ["DELETE"]
require = "deny"
[[sites.rules]]
path = "/open/**"
require = "nothing"
[[sites.rules]]
path = "/admin/**"
groups = ["admins"]
require = "two_factor"
"#;
    Setup {
        server: server.to_owned(),
        site: format!("host = \"app.localhost\"\nambiguous_paths = \"{paths}\"\n{rules}"),
        more: "[[sites]]\nhost = \"blog.localhost\"\nupstream = [\"http://SITE\"]".to_owned(),
        ..Setup::default()
    }
}

async fn gateway(paths: &str) -> Gateway {
    Gateway::with(setup("", paths)).await
}

/// Somebody with a session at `app.localhost`.
async fn signed_in(gateway: &Gateway, account: &Account) -> Visitor {
    let mut visitor = gateway.visitor();
    visitor.host = Some(format!("app.localhost:{}", gateway.address().port()));
    crate::gateway::all_the_way(visitor, &gateway.sandbox, account).await
}

async fn admin(gateway: &Gateway) -> Visitor {
    let grace = Account::new("grace");
    let Account { name, email, phone, password } = &grace;
    let line = ["add", name, "--email", email, "--phone", phone, "--group", "admins", "--password-stdin"];
    gateway.user(&line, &format!("{password}\n")).await;
    signed_in(gateway, &grace).await
}

fn to(method: &str, target: &str, destination: &str) -> Request {
    Request::new(method, target).header("Destination", destination)
}

/// What the site saw of one request.
async fn sends(gateway: &Gateway, visitor: &mut Visitor, request: Request) -> (Response, usize) {
    let before = gateway.backend.count();
    let answer = visitor.send(request).await;
    (answer, gateway.backend.count() - before)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_rule_closes_is_closed_to_copy_and_move_from_an_open_place() {
    let gateway = gateway("refuse").await;
    let mut ada = signed_in(&gateway, &gateway.account).await;
    let mut stranger = ada.clone();
    stranger.jar.clear();
    let here = ada.origin();
    let places = ["/admin/x", "/ADMIN/x", "/admin;v=1/x", "/admin"];
    for destination in places.iter().flat_map(|path| [format!("{here}{path}"), (*path).to_owned()]) {
        for method in ["MOVE", "COPY", "PUT", "GET"] {
            let (answer, seen) = sends(&gateway, &mut ada, to(method, "/open/y", &destination)).await;
            assert_eq!((answer.status, seen), (403, 0), "{method} to {destination}: {answer:?}");
            let asked = to(method, "/open/y", &destination).bare();
            let (answer, seen) = sends(&gateway, &mut stranger, asked).await;
            assert_eq!((answer.status, seen), (401, 0), "{method} to {destination}: {answer:?}");
        }
    }
    let (answer, seen) = sends(&gateway, &mut ada, to("MOVE", "/admin/x", &format!("{here}/open/y"))).await;
    assert_eq!((answer.status, seen), (403, 0), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_write_at_both_places_copies_and_moves_and_the_field_arrives_as_it_was_sent() {
    let gateway = gateway("refuse").await;
    let mut grace = admin(&gateway).await;
    let mut stranger = grace.clone();
    stranger.jar.clear();
    let here = grace.origin();
    for (visitor, destination) in [(&mut grace, format!("{here}/admin/x%20y?z")), (&mut stranger, "/open/z".to_owned())]
    {
        let (answer, seen) = sends(&gateway, visitor, to("MOVE", "/open/y", &destination)).await;
        assert_eq!((answer.status, seen), (200, 1), "{destination}: {answer:?}");
        assert_eq!(gateway.backend.last().await.headers_named("destination"), [destination]);
    }
}

/// COPY and MOVE write like PUT and take away what stood there like DELETE (RFC 4918 §9.8.4).
#[tokio::test(flavor = "multi_thread")]
async fn a_rule_about_put_or_delete_holds_for_the_place_that_is_written() {
    let gateway = gateway("refuse").await;
    let mut grace = admin(&gateway).await;
    for path in ["/open/locked/x", "/open/kept/x"] {
        for method in ["MOVE", "COPY"] {
            let (answer, seen) = sends(&gateway, &mut grace, to(method, "/open/y", path)).await;
            assert_eq!((answer.status, seen), (403, 0), "{method} to {path}: {answer:?}");
        }
        let (answer, _) = sends(&gateway, &mut grace, Request::get(path)).await;
        assert_eq!(answer.status, 200, "{path} itself can be read: {answer:?}");
    }
    let claimed = to("POST", "/open/y", "/open/kept/x").header("X-HTTP-Method-Override", "MOVE");
    assert_eq!(sends(&gateway, &mut grace, claimed).await.0.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_destination_elsewhere_or_one_that_cannot_be_read_in_one_way_is_refused() {
    for paths in ["refuse", "pass"] {
        let gateway = gateway(paths).await;
        let mut grace = admin(&gateway).await;
        let port = gateway.address().port();
        let here = grace.origin();
        for (destination, why) in [
            ("https://evil.example/open/x".to_owned(), "no site of this gateway"),
            (format!("http://blog.localhost:{port}/x"), "another site"),
            (format!("https://app.localhost:{port}/open/x"), "another scheme or port"),
            ("http://app.localhost:1/open/x".to_owned(), "another scheme or port"),
            (String::new(), "neither a URL"),
            ("open/x".to_owned(), "neither a URL"),
            ("//app.localhost/open/x".to_owned(), "neither a URL"),
            ("/\\app.localhost/open/x".to_owned(), "neither a URL"),
            ("/open/x#y".to_owned(), "neither a URL"),
            (here.clone(), "neither a URL"),
            (format!("{here}/portcullis/login"), "own pages"),
            ("/portcullis".to_owned(), "own pages"),
            ("/PORTCULLIS/login".to_owned(), "own pages"),
            (format!("/open/{}", "x".repeat(8192)), "two ways, or is longer"),
        ] {
            let (answer, seen) = sends(&gateway, &mut grace, to("MOVE", "/open/y", &destination)).await;
            assert_eq!((answer.status, seen), (400, 0), "{destination}: {answer:?}");
            assert!(answer.text().contains(why), "{destination}: {}", answer.text());
        }
        let twice = to("MOVE", "/open/y", "/open/x").header("Destination", "/open/x");
        assert_eq!(sends(&gateway, &mut grace, twice).await.0.status, 400);
        let trick = to("MOVE", "/open/y", "/open/../admin/x");
        // The rules decide where the site says so: grace may write there.
        let expected = if paths == "refuse" { (400, 0) } else { (200, 1) };
        let (answer, seen) = sends(&gateway, &mut grace, trick).await;
        assert_eq!((answer.status, seen), expected, "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_ambiguous_paths_pass_every_reading_of_the_destination_must_be_open() {
    let gateway = gateway("pass").await;
    let mut ada = signed_in(&gateway, &gateway.account).await;
    for path in [
        "/open/../admin/x",
        "/open/..%2fadmin/x",
        "/open/%252e%252e/admin",
        "//admin/x",
        "/open/..\\admin",
        "/admin%00",
    ] {
        let destination = format!("{}{path}", ada.origin());
        let (answer, seen) = sends(&gateway, &mut ada, to("COPY", "/open/y", &destination)).await;
        assert_eq!((answer.status, seen), (403, 0), "{destination}: {answer:?}");
    }
}

/// A receiver that merges trailers into the headers would find a target there that nobody judged.
#[tokio::test(flavor = "multi_thread")]
async fn no_destination_comes_as_a_trailer() {
    let gateway = gateway("refuse").await;
    let mut grace = admin(&gateway).await;
    let request = Request::new("PUT", "/open/y")
        .header("Transfer-Encoding", "chunked")
        .header("Trailer", "Destination, X-Own")
        .body("4\r\nabcd\r\n0\r\nDestination: /admin/x\r\nX-Own: y\r\n\r\n");
    assert_eq!(sends(&gateway, &mut grace, request).await.0.status, 200);
    let seen = gateway.backend.last().await;
    assert_eq!(seen.trailers.to_lowercase(), "x-own: y\r\n", "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_that_replaces_the_path_never_reaches_the_site() {
    let gateway = gateway("refuse").await;
    let mut ada = signed_in(&gateway, &gateway.account).await;
    for (name, _) in portcullis::parts::target_fields::OVERRIDES {
        for name in [name.to_owned(), name.to_uppercase(), name.replace('-', "_"), name.replace('-', ".")] {
            let request = Request::get("/open/y").header(&name, "/admin/x");
            let (answer, seen) = sends(&gateway, &mut ada, request).await;
            assert_eq!((answer.status, seen), (200, 1), "{name}: {answer:?}");
            let head = gateway.backend.last().await.head;
            assert!(!head.contains("/admin/x"), "{name}: the site saw {head}");
        }
    }
}

/// Object stores name in a header what they copy: whoever may not read it there may not copy it.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_rule_closes_is_closed_as_the_source_of_a_copy() {
    let gateway = gateway("refuse").await;
    let mut ada = signed_in(&gateway, &gateway.account).await;
    let put = |name: &str, source: &str| Request::new("PUT", "/open/y").header(name, source);
    let sources = [
        "X-Amz-Copy-Source",
        "X-Amz-Rename-Source",
        "X-Copy-From",
        "X-MS-Copy-Source",
        "X-MS-File-Rename-Source",
        "X-Goog-Copy-Source",
        "X-OSS-Copy-Source",
        "X-OBS-Copy-Source",
        "X-COS-Copy-Source",
        "X-Copy-Source",
        "X-Symlink-Target",
    ];
    for name in sources.iter().flat_map(|name| [(*name).to_owned(), name.replace('-', "_")]) {
        for closed in ["/admin/x", "admin/x?versionId=1", "ADMIN/x", &format!("{}/admin/x", ada.origin())] {
            let (answer, seen) = sends(&gateway, &mut ada, put(&name, closed)).await;
            assert_eq!((answer.status, seen), (403, 0), "{name}: {closed}: {answer:?}");
        }
        for wrong in ["https://evil.example/x", "//admin/x", "open/../admin/x", ""] {
            let (answer, seen) = sends(&gateway, &mut ada, put(&name, wrong)).await;
            assert_eq!((answer.status, seen), (400, 0), "{name}: {wrong}: {answer:?}");
        }
        assert_eq!(sends(&gateway, &mut ada, put(&name, "open/x%20y")).await.1, 1, "{name}");
        assert_eq!(gateway.backend.last().await.headers_named(&name), ["open/x%20y"]);
    }
    // What a copy reads it may read where nobody may delete; what it moves away it may not.
    assert_eq!(sends(&gateway, &mut ada, put("X-Amz-Copy-Source", "/open/kept/x")).await.0.status, 200);
    assert_eq!(sends(&gateway, &mut ada, put("X-Amz-Rename-Source", "/open/kept/x")).await.0.status, 403);
}

/// An app that really copies and moves.
#[tokio::test(flavor = "multi_thread")]
async fn a_webdav_app_gets_no_file_into_a_folder_that_the_rules_close() {
    let app = WebDav::start().await;
    let rules = "[[sites.rules]]\npath = \"/admin/**\"\ngroups = [\"admins\"]\nrequire = \"two_factor\"";
    let site = format!("[[sites]]\nhost = \"dav.localhost\"\nupstream = [\"http://{}\"]\n{rules}", app.address);
    let gateway =
        Gateway::with(Setup { site: "host = \"app.localhost\"".to_owned(), more: site, ..Setup::default() }).await;
    let mut visitor = gateway.visitor();
    visitor.host = Some(format!("dav.localhost:{}", gateway.address().port()));
    let mut ada = crate::gateway::all_the_way(visitor, &gateway.sandbox, &gateway.account).await;
    assert_eq!(ada.send(Request::new("PUT", "/open/y").body("text")).await.status, 201);
    let here = ada.origin();
    for method in ["COPY", "MOVE"] {
        for closed in [format!("{here}/admin/x"), "/admin/x".to_owned(), format!("{here}/Admin/x")] {
            assert_eq!(ada.send(to(method, "/open/y", &closed)).await.status, 403, "{method} to {closed}");
        }
    }
    assert_eq!(app.names(), ["/open/y"]);
    assert_eq!(ada.send(to("COPY", "/open/y", &format!("{here}/open/a%20copy"))).await.status, 201);
    assert_eq!(ada.send(to("MOVE", "/open/y", "/open/z")).await.status, 201);
    assert_eq!(app.names(), ["/open/a copy", "/open/z"]);
}

/// A proxy that asks about one request for `http://app.localhost`, in one of the three styles.
pub fn questions(method: &str, target: &str) -> [Request; 3] {
    let authz = "/portcullis/authz";
    [
        Request::get(&format!("{authz}/forward-auth"))
            .header("X-Forwarded-Method", method)
            .header("X-Forwarded-Proto", "http")
            .header("X-Forwarded-Host", "app.localhost")
            .header("X-Forwarded-Uri", target),
        Request::get(&format!("{authz}/auth-request"))
            .header("X-Original-Method", method)
            .header("X-Original-URL", &format!("http://app.localhost{target}")),
        Request::new(method, &format!("{authz}/ext-authz{target}"))
            .header("Host", "app.localhost")
            .header("Content-Length", "0")
            .header("X-Forwarded-Proto", "http"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_of_every_proxy_is_judged_with_the_second_target() {
    let gateway = Gateway::with(setup("trusted_proxies = [\"127.0.0.1\"]", "refuse")).await;
    let mut visitor = gateway.visitor();
    visitor.host = Some("app.localhost".to_owned());
    let mut visitor = crate::gateway::all_the_way(visitor, &gateway.sandbox, &gateway.account).await;
    visitor.host = Some("gate.internal".to_owned());
    for question in questions("MOVE", "/open/y") {
        for (destination, status) in [
            ("http://app.localhost/open/z", 200),
            ("/open/z", 200),
            ("http://app.localhost/admin/x", 403),
            ("/admin/x", 403),
            ("/open/locked/x", 403),
            ("https://app.localhost/open/z", 400),
            ("http://blog.localhost/open/z", 400),
            ("http://evil.example/open/z", 400),
            ("http://app.localhost/portcullis/login", 400),
            ("/open/../admin/x", 400),
            ("x", 400),
        ] {
            let answer = visitor.send(question.clone().header("Destination", destination)).await;
            assert_eq!(answer.status, status, "{destination}: {answer:?}");
        }
        for (name, second) in portcullis::parts::target_fields::SECOND {
            let answer = visitor.send(question.clone().header(name, "/admin/x")).await;
            assert_eq!(answer.status, 403, "{name} ({second:?}): {answer:?}");
        }
        // Envoy writes two lines as one; the others keep them apart.
        let joined = visitor.send(question.clone().header("Destination", "/open/x,/admin/x")).await;
        assert_eq!(joined.status, if question.target.contains("ext-authz") { 400 } else { 200 }, "{joined:?}");
        for (name, _) in portcullis::parts::target_fields::OVERRIDES {
            let asked = question.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
            if !asked {
                let answer = visitor.send(question.clone().header(name, "/admin/x")).await;
                assert_eq!(answer.status, 400, "{name}: {answer:?}");
            }
        }
    }
}
