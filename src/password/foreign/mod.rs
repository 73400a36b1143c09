//! Password hashes that another program made and that an import keeps: one file for each scheme.
//!
//! Each parser checks that the hash is whole and that its cost is within a bound, before anything is computed: a hash of
//! an imported file is input like any other, and `rounds=999999999` would keep a thread busy for an hour. A right
//! password replaces the hash at the next sign-in. The bounds are those of `docs/import.md`, where the times are.

mod bcrypt;
mod digest;
mod encoding;
mod list;
mod md5_crypt;
mod pbkdf2;
mod scheme;
mod scrypt;
mod sha_crypt;

#[cfg(test)]
mod tests;

pub(super) use list::parse;
pub(super) use scheme::{HashFault, Strength, is_of};
