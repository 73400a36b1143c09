//! D8: an error says each of its causes once.

use std::net::TcpListener;

use super::{EXAMPLE, Folder};
use crate::gateway::{Gateway, Setup, set_mode};
use crate::process::{run, text};

#[tokio::test]
async fn a_start_that_fails_gives_its_reason_once() {
    let folder = Folder::with(EXAMPLE);
    folder.done(&["user", "add", "ada", "--phone", "+15005550074", "--password-stdin"], "nine quiet bridges\n").await;
    set_mode(&folder.path("var/lib/portcullis/portcullis.db"), 0o640);
    let reason = "the database cannot be used: var/lib/portcullis/portcullis.db can be read or changed by other users \
                  (mode 0640); run: chmod 600 var/lib/portcullis/portcullis.db";
    assert_eq!(
        folder.said(&["serve"]).await,
        (Some(1), format!("portcullis: the store cannot be opened: {reason}\n")),
        "serve"
    );
    assert_eq!(folder.said(&["user", "list"]).await, (Some(1), format!("portcullis: {reason}\n")), "user list");
}

#[tokio::test]
async fn a_key_file_that_others_can_read_is_refused_in_one_sentence() {
    let folder = Folder::with(EXAMPLE);
    folder.serve().listening().await;
    set_mode(&folder.path("var/lib/portcullis/portcullis.keys"), 0o644);
    let said = "portcullis: the key file cannot be used: var/lib/portcullis/portcullis.keys can be read or changed by \
                other users (mode 0644); run: chmod 600 var/lib/portcullis/portcullis.keys\n";
    for command in [&["serve"][..], &["keys", "list"], &["keys", "rotate"]] {
        assert_eq!(folder.said(command).await, (Some(1), said.to_owned()), "{command:?}");
    }
}

#[tokio::test]
async fn a_missing_key_file_is_missing_once() {
    let folder = Folder::with(EXAMPLE);
    let said = "portcullis: the key file cannot be used: var/lib/portcullis/portcullis.keys: No such file or directory \
                (os error 2)\n";
    assert_eq!(folder.said(&["keys", "list"]).await, (Some(1), said.to_owned()));
}

#[tokio::test]
async fn a_port_that_is_taken_is_said_once() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = Folder::with(EXAMPLE);
    let said = format!(
        "portcullis: cannot listen on {address}: another process is listening there; stop that one, or name another address with `server.listen` or --listen\n"
    );
    assert_eq!(folder.said(&["serve", "--listen", &address]).await, (Some(1), said));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_counts_one_key_as_one() {
    let gateway = Gateway::with(Setup { site: "assertion = true".to_owned(), ..Setup::default() }).await;
    let output = run(&["doctor", "--url", &format!("http://{}/", gateway.address())], &[], "").await;
    assert!(text(&output).contains("/portcullis/jwks.json has 1 key\n"), "{}", text(&output));
}
