//! A folder in which the commands of a document are carried out, line by line, as a reader types them.
//!
//! Differences from what a reader has: passwords come from a pipe instead of a prompt, examples of addresses become free
//! ones, folders of the machine become this folder, and `…` in a secret becomes letters.

use std::net::SocketAddr;
use std::path::Path;

use super::configurations::{at_home, folder};
use crate::backend::Backend;
use crate::first_hour::Folder;
use crate::gateway::set_mode;
use crate::process::{BINARY, Process, command, finish, text};
use crate::wire::free_address;

/// Before each line the variables of the earlier ones, behind it those of this one.
const LINE: &str = "set -ea\n[ ! -f .variables ] || . ./.variables\n";

/// What is typed where a command asks for a password.
pub const PASSWORD: &str = "nine quiet bridges";

/// The answer to a prompt for a password, and to the question before an account is removed.
const PROGRAM: &str = "#!/bin/sh
case \"$1 $2\" in
'user add' | 'user password') printf 'PASSWORD\\n' | exec BINARY \"$@\" --password-stdin ;;
'user remove') exec BINARY \"$@\" --yes ;;
*) exec BINARY \"$@\" ;;
esac
";

pub struct Shell {
    pub folder: Folder,
    /// What the examples call 127.0.0.1:8080, 127.0.0.1:8090 and 127.0.0.1:3000.
    gateway: SocketAddr,
    pub sandbox: SocketAddr,
    app: Backend,
    /// Programs that were started, the last one last; they end with the folder.
    running: Vec<Process>,
}

impl Shell {
    pub async fn open() -> Self {
        let folder = folder();
        folder.write("bin/portcullis", &PROGRAM.replace("BINARY", BINARY).replace("PASSWORD", PASSWORD));
        set_mode(&folder.path("bin/portcullis"), 0o700);
        // What the chapter on a local network makes is not there yet.
        for name in ["home.pem", "home.key"] {
            std::fs::remove_file(folder.path(name)).expect("a file of the folder");
        }
        let app = Backend::start().await;
        Self { folder, gateway: free_address(), sandbox: free_address(), app, running: Vec::new() }
    }

    /// What a reader writes into the configuration file.
    pub fn write_configuration(&self, toml: &str) {
        self.folder.write("config/portcullis.toml", &self.here(toml));
    }

    /// The variables of one block of commands are not those of the next one.
    pub fn new_block(&self) {
        let _ = std::fs::remove_file(self.folder.path(".variables"));
    }

    fn here(&self, line: &str) -> String {
        let line = line.replace("127.0.0.1:8080", &self.gateway.to_string());
        let line = line.replace("127.0.0.1:8090", &self.sandbox.to_string());
        let line = line.replace("127.0.0.1:3000", &self.app.address.to_string());
        at_home(&line, self.folder.dir()).replace('…', "0a1b2c3d4e")
    }

    fn script(&self, script: &str) -> tokio::process::Command {
        let path = format!("{}:/usr/sbin:/usr/bin:/sbin:/bin", self.folder.path("bin").display());
        let home = self.folder.dir().to_str().expect("a path of plain text").to_owned();
        let mut command = command("sh", &["-c", script], &[("PATH", &path), ("HOME", &home)]);
        command.current_dir(self.folder.dir());
        command
    }

    /// Carries a line out; gives what it says. It must succeed.
    pub async fn run(&self, line: &str) -> String {
        let script = format!("{LINE}{}\nexport -p > .variables\n", self.here(line));
        let output = finish(&mut self.script(&script), "").await;
        assert_eq!(output.status.code(), Some(0), "{line}\n{}", text(&output));
        text(&output)
    }

    /// Starts what runs until it is ended, and waits until it listens.
    pub async fn start(&mut self, line: &str) -> SocketAddr {
        // Where the line names no port, a free one: the usual ones may be taken.
        let free = match line.split_whitespace().nth(1) {
            Some("demo") if !line.contains("--listen") => "--listen 127.0.0.1:0".to_owned(),
            Some("sandbox") if !line.contains("--listen") => format!("--listen {}", self.sandbox),
            _ => String::new(),
        };
        let script = format!(
            "{LINE}PORTCULLIS_SERVER__LISTEN=${{PORTCULLIS_SERVER__LISTEN:-{}}}\nexec {} {free}\n",
            self.gateway,
            self.here(line)
        );
        let mut process = Process::spawn(&mut self.script(&script));
        let address = process.listening().await;
        self.running.push(process);
        address
    }

    /// Ends what was started last.
    pub async fn stop(&mut self) {
        if let Some(mut process) = self.running.pop() {
            process.terminate().await;
            process.status().await;
        }
    }

    pub fn has(&self, file: &str) -> bool {
        Path::new(&self.folder.path(file)).exists()
    }
}
