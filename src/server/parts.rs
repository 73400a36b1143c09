//! What the server is built of.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use http::{Request, Response};

use crate::authz::Authz;
use crate::domain::identifier::RequestId;
use crate::domain::request_context::RequestContext;
use crate::proxy::ProxyHandler;
use crate::upstream::{AnswerBody, VisitorBody};
use crate::web::{App, Problem, Reader};

/// The handlers behind the sockets, and what errors and probes need of the rest.
pub(crate) struct Parts {
    /// Clock, sites and settings.
    pub app: Arc<App>,
    /// The protected sites.
    pub proxy: ProxyHandler,
    /// Decisions for other proxies.
    pub authz: Authz,
    /// The pages of the portal. They see the whole path, prefix included.
    pub portal: Portal,
    /// Pages about errors.
    pub pages: ErrorPages,
    /// Whether the store and the change feed can be read.
    pub ready: Ready,
}

/// Answers a request for a page.
pub(crate) type Portal = Box<
    dyn Fn(RequestContext, Request<VisitorBody>) -> BoxFuture<'static, Result<Response<AnswerBody>, Problem>>
        + Send
        + Sync,
>;

/// What an error page may show.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ErrorContext<'a> {
    /// What went wrong.
    pub problem: &'a Problem,
    /// What the visitor may quote, and the log holds.
    pub request: RequestId,
    /// For whom the page is drawn.
    pub reader: &'a Reader,
}

/// Makes the HTML page about an error; `None`: a plain text is sent.
pub(crate) type ErrorPages = Box<dyn Fn(&ErrorContext<'_>) -> Option<String> + Send + Sync>;

/// Whether the gateway can do its work now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readiness {
    /// It can.
    Ready,
    /// The store or the change feed cannot be read.
    NotReady,
}

/// Reports the readiness, without waiting.
pub(crate) type Ready = Box<dyn Fn() -> Readiness + Send + Sync>;
