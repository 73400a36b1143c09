//! A peer that answers each request with the bytes that a closure returns, then closes the connection.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// The received requests with head and body, in order.
pub(super) type Requests = Arc<Mutex<Vec<String>>>;

pub(super) struct Peer {
    pub port: u16,
    pub requests: Requests,
}

impl Peer {
    pub(super) async fn start(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Self::listen(answer, None).await
    }

    pub(super) async fn start_tls(
        acceptor: TlsAcceptor,
        answer: impl Fn(&str) -> String + Send + Sync + 'static,
    ) -> Self {
        Self::listen(answer, Some(acceptor)).await
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The request lines of the received requests.
    pub(super) fn lines(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(|request| request.lines().next().unwrap_or_default().into()).collect()
    }

    async fn listen(answer: impl Fn(&str) -> String + Send + Sync + 'static, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Requests::default();
        let (seen, answer) = (Arc::clone(&requests), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, answer, tls) = (Arc::clone(&seen), Arc::clone(&answer), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, &seen, answer.as_ref()).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, &seen, answer.as_ref()).await;
                            }
                        }
                    }
                });
            }
        });
        Self { port, requests }
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    seen: &Requests,
    answer: &(dyn Fn(&str) -> String + Sync),
) {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    while !whole(&bytes) {
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
        }
    }
    let request = String::from_utf8_lossy(&bytes).into_owned();
    let answer = answer(&request);
    seen.lock().unwrap().push(request);
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

fn whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

pub(super) fn answer(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

/// A token response for the user `user 1`.
pub(super) fn token() -> String {
    let part = |claims: Value| URL_SAFE_NO_PAD.encode(claims.to_string());
    let jwt = format!("e30.{}.c2ln", part(json!({ "preferred_username": "user 1", "iat": 1000, "exp": 29_800 })));
    answer("200 OK", &json!({ "access_token": jwt, "id_token": jwt }).to_string())
}

/// A peer that issues a token and answers everything else with `rest`.
pub(super) async fn after_token(rest: String) -> Peer {
    Peer::start(move |request| if request.starts_with("POST /cpaas/auth/v1/token ") { token() } else { rest.clone() })
        .await
}
