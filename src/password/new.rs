//! The rules for new passwords (NIST SP 800-63B-4 §3.1.1.2): long enough, and not one that everybody tries first. No
//! rule about digits, signs or age.

use zeroize::Zeroizing;

use super::blocklist;
use super::submitted::normalized;

/// What stands beside a password, and so how long it has to be (NIST SP 800-63B-4 §3.1.1.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PasswordPolicy {
    /// A second factor, always.
    #[default]
    BesideFactor,
    /// Nothing: some rule asks for `one_factor`.
    Alone,
}

impl PasswordPolicy {
    /// The fewest code points, of the NFC form.
    pub const fn shortest(self) -> usize {
        match self {
            Self::BesideFactor => 8,
            Self::Alone => 15,
        }
    }
}

/// Whether a password that was typed is long enough to be asked for without a second factor. One that was set when
/// every rule asked for two may not be.
pub(crate) fn stands_alone(typed: &str) -> bool {
    normalized(typed).is_some_and(|password| password.chars().count() >= PasswordPolicy::Alone.shortest())
}

/// A password that obeys the rules for new ones: as long as its [`PasswordPolicy`] asks and at most 256 code points
/// (NFC), not on the blocklist, not the person's name or address or the product's name. Wiped when dropped; has no
/// `Debug`.
pub(crate) struct NewPassword(Zeroizing<String>);

/// Why a new password is refused; `Display` is a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer characters than the policy asks for.
    #[error("The password is too short: it needs at least {} characters.", .0.shortest())]
    TooShort(PasswordPolicy),
    /// More than 256.
    #[error("The password is too long: it may have at most 256 characters.")]
    TooLong,
    /// On the blocklist.
    #[error("This password is one of the most common ones and would be guessed first. Please choose another.")]
    Common,
    /// A word that says who the person is, alone or with digits.
    #[error(
        "This password is too close to your name, your address or the name of this service. Please choose another."
    )]
    Personal,
}

impl NewPassword {
    /// Checks the rules; `personal` are words that this person's password must not be: user name, name, address (its
    /// parts are looked at too), the name of the service.
    pub(crate) fn check(typed: &str, personal: &[&str], policy: PasswordPolicy) -> Result<Self, WeakPassword> {
        let password = normalized(typed).ok_or(WeakPassword::TooLong)?;
        if password.chars().count() < policy.shortest() {
            return Err(WeakPassword::TooShort(policy));
        }
        if blocklist::is_common(&password) {
            return Err(WeakPassword::Common);
        }
        if blocklist::is_personal(&password, personal) {
            return Err(WeakPassword::Personal);
        }
        Ok(Self(password))
    }

    /// The password.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}
