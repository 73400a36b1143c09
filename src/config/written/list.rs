//! Lists, and keys that may be absent.

use figment::value::Value;

use super::Written;
use crate::config::findings::{Findings, kind};
use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::origin::Layer;

impl<T: Written> Written for Vec<T> {
    /// A list is set whole by whoever sets it. In a variable its elements stand one after another with commas between
    /// them, and an empty variable is an empty list.
    fn read(value: &Value, at: &KeyPath, findings: &mut Findings<'_>) -> Option<Self> {
        let layer = findings.origins().layer(value);
        match value {
            Value::Array(_, items) => Some(each(items, at, findings)),
            Value::Dict(_, keys) if layer == Layer::Environment => {
                for key in keys.keys() {
                    findings.mistake(&at.key(key), not_by_variable());
                }
                None
            }
            Value::String(..) if layer == Layer::Environment && T::IS_TABLE => {
                findings.mistake(at, not_by_variable());
                None
            }
            Value::String(tag, text) if layer == Layer::Environment => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                let items: Vec<Value> = items.map(|item| Value::String(*tag, item.to_owned())).collect();
                Some(each(&items, at, findings))
            }
            Value::String(..)
            | Value::Char(..)
            | Value::Bool(..)
            | Value::Num(..)
            | Value::Empty(..)
            | Value::Dict(..) => {
                let remedy = if T::IS_TABLE {
                    format!("write one `[[{}]]` for each", at.names().join("."))
                } else {
                    "put it in square brackets: `[…]`".to_owned()
                };
                findings.mistake(at, Fault::new(format!("{} stands here, not a list", kind(value)), remedy));
                None
            }
        }
    }

    fn write(&self) -> serde_json::Value {
        self.iter().map(Written::write).collect()
    }
}

fn not_by_variable() -> Fault {
    Fault::new("a list of tables cannot be set by a variable", "write it into the configuration file")
}

/// Reads every element. One that is wrong is reported and left out: nothing that is read from here on counts.
fn each<T: Written>(items: &[Value], at: &KeyPath, findings: &mut Findings<'_>) -> Vec<T> {
    items.iter().enumerate().filter_map(|(index, item)| T::read(item, &at.index(index), findings)).collect()
}

impl<T: Written> Written for Option<T> {
    const IS_TABLE: bool = T::IS_TABLE;

    fn read(value: &Value, at: &KeyPath, findings: &mut Findings<'_>) -> Option<Self> {
        T::read(value, at, findings).map(Some)
    }

    fn write(&self) -> serde_json::Value {
        self.as_ref().map_or(serde_json::Value::Null, Written::write)
    }
}
