//! D14: what goes into the image, and its health check.

use super::{EXAMPLE, Folder};
use crate::process::text;
use crate::wire::free_address;

const DOCKERFILE: &str = include_str!("../../../config/Dockerfile");
const IGNORED: &str = include_str!("../../../.dockerignore");

#[test]
fn history_build_results_and_secrets_stay_out_of_the_image() {
    let lines: Vec<&str> = IGNORED.lines().collect();
    for name in [".git", "target", "**/*.keys", "**/*.db", "**/*.secret", "**/*.pem"] {
        assert!(lines.contains(&name), "{name}");
    }
}

/// The words of an instruction in its JSON form.
fn words(instruction: &str) -> Vec<String> {
    let line = DOCKERFILE.lines().find(|line| line.starts_with(instruction)).expect("the instruction");
    serde_json::from_str(&line[line.find('[').expect("its JSON form")..]).unwrap()
}

#[tokio::test]
async fn the_health_check_asks_where_the_configuration_listens() {
    let address = free_address();
    let folder = Folder::with(&EXAMPLE.replace("127.0.0.1:0", &address.to_string()));
    let here = folder.path("config/portcullis.toml");
    let check: Vec<String> = words("HEALTHCHECK")
        .into_iter()
        .map(|word| word.replace("/etc/portcullis/portcullis.toml", here.to_str().unwrap()))
        .collect();
    let check: Vec<&str> = check.iter().skip(1).map(String::as_str).collect();
    assert_eq!(folder.run(&check, "").await.status.code(), Some(1), "nobody listens yet");
    let mut gateway = folder.serve();
    gateway.listening().await;
    let answer = folder.run(&check, "").await;
    assert_eq!((answer.status.code(), text(&answer)), (Some(0), "200\n".to_owned()));
}
