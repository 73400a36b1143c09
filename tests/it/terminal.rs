//! A person at a terminal: the real binary on a pseudo-terminal, question by question.

use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout};

use crate::process::{BINARY, command};
use crate::sdk::python;
use crate::wire::within;

/// What the terminal says at the end, if it still shows what is typed.
pub const SHOWS: &str = "[the terminal shows what is typed]";

/// What the terminal says as soon as a prompt reads without echo.
const HIDES: &str = "[the terminal hides what is typed]";

/// The terminal of one command.
pub struct Terminal {
    child: Child,
    keyboard: ChildStdin,
    screen: ChildStdout,
    shown: String,
    /// How much of it was read by the person.
    read: usize,
}

impl Terminal {
    pub fn start(arguments: &[&str], directory: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/terminal.py");
        let arguments = [&[script.to_str().unwrap(), BINARY], arguments].concat();
        let mut command = command(python().to_str().unwrap(), &arguments, &[("TERM", "dumb")]);
        command.current_dir(directory).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("python");
        let (keyboard, screen) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        Self { child, keyboard, screen, shown: String::new(), read: 0 }
    }

    /// Reads on until this is shown.
    pub async fn sees(&mut self, mark: &str) {
        within(&format!("{mark:?} on the screen"), async {
            loop {
                if let Some(at) = self.shown[self.read..].find(mark) {
                    self.read += at + mark.len();
                    return;
                }
                assert!(self.more().await, "it ended without {mark:?}:\n{}", self.shown);
            }
        })
        .await;
    }

    /// Waits until the first prompt without echo reads: keys that are typed before mean something else. The terminal may
    /// say so before it shows the prompt.
    pub async fn hides(&mut self) {
        within("a prompt without echo", async {
            while !self.shown.contains(HIDES) {
                assert!(self.more().await, "it ended without hiding anything:\n{}", self.shown);
            }
        })
        .await;
    }

    pub async fn types(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).await.expect("the terminal is there");
        self.keyboard.flush().await.expect("the terminal is there");
    }

    /// Waits for a question and answers it.
    pub async fn answers(&mut self, question: &str, answer: &str) {
        self.sees(question).await;
        self.types(&format!("{answer}\n")).await;
    }

    /// The exit status and everything that was shown.
    pub async fn ends(&mut self) -> (Option<i32>, String) {
        within("the end of a command on a terminal", async {
            while self.more().await {}
            let status = self.child.wait().await.expect("its status");
            (status.code(), self.shown.clone())
        })
        .await
    }

    async fn more(&mut self) -> bool {
        let mut block = [0; 4096];
        let count = self.screen.read(&mut block).await.expect("a pipe");
        self.shown += &String::from_utf8_lossy(&block[..count]).replace('\r', "");
        count > 0
    }
}
