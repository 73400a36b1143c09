//! All or nothing, and never over another file.

use super::{Machine, PASSWORD};
use crate::gateway::{CLIENT_ID, CLIENT_SECRET};
use crate::process::text;
use crate::wire::free_address;

const OLD: &str = "# an operator's own work\n";

/// Writes a configuration with an account and a secret of its own.
async fn init(machine: &Machine, more: &[&str]) -> (Option<i32>, String) {
    let (upstream, listen, cpaas) = (machine.upstream(), free_address().to_string(), machine.cpaas());
    let usual = ["init", "--yes", "--directory", "gate", "--upstream", &upstream, "--listen", &listen];
    let codes = ["--codes", "cpaas", "--cpaas-url", &cpaas, "--client-id", CLIENT_ID, "--secret-stdin"];
    let person = ["--host", "app.localhost", "--user", "ada", "--phone", "+15005550074", "--password-stdin"];
    let arguments = [&usual[..], &codes, &person, more].concat();
    let output = machine.folder.run(&arguments, &format!("{CLIENT_SECRET}\n{PASSWORD}\n")).await;
    (output.status.code(), text(&output))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_that_is_there_stays_and_force_keeps_it_under_another_name() {
    let machine = Machine::bare().await;
    machine.folder.write("gate/portcullis.toml", OLD);
    let config = machine.config();
    let (status, said) = init(&machine, &[]).await;
    assert_eq!(status, Some(1));
    assert!(said.starts_with(&format!("portcullis: {config} is there already and stays as it is; ")), "{said}");
    assert_eq!(machine.names(), ["portcullis.toml"]);
    let (status, said) = init(&machine, &["--force"]).await;
    assert_eq!(status, Some(0), "{said}");
    let kept: Vec<String> =
        machine.names().into_iter().filter(|name| name.starts_with("portcullis.toml.before-")).collect();
    assert_eq!(kept.len(), 1, "{:?}", machine.names());
    assert!(said.contains(&format!("{}: the file that was there before\n", kept[0])), "{said}");
    assert_eq!(std::fs::read_to_string(machine.folder.path(&format!("gate/{}", kept[0]))).unwrap(), OLD);
    assert_eq!(machine.folder.done(&["config", "check", "--config", &config], "").await, "ok\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_another_secret_stays() {
    let machine = Machine::bare().await;
    machine.folder.write("gate/cpaas.secret", "canary-of-another-gateway");
    let (status, said) = init(&machine, &[]).await;
    assert_eq!(status, Some(1));
    assert!(said.contains("nothing was written: ") && said.contains("cpaas.secret is there already"), "{said}");
    assert_eq!(machine.names(), ["cpaas.secret"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_takes_back_the_steps_before_it() {
    let machine = Machine::bare().await;
    // The step after the secret and the keys: this is no database.
    machine
        .folder
        .write("gate/portcullis.db", "of another program, and longer than the head of a database: ".repeat(9).as_str());
    let database = std::fs::read(machine.folder.path("gate/portcullis.db")).unwrap();
    let (status, said) = init(&machine, &["--offline"]).await;
    assert_eq!(status, Some(1));
    assert!(
        said.starts_with("portcullis: nothing was written: ") && said.contains("portcullis.db cannot be used: "),
        "{said}"
    );
    assert_eq!(machine.names(), ["portcullis.db"]);
    assert_eq!(std::fs::read(machine.folder.path("gate/portcullis.db")).unwrap(), database);
    machine.folder.write("gate/portcullis.toml", OLD);
    let (status, _) = init(&machine, &["--force", "--offline"]).await;
    assert_eq!(status, Some(1));
    assert_eq!(machine.names(), ["portcullis.db", "portcullis.toml"]);
    assert_eq!(std::fs::read_to_string(machine.config()).unwrap(), OLD);
}
