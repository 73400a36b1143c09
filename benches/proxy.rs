//! What a checked, proxied request costs beside a proxy without any check and beside the floor:
//! `cargo bench --bench proxy [rounds] [seconds]`. Needs `nginx` and `wrk`.
//!
//! One static nginx serves 1 KiB. Before it stand, in turn: this gateway with a live session, nginx `proxy_pass`
//! without any check, nginx that asks this gateway for each request (`auth_request`), and the least that a proxy with
//! our check can be (`floor`: hyper, HMAC-SHA256 of a cookie). `wrk` asks with 64 connections over loopback. CPU time
//! is user and system time of the server's processes from `/proc`. It asserts nothing.

mod contest;
mod floor;
#[path = "floor/proxy.rs"]
mod floor_proxy;
mod installation;

use std::net::SocketAddr;
use std::process::Command;

use contest::{Contestant, Nginx, signed_in};
use installation::{Outcome, Running};
use tempfile::TempDir;

const FLOOR: &str = "the floor: hyper, HMAC check";

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--floor") {
        return floor_proxy::serve(arguments.get(at + 1).ok_or("no upstream")?.parse()?);
    }
    let mut numbers = arguments.iter().filter_map(|argument| argument.parse::<u32>().ok());
    let (rounds, seconds) = (numbers.next().unwrap_or(3), numbers.next().unwrap_or(3));
    let dir = TempDir::new()?;
    let site = Nginx::start(dir.path(), "site", "location / { root www; }")?;
    let plain = Nginx::start(dir.path(), "plain", &passes(site.address, "", ""))?;
    let prepared = contest::prepare(&format!("http://{}", site.address))?;
    let gate = prepared.serve()?;
    let cookie = format!("Cookie: {}", signed_in(&gate, prepared.sandbox.address)?);
    let asking =
        Nginx::start(dir.path(), "asking", &passes(site.address, "auth_request /question;", &asks(gate.address)))?;
    let floor = Running::start(Command::new(std::env::current_exe()?).args(["--floor", &site.address.to_string()]))?;
    let both = [asking.workers()?, vec![gate.child.id()]].concat();
    let mut contestants = [
        contestant("portcullis", gate.address, vec![gate.child.id()], vec![cookie.clone()]),
        contestant("nginx proxy_pass, no check", plain.address, plain.workers()?, Vec::new()),
        contestant("nginx auth_request + portcullis, both", asking.address, both, vec![cookie]),
        contestant(FLOOR, floor.address, vec![floor.child.id()], vec![format!("Cookie: {}", floor::cookie())]),
    ];
    contest::hold(&mut contestants, rounds, seconds, FLOOR)
}

fn contestant(name: &'static str, address: SocketAddr, processes: Vec<u32>, fields: Vec<String>) -> Contestant {
    Contestant { name, address, processes, path: "/1k", fields, rounds: Vec::new() }
}

/// A server that passes everything to the site, and an upstream of its own behind it.
fn passes(site: SocketAddr, check: &str, more: &str) -> String {
    format!(
        "{more} location / {{ {check} proxy_pass http://site; proxy_http_version 1.1; \
         proxy_set_header Connection \"\"; }} }}\nupstream site {{ server {site}; keepalive 128;"
    )
}

/// The question, as `config/nginx` asks it.
fn asks(gate: SocketAddr) -> String {
    format!(
        "location = /question {{ internal; proxy_pass http://{gate}/portcullis/authz/auth-request; \
         proxy_pass_request_body off; proxy_set_header Content-Length \"\"; proxy_http_version 1.1; \
         proxy_set_header Connection \"\"; proxy_set_header X-Original-Method $request_method; \
         proxy_set_header X-Original-URL http://$http_host$request_uri; \
         proxy_set_header X-Forwarded-For $remote_addr; }}"
    )
}
