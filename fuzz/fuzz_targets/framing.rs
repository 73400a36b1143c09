//! Framing: what the reader of the wire calls clean, hyper and an independent parser read with the same boundaries.
//!
//! The first byte of the input says how the rest is cut into reads.

#![no_main]

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::CONNECTION;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use libfuzzer_sys::fuzz_target;
use portcullis::parts::fuzzing::{Activity, FramedSocket, FramingRules, FramingVerdict, Patience, FramingVerdicts};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

const LONGEST_HEAD: usize = 4096;

/// One request as a reader understood it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Message {
    method: String,
    target: String,
    /// None where its end never came.
    body: Option<Vec<u8>>,
}

/// A connection that gives its bytes in pieces and then ends; answers go nowhere.
struct Pieces {
    left: Vec<u8>,
    size: usize,
}

impl AsyncRead for Pieces {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let count = self.size.min(buf.remaining()).min(self.left.len());
        let rest = self.left.split_off(count);
        buf.put_slice(&self.left);
        self.left = rest;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Pieces {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

type Seen = Arc<Mutex<Vec<Message>>>;

/// Answers as the gateway does: whatever is not clean is refused and ends the connection.
async fn answer(request: Request<Incoming>, verdicts: FramingVerdicts, seen: Seen) -> Response<Empty<Bytes>> {
    let mut response = Response::new(Empty::new());
    let (head, body) = request.into_parts();
    if verdicts.take() != FramingVerdict::Clean {
        *response.status_mut() = StatusCode::BAD_REQUEST;
        response.headers_mut().insert(CONNECTION, "close".parse().expect("a value"));
        return response;
    }
    let body = body.collect().await.ok().map(|body| body.to_bytes().to_vec());
    seen.lock().expect("a lock").push(Message {
        method: head.method.to_string(),
        target: head.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        body,
    });
    if head.method == Method::CONNECT {
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    }
    response
}

/// What hyper makes of the wire behind the product's reader.
async fn through_hyper(wire: &[u8], size: usize) -> Vec<Message> {
    let (verdicts, seen) = (FramingVerdicts::default(), Seen::default());
    let patience = Patience { head: Duration::from_secs(60), idle: Duration::from_secs(60) };
    let pieces = Pieces { left: wire.to_vec(), size };
    let judged = FramingRules { most: LONGEST_HEAD, verdicts: verdicts.clone() };
    let refuse = Box::new(|_: &_| Vec::new());
    let socket = FramedSocket::new(pieces, judged, Activity::default(), patience, refuse);
    let kept = Arc::clone(&seen);
    let service = service_fn(move |request| {
        let answered = answer(request, verdicts.clone(), Arc::clone(&seen));
        async move { Ok::<_, Infallible>(answered.await) }
    });
    let mut server = http1::Builder::new();
    server.header_read_timeout(None).max_buf_size(128 * 1024).max_header_size(LONGEST_HEAD);
    let _ = server.serve_connection(TokioIo::new(socket), service).await;
    let seen = kept.lock().expect("a lock");
    seen.clone()
}

/// The body behind a head as RFC 9112 §6 frames it, and what follows. `Err` where it can be read in two ways.
fn body<'a>(head: &httparse::Request<'_, '_>, rest: &'a [u8]) -> Result<(Option<Vec<u8>>, &'a [u8]), &'static str> {
    let named = |name: &'static str| {
        head.headers.iter().filter(move |field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value)
    };
    let lengths: Vec<_> = named("content-length").collect();
    let encodings: Vec<_> = named("transfer-encoding").collect();
    match (lengths.as_slice(), encodings.as_slice()) {
        ([], []) => Ok((Some(Vec::new()), rest)),
        ([length], []) => {
            let digits = std::str::from_utf8(length).map_err(|_| "a length")?;
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            let length: u64 = digits.parse().ok().filter(|_| plain).ok_or("a length")?;
            match usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length)) {
                Some((body, rest)) => Ok((Some(body.to_vec()), rest)),
                None => Ok((None, &[])),
            }
        }
        ([], [coding]) if coding.trim_ascii().eq_ignore_ascii_case(b"chunked") && head.version == Some(1) => {
            Ok(chunks(rest).map_or((None, &[][..]), |(body, rest)| (Some(body), rest)))
        }
        _ => Err("two framings"),
    }
}

/// The chunks of a body, its trailers passed over.
fn chunks(mut rest: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut body = Vec::new();
    loop {
        let httparse::Status::Complete((start, size)) = httparse::parse_chunk_size(rest).ok()? else { return None };
        rest = &rest[start..];
        if size == 0 {
            break;
        }
        let (chunk, behind) = rest.split_at_checked(usize::try_from(size).ok()?)?;
        body.extend_from_slice(chunk);
        rest = behind.strip_prefix(b"\r\n")?;
    }
    loop {
        let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
        let (line, behind) = rest.split_at(end);
        rest = &behind[2..];
        if line.is_empty() {
            return Some((body, rest));
        }
    }
}

/// Compares, request by request, what was taken for clean with an independent reading of the same bytes.
fn compare(wire: &[u8], seen: &[Message]) {
    let mut rest = wire;
    for message in seen {
        let mut fields = [httparse::EMPTY_HEADER; 100];
        let mut head = httparse::Request::new(&mut fields);
        let Ok(httparse::Status::Complete(length)) = head.parse(rest) else {
            panic!("{message:?} is no request in {:?}", String::from_utf8_lossy(rest));
        };
        assert_eq!(head.method, Some(message.method.as_str()));
        if message.method != "CONNECT" {
            let target = head.path.unwrap_or_default();
            // RFC 9112 §3.2.2: an empty path is `/`, also before a query that has slashes of its own.
            let behind_scheme = target.find("://").map(|at| &target[at + 3..]);
            let path = behind_scheme.and_then(|rest| rest.find(['/', '?']).map(|at| rest[at..].to_owned()));
            let path = path.map(|path| if path.starts_with('?') { format!("/{path}") } else { path });
            let asked = if target.starts_with('/') || target == "*" { target } else { path.as_deref().unwrap_or("/") };
            let same = asked == message.target || (path.is_none() && message.target.starts_with('/'));
            assert!(same, "{target:?} was read as {:?}", message.target);
        }
        let (body, behind) = body(&head, &rest[length..])
            .unwrap_or_else(|why| panic!("{why} called clean: {:?}", String::from_utf8_lossy(rest)));
        if message.body.is_none() {
            return;
        }
        assert_eq!(message.body, body, "another end of {:?}", String::from_utf8_lossy(rest));
        rest = behind;
    }
}

thread_local! {
    static RUNTIME: tokio::runtime::Runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
}

fuzz_target!(|bytes: &[u8]| {
    let Some((cut, wire)) = bytes.split_first() else { return };
    let whole = RUNTIME.with(|runtime| runtime.block_on(through_hyper(wire, usize::MAX)));
    compare(wire, &whole);
    let size = usize::from(*cut).max(1);
    let pieces = RUNTIME.with(|runtime| runtime.block_on(through_hyper(wire, size)));
    compare(wire, &pieces);
    // A wire that cannot be read further ends the connection, which may come before the answer to what was read with it.
    let finished = |seen: &[Message]| seen.iter().filter(|message| message.body.is_some()).cloned().collect::<Vec<_>>();
    let (whole, pieces) = (finished(&whole), finished(&pieces));
    let shared = whole.len().min(pieces.len());
    assert_eq!(whole[..shared], pieces[..shared], "reads of {size} bytes change the requests");
});
