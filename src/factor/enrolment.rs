//! Adds factors: what is shown to the person, and what the proof makes of it.

use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::identifier::{AccountId, FactorId};
use crate::factor::recovery::RecoveryCodes;
use crate::factor::sent_code::FactorError;
use crate::factor::totp::{TotpSecret, TotpSetup};
use crate::factor::{Factors, binding};
use crate::keys::{Encrypted, EncryptionPurpose};
use crate::platform::clock::Timestamp;
use crate::store::{Account, Enrolment, FactorRow};

/// An authenticator app that is being added.
pub(crate) struct NewTotp {
    /// For the person, once.
    pub setup: TotpSetup,
    /// For the store.
    pub encrypted: Encrypted,
}

impl Factors {
    /// Draws the secret of a new app.
    pub(crate) fn begin_totp(&self, account: &Account, id: FactorId) -> Result<NewTotp, FactorError> {
        let mut random = self.random.clone();
        let secret = TotpSecret::draw(&mut random)?;
        let shown = account.email.as_ref().map_or(account.username.as_str(), |email| email.as_str());
        let setup = secret.setup(&self.settings.product, shown).ok_or(FactorError::Unreadable(FactorKind::Totp))?;
        let bound_to = binding::of_enrolment(&id, &account.id, FactorKind::Totp);
        let encrypted = self.keys.encrypt(EncryptionPurpose::Factor, &bound_to, &secret.stored()?, &mut random)?;
        Ok(NewTotp { setup, encrypted })
    }

    /// The app as a factor, if the code is right. The code is used up: it does not sign in as well.
    pub(crate) fn finish_totp(
        &self,
        account: AccountId,
        enrolment: &Enrolment,
        typed: &str,
        name: FactorName,
        now: Timestamp,
    ) -> Result<Option<FactorRow>, FactorError> {
        let bound_to = binding::of_enrolment(&enrolment.id, &account, FactorKind::Totp);
        let stored = self.keys.decrypt(EncryptionPurpose::Factor, &bound_to, &enrolment.encrypted);
        let secret = stored.and_then(|stored| TotpSecret::parse(&stored));
        let secret = secret.ok_or(FactorError::Unreadable(FactorKind::Totp))?;
        let Some(step) = secret.step_of(typed, self.settings.totp_steps, now) else { return Ok(None) };
        let bound_to = binding::of_factor(&enrolment.id, &account, FactorKind::Totp);
        let encrypted =
            self.keys.encrypt(EncryptionPurpose::Factor, &bound_to, &secret.stored()?, &mut self.random.clone())?;
        Ok(Some(FactorRow {
            id: enrolment.id,
            account,
            kind: FactorKind::Totp,
            name,
            encrypted,
            credential: None,
            last_step: Some(step),
            created_at: now,
            last_used_at: None,
        }))
    }

    /// Draws a new set of recovery codes.
    pub(crate) fn draw_recovery_codes(&self, account: AccountId) -> Result<RecoveryCodes, FactorError> {
        Ok(RecoveryCodes::draw(account, &mut self.random.clone())?)
    }

    /// The number of the key version that encrypts now.
    pub(crate) fn newest_key(&self) -> u8 {
        self.keys.newest().number()
    }

    /// The factor, encrypted with the newest version of the key.
    pub(crate) fn encrypt_again(&self, row: &FactorRow) -> Result<Encrypted, FactorError> {
        let bound_to = binding::of_row(row);
        let plain = self
            .keys
            .decrypt(EncryptionPurpose::Factor, &bound_to, &row.encrypted)
            .ok_or(FactorError::Unreadable(row.kind))?;
        Ok(self.keys.encrypt(EncryptionPurpose::Factor, &bound_to, &plain, &mut self.random.clone())?)
    }
}
