//! Commands that look something up, in a directory that is not the gateway's, and for an account that does not exist.

use super::{EXAMPLE, Folder};

const NO_DATABASE: &str = "store.url (config/portcullis.toml line 6): there is no database ";

/// Every command that needs an account, a session, a token or an event to exist before.
const COMMANDS: [&[&str]; 16] = [
    &["user", "list"],
    &["user", "list", "--json"],
    &["user", "show", "eve"],
    &["user", "edit", "eve", "--name", "Eve"],
    &["user", "disable", "eve"],
    &["user", "enable", "eve"],
    &["user", "remove", "eve", "--yes"],
    &["user", "restore", "eve"],
    &["session", "list", "eve"],
    &["session", "revoke", "eve"],
    &["token", "list"],
    &["token", "create", "--user", "eve", "--site", "app.localhost", "--expires", "1d"],
    &["token", "revoke", "ab12"],
    &["audit", "list"],
    &["audit", "export"],
    &["rules", "test", "--url", "http://app.localhost/", "--user", "eve"],
];

#[tokio::test]
async fn without_a_database_they_name_the_file_and_the_configuration_and_create_nothing() {
    let folder = Folder::with(EXAMPLE);
    let file = folder.dir().canonicalize().unwrap().join("var/lib/portcullis/portcullis.db");
    for command in COMMANDS {
        let (status, said) = folder.said(command).await;
        assert_eq!((status, said.lines().count()), (Some(1), 1), "{command:?}: {said}");
        let expected = format!("portcullis: {NO_DATABASE}{}; ", file.display());
        assert!(said.starts_with(&expected), "{command:?}: {said}");
    }
    assert!(!folder.path("var").exists(), "nothing is created");
}

#[tokio::test]
async fn a_default_is_told_as_one_with_the_file_that_leaves_it_out() {
    let folder = Folder::with(&EXAMPLE.replace("url = \"sqlite://var/lib/portcullis/portcullis.db\"\n", ""));
    let (status, said) = folder.said(&["user", "list"]).await;
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("store.url (not set in config/portcullis.toml): there is no database /"), "{said}");
    assert!(!folder.path("portcullis.db").exists(), "nothing is created");
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_told_in_the_same_words_by_every_command() {
    let folder = Folder::with(EXAMPLE);
    folder.done(&["user", "add", "ada", "--phone", "+15005550074", "--password-stdin"], "nine quiet bridges\n").await;
    let further: [&[&str]; 3] = [
        &["user", "password", "eve", "--password-stdin"],
        &["token", "list", "--user", "eve"],
        &["audit", "list", "--account", "eve"],
    ];
    let mut told = 0;
    for command in COMMANDS.iter().chain(&further).filter(|command| command.contains(&"eve")) {
        let (status, said) = folder.said(command).await;
        assert_eq!((status, said.lines().count()), (Some(1), 1), "{command:?}: {said}");
        let expected = "portcullis: \"eve\": there is no account with this user name or e-mail address";
        assert!(said.starts_with(expected), "{command:?}: {said}");
        told += 1;
    }
    assert_eq!(told, 13);
}
