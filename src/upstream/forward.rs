//! Sends a request to its site.

use std::pin::pin;
use std::time::Duration;

use http::uri::PathAndQuery;
use http::{Method, Request, Response, Uri, Version};
use hyper::body::Incoming;
use hyper_util::client::legacy::ResponseFuture;

use crate::access::Pass;
use crate::headers::clean::CleanHeaders;
use crate::upstream::answer;
use crate::upstream::body::{AnswerBody, VisitorBody};
use crate::upstream::error::UpstreamError;
use crate::upstream::length;
use crate::upstream::pool::Upstreams;
use crate::upstream::progress::Progress;

/// What is asked of the site that the `Pass` names. Path and query are those that arrived, byte for byte.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub target: PathAndQuery,
}

impl Upstreams {
    /// Sends a request that may pass, and returns the answer as soon as its head is there. Dropping the future, as the
    /// server does when the visitor leaves, drops the connection to the site.
    pub async fn forward(
        &self,
        pass: &Pass,
        ask: Ask,
        headers: CleanHeaders,
        body: VisitorBody,
    ) -> Result<Response<AnswerBody>, UpstreamError> {
        answer::accept(self.exchange(pass, ask, headers, body).await?)
    }

    pub(super) async fn exchange(
        &self,
        pass: &Pass,
        ask: Ask,
        headers: CleanHeaders,
        body: VisitorBody,
    ) -> Result<Response<Incoming>, UpstreamError> {
        let (mut headers, filter) = headers.into_parts();
        let mut body = body.filtered(filter);
        let progress = body.watched();
        length::frame(&mut headers, &body);
        let mut request = Request::new(body);
        *request.method_mut() = ask.method;
        *request.uri_mut() = Uri::from(ask.target);
        *request.version_mut() = Version::HTTP_11;
        *request.headers_mut() = headers;
        head(self.send(pass.site().id, request)?, progress, self.response_timeout).await
    }
}

/// Waits for the head of the answer; the wait begins anew while the request's body still moves.
async fn head(
    answer: ResponseFuture,
    progress: Option<Progress>,
    patience: Duration,
) -> Result<Response<Incoming>, UpstreamError> {
    let mut answer = pin!(answer);
    let mut seen = 0;
    loop {
        if let Ok(answer) = tokio::time::timeout(patience, &mut answer).await {
            return answer.map_err(|error| UpstreamError::of(&error));
        }
        let moved = progress.as_ref().map_or(0, Progress::count);
        if moved == seen {
            return Err(UpstreamError::TimedOut);
        }
        seen = moved;
    }
}
