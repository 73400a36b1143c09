//! `portcullis version`.

use serde_json::json;

use super::VERSION;
use crate::process::{run, text};

#[tokio::test]
async fn version_says_what_this_binary_is_as_text_and_as_json() {
    let shown = run(&["version", "--json"], &[], "").await;
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!((&shown["version"], &shown["features"]), (&json!(VERSION), &json!(["demo", "doctor"])));
    let target = shown["target"].as_str().unwrap();
    assert!(target.starts_with(std::env::consts::ARCH) && target.contains("linux"), "{target}");
    let toolchain = super::read("rust-toolchain.toml");
    let rust = shown["rust"].as_str().unwrap();
    assert!(toolchain.contains(&format!("channel = \"{rust}\"")), "{rust}");
    let schema = std::fs::read_dir(super::source("src/store/migrations")).unwrap().count();
    assert_eq!(shown["schema"], json!(schema));

    let said = text(&run(&["version"], &[], "").await);
    let lines: Vec<&str> = said.lines().collect();
    let expected = format!("portcullis {VERSION}");
    assert_eq!(lines[0], expected);
    assert_eq!(lines[2..4], [format!("target    {target}"), format!("rust      {rust}")]);
    assert_eq!(lines[4..], ["features  demo, doctor".to_owned(), format!("schema    {schema}")]);
    assert_eq!(text(&run(&["--version"], &[], "").await), format!("{expected}\n"));
}
