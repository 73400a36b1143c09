//! Prints the effective settings as TOML, secrets hidden.

use std::fmt::Write as _;

use serde_json::Value;

use super::key_path::KeyPath;
use super::origin::{Layer, Origins};
use super::reader::ConfigSection as _;
use super::schema;
use super::section::Document;
use super::settings::Person;

/// Every key that has a value; values that are not defaults are followed by their origin.
pub(super) fn toml(document: &Document, origins: &Origins, person: Option<&Person>) -> String {
    let mut text = String::new();
    let sections = document.write();
    for (name, section) in sections.as_object().into_iter().flatten() {
        let at = KeyPath::of(name);
        match section {
            Value::Object(keys) => table(&mut text, &format!("[{name}]"), keys, &at, origins),
            Value::Array(tables) => {
                for (index, keys) in
                    tables.iter().enumerate().filter_map(|(index, table)| Some((index, table.as_object()?)))
                {
                    table(&mut text, &format!("[[{name}]]"), keys, &at.index(index), origins);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    if person.is_some() {
        text.push_str("# One account from the environment: TEST_EMAIL, TEST_PASSWORD, DESTINATION_NUMBER.\n");
    }
    text
}

fn table(text: &mut String, heading: &str, keys: &serde_json::Map<String, Value>, at: &KeyPath, origins: &Origins) {
    if keys.is_empty() {
        return;
    }
    let _ = writeln!(text, "{heading}");
    for (key, value) in keys {
        let path = at.key(key);
        let written = origins.value(&path).map(|value| origins.layer(value)).filter(|layer| *layer != Layer::Default);
        let origin = written.map(|layer| format!("  # {}", origins.of_layer(layer, &path))).unwrap_or_default();
        let _ = writeln!(text, "{key} = {}{origin}", schema::toml(value));
    }
    text.push('\n');
}
