//! Making a passkey.

use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AttestationConveyancePreference, CreationChallengeResponse, Credential, ParsedAttestation, RegistrationState,
    ResidentKeyRequirement, UserVerificationPolicy,
};

use super::challenge::{self, PendingRegistration};
use super::{Passkeys, browser_answer};
use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::identifier::{AccountId, FactorId};
use crate::domain::origin::Origin;
use crate::factor::binding;
use crate::factor::sent_code::FactorError;
use crate::keys::{Encrypted, EncryptionPurpose};
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::store::{Account, Enrolment, FactorRow, HeldFactors};

/// For whom a passkey is made.
#[derive(Clone, Copy)]
pub(crate) struct NewPasskeyRequest<'a> {
    pub account: &'a Account,
    /// What the account has already: an authenticator that made one of its passkeys makes no second one.
    pub held: &'a HeldFactors,
    /// The id that the factor gets.
    pub id: FactorId,
    /// The random name of the account inside its passkeys (WebAuthn §14.6.1: nothing that identifies the person).
    pub user: [u8; 16],
}

/// A passkey that is being added.
pub(crate) struct NewPasskey {
    /// What the browser is told (JSON).
    pub options: String,
    /// For the store.
    pub encrypted: Encrypted,
}

/// Where and when a passkey was made.
pub(crate) struct MadePasskey<'a> {
    /// What the browser says.
    pub shown: &'a str,
    pub name: FactorName,
    /// What the account has already.
    pub held: &'a HeldFactors,
    pub origin: &'a Origin,
    pub now: Timestamp,
}

/// The result of making a passkey.
#[derive(Debug)]
pub(crate) enum Registration {
    Made(FactorRow),
    /// The account has this one already.
    Known,
    /// The answer of the browser is not right.
    Refused,
}

impl Passkeys {
    /// A challenge for a new passkey. `None`: pages of this origin have none.
    pub(crate) fn begin(
        &self,
        request: NewPasskeyRequest<'_>,
        origin: &Origin,
        random: &mut Random,
    ) -> Result<Option<NewPasskey>, FactorError> {
        let NewPasskeyRequest { account, id, .. } = request;
        let Some(core) = self.party.as_ref().and_then(|party| party.at(origin)) else { return Ok(None) };
        let (response, state) = asked(&core, request)?;
        let options =
            serde_json::to_string(&response.public_key).map_err(|_| FactorError::Unreadable(FactorKind::Passkey))?;
        let pending = PendingRegistration { options: options.clone(), state };
        let bound_to = binding::of_enrolment(&id, &account.id, FactorKind::Passkey);
        let encrypted =
            self.keys.encrypt(EncryptionPurpose::Factor, &bound_to, &challenge::stored(&pending)?, random)?;
        Ok(Some(NewPasskey { options, encrypted }))
    }

    /// The passkey as a factor, if the browser's answer is right.
    pub(crate) fn finish(
        &self,
        account: AccountId,
        enrolment: &Enrolment,
        made: MadePasskey<'_>,
        random: &mut Random,
    ) -> Result<Registration, FactorError> {
        let MadePasskey { shown, name, held, origin, now } = made;
        let bound_to = binding::of_enrolment(&enrolment.id, &account, FactorKind::Passkey);
        let stored = self.keys.decrypt(EncryptionPurpose::Factor, &bound_to, &enrolment.encrypted);
        let pending = stored.and_then(|stored| serde_json::from_slice::<PendingRegistration>(&stored).ok());
        let pending = pending.ok_or(FactorError::Unreadable(FactorKind::Passkey))?;
        let core = self.party.as_ref().and_then(|party| party.at(origin));
        let (Some(core), Some(answer)) = (core, browser_answer::registration(shown)) else {
            return Ok(Registration::Refused);
        };
        // The browser was told not to make this one; an authenticator may not know it.
        if held.rows.iter().any(|row| row.credential.as_ref() == Some(&answer.raw_id)) {
            return Ok(Registration::Known);
        }
        let Ok(credential) = core.register_credential(&answer, &pending.state, None) else {
            return Ok(Registration::Refused);
        };
        // The library takes the id from the signed data; the browser must name the same one.
        if credential.cred_id.as_slice() != answer.raw_id.as_slice() {
            return Ok(Registration::Refused);
        }
        // Some authenticators send a statement of their make, though none is asked for. It is not kept.
        let credential = Credential { attestation: ParsedAttestation::default(), ..credential };
        let bound_to = binding::of_factor(&enrolment.id, &account, FactorKind::Passkey);
        let encrypted =
            self.keys.encrypt(EncryptionPurpose::Factor, &bound_to, &challenge::stored(&credential)?, random)?;
        Ok(Registration::Made(FactorRow {
            id: enrolment.id,
            account,
            kind: FactorKind::Passkey,
            name,
            encrypted,
            credential: Some(credential.cred_id.clone()),
            last_step: None,
            created_at: now,
            last_used_at: None,
        }))
    }
}

fn asked(
    core: &WebauthnCore,
    request: NewPasskeyRequest<'_>,
) -> Result<(CreationChallengeResponse, RegistrationState), WebauthnError> {
    let NewPasskeyRequest { account, held, user, .. } = request;
    let name = account.username.as_str();
    let shown = account.name.as_ref().map_or(name, |name| name.as_str());
    let known = held.rows.iter().filter_map(|row| row.credential.clone()).collect();
    let builder = core
        .new_challenge_register_builder(&user, name, shown)?
        .attestation(AttestationConveyancePreference::None)
        .user_verification_policy(UserVerificationPolicy::Preferred)
        .exclude_credentials(Some(known));
    let (mut response, state) = core.generate_challenge_register(builder)?;
    // A passkey that the device can find by itself signs in without a user name; a key without room for one still is a
    // second factor. The library knows only "required" and "discouraged".
    if let Some(selection) = &mut response.public_key.authenticator_selection {
        selection.resident_key = Some(ResidentKeyRequirement::Preferred);
    }
    Ok((response, state))
}
