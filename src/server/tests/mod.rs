//! The reception on real sockets, with a small house behind it.

mod connections;
mod drain;
mod framing;
mod requests;
mod tls;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Response, StatusCode};
use http_body_util::BodyExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::authz::{ForwardAuthRequest, ForwardAuthResponse, Style};
use crate::domain::host::{HostName, HostPattern};
use crate::domain::network::TrustedProxies;
use crate::domain::target::RequestTarget;
use crate::platform::clock::Clock;
use crate::policy::{AmbiguousPaths, Site, SiteId, SiteSettings};
use crate::proxy::ProxyRequest;
use crate::server::handler::{ErrorContext, Handler, ProbeRequest};
use crate::server::running::{RunningServer, start};
use crate::server::settings::{ListenAddress, Settings};
use crate::upstream::AnswerBody;
use crate::web::{self, Answer, Author, Hosted, PlainHttp, Problem};

/// Answers `METHOD target body` for most paths, and keeps what it was asked.
#[derive(Clone)]
struct Hall {
    clock: Clock,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Hall {
    fn new() -> Self {
        Self { clock: Clock::system(), asked: Arc::default() }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Handler for Hall {
    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn before_site(&self, probe: ProbeRequest<'_>) -> Option<Result<Answer, Problem>> {
        (probe.path == "/health").then(|| Ok(Answer::ours(Response::new(AnswerBody::Empty))))
    }

    fn question<'a>(&self, _: &'a RequestTarget) -> Option<(&'static Style, &'a str)> {
        None
    }

    async fn tell(&self, _: ForwardAuthRequest<'_>) -> ForwardAuthResponse {
        ForwardAuthResponse { visit: None, answer: Err(Problem::NotFound) }
    }

    fn hosted(&self, host: &HostName) -> Option<Hosted> {
        let ambiguous_paths = match host.as_str() {
            "localhost" | "app.test" | "127.0.0.1" => AmbiguousPaths::Refuse,
            "pass.localhost" => AmbiguousPaths::Pass,
            _ => return None,
        };
        let settings = SiteSettings::new(HostPattern::Any, ambiguous_paths);
        Some(Hosted::Site(Arc::new(Site { id: SiteId(0), settings })))
    }

    async fn answer(&self, question: ProxyRequest) -> Result<Answer, Problem> {
        let (method, target) = (question.request.method().clone(), question.target.to_string());
        self.asked.lock().unwrap().push(format!("{method} {target}"));
        let client = question.visit.client.to_string();
        let here = question.visit.here.to_string();
        match target.as_str() {
            "/panic" => panic!("on purpose"),
            "/never" => std::future::pending().await,
            "/slow" => tokio::time::sleep(Duration::from_millis(300)).await,
            "/unavailable" => return Err(Problem::Unavailable("secret detail".to_owned())),
            "/visit" => return Ok(Answer::ours(Response::new(AnswerBody::whole(format!("{client} {here}"))))),
            "/big" => return Ok(Answer::ours(Response::new(AnswerBody::whole(vec![b'x'; 64 << 20])))),
            "/unread" => return Ok(Answer::ours(Response::new(AnswerBody::whole("unread")))),
            _ => {}
        }
        let body = question.request.into_body().collect().await;
        let body = body.map_err(|_| Problem::BadRequest("the body broke off"))?.to_bytes();
        let text = format!("{method} {target} {}", String::from_utf8_lossy(&body));
        let author = if target == "/site" { Author::Site } else { Author::Us };
        Ok(Answer { response: Response::new(AnswerBody::whole(text)), author, account: None, rule: None })
    }

    fn page(&self, error: &ErrorContext<'_>) -> Option<String> {
        (error.status == StatusCode::MISDIRECTED_REQUEST).then(|| "<p>unknown site</p>".to_owned())
    }

    async fn close(&self) {}
}

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

fn web() -> web::Settings {
    let hsts = Some("max-age=63072000".to_owned());
    web::Settings {
        path: "/portcullis".to_owned(),
        name: "Portcullis".to_owned(),
        hsts,
        plain_http: PlainHttp::Loopback,
        cookie_domain: None,
        portal: None,
    }
}

fn run(settings: &Settings) -> (RunningServer, SocketAddr, Hall) {
    let hall = Hall::new();
    let server = start(settings, &web(), hall.clone()).unwrap();
    let ListenAddress::Tcp(address) = server.addresses()[0].clone() else { panic!("no TCP address") };
    (server, address, hall)
}

/// Sends the bytes and reads until the server closes, or has been silent for a second.
async fn say(address: SocketAddr, bytes: impl AsRef<[u8]>) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let _ = socket.write_all(bytes.as_ref()).await;
    read_on(&mut socket).await
}

async fn read_on(socket: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(Ok(n)) = tokio::time::timeout(Duration::from_secs(1), socket.read(&mut piece)).await {
        if n == 0 {
            break;
        }
        answer.extend_from_slice(&piece[..n]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// The statuses of all answers in `text`.
fn statuses(text: &str) -> Vec<u16> {
    text.match_indices("HTTP/1.").filter_map(|(at, _)| text.get(at + 9..at + 12)?.parse().ok()).collect()
}
