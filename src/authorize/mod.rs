//! Floor 8: may this request pass? One pipeline for the protected sites and for the questions of other proxies.
//!
//! Finds the rules, asks `authn` for the principal and lets `policy` decide: a `Permit`, or a [`Denial`] and how it is
//! answered ([`denial`]). It never forwards and never issues a session. Called by `proxy` and `authz`; site and path
//! were checked before (`web::site_lookup`).

pub(crate) mod denial;
mod pipeline;
mod second_target;
mod websocket_origin;

pub(crate) use pipeline::{AccessRequest, Denial, Offer, addressee, authorize, interpretations};
