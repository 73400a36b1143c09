//! Which door.
//!
//! | path | door |
//! |---|---|
//! | `{prefix}/health/live`, `{prefix}/health/ready` | [`health`], before any site is looked up |
//! | `{prefix}/authz/…` | decisions for other proxies, before any site is looked up |
//! | `{prefix}`, `{prefix}/…` | the portal |
//! | everything else | the gate |

use std::sync::Arc;
use std::time::Duration;

use http::{Method, Response, StatusCode};
use tower::Service as _;

use crate::authz::{Authz, ForwardAuthRequest, ForwardAuthResponse, Style};
use crate::domain::host::HostName;
use crate::domain::path::is_below;
use crate::domain::target::RequestTarget;
use crate::platform::clock::Clock;
use crate::proxy::{ProxyHandler, ProxyRequest};
use crate::server::handler::{ErrorContext, ErrorPages, Handler, ProbeRequest, Readiness, Ready};
use crate::upstream::AnswerBody;
use crate::web::{Answer, App, Hosted, Problem};

/// What the server is built of.
pub struct Parts {
    /// Clock, sites and settings.
    pub app: Arc<App>,
    /// The protected sites' door.
    pub gate: ProxyHandler,
    /// Decisions for other proxies.
    pub authz: Authz,
    /// The portal. It sees the whole path, prefix included.
    pub portal: axum::Router,
    /// Pages about errors.
    pub pages: ErrorPages,
    /// Whether the store and the change feed can be read.
    pub ready: Ready,
}

/// The real doors.
pub(super) struct Router {
    parts: Parts,
    live_path: String,
    ready_path: String,
    authz_path: String,
}

/// A page of the portal is made within a moment; a form that drips in for longer holds its place for nothing.
const PORTAL_PATIENCE: Duration = Duration::from_mins(1);

const READ_ONLY: &str = "GET, HEAD";

impl Router {
    pub(super) fn new(parts: Parts) -> Self {
        let prefix = &parts.app.settings.path;
        let (live_path, ready_path) = (format!("{prefix}/health/live"), format!("{prefix}/health/ready"));
        Self { live_path, ready_path, authz_path: format!("{prefix}/authz"), parts }
    }

    async fn portal(&self, question: ProxyRequest) -> Result<Answer, Problem> {
        let ProxyRequest { visit, request, .. } = question;
        let mut request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(Arc::new(visit));
        let made = tokio::time::timeout(PORTAL_PATIENCE, self.parts.portal.clone().call(request)).await;
        let Ok(made) = made else { return Err(Problem::BadRequest("the request took too long to arrive")) };
        let mut response = made.unwrap_or_else(|never| match never {});
        // A handler's `Problem` travels in the answer's extensions: only `receive` makes an answer of it.
        match response.extensions_mut().remove::<Problem>() {
            Some(problem) => Err(problem),
            None => Ok(Answer::ours(response.map(AnswerBody::page))),
        }
    }
}

impl Handler for Router {
    fn clock(&self) -> &Clock {
        &self.parts.app.clock
    }

    fn before_site(&self, probe: ProbeRequest<'_>) -> Option<Result<Answer, Problem>> {
        if probe.path == self.live_path {
            return Some(health(probe.method, Readiness::Ready));
        }
        if probe.path == self.ready_path {
            return Some(health(probe.method, (self.parts.ready)()));
        }
        let no_question = probe.path.strip_prefix(&self.authz_path).is_some_and(|rest| Style::at(rest).is_none());
        (no_question && is_below(probe.path, &self.authz_path)).then_some(Err(Problem::NotFound))
    }

    fn question<'a>(&self, target: &'a RequestTarget) -> Option<(&'static Style, &'a str)> {
        let style = target.path().strip_prefix(&self.authz_path).and_then(Style::at)?;
        let own = self.authz_path.len() + "/".len() + style.word.len();
        Some((style, target.as_str().get(own..).unwrap_or_default()))
    }

    async fn tell(&self, asking: ForwardAuthRequest<'_>) -> ForwardAuthResponse {
        self.parts.authz.answer(asking).await
    }

    fn hosted(&self, host: &HostName) -> Option<Hosted> {
        self.parts.app.hosted(host)
    }

    async fn answer(&self, question: ProxyRequest) -> Result<Answer, Problem> {
        if self.parts.app.settings.owns(question.target.path()) {
            return self.portal(question).await;
        }
        self.parts.gate.pass(question).await
    }

    fn page(&self, error: &ErrorContext<'_>) -> Option<String> {
        (self.parts.pages)(error)
    }

    async fn close(&self) {
        self.parts.gate.close().await;
    }
}

/// Says nothing but its status.
fn health(method: &Method, readiness: Readiness) -> Result<Answer, Problem> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err(Problem::MethodNotAllowed(READ_ONLY));
    }
    let mut response = Response::new(AnswerBody::Empty);
    *response.status_mut() = match readiness {
        Readiness::Ready => StatusCode::OK,
        Readiness::NotReady => StatusCode::SERVICE_UNAVAILABLE,
    };
    Ok(Answer::ours(response))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn health_says_its_status_and_takes_no_post() {
        assert_eq!(health(&Method::GET, Readiness::Ready).ok().unwrap().response.status(), 200);
        assert_eq!(health(&Method::HEAD, Readiness::NotReady).ok().unwrap().response.status(), 503);
        assert!(matches!(health(&Method::POST, Readiness::Ready), Err(Problem::MethodNotAllowed(_))));
    }
}
