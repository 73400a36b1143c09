//! Authenticator apps that were set up with another program: their secrets become factors without a proof, since the person
//! has proved them there.

use std::sync::Arc;

use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::identifier::{AccountId, FactorId};
use crate::factor::binding;
use crate::factor::sent_code::FactorError;
use crate::factor::totp::TotpSecret;
use crate::keys::{EncryptionPurpose, KeyRing};
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::store::{FactorRow, HeldFactors};

/// Makes factors of imported secrets. The command line has one; it needs nothing that sends.
#[derive(Clone)]
pub(crate) struct TotpImporter {
    keys: Arc<KeyRing>,
    random: Random,
}

impl TotpImporter {
    pub(crate) const fn new(keys: Arc<KeyRing>, random: Random) -> Self {
        Self { keys, random }
    }

    /// The app as a factor of the account.
    ///
    /// The current time step and earlier ones count as used: the other program may have accepted their codes a moment ago,
    /// and whoever saw one must not use it again here. The person waits one step at most. The next step stays usable,
    /// since an app whose clock is right has not shown its code yet.
    pub(crate) fn row(
        &self,
        account: AccountId,
        secret: &TotpSecret,
        name: FactorName,
        now: Timestamp,
    ) -> Result<FactorRow, FactorError> {
        let mut random = self.random.clone();
        let id = FactorId::draw(&mut random)?;
        let step = secret.current_step(now).ok_or(FactorError::Unreadable(FactorKind::Totp))?;
        let bound_to = binding::of_factor(&id, &account, FactorKind::Totp);
        let encrypted = self.keys.encrypt(EncryptionPurpose::Factor, &bound_to, &secret.stored()?, &mut random)?;
        Ok(FactorRow {
            id,
            account,
            kind: FactorKind::Totp,
            name,
            encrypted,
            credential: None,
            last_step: Some(step),
            created_at: now,
            last_used_at: None,
        })
    }

    /// Whether one of these factors is an app with this secret. An error: none that can be decrypted is, and one cannot be,
    /// so nobody can tell.
    pub(crate) fn is_held(&self, held: &HeldFactors, secret: &TotpSecret) -> Result<bool, FactorError> {
        let mut outcome = Ok(false);
        for row in held.rows.iter().filter(|row| row.kind == FactorKind::Totp) {
            let stored = self.keys.decrypt(EncryptionPurpose::Factor, &binding::of_row(row), &row.encrypted);
            match stored.and_then(|stored| TotpSecret::parse(&stored)) {
                Some(stored) if stored == *secret => return Ok(true),
                Some(_) => {}
                None => outcome = Err(FactorError::Unreadable(FactorKind::Totp)),
            }
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factor::totp::TotpAlgorithm;

    #[test]
    fn an_imported_app_is_known_again_for_its_own_account_and_only_there() {
        let mut random = Random::system();
        let keys = Arc::new(KeyRing::of_this_process(Timestamp::from_millis(0), &mut random).unwrap());
        let importer = TotpImporter::new(keys, random.clone());
        let secret = |digits| TotpSecret::imported(b"12345678901234567890", TotpAlgorithm::Sha512, digits, 60).unwrap();
        let account = AccountId::draw(&mut random).unwrap();
        let now = Timestamp::from_millis(119_999);
        let row = importer.row(account, &secret(8), "old app".parse().unwrap(), now).unwrap();
        assert_eq!(row.last_step, Some(1));
        let hidden = |needle: &[u8]| !row.encrypted.bytes.windows(needle.len()).any(|window| window == needle);
        assert!(hidden(b"12345678901234567890") && hidden(b"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
        let held = |rows: &[&FactorRow], digits| {
            let rows = rows.iter().copied().cloned().collect();
            importer.is_held(&HeldFactors { rows, ..HeldFactors::default() }, &secret(digits)).ok()
        };
        assert_eq!(held(&[&row], 8), Some(true));
        assert_eq!(held(&[&row], 6), Some(false), "other codes, so another app");
        let copied = FactorRow { account: AccountId::draw(&mut random).unwrap(), ..row.clone() };
        assert_eq!(held(&[&copied], 8), None, "the row is bound to its account");
        assert_eq!(held(&[&row, &copied], 8), Some(true));
        assert_eq!(held(&[&row, &copied], 6), None);
    }
}
