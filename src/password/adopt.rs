//! Decides whether a hash from another program's file may be stored.

use super::foreign::{self, HashFault, Strength};
use super::hash::{self, PasswordHash};

/// Whether hashes that are fast to guess may be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WeakHashes {
    /// They are not.
    Refuse,
    /// They are, until the next sign-in.
    Allow,
}

/// Why a text is not stored as a hash. `Display` never shows the text, which may be a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UnusableHash {
    /// There is none.
    #[error("it has no password")]
    Missing,
    /// A mark that `passwd -l` and its like write.
    #[error("its password is locked")]
    Locked,
    /// The scheme is not known, or it is not a hash.
    #[error("{0}")]
    Unknown(&'static str),
    /// The scheme is known and fast to guess.
    #[error("{0} is fast to guess; --allow-weak-hashes keeps such hashes until the next sign-in")]
    Weak(&'static str),
    /// The hash is cut or garbled.
    #[error("the {0} hash is damaged")]
    Damaged(&'static str),
    /// Checking one password would take too long.
    #[error("{0}")]
    TooCostly(String),
}

/// Marks for accounts whose password never matches.
const MARKS: [&str; 7] = ["x", "*", "NP", "*NP*", "LK", "*LK*", "(null)"];

/// Longer than any hash that is known here.
const LONGEST: usize = 1024;

/// Prefixes that say which scheme follows, which the hash itself says as well. Letter case does not matter.
const WRAPPERS: [&str; 10] = [
    "{CRYPT}",
    "{ARGON2}",
    "{ARGON2ID}",
    "{ARGON2I}",
    "{BCRYPT}",
    "{BLF-CRYPT}",
    "{SHA512-CRYPT}",
    "{SHA256-CRYPT}",
    "{MD5-CRYPT}",
    "{SCRYPT}",
];

/// LDAP's names of PBKDF2, and the prefix that the same hash has elsewhere.
const PBKDF2: [(&str, &str); 6] = [
    ("{PBKDF2}", "$pbkdf2$"),
    ("{PBKDF2-SHA1}", "$pbkdf2-sha1$"),
    ("{PBKDF2-SHA224}", "$pbkdf2-sha224$"),
    ("{PBKDF2-SHA256}", "$pbkdf2-sha256$"),
    ("{PBKDF2-SHA384}", "$pbkdf2-sha384$"),
    ("{PBKDF2-SHA512}", "$pbkdf2-sha512$"),
];

/// Reads a hash as another program wrote it. What is returned can be checked within the bounds.
pub(crate) fn adopt_hash(written: &str, weak: WeakHashes) -> Result<PasswordHash, UnusableHash> {
    let text = plain(written.trim());
    if text.is_empty() {
        return Err(UnusableHash::Missing);
    }
    if text.starts_with('!') || MARKS.contains(&text.as_str()) || text.starts_with("*LOCK") {
        return Err(UnusableHash::Locked);
    }
    if text.len() > LONGEST || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(UnusableHash::Unknown("this is not a password hash"));
    }
    match foreign::parse(&text) {
        Some(Ok(hash)) if hash.strength() == Strength::Fast && weak == WeakHashes::Refuse => {
            Err(UnusableHash::Weak(hash.name()))
        }
        Some(Ok(_)) => Ok(PasswordHash::from_stored(text)),
        Some(Err(HashFault::Damaged(name))) => Err(UnusableHash::Damaged(name)),
        Some(Err(HashFault::TooCostly(what))) => Err(UnusableHash::TooCostly(what)),
        Some(Err(HashFault::Unsupported(why))) => Err(UnusableHash::Unknown(why)),
        None if text.starts_with("$argon2") => argon2(text),
        None => Err(UnusableHash::Unknown(unknown(&text))),
    }
}

fn argon2(text: String) -> Result<PasswordHash, UnusableHash> {
    let hash = PasswordHash::from_stored(text);
    match hash::bearable(&hash) {
        Some(true) => Ok(hash),
        Some(false) => Err(UnusableHash::TooCostly(hash::BOUND.to_owned())),
        None => Err(UnusableHash::Damaged("argon2")),
    }
}

/// Without what wraps a hash in files of other programs.
fn plain(text: &str) -> String {
    let rest = WRAPPERS.iter().find_map(|wrapper| after(text, wrapper)).unwrap_or(text);
    // go-authcrunch writes `bcrypt:10:$2a$10$…`.
    let rest = match rest.strip_prefix("bcrypt:").and_then(|rest| rest.split_once(':')) {
        Some((_, hash)) => hash,
        None => rest,
    };
    for (name, prefix) in PBKDF2 {
        if let Some(fields) = after(rest, name) {
            return format!("{prefix}{fields}");
        }
    }
    // No hash begins with two dollars: Docker Compose wants each of them doubled in its files.
    if rest.starts_with("$$") { rest.replace("$$", "$") } else { rest.to_owned() }
}

fn after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// What a text is that no scheme here knows.
fn unknown(text: &str) -> &'static str {
    let is_crypt = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/');
    match text {
        _ if text.starts_with("$y$") => "yescrypt is not supported",
        _ if text.starts_with("$gy$") => "gost-yescrypt is not supported",
        _ if text.starts_with("$7$") => "this form of scrypt is not supported",
        _ if text.starts_with("{PBKDF2_SHA256}") => "PBKDF2 of 389 Directory Server is not supported",
        _ if text.starts_with('$') || text.starts_with('{') => "the scheme of its hash is not supported",
        _ if text.len() == 13 && text.bytes().all(is_crypt) => "DES crypt, which keeps 8 characters, is not supported",
        _ if text.len() == 20 && text.starts_with('_') => "DES crypt is not supported",
        _ => "this is not a password hash",
    }
}
