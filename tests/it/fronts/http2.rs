//! What is different inside HTTP/2: cookies come in pieces, and a WebSocket has no key.

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::ext::Protocol;
use hyper_util::rt::{TokioExecutor, TokioIo};

use super::Finding;
use super::cases::holds;
use super::scene::Scene;
use crate::backend::{Answer, WELCOME};
use crate::visitor::Visitor;
use crate::wire::within;

type Sender = hyper::client::conn::http2::SendRequest<Empty<Bytes>>;

async fn connect(scene: &Scene) -> Result<Sender, String> {
    let opened = scene.http2().await.map_err(|error| error.to_string())?;
    holds!(opened.alpn.as_deref() == Some(b"h2"), "HTTP/2 is not offered");
    let io = TokioIo::new(opened.wire.into_io());
    let made = within("h2", hyper::client::conn::http2::handshake(TokioExecutor::new(), io)).await;
    let (sender, connection) = made.map_err(|error| error.to_string())?;
    tokio::spawn(connection);
    Ok(sender)
}

/// A request with one `cookie` field for each cookie, as browsers send them (RFC 9113 §8.2.3).
fn request(visitor: &Visitor, method: &str, path: &str) -> http::request::Builder {
    let request = http::Request::builder().method(method).uri(format!("https://app.example.com{path}"));
    let request =
        visitor.jar.iter().fold(request, |request, (name, value)| request.header("cookie", format!("{name}={value}")));
    request.header("cookie", "own=1")
}

pub async fn cookie_in_pieces(scene: &mut Scene) -> Finding {
    let bob = scene.bob().await;
    let mut sender = connect(scene).await?;
    let before = scene.house.backend.count();
    let request = request(&bob, "GET", "/over/h2").header("remote-user", "eve").body(Empty::new()).expect("a request");
    let answer = within("an answer", sender.send_request(request)).await.map_err(|error| error.to_string())?;
    let status = answer.status().as_u16();
    let body = within("a body", answer.into_body().collect()).await.map_err(|error| error.to_string())?.to_bytes();
    let seen = scene.house.backend.seen().split_off(before);
    holds!(status == 200 && body == WELCOME.as_bytes() && seen.len() == 1, "{status}, and the app saw {seen:?}");
    holds!(seen[0].headers_named("remote-user") == ["bob"], "the app saw {}", seen[0].head);
    holds!(seen[0].headers_named("cookie").concat().contains("own=1"), "the app saw {}", seen[0].head);
    Ok("one session".to_owned())
}

/// RFC 8441. Where the proxy offers it, the question must still be about a WebSocket, and its Origin be looked at.
pub async fn socket_of_another_site(scene: &mut Scene) -> Finding {
    let bob = scene.bob().await;
    let mut sender = connect(scene).await?;
    // The settings, which say whether it is offered, have come with this answer.
    let first = request(&bob, "GET", "/").body(Empty::new()).expect("a request");
    within("an answer", sender.send_request(first)).await.map_err(|error| error.to_string())?;
    scene.house.backend.answers(Answer::WebSocketEcho);
    let before = scene.house.backend.count();
    let request = request(&bob, "CONNECT", "/socket")
        .header("origin", "https://evil.example")
        .header("sec-websocket-version", "13")
        .extension(Protocol::from_static("websocket"))
        .body(Empty::new())
        .expect("a request");
    let answer = within("an answer", sender.send_request(request)).await;
    scene.house.backend.answers(Answer::Welcome);
    let seen = scene.house.backend.seen().split_off(before);
    holds!(seen.is_empty(), "the app saw {seen:?}");
    match answer {
        Ok(answer) => {
            holds!(answer.status().as_u16() >= 400, "{answer:?}");
            Ok(format!("refused ({})", answer.status().as_u16()))
        }
        Err(_) => Ok("not offered".to_owned()),
    }
}
