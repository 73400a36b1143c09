//! D5: where the configuration file is looked for, and that one in the working directory is noticed.

use super::{EXAMPLE, Folder};

const LOOKED: &str = "configuration file (not named): there is none: looked at config/portcullis.toml and \
                      /etc/portcullis/portcullis.toml; ";

#[tokio::test]
async fn without_a_file_the_places_that_were_looked_at_are_the_first_line() {
    let folder = Folder::empty();
    for command in [&["config", "check"][..], &["serve"], &["user", "list"]] {
        let (status, said) = folder.said(command).await;
        assert_eq!(status, Some(78), "{command:?}");
        let first = said.lines().next().unwrap_or_default();
        assert_eq!(
            first,
            format!("{LOOKED}name yours with `--config FILE`, or let `portcullis init` write one"),
            "{command:?}"
        );
    }
}

#[tokio::test]
async fn a_file_in_the_working_directory_is_noticed_and_not_read() {
    let folder = Folder::with(EXAMPLE);
    folder.write("portcullis.toml", EXAMPLE);
    assert_eq!(
        folder.done(&["config", "check"], "").await,
        "warning: configuration file (not named): ./portcullis.toml is ignored: config/portcullis.toml is read; to use \
         it, run with `--config ./portcullis.toml`\nok\n"
    );
    std::fs::remove_dir_all(folder.path("config")).unwrap();
    let (status, said) = folder.said(&["config", "check"]).await;
    assert_eq!(status, Some(78));
    let first = said.lines().next().unwrap_or_default();
    let remedy = "to use ./portcullis.toml, run with `--config ./portcullis.toml`, or move it there";
    assert_eq!(first, format!("{LOOKED}{remedy}"));
    assert_eq!(folder.done(&["config", "check", "--config", "./portcullis.toml"], "").await, "ok\n", "named");
}

#[tokio::test]
async fn a_file_that_was_named_or_found_is_not_talked_about() {
    let folder = Folder::with(&EXAMPLE.replace("client_id = \"PRIV-1\"\n", ""));
    let (status, said) = folder.said(&["config", "check"]).await;
    assert_eq!((status, said.lines().count()), (Some(78), 1), "{said}");
    assert!(said.starts_with("cpaas.client_id (not set): missing"), "{said}");
}
