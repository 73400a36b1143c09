//! D1: the commands of the README, in its order and in others, in a folder that holds only what the operator wrote.

use super::{EXAMPLE, Folder};
use crate::process::text;

const ADD: &[&str] = &["user", "add", "ada", "--phone", "+15005550074", "--password-stdin"];
const PASSWORD: &str = "nine quiet bridges\n";

#[tokio::test]
async fn check_add_serve_works_in_an_empty_folder_and_what_is_made_is_for_its_owner_only() {
    let folder = Folder::with(EXAMPLE);
    assert_eq!(folder.done(&["config", "check"], "").await, "ok\n");
    assert_eq!(folder.done(ADD, PASSWORD).await, "ada is added, codes are sent by sms\n");
    folder.serve().listening().await;
    for name in ["var", "var/lib", "var/lib/portcullis"] {
        assert_eq!(folder.mode(name), 0o700, "{name}");
    }
    for name in ["var/lib/portcullis/portcullis.db", "var/lib/portcullis/portcullis.keys"] {
        assert_eq!(folder.mode(name), 0o600, "{name}");
    }
}

#[tokio::test]
async fn whoever_comes_first_makes_the_folders_also_where_keys_and_store_are_apart() {
    let apart = EXAMPLE.replace("[store]", "[keys]\nfile = \"etc/secrets/portcullis.keys\"\n\n[store]");
    let folder = Folder::with(&apart);
    folder.serve().listening().await;
    for name in ["etc", "etc/secrets", "var/lib/portcullis"] {
        assert_eq!(folder.mode(name), 0o700, "{name}");
    }
    let folder = Folder::with(&apart);
    folder.done(ADD, PASSWORD).await;
    assert_eq!(folder.mode("var/lib/portcullis"), 0o700);
    folder.serve().listening().await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named_with_the_key_to_change() {
    let folder = Folder::with(EXAMPLE);
    folder.write("var", "a file");
    let output = folder.run(ADD, PASSWORD).await;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output),
        "portcullis: the directory of the database cannot be made: var/lib/portcullis: Not a directory (os error 20); \
         make it, or name another in store.url\n"
    );
}
