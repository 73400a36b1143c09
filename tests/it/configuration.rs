//! The configuration through the real command.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(text: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::write(folder.file(), text).unwrap();
        fs::set_permissions(folder.file(), fs::Permissions::from_mode(0o600)).unwrap();
        folder
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("portcullis.toml")
    }

    /// Runs the command in the folder, with an environment that holds nothing but `variables`.
    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portcullis"));
        command.current_dir(self.0.path()).env_clear().envs(variables.iter().copied()).stdin(Stdio::null());
        command.args(arguments).output().unwrap()
    }
}

fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn six_mistakes_in_one_file_are_six_lines_and_no_port_is_bound() {
    // Whoever tried to bind this port would fail otherwise than with the status of a wrong configuration.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = Folder::with(&format!(
        r#"
[server]
listen = ["{}"]
max_head = 32768
drain_time = "5s"

[session]
idle = "a while"

[cpaas]
base_url = "http://cpaas.example.com"
client_id = "PRIV-1"
client_secret = "canary-secret"

[[sites]]
host = "app.example.com"
upstream = ["http://127.0.0.1:3000?x"]

[[sites]]
host = "app.example.com"
upstream = ["http://127.0.0.1:3001"]
"#,
        taken.local_addr().unwrap()
    ));
    let output = folder.run(&["serve", "--config", "portcullis.toml"], &[]);
    assert_eq!(output.status.code(), Some(78));
    assert!(output.stdout.is_empty());
    assert_eq!(
        lines(&output.stderr),
        [
            "server.drain_time (portcullis.toml line 5): unknown key; did you mean `server.drain_timeout`?",
            "server.max_head (portcullis.toml line 4): found a number; write a size from 4k to 1m in quotes, such as `256k`",
            "session.idle (portcullis.toml line 8): `a while` is not a duration from 1m to 30d; write one such as `15m`",
            "cpaas.base_url (portcullis.toml line 11): plain http to another machine; write `https://`: plain http is allowed only on this machine",
            "sites[0].upstream[0] (portcullis.toml line 17): a URL with a query; write only scheme, host and port, such as `http://127.0.0.1:3000`",
            "sites[1].host (portcullis.toml line 20): the same host as `sites[0]`; give each site its own host",
        ]
    );
    let check = folder.run(&["config", "check", "--config", "portcullis.toml"], &[]);
    assert_eq!((check.status.code(), check.stderr), (Some(78), output.stderr));
}

#[test]
fn a_right_configuration_is_ok_and_is_shown_without_its_secret() {
    let folder = Folder::with(
        "[cpaas]\nbase_url = \"https://cpaas.example.com\"\nclient_id = \"PRIV-1\"\n[[sites]]\nupstream = [\"http://127.0.0.1:3000\"]\n",
    );
    let variables = [("PORTCULLIS_CPAAS__CLIENT_SECRET", "canary-secret"), ("PORTCULLIS_PORT", "tcp://10.0.0.1:8080")];
    let check = folder.run(&["config", "check", "--config", "portcullis.toml"], &variables);
    assert_eq!(
        (check.status.code(), lines(&check.stdout), lines(&check.stderr)),
        (Some(0), vec!["ok".to_owned()], vec![])
    );
    let show = folder.run(&["--config", "portcullis.toml", "config", "show"], &variables);
    let text = String::from_utf8(show.stdout).unwrap();
    assert!(text.contains("client_secret = \"(hidden)\"  # PORTCULLIS_CPAAS__CLIENT_SECRET\n"), "{text}");
    assert!(!text.contains("canary"), "{text}");
}

#[test]
fn without_a_name_the_file_below_the_working_directory_counts() {
    let folder = Folder::with("");
    fs::create_dir(folder.0.path().join("config")).unwrap();
    fs::rename(folder.file(), folder.0.path().join("config/portcullis.toml")).unwrap();
    fs::write(folder.0.path().join("config/portcullis.toml"), "[log]\nlevl = 1\n").unwrap();
    let first = lines(&folder.run(&["config", "check"], &[]).stderr).remove(0);
    assert_eq!(first, "log.levl (config/portcullis.toml line 2): unknown key; did you mean `log.level`?");
}

#[test]
fn wrong_arguments_have_a_status_of_their_own() {
    let folder = Folder::with("");
    for arguments in [&["serve", "--lisen", "x"][..], &["nonsense"], &["config"], &[]] {
        assert_eq!(folder.run(arguments, &[]).status.code(), Some(2), "{arguments:?}");
    }
    for arguments in
        [&["--help"][..], &["--version"], &["serve", "--help"], &["completions", "bash"], &["config", "schema"]]
    {
        let output = folder.run(arguments, &[]);
        assert!(output.status.success() && !output.stdout.is_empty() && output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_gateway_that_does_not_answer_is_not_healthy() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = Folder::with("").run(&["health", "--url", &format!("http://{free}/portcullis/health/ready")], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        lines(&output.stderr),
        [format!("portcullis: nobody listens at {free}: Connection refused (os error 111)")]
    );
}
