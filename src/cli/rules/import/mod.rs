//! `portcullis rules import`: rules of other programs as `[[sites.rules]]`.
//!
//! Prints TOML, and on standard error a line for each rule. A rule that cannot be said exactly is refused; nothing is
//! opened that the other program closes. Reads one file, writes none, and asks nobody.

mod authelia;
mod authelia_rule;
mod command;
mod converted;
mod oauth2_proxy;
mod output;

#[cfg(test)]
mod tests;

pub(super) use command::{Arguments, run};
