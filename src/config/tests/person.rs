use secrecy::ExposeSecret as _;

use super::{Folder, RIGHT};
use crate::config::load::{Config, Flags, Sources, load};
use crate::delivery::Grant;

const PERSON: [(&str, &str); 8] = [
    ("CLIENT_ID", "PRIV-person"),
    ("CLIENT_SECRET", "123456"),
    ("BASE_URL", "http://127.0.0.1:9"),
    ("SENDER_NUMBER", "+15005550001"),
    ("DESTINATION_NUMBER", "+15005550006"),
    ("DESTINATION_EMAIL", "codes@example.com"),
    ("TEST_EMAIL", "ada@example.com"),
    ("TEST_PASSWORD", "correct horse"),
];

fn without_file(variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let flags = Flags { listen: Vec::new(), upstream: vec!["http://127.0.0.1:3000".to_owned()] };
    load(&Sources::of(None, flags, variables)).map_err(|mistakes| mistakes.lines().collect())
}

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    PERSON.into_iter().map(|(known, old)| (known, if known == name { value } else { old })).collect()
}

#[test]
fn the_names_of_one_person_are_enough_beside_an_upstream() {
    let config = without_file(&PERSON).unwrap();
    assert_eq!(config.warnings, <[&str; 0]>::default());
    assert!(config.show().contains("client_id = \"PRIV-person\"  # CLIENT_ID\n"));
    let cpaas = config.settings.delivery.cpaas.unwrap();
    assert!(matches!(&cpaas.grant, Grant::Project { client_secret, .. } if client_secret.expose_secret() == "123456"));
    assert_eq!(cpaas.sender_number.unwrap().as_str(), "+15005550001");
    let person = config.settings.person.unwrap();
    assert_eq!((person.sign_in.as_str(), person.phone.as_str()), ("ada@example.com", "+15005550006"));
    assert_eq!(person.destination_email.unwrap().as_str(), "codes@example.com");
    assert_eq!(person.password.expose_secret(), "correct horse");
}

#[test]
fn commands_on_the_store_need_no_site_beside_them_and_the_gateway_does() {
    let sources = || Sources::of(None, Flags::default(), &PERSON);
    let refused: Vec<String> = load(&sources()).err().unwrap().lines().collect();
    assert!(refused.len() == 1 && refused[0].starts_with("sites (not set): missing"), "{refused:?}");
    let config = load(&sources().without_sites()).unwrap();
    assert!(config.settings.sites.is_empty() && config.settings.person.is_some());
    let nothing = load(&Sources::of(None, Flags::default(), &[]).without_sites());
    assert!(nothing.is_err(), "no new store in a folder without a configuration");
}

#[test]
fn they_count_only_where_all_mandatory_ones_are_set() {
    for (missing, _) in PERSON {
        let rest = with(missing, "");
        match missing {
            "SENDER_NUMBER" | "DESTINATION_EMAIL" => assert!(without_file(&rest).unwrap().settings.person.is_some()),
            _ => {
                let refused = without_file(&rest).err().unwrap();
                let line = format!("(environment): is ignored because {missing} is not set; set it too");
                assert!(refused.last().unwrap().ends_with(&line), "{refused:?}");
                let config = Folder::with(RIGHT).load(&rest, Flags::default()).unwrap();
                assert!(config.settings.person.is_none());
                let line = format!("(environment): is ignored because {missing} is not set");
                assert!(config.warnings.len() == 1 && config.warnings[0].ends_with(&line), "{:?}", config.warnings);
            }
        }
    }
    let others = [("CLIENT_ID", "x"), ("CLIENT_SECRET", "x"), ("BASE_URL", "x")];
    assert!(Folder::with(RIGHT).load(&others, Flags::default()).unwrap().warnings.is_empty());
}

#[test]
fn the_configuration_wins_with_a_warning_where_it_names_the_same_thing() {
    let config = Folder::with(RIGHT).load(&PERSON, Flags::default()).unwrap();
    let warnings = ["CLIENT_ID", "CLIENT_SECRET", "BASE_URL"]
        .map(|name| format!("{name} (environment): is ignored because the configuration sets it in `[cpaas]`"));
    assert_eq!(config.warnings, warnings);
    let cpaas = config.settings.delivery.cpaas.unwrap();
    assert_eq!(cpaas.base_url.as_str(), "https://cpaas.example.com/");
    assert!(matches!(&cpaas.grant, Grant::Project { client_id, .. } if client_id == "PRIV-1"));
    assert!(cpaas.sender_number.is_some() && config.settings.person.is_some());
}

#[test]
fn credentials_of_two_accounts_are_never_mixed() {
    let account = RIGHT.replace(
        "client_secret = \"s3cret-of-project\"",
        "email = \"a@example.com\"\npassword = \"s3cret-of-account\"",
    );
    let config = Folder::with(&account).load(&PERSON, Flags::default()).unwrap();
    assert!(matches!(config.settings.delivery.cpaas.unwrap().grant, Grant::Account { .. }));
}

#[test]
fn a_bad_value_is_a_mistake_with_the_name_of_its_variable_and_is_not_repeated() {
    for (name, value, line) in [
        (
            "TEST_EMAIL",
            "canary",
            "TEST_EMAIL (environment): not an e-mail address; write one such as `name@example.com`",
        ),
        ("TEST_PASSWORD", "canary", "TEST_PASSWORD (environment): shorter than 8 characters; set another one"),
        (
            "TEST_PASSWORD",
            "12345678",
            "TEST_PASSWORD (environment): one of the most common passwords, which attackers try first; set another one",
        ),
        (
            "TEST_PASSWORD",
            "ada@example.com",
            "TEST_PASSWORD (environment): too similar to `TEST_EMAIL` or the name of this service; set another one",
        ),
        (
            "DESTINATION_NUMBER",
            "canary",
            "DESTINATION_NUMBER (environment): not a telephone number in international form; write `+`, the country code and the number, such as `+15005550006`",
        ),
        (
            "DESTINATION_EMAIL",
            "canary",
            "DESTINATION_EMAIL (environment): not an e-mail address; write one such as `name@example.com`",
        ),
        (
            "SENDER_NUMBER",
            "canary",
            "cpaas.sender_number (SENDER_NUMBER): not a telephone number in international form; write `+`, the country code and the number, such as `+15005550006`",
        ),
        (
            "BASE_URL",
            "http://cpaas.example.com",
            "cpaas.base_url (BASE_URL): plain http to another machine; write `https://`: plain http is allowed only on this machine",
        ),
        (
            "CLIENT_SECRET",
            "changeme",
            "cpaas.client_secret (CLIENT_SECRET): this is an example, not a secret; write the secret that the other system gave you",
        ),
    ] {
        assert_eq!(without_file(&with(name, value)).err().unwrap(), [line]);
    }
}
