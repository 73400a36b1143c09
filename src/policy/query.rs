//! What policy is asked.

use std::sync::Arc;

use crate::domain::client::ClientAddress;
use crate::domain::path::PathInterpretations;
use crate::domain::target::RequestTarget;
use crate::policy::sites::Site;

/// What is asked for: one request to one site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PolicyQuery<'a> {
    /// The site.
    pub site: &'a Arc<Site>,
    /// The method.
    pub method: &'a http::Method,
    /// Further methods that the site may take for it.
    pub also: &'a [http::Method],
    /// Path and query, as they arrived.
    pub target: &'a RequestTarget,
    /// The path of it, in every interpretation.
    pub path: &'a PathInterpretations<'a>,
    /// From where.
    pub client: ClientAddress,
}

impl<'a> PolicyQuery<'a> {
    /// Every method that the request may have for the site, its own first.
    pub(super) fn methods(&self) -> impl Iterator<Item = &'a http::Method> + use<'a> {
        std::iter::once(self.method).chain(self.also)
    }
}
