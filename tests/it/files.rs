//! Files of the gateway: for its owner alone, and what others could have prepared is refused.

use std::os::unix::fs::{PermissionsExt, symlink};

use crate::gateway::{GatewayProcess, Setup, set_mode};
use crate::process::{run, text};

fn mode(file: &std::path::Path) -> u32 {
    file.metadata().unwrap().permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_it_makes_is_for_its_owner_alone() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    gateway.signed_in(&gateway.account.clone()).await;
    let made: Vec<_> =
        gateway.files().into_iter().filter(|file| file.to_string_lossy().contains("portcullis.")).collect();
    assert!(
        made.iter().any(|file| file.ends_with("portcullis.db"))
            && made.iter().any(|file| file.ends_with("portcullis.keys"))
    );
    for file in made {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

/// Stops a gateway, spoils its folder, and expects the next start to fail with a line that names the file.
async fn assert_refused(file: &str, spoil: impl Fn(&std::path::Path)) {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    gateway.process.kill().await;
    spoil(&gateway.path(file));
    let output = run(&["serve", "--config", &gateway.config_file()], &[], "").await;
    let code = output.status.code();
    assert_eq!(code, Some(1), "{file}: {}", text(&output));
    assert!(text(&output).contains(file) && !text(&output).contains("listening"), "{file}: {}", text(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_or_key_file_that_others_can_read_is_refused() {
    for file in ["portcullis.db", "portcullis.keys"] {
        for mode in [0o644, 0o640, 0o666] {
            assert_refused(file, |path| set_mode(path, mode)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_symbolic_link_in_place_of_a_file_is_refused() {
    for file in ["portcullis.db", "portcullis.keys"] {
        let replace = |path: &std::path::Path| {
            let elsewhere = path.with_extension("elsewhere");
            std::fs::rename(path, &elsewhere).unwrap();
            symlink(&elsewhere, path).unwrap();
        };
        assert_refused(file, replace).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_file_that_is_short_or_nonsense_is_refused_and_never_replaced() {
    for content in ["", "short", "\0\0\0\0", "{}"] {
        assert_refused("portcullis.keys", |path| std::fs::write(path, content).unwrap()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_no_store_is_refused_and_never_replaced() {
    assert_refused("portcullis.db", |path| {
        std::fs::write(path, "this is not a database, and it is long enough to be read").unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_another_key_file_every_cookie_is_worthless() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    let visitor = gateway.signed_in(&gateway.account.clone()).await;
    std::fs::remove_file(gateway.path("portcullis.keys")).unwrap();
    gateway.crash().await;
    assert!(!visitor.is_in().await, "a forgotten key opens nothing");
}
