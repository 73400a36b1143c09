//! A small `WebDAV` app with its files in memory: PUT, GET, COPY and MOVE (RFC 4918), with no rule of its own.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::backend::WELCOME;

type Files = Arc<Mutex<BTreeMap<String, Bytes>>>;

/// The app. It ends with the test.
pub struct WebDav {
    pub address: SocketAddr,
    files: Files,
    task: tokio::task::JoinHandle<()>,
}

impl WebDav {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let files = Files::default();
        let shared = Arc::clone(&files);
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let files = Arc::clone(&shared);
                let service = service_fn(move |request| answer(Arc::clone(&files), request));
                let connection = hyper::server::conn::http1::Builder::new();
                connections.spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
        Self { address, files, task }
    }

    /// Every file there is.
    pub fn names(&self) -> Vec<String> {
        self.files.lock().unwrap().keys().cloned().collect()
    }
}

impl Drop for WebDav {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(files: Files, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let path = decoded(head.uri.path());
    let destination = head.headers.get("destination").and_then(|value| value.to_str().ok()).map(|value| {
        // As many apps do: whatever origin the URL names, its path counts.
        let base = url::Url::parse("http://app/").expect("a URL");
        decoded(base.join(value).expect("a URL").path())
    });
    let mut files = files.lock().unwrap();
    let (status, content) = match (head.method.as_str(), destination) {
        ("PUT", _) => {
            files.insert(path, body);
            (StatusCode::CREATED, Bytes::new())
        }
        ("COPY" | "MOVE", Some(to)) => match files.get(&path).cloned() {
            Some(content) => {
                if head.method.as_str() == "MOVE" {
                    files.remove(&path);
                }
                files.insert(to, content);
                (StatusCode::CREATED, Bytes::new())
            }
            None => (StatusCode::NOT_FOUND, Bytes::new()),
        },
        ("GET", _) if path == "/" => (StatusCode::OK, Bytes::from(WELCOME)),
        ("GET", _) => match files.get(&path).cloned() {
            Some(content) => (StatusCode::OK, content),
            None => (StatusCode::NOT_FOUND, Bytes::from("no such file")),
        },
        _ => (StatusCode::METHOD_NOT_ALLOWED, Bytes::new()),
    };
    Ok(Response::builder().status(status).body(Full::new(content)).expect("an answer"))
}

fn decoded(path: &str) -> String {
    let mut out = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&out).into_owned()
}
