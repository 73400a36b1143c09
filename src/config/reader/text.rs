//! A single value written as text: durations, addresses, words, secrets.

use std::borrow::Cow;

use figment::value::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::ConfigSection;
use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::{MistakeCollector, kind};
use crate::config::value::ConfigValue;

/// A [`ConfigValue`] as a key of a section.
#[derive(Clone)]
pub(in crate::config) struct Text<L>(pub(in crate::config) L);

impl<L: ConfigValue> ConfigSection for Text<L> {
    fn read(value: &Value, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<Self> {
        let Some(text) = value.as_str() else {
            let remedy = format!("write {} in quotes, such as `{}`", L::kind(), L::EXAMPLE);
            mistakes.mistake(at, Fault::new(format!("found {}", kind(value)), remedy));
            return None;
        };
        L::parse(text).map(Self).map_err(|fault| mistakes.mistake(at, fault)).ok()
    }

    fn write(&self) -> serde_json::Value {
        self.0.text().into()
    }
}

impl<L: ConfigValue> JsonSchema for Text<L> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        L::kind().into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = schemars::json_schema!({ "type": "string", "title": L::kind(), "examples": [L::EXAMPLE] });
        if !L::WORDS.is_empty() {
            schema.insert("enum".to_owned(), L::WORDS.into());
        }
        schema
    }
}
