//! The chapter on a local network: its commands make an authority and a certificate with which a gateway works, for
//! those who trust the authority and for nobody else.

use super::commands::carried_out;
use crate::process::{BINARY, command, finish, text};

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_of_the_chapter_is_trusted_with_its_authority_and_not_without() {
    let mut shell = carried_out("docs/lan.md").await;
    for name in ["home-ca.key", "home.key"] {
        assert_eq!(shell.folder.mode(name), 0o600, "{name}");
    }
    let address = shell.start("portcullis serve").await.to_string();
    // The lines of the chapter, at the port of this test.
    let url = "https://cloud.home.arpa/";
    for (authority, status, said) in [(true, 0, "PD"), (false, 1, "PD103")] {
        let mut arguments = vec!["doctor", "--url", url, "--resolve", &address, "--proxy", "none"];
        if authority {
            arguments.extend(["--root-certificates", "home-ca.pem"]);
        }
        let output = finish(command(BINARY, &arguments, &[]).current_dir(shell.folder.dir()), "").await;
        let report = text(&output);
        assert_eq!(output.status.code(), Some(status), "{report}");
        assert_eq!(report.contains(said), !authority, "{report}");
    }
}
