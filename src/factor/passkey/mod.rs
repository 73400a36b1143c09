//! Passkeys and security keys (WebAuthn Level 3).
//!
//! The library checks a ceremony step by step (§7.1, §7.2): type, challenge, origin, RP ID, flags, signature, counter. Its
//! core is used instead of its wrapper, because a key without user verification may be a second factor here, which the
//! wrapper has as another type. What its core leaves to the caller is decided here: `id` and `rawId` agree
//! ([`browser_answer`]), the credential and the user handle belong to the account, the origin is exactly the page's
//! ([`relying_party`]), user verification is read from the answer and never from what was asked for, and a challenge is
//! answered once (the store). Attestation is not asked for: it would tell the make of a key and prove nothing about the
//! person.

mod authentication;
mod browser_answer;
mod challenge;
mod registration;
mod relying_party;

pub(crate) use authentication::PasskeyClaim;
pub(crate) use challenge::LoginChallenge;
pub(crate) use registration::{MadePasskey, NewPasskeyRequest, Registration};
pub(crate) use relying_party::RelyingParty;

use std::sync::Arc;

use webauthn_rs_core::proto::Credential;

use crate::domain::factor_kind::FactorKind;
use crate::domain::origin::Origin;
use crate::factor::binding;
use crate::factor::held_proof::{HeldProof, ProofAttempt, ProofVerdict};
use crate::factor::sent_code::FactorError;
use crate::keys::{EncryptionPurpose, KeyRing};
use crate::store::{FactorRow, HeldFactors};

/// The passkeys of all accounts.
pub(crate) struct Passkeys {
    pub(super) keys: Arc<KeyRing>,
    /// `None`: passkeys are off.
    pub(super) party: Option<RelyingParty>,
}

impl Passkeys {
    pub(super) const fn new(keys: Arc<KeyRing>, party: Option<RelyingParty>) -> Self {
        Self { keys, party }
    }

    /// Whether pages of this origin can use passkeys. Others offer none: their browser would refuse.
    pub(super) fn work_at(&self, origin: &Origin) -> bool {
        self.party.as_ref().is_some_and(|party| party.origins.contains(origin))
    }

    /// The domain of the passkeys that pages of this origin can make. `None`: they can make none.
    pub(crate) fn domain_at(&self, origin: &Origin) -> Option<String> {
        let party = self.party.as_ref().filter(|_| self.work_at(origin))?;
        Some(party.id.clone())
    }

    /// The public key and counter of a passkey.
    pub(super) fn credential(&self, row: &FactorRow) -> Result<Credential, FactorError> {
        let stored = self.keys.decrypt(EncryptionPurpose::Factor, &binding::of_row(row), &row.encrypted);
        let parsed = stored.and_then(|stored| serde_json::from_slice(&stored).ok());
        parsed.ok_or(FactorError::Unreadable(FactorKind::Passkey))
    }

    /// Whether the passkey is copied to other devices of its owner (WebAuthn §6.1.3, flag BS).
    pub(crate) fn is_synced(&self, row: &FactorRow) -> bool {
        self.credential(row).is_ok_and(|credential| credential.backup_state)
    }
}

impl HeldProof for Passkeys {
    fn kind(&self) -> FactorKind {
        FactorKind::Passkey
    }

    fn is_enrolled(&self, held: &HeldFactors) -> bool {
        held.rows.iter().any(|row| row.kind == FactorKind::Passkey)
    }

    fn reads(&self, shown: &str) -> bool {
        browser_answer::assertion(shown).is_some()
    }

    fn verify(&self, attempt: &ProofAttempt<'_>) -> Result<ProofVerdict, FactorError> {
        self.authenticate(attempt)
    }
}
