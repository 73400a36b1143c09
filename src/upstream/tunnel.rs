//! WebSocket tunnels: they copy both directions until either side leaves or the session, token or account behind them
//! ends.

use std::any::Any;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::header::{self, HeaderValue};
use http::{Response, StatusCode, Version};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_util::sync::CancellationToken;

use crate::headers::clean::{self, CleanHeaders};
use crate::policy::Permit;
use crate::upstream::answer_body::AnswerBody;
use crate::upstream::error::UpstreamError;
use crate::upstream::forward::Answered;
use crate::upstream::pinned::PinnedConnections;
use crate::upstream::pool::Upstreams;
use crate::upstream::response;
use crate::upstream::touch::Touch;
use crate::upstream::visitor_body::VisitorBody;

/// What ends a tunnel, and what is held while it is open.
pub(crate) struct TunnelGuard {
    /// Cancelled when the session, access token or account that opened the tunnel ends.
    pub ended: CancellationToken,
    /// Called whenever the visitor sends something, which is a use of the session or token. Must be cheap.
    pub touch: Touch,
    /// The tunnel's permits from the limits on connections and exchanges, held while it is open.
    #[expect(dead_code, reason = "dropped with the tunnel, which gives the places back")]
    pub tunnel_permits: Box<dyn Any + Send + Sync>,
}

impl Upstreams {
    /// Forwards a WebSocket request. If the site agrees (101), both connections become one tunnel. Any other answer is
    /// passed on unchanged (RFC 9110 §7.8: the site may ignore the request for an upgrade).
    pub(crate) async fn forward_upgrade(
        &self,
        permit: &Permit,
        headers: CleanHeaders,
        pinned: Arc<PinnedConnections>,
        visitor: OnUpgrade,
        tunnel_guard: TunnelGuard,
    ) -> Result<Response<AnswerBody>, UpstreamError> {
        let Answered { response: mut answer, lease } =
            self.exchange(permit, headers, VisitorBody::none(), pinned).await?;
        if answer.status() != StatusCode::SWITCHING_PROTOCOLS {
            return response::accept(answer, lease);
        }
        let protocol = answer.headers().get(header::UPGRADE);
        if !protocol.is_some_and(|protocol| protocol.as_bytes().eq_ignore_ascii_case(b"websocket")) {
            return Err(UpstreamError::InvalidAnswer("101 to another protocol than websocket".to_owned()));
        }
        let site = hyper::upgrade::on(&mut answer);
        let closing = self.closing.clone();
        self.tunnels.spawn(async move {
            tokio::select! {
                () = closing.cancelled() => {}
                () = tunnel_guard.ended.clone().cancelled_owned() => {}
                () = run(visitor, site, &tunnel_guard) => {}
            }
        });
        let (mut parts, _) = answer.into_parts();
        clean::for_visitor(&mut parts.headers);
        parts.headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        parts.headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        parts.version = Version::HTTP_11;
        Ok(Response::from_parts(parts, AnswerBody::Empty))
    }
}

async fn run(visitor: OnUpgrade, site: OnUpgrade, tunnel_guard: &TunnelGuard) {
    // hyper keeps bytes that either side sent directly after the head in `Upgraded`, where they are read first.
    let Ok((visitor, site)) = tokio::try_join!(visitor, site) else { return };
    let mut visitor = Used { inner: TokioIo::new(visitor), tunnel_guard };
    // An error means that one side left without closing; there is nobody to report it to.
    let _ = tokio::io::copy_bidirectional(&mut visitor, &mut TokioIo::new(site)).await;
}

/// The visitor's side. Whatever it sends or receives is a use of the session.
struct Used<'a> {
    inner: TokioIo<Upgraded>,
    tunnel_guard: &'a TunnelGuard,
}

impl AsyncRead for Used<'_> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            (self.tunnel_guard.touch)();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Used<'_> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.inner).poll_write(cx, bytes))?;
        (self.tunnel_guard.touch)();
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
