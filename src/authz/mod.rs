//! Floor 9: the questions of other proxies: may this request pass?
//!
//! A proxy that stands before the site sends us the head of each request, in one of the [`styles`], and does what we
//! answer. Each style reads what is asked from its own header family and nothing else, since every proxy passes the
//! other families on as the visitor wrote them; `X-Forwarded-For` says who asks in all of them. Only a peer in
//! `server.trusted_proxies` is answered at all. Body and everything conditional of the question are ignored. The
//! decision itself is `authorize/pipeline`, the same as for a request that we forward. Called by `server/router`,
//! before any site look-up: most questions bear our own host.

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
