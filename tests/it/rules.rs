//! Rules through the front door: who reaches what, and that no way of writing a path opens what a rule closes.

use std::collections::BTreeMap;

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;

use crate::backend::WELCOME;
use crate::gateway::{Account, Gateway, Setup};
use crate::response::Response;
use crate::visitor::{Request, Visitor};

const RULES: &str = r#"
[[sites.rules]]
path = "/public/secret/**"
require = "deny"
[[sites.rules]]
path = "/public/**"
require = "nothing"
[[sites.rules]]
path_regex = "/assets/[a-z]+[.]css"
methods = ["GET"]
require = "nothing"
[[sites.rules]]
path = "/inside/**"
networks = ["127.1.0.0/16"]
require = "nothing"
[[sites.rules]]
path = "/admin/**"
groups = ["admins"]
accounts = ["carol"]
require = "two_factor"
[[sites.rules]]
path = "/fresh"
require = "two_factor"
fresh_within = "10m"
"#;

async fn gateway(first: &str) -> Gateway {
    Gateway::with(Setup { site: format!("{first}\n{RULES}"), ..Setup::default() }).await
}

async fn person(gateway: &Gateway, name: &str, more: &[&str]) -> Visitor {
    let Account { name, email, phone, password } = Account::new(name);
    let line = ["add", &name, "--email", &email, "--phone", &phone, "--password-stdin"];
    gateway.user(&[&line[..], more].concat(), &format!("{password}\n")).await;
    gateway.signed_in(&Account { name, email, phone, password }).await
}

fn opens(answer: &Response) -> bool {
    answer.status == 200 && answer.text() == WELCOME
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_path_asks_nobody_and_still_says_who_is_there() {
    let gateway = gateway("").await;
    let mut stranger = gateway.visitor();
    for open in ["/public", "/public/", "/public/a/b?c=/admin", "/assets/site.css"] {
        assert!(opens(&stranger.get(open).await), "{open}");
        assert!(gateway.backend.last().await.headers_named("remote-user").is_empty());
    }
    let mut ada = gateway.ada().await;
    assert!(opens(&ada.get("/public/a").await));
    assert_eq!(gateway.backend.last().await.headers_named("remote-user"), ["ada"]);
    for (closed, status) in [
        ("/", 302),
        ("/publicity", 302),
        ("/x/public/a", 302),
        ("/assets/site.css/x", 302),
        ("/assets/../public/x?", 400),
        ("/x?/public/", 302),
        ("/?path=/public/a", 302),
    ] {
        let answer = stranger.get(closed).await;
        assert_eq!(answer.status, status, "{closed}: {answer:?}");
    }
    let answer = stranger.send(Request::get("/private").header("Accept", "application/json").bare()).await;
    assert_eq!(answer.status, 401, "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_denied_reaches_the_site_for_nobody() {
    let gateway = gateway("").await;
    let (mut stranger, mut ada) = (gateway.visitor(), gateway.ada().await);
    let before = gateway.backend.count();
    for denied in
        ["/public/secret", "/public/secret/x", "/public/SECRET/x", "/public/secret;a=b/x", "/public/secret./x"]
    {
        for visitor in [&mut stranger, &mut ada] {
            let answer = visitor.get(denied).await;
            assert_eq!((answer.status, answer.header("location")), (403, None), "{denied}: {answer:?}");
        }
    }
    assert_eq!(gateway.backend.count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_or_an_account_opens_what_it_is_named_for() {
    let gateway = gateway("").await;
    let mut grace = person(&gateway, "grace", &["--group", "admins"]).await;
    let mut carol = person(&gateway, "carol", &[]).await;
    let mut ada = gateway.ada().await;
    for visitor in [&mut grace, &mut carol] {
        assert!(opens(&visitor.get("/admin/x").await));
    }
    for path in ["/admin", "/admin/x", "/ADMIN/x", "/admin;x/y", "/admin%20/x"] {
        let answer = ada.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (403, None), "{path}: {answer:?}");
    }
    assert_eq!(gateway.visitor().get("/admin/x").await.status, 302, "a stranger may be somebody who is allowed");
    assert!(opens(&ada.get("/elsewhere").await), "without a match, any account with two factors");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_for_a_method_is_for_no_other() {
    let gateway = gateway("").await;
    let mut stranger = gateway.visitor();
    assert!(opens(&stranger.get("/assets/site.css").await));
    assert_eq!(stranger.send(Request::new("HEAD", "/assets/site.css")).await.status, 200);
    for (method, status) in [("POST", 303), ("PUT", 303), ("OPTIONS", 302), ("GETX", 303), ("GE-T", 303)] {
        let answer = stranger.send(Request::new(method, "/assets/site.css")).await;
        assert_eq!(answer.status, status, "{method}: {answer:?}");
    }
    assert_eq!(stranger.send(Request::new("get", "/assets/site.css")).await.status, 400);
    let disguised = Request::new("POST", "/assets/site.css").header("X-HTTP-Method-Override", "GET");
    assert_eq!(stranger.send(disguised).await.status, 303, "what a field says opens nothing");
    for name in ["X-HTTP-Method-Override", "x_http_method", "X-Method-Override"] {
        let disguised = Request::get("/assets/site.css").header(name, "delete");
        assert_eq!(stranger.send(disguised).await.status, 302, "{name} may make another request of it");
    }
    // Each would be judged by itself, thousands of them for the price of one request.
    let many = Request::get("/assets/site.css").header("X-HTTP-Method-Override", "A,B,C,D");
    assert_eq!(stranger.send(many).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_for_a_network_is_for_its_clients_alone() {
    let gateway = gateway("").await;
    assert!(opens(&gateway.visitor_from(7).get("/inside/x").await));
    let outside = Request::get("/inside/x").header("X-Forwarded-For", "127.1.0.8").header("Forwarded", "for=127.1.0.8");
    assert_eq!(gateway.visitor().send(outside).await.status, 302, "an untrusted client cannot choose its address");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_factor_does_not_open_what_wants_a_fresh_one() {
    let gateway = gateway("").await;
    let mut ada = gateway.ada().await;
    assert!(opens(&ada.get("/fresh").await));
    gateway.clock.advance(std::time::Duration::from_mins(11));
    let before = gateway.backend.count();
    assert_eq!(ada.get("/fresh").await.status, 302);
    assert_eq!(gateway.backend.count(), before);
    assert!(opens(&ada.get("/other").await), "elsewhere the session is as good as before");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_trick_opens_what_is_closed_where_ambiguous_paths_pass() {
    let gateway = gateway("ambiguous_paths = \"pass\"").await;
    let (mut stranger, mut ada) = (gateway.visitor(), gateway.ada().await);
    let before = gateway.backend.count();
    for trick in [
        "/public/../admin",
        "/public/%2e%2e/admin",
        "/public/%2E./admin",
        "/public/..%2fadmin",
        "/public/..%5cadmin",
        "/public\\..\\admin",
        "/public/%252e%252e/admin",
        "/public/%252e%252e%252fadmin",
        "/public/..;/admin",
        "/public/..;x=y/admin/",
        "/public/..%20/admin",
        "/public/x/..%00/../admin",
        "/public//../admin",
        "/public/%c0%ae%c0%ae/admin",
        "/public/%c0%ae%c0%ae%c0%afadmin",
        "/public/..%2fADMIN",
        "/public/..%2fadmin%20",
        "/public/..%2fadmin.",
        "/public/..%2fadmin%00.css",
        "/public/..%2fadmin%3f.css",
        "/public/..%2fadmin%23",
        "/public/%252525252e",
    ] {
        // What so many encodings in one another mean nobody can say: denied to all.
        let status = if trick == "/public/%252525252e" { 403 } else { 302 };
        assert_eq!(stranger.get(trick).await.status, status, "{trick}");
        assert_eq!(ada.get(trick).await.status, 403, "{trick}");
    }
    assert_eq!(gateway.backend.count(), before, "nothing reached the site");
    for open in ["/public//a", "/public/a%2Fb", "/public/a/../b", "/public/a;v=1/b", "/public/%7Euser"] {
        assert!(opens(&stranger.get(open).await), "{open}");
        assert_eq!(gateway.backend.last().await.request_line(), format!("GET {open} HTTP/1.1"), "byte for byte");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_not_encoded_opens_nothing_that_its_encoding_closes() {
    let rules = ["/geh%C3%A4lter/**", "/a%22b/**", "/secret/**"]
        .map(|path| format!("[[sites.rules]]\npath = \"{path}\"\nrequire = \"deny\"\n"));
    let site = format!("{}[[sites.rules]]\nrequire = \"nothing\"\n", rules.concat());
    let gateway = Gateway::with(Setup { site, ..Setup::default() }).await;
    let mut stranger = gateway.visitor();
    for path in ["/geh%c3%a4lter/x", "/geh\u{e4}lter/x", "/GEH\u{c4}LTER", "/a\"b/x", "/\u{17f}ecret/x"] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status, 403, "{path}: {answer:?}");
    }
    assert_eq!(gateway.backend.count(), 0);
    assert!(opens(&stranger.get("/geh\u{e4}lt/x").await), "a path that no rule closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_closes_its_path_in_every_spelling_and_opens_one() {
    let closed = ["/wiki/Special%3AUsers/**", "/pkg/%40us", "/v;1/**"]
        .map(|path| format!("[[sites.rules]]\npath = \"{path}\"\nrequire = \"deny\"\n"));
    let open = "[[sites.rules]]\npath = \"/shop/a%3Ab/**\"\nrequire = \"nothing\"\n\
                [[sites.rules]]\npath = \"/shop/**\"\nrequire = \"two_factor\"\n\
                [[sites.rules]]\nrequire = \"nothing\"\n";
    let gateway = Gateway::with(Setup { site: format!("{}{open}", closed.concat()), ..Setup::default() }).await;
    let mut stranger = gateway.visitor();
    for path in [
        "/wiki/Special%3AUsers/x",
        "/wiki/Special:Users/x",
        "/wiki/special:users",
        "/pkg/%40us",
        "/pkg/@us",
        "/PKG/@us/",
        "/v%3B1/x",
        "/v/x",
    ] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status, 403, "{path}: {answer:?}");
    }
    for path in ["/shop/a:b/x", "/shop/a%3Ab/x"] {
        assert_eq!(stranger.get(path).await.status, 302, "{path}");
    }
    assert_eq!(gateway.backend.count(), 0);
    assert!(opens(&stranger.get("/wiki/Special:Pages").await));
}

/// How servers read a path, written here without a look at how the gateway does.
mod servers {
    fn decode(path: &[u8]) -> Vec<u8> {
        let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
        let (mut out, mut at) = (Vec::new(), 0);
        while let Some(byte) = path.get(at) {
            if let (b'%', Some(high), Some(low)) = (byte, hex(path.get(at + 1)), hex(path.get(at + 2))) {
                out.push(u8::try_from(high * 16 + low).unwrap());
                at += 3;
            } else {
                out.push(*byte);
                at += 1;
            }
        }
        out
    }

    fn resolve(path: &[u8]) -> Vec<u8> {
        let mut out: Vec<&[u8]> = Vec::new();
        for segment in path.split(|byte| *byte == b'/').skip(1) {
            match segment {
                b"." => {}
                b".." => drop(out.pop()),
                segment => out.push(segment),
            }
        }
        out.iter().flat_map(|segment| [b"/", *segment].concat()).collect()
    }

    fn each(path: &[u8], change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
        path.split(|byte| *byte == b'/').map(change).collect::<Vec<_>>().join(&b'/')
    }

    fn without_end(segment: &[u8]) -> Vec<u8> {
        let length = segment.iter().rposition(|byte| !b". ".contains(byte)).map_or(0, |last| last + 1);
        segment[..length].to_vec()
    }

    /// What each kind of server takes the path for.
    pub fn readings(path: &str) -> Vec<(&'static str, Vec<u8>)> {
        let raw = path.as_bytes();
        let once = resolve(&decode(raw));
        let parameters = each(raw, |segment| segment.split(|byte| *byte == b';').next().unwrap().to_vec());
        let slashed: Vec<u8> = decode(raw).into_iter().map(|byte| if byte == b'\\' { b'/' } else { byte }).collect();
        vec![
            ("resolves dots alone", resolve(raw)),
            ("RFC 3986", once.clone()),
            ("twice", resolve(&decode(&decode(raw)))),
            ("letter case aside", once.to_ascii_lowercase()),
            ("servlet", resolve(&decode(&parameters))),
            ("Windows", each(&resolve(&slashed), without_end).to_ascii_lowercase()),
            ("C", once.split(|byte| *byte == 0).next().unwrap().to_vec()),
        ]
    }
}

fn below(path: &[u8], folder: &str) -> bool {
    path.strip_prefix(folder.as_bytes()).is_some_and(|rest| rest.is_empty() || rest[0] == b'/')
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reaches_the_site_is_open_however_the_site_reads_it() {
    let gateway = gateway("ambiguous_paths = \"pass\"").await;
    let mut stranger = gateway.visitor();
    let pieces = vec![
        "/", "/public", "/public", "/admin", "/secret", "/a", "admin", "PUBLIC", "..", ".", "/..", "/.", ";x", "\\",
        "%2f", "%5C", "%2e", "%252e", "%252F", "%00", "%20", "%25", "%70ublic", "//", "%3B", "b",
    ];
    let paths = proptest::collection::vec(proptest::sample::select(pieces), 1..7);
    let mut runner = TestRunner::deterministic();
    let (mut passed, mut refused) = (0, BTreeMap::new());
    for round in 0..400 {
        let mut target = paths.new_tree(&mut runner).unwrap().current().concat();
        // Half of them begin where it is open: else hardly one would pass.
        if round % 2 == 0 || !target.starts_with('/') {
            target.insert_str(0, "/public/");
        }
        let before = gateway.backend.count();
        let answer = stranger.get(&target).await;
        if gateway.backend.count() == before {
            *refused.entry(answer.status).or_insert(0) += 1;
            continue;
        }
        passed += 1;
        let line = gateway.backend.last().await.request_line().to_owned();
        let seen = line.split(' ').nth(1).unwrap();
        assert_eq!(seen, target, "the site gets the bytes that were judged");
        for (server, path) in servers::readings(seen) {
            let shown = String::from_utf8_lossy(&path).into_owned();
            // A server that tells `/PUBLIC` from `/public` finds nothing there, and one that does not finds it open.
            let path = path.to_ascii_lowercase();
            assert!(below(&path, "/public") && !below(&path, "/public/secret"), "{target} is {shown} to {server}");
        }
    }
    // The same 400 paths each time: 302 where a rule wants to know who asks, 403 where it denies or none reads the path.
    assert_eq!((passed, refused), (269, BTreeMap::from([(302, 106), (403, 25)])));
}
