//! An operator's first hour, from an empty folder on, with the real binary and the documents in hand.

mod certificates;
mod documented_order;
mod edited_accounts;
mod from_environment;
mod hashing_memory;
mod image;
mod introduction;
mod lists;
mod looking_up;
mod mail_names;
mod mail_only;
mod mailbox;
mod mistakes;
mod near_misses;
mod online_check;
mod said_once;
mod silent_sites;
mod telling_passwords;
mod where_the_file_is;

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::gateway::set_mode;
use crate::process::{BINARY, Process, command, finish, text};

/// What the README's example says, with a site of this machine.
pub const EXAMPLE: &str = r#"
[server]
listen = ["127.0.0.1:0"]

[store]
url = "sqlite://var/lib/portcullis/portcullis.db"

[cpaas]
base_url = "https://oauth-cpaas.example.com"
client_id = "PRIV-1"
client_secret_file = "cpaas.secret"

[[sites]]
host = "app.localhost"
upstream = ["http://127.0.0.1:3000"]
"#;

/// A folder in which the operator works; every command runs there, with an empty environment.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// `config/portcullis.toml` and the secret that it names.
    pub fn with(config: &str) -> Self {
        let folder = Self::empty();
        folder.write("cpaas.secret", "canary-client-secret\n");
        folder.write("config/portcullis.toml", config);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn dir(&self) -> &Path {
        self.0.path()
    }

    /// A file for its owner only.
    pub fn write(&self, name: &str, content: &str) {
        let file = self.path(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, content).unwrap();
        set_mode(&file, 0o600);
    }

    pub fn mode(&self, name: &str) -> u32 {
        std::fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o7777
    }

    pub async fn run(&self, arguments: &[&str], typed: &str) -> Output {
        self.run_with(arguments, &[], typed).await
    }

    pub async fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)], typed: &str) -> Output {
        finish(command(BINARY, arguments, environment).current_dir(self.dir()), typed).await
    }

    /// What a command says that succeeds.
    pub async fn done(&self, arguments: &[&str], typed: &str) -> String {
        let output = self.run(arguments, typed).await;
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output));
        text(&output)
    }

    /// The exit status and what a command says.
    pub async fn said(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(arguments, "").await;
        (output.status.code(), text(&output))
    }

    pub fn serve(&self) -> Process {
        Process::start(&["serve"], &[], self.dir())
    }
}
