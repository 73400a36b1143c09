//! The key pair that signs identity assertions: Ed25519 (RFC 8032), one for each key version.
//!
//! A protected site verifies the signature with only the public key, so it needs no secret of ours to trust an
//! assertion. The format is a JSON Web Token (RFC 7519, RFC 7515, RFC 8037).
//!
//! It is implemented here because `jsonwebtoken` 11 signs only with aws-lc or the `RustCrypto` crates: it would add a
//! second implementation of Ed25519, next to `ring`, for one algorithm and one header.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::hash::sha256;

/// The label for key derivation. Changing it changes every key that sites have fetched.
pub(super) const LABEL: &[u8] = b"portcullis identity assertion";

/// The key pair of one version.
pub(super) struct AssertionKey {
    pair: Ed25519KeyPair,
    name: KeyName,
}

/// The id of an assertion key (`kid`): the thumbprint of its public key (RFC 7638), so that two keys never have the
/// same id, even if a version number is reused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyName(String);

impl AssertionKey {
    /// Derives the key pair from a seed; `None` unless it has 32 bytes.
    pub(super) fn grow(seed: &[u8]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        let name = KeyName(thumbprint(&written(&pair)));
        Some(Self { pair, name })
    }

    pub(super) const fn name(&self) -> &KeyName {
        &self.name
    }

    /// Header, claims and signature in compact serialization (RFC 7515 §7.1).
    pub(super) fn sign(&self, claims: &Value) -> String {
        let header = json!({ "alg": "EdDSA", "kid": self.name.0, "typ": "JWT" });
        let [header, claims] = [&header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let signed = format!("{header}.{claims}");
        let signature = URL_SAFE_NO_PAD.encode(self.pair.sign(signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    /// The public key as a JSON Web Key (RFC 7517, RFC 8037 §2).
    pub(super) fn public(&self) -> Value {
        let x = written(&self.pair);
        json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": self.name.0, "x": x })
    }
}

fn written(pair: &Ed25519KeyPair) -> String {
    URL_SAFE_NO_PAD.encode(pair.public_key())
}

/// RFC 7638 §3: SHA-256 of the required members in alphabetical order, without whitespace.
fn thumbprint(x: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256(&[format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#).as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8037 appendix A.
    const SEED: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    fn key() -> AssertionKey {
        AssertionKey::grow(&URL_SAFE_NO_PAD.decode(SEED).unwrap()).unwrap()
    }

    #[test]
    fn public_key_and_thumbprint_are_those_of_the_rfc() {
        let public = key().public();
        assert_eq!(public["x"], "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(public["kid"], "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert!(AssertionKey::grow(&[0; 31]).is_none());
    }

    #[test]
    fn the_signature_covers_header_and_claims() {
        let token = key().sign(&json!({ "sub": "ada" }));
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let [public, signature] = [key().public()["x"].as_str().unwrap().to_owned(), signature.to_owned()]
            .map(|text| URL_SAFE_NO_PAD.decode(text).unwrap());
        let public = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, public);
        assert!(public.verify(signed.as_bytes(), &signature).is_ok());
        let other = signed.replace("eyJzdWIiOiJhZGEifQ", "eyJzdWIiOiJldmUifQ");
        assert!(other != signed && public.verify(other.as_bytes(), &signature).is_err());
    }
}
