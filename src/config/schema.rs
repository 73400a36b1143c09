//! The JSON schema of the configuration file, derived from the sections.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::Value;

use super::key_path::KeyPath;
use super::known_key::Key;
use super::section::Document;

/// The schema (JSON Schema draft 2020-12), for editors that complete and check the file.
pub(crate) fn schema() -> Schema {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let generator = settings.with_transform(RecursiveTransform(as_written)).into_generator();
    let mut schema = generator.into_root_schema_for::<Document>();
    schema.insert("title".to_owned(), "portcullis.toml".into());
    schema
}

/// Adapts the schema to TOML: no key is required, since each has a default or is optional (mandatory keys depend on
/// others), and TOML has no null.
fn as_written(schema: &mut Schema) {
    schema.remove("required");
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            let kind = kind.clone();
            schema.insert("type".to_owned(), kind);
        }
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if let Some(Value::Array(choices)) = schema.get("anyOf") {
        let real: Vec<Value> =
            choices.iter().filter(|choice| choice.get("type") != Some(&"null".into())).cloned().collect();
        if let [Value::Object(only)] = real.as_slice() {
            schema.remove("anyOf");
            for (key, value) in only {
                if schema.get(key).is_none() {
                    schema.insert(key.clone(), value.clone());
                }
            }
        }
    }
}

/// Every section with its documentation, in the order of the file.
pub(super) fn sections() -> Vec<(String, String, Vec<Key>)> {
    let schema = schema();
    let sections = properties(schema.as_value()).into_iter().map(|(name, section)| {
        let (table, prefix) = match section.get("items") {
            Some(items) => (items, format!("{name}[]")),
            None => (section, name.clone()),
        };
        (name.clone(), text(table, "description"), keys_of(table, &prefix))
    });
    sections.collect()
}

/// All keys.
pub(super) fn keys() -> Vec<Key> {
    sections().into_iter().flat_map(|(_, _, keys)| keys).collect()
}

fn keys_of(table: &Value, prefix: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    for (name, key) in properties(table) {
        let path = format!("{prefix}.{name}");
        let is_table = |value: &&Value| value.get("properties").is_some();
        let (inner, inner_path) = match key.get("items") {
            Some(items) => (Some(items).filter(is_table), format!("{path}[]")),
            None => (Some(key).filter(is_table), path.clone()),
        };
        let kind = match (inner, key.get("items")) {
            (Some(_), Some(_)) => "list of tables".to_owned(),
            (Some(_), None) => "table".to_owned(),
            (None, Some(items)) => format!("list: {}", text(items, "title")),
            (None, None) => text(key, "title"),
        };
        let settable = inner.is_none() && !prefix.contains('[');
        keys.push(Key {
            variable: settable.then(|| KeyPath::of(prefix).key(name).variable()),
            default: key.get("default").map(toml),
            meaning: text(key, "description"),
            kind,
            path: path.clone(),
        });
        keys.extend(inner.into_iter().flat_map(|inner| keys_of(inner, &inner_path)));
    }
    keys
}

fn properties(table: &Value) -> Vec<(&String, &Value)> {
    table.get("properties").and_then(Value::as_object).into_iter().flatten().collect()
}

/// A text of the schema, joined to one line.
fn text(schema: &Value, key: &str) -> String {
    let text = schema.get(key).and_then(Value::as_str).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value in TOML syntax.
pub(super) fn toml(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", ")),
        Value::Object(keys) => {
            let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {}", toml(value))).collect();
            format!("{{ {} }}", keys.join(", "))
        }
        Value::String(text) => toml::Value::from(text.as_str()).to_string(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
