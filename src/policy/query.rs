//! The input of a policy decision.

use std::sync::Arc;

use http::Method;

use crate::domain::client::ClientAddress;
use crate::domain::exchange_kind::ExchangeKind;
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
    /// An ordinary exchange or a WebSocket.
    pub kind: ExchangeKind,
    /// The client's address, for rules with `networks`.
    pub client: ClientAddress,
}

impl<'a> PolicyQuery<'a> {
    /// Every method that the site may use, the request's own first.
    pub(super) fn methods(&self) -> impl Iterator<Item = &'a Method> + use<'a> {
        std::iter::once(self.method).chain(self.also)
    }

    /// Whether the site answers the request without a session, unless a rule denies it. A path with a second spelling or
    /// interpretation is never opened, nor is a WebSocket, nor a method that the site may replace by another.
    pub(super) fn is_opened(&self) -> bool {
        let path = self.path;
        self.site.settings.without_session.browser_assets == BrowserAssets::Open
            && self.kind == ExchangeKind::Http
            && self.methods().all(|method| matches!(*method, Method::GET | Method::HEAD))
            && path.further().is_empty()
            && path.extent() == Extent::Known
            && path.canonical().as_str() == self.target.path()
            && is_browser_asset(self.target)
    }
}
