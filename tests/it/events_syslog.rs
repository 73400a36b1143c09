//! Security events as syslog messages (RFC 5424), over each transport.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::net::{TcpListener, UdpSocket, UnixDatagram};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::authority::Authority;
use crate::gateway::{GatewayProcess, Setup};
use crate::process::{run, text};
use crate::wire::{eventually, free_address};

/// A syslog server that keeps what it gets until it is dropped.
struct Server {
    address: SocketAddr,
    messages: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    fn messages(&self) -> Vec<String> {
        self.messages.lock().unwrap().clone()
    }

    /// Reads each connection to its end, as syslog servers do.
    async fn tcp(address: SocketAddr, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let messages = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&messages);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let bytes = match &tls {
                    None => all(stream).await,
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => all(stream).await,
                        Err(error) => Err(error),
                    },
                };
                kept.lock().unwrap().extend(bytes.map(|bytes| frames(&bytes)).unwrap_or_default());
            }
        });
        Self { address, messages, task }
    }

    async fn udp() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let messages = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&messages);
        let task = tokio::spawn(async move {
            let mut datagram = vec![0; 65_536];
            while let Ok(length) = socket.recv(&mut datagram).await {
                kept.lock().unwrap().push(String::from_utf8(datagram[..length].to_vec()).unwrap());
            }
        });
        Self { address, messages, task }
    }
}

async fn all(mut stream: impl AsyncRead + Unpin) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    Ok(bytes)
}

/// Octet counting (RFC 6587 §3.4.1): each message behind its length and a space.
fn frames(mut bytes: &[u8]) -> Vec<String> {
    let mut messages = Vec::new();
    while !bytes.is_empty() {
        let space = bytes.iter().position(|byte| *byte == b' ').expect("a length");
        let length: usize = std::str::from_utf8(&bytes[..space]).unwrap().parse().expect("a length");
        let (message, rest) = bytes[space + 1..].split_at(length);
        messages.push(String::from_utf8(message.to_vec()).unwrap());
        bytes = rest;
    }
    messages
}

fn syslog(address: &str, lines: &str) -> Setup {
    let more = format!("[[events.syslog]]\nname = \"logs\"\naddress = \"{address}\"\ntimeout = \"2s\"\n{lines}\n");
    Setup { more, ..Setup::default() }
}

/// The event in a message, and what stands before it.
fn read(message: &str) -> (Vec<&str>, Value) {
    let (head, object) = message.split_once("] ").expect("structured data");
    (head.splitn(8, ' ').collect(), serde_json::from_str(object).unwrap())
}

/// The trail after the account of the installation, which is older than the receiver.
async fn exported(gateway: &GatewayProcess) -> Vec<Value> {
    let output = run(&["audit", "export", "--config", &gateway.config_file()], &[], "").await;
    assert!(output.status.success(), "{}", text(&output));
    text(&output).lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Signs somebody in and disables them; each event arrives once and in order.
async fn brings_every_event(gateway: &GatewayProcess, messages: impl Fn() -> Vec<String>) {
    gateway.signed_in(&gateway.account.clone()).await;
    gateway.user(&["disable", "ada"], "").await;
    let all = exported(gateway).await;
    assert_eq!(all.len(), 4);
    eventually("four messages", || async { messages().len() == 4 }).await;
    let messages = messages();
    let process = gateway.process.id().to_string();
    for (message, event) in messages.iter().zip(&all) {
        let (head, object) = read(message);
        let name = event["event"].as_str().unwrap();
        let version = env!("CARGO_PKG_VERSION");
        let origin = format!("[origin software=\"portcullis\" swVersion=\"{version}\"");
        assert_eq!(head[0], "<86>1", "{message}");
        assert_eq!(
            [head[1], head[2], head[3], head[4], head[5]],
            [event["at"].as_str().unwrap(), "gate.example.com", "portcullis", &process, name]
        );
        assert_eq!(format!("{} {}", head[6], head[7]), origin, "{message}");
        assert_eq!(&object, event);
    }
}

const HOST: &str = "host_name = \"gate.example.com\"";

#[tokio::test(flavor = "multi_thread")]
async fn over_tcp_with_octet_counting() {
    let server = Server::tcp(SocketAddr::from(([127, 0, 0, 1], 0)), None).await;
    let gateway = GatewayProcess::start(syslog(&format!("tcp://{}", server.address), HOST)).await;
    brings_every_event(&gateway, || server.messages()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_udp() {
    let server = Server::udp().await;
    let gateway = GatewayProcess::start(syslog(&format!("udp://{}", server.address), HOST)).await;
    brings_every_event(&gateway, || server.messages()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_a_socket_of_this_machine_also_when_it_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let address = format!("unix:{}", path.display());
    let gateway = GatewayProcess::start(syslog(&address, HOST)).await;
    gateway.user(&["disable", "ada"], "").await;
    gateway.process.has_written("events cannot be sent").await;
    let socket = UnixDatagram::bind(&path).unwrap();
    let mut datagram = vec![0; 65_536];
    let length = crate::wire::within("a message", socket.recv(&mut datagram)).await.unwrap();
    let message = String::from_utf8(datagram[..length].to_vec()).unwrap();
    let (head, object) = read(&message);
    assert_eq!((head[5], &object["event"]), ("account.disabled", &Value::from("account.disabled")));
}

fn acceptor(authority: &Authority, name: &str) -> TlsAcceptor {
    let identity = authority.signs(name);
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let chain = vec![identity.certificate.der().clone()];
    TlsAcceptor::from(Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap()))
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_to_the_server_that_the_certificate_names_and_to_no_other() {
    let authority = Authority::new("logs");
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let impostor = Server::tcp(any, Some(acceptor(&authority, "other.example.com"))).await;
    let port = impostor.address;
    let lines = format!("{HOST}\nroot_certificates = [\"DIR/logs.pem\"]");
    let setup = syslog(&format!("tls://localhost:{}", port.port()), &lines);
    let gateway = GatewayProcess::start(Setup { files: vec![("logs.pem", authority.pem())], ..setup }).await;
    gateway.user(&["disable", "ada"], "").await;
    gateway.process.has_written("events cannot be sent").await;
    assert_eq!(impostor.messages(), Vec::<String>::new());
    drop(impostor);
    gateway.add_account("bob").await;
    // The impostor's socket is closed by its task, a moment later.
    eventually("the address is free", || async { std::net::TcpListener::bind(port).is_ok() }).await;
    let server = Server::tcp(port, Some(acceptor(&authority, "localhost"))).await;
    eventually("both events", || async { server.messages().len() == 2 }).await;
    let names: Vec<String> = server.messages().iter().map(|message| read(message).0[5].to_owned()).collect();
    assert_eq!(names, ["account.disabled", "account.added"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_resets_the_connection_before_it_has_read_gets_the_events_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let gateway = GatewayProcess::start(syslog(&format!("tcp://{address}"), HOST)).await;
    gateway.user(&["disable", "ada"], "").await;
    // Takes the connection and crashes: what is unread is lost.
    let (stream, _) = crate::wire::within("a connection", listener.accept()).await.unwrap();
    stream.peek(&mut [0]).await.unwrap();
    drop(stream);
    gateway.process.has_written("events cannot be sent").await;
    drop(listener);
    let server = Server::tcp(address, None).await;
    eventually("the event", || async { server.messages().len() == 1 }).await;
    assert_eq!(read(&server.messages()[0]).0[5], "account.disabled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_killed_with_a_backlog_brings_it_in_order() {
    let address = free_address();
    let mut gateway = GatewayProcess::start(syslog(&format!("tcp://{address}"), HOST)).await;
    gateway.user(&["disable", "ada"], "").await;
    gateway.process.has_written("events cannot be sent").await;
    gateway.crash().await;
    gateway.add_account("bob").await;
    let server = Server::tcp(address, None).await;
    eventually("two messages", || async { server.messages().len() == 2 }).await;
    let events: Vec<Value> = server.messages().iter().map(|message| read(message).1).collect();
    assert_eq!(events, exported(&gateway).await);
}
