//! A single value written as text: durations, addresses, words, secrets.

use std::borrow::Cow;

use figment::value::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::Written;
use crate::config::findings::{Findings, kind};
use crate::config::key_path::KeyPath;
use crate::config::leaf::Leaf;
use crate::config::mistake::Fault;

/// A [`Leaf`] as it stands in a section.
#[derive(Clone)]
pub(in crate::config) struct Text<L>(pub(in crate::config) L);

impl<L: Leaf> Written for Text<L> {
    fn read(value: &Value, at: &KeyPath, findings: &mut Findings<'_>) -> Option<Self> {
        let Some(text) = value.as_str() else {
            let remedy = format!("write {} in quotes, such as `{}`", L::kind(), L::EXAMPLE);
            findings.mistake(at, Fault::new(format!("{} stands here", kind(value)), remedy));
            return None;
        };
        L::parse(text).map(Self).map_err(|fault| findings.mistake(at, fault)).ok()
    }

    fn write(&self) -> serde_json::Value {
        self.0.text().into()
    }
}

impl<L: Leaf> JsonSchema for Text<L> {
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
