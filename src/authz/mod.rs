//! Floor 9: forward auth. Another proxy asks whether a request may pass.
//!
//! A proxy in front of the site sends us the head of each request, in one of the [`styles`], and acts on our response.
//! Each style reads the original request from its own header family only, because every proxy passes the other families
//! on as the visitor wrote them. `X-Forwarded-For` names the client in all styles. Only peers in
//! `server.trusted_proxies` are answered. The body and the conditional fields of a forward-auth request are ignored.
//! The decision is made by `authorize/pipeline`, as for a request that we forward ourselves. Called by `server/router`
//! before any site look-up, because most forward-auth requests have our own host.

mod answer;
mod auth_request;
mod claimed_identity;
mod contradiction;
mod ext_authz;
mod forward_auth;
mod original;
mod request;
mod styles;
mod trust;

pub(crate) use answer::Authz;
pub(crate) use request::{ForwardAuthRequest, Style};
pub(crate) use styles::style_at;
