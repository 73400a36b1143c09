//! The dependencies of the server.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use http::{Request, Response};

use crate::authz::Authz;
use crate::domain::identifier::RequestId;
use crate::domain::request_context::RequestContext;
use crate::proxy::ProxyHandler;
use crate::upstream::{AnswerBody, VisitorBody};
use crate::web::{App, Problem, Reader};

/// The handlers of the server, and what error pages and health checks need.
pub(crate) struct Parts {
    /// Clock, sites and settings.
    pub app: Arc<App>,
    /// Handles requests for protected sites.
    pub proxy: ProxyHandler,
    /// Answers forward-auth requests.
    pub authz: Authz,
    /// Handles requests for the portal. It gets the whole path, with the prefix.
    pub portal: Portal,
    /// Renders error pages.
    pub pages: ErrorPages,
    /// Reports whether the store and the change feed can be read.
    pub ready: Ready,
}

/// Handles a request for a page of the portal.
pub(crate) type Portal = Box<
    dyn Fn(RequestContext, Request<VisitorBody>) -> BoxFuture<'static, Result<Response<AnswerBody>, Problem>>
        + Send
        + Sync,
>;

/// The input of an error page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ErrorContext<'a> {
    pub problem: &'a Problem,
    /// The id that the visitor can quote and the log contains.
    pub request: RequestId,
    /// For whom the page is drawn.
    pub reader: &'a Reader,
}

/// Renders the HTML page for an error. `None` makes the server send plain text.
pub(crate) type ErrorPages = Box<dyn Fn(&ErrorContext<'_>) -> Option<String> + Send + Sync>;

/// Whether the gateway is able to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readiness {
    /// The store and the change feed can be read.
    Ready,
    /// The store or the change feed cannot be read.
    NotReady,
}

/// Reports the readiness without blocking.
pub(crate) type Ready = Box<dyn Fn() -> Readiness + Send + Sync>;
