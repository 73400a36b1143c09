//! `portcullis user import`: accounts from the files of other programs.
//!
//! One file for each format turns bytes into entries; [`run()`] judges their hashes, compares them with the accounts that
//! exist, prints a line for each and writes all of them in one transaction, or none. No password or secret is printed.

mod apps;
mod authelia;
mod authelia_totp;
mod caddy;
mod csv;
mod entry;
mod format;
mod htpasswd;
mod judged;
mod ldif;
mod report;
mod run;
mod tinyauth;
mod totp;

#[cfg(test)]
mod tests;

pub(super) use run::{Import, run};
