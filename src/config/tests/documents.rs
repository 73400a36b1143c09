use std::fs;
use std::path::Path;

use super::Folder;
use crate::config::load::Flags;
use crate::config::{reference, schema};

fn here(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_reference_in_docs_is_current() {
    let current = here("docs/configuration.md") == reference::reference();
    assert!(current, "run `portcullis config reference > docs/configuration.md`");
}

#[test]
fn the_example_has_no_mistakes_once_its_secret_is_there() {
    let example = here("config/portcullis.example.toml");
    let folder = Folder::with("");
    folder.write("cpaas.secret", "s3cret-of-project\n", 0o600);
    let folder = folder.rewrite(&example.replace("config/cpaas.secret", "{folder}/cpaas.secret"));
    let config = folder.load(&[], Flags::default()).unwrap_or_else(|lines| panic!("{lines:#?}"));
    assert_eq!(config.warnings, <[&str; 0]>::default());
}

#[test]
fn what_the_example_shows_commented_out_is_the_default() {
    let mut section = String::new();
    let keys = schema::keys();
    for line in here("config/portcullis.example.toml").lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_matches(['[', ']']).to_owned();
        }
        let Some((name, value)) = line.strip_prefix("# ").and_then(|line| line.split_once(" = ")) else { continue };
        let key = keys.iter().find(|key| key.path.replace("[]", "") == format!("{section}.{name}"));
        let Some(default) = key.and_then(|key| key.default.clone()) else { continue };
        assert!(value.starts_with(&default), "{section}.{name}: {value} is not {default}");
    }
}

#[test]
fn the_schema_knows_every_key_of_a_whole_configuration_and_forbids_others() {
    let schema = schema::schema().to_value();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let site = &schema["properties"]["sites"]["items"];
    assert_eq!(site["properties"]["ambiguous_paths"]["enum"], serde_json::json!(["refuse", "pass"]));
    for table in [
        &schema,
        &schema["properties"]["server"],
        &schema["properties"]["cpaas"],
        site,
        &schema["properties"]["server"]["properties"]["tls"]["items"],
    ] {
        assert_eq!(table["additionalProperties"], false);
        assert_eq!(table["type"], "object");
        assert!(table.get("required").is_none());
    }
    assert!(!schema.to_string().contains("null"));
}

#[test]
fn every_key_says_what_it_takes_and_what_it_means() {
    let keys = schema::keys();
    assert!(keys.len() > 40);
    for key in keys {
        assert!(!key.kind.is_empty() && key.meaning.ends_with('.'), "{}: {:?} {:?}", key.path, key.kind, key.meaning);
    }
}
