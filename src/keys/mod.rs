//! Floor 1: the only place that signs, seals or hashes with a key.
//!
//! Each purpose has its own derived key ([`Purpose`]), so that a value signed for one use never verifies for another.
//! The master keys are in one file with their versions ([`mod@file`]). The newest version signs and all verify, so a
//! rotation signs nobody out, and values of a removed version are refused at once. Each version also has a key pair for
//! identity assertions, which sites verify ([`assertion`]). What has to be read back, such as the secret of an
//! authenticator app, is encrypted ([`encryption`]). Called by every room that handles cookies, form tokens, counters,
//! stored codes, factors or the audit trail.

mod assertion;
mod encryption;
mod file;
mod hash;
mod ring;
mod version;
mod webhook;

pub(crate) use assertion::KeyName;
pub use encryption::Encrypted;
pub(crate) use encryption::{EncryptionFailed, EncryptionPurpose};
pub(crate) use file::KeyError;
pub(crate) use hash::{audience, nonce_hash, recovery_hash, token_hash, token_matches};
pub(crate) use ring::{KeyMark, MarkedVerdict, Purpose, Tag};
pub use ring::{KeyRing, Settings};
pub(crate) use version::{KeyId, KeyVersion};
pub(crate) use webhook::webhook_signature;
