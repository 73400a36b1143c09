//! The input of a policy decision.

use std::sync::Arc;

use crate::domain::client::ClientAddress;
use crate::domain::origin::Origin;
use crate::domain::path::PathInterpretations;
use crate::domain::target::RequestTarget;
use crate::policy::sites::Site;

/// One request to one site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PolicyQuery<'a> {
    pub site: &'a Arc<Site>,
    /// The method of the request itself.
    pub method: &'a http::Method,
    /// Other methods that the site may use instead, such as one from a method override header.
    pub also: &'a [http::Method],
    /// Path and query as they arrived.
    pub target: &'a RequestTarget,
    /// Every interpretation of the target's path.
    pub path: &'a PathInterpretations<'a>,
    /// The origin of a CORS preflight; `None` for any other request.
    pub preflight: Option<&'a Origin>,
    /// The client's address, for rules with `networks`.
    pub client: ClientAddress,
}

impl<'a> PolicyQuery<'a> {
    /// Every method that the site may use, the request's own first.
    pub(super) fn methods(&self) -> impl Iterator<Item = &'a http::Method> + use<'a> {
        std::iter::once(self.method).chain(self.also)
    }
}
