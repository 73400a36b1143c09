//! A proxy with nothing but the check: hyper on both sides.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use http::header::COOKIE;
use http::uri::{Authority, Scheme};
use http::{Request, Response, StatusCode, Uri};
use http_body_util::Either;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};

use crate::floor::{key, signed};
use crate::installation::Outcome;

type Pool = Client<HttpConnector, Incoming>;
type Answer = Response<Either<Incoming, String>>;

struct Floor {
    pool: Pool,
    site: Authority,
    key: ring::hmac::Key,
}

/// Serves until killed; says where on standard error.
pub(crate) fn serve(site: SocketAddr) -> Outcome<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(accept(site))
}

#[expect(clippy::print_stderr, reason = "the bench waits for this line")]
async fn accept(site: SocketAddr) -> Outcome<()> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let pool = Client::builder(TokioExecutor::new()).build(connector);
    let floor = Arc::new(Floor { pool, site: site.to_string().parse()?, key: key() });
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

async fn answer(floor: Arc<Floor>, mut request: Request<Incoming>) -> Result<Answer, Infallible> {
    if !signed(&floor.key, request.headers().get(COOKIE)) {
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
