//! Responses to heads over a limit: a page or a small JSON object, and a log line. The library would send neither.

use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{Method, Request, Response, Uri};

use crate::domain::client::ClientAddress;
use crate::server::access_log::AccessLogLine;
use crate::server::connection_info::ConnectionInfo;
use crate::server::framing::OversizedHead;
use crate::server::receive::Receiver;
use crate::upstream::AnswerBody;
use crate::web::{Problem, Reader};

/// The whole response to an HTTP/1 head, as bytes. The connection is closed after it.
pub(super) fn answer(receiver: &Receiver, connection: &ConnectionInfo, head: &OversizedHead) -> Vec<u8> {
    let id = connection.next_request();
    let request = request(head);
    // The fields of such a head are not read, so the page is in English.
    let reader = head.wants_html.then(|| Reader::of(request.headers(), request.uri()));
    let mut line = AccessLogLine::begin(
        receiver.clock(),
        receiver.clock().now(),
        id,
        ClientAddress::of_peer(connection.peer),
        &request,
    );
    let problem = Problem::HeadTooLarge(head.explanation);
    let mut answer = receiver.explain(&problem, id, reader.as_ref(), line.as_deref_mut());
    receiver.security.dress(answer.response.headers_mut(), connection.scheme, None);
    if let Some(line) = &mut line {
        line.status = Some(answer.response.status());
    }
    bytes(answer.response)
}

/// As much of the request as the log needs.
fn request(head: &OversizedHead) -> Request<()> {
    let mut request = Request::new(());
    let mut words = head.request_line.split(|byte| *byte == b' ');
    let method = words.next().unwrap_or_default();
    let target = words.next().unwrap_or_default();
    if let Ok(method) = Method::from_bytes(method) {
        *request.method_mut() = method;
    }
    *request.uri_mut() = Uri::try_from(target).unwrap_or_else(|_| Uri::from_static("/"));
    request
}

fn bytes(response: Response<AnswerBody>) -> Vec<u8> {
    let (mut parts, body) = response.into_parts();
    let body = match body {
        AnswerBody::Whole(body) => body,
        AnswerBody::Empty | AnswerBody::Site(_) => Bytes::new(),
    };
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    parts.headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    let reason = parts.status.canonical_reason().unwrap_or_default();
    let mut bytes = format!("HTTP/1.1 {} {reason}\r\n", parts.status.as_u16()).into_bytes();
    for (name, value) in &parts.headers {
        for piece in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            bytes.extend_from_slice(piece);
        }
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(&body);
    bytes
}
