//! The input of a policy decision.

use std::sync::Arc;

use http::Method;

use crate::domain::client::ClientAddress;
use crate::domain::origin::Origin;
use crate::domain::path::{Extent, PathInterpretations};
use crate::domain::target::RequestTarget;
use crate::policy::sites::Site;
use crate::policy::without_session::{BrowserAssets, is_browser_asset};

/// One request to one site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PolicyQuery<'a> {
    pub site: &'a Arc<Site>,
    /// The method of the request itself.
    pub method: &'a Method,
    /// Other methods that the site may use instead, such as one from a method override header.
    pub also: &'a [Method],
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
    pub(super) fn methods(&self) -> impl Iterator<Item = &'a Method> + use<'a> {
        std::iter::once(self.method).chain(self.also)
    }

    /// Whether the site answers the request without a session, unless a rule denies it. A path with a second spelling or
    /// interpretation is never opened, nor is a method that the site may replace by another.
    pub(super) fn is_opened(&self) -> bool {
        let path = self.path;
        let plain = path.further().is_empty()
            && path.extent() == Extent::Known
            && path.canonical().as_str() == self.target.path();
        plain && (self.asks_for_an_open_asset() || self.is_a_welcome_preflight())
    }

    fn asks_for_an_open_asset(&self) -> bool {
        self.site.settings.without_session.browser_assets == BrowserAssets::Open
            && self.methods().all(|method| matches!(*method, Method::GET | Method::HEAD))
            && is_browser_asset(self.path.canonical().as_str())
    }

    fn is_a_welcome_preflight(&self) -> bool {
        let origins = &self.site.settings.without_session.cors_origins;
        self.also.is_empty() && self.preflight.is_some_and(|origin| origins.contains(origin))
    }
}
