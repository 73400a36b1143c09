//! Access tokens of scripts, in their one written form.
//!
//! `portcullis_` and 64 characters of base64url: 16 bytes that identify the token and 32 secret bytes. The prefix lets
//! secret scanners find tokens in repositories and logs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::domain::identifier::TokenId;
use crate::platform::random::{EntropyUnavailable, Random};
use crate::platform::secret::SecretString;

/// The prefix of every token.
pub(crate) const PREFIX: &str = "portcullis_";

const SECRET: usize = 32;
const WHOLE: usize = 16 + SECRET;

/// A multiple of three bytes: base64url has no spare bits, so every token has one spelling.
const WRITTEN: usize = WHOLE / 3 * 4;

/// A token as presented by a client. Wiped when dropped; has no `Debug`.
pub(crate) struct AccessToken {
    id: TokenId,
    secret: Zeroizing<[u8; SECRET]>,
}

impl AccessToken {
    /// A new random token.
    pub(crate) fn draw(id: TokenId, random: &mut Random) -> Result<Self, EntropyUnavailable> {
        Ok(Self { id, secret: Zeroizing::new(random.bytes()?) })
    }

    /// Parses the written form: one length, one alphabet, nothing around it.
    pub(crate) fn read(written: &[u8]) -> Option<Self> {
        let text = written.strip_prefix(PREFIX.as_bytes())?;
        let mut bytes = Zeroizing::new([0_u8; WHOLE]);
        if text.len() != WRITTEN || URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()).ok()? != WHOLE {
            return None;
        }
        let (id, secret) = bytes.split_first_chunk::<16>()?;
        Some(Self { id: TokenId::from_bytes(*id), secret: Zeroizing::new(secret.try_into().ok()?) })
    }

    /// The id of the token.
    pub(crate) const fn id(&self) -> TokenId {
        self.id
    }

    /// The secret of the token.
    pub(crate) fn secret(&self) -> &[u8] {
        self.secret.as_slice()
    }

    /// The written form, to be shown once.
    pub(crate) fn written(&self) -> SecretString {
        let mut bytes = Zeroizing::new([0_u8; WHOLE]);
        let (id, secret) = bytes.split_at_mut(16);
        id.copy_from_slice(self.id.as_bytes());
        secret.copy_from_slice(self.secret());
        // Full capacity at once: growing would leave copies behind that are not wiped.
        let mut text = String::with_capacity(PREFIX.len() + WRITTEN);
        text.push_str(PREFIX);
        URL_SAFE_NO_PAD.encode_string(bytes.as_slice(), &mut text);
        SecretString::from(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::secret::ExposeSecret as _;

    #[test]
    fn a_token_has_one_spelling_of_one_length() {
        let mut random = Random::system();
        let token = AccessToken::draw(TokenId::from_bytes([0xfb; 16]), &mut random).unwrap();
        let written = token.written();
        let text = written.expose_secret();
        assert_eq!(text.len(), PREFIX.len() + 64);
        let read = AccessToken::read(text.as_bytes()).unwrap();
        assert!(read.id() == token.id() && read.secret() == token.secret());
        let standard = text.replace('-', "+");
        assert_ne!(&standard, text, "the identifier has a `-` in base64url");
        for other in [
            standard,
            format!("{text}="),
            format!("{text}A"),
            format!(" {text}"),
            text.to_uppercase(),
            text[..text.len() - 1].to_owned(),
            text[..text.len() - 4].to_owned(),
            text.replace("portcullis_", ""),
            text.replace("portcullis_", "portcullis-"),
            PREFIX.to_owned(),
            String::new(),
        ] {
            assert!(AccessToken::read(other.as_bytes()).is_none(), "{other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_the_reader_fail(bytes in proptest::collection::vec(0_u8.., 0..100)) {
            let letters = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            let is_one = bytes.len() == 64 && bytes.iter().all(letters);
            proptest::prop_assert_eq!(AccessToken::read(&[PREFIX.as_bytes(), &bytes].concat()).is_some(), is_one);
        }
    }
}
