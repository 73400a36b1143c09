//! The key file: one line for each version, newest last.
//!
//! ```text
//! portcullis-keys 1
//! 1 2026-11-23T05:34:12.000Z q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA
//! ```
//!
//! The fields are the version's number (1 to 255), its creation time, and 32 random bytes in base64url.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::keys::version::{KeyId, KeyVersion};
use crate::platform::clock::Timestamp;
use crate::platform::private_file::{self, PrivateFileError};
use crate::platform::random::{EntropyUnavailable, Random};
use crate::platform::secret::SecretBytes;

const HEADING: &str = "portcullis-keys 1";

/// Key length in bytes: the output of SHA-256, the strength of its HMAC (RFC 2104 §3).
const KEY_LENGTH: usize = 32;

/// Why the keys could not be read or changed. The gateway does not start, or keeps the keys that it has.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file is missing, unreadable or not private.
    #[error("the key file cannot be used: {0}")]
    File(#[from] PrivateFileError),
    /// A line is malformed.
    #[error("the key file {path} is broken in line {line}: {what}", path = .path.display())]
    Line {
        /// The key file.
        path: PathBuf,
        /// The line number, starting at 1.
        line: usize,
        /// What is wrong with the line.
        what: &'static str,
    },
    /// The version does not exist, or is the newest one, which signs.
    #[error("there is no key version {0} to remove, or it is the one that signs")]
    NotRemovable(u8),
    /// All 255 version numbers are in use.
    #[error("all 255 key versions are in use; remove old ones first")]
    Full,
    /// HKDF gave no key of the right length.
    #[error("no keys can be derived from key version {0}")]
    Derivation(u8),
    /// No random bytes are available.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
}

/// Reads the file; the newest version is last.
pub(super) fn read(path: &Path) -> Result<Vec<KeyVersion>, KeyError> {
    let bytes = Zeroizing::new(private_file::read(path)?);
    let broken = |line: usize, what: &'static str| KeyError::Line { path: path.to_owned(), line, what };
    let text = std::str::from_utf8(&bytes).map_err(|_| broken(1, "it is not text"))?;
    let mut lines = text.lines().enumerate();
    if lines.next().map(|(_, line)| line.trim()) != Some(HEADING) {
        return Err(broken(1, "it does not start with `portcullis-keys 1`"));
    }
    let mut versions: Vec<KeyVersion> = Vec::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        let version = read_line(line).map_err(|what| broken(index + 1, what))?;
        if versions.iter().any(|known| known.id == version.id) {
            return Err(broken(index + 1, "its number stands in the file twice"));
        }
        if versions.iter().any(|known| known.secret.expose() == version.secret.expose()) {
            return Err(broken(index + 1, "its key stands in the file twice"));
        }
        versions.push(version);
    }
    if versions.is_empty() {
        return Err(broken(2, "there is no key"));
    }
    Ok(versions)
}

fn read_line(line: &str) -> Result<KeyVersion, &'static str> {
    let mut fields = line.split_ascii_whitespace();
    let (Some(id), Some(created), Some(secret), None) = (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err("a line has three fields: number, time, key");
    };
    let id = id.parse::<u8>().ok().filter(|id| *id > 0).ok_or("the number is not between 1 and 255")?;
    let secret = URL_SAFE_NO_PAD.decode(secret).map_err(|_| "the key is not base64url")?;
    if secret.len() != KEY_LENGTH {
        return Err("the key does not have 32 bytes");
    }
    if distinct_bytes(&secret) < 12 {
        return Err("the key is not random: it repeats a few bytes");
    }
    Ok(KeyVersion { id: KeyId::new(id), created: created.to_owned(), secret: SecretBytes::new(secret) })
}

/// The number of different bytes. 32 random bytes have about 30; fewer than 12 happens by chance less than once in
/// 10^20 keys, but always for keys made of `0`s or of a word.
fn distinct_bytes(secret: &[u8]) -> usize {
    let mut seen = [false; 256];
    secret.iter().filter(|byte| seen.get_mut(usize::from(**byte)).is_some_and(|s| !std::mem::replace(s, true))).count()
}

/// Creates the file with one version.
pub(super) fn create(path: &Path, now: Timestamp, random: &mut Random) -> Result<(), KeyError> {
    private_file::create_parent(path)?;
    let first = draw(KeyId::new(1), now, random)?;
    Ok(private_file::create(path, written(&[first]).as_bytes())?)
}

/// Adds a version, which signs from now on.
pub(super) fn rotate(path: &Path, now: Timestamp, random: &mut Random) -> Result<KeyId, KeyError> {
    let mut versions = read(path)?;
    let newest = versions.last().map_or(0, |version| version.id.number());
    let free = (1..=255_u8)
        .map(|step| newest.wrapping_add(step))
        .find(|id| *id > 0 && !versions.iter().any(|v| v.id.number() == *id));
    let id = KeyId::new(free.ok_or(KeyError::Full)?);
    versions.push(draw(id, now, random)?);
    private_file::replace(path, written(&versions).as_bytes())?;
    Ok(id)
}

/// Removes an old version. What it signed is refused from now on.
pub(super) fn remove(path: &Path, id: KeyId) -> Result<(), KeyError> {
    let mut versions = read(path)?;
    let signs = versions.last().is_some_and(|version| version.id == id);
    if signs || !versions.iter().any(|version| version.id == id) {
        return Err(KeyError::NotRemovable(id.number()));
    }
    versions.retain(|version| version.id != id);
    Ok(private_file::replace(path, written(&versions).as_bytes())?)
}

pub(super) fn draw(id: KeyId, now: Timestamp, random: &mut Random) -> Result<KeyVersion, KeyError> {
    let secret = random.bytes::<KEY_LENGTH>()?.to_vec();
    Ok(KeyVersion { id, created: now.to_string(), secret: SecretBytes::new(secret) })
}

fn written(versions: &[KeyVersion]) -> Zeroizing<String> {
    let lines = versions.iter().map(|version| {
        format!("{} {} {}\n", version.id.number(), version.created, URL_SAFE_NO_PAD.encode(version.secret.expose()))
    });
    Zeroizing::new(format!("{HEADING}\n{}", lines.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, content: &str) -> PathBuf {
        let path = folder.join("keys");
        let _ = std::fs::remove_file(&path);
        private_file::create(&path, content.as_bytes()).unwrap();
        path
    }

    #[test]
    fn a_rotated_file_signs_with_the_new_version_and_keeps_the_old() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/keys");
        create(&path, Timestamp::from_millis(0), &mut Random::system()).unwrap();
        let second = rotate(&path, Timestamp::from_millis(1), &mut Random::system()).unwrap();
        let numbers: Vec<u8> = read(&path).unwrap().iter().map(|version| version.id.number()).collect();
        assert_eq!(numbers, [1, 2]);
        assert!(matches!(remove(&path, second), Err(KeyError::NotRemovable(2))), "the signing version stays");
        remove(&path, KeyId::new(1)).unwrap();
        assert_eq!(read(&path).unwrap().len(), 1);
    }

    #[test]
    fn weak_duplicate_or_broken_keys_are_refused_with_their_line() {
        let folder = tempfile::tempdir().unwrap();
        let good = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";
        let zeros = URL_SAFE_NO_PAD.encode([0; 32]);
        for (content, what) in [
            ("keys".to_owned(), "line 1"),
            (HEADING.to_owned(), "no key"),
            (format!("{HEADING}\n1 t {zeros}"), "not random"),
            (format!("{HEADING}\n0 t {good}"), "between 1 and 255"),
            (format!("{HEADING}\n1 t shorter8"), "32 bytes"),
            (format!("{HEADING}\n1 t {good}="), "base64url"),
            (format!("{HEADING}\n1 t {good}\n1 t {good}"), "line 3"),
            (format!("{HEADING}\n1 t {good}\n2 t {good}"), "key stands in the file twice"),
            (format!("{HEADING}\n1 {good}"), "three fields"),
        ] {
            let error = read(&write(folder.path(), &content)).unwrap_err().to_string();
            assert!(error.contains(what), "{error} should say {what}");
            assert!(!error.contains(good), "an error never shows a key");
        }
    }
}
