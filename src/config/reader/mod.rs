//! First stage: reads the merged values, key by key.
//!
//! Every key is read separately and every mistake is collected; a key with a mistake takes its default, so that the
//! rest is checked too. `section!` declares a section once: its keys, their types, defaults and documentation; reader,
//! JSON schema and reference are derived from it.

mod list;
mod number;
mod text;

pub(super) use number::{Count, Switch};
pub(super) use text::Text;

use figment::value::{Dict, Value};

use super::key_path::KeyPath;
use super::mistakes::MistakeCollector;

/// A value, list or table of the configuration.
pub(super) trait ConfigSection: Sized {
    /// Reads it. `None` if a mistake was reported.
    fn read(value: &Value, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<Self>;

    /// Its serialised form, secrets hidden; null if nothing is set.
    fn write(&self) -> serde_json::Value;

    /// Whether it is a table. Tables cannot be set by a variable.
    const IS_TABLE: bool = false;
}

/// Reads one key of a table; `None` if it is absent or wrong.
pub(super) fn key<T: ConfigSection>(
    table: &Dict,
    at: &KeyPath,
    name: &str,
    mistakes: &mut MistakeCollector<'_>,
) -> Option<T> {
    table.get(name).and_then(|value| T::read(value, &at.key(name), mistakes))
}

/// Declares one section of the configuration. The doc comments become the reference; a key without a default is an
/// `Option` or a list, and absent unless set.
macro_rules! section {
    (
        $(#[$section_doc:meta])*
        $name:ident {
            $( $(#[$key_doc:meta])* $key:ident: $kind:ty $(= $default:expr)?, )*
        }
    ) => {
        $(#[$section_doc])*
        #[derive(schemars::JsonSchema)]
        #[schemars(deny_unknown_fields, inline)]
        pub(in crate::config) struct $name {
            $(
                $(#[$key_doc])*
                $(#[schemars(extend("default" = <$kind as $crate::config::reader::ConfigSection>::write(&$default)))])?
                pub(in crate::config) $key: $kind,
            )*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $( $key: $crate::config::reader::section!(@default $($default)?), )* }
            }
        }

        impl $crate::config::reader::ConfigSection for $name {
            const IS_TABLE: bool = true;

            fn read(
                value: &figment::value::Value,
                at: &$crate::config::key_path::KeyPath,
                mistakes: &mut $crate::config::mistakes::MistakeCollector<'_>,
            ) -> Option<Self> {
                // Anything but a table is reported once; the section is kept with its defaults.
                let Some(table) = mistakes.table(value, at) else { return Some(Self::default()) };
                mistakes.unknown_keys(table, at, &[$(stringify!($key)),*]);
                Some(Self {
                    $(
                        $key: $crate::config::reader::key(table, at, stringify!($key), mistakes)
                            .unwrap_or_else(|| $crate::config::reader::section!(@default $($default)?)),
                    )*
                })
            }

            fn write(&self) -> serde_json::Value {
                let keys = [$( (stringify!($key), $crate::config::reader::ConfigSection::write(&self.$key)) ),*];
                keys.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.to_owned(), value)).collect()
            }
        }
    };
    (@default $default:expr) => { $default };
    (@default) => { Default::default() };
}
pub(super) use section;
