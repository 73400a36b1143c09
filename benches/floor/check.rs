//! An answer to another proxy with nothing but the check.

use std::convert::Infallible;

use http::header::{COOKIE, HeaderValue};
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

use crate::floor::{key, signed};
use crate::installation::Outcome;

/// Serves until killed; says where on standard error.
pub(crate) fn serve() -> Outcome<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(accept())
}

#[expect(clippy::print_stderr, reason = "the bench waits for this line")]
async fn accept() -> Outcome<()> {
    let key = key();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    eprintln!("listening {}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let key = key.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request: Request<Incoming>| {
                let passes = signed(&key, request.headers().get(COOKIE));
                std::future::ready(Ok::<_, Infallible>(if passes { told() } else { refused() }))
            });
            drop(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
        });
    }
}

fn refused() -> Response<String> {
    let mut answer = Response::new(String::new());
    *answer.status_mut() = StatusCode::UNAUTHORIZED;
    answer
}

/// The fields that the gateway's answer bears.
fn told() -> Response<String> {
    let mut answer = Response::new(String::new());
    let fields = [("remote-user", "ada"), ("remote-email", "ada@example.com"), ("cache-control", "no-store")];
    let empty = ["remote-name", "remote-groups", "x-portcullis-assertion"].map(|name| (name, ""));
    for (name, value) in fields.into_iter().chain(empty) {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}
