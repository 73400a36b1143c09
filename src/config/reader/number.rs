//! Whole numbers and switches. In the file they have their TOML type; a variable or flag is text until its key gives it
//! a type.

use std::borrow::Cow;

use figment::value::{Num, Value};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::ConfigSection;
use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::{MistakeCollector, kind};
use crate::config::origin::Layer;

/// A whole number from `LEAST` to `MOST`.
#[derive(Clone, Copy)]
pub(in crate::config) struct Count<const LEAST: u32, const MOST: u32>(pub(in crate::config) u32);

/// `true` or `false`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::config) enum Switch {
    On,
    Off,
}

/// The text of a value from outside the file.
fn untyped<'v>(value: &'v Value, mistakes: &MistakeCollector<'_>) -> Option<&'v str> {
    match mistakes.origins().layer(value) {
        Layer::Default | Layer::File => None,
        Layer::Person | Layer::Environment | Layer::Flag => value.as_str(),
    }
}

fn number(value: &Value, mistakes: &MistakeCollector<'_>) -> Option<i128> {
    if let Some(text) = untyped(value, mistakes) {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        return digits.then(|| text.parse().unwrap_or(i128::MAX));
    }
    match value {
        Value::Num(_, number) if !matches!(number, Num::F32(_) | Num::F64(_)) => {
            let large = || number.to_u128().map(|number| i128::try_from(number).unwrap_or(i128::MAX));
            number.to_i128().or_else(large)
        }
        Value::String(..)
        | Value::Char(..)
        | Value::Bool(..)
        | Value::Num(..)
        | Value::Empty(..)
        | Value::Dict(..)
        | Value::Array(..) => None,
    }
}

impl<const LEAST: u32, const MOST: u32> ConfigSection for Count<LEAST, MOST> {
    fn read(value: &Value, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<Self> {
        let Some(number) = number(value, mistakes) else {
            let what = format!("found {}", kind(value));
            mistakes
                .mistake(at, Fault::new(what, format!("write a whole number from {LEAST} to {MOST}, without quotes")));
            return None;
        };
        let within = u32::try_from(number).ok().filter(|number| (LEAST..=MOST).contains(number));
        if within.is_none() {
            mistakes.mistake(at, Fault::new("out of range", format!("write a whole number from {LEAST} to {MOST}")));
        }
        within.map(Self)
    }

    fn write(&self) -> serde_json::Value {
        self.0.into()
    }
}

impl<const LEAST: u32, const MOST: u32> JsonSchema for Count<LEAST, MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("number from {LEAST} to {MOST}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "integer", "title": Self::schema_name(), "minimum": LEAST, "maximum": MOST
        })
    }
}

impl ConfigSection for Switch {
    fn read(value: &Value, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<Self> {
        let written = match untyped(value, mistakes) {
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) => None,
            None => value.to_bool(),
        };
        match written {
            Some(true) => Some(Self::On),
            Some(false) => Some(Self::Off),
            None => {
                mistakes
                    .mistake(at, Fault::new(format!("found {}", kind(value)), "write true or false, without quotes"));
                None
            }
        }
    }

    fn write(&self) -> serde_json::Value {
        matches!(self, Self::On).into()
    }
}

impl JsonSchema for Switch {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "true or false".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "boolean", "title": "true or false" })
    }
}
