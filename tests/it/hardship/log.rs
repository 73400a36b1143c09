use std::io::Read;
use std::path::{Path, PathBuf};

use super::open;
use crate::gateway::{GatewayProcess, Setup};
use crate::process::{BINARY, Process, command, finish, run, text};
use crate::visitor::SharedAddress;
use crate::wire::{eventually, free_address, within};

const REQUESTS: usize = 300;

/// The gateway with this behind its standard error.
async fn logging_to(target: &str) -> GatewayProcess {
    let setup = Setup { listen: Some(free_address()), site: super::OPEN.to_owned(), ..Setup::default() };
    let address = setup.listen.expect("an address");
    let mut gateway = GatewayProcess::start(setup).await;
    gateway.process.kill().await;
    let target = target.replace("DIR", &gateway.dir().display().to_string());
    let script = format!("exec \"$0\" \"$@\" 2>{target}");
    let arguments = ["-c", &script, BINARY, "serve", "--config", &gateway.config_file()];
    gateway.process = Process::spawn(command("sh", &arguments, &[]).current_dir(gateway.dir()));
    gateway.listening = SharedAddress::at(address);
    gateway
}

async fn reachable(gateway: &GatewayProcess) {
    let address = gateway.listening.address();
    eventually("the gateway listens", || async { tokio::net::TcpStream::connect(address).await.is_ok() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_or_closed_log_harms_no_request_and_no_start() {
    for target in ["/dev/full", "&-"] {
        let gateway = logging_to(target).await;
        reachable(&gateway).await;
        for _ in 0..5 {
            assert_eq!(open(&gateway).await, 200, "{target}");
        }
        let url = format!("http://{}", gateway.listening.address());
        assert_eq!(run(&["health", "--url", &url], &[], "").await.status.code(), Some(0), "{target}");
    }
}

async fn fifo(folder: &Path) -> PathBuf {
    let path = folder.join("log.fifo");
    let made = finish(&mut command("mkfifo", &[path.to_str().expect("a path")], &[]), "").await;
    assert!(made.status.success(), "{}", text(&made));
    path
}

/// Reads from the pipe until `mark` has come.
fn reads_until(mut pipe: std::fs::File, mark: &'static str) -> tokio::task::JoinHandle<(std::fs::File, String)> {
    tokio::task::spawn_blocking(move || {
        let (mut said, mut piece) = (String::new(), [0; 4096]);
        while !said.contains(mark) {
            let read = pipe.read(&mut piece).expect("the pipe is read");
            assert!(read > 0, "the log ended without {mark:?}: {said}");
            said.push_str(&String::from_utf8_lossy(&piece[..read]));
        }
        (pipe, said)
    })
}

async fn opened(path: PathBuf) -> std::fs::File {
    let open = tokio::task::spawn_blocking(move || std::fs::File::open(path).expect("the pipe opens"));
    within("the pipe opens", open).await.expect("it is open")
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_lost_while_nobody_reads_the_log_are_counted_and_reported() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = fifo(folder.path()).await;
    // Opening waits for the other side, on both sides.
    let (pipe, gateway) = tokio::join!(opened(path.clone()), logging_to(path.to_str().expect("a path")));
    let (pipe, _) = within("the first lines", reads_until(pipe, "listening")).await.unwrap();
    // The reader is gone: every write is refused.
    drop(pipe);
    for _ in 0..REQUESTS {
        assert_eq!(open(&gateway).await, 200);
    }
    let pipe = opened(path).await;
    assert_eq!(gateway.visitor().get("/open/last").await.status, 200);
    let (_, said) = within("the report", reads_until(pipe, "/open/last")).await.unwrap();
    let report = said.lines().find(|line| line.contains(" log lines were lost between ")).expect("a report");
    let lost: usize = report.split(" log lines").next().unwrap().rsplit(' ').next().unwrap().parse().unwrap();
    let came = said.lines().filter(|line| line.contains("/open/x")).count();
    assert_eq!(lost + came, REQUESTS, "every line came or was counted: {report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_the_log_that_does_not_read_holds_up_nobody() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = fifo(folder.path()).await;
    let (pipe, gateway) = tokio::join!(opened(path.clone()), logging_to(path.to_str().expect("a path")));
    reachable(&gateway).await;
    // More lines than a pipe of 64 KiB holds.
    for _ in 0..2 * REQUESTS {
        assert_eq!(open(&gateway).await, 200);
    }
    drop(pipe);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_whose_reader_leaves_ends_quietly() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let config = gateway.config_file();
    for arguments in [&["user", "list"][..], &["keys", "list"], &["config", "reference"], &["session", "list", "ada"]] {
        // The reader is gone before the first byte.
        let script = "exec 3>&1; { \"$0\" \"$@\" 2>&3; echo \"status $?\" >&3; } | true; wait";
        let arguments = [&["-c", script, BINARY][..], arguments, &["--config", &config]].concat();
        let output = finish(&mut command("bash", &arguments, &[]), "").await;
        let said = text(&output);
        assert_eq!(said.trim(), "status 0", "{arguments:?}");
    }
}
