//! The keys in memory. They are derived once; signing and verifying a cookie allocates nothing.
//!
//! Only `ring` is used, which TLS and the key pairs need anyway. Besides it, `argon2` brings its own hash (BLAKE2), and
//! `sqlx` an older SHA-256.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwap;
use ring::hkdf::{self, HKDF_SHA256};
use ring::hmac::{self, HMAC_SHA256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::keys::assertion::{self, AssertionKey, KeyName};
use crate::keys::encryption::{Encrypted, EncryptionFailed, EncryptionKey, EncryptionPurpose};
use crate::keys::file::{self, KeyError};
use crate::keys::version::{KeyId, KeyVersion};
use crate::platform::clock::Timestamp;
use crate::platform::private_file::PrivateFileError;
use crate::platform::random::Random;

/// Where the keys are stored.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The key file; created (0600) at the first start.
    pub file: PathBuf,
}

/// The label of marks in key derivation.
const MARK_LABEL: &[u8] = b"portcullis key mark";

/// The length of a mark, for HKDF.
struct MarkLength;

impl hkdf::KeyType for MarkLength {
    fn len(&self) -> usize {
        size_of::<KeyMark>()
    }
}

/// The use of a derived key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    /// The session cookie.
    SessionCookie,
    /// The cookie of a sign-in in progress.
    SignInCookie,
    /// The cookie of a browser in which someone has signed in before.
    DeviceCookie,
    /// The token in our forms.
    FormToken,
    /// The bucket that counts failures for names without an account.
    CounterName,
    /// Keys of counters that would otherwise identify a person: numbers, addresses, client networks.
    CounterKey,
    /// The one-time codes that we generate, as stored.
    Code,
    /// The one-time token that hands a session over to another host.
    HandOver,
    /// Recognises concurrent checks of the same password. Never leaves the process.
    PasswordCheck,
    /// The chain of the audit trail.
    AuditChain,
}

/// An HMAC-SHA256 value (RFC 2104).
pub(crate) type Tag = [u8; 32];

/// Names a key version by what only its key gives. Numbers begin again when a key file was lost; marks do not.
pub(crate) type KeyMark = [u8; 8];

/// What a value and the mark of its key are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkedVerdict {
    /// The key with this mark made it.
    Right,
    /// It did not.
    Wrong,
    /// There is no key with this mark.
    UnknownKey,
}

/// All key versions. The newest one signs.
pub struct KeyRing {
    file: PathBuf,
    versions: ArcSwap<Vec<Derived>>,
}

struct Derived {
    id: KeyId,
    macs: [hmac::Key; Purpose::ALL.len()],
    factors: EncryptionKey,
    challenges: EncryptionKey,
    assertion: AssertionKey,
    mark: KeyMark,
}

impl Purpose {
    const ALL: [Self; 10] = [
        Self::SessionCookie,
        Self::SignInCookie,
        Self::DeviceCookie,
        Self::FormToken,
        Self::CounterName,
        Self::CounterKey,
        Self::Code,
        Self::HandOver,
        Self::PasswordCheck,
        Self::AuditChain,
    ];

    /// The label for key derivation. Changing one invalidates everything signed for that purpose.
    const fn label(self) -> &'static [u8] {
        match self {
            Self::SessionCookie => b"portcullis session cookie",
            Self::SignInCookie => b"portcullis sign-in cookie",
            Self::DeviceCookie => b"portcullis device cookie",
            Self::FormToken => b"portcullis form token",
            Self::CounterName => b"portcullis counter name",
            Self::CounterKey => b"portcullis counter key",
            Self::Code => b"portcullis one-time code",
            Self::HandOver => b"portcullis hand-over",
            Self::PasswordCheck => b"portcullis password check",
            Self::AuditChain => b"portcullis audit chain",
        }
    }
}

impl KeyRing {
    /// Reads the key file, or creates one if it does not exist.
    pub fn open_or_create(settings: &Settings, now: Timestamp, random: &mut Random) -> Result<Self, KeyError> {
        Self::create_if_missing(settings, now, random)?;
        Self::open(settings)
    }

    /// Reads the key file, which has to exist: for whoever verifies what earlier keys made.
    pub(crate) fn open(settings: &Settings) -> Result<Self, KeyError> {
        let versions = derive_all(&file::read(&settings.file)?)?;
        Ok(Self { file: settings.file.clone(), versions: ArcSwap::from_pointee(versions) })
    }

    /// Creates the file unless one is there; whether it did. Another process may create it at the same moment.
    pub(crate) fn create_if_missing(
        settings: &Settings,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<bool, KeyError> {
        let missing = std::fs::symlink_metadata(&settings.file).is_err_and(|e| e.kind() == ErrorKind::NotFound);
        if !missing {
            return Ok(false);
        }
        match file::create(&settings.file, now, random) {
            Ok(()) => Ok(true),
            Err(KeyError::File(PrivateFileError::Io { source, .. })) if source.kind() == ErrorKind::AlreadyExists => {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Keys that no file has and that end with the process: for a trial before there is an installation.
    pub(crate) fn of_this_process(now: Timestamp, random: &mut Random) -> Result<Self, KeyError> {
        let versions = derive_all(&[file::draw(KeyId::new(1), now, random)?])?;
        Ok(Self { file: PathBuf::new(), versions: ArcSwap::from_pointee(versions) })
    }

    /// Reads the file again: an added version signs, and removed ones no longer verify. On error the keys stay as they
    /// are.
    pub(crate) fn reload(&self) -> Result<(), KeyError> {
        self.versions.store(Arc::new(derive_all(&file::read(&self.file)?)?));
        Ok(())
    }

    /// Adds a version to the file, which signs after the next reload.
    pub(crate) fn rotate(settings: &Settings, now: Timestamp, random: &mut Random) -> Result<KeyId, KeyError> {
        file::rotate(&settings.file, now, random)
    }

    /// Removes an old version from the file.
    pub(crate) fn remove(settings: &Settings, id: KeyId) -> Result<(), KeyError> {
        file::remove(&settings.file, id)
    }

    /// Returns the versions in the file, newest last.
    pub(crate) fn list(settings: &Settings) -> Result<Vec<KeyVersion>, KeyError> {
        file::read(&settings.file)
    }

    /// Signs the version's number and `parts`, concatenated, with the newest version. Callers pass parts of fixed
    /// width, or a single variable part at the end, so that two different lists of parts never give the same input.
    pub(crate) fn sign(&self, purpose: Purpose, parts: &[&[u8]]) -> (KeyId, Tag) {
        let versions = self.versions.load();
        // `derive_all` is never given an empty list. If it were, this unsigned value would verify nowhere.
        versions
            .last()
            .map_or((KeyId::new(0), [0; 32]), |version| (version.id, version.tag(purpose, parts).unwrap_or([0; 32])))
    }

    /// Whether this version made `tag` for these parts, in constant time. False for an unknown version.
    pub(crate) fn verify(&self, purpose: Purpose, key: KeyId, parts: &[&[u8]], tag: &[u8]) -> bool {
        let versions = self.versions.load();
        let made = versions.iter().find(|version| version.id == key).and_then(|version| version.tag(purpose, parts));
        made.is_some_and(|made| made.ct_eq(tag).into())
    }

    /// Encrypts with the newest version. `bound_to` is what the plain text belongs to: it cannot be read as belonging to
    /// anything else. Callers pass parts of fixed width, or a single variable part at the end.
    pub(crate) fn encrypt(
        &self,
        purpose: EncryptionPurpose,
        bound_to: &[&[u8]],
        plain: &[u8],
        random: &mut Random,
    ) -> Result<Encrypted, EncryptionFailed> {
        let versions = self.versions.load();
        let version = versions.last().ok_or(EncryptionFailed::Cipher)?;
        let bytes = version.cipher(purpose).encrypt(&bound_to.concat(), plain, random)?;
        Ok(Encrypted { key: version.id.number(), bytes })
    }

    /// What was encrypted. `None` if the version is gone, or if it was encrypted for something else or changed since.
    pub(crate) fn decrypt(
        &self,
        purpose: EncryptionPurpose,
        bound_to: &[&[u8]],
        encrypted: &Encrypted,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let versions = self.versions.load();
        let version = versions.iter().find(|version| version.id.number() == encrypted.key)?;
        version.cipher(purpose).decrypt(&bound_to.concat(), &encrypted.bytes)
    }

    /// The version that signs and encrypts now.
    pub(crate) fn newest(&self) -> KeyId {
        self.versions.load().last().map_or(KeyId::new(0), |version| version.id)
    }

    /// As [`Self::sign`], with the mark of the version instead of its number.
    pub(crate) fn sign_marked(&self, purpose: Purpose, parts: &[&[u8]]) -> (KeyMark, Tag) {
        let versions = self.versions.load();
        // As in `sign`: no key has this mark.
        let none = ([0; 8], [0; 32]);
        versions.last().map_or(none, |version| (version.mark, version.tag(purpose, parts).unwrap_or([0; 32])))
    }

    /// Whether the version with this mark made `tag` for these parts, in constant time.
    pub(crate) fn verify_marked(&self, purpose: Purpose, mark: KeyMark, parts: &[&[u8]], tag: &Tag) -> MarkedVerdict {
        let versions = self.versions.load();
        let Some(version) = versions.iter().find(|version| version.mark == mark) else {
            return MarkedVerdict::UnknownKey;
        };
        match version.tag(purpose, parts) {
            Some(made) if bool::from(made.ct_eq(tag)) => MarkedVerdict::Right,
            Some(_) | None => MarkedVerdict::Wrong,
        }
    }

    /// Signs claims with the key pair of the newest version. `None` only without a version, which the key file never
    /// lacks.
    pub(crate) fn sign_assertion(&self, claims: &serde_json::Value) -> Option<(KeyName, String)> {
        let versions = self.versions.load();
        versions.last().map(|version| (version.assertion.name().clone(), version.assertion.sign(claims)))
    }

    /// Whether the key pair with this name is the one that signs now.
    pub(crate) fn signs_assertions(&self, name: &KeyName) -> bool {
        self.versions.load().last().is_some_and(|version| version.assertion.name() == name)
    }

    /// The public keys of all versions as a JSON Web Key Set (RFC 7517 §5), with the signing one first.
    pub(crate) fn public_keys(&self) -> String {
        let versions = self.versions.load();
        let keys: Vec<_> = versions.iter().rev().map(|version| version.assertion.public()).collect();
        serde_json::json!({ "keys": keys }).to_string()
    }
}

impl Derived {
    const fn cipher(&self, purpose: EncryptionPurpose) -> &EncryptionKey {
        match purpose {
            EncryptionPurpose::Factor => &self.factors,
            EncryptionPurpose::Challenge => &self.challenges,
        }
    }

    fn tag(&self, purpose: Purpose, parts: &[&[u8]]) -> Option<Tag> {
        // The key is already absorbed, which saves two SHA-256 blocks for every request.
        let mut mac = hmac::Context::with_key(self.macs.get(purpose as usize)?);
        mac.update(&[self.id.number()]);
        for part in parts {
            mac.update(part);
        }
        mac.sign().as_ref().try_into().ok()
    }
}

/// Derives all keys with HKDF-SHA256 (RFC 5869), with the purpose as `info`.
fn derive_all(versions: &[KeyVersion]) -> Result<Vec<Derived>, KeyError> {
    versions.iter().map(derive).collect()
}

fn derive(version: &KeyVersion) -> Result<Derived, KeyError> {
    let master = hkdf::Salt::new(HKDF_SHA256, b"portcullis keys 1").extract(version.secret.expose());
    let mac = |purpose: Purpose| Some(hmac::Key::from(master.expand(&[purpose.label()], HMAC_SHA256).ok()?));
    let macs: Option<Vec<_>> = Purpose::ALL.into_iter().map(mac).collect();
    let macs = macs.and_then(|macs| macs.try_into().ok());
    let cipher = |purpose: EncryptionPurpose| {
        let mut key = Zeroizing::new([0_u8; 32]);
        master.expand(&[purpose.label()], HKDF_SHA256).and_then(|okm| okm.fill(key.as_mut_slice())).ok()?;
        EncryptionKey::new(&key)
    };
    let factors = cipher(EncryptionPurpose::Factor);
    let challenges = cipher(EncryptionPurpose::Challenge);
    let mut seed = Zeroizing::new([0_u8; 32]);
    let grown = master.expand(&[assertion::LABEL], HKDF_SHA256).and_then(|okm| okm.fill(seed.as_mut_slice())).ok();
    let assertion = grown.and_then(|()| AssertionKey::grow(seed.as_slice()));
    let mut mark = KeyMark::default();
    let marked = master.expand(&[MARK_LABEL], MarkLength).and_then(|okm| okm.fill(&mut mark)).is_ok();
    match (macs, factors, challenges, assertion) {
        (Some(macs), Some(factors), Some(challenges), Some(assertion)) if marked => {
            Ok(Derived { id: version.id, macs, factors, challenges, assertion, mark })
        }
        (_, _, _, _) => Err(KeyError::Derivation(version.id.number())),
    }
}

#[cfg(test)]
mod tests;
