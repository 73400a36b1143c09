//! The real CPaaS client against our sandbox: what the gateway is tested with is the protocol that the client speaks.

use std::path::{Path, PathBuf};

use crate::gateway::{CLIENT_ID, CLIENT_SECRET};
use crate::process::{Process, command, finish, text};

/// The interpreter with the peers' packages: named by `PORTCULLIS_TEST_PYTHON`, or the one that `tests/run` has made.
pub fn python() -> PathBuf {
    let named =
        std::env::vars_os().find(|(name, _)| name == "PORTCULLIS_TEST_PYTHON").map(|(_, value)| PathBuf::from(value));
    let made = || {
        let folders = Path::new(crate::process::BINARY).ancestors();
        folders.map(|folder| folder.join("python/bin/python")).find(|python| python.exists())
    };
    let found = named.or_else(made);
    found.expect("Python with the CPaaS client is missing: run `./tests/run`, or set PORTCULLIS_TEST_PYTHON")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_cpaas_client_works_with_the_sandbox() {
    let dir = tempfile::TempDir::new().unwrap();
    let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--client-id", CLIENT_ID, "--client-secret", CLIENT_SECRET];
    let mut sandbox = Process::start(&arguments, &[], dir.path());
    let base = format!("http://{}", sandbox.listening().await);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/cpaas_sdk.py");
    let (python, script) = (python(), script.to_str().unwrap().to_owned());
    let variables = [("CPAAS_CLIENT_ID", CLIENT_ID), ("CPAAS_CLIENT_SECRET", CLIENT_SECRET)];
    let output = finish(&mut command(python.to_str().unwrap(), &[&script, &base], &variables), "").await;
    assert!(output.status.success(), "{}", text(&output));
}
