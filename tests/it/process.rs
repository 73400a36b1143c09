//! The real binary as a child process: its `listening` line, its output, its exit status, `kill -9`. Always reaped.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

use crate::wire::{eventually, within};

pub const BINARY: &str = env!("CARGO_BIN_EXE_portcullis");

/// A running child. Killed and reaped when it is dropped.
pub struct Process {
    child: Child,
    output: Arc<Mutex<String>>,
}

/// A command with an environment of its own: nothing of whoever runs the tests reaches the gateway.
pub fn command(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    command.envs(environment.iter().copied()).kill_on_drop(true);
    command
}

/// Runs the binary to its end.
pub async fn run(arguments: &[&str], environment: &[(&str, &str)], typed: &str) -> Output {
    let mut command = command(BINARY, arguments, environment);
    finish(command.current_dir(std::env::temp_dir()), typed).await
}

/// Runs a command to its end with this on its standard input.
pub async fn finish(command: &mut Command, typed: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut input = child.stdin.take().expect("a pipe");
    // A command that reads nothing may have closed its side already.
    let _ = input.write_all(typed.as_bytes()).await;
    drop(input);
    within("a command", child.wait_with_output()).await.expect("its output")
}

pub fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

impl Process {
    /// Starts the binary in `directory`.
    pub fn start(arguments: &[&str], environment: &[(&str, &str)], directory: &Path) -> Self {
        Self::spawn(command(BINARY, arguments, environment).current_dir(directory))
    }

    pub fn spawn(command: &mut Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let output = Arc::new(Mutex::new(String::new()));
        collect(child.stdout.take().expect("a pipe"), Arc::clone(&output));
        collect(child.stderr.take().expect("a pipe"), Arc::clone(&output));
        Self { child, output }
    }

    /// Everything it wrote so far, both streams.
    pub fn output(&self) -> String {
        self.output.lock().unwrap().clone()
    }

    pub fn id(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// The first line with `mark`, once it is there; fails when the process ends before.
    pub async fn line_with(&mut self, mark: &str) -> String {
        within(&format!("a line with {mark:?}"), async {
            loop {
                let ended = self.child.try_wait().expect("its state");
                if let Some(line) = self.output().lines().find(|line| line.contains(mark)) {
                    return line.to_owned();
                }
                assert!(ended.is_none(), "it ended without {mark:?}:\n{}", self.output());
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        })
        .await
    }

    /// The address of its `listening` line.
    pub async fn listening(&mut self) -> SocketAddr {
        let line = self.line_with("listening").await;
        address_in(&line).unwrap_or_else(|| panic!("no address in {line:?}"))
    }

    /// `kill -9`, and its end.
    pub async fn kill(&mut self) {
        self.child.start_kill().expect("it runs");
        within("the end of a killed process", self.child.wait()).await.expect("its status");
    }

    /// SIGTERM.
    pub async fn terminate(&self) {
        self.signal("TERM").await;
    }

    pub async fn signal(&self, name: &str) {
        let output = finish(&mut command("kill", &["-s", name, &self.id().to_string()], &[]), "").await;
        assert!(output.status.success(), "kill: {}", text(&output));
    }

    /// Its exit status, once it ended by itself.
    pub async fn status(&mut self) -> Option<i32> {
        within("the end of a process", self.child.wait()).await.expect("its status").code()
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("resident memory");
        line.trim().trim_end_matches("kB").trim().parse::<usize>().expect("a number") * 1024
    }

    pub async fn has_written(&self, mark: &str) {
        eventually(&format!("{mark:?} is written"), || async { self.output().contains(mark) }).await;
    }
}

fn collect(stream: impl AsyncRead + Send + Unpin + 'static, into: Arc<Mutex<String>>) {
    tokio::spawn(async move {
        let mut lines = BufReader::new(stream);
        let mut line = Vec::new();
        while matches!(lines.read_until(b'\n', &mut line).await, Ok(count) if count > 0) {
            into.lock().unwrap().push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    });
}

/// The first `ip:port` of a line.
pub fn address_in(line: &str) -> Option<SocketAddr> {
    let pieces = line.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ':')));
    pieces.map(|piece| piece.trim_end_matches(['.', ':'])).find_map(|piece| piece.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_text_and_json_logs() {
        let expected = Some("127.0.0.1:4711".parse().unwrap());
        for line in [
            "2026-11-23T05:34:12.000Z  INFO listening on http://127.0.0.1:4711/",
            r#"{"timestamp":"2026-11-23T05:34:12.000Z","message":"listening","address":"127.0.0.1:4711"}"#,
            "listening 127.0.0.1:4711.",
        ] {
            assert_eq!(address_in(line), expected, "{line}");
        }
        assert_eq!(address_in("listening"), None);
    }

    #[tokio::test]
    async fn a_child_is_heard_killed_and_reaped() {
        let script = "echo out; echo listening 127.0.0.1:9 >&2; sleep 1000";
        let mut child = Process::spawn(&mut command("sh", &["-c", script], &[("SECRET", "1")]));
        assert_eq!(child.listening().await, "127.0.0.1:9".parse().unwrap());
        child.has_written("out").await;
        assert!(child.memory() > 0);
        child.kill().await;
        assert_eq!(child.status().await, None);
        let output = finish(&mut command("sh", &["-c", "cat; env; exit 3"], &[("A", "b")]), "typed").await;
        assert_eq!(output.status.code(), Some(3));
        assert!(
            text(&output).starts_with("typed") && text(&output).contains("A=b") && !text(&output).contains("CARGO")
        );
    }
}
