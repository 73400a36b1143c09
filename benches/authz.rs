//! What one answer to another proxy costs beside the least that can give it: `cargo bench --bench authz [rounds]
//! [seconds]`. Needs `nginx` and `wrk`.
//!
//! In turn: this gateway's `forward-auth` with a live session, bare hyper with an
//! HMAC-SHA256 of a cookie that answers the same fields, and nginx `return 204`. `wrk` asks with 64 connections over
//! loopback. It asserts nothing.

mod contest;
mod floor;
#[path = "floor/check.rs"]
mod floor_check;
mod installation;

use std::net::SocketAddr;
use std::process::Command;

use contest::{Contestant, Nginx, signed_in};
use installation::{Outcome, Running};
use tempfile::TempDir;

const FLOOR: &str = "bare hyper, HMAC check, the same fields";
const QUESTION: &str = "/portcullis/authz/forward-auth";

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--check") {
        return floor_check::serve();
    }
    let mut numbers = arguments.iter().filter_map(|argument| argument.parse::<u32>().ok());
    let (rounds, seconds) = (numbers.next().unwrap_or(3), numbers.next().unwrap_or(3));
    let dir = TempDir::new()?;
    let nginx = Nginx::start(dir.path(), "nothing", "location / { return 204; }")?;
    let prepared = contest::prepare("http://127.0.0.1:9")?;
    let gate = prepared.serve()?;
    let cookie = format!("Cookie: {}", signed_in(&gate, prepared.sandbox.address)?);
    let floor = Running::start(Command::new(std::env::current_exe()?).arg("--check"))?;
    let mut asked: Vec<String> =
        [("Method", "GET"), ("Proto", "http"), ("Uri", "/deep/page?x=1"), ("For", "192.0.2.1")]
            .iter()
            .map(|(name, value)| format!("X-Forwarded-{name}: {value}"))
            .collect();
    asked.push(format!("X-Forwarded-Host: {}", gate.address));
    let with = |cookie: String| [asked.clone(), vec![cookie]].concat();
    let mut contestants = [
        contestant("portcullis forward-auth, live session", gate.address, vec![gate.child.id()], with(cookie)),
        contestant(FLOOR, floor.address, vec![floor.child.id()], with(format!("Cookie: {}", floor::cookie()))),
        contestant("nginx return 204", nginx.address, nginx.workers()?, asked.clone()),
    ];
    contest::hold(&mut contestants, rounds, seconds, FLOOR)
}

fn contestant(name: &'static str, address: SocketAddr, processes: Vec<u32>, fields: Vec<String>) -> Contestant {
    Contestant { name, address, processes, path: QUESTION, fields, rounds: Vec::new() }
}
