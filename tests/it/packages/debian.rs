//! The Debian package as it is described: `[package.metadata.deb]` and the files of `config/deb`. `debian_installed` builds
//! and installs it.

use std::process::Command;

use super::{output, read, source};
use crate::first_hour::Folder;
use crate::process::text;

/// The files of the package: where each comes from, where it goes, its mode.
fn assets() -> Vec<[String; 3]> {
    let manifest = read("Cargo.toml");
    let list = manifest.split("\nassets = [\n").nth(1).and_then(|rest| rest.split("\n]\n").next()).unwrap();
    list.lines().map(|line| serde_json::from_str(line.trim().trim_end_matches(',')).expect(line)).collect()
}

#[test]
fn every_file_of_the_package_exists_or_is_made_by_the_build() {
    let build = read("config/deb/build");
    for [from, to, mode] in assets() {
        match from.strip_prefix("target/deb/") {
            Some("completions/bash" | "completions/zsh" | "completions/fish") => {
                assert!(build.contains("for shell in bash zsh fish; do"));
            }
            Some(made) => assert!(build.contains(&format!("\"$made/{}\"", made.trim_end_matches("/*.1"))), "{made}"),
            None => assert!(source(&from).is_file(), "{from}"),
        }
        assert_eq!(mode, if to.starts_with("usr/bin/") { "755" } else { "644" }, "{to}");
        assert!(to.starts_with("usr/"), "{to}: files below /etc would be asked about in an upgrade");
    }
}

#[test]
fn the_maintainer_scripts_can_be_read_by_every_shell() {
    for name in ["postinst", "postrm"] {
        let checked = output(Command::new("sh").arg("-n").arg(source("config/deb").join(name)));
        assert!(checked.status.success(), "{name}: {}", text(&checked));
        assert_eq!(read(&format!("config/deb/{name}")).matches("\n#DEBHELPER#\n").count(), 1, "{name}");
    }
}

#[tokio::test]
async fn the_example_in_the_package_is_a_right_configuration() {
    let folder = Folder::empty();
    let example = read("config/deb/portcullis.toml");
    for path in ["/etc/portcullis/cpaas.secret", "/var/lib/portcullis/portcullis.db"] {
        assert_eq!(
            example.matches(&format!("\"{path}\"")).count() + example.matches(&format!("sqlite://{path}\"")).count(),
            1
        );
    }
    folder.write("cpaas.secret", "a-secret-of-this-test\n");
    let secret = folder.path("cpaas.secret");
    folder.write(
        "portcullis.toml",
        &example.replace("/etc/portcullis/cpaas.secret\"", &format!("{}\"", secret.display())),
    );
    assert_eq!(folder.said(&["config", "check", "--config", "portcullis.toml"]).await, (Some(0), "ok\n".to_owned()));
}
