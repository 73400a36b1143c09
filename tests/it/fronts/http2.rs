//! What is different inside HTTP/2, which browsers speak: cookies come in pieces, the host is no header, a WebSocket
//! has no key, and a body has windows.

use http_body_util::{BodyExt, Empty, Full};
use hyper::body::Bytes;
use hyper::ext::Protocol;
use hyper_util::rt::{TokioExecutor, TokioIo};

use super::Finding;
use super::cases::holds;
use super::deployment::{Deployment, SITE};
use crate::backend::{Answer, WELCOME};
use crate::visitor::Visitor;
use crate::wire::within;

type Sender<B> = hyper::client::conn::http2::SendRequest<B>;

/// Some of the windows of HTTP/2, which are 64 KiB to begin with.
const LARGE: usize = 16 * 1024 * 1024;

async fn connect<B>(deployment: &Deployment) -> Result<Sender<B>, String>
where
    B: hyper::body::Body<Data = Bytes, Error = std::convert::Infallible> + Send + Unpin + 'static,
{
    let opened = deployment.http2().await.map_err(|error| error.to_string())?;
    holds!(opened.alpn.as_deref() == Some(b"h2"), "HTTP/2 is not offered");
    let io = TokioIo::new(opened.wire.into_io());
    let made = within("h2", hyper::client::conn::http2::handshake(TokioExecutor::new(), io)).await;
    let (sender, connection) = made.map_err(|error| error.to_string())?;
    tokio::spawn(connection);
    Ok(sender)
}

/// A request with one `cookie` field for each cookie, as browsers send them (RFC 9113 §8.2.3).
fn request(visitor: &Visitor, method: &str, path: &str) -> http::request::Builder {
    let request = http::Request::builder().method(method).uri(format!("https://{}{path}", visitor.host()));
    let request =
        visitor.jar.iter().fold(request, |request, (name, value)| request.header("cookie", format!("{name}={value}")));
    request.header("cookie", "own=1")
}

pub async fn cookie_in_pieces(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let mut sender = connect(deployment).await?;
    let before = deployment.gateway.backend.count();
    let request = request(&bob, "GET", "/over/h2").header("remote-user", "eve").body(Empty::new()).expect("a request");
    let answer = within("an answer", sender.send_request(request)).await.map_err(|error| error.to_string())?;
    let status = answer.status().as_u16();
    let body = within("a body", answer.into_body().collect()).await.map_err(|error| error.to_string())?.to_bytes();
    let seen = deployment.gateway.backend.seen().split_off(before);
    holds!(status == 200 && body == WELCOME.as_bytes() && seen.len() == 1, "{status}, and the app saw {seen:?}");
    holds!(seen[0].headers_named("remote-user") == ["bob"], "the app saw {}", seen[0].head);
    holds!(seen[0].headers_named("cookie").concat().contains("own=1"), "the app saw {}", seen[0].head);
    Ok("one session".to_owned())
}

/// A large body, 24 kB of cookies, and another port than 443.
pub async fn large_and_on_another_port(deployment: &mut Deployment) -> Finding {
    let mut bob = deployment.bob().await;
    bob.host = Some(format!("{SITE}:{}", deployment.address().port()));
    let theirs: Vec<_> = (0..6).map(|number| format!("theirs{number}={}", "c".repeat(4000))).collect();
    let mut sender = connect(deployment).await?;
    let before = deployment.gateway.backend.count();
    let request = request(&bob, "POST", "/over/h2").header("cookie", theirs.join("; "));
    let request = request.body(Full::new(Bytes::from(vec![b'u'; LARGE]))).expect("a request");
    let answer = within("an answer", sender.send_request(request)).await.map_err(|error| error.to_string())?;
    let seen = deployment.gateway.backend.seen().split_off(before);
    holds!(answer.status().as_u16() == 200 && seen.len() == 1, "{answer:?}");
    holds!(seen[0].whole && seen[0].body_length == LARGE, "the app got {} bytes", seen[0].body_length);
    holds!(seen[0].headers_named("host") == [bob.host().as_str()], "the app saw {}", seen[0].head);
    let came = seen[0].headers_named("cookie").join("; ");
    holds!(theirs.iter().all(|cookie| came.contains(cookie)), "the app saw {} bytes of cookies", came.len());
    Ok("pass".to_owned())
}

/// RFC 8441. Where the proxy offers it, the question must still be about a WebSocket, and its Origin be looked at.
pub async fn socket_of_another_site(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let mut sender = connect(deployment).await?;
    // The settings, which say whether it is offered, have come with this answer.
    let first = request(&bob, "GET", "/").body(Empty::new()).expect("a request");
    within("an answer", sender.send_request(first)).await.map_err(|error| error.to_string())?;
    deployment.gateway.backend.answers(Answer::WebSocketEcho);
    let before = deployment.gateway.backend.count();
    let request = request(&bob, "CONNECT", "/socket")
        .header("origin", "https://evil.example")
        .header("sec-websocket-version", "13")
        .extension(Protocol::from_static("websocket"))
        .body(Empty::new())
        .expect("a request");
    let answer = within("an answer", sender.send_request(request)).await;
    deployment.gateway.backend.answers(Answer::Welcome);
    let seen = deployment.gateway.backend.seen().split_off(before);
    holds!(seen.is_empty(), "the app saw {seen:?}");
    match answer {
        Ok(answer) => {
            holds!(answer.status().as_u16() >= 400, "{answer:?}");
            Ok(format!("refused ({})", answer.status().as_u16()))
        }
        Err(_) => Ok("not offered".to_owned()),
    }
}
