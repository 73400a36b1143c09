//! What a page is asked with, and what it answers.

use std::sync::Arc;

use http::Response;
use http::request::Parts;

use crate::domain::request_context::RequestContext;
use crate::upstream::{AnswerBody, VisitorBody};
use crate::web::{App, Reader};

/// A request for a page.
pub(super) struct PageRequest {
    /// Every built part.
    pub app: Arc<App>,
    /// The facts of the request.
    pub context: RequestContext,
    /// For whom the page is drawn.
    pub reader: Reader,
    /// Method, target and header fields.
    pub head: Parts,
    /// What a form sends.
    pub body: VisitorBody,
}

/// A page, a redirect or a file of ours.
pub(super) type Page = Response<AnswerBody>;
