use secrecy::ExposeSecret as _;

use super::{Folder, RIGHT, mistakes};
use crate::config::load::Flags;
use crate::delivery::Grant;

const SECRET: &str = "client_secret = \"s3cret-of-project\"";
const IN_FILE: &str = "client_secret_file = \"{folder}/secret\"";

fn in_file() -> Folder {
    Folder::with("").rewrite(&RIGHT.replace(SECRET, IN_FILE))
}

fn instead(written: &str) -> Vec<String> {
    mistakes(&RIGHT.replace(SECRET, written))
}

#[test]
fn a_secret_may_stand_in_a_file_of_its_own_with_a_line_break_behind_it() {
    for text in ["s3cret with blanks ", "s3cret with blanks \n", "s3cret with blanks \r\n"] {
        let folder = in_file();
        folder.write("secret", text, 0o640);
        let cpaas = folder.load(&[], Flags::default()).unwrap().settings.delivery.cpaas.unwrap();
        assert!(
            matches!(cpaas.grant, Grant::Project { client_secret, .. } if client_secret.expose_secret() == "s3cret with blanks ")
        );
    }
}

#[test]
fn the_file_of_a_secret_is_there_small_and_not_open_to_everybody() {
    let folder = in_file();
    let shown = folder.path("secret").display().to_string();
    let line = |what: &str, remedy: &str| {
        let here = format!("{}/", folder.0.path().display());
        vec![format!("cpaas.client_secret_file (portcullis.toml line 5): {what}; {remedy}").replace(&here, "")]
    };
    let mend = format!("run `chmod 600 {shown}`");
    assert_eq!(
        folder.mistakes(),
        line(
            &format!("the file {shown} cannot be read (no such file)"),
            &format!("write the secret into it and {mend}")
        )
    );
    folder.write("secret", "s3cret-of-project", 0o644);
    assert_eq!(folder.mistakes(), line(&format!("everybody on this machine can read the file {shown}"), &mend));
    folder.write("secret", &"x".repeat(5000), 0o600);
    assert_eq!(
        folder.mistakes(),
        line(&format!("{shown} is not the file of a secret"), "name a file that contains only the secret")
    );
    folder.write("secret", "first line\nsecond line\n", 0o600);
    let what = format!("the file {shown}: a secret has no line breaks or control characters");
    assert_eq!(folder.mistakes(), line(&what, "write the secret that the other system gave you"));
}

#[test]
fn a_secret_is_written_once() {
    let folder = in_file();
    folder.write("secret", "s3cret-of-project", 0o600);
    let variable = [("PORTCULLIS_CPAAS__CLIENT_SECRET", "another-one")];
    assert_eq!(
        folder.load(&variable, Flags::default()).err().unwrap(),
        [
            "cpaas.client_secret (PORTCULLIS_CPAAS__CLIENT_SECRET): set more than once: PORTCULLIS_CPAAS__CLIENT_SECRET, portcullis.toml line 5; keep one of them"
        ]
    );
    assert_eq!(
        Folder::with(RIGHT).load(&variable, Flags::default()).err().unwrap(),
        [
            "cpaas.client_secret (PORTCULLIS_CPAAS__CLIENT_SECRET): set more than once: portcullis.toml line 5, PORTCULLIS_CPAAS__CLIENT_SECRET; keep one of them"
        ]
    );
    assert_eq!(
        instead(&format!("{SECRET}\nclient_secret_file = \"x\"")),
        [
            "cpaas.client_secret (portcullis.toml line 5): set more than once: portcullis.toml line 5, portcullis.toml line 6; keep one of them"
        ]
    );
}

#[test]
fn the_two_ways_to_sign_in_to_the_cpaas_are_not_mixed_and_each_is_whole() {
    assert_eq!(
        instead(&format!("{SECRET}\nemail = \"a@example.com\"")),
        [
            "cpaas.client_secret (portcullis.toml line 5): a secret of a project together with an account's `email` and `password`; keep `client_secret`, or `email` and `password`"
        ]
    );
    assert_eq!(
        instead("email = \"a@example.com\""),
        ["cpaas.password (not set): missing; write the password of the account, or `password_file`"]
    );
    assert_eq!(
        instead("password = \"s3cret-of-account\""),
        ["cpaas.email (not set): missing; write the e-mail address of the account"]
    );
    assert_eq!(
        mistakes("[cpaas]\n[[sites]]\nupstream = [\"http://a\"]\n"),
        [
            "cpaas.base_url (not set): missing; write the URL of the CPaaS",
            "cpaas.client_id (not set): missing; write the key of the project or the client id of the account",
            "cpaas.client_secret (not set): missing; write the project's secret, `client_secret_file`, or `email` and `password` of an account",
        ]
    );
}

#[test]
fn examples_short_texts_and_the_client_id_are_no_secrets() {
    let remedy = "write the secret that the other system gave you";
    for (written, what) in [
        ("ChangeMe", "this is an example, not a secret"),
        ("xxxxxxxxxx", "this is an example, not a secret"),
        ("…", "this is an example, not a secret"),
        ("12345", "a secret has at least 6 characters"),
        ("", "a secret has at least 6 characters"),
        ("two\\nlines", "a secret has no line breaks or control characters"),
    ] {
        let line = format!("cpaas.client_secret (portcullis.toml line 5): {what}; {remedy}");
        assert_eq!(instead(&format!("client_secret = \"{written}\"")), [line]);
    }
    assert_eq!(
        instead("client_secret = \"PRIV-1\""),
        [
            "cpaas.client_secret (portcullis.toml line 5): the secret is the client id; write the secret that belongs to the client id"
        ]
    );
    assert!(instead("client_secret = \"123456\"").is_empty());
}

#[test]
fn a_secret_is_shown_nowhere() {
    let config =
        Folder::with(&RIGHT.replace("s3cret-of-project", "canary-secret")).load(&[], Flags::default()).unwrap();
    assert!(config.show().contains("client_secret = \"(hidden)\"") && !config.show().contains("canary"));
    for (written, mistakes) in [
        ("client_secret = \"canary\\nsecret\"", 1),
        ("client_secret = [\"canary\"]", 1),
        ("client_secret = { canary = 1 }\nclient_secret_file = \"x\"", 2),
        ("client_secret = \"canary\"\nemail = \"canary\"\npassword = \"canary-secret\"\nsender_number = \"canary\"", 3),
        ("client_secret = canary", 1),
        ("client_secret = \"canary", 1),
    ] {
        let lines = instead(written);
        assert!(lines.len() == mistakes && lines.iter().all(|line| !line.contains("canary")), "{lines:?}");
    }
    let url = mistakes(&RIGHT.replace("https://", "https://user:canary@"));
    assert!(url.len() == 1 && !url[0].contains("canary"), "{url:?}");
}
