//! Every kind of mistake with its exact line, and the settings of a configuration without mistakes.

mod branding;
mod cors;
mod documents;
mod environment;
mod events;
mod identity_headers;
mod mistakes;
mod person;
mod rules;
mod secrets;
mod smtp;
mod templates;
mod warnings;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use super::load::{Config, Flags, Sources, load};

/// A valid configuration, appended to a test's own text.
const RIGHT: &str = r#"
[cpaas]
base_url = "https://cpaas.example.com"
client_id = "PRIV-1"
client_secret = "s3cret-of-project"
[[sites]]
upstream = ["http://127.0.0.1:3000"]
"#;

/// A folder with a configuration file that other users cannot read.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(text: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("portcullis.toml", text, 0o600);
        folder
    }

    fn write(&self, name: &str, text: &str, mode: u32) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The file's text with `{folder}` for this folder.
    fn rewrite(self, text: &str) -> Self {
        self.write("portcullis.toml", &text.replace("{folder}", &self.0.path().display().to_string()), 0o600);
        self
    }

    fn load(&self, variables: &[(&str, &str)], flags: Flags) -> Result<Config, Vec<String>> {
        let here = format!("{}/", self.0.path().display());
        let outcome = load(&Sources::of(Some(&self.path("portcullis.toml")), flags, variables));
        outcome.map_err(|mistakes| mistakes.lines().map(|line| line.replace(&here, "")).collect())
    }

    fn mistakes(&self) -> Vec<String> {
        self.load(&[], Flags::default()).err().unwrap_or_default()
    }
}

/// The mistakes of a whole file.
fn mistakes(text: &str) -> Vec<String> {
    Folder::with(text).mistakes()
}

/// The mistakes of a valid file with `text` in front; its first line is line 1.
fn mistakes_beside(text: &str) -> Vec<String> {
    mistakes(&format!("{text}{RIGHT}"))
}

fn right(text: &str) -> Config {
    Folder::with(&format!("{text}{RIGHT}")).load(&[], Flags::default()).unwrap_or_else(|lines| panic!("{lines:#?}"))
}
