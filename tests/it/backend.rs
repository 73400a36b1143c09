//! The protected site: a raw socket that records every byte that reached it and answers as the test says.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::{SinkExt, StreamExt};
use ring::digest::{Context, SHA256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_util::sync::CancellationToken;

use crate::wire::eventually;

/// What the site says where a test sets nothing else.
pub const WELCOME: &str = "this is the protected site";

/// How much of a body is kept; the rest is counted.
const KEPT: usize = 1 << 20;

/// One step of an answer.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    /// Sends this many bytes in blocks, without holding them.
    Flood(usize),
    /// Waits until the test calls `notify_one`.
    Wait(Arc<Notify>),
    /// Ends the connection.
    Close,
    /// Says nothing more and keeps the connection open.
    Hang,
}

/// How a request is answered.
#[derive(Clone, Default)]
pub enum Answer {
    /// 200 with [`WELCOME`], after the whole request was read.
    #[default]
    Welcome,
    /// These bytes, after the whole request was read.
    Bytes(Vec<u8>),
    /// Step by step, as soon as the head was read; the body is read beside it.
    Script(Vec<Step>),
    /// A WebSocket that sends back what it gets; anything else is [`Answer::Welcome`].
    WebSocketEcho,
    /// Reads the head and not one byte more.
    NeverRead,
    /// By how the target begins; anything else is [`Answer::Welcome`].
    ByTarget(Vec<(&'static str, Answer)>),
}

/// SHA-256 over a body as it comes in.
#[derive(Clone)]
pub struct BodyHash(pub Context);

impl Default for BodyHash {
    fn default() -> Self {
        Self(Context::new(&SHA256))
    }
}

impl std::fmt::Debug for BodyHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0.clone().finish())
    }
}

/// One request as it reached the site.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Request line and fields, byte for byte, without the empty line.
    pub head: String,
    /// The first [`KEPT`] bytes of the body, without chunk framing.
    pub body: Vec<u8>,
    pub body_length: usize,
    /// Of the whole body.
    pub hash: BodyHash,
    /// What came behind the last chunk.
    pub trailers: String,
    /// Whether the body ended as its framing promised.
    pub whole: bool,
    /// Which connection it came on.
    pub connection: usize,
}

impl Seen {
    pub fn request_line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    /// Every field in order, names as written.
    pub fn headers(&self) -> Vec<(&str, &str)> {
        let pairs = self.head.split("\r\n").skip(1).filter_map(|line| line.split_once(':'));
        pairs.map(|(name, value)| (name, value.trim())).collect()
    }

    pub fn headers_named(&self, name: &str) -> Vec<&str> {
        let found = self.headers().into_iter().filter(|(written, _)| written.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value).collect()
    }
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Vec<Seen>>,
    answer: Mutex<Answer>,
    connections: AtomicUsize,
    open: AtomicUsize,
    /// Bytes of all bodies so far, also of those still under way.
    body_bytes: AtomicUsize,
    /// Sockets that are open now.
    sockets: AtomicUsize,
    stopped: CancellationToken,
}

/// The site. It ends with the test.
pub struct Backend {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    task: tokio::task::JoinHandle<()>,
}

impl Backend {
    pub async fn start() -> Self {
        Self::at(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// On this address.
    pub async fn at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let site = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Some(Ok((stream, _))) = site.stopped.run_until_cancelled(listener.accept()).await {
                let number = site.connections.fetch_add(1, Ordering::SeqCst);
                let site = Arc::clone(&site);
                connections.spawn(async move {
                    site.open.fetch_add(1, Ordering::SeqCst);
                    Box::pin(Connection { stream, number, ahead: Vec::new() }.serve(&site)).await;
                    site.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
            connections.shutdown().await;
        });
        Self { address, shared, task }
    }

    /// From now on every request is answered so.
    pub fn answers(&self, answer: Answer) {
        *self.shared.answer.lock().unwrap() = answer;
    }

    pub fn answers_bytes(&self, bytes: impl AsRef<[u8]>) {
        self.answers(Answer::Bytes(bytes.as_ref().to_vec()));
    }

    /// Every request so far, in the order of their heads.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.shared.seen.lock().unwrap().len()
    }

    /// The last request, once its body has ended.
    pub async fn last(&self) -> Seen {
        eventually("the site has read a whole request", || async { self.seen().last().is_some_and(|seen| seen.whole) })
            .await;
        self.seen().pop().expect("there is one")
    }

    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    pub fn open_connections(&self) -> usize {
        self.shared.open.load(Ordering::SeqCst)
    }

    pub fn body_bytes(&self) -> usize {
        self.shared.body_bytes.load(Ordering::SeqCst)
    }

    pub fn open_web_sockets(&self) -> usize {
        self.shared.sockets.load(Ordering::SeqCst)
    }

    /// Nothing listens on the address any more, and no connection is left.
    pub async fn stop(&mut self) {
        self.shared.stopped.cancel();
        (&mut self.task).await.expect("the site ends");
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Connection {
    stream: TcpStream,
    number: usize,
    ahead: Vec<u8>,
}

impl Connection {
    async fn serve(mut self, site: &Shared) {
        while let Some(head) = self.line_block(b"\r\n\r\n").await {
            let head = String::from_utf8_lossy(&head[..head.len() - 4]).into_owned();
            let index = {
                let mut seen = site.seen.lock().unwrap();
                seen.push(Seen { head, connection: self.number, ..Seen::default() });
                seen.len() - 1
            };
            let mut answer = site.answer.lock().unwrap().clone();
            if let Answer::ByTarget(answers) = answer {
                answer = by_target(site, index, answers);
            }
            let goes_on = match answer {
                Answer::Welcome => self.body(site, index).await && self.say(&welcome(&method(site, index))).await,
                Answer::Bytes(bytes) => self.body(site, index).await && self.say(&bytes).await,
                Answer::Script(steps) => return Box::pin(self.script(site, index, steps)).await,
                Answer::WebSocketEcho if upgrades(site, index) => return self.web_socket(site, index).await,
                Answer::WebSocketEcho => self.body(site, index).await && self.say(&welcome("GET")).await,
                Answer::NeverRead => std::future::pending().await,
                Answer::ByTarget(_) => unreachable!("chosen above"),
            };
            if !goes_on {
                return;
            }
        }
    }

    async fn more(&mut self) -> bool {
        let mut block = vec![0; 64 * 1024];
        match self.stream.read(&mut block).await {
            Ok(count) if count > 0 => {
                self.ahead.extend_from_slice(&block[..count]);
                true
            }
            _ => false,
        }
    }

    async fn say(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok()
    }

    async fn line_block(&mut self, mark: &[u8]) -> Option<Vec<u8>> {
        loop {
            if let Some(at) = self.ahead.windows(mark.len()).position(|window| window == mark) {
                return Some(self.ahead.drain(..at + mark.len()).collect());
            }
            if !self.more().await {
                return None;
            }
        }
    }

    /// Reads `length` bytes of a body into the record.
    async fn take(&mut self, site: &Shared, index: usize, mut length: usize) -> bool {
        while length > 0 {
            if self.ahead.is_empty() && !self.more().await {
                return false;
            }
            let count = length.min(self.ahead.len());
            let block: Vec<u8> = self.ahead.drain(..count).collect();
            site.body_bytes.fetch_add(count, Ordering::SeqCst);
            let mut seen = site.seen.lock().unwrap();
            let kept = KEPT.saturating_sub(seen[index].body.len()).min(count);
            seen[index].body.extend_from_slice(&block[..kept]);
            seen[index].body_length += count;
            seen[index].hash.0.update(&block);
            length -= count;
        }
        true
    }

    /// The whole body by its framing.
    async fn body(&mut self, site: &Shared, index: usize) -> bool {
        let (chunked, length) = framing(site, index);
        let whole = if chunked { self.chunks(site, index).await } else { self.take(site, index, length).await };
        site.seen.lock().unwrap()[index].whole = whole;
        whole
    }

    async fn chunks(&mut self, site: &Shared, index: usize) -> bool {
        loop {
            let Some(line) = self.line_block(b"\r\n").await else { return false };
            let text = String::from_utf8_lossy(&line).into_owned();
            let digits = text.trim().split(';').next().unwrap_or_default().to_owned();
            let Ok(length) = usize::from_str_radix(digits.trim(), 16) else { return false };
            if length == 0 {
                return self.trailers(site, index).await;
            }
            if !self.take(site, index, length).await || self.line_block(b"\r\n").await.is_none() {
                return false;
            }
        }
    }

    async fn trailers(&mut self, site: &Shared, index: usize) -> bool {
        while let Some(line) = self.line_block(b"\r\n").await {
            if line == b"\r\n" {
                return true;
            }
            site.seen.lock().unwrap()[index].trailers.push_str(&String::from_utf8_lossy(&line));
        }
        false
    }

    async fn script(mut self, site: &Shared, index: usize, steps: Vec<Step>) {
        let (chunked, length) = framing(site, index);
        if !chunked && length == 0 {
            site.seen.lock().unwrap()[index].whole = true;
        }
        for step in steps {
            match step {
                Step::Send(bytes) => {
                    if !self.say(&bytes).await {
                        return;
                    }
                }
                Step::Flood(count) => {
                    let block = vec![b'f'; 64 * 1024];
                    let mut left = count;
                    while left > 0 && self.say(&block[..left.min(block.len())]).await {
                        site.body_bytes.fetch_add(left.min(block.len()), Ordering::SeqCst);
                        left -= left.min(block.len());
                    }
                }
                Step::Wait(signal) => signal.notified().await,
                Step::Close => return,
                Step::Hang => while self.more().await {},
            }
        }
        self.body(site, index).await;
        while self.more().await {}
    }

    async fn web_socket(mut self, site: &Shared, index: usize) {
        let key = site.seen.lock().unwrap()[index].headers_named("sec-websocket-key").join("");
        let accept = derive_accept_key(key.as_bytes());
        let head = format!(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
            Sec-WebSocket-Accept: {accept}\r\n\r\n"
        );
        site.seen.lock().unwrap()[index].whole = true;
        self.say(head.as_bytes()).await;
        site.sockets.fetch_add(1, Ordering::SeqCst);
        let mut socket = WebSocketStream::from_raw_socket(self.stream, Role::Server, None).await;
        while let Some(Ok(message)) = socket.next().await {
            if (message.is_text() || message.is_binary()) && socket.send(message).await.is_err() {
                break;
            }
        }
        site.sockets.fetch_sub(1, Ordering::SeqCst);
    }
}

fn method(site: &Shared, index: usize) -> String {
    site.seen.lock().unwrap()[index].request_line().split(' ').next().unwrap_or_default().to_owned()
}

fn by_target(site: &Shared, index: usize, answers: Vec<(&'static str, Answer)>) -> Answer {
    let line = site.seen.lock().unwrap()[index].request_line().to_owned();
    let target = line.split(' ').nth(1).unwrap_or_default();
    answers.into_iter().find(|(start, _)| target.starts_with(start)).map(|(_, answer)| answer).unwrap_or_default()
}

fn upgrades(site: &Shared, index: usize) -> bool {
    !site.seen.lock().unwrap()[index].headers_named("upgrade").is_empty()
}

fn framing(site: &Shared, index: usize) -> (bool, usize) {
    let seen = site.seen.lock().unwrap();
    let chunked = seen[index].headers_named("transfer-encoding").iter().any(|value| value.contains("chunked"));
    let length = seen[index].headers_named("content-length").first().and_then(|value| value.parse().ok());
    (chunked, length.unwrap_or(0))
}

fn welcome(method: &str) -> Vec<u8> {
    let body = if method == "HEAD" { "" } else { WELCOME };
    let length = WELCOME.len();
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\nX-Site: yes\r\n\r\n{body}")
        .into_bytes()
}
