//! Floor 1: the only place that signs, seals or hashes with a key.
//!
//! One purpose, one derived key ([`Purpose`]): a value signed for one use never verifies for another. The master keys
//! stand in one file with their versions ([`mod@file`]); the newest signs, all verify, so that a rotation signs nobody out
//! and a removed version is dead at once. Each version has a key pair as well, for the one thing that others check
//! ([`assertion`]). Called by whoever sets or reads a cookie, a form token or a stored code.

mod assertion;
mod file;
mod hash;
mod ring;
mod version;

pub(crate) use assertion::KeyName;
pub(crate) use file::KeyError;
pub(crate) use hash::{audience, nonce_hash, token_hash, token_matches};
pub(crate) use ring::{KeyRing, Purpose, Settings, Tag};
pub(crate) use version::KeyId;
