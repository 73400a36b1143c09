//! The least that a proxy with our check can be: hyper on both sides, an HMAC-SHA256 over the cookie, nothing else.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::header::{COOKIE, HeaderValue};
use http::uri::{Authority, Scheme};
use http::{Request, Response, StatusCode, Uri};
use http_body_util::Either;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use sha2::Sha256;

use crate::installation::Outcome;

type Pool = Client<HttpConnector, Incoming>;
type Answer = Response<Either<Incoming, String>>;

const SIGNED: usize = 42;

struct Floor {
    pool: Pool,
    site: Authority,
    key: Hmac<Sha256>,
}

fn key() -> Outcome<Hmac<Sha256>> {
    Ok(Hmac::new_from_slice(&[7; 32])?)
}

/// A cookie of the same size as the gateway's.
pub fn cookie() -> Outcome<String> {
    let mut bytes = vec![1; SIGNED];
    let mut mac = key()?;
    mac.update(&bytes);
    bytes.extend_from_slice(&mac.finalize().into_bytes());
    Ok(format!("portcullis={}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Serves until killed; says where on standard error.
pub fn serve(site: SocketAddr) -> Outcome<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(accept(site))
}

#[expect(clippy::print_stderr, reason = "the bench waits for this line")]
async fn accept(site: SocketAddr) -> Outcome<()> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let pool = Client::builder(TokioExecutor::new()).build(connector);
    let floor = Arc::new(Floor { pool, site: site.to_string().parse()?, key: key()? });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    eprintln!("listening {}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let floor = Arc::clone(&floor);
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(Arc::clone(&floor), request));
            drop(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
        });
    }
}

fn signed(floor: &Floor, cookie: Option<&HeaderValue>) -> bool {
    let value = cookie.and_then(|value| value.as_bytes().strip_prefix(b"portcullis="));
    let decoded = value.and_then(|value| URL_SAFE_NO_PAD.decode(value).ok());
    decoded.is_some_and(|bytes| {
        bytes.split_at_checked(SIGNED).is_some_and(|(signed, tag)| {
            let mut mac = floor.key.clone();
            mac.update(signed);
            mac.verify_slice(tag).is_ok()
        })
    })
}

async fn answer(floor: Arc<Floor>, mut request: Request<Incoming>) -> Result<Answer, Infallible> {
    if !signed(&floor, request.headers().get(COOKIE)) {
        return Ok(plain(StatusCode::UNAUTHORIZED));
    }
    let mut parts = std::mem::take(request.uri_mut()).into_parts();
    parts.scheme = Some(Scheme::HTTP);
    parts.authority = Some(floor.site.clone());
    let Ok(uri) = Uri::from_parts(parts) else { return Ok(plain(StatusCode::BAD_REQUEST)) };
    *request.uri_mut() = uri;
    request.headers_mut().remove(COOKIE);
    Ok(match floor.pool.request(request).await {
        Ok(answer) => answer.map(Either::Left),
        Err(_) => plain(StatusCode::BAD_GATEWAY),
    })
}

fn plain(status: StatusCode) -> Answer {
    let mut answer = Response::new(Either::Right(String::new()));
    *answer.status_mut() = status;
    answer
}
