//! The rules for new passwords (NIST SP 800-63B-4 §3.1.1.2): long enough, and not among the first guesses. There are no
//! rules about digits, special characters or age.

use zeroize::Zeroizing;

use super::blocklist;
use super::submitted::normalized;

/// Whether a second factor always accompanies the password, which determines its minimum length (NIST SP 800-63B-4
/// §3.1.1.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PasswordPolicy {
    /// A second factor is always required.
    #[default]
    BesideFactor,
    /// Some rule requires only `one_factor`.
    Alone,
}

impl PasswordPolicy {
    /// Minimum length in code points (NFC).
    pub const fn shortest(self) -> usize {
        match self {
            Self::BesideFactor => 8,
            Self::Alone => 15,
        }
    }
}

/// Whether a submitted password is long enough to be accepted without a second factor. One that was set when every rule
/// required two factors may be too short.
pub(crate) fn stands_alone(typed: &str) -> bool {
    normalized(typed).is_some_and(|password| password.chars().count() >= PasswordPolicy::Alone.shortest())
}

/// A password that follows the rules for new ones: the length that its [`PasswordPolicy`] requires, at most 256 code
/// points (NFC), not on the blocklist, and not the person's name or address or the product's name. Wiped when dropped,
/// and without `Debug`.
pub(crate) struct NewPassword(Zeroizing<String>);

/// Why a new password is refused. `Display` is a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer characters than the policy requires.
    #[error("The password is too short: it needs at least {} characters.", .0.shortest())]
    TooShort(PasswordPolicy),
    /// More than 256 characters.
    #[error("The password is too long: it may have at most 256 characters.")]
    TooLong,
    /// The password is on the blocklist.
    #[error("This password is one of the most common ones and would be guessed first. Please choose another.")]
    Common,
    /// The password is a personal word, alone or with digits.
    #[error(
        "This password is too close to your name, your address, the name of this service or the host of a site. Please \
         choose another."
    )]
    Personal,
}

impl NewPassword {
    /// Checks the rules. `personal` are words that the password must not be, such as user name, name, e-mail address
    /// (its parts are checked too) and telephone number.
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

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}
