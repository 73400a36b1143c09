//! Opaque identifiers: 128 random bits, one type for each kind, so that one kind cannot be mistaken for another.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use crate::platform::random::{EntropyUnavailable, Random};

/// A text that is not 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an identifier has 32 hexadecimal digits")]
pub struct NotAnIdentifier;

/// 128 random bits that name one thing of this kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier<K> {
    bytes: [u8; 16],
    kind: PhantomData<K>,
}

/// What an identifier may name.
pub trait Kind {
    /// The name of the identifier's type, for debug prints.
    const NAME: &'static str;
}

impl<K> Identifier<K> {
    /// A new random identifier.
    pub fn draw(random: &mut Random) -> Result<Self, EntropyUnavailable> {
        Ok(Self::from_bytes(random.bytes()?))
    }

    /// The identifier with these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self { bytes, kind: PhantomData }
    }

    /// Parses stored bytes; an error unless there are sixteen.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, NotAnIdentifier> {
        bytes.try_into().map(Self::from_bytes).map_err(|_| NotAnIdentifier)
    }

    /// The sixteen bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.bytes
    }

    /// The first eight hexadecimal digits: enough to recognise it in a log, too few to use it.
    pub fn short(&self) -> String {
        self.to_hex().chars().take(8).collect()
    }

    /// All 32 hexadecimal digits, for the operator's command line.
    pub fn to_hex(&self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.bytes))
    }
}

impl<K: Kind> fmt::Debug for Identifier<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}…)", K::NAME, self.short())
    }
}

impl<K> FromStr for Identifier<K> {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, NotAnIdentifier> {
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAnIdentifier);
        }
        u128::from_str_radix(text, 16).map(|number| Self::from_bytes(number.to_be_bytes())).map_err(|_| NotAnIdentifier)
    }
}

macro_rules! kind {
    ($kind_visibility:vis $kind:ident, $(#[$doc:meta])* $visibility:vis $name:ident) => {
        #[doc = concat!("The kind of a `", stringify!($name), "`.")]
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $kind_visibility enum $kind {}

        impl Kind for $kind {
            const NAME: &'static str = stringify!($name);
        }

        $(#[$doc])*
        $visibility type $name = Identifier<$kind>;
    };
}

kind!(
    pub Account,
    /// One account.
    pub AccountId
);
kind!(
    pub Session,
    /// One session: the id in a session cookie. Never logged whole.
    pub SessionId
);
kind!(
    pub SignIn,
    /// One sign-in in progress: the id in a sign-in cookie. Never logged whole.
    pub SignInId
);
kind!(
    pub Challenge,
    /// One challenge: a code that was sent and not yet entered.
    pub ChallengeId
);
kind!(
    pub Device,
    /// One browser that has signed in before: the id in a device cookie.
    pub DeviceId
);
kind!(
    pub Handover,
    /// One hand-over of a session to another host: the id in the one-time token in the URL.
    pub(crate) HandoverId
);
kind!(
    pub Token,
    /// One access token of a script.
    pub TokenId
);
kind!(
    pub Factor,
    /// One factor that a person holds: an authenticator app or a passkey.
    pub FactorId
);
kind!(
    pub(crate) Request,
    /// One request, in the log and on error pages.
    pub(crate) RequestId
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
