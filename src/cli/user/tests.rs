use std::sync::Arc;

use clap::Parser;
use secrecy::{ExposeSecret as _, SecretString};
use tempfile::TempDir;

use super::*;
use crate::cli::prompt::{confirmed, first_line};
use crate::delivery::{self, EmailProvider, SmsProvider};
use crate::keys::KeyRing;
use crate::password::{PasswordPolicy, Passwords, Settings as PasswordSettings};
use crate::platform::clock::{HandClock, Timestamp};
use crate::platform::random::Random;
use crate::store::{Settings, Store};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    user: UserCommand,
}

struct Fixture {
    _folder: TempDir,
    store: Store,
    accounts: Accounts,
}

/// An operator who enters these passwords and confirms.
struct Operator(Vec<(Source, &'static str)>);

impl Prompt for Operator {
    fn password(&mut self, source: Source) -> anyhow::Result<SecretString> {
        let (expected, password) = self.0.pop().expect("nobody should be asked");
        assert_eq!(source, expected);
        Ok(SecretString::from(password))
    }

    fn confirm(&mut self, name: &Username, out: &mut dyn Write) -> anyhow::Result<()> {
        confirmed(name, &mut "ada\n".as_bytes(), out)
    }
}

/// Codes by SMS and mail, nothing else of note.
fn setup() -> Setup {
    let delivery = delivery::Settings {
        sms: vec![SmsProvider::Cpaas],
        email: vec![EmailProvider::Cpaas],
        cpaas: None,
        smtp: None,
    };
    let keys = Arc::new(KeyRing::of_this_process(Timestamp::from_millis(0), &mut Random::system()).unwrap());
    Setup {
        remembered: None,
        ways: CodeWays::of(&delivery),
        add: "portcullis user add".to_owned(),
        importer: TotpImporter::new(keys, Random::system()),
    }
}

async fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let keys = Arc::new(KeyRing::of_this_process(Timestamp::from_millis(0), &mut Random::system()).unwrap());
    let store = Store::open(&Settings { file: folder.path().join("portcullis.db") }, &keys).await.unwrap();
    let passwords = Arc::new(
        Passwords::start(
            &PasswordSettings { threads: 1, queue: 4, policy: PasswordPolicy::default(), service: Vec::new() },
            &mut Random::system(),
        )
        .unwrap(),
    );
    let clock = HandClock::starting_at(Timestamp::from_millis(1_800_000_000_000)).clock();
    Fixture { _folder: folder, store: store.clone(), accounts: Accounts::new(store, passwords, clock) }
}

impl Fixture {
    async fn says(&self, line: &[&str], passwords: &[(Source, &'static str)]) -> Result<String, String> {
        let parsed = Line::try_parse_from([&["user"], line].concat()).map_err(|error| error.to_string())?;
        let mut out = Vec::new();
        let mut operator = Operator(passwords.to_vec());
        match perform(parsed.user.action, &self.accounts, &setup(), &mut operator, &mut out).await {
            Ok(_) => Ok(String::from_utf8(out).unwrap()),
            Err(error) => Err(format!("{error:#}")),
        }
    }

    async fn add_ada(&self) {
        let line = ["add", "ada", "--email", "ada@example.com", "--phone", "+1 500 555 0074", "--group", "staff"];
        let said = self.says(&[&line[..], &["--name", "Ada L.", "--group", "admins"]].concat(), &[PHRASE]).await;
        assert_eq!(said.unwrap(), "ada is added, codes are sent by sms\n");
    }
}

const PHRASE: (Source, &str) = (Source::Prompt, "a quiet phrase");

#[tokio::test]
async fn an_account_is_added_listed_and_shown_without_its_hash() {
    let fixture = fixture().await;
    assert!(fixture.says(&["list"], &[]).await.unwrap().contains("no accounts yet"));
    fixture.add_ada().await;
    let id = fixture.store.accounts().await.unwrap().remove(0).id.short();
    assert_eq!(
        fixture.says(&["list"], &[]).await.unwrap(),
        format!(
            "ID        USER  STATUS  E-MAIL           PHONE         METHOD  GROUPS\n\
             {id}  ada   active  ada@example.com  +15005550074  sms     admins,staff\n"
        )
    );
    let shown = fixture.says(&["show", "ADA@example.com"], &[]).await.unwrap();
    assert!(shown.contains("name     Ada L.\n") && shown.contains("created  2027-01-15T08:00:00.000Z\n"), "{shown}");
    for line in [&["list", "--json"][..], &["show", "ada", "--json"], &["show", "ada"]] {
        let said = fixture.says(line, &[]).await.unwrap();
        assert!(said.contains("+15005550074") && !said.contains("argon2"), "{said}");
    }
    let listed: serde_json::Value =
        serde_json::from_str(&fixture.says(&["list", "--json"], &[]).await.unwrap()).unwrap();
    assert_eq!(listed[0]["groups"], serde_json::json!(["admins", "staff"]));
}

#[tokio::test]
async fn an_account_is_disabled_enabled_restored_and_removed_by_name_or_address() {
    let fixture = fixture().await;
    fixture.add_ada().await;
    for (line, said) in [
        (&["disable", "ada@example.com"][..], "ada is disabled, all sessions ended\n"),
        (&["enable", "ada"], "ada is enabled\n"),
        (&["restore", "ada"], "the failed attempts of ada are reset\n"),
        (&["remove", "ada@example.com"], "Remove ada for good? Type the user name: ada is removed\n"),
    ] {
        assert_eq!(fixture.says(line, &[]).await.unwrap(), said);
    }
    for command in ["show", "disable", "enable", "remove", "password", "restore"] {
        let refused = fixture.says(&[command, "ad\u{1b}a"], &[]).await.unwrap_err();
        assert_eq!(refused, r#""ad\u{1b}a": there is no account with this user name or e-mail address"#, "{command}");
    }
}

#[tokio::test]
async fn a_removal_needs_the_name_or_yes() {
    let fixture = fixture().await;
    fixture.says(&["add", "bob", "--phone", "+15005550001"], &[PHRASE]).await.unwrap();
    assert!(fixture.says(&["remove", "bob"], &[]).await.unwrap_err().contains("bob was not removed"));
    assert_eq!(fixture.says(&["remove", "bob", "--yes"], &[]).await.unwrap(), "bob is removed\n");
}

#[tokio::test]
async fn a_password_changes_by_prompt_or_standard_input_and_never_by_argument() {
    let fixture = fixture().await;
    fixture.add_ada().await;
    let before = fixture.store.accounts().await.unwrap().remove(0).password.unwrap();
    let piped = (Source::StandardInput, "another quiet phrase");
    let said = fixture.says(&["password", "ada", "--password-stdin"], &[piped]).await.unwrap();
    assert_eq!(said, "the password of ada is changed, all sessions ended\n");
    let after = fixture.store.accounts().await.unwrap().remove(0).password.unwrap();
    assert_ne!(before.as_str(), after.as_str());
    let weak = fixture.says(&["password", "ada"], &[(Source::Prompt, "password")]).await.unwrap_err();
    assert!(weak.contains("most common"), "{weak}");
    assert!(fixture.says(&["password", "ada", "--password", "x"], &[]).await.is_err());
    assert!(fixture.says(&["password", "ada", "x"], &[]).await.is_err());
}

#[tokio::test]
async fn mistakes_in_the_arguments_come_before_the_question_for_the_password() {
    let fixture = fixture().await;
    for (line, part) in [
        (&["add", "ada"][..], "an account needs a telephone number or an e-mail address"),
        (&["add", "ada"], "give --phone or --email"),
        (&["add", "ada", "--email", "ada@example.com", "--method", "sms"], "codes by sms need a telephone number"),
        (&["add", "a b", "--phone", "+15005550074"], "a user name has"),
        (&["add", "ada", "--phone", "5550074"], "international form"),
        (&["add", "ada", "--email", "ada"], "name@example.com"),
        (&["add", "ada", "--method", "fax"], "`sms` or `email`"),
        (&["add", "ada", "--phone", "+15005550074", "--group", "a,b"], "a group has"),
    ] {
        let refused = fixture.says(line, &[]).await.unwrap_err();
        assert!(refused.contains(part), "{line:?}: {refused}");
    }
    fixture.add_ada().await;
    let twin = fixture.says(&["add", "ada", "--phone", "+15005550074"], &[PHRASE]).await.unwrap_err();
    assert_eq!(twin, "the user name is taken by another account (`portcullis user list` shows all)");
}

#[test]
fn the_first_line_of_standard_input_is_the_password_with_its_blanks() {
    let read = |text: &str| first_line(&mut text.as_bytes()).map(|password| password.expose_secret().to_owned());
    assert_eq!(read(" a phrase \nsecond\n").unwrap(), " a phrase ");
    assert_eq!(read("a phrase\r\n").unwrap(), "a phrase");
    assert_eq!(read("a phrase").unwrap(), "a phrase");
    assert!(read("").is_err());
    assert!(read("\nsecond").is_err());
}
