//! Opaque identifiers: 128 random bits, one type for each kind, so that one kind cannot be mistaken for another.

use std::fmt;
use std::str::FromStr;

use crate::platform::random::{EntropyUnavailable, Random};

/// A text that is not 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an identifier has 32 hexadecimal digits")]
pub struct NotAnIdentifier;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 16]);

        impl $name {
            /// A new random identifier.
            pub fn draw(random: &mut Random) -> Result<Self, EntropyUnavailable> {
                Ok(Self(random.bytes()?))
            }

            /// The identifier with these bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// Parses stored bytes; `None` unless there are sixteen.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, NotAnIdentifier> {
                bytes.try_into().map(Self).map_err(|_| NotAnIdentifier)
            }

            /// The sixteen bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// The first eight hexadecimal digits: enough to recognise it in a log, too few to use it.
            pub fn short(&self) -> String {
                self.to_hex().chars().take(8).collect()
            }

            /// All 32 hexadecimal digits, for the operator's command line.
            pub fn to_hex(&self) -> String {
                self.0.iter().map(|byte| format!("{byte:02x}")).collect()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({}…)"), self.short())
            }
        }

        impl FromStr for $name {
            type Err = NotAnIdentifier;

            fn from_str(text: &str) -> Result<Self, NotAnIdentifier> {
                if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    return Err(NotAnIdentifier);
                }
                u128::from_str_radix(text, 16).map(|number| Self(number.to_be_bytes())).map_err(|_| NotAnIdentifier)
            }
        }
    };
}

identifier!(
    /// One account.
    AccountId
);
identifier!(
    /// One session: the id in a session cookie. Never logged whole.
    SessionId
);
identifier!(
    /// One sign-in in progress: the id in a sign-in cookie. Never logged whole.
    SignInId
);
identifier!(
    /// One challenge: a code that was sent and not yet entered.
    ChallengeId
);
identifier!(
    /// One browser that has signed in before: the id in a device cookie.
    DeviceId
);
identifier!(
    /// One hand-over of a session to another host: the id in the one-time token in the URL.
    HandoverId
);
identifier!(
    /// One access token of a script.
    TokenId
);
identifier!(
    /// One request, in the log and on error pages.
    RequestId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_survives_hex_and_refuses_everything_else() {
        let id = AccountId::draw(&mut Random::system()).unwrap();
        assert_eq!(id.to_hex().parse::<AccountId>(), Ok(id));
        for bad in ["", "0", &"g".repeat(32), &"0".repeat(31), &"0".repeat(33), &"+".repeat(32)] {
            assert!(bad.parse::<AccountId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_debug_print_never_shows_a_whole_identifier() {
        let id = SessionId::from_bytes([0xab; 16]);
        assert_eq!(format!("{id:?}"), "SessionId(abababab…)");
    }
}
