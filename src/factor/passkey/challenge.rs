//! Challenges: what the browser is told, and what is kept, encrypted, until it answers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use webauthn_rs_core::proto::{AuthenticationState, RegistrationState};
use zeroize::Zeroizing;

use crate::domain::factor_kind::FactorKind;
use crate::factor::sent_code::FactorError;
use crate::keys::Encrypted;
use crate::platform::clock::Timestamp;

/// In characters of base64url.
const LONGEST: usize = 6 * 1024;

/// A challenge that waits for a signature.
#[derive(Serialize, Deserialize)]
pub(super) struct PendingAuthentication {
    /// What the browser was told, for a page that is loaded again.
    pub options: String,
    pub state: AuthenticationState,
    /// Only of the login page: what makes an answer the only one, and when the challenge expires.
    pub login: Option<LoginMark>,
}

/// What identifies a challenge of the login page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LoginMark {
    pub id: [u8; 16],
    /// In milliseconds since 1970.
    pub expires_at: i64,
}

/// A passkey that is being made.
#[derive(Serialize, Deserialize)]
pub(super) struct PendingRegistration {
    pub options: String,
    pub state: RegistrationState,
}

/// The challenge of a login page: for the script and for the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoginChallenge {
    /// What the browser is told (JSON).
    pub options: String,
    /// The same, encrypted, for the form to send back.
    pub sealed: String,
}

pub(super) fn stored(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, FactorError> {
    serde_json::to_vec(value).map(Zeroizing::new).map_err(|_| FactorError::Unreadable(FactorKind::Passkey))
}

/// The text of an encrypted value in a form: the key's version, then nonce, cipher text and tag, in base64url.
pub(super) fn written(encrypted: &Encrypted) -> String {
    URL_SAFE_NO_PAD.encode([&[encrypted.key], encrypted.bytes.as_slice()].concat())
}

/// Reads what [`written`] writes.
pub(super) fn read(text: &str) -> Option<Encrypted> {
    if text.len() > LONGEST {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (key, bytes) = bytes.split_first()?;
    Some(Encrypted { key: *key, bytes: bytes.to_vec() })
}

/// What a challenge of the login page belongs to.
pub(super) fn login_binding(browser: &[u8]) -> [&[u8]; 2] {
    [b"login challenge", browser]
}

/// What a challenge of a sign-in belongs to.
pub(super) fn sign_in_binding(sign_in: &[u8]) -> [&[u8]; 2] {
    [b"sign-in challenge", sign_in]
}

impl LoginMark {
    pub(super) fn expires(self) -> Timestamp {
        Timestamp::from_millis(self.expires_at)
    }
}
