//! Selects the handler.
//!
//! | path | handler |
//! |---|---|
//! | `{prefix}/health/live`, `{prefix}/health/ready` | [`health`], before any site is looked up |
//! | `{prefix}/static/…` | `portal`, before any site is looked up: error pages of unknown hosts and of plain http use them |
//! | `{prefix}/authz/…` | `authz`: forward auth, before any site is looked up |
//! | `{prefix}`, `{prefix}/…` | `portal` |
//! | everything else | `proxy` |

use std::time::Duration;

use http::{Method, Response, StatusCode};

use crate::authz::{Style, style_at};
use crate::domain::path::is_below;
use crate::domain::target::RequestTarget;
use crate::portal;
use crate::proxy::ProxyRequest;
use crate::server::parts::{Parts, Readiness};
use crate::upstream::AnswerBody;
use crate::web::{Answer, Problem};

/// The routes.
pub(super) struct Router {
    pub(super) parts: Parts,
    live_path: String,
    ready_path: String,
    authz_path: String,
    static_path: String,
}

/// Time limit for a page of the portal. Pages take a moment; a form that arrives slower than this would only hold its
/// place.
const PORTAL_TIMEOUT: Duration = Duration::from_mins(1);

const READ_ONLY: &str = "GET, HEAD";

impl Router {
    pub(super) fn new(parts: Parts) -> Self {
        let prefix = &parts.app.settings.path;
        let live_path = format!("{prefix}/health/live");
        let ready_path = format!("{prefix}/health/ready");
        Self {
            live_path,
            ready_path,
            authz_path: format!("{prefix}/authz"),
            static_path: format!("{prefix}/static/"),
            parts,
        }
    }

    /// Handles paths that need no site. Such a request may have any `Host`, or none.
    pub(super) fn before_site(&self, method: &Method, path: &str) -> Option<Result<Answer, Problem>> {
        if path == self.live_path {
            return Some(health(method, Readiness::Ready));
        }
        if path == self.ready_path {
            return Some(health(method, (self.parts.ready)()));
        }
        if let Some(name) = path.strip_prefix(&self.static_path) {
            let reads = matches!(*method, Method::GET | Method::HEAD);
            let file = if reads {
                portal::asset(&self.parts.app.settings.branding, name)
            } else {
                Err(Problem::MethodNotAllowed(READ_ONLY))
            };
            return Some(file.map(Answer::ours));
        }
        let no_style = path.strip_prefix(&self.authz_path).is_some_and(|rest| style_at(rest).is_none());
        (no_style && is_below(path, &self.authz_path)).then_some(Err(Problem::NotFound))
    }

    /// The forward-auth style of this path, if it has one, and the rest of the target behind it.
    pub(super) fn forward_auth<'a>(&self, target: &'a RequestTarget) -> Option<(&'static Style, &'a str)> {
        let style = target.path().strip_prefix(&self.authz_path).and_then(style_at)?;
        let own = self.authz_path.len() + "/".len() + style.word.len();
        Some((style, target.as_str().get(own..).unwrap_or_default()))
    }

    /// Handles a request for one of our hosts.
    pub(super) async fn handle(&self, request: ProxyRequest) -> Result<Answer, Problem> {
        if self.parts.app.settings.owns(request.target.path()) {
            return self.portal(request).await;
        }
        self.parts.proxy.handle(request).await
    }

    async fn portal(&self, request: ProxyRequest) -> Result<Answer, Problem> {
        let ProxyRequest { context, request, .. } = request;
        match tokio::time::timeout(PORTAL_TIMEOUT, (self.parts.portal)(context, request)).await {
            Ok(page) => page.map(Answer::ours),
            Err(_) => Err(Problem::BadRequest("the request took too long to arrive")),
        }
    }
}

/// The response has a status only.
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
