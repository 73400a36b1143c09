//! Signing in with a passkey: as the second factor, and alone.

use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{Credential, PublicKeyCredential, RequestChallengeResponse, UserVerificationPolicy};

use super::challenge::{self, LoginChallenge, LoginMark, PendingAuthentication};
use super::{Passkeys, browser_answer};
use crate::domain::factor_kind::FactorKind;
use crate::domain::origin::Origin;
use crate::factor::binding;
use crate::factor::held_proof::{ProofAttempt, ProofVerdict, UserVerification, readable};
use crate::factor::sent_code::FactorError;
use crate::keys::{Encrypted, EncryptionPurpose};
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::store::{FactorRow, HeldFactors, Spending};

/// What a passkey of the login page says before it is verified: which credential, of whom, for which challenge.
pub(crate) struct PasskeyClaim {
    pub credential: Vec<u8>,
    /// The random name of the account inside the passkey.
    pub user: Vec<u8>,
    /// The challenge.
    pub challenge: Encrypted,
    /// What makes this answer the only one.
    pub answer_id: [u8; 16],
    pub expires_at: Timestamp,
}

impl Passkeys {
    /// A challenge for the passkeys of an account, encrypted for its sign-in. `None`: pages of this origin have none.
    pub(crate) fn ask(
        &self,
        held: &HeldFactors,
        sign_in: &[u8],
        origin: &Origin,
        random: &mut Random,
    ) -> Result<Option<Encrypted>, FactorError> {
        let Some(core) = self.party.as_ref().and_then(|party| party.at(origin)) else { return Ok(None) };
        let rows = readable(held, FactorKind::Passkey, |row| self.credential(row))?;
        let credentials: Vec<Credential> = rows.into_iter().map(|row| row.value).collect();
        if credentials.is_empty() {
            return Ok(None);
        }
        // Preferred: after the password, whoever has the key need not prove anything more.
        let builder = core.new_challenge_authenticate_builder(credentials, Some(UserVerificationPolicy::Preferred));
        let (response, mut state) = builder.and_then(|builder| core.generate_challenge_authenticate(builder))?;
        // Whose public key verifies the answer is read from the store when it comes.
        state.set_allowed_credentials(Vec::new());
        let pending = PendingAuthentication { options: options(&response)?, state, login: None };
        let bound_to = challenge::sign_in_binding(sign_in);
        Ok(Some(self.keys.encrypt(EncryptionPurpose::Challenge, &bound_to, &challenge::stored(&pending)?, random)?))
    }

    /// What the browser is told about a challenge of a sign-in.
    pub(crate) fn options(&self, encrypted: &Encrypted, sign_in: &[u8]) -> Option<String> {
        self.pending(encrypted, &challenge::sign_in_binding(sign_in)).map(|pending| pending.options)
    }

    /// A challenge for anybody's passkey, for the login page of one browser. Nothing is stored: the form sends it back.
    pub(crate) fn ask_anybody(
        &self,
        browser: &[u8],
        origin: &Origin,
        until: Timestamp,
        random: &mut Random,
    ) -> Result<Option<LoginChallenge>, FactorError> {
        let party = self.party.as_ref().filter(|party| party.passwordless);
        let Some(core) = party.and_then(|party| party.at(origin)) else { return Ok(None) };
        let builder = core.new_challenge_authenticate_builder(Vec::new(), Some(UserVerificationPolicy::Required));
        let (response, state) = builder.and_then(|builder| core.generate_challenge_authenticate(builder))?;
        let login = Some(LoginMark { id: random.bytes()?, expires_at: until.millis() });
        let options = options(&response)?;
        let pending = PendingAuthentication { options: options.clone(), state, login };
        let bound_to = challenge::login_binding(browser);
        let sealed =
            self.keys.encrypt(EncryptionPurpose::Challenge, &bound_to, &challenge::stored(&pending)?, random)?;
        Ok(Some(LoginChallenge { options, sealed: challenge::written(&sealed) }))
    }

    /// Reads the answer to a challenge of the login page. `None`: it is none, or not of this browser's page.
    pub(crate) fn claim(&self, shown: &str, sealed: &str, browser: &[u8]) -> Option<PasskeyClaim> {
        let answer = browser_answer::assertion(shown)?;
        let encrypted = challenge::read(sealed)?;
        let mark = self.pending(&encrypted, &challenge::login_binding(browser))?.login?;
        Some(PasskeyClaim {
            user: answer.get_user_unique_id()?.to_vec(),
            credential: answer.raw_id,
            challenge: encrypted,
            answer_id: mark.id,
            expires_at: mark.expires(),
        })
    }

    pub(super) fn authenticate(&self, attempt: &ProofAttempt<'_>) -> Result<ProofVerdict, FactorError> {
        let wrong = |reason| Ok(ProofVerdict::Wrong(reason));
        let Some(answer) = browser_answer::assertion(attempt.shown) else { return wrong("not an answer of a passkey") };
        let Some(core) = self.party.as_ref().and_then(|party| party.at(attempt.origin)) else {
            return wrong("this origin has no passkeys");
        };
        let bound_to = match attempt.verification {
            UserVerification::NotRequired => challenge::sign_in_binding(attempt.bound_to),
            UserVerification::Required => challenge::login_binding(attempt.bound_to),
        };
        let pending = attempt.challenge.and_then(|challenge| self.pending(challenge, &bound_to));
        let Some(pending) = pending else { return wrong("there is no such challenge, or it was answered before") };
        let Some(row) = row_of(attempt.held, &answer) else { return wrong("not a passkey of this account") };
        let mut credential = self.credential(row)?;
        let result = match core.authenticate_single_credential(&answer, &pending.state, &credential) {
            Ok(result) => result,
            Err(error) => return wrong(reason(&error)),
        };
        // Read from the answer, not from what was asked for.
        if attempt.verification == UserVerification::Required && !result.user_verified() {
            return wrong("the device did not verify its user");
        }
        credential.counter = result.counter();
        credential.backup_state = result.backup_state();
        let stored = challenge::stored(&credential)?;
        let after = self.keys.encrypt(
            EncryptionPurpose::Factor,
            &binding::of_row(row),
            &stored,
            &mut attempt.random.clone(),
        )?;
        Ok(ProofVerdict::Right(Spending::Passkey { factor: row.id, before: row.encrypted.clone(), after }))
    }

    fn pending(&self, encrypted: &Encrypted, bound_to: &[&[u8]]) -> Option<PendingAuthentication> {
        let stored = self.keys.decrypt(EncryptionPurpose::Challenge, bound_to, encrypted)?;
        serde_json::from_slice(&stored).ok()
    }
}

/// The passkey that answered. Its account comes from the credential, and from the user handle where there is one, never
/// from what the browser said before (WebAuthn §7.2, step 6).
fn row_of<'h>(held: &'h HeldFactors, answer: &PublicKeyCredential) -> Option<&'h FactorRow> {
    let handle = answer.get_user_unique_id();
    let known = held.passkey_user.as_deref();
    if handle.is_some() && handle != known {
        return None;
    }
    held.rows.iter().find(|row| row.credential.as_deref() == Some(answer.raw_id.as_slice()))
}

/// The options without the wrapper that the library puts around them.
fn options(response: &RequestChallengeResponse) -> Result<String, FactorError> {
    serde_json::to_string(&response.public_key).map_err(|_| FactorError::Unreadable(FactorKind::Passkey))
}

/// Why an answer was refused, for the trail. The person is told none of it.
#[expect(clippy::wildcard_enum_match_arm, reason = "the library has a hundred errors, most of them of attestation")]
const fn reason(error: &WebauthnError) -> &'static str {
    match error {
        WebauthnError::InvalidClientDataType => "it is of another ceremony",
        WebauthnError::MismatchedChallenge => "it signs another challenge",
        WebauthnError::InvalidRPOrigin => "it was made on another origin",
        WebauthnError::InvalidRPIDHash => "it was made for another domain",
        WebauthnError::CredentialCrossOrigin => "it was made inside a page of another site",
        WebauthnError::UserNotPresent => "nobody was present",
        WebauthnError::UserNotVerified => "the device did not verify its user",
        WebauthnError::AuthenticationFailure => "the signature is wrong",
        WebauthnError::CredentialPossibleCompromise => "its counter went back: the passkey may have been copied",
        WebauthnError::CredentialBackupEligibilityInconsistent => "its backup flag changed",
        _ => "it is malformed",
    }
}
