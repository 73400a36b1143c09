//! One person and one site without a file, as the README shows: checked before it is served.

use super::Folder;
use crate::process::text;
use crate::wire::free_address;

const PERSON: [(&str, &str); 5] = [
    ("CLIENT_ID", "PRIV-1"),
    ("CLIENT_SECRET", "canary-client-secret"),
    ("DESTINATION_NUMBER", "+15005550074"),
    ("TEST_EMAIL", "ada@example.com"),
    ("TEST_PASSWORD", "nine quiet bridges"),
];

#[tokio::test]
async fn the_options_that_are_advised_make_the_check_of_an_environment_complete() {
    let folder = Folder::empty();
    let environment = [&PERSON[..], &[("BASE_URL", "https://oauth-cpaas.example.com")]].concat();
    let without = folder.run_with(&["config", "check"], &environment, "").await;
    let said = text(&without);
    assert_eq!(
        (without.status.code(), said.lines().last()),
        (Some(78), Some("sites (not set): missing; add a `[[sites]]` with `upstream`, or use `--upstream URL`"))
    );
    let flags = ["--listen", "127.0.0.1:8080", "--upstream", "http://127.0.0.1:3000"];
    let with = folder.run_with(&[&["config", "check"], &flags[..]].concat(), &environment, "").await;
    assert_eq!((with.status.code(), text(&with).as_str()), (Some(0), "ok\n"));
    let shown = folder.run_with(&[&["config", "show"], &flags[..]].concat(), &environment, "").await;
    assert!(text(&shown).contains("listen = [\"127.0.0.1:8080\"]  # --listen\n"), "{}", text(&shown));
}

#[tokio::test]
async fn the_site_of_the_command_line_is_tried_too() {
    let dead = format!("http://{}", free_address());
    let environment = [&PERSON[..], &[("BASE_URL", dead.as_str())]].concat();
    let arguments = ["config", "check", "--online", "--upstream", dead.as_str()];
    let checked = Folder::empty().run_with(&arguments, &environment, "").await;
    let said = text(&checked);
    let unreachable = format!(
        "sites[0].upstream[0] (--upstream): the app cannot be reached: no connection: {dead}: Connection refused"
    );
    assert_eq!(checked.status.code(), Some(1), "{said}");
    assert!(said.lines().any(|line| line.starts_with(&unreachable)), "{said}");
}
