//! Tests of the server on real sockets with real rooms behind it. The portal's pages are stubs.

mod connections;
mod drain;
mod framing;
mod pages;
mod requests;
mod rooms;
mod tls;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::domain::network::TrustedProxies;
use crate::server::running::{RunningServer, Server};
use crate::server::settings::{ListenAddress, Settings};

use pages::RequestLog;
use rooms::Rooms;

fn settings() -> Settings {
    Settings {
        listen: vec![ListenAddress::Tcp("127.0.0.1:0".parse().unwrap())],
        tls: Vec::new(),
        trusted_proxies: TrustedProxies::default(),
        header_timeout: Duration::from_secs(5),
        body_timeout: Duration::from_secs(5),
        drain_timeout: Duration::from_secs(5),
        max_connections: 100,
        max_head: 32 * 1024,
    }
}

/// A running server, its address and the requests that its pages received. `rooms` keeps the folder of the store.
struct Running {
    server: RunningServer,
    address: SocketAddr,
    asked: RequestLog,
    rooms: Rooms,
}

async fn run(settings: &Settings) -> Running {
    let (rooms, asked) = (Rooms::build().await, RequestLog::default());
    let server = Server::start(settings, rooms.parts(&asked)).unwrap();
    let ListenAddress::Tcp(address) = server.addresses()[0].clone() else { panic!("no TCP address") };
    Running { server, address, asked, rooms }
}

/// Sends the bytes and reads until the server closes.
async fn say(address: SocketAddr, bytes: impl AsRef<[u8]>) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let _ = socket.write_all(bytes.as_ref()).await;
    until_closed(&mut socket).await
}

/// Reads until the server closes. A connection that is reset has ended too.
async fn until_closed(socket: &mut (impl AsyncRead + Unpin)) -> String {
    let mut answer = Vec::new();
    let _ = within("the end of a connection", socket.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// How long anything may take before it is called a hang.
const DEADLINE: Duration = Duration::from_secs(30);

/// Waits for `what`, which must be over before [`DEADLINE`].
async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.unwrap_or_else(|_| panic!("{what}: not over after {DEADLINE:?}"))
}

/// The statuses of all answers in `text`.
fn statuses(text: &str) -> Vec<u16> {
    text.match_indices("HTTP/1.").filter_map(|(at, _)| text.get(at + 9..at + 12)?.parse().ok()).collect()
}
