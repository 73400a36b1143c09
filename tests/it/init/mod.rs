//! `portcullis init`: from nothing to a gateway that people sign in to.

mod conversation;
mod interrupted;
mod quoted_commands;
mod second_time;
mod two_at_once;
mod with_options;
mod written_whole;

use std::net::SocketAddr;
use std::path::Path;

use crate::backend::{Backend, WELCOME};
use crate::first_hour::Folder;
use crate::gateway::{CLIENT_ID, CLIENT_SECRET};
use crate::phone::Phone;
use crate::process::Process;
use crate::response::expect_redirect;
use crate::visitor::{SharedAddress, VERIFY, Visitor};

pub const PASSWORD: &str = "nine quiet bridges";

/// A machine with an app and a CPaaS, and nothing else.
pub struct Machine {
    pub folder: Folder,
    pub app: Backend,
    pub phone: Phone,
    _sandbox: Process,
}

impl Machine {
    pub async fn bare() -> Self {
        let folder = Folder::empty();
        let arguments =
            ["sandbox", "--listen", "127.0.0.1:0", "--client-id", CLIENT_ID, "--client-secret", CLIENT_SECRET];
        let mut sandbox = Process::start(&arguments, &[], folder.dir());
        let phone = Phone::of(sandbox.listening().await);
        Self { folder, app: Backend::start().await, phone, _sandbox: sandbox }
    }

    pub fn upstream(&self) -> String {
        format!("http://{}", self.app.address)
    }

    pub fn cpaas(&self) -> String {
        format!("http://{}", self.phone.address)
    }

    pub fn config(&self) -> String {
        self.folder.path("gate/portcullis.toml").to_str().unwrap().to_owned()
    }

    /// The names in the folder that `init` writes to.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.folder.path("gate"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub fn has_written_nothing(&self) -> bool {
        !self.folder.path("gate").exists()
    }

    /// The gateway with the configuration that was written, and nothing else.
    pub async fn serve(&self) -> (Process, SocketAddr) {
        serve(&self.config(), self.folder.dir()).await
    }
}

pub async fn serve(config: &str, directory: &Path) -> (Process, SocketAddr) {
    let mut process = Process::start(&["serve", "--config", config], &[], directory);
    let address = process.listening().await;
    (process, address)
}

/// Gives name and password to the gateway at this address.
pub async fn gives_password(gateway: SocketAddr, host: &str, name: &str, password: &str) -> Visitor {
    let mut visitor = Visitor::new(&SharedAddress::at(gateway));
    visitor.host = Some(host.to_owned());
    let answer = visitor.password("/", name, password).await;
    expect_redirect(&answer, VERIFY, "the right password leads to the code page");
    visitor.follow(answer).await;
    visitor
}

/// Types the code that came.
pub async fn gets_in(mut visitor: Visitor, code: &str) {
    let answer = visitor.code(code).await;
    expect_redirect(&answer, "/", "the right code leads to the app");
    assert_eq!(visitor.follow(answer).await.text(), WELCOME);
}
