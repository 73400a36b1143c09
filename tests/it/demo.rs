//! `portcullis demo`: one command, nothing configured, and the whole way in with what it prints.

use std::net::SocketAddr;

use tempfile::TempDir;

use crate::phone::{Phone, code_in};
use crate::process::{Process, address_in, run, text};
use crate::response::expect_redirect;
use crate::visitor::{SharedAddress, VERIFY, Visitor};

/// What the demo prints for a person.
pub struct Demo {
    pub process: Process,
    pub address: SocketAddr,
    pub phone: SocketAddr,
    pub email: String,
    pub password: String,
    pub dir: TempDir,
}

impl Demo {
    pub async fn start() -> Self {
        let dir = TempDir::new().unwrap();
        // One folder to start in and for what is temporary: whatever the demo leaves is left there.
        let temporary = [("TMPDIR", dir.path().to_str().expect("a path of plain text"))];
        let mut process = Process::start(&["demo", "--listen", "127.0.0.1:0"], &temporary, dir.path());
        process.listening().await;
        let password_line = process.line_with("assword").await;
        let email_line = process.line_with("@").await;
        let printed = process.output();
        let mut addresses: Vec<SocketAddr> = Vec::new();
        for line in printed.lines().filter(|line| line.contains("http://")) {
            let after = line.split("http://").nth(1).unwrap_or_default();
            addresses.extend(address_in(after).filter(|address| !addresses.contains(address)));
        }
        let phone_line = printed.lines().find(|line| line.to_lowercase().contains("phone") && line.contains("http"));
        let phone = phone_line.and_then(address_in).unwrap_or_else(|| panic!("no phone page in:\n{printed}"));
        let address = addresses.into_iter().find(|address| *address != phone);
        let last = |line: &str| line.split_whitespace().last().unwrap_or_default().trim_matches(['"', '`']).to_owned();
        let email = email_line.split_whitespace().find(|word| word.contains('@')).unwrap_or_default();
        let email = email.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()).to_owned();
        let password = password_of(&password_line).unwrap_or_else(|| last(&password_line));
        let address = address.unwrap_or_else(|| panic!("no address in:\n{printed}"));
        Self { process, address, phone, email, password, dir }
    }
}

/// What stands behind `password` and a colon or blanks.
fn password_of(line: &str) -> Option<String> {
    let at = line.to_lowercase().find("password")? + "password".len();
    let rest = line.get(at..)?.trim_start_matches(|letter: char| letter == ':' || letter.is_whitespace());
    Some(rest.trim().trim_matches(['"', '`']).to_owned()).filter(|password| password.len() >= 8)
}

#[tokio::test]
async fn an_address_that_is_taken_is_told_with_the_option_that_names_another() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for command in ["demo", "sandbox"] {
        let output = run(&[command, "--listen", &address], &[], "").await;
        let expected = format!(
            "portcullis: cannot listen on {address}: another process is listening there; stop that one, or name another \
             address with --listen\n"
        );
        assert_eq!((output.status.code(), text(&output)), (Some(1), expected), "{command}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_prints_all_that_is_needed_to_get_in() {
    let mut demo = Demo::start().await;
    let mut visitor = Visitor::new(&SharedAddress::at(demo.address));
    let answer = visitor.password("/", &demo.email, &demo.password).await;
    expect_redirect(&answer, VERIFY, &format!("{} / {}", demo.email, demo.password));
    let page = visitor.follow(answer).await;
    assert_eq!(page.status, 200, "{page:?}");
    let phone = Phone::of(demo.phone);
    let message = phone.messages().await.pop().expect("a message on the phone page");
    let answer = visitor.code(&code_in(&message.text)).await;
    expect_redirect(&answer, "/", "the right code");
    let dashboard = visitor.follow(answer).await;
    assert_eq!(dashboard.status, 200, "{dashboard:?}");
    let words = dashboard.words().to_lowercase();
    assert!(words.contains("remote-user") && words.contains(&demo.email.to_lowercase()), "identity headers: {words}");
    assert!(dashboard.text().contains("/portcullis/logout"), "a way out");
    let mut page = Visitor::new(&SharedAddress::at(demo.phone));
    let page = page.get("/").await;
    assert!(page.is_html() && page.text().contains(&code_in(&message.text)), "the phone page: {page:?}");
    let answer = visitor.log_out().await;
    assert!(visitor.follow(answer).await.text().contains("name=\"password\""));
    demo.process.terminate().await;
    assert_eq!(demo.process.status().await, Some(0), "{}", demo.process.output());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_demos_are_strangers_and_leave_nothing_behind() {
    let mut first = Demo::start().await;
    let second = Demo::start().await;
    assert_ne!(first.password, second.password, "no password that everybody knows");
    let left = || std::fs::read_dir(first.dir.path()).unwrap().count();
    assert_eq!(left(), 1, "one folder while it runs");
    first.process.terminate().await;
    assert_eq!(first.process.status().await, Some(0), "{}", first.process.output());
    assert_eq!(left(), 0, "no folder, no database, no key");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_listens_on_this_machine_alone() {
    let output = run(&["sandbox", "--listen", "0.0.0.0:0"], &[], "").await;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(!text(&output).contains("listening"), "{}", text(&output));
}

#[test]
fn the_password_is_found_in_what_is_printed() {
    assert_eq!(password_of("  Password:  brave-otter-17").as_deref(), Some("brave-otter-17"));
    assert_eq!(password_of("with the password four words with blanks").as_deref(), Some("four words with blanks"));
}
