//! Floor 11: configuration: turns file, environment and flags into checked settings ([`settings::Settings`]).
//!
//! Decides which file is read, the precedence of the sources, the name of every key and its valid values. Reads
//! everything before it judges: every mistake becomes one line, so that an operator can fix a file in one go. Never
//! opens a port, a database or a connection; no room below reads a settings file or the environment. Called by `cli`.
//!
//! - `layer/`: the sources, from defaults to flags, merged by figment
//! - `reader/`: reads sections, lists and values one key at a time; the `section!` macro
//! - `value/`: one file for each kind of value (durations, sizes, addresses, secrets, …)
//! - `section/`: one file for each section of the file: its keys, defaults and documentation
//! - `effects/`: what a valid configuration does, judged by trying it: rules, networks, values that protect nothing
//! - `schema`, `reference`, `show`: the JSON schema, the generated documentation, the merged settings

pub(crate) mod answer;
mod effects;
mod file_mode;
mod file_search;
mod key_path;
mod known_key;
mod layer;
pub(crate) mod load;
pub(crate) mod mistake;
mod mistakes;
mod origin;
pub(crate) mod place;
mod public_suffix;
mod reader;
pub(crate) mod reference;
pub(crate) mod schema;
mod section;
pub(crate) mod settings;
mod show;
mod value;

#[cfg(test)]
mod tests;
