//! Canaries: secrets that are written once and must be found nowhere but in their own place.

use std::path::Path;

use crate::gateway::{Account, CLIENT_SECRET, GatewayProcess, Setup};
use crate::phone::wrong_code;
use crate::process::{Process, command, finish, run, text};
use crate::store_gone::intruder;
use crate::visitor::{LOGIN, Request, VERIFY, form};

struct Canary {
    what: &'static str,
    value: String,
}

fn assert_clean(place: &str, bytes: &[u8], canaries: &[Canary]) {
    for Canary { what, value } in canaries {
        let found = bytes.windows(value.len()).any(|window| window == value.as_bytes());
        assert!(!found, "{what} is in {place}");
    }
}

/// Both log formats, everything a visitor does, and then a look everywhere.
#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_any_log_page_or_file_but_its_own() {
    for format in ["json", "text"] {
        let more = format!("[log]\nformat = \"{format}\"\nlevel = \"trace\"\n[upstream]\nresponse_timeout = \"1s\"");
        let gateway = GatewayProcess::start(Setup { more, ..Setup::default() }).await;
        let ada = gateway.account.clone();
        let mut canaries = vec![
            Canary { what: "the secret of the CPaaS", value: CLIENT_SECRET.to_owned() },
            Canary { what: "the password", value: ada.password.clone() },
            Canary { what: "the whole number", value: ada.phone[1..].to_owned() },
        ];
        let mut pages = Vec::new();
        let mut visitor = gateway.visitor();
        let page = visitor.open("/?token=canary-in-the-query").await;
        pages.push(page.clone());
        let typed = [("username", "ada"), ("password", "canary-wrong-password")];
        pages.push(visitor.submit(&page, LOGIN, &typed).await);
        canaries.push(Canary { what: "a wrong password", value: "canary-wrong-password".to_owned() });
        let answer =
            visitor.submit(&page, LOGIN, &[("username", "ada@example.com"), ("password", &ada.password)]).await;
        let page = visitor.follow(answer).await;
        let code = gateway.sandbox.code(&ada.phone, 1).await;
        let guess = wrong_code(&code, 4);
        pages.push(visitor.submit(&page, VERIFY, &[("code", &guess)]).await);
        gateway.sandbox.misbehaves("verify", "garbage", Some(1)).await;
        pages.push(visitor.submit(&page, VERIFY, &[("code", &code)]).await);
        let half = visitor.jar.clone();
        let token = form(&page, VERIFY).field("csrf").unwrap().to_owned();
        pages.push(visitor.submit(&page, VERIFY, &[("code", &code)]).await);
        pages.push(visitor.send(Request::get("/").header("Authorization", "Bearer canary-of-the-site")).await);
        pages.push(visitor.get("/portcullis/").await);
        let values: Vec<_> = visitor.jar.values().chain(half.values()).cloned().collect();
        pages.push(visitor.log_out().await);
        for page in &pages {
            assert_clean("a page", &page.body, &canaries);
        }
        canaries.extend(values.into_iter().map(|value| Canary { what: "a cookie", value }));
        canaries.push(Canary { what: "a form token", value: token });
        canaries.push(Canary { what: "the code", value: format!("\"{code}\"") });
        canaries.push(Canary { what: "a header for the site", value: "canary-of-the-site".to_owned() });
        canaries.push(Canary { what: "the address", value: ada.email.clone() });
        let log = gateway.log().await;
        assert!(log.lines().count() > 5, "there is a log: {log}");
        assert_clean("the log", log.as_bytes(), &canaries);
        assert!(!words_of(&log).any(|word| word == code || word == guess), "a code is in the log");
        // The store holds number and address: that is their place.
        canaries.retain(|canary| !matches!(canary.what, "the whole number" | "the address"));
        for file in gateway.files() {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if name != "cpaas.secret" {
                assert_clean(&name, &std::fs::read(&file).unwrap(), &canaries);
            }
        }
        assert_process_is_closed(&gateway.process, &canaries);
        let show = run(&["config", "show", "--config", &gateway.config_file()], &[], "").await;
        assert!(show.status.success(), "{}", text(&show));
        assert_clean("`config show`", text(&show).as_bytes(), &canaries);
    }
}

fn words_of(log: &str) -> impl Iterator<Item = &str> {
    log.split(|letter: char| !letter.is_ascii_alphanumeric())
}

/// Command line and environment are readable by others; a core dump holds everything.
fn assert_process_is_closed(process: &Process, canaries: &[Canary]) {
    let of = |name: &str| format!("/proc/{}/{name}", process.id());
    assert_clean("the command line", &std::fs::read(of("cmdline")).unwrap(), canaries);
    assert_clean("the environment", &std::fs::read(of("environ")).unwrap_or_default(), canaries);
    let limits = std::fs::read_to_string(of("limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let both: Vec<_> = core.split_whitespace().skip(4).take(2).collect();
    assert_eq!(both, ["0", "0"], "a crash would write memory to a file: {core}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_never_an_argument_and_never_shown() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let bob = Account::new("bob");
    gateway.add(&bob).await;
    for arguments in [&["list"][..], &["show", "bob"]] {
        let said = gateway.user(arguments, "").await;
        assert!(said.contains("bob") && !said.contains("argon2") && !said.contains(&bob.password), "{said}");
    }
    let config = gateway.config_file();
    let refused = run(&["user", "add", "cyd", "--password", "x", "--config", &config], &[], "").await;
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused));
    let mut store = intruder(&gateway.path("portcullis.db")).await;
    let hashes = sqlx::query_scalar::<_, String>("SELECT password FROM accounts").fetch_all(&mut store).await.unwrap();
    assert_eq!(hashes.len(), 2);
    for hash in hashes {
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "the hash says how it was made: {hash}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_log_line_is_one_json_object_whatever_a_stranger_sends() {
    let gateway =
        GatewayProcess::start(Setup { more: "[log]\nformat = \"json\"".to_owned(), ..Setup::default() }).await;
    let hostile =
        ["ada\r\n{\"event\":\"forged\"}", "\u{1b}[31mred\u{1b}[0m", "\"},{\"a\":\"", "\u{202e}txet", "x\u{0}y"];
    for text in hostile {
        let mut visitor = gateway.visitor();
        let page = visitor.open("/").await;
        visitor.submit(&page, LOGIN, &[("username", text), ("password", "a wrong password")]).await;
    }
    for header in ["User-Agent", "Referer", "X-Request-Id", "X-Forwarded-For"] {
        gateway.visitor().send(Request::get("/").header(header, "a\u{1b}[2J \"quoted\" \u{202e} \\n{")).await;
    }
    let log = gateway.log().await;
    for line in log.lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(object.is_object() && !line.contains('\u{1b}'), "{line}");
        let at = object["timestamp"].as_str().unwrap_or_else(|| panic!("no timestamp: {line}"));
        assert!(at.ends_with('Z'), "UTC: {line}");
    }
    assert!(!log.contains("\"event\":\"forged\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_decision_about_a_sign_in_leaves_an_event() {
    let gateway =
        GatewayProcess::start(Setup { more: "[log]\nformat = \"json\"".to_owned(), ..Setup::default() }).await;
    let mut visitor = gateway.visitor();
    visitor.password("/", "ada", "a wrong password").await;
    gateway.process.has_written("\"event\":\"password.refused\"").await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account.clone()).await;
    gateway.process.has_written("\"event\":\"password.accepted\"").await;
    gateway.process.has_written("\"event\":\"code.sent\"").await;
    visitor.code(&wrong_code(&code, 0)).await;
    gateway.process.has_written("\"event\":\"code.refused\"").await;
    visitor.code(&code).await;
    gateway.process.has_written("\"event\":\"sign-in.completed\"").await;
    visitor.log_out().await;
    gateway.process.has_written("\"event\":\"session.ended\"").await;
    let forged =
        Request::post(LOGIN, &[("username", "ada"), ("password", "x")]).bare().header("Origin", "https://evil.example");
    gateway.visitor().send(forged).await;
    gateway.process.has_written("\"event\":\"form.refused\"").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_project_names_a_real_secret() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tracked =
        finish(command("git", &["grep", "-lE", "BEGIN (RSA|EC|OPENSSH)? ?PRIVATE KEY"], &[]).current_dir(root), "")
            .await;
    assert_eq!(String::from_utf8_lossy(&tracked.stdout), "", "a private key in the source");
}
