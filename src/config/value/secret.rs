//! Secrets: by value, or in a separate file. No fault contains a secret.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use super::ConfigValue;
use crate::config::file_mode::readable_by_all;
use crate::config::mistake::{Fault, reason};

/// A secret for another system. Has no `Debug`.
#[derive(Clone)]
pub(in crate::config) struct Secret(pub(in crate::config) SecretString);

/// More than any secret needs: a larger file is the wrong file.
const LARGEST_FILE: u64 = 4096;

/// Shorter ones can be guessed by trying all of them.
const SHORTEST: usize = 6;

/// Placeholders from documentation and examples (ASVS 6.3.2, 13.2.3: no default credentials).
const EXAMPLES: [&str; 10] = [
    "changeme",
    "change-me",
    "change_me",
    "secret",
    "password",
    "example",
    "client_secret",
    "client-secret",
    "your-secret",
    "placeholder",
];

impl ConfigValue for Secret {
    const EXAMPLE: &'static str = "…";

    fn kind() -> String {
        "a secret".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = "write the secret that the other system gave you";
        if text.chars().any(char::is_control) {
            return Err(Fault::new("a secret has no line breaks or control characters", remedy));
        }
        let lower = Zeroizing::new(text.to_lowercase());
        let filler = text.chars().all(|c| matches!(c, 'x' | 'X' | '*' | '.' | '…' | '<' | '>'));
        if !text.is_empty() && (filler || EXAMPLES.contains(&lower.as_str())) {
            return Err(Fault::new("this is an example, not a secret", remedy));
        }
        if text.chars().count() < SHORTEST {
            return Err(Fault::new(format!("a secret has at least {SHORTEST} characters"), remedy));
        }
        Ok(Self(SecretString::from(text)))
    }

    fn text(&self) -> String {
        "(hidden)".to_owned()
    }
}

impl Secret {
    /// Whether the secret is this text. Both come from the same operator, so the comparison need not be constant-time.
    pub(in crate::config) fn is(&self, text: &str) -> bool {
        self.0.expose_secret() == text
    }

    /// Reads a secret from a file: one line, not readable by everybody on this machine. Symbolic links are followed:
    /// Kubernetes mounts secrets as links.
    pub(in crate::config) fn of_file(path: &Path) -> Result<Self, Fault> {
        let shown = path.display();
        let unreadable = |error: std::io::Error| {
            let remedy = format!("write the secret into it and run `chmod 600 {shown}`");
            Fault::new(format!("the file {shown} cannot be read ({})", reason(&error)), remedy)
        };
        // Checked before it is opened: opening a named pipe would wait for a writer.
        let metadata = fs::metadata(path).map_err(unreadable)?;
        if !metadata.is_file() || metadata.len() > LARGEST_FILE {
            return Err(Fault::new(
                format!("{shown} is not the file of a secret"),
                "name a file that contains only the secret",
            ));
        }
        if readable_by_all(&metadata) {
            let what = format!("everybody on this machine can read the file {shown}");
            return Err(Fault::new(what, format!("run `chmod 600 {shown}`")));
        }
        let mut content = Zeroizing::new(String::new());
        File::open(path).and_then(|file| file.take(LARGEST_FILE).read_to_string(&mut content)).map_err(unreadable)?;
        let line = content.strip_suffix('\n').unwrap_or(&content);
        let Fault { what, remedy } = match Self::parse(line.strip_suffix('\r').unwrap_or(line)) {
            Ok(secret) => return Ok(secret),
            Err(fault) => fault,
        };
        Err(Fault::new(format!("the file {shown}: {what}"), remedy))
    }
}
