//! `WsgiDAV`, a file server.

use std::io::Read as _;
use std::path::Path;

use super::{Behind, CLOSED, folder, heavy, installed, listens, noise, webdav};
use crate::process::{Process, command};
use crate::visitor::Request;
use crate::wire::free_address;

const PIECE: usize = 1024 * 1024;

async fn start(root: &Path) -> (Process, std::net::SocketAddr) {
    let (program, address) = (installed("wsgidav"), free_address());
    let (port, root) = (address.port().to_string(), root.to_str().expect("a path"));
    let arguments =
        ["--host", "127.0.0.1", "--port", &port, "--root", root, "--auth", "anonymous", "--no-config", "--quiet"];
    let process = Process::spawn(&mut command(program.to_str().expect("a path"), &arguments, &[]));
    listens(address).await;
    (process, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn wsgidav_serves_files_by_every_method_and_no_second_target_gets_past_a_rule() {
    let root = folder();
    let (_wsgidav, address) = start(root.path()).await;
    webdav(&Behind::start(address, CLOSED).await, root.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_reaches_wsgidav_whole() {
    let root = folder();
    let (_wsgidav, address) = start(root.path()).await;
    let behind = Behind::start(address, "").await;
    let pieces = if heavy() { 500 } else { 64 };
    let piece = noise(PIECE);
    let length = (pieces * PIECE).to_string();
    let mut wire = behind.ada.connect().await;
    let head = Request::new("PUT", "/large").header("Content-Length", &length);
    wire.send(behind.ada.bytes(&head)).await;
    for number in 0..pieces {
        // Each piece begins with its number: one that is lost, doubled or moved is seen.
        let mut piece = piece.clone();
        piece[..8].copy_from_slice(&(number as u64).to_le_bytes());
        wire.send(piece).await;
    }
    assert_eq!(wire.answer("PUT").await.expect("an answer").status, 201);
    let mut file = std::fs::File::open(root.path().join("large")).unwrap();
    let mut read = vec![0; PIECE];
    for number in 0..pieces {
        file.read_exact(&mut read).unwrap();
        assert_eq!(read[..8], (number as u64).to_le_bytes(), "piece {number}");
        assert!(read[8..] == piece[8..], "piece {number}");
    }
    assert_eq!(file.read(&mut read).unwrap(), 0);
}
