//! Lists, and keys that may be absent.

use figment::value::Value;

use super::ConfigSection;
use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::{MistakeCollector, kind};
use crate::config::origin::Layer;

impl<T: ConfigSection> ConfigSection for Vec<T> {
    /// A list is set as a whole. In a variable its elements are separated by commas, and an empty variable is an empty
    /// list.
    fn read(value: &Value, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<Self> {
        let layer = mistakes.origins().layer(value);
        match value {
            Value::Array(_, items) => Some(each(items, at, mistakes)),
            Value::Dict(_, keys) if layer == Layer::Environment => {
                for key in keys.keys() {
                    mistakes.mistake(&at.key(key), not_by_variable());
                }
                None
            }
            Value::String(..) if layer == Layer::Environment && T::IS_TABLE => {
                mistakes.mistake(at, not_by_variable());
                None
            }
            Value::String(tag, text) if layer == Layer::Environment => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                let items: Vec<Value> = items.map(|item| Value::String(*tag, item.to_owned())).collect();
                Some(each(&items, at, mistakes))
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
                    "write it in square brackets: `[…]`".to_owned()
                };
                mistakes.mistake(at, Fault::new(format!("expected a list, found {}", kind(value)), remedy));
                None
            }
        }
    }

    fn write(&self) -> serde_json::Value {
        self.iter().map(ConfigSection::write).collect()
    }
}

fn not_by_variable() -> Fault {
    Fault::new("a list of tables cannot be set by a variable", "write it into the configuration file")
}

/// Reads every element. A wrong one is reported and omitted; with a mistake the result is never used.
fn each<T: ConfigSection>(items: &[Value], at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Vec<T> {
    items.iter().enumerate().filter_map(|(index, item)| T::read(item, &at.index(index), mistakes)).collect()
}

impl<T: ConfigSection> ConfigSection for Option<T> {
    const IS_TABLE: bool = T::IS_TABLE;

    fn read(value: &Value, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<Self> {
        T::read(value, at, mistakes).map(Some)
    }

    fn write(&self) -> serde_json::Value {
        self.as_ref().map_or(serde_json::Value::Null, ConfigSection::write)
    }
}
