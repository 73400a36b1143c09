//! Floor 11: configuration: from what was written (file, environment, flags) to what is meant ([`settings::Settings`]).
//!
//! Decides which file counts, what overrides what, what every key is called and which values it takes. Reads
//! everything before it judges: every mistake becomes one line, so that an operator mends a file in one go. Never opens
//! a port, a database or a connection, and no room below reads a file of settings or the environment. Called by `cli`.
//!
//! - `layer/`: the places something can be written in, from defaults to flags, merged by figment
//! - `reader/`: how a section, a list or a value is read leaf by leaf, and the `section!` macro
//! - `value/`: one file for each kind of value (durations, sizes, addresses, secrets, …)
//! - `section/`: one file for each section of the file: its keys, their defaults, their meaning
//! - `effects/`: what a right configuration does, judged by trying it: rules, networks, values that protect nothing
//! - `schema`, `reference`, `show`: the JSON schema, the generated documentation, the merged settings

mod effects;
mod file_mode;
mod key_path;
mod known_key;
mod layer;
pub(crate) mod load;
pub(crate) mod mistake;
mod mistakes;
mod origin;
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
