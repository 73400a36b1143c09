//! The input and output of a page handler.

use std::sync::Arc;

use http::Response;
use http::request::Parts;

use crate::domain::request_context::RequestContext;
use crate::upstream::{AnswerBody, VisitorBody};
use crate::web::{App, Reader};

/// A request for a page.
pub(super) struct PageRequest {
    /// The shared parts of the gateway.
    pub app: Arc<App>,
    pub context: RequestContext,
    /// For whom the page is drawn.
    pub reader: Reader,
    /// The request line and header fields.
    pub head: Parts,
    /// Holds the fields of a posted form.
    pub body: VisitorBody,
}

/// The response of a page handler: a page, a redirect or a static file.
pub(super) type Page = Response<AnswerBody>;
