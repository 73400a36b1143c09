//! The static binary, in the file system of the image: nothing but itself, its configuration and the folder for data.

use std::fs::Permissions;
use std::io::{Seek as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{as_root, output, printed};
use crate::first_hour::EXAMPLE;
use crate::process::{Process, text};

/// The binary that `tests/run --all` has built for musl.
fn binary() -> PathBuf {
    let named = std::env::vars_os().find(|(name, _)| name == "PORTCULLIS_TEST_STATIC");
    PathBuf::from(named.expect("PORTCULLIS_TEST_STATIC names no binary: run `./tests/run --all`").1)
}

/// The layout of `config/Dockerfile`, with a configuration.
fn image(root: &Path, address: &str) {
    for folder in ["usr/local/bin", "var/lib/portcullis", "etc/portcullis"] {
        std::fs::create_dir_all(root.join(folder)).unwrap();
    }
    std::fs::copy(binary(), root.join("usr/local/bin/portcullis")).unwrap();
    let config = EXAMPLE
        .replace("127.0.0.1:0", address)
        .replace("sqlite://var/lib", "sqlite:///var/lib")
        .replace("\"cpaas.secret\"", "\"/etc/portcullis/cpaas.secret\"");
    std::fs::write(root.join("etc/portcullis/portcullis.toml"), config).unwrap();
    std::fs::write(root.join("etc/portcullis/cpaas.secret"), "a-secret-of-this-test\n").unwrap();
    std::fs::set_permissions(root, Permissions::from_mode(0o755)).unwrap();
    printed(as_root("chown").args(["-R", "0:10001"]).arg(root.join("etc")));
    printed(
        as_root("chmod")
            .arg("0440")
            .args([root.join("etc/portcullis/cpaas.secret"), root.join("etc/portcullis/portcullis.toml")]),
    );
    printed(as_root("chown").args(["10001:10001"]).arg(root.join("var/lib/portcullis")));
    printed(as_root("chmod").arg("0700").arg(root.join("var/lib/portcullis")));
}

/// A command in there, as the user of the image and with the image's environment alone.
fn inside(root: &Path, words: &[&str]) -> Command {
    let mut command = as_root("env");
    command.args(["--ignore-environment", "PATH=/usr/local/bin", "/usr/sbin/chroot", "--userspec=10001:10001"]);
    command.arg(root).arg("portcullis").args(words);
    command
}

#[tokio::test]
#[ignore = "heavy: ./tests/run --all"]
async fn the_static_binary_serves_alone_in_an_empty_file_system_as_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let address = crate::wire::free_address();
    image(root, &address.to_string());
    let described = printed(&mut inside(root, &["version", "--json"]));
    assert!(described.contains("-unknown-linux-musl\""), "{described}");

    let config = ["--config", "/etc/portcullis/portcullis.toml"];
    let mut serve = tokio::process::Command::from(inside(root, &[&["serve"][..], &config].concat()));
    let mut gateway = Process::spawn(serve.kill_on_drop(true));
    gateway.listening().await;
    let health = output(&mut inside(root, &[&["health"][..], &config].concat()));
    assert_eq!(text(&health), "200\n");
    let words = ["user", "add", "ada", "--email", "ada@example.com", "--phone", "+15005550074", "--password-stdin"];
    let mut password = tempfile::tempfile().unwrap();
    password.write_all(b"a long sentence of hers\n").and_then(|()| password.rewind()).unwrap();
    let added = output(inside(root, &[&words[..], &config].concat()).stdin(password));
    assert!(added.status.success(), "{}", text(&added));
    gateway.terminate().await;
    assert_eq!(gateway.status().await, Some(0));
    // Nothing is written elsewhere: there is no /tmp, and nothing but the folder for data belongs to this user.
    let theirs = printed(as_root("find").arg(root).args(["-user", "10001"]));
    let data = root.join("var/lib/portcullis");
    assert!(theirs.lines().count() > 1 && theirs.lines().all(|file| Path::new(file).starts_with(&data)), "{theirs}");
    printed(as_root("rm").arg("-rf").arg(root.join("var")).arg(root.join("etc")));
}
