//! Floor 8: may this request pass? One pipeline for protected sites and for forward auth.
//!
//! Finds the rules, gets the principal from `authn` and lets `policy` decide. The result is a `Permit`, or a
//! [`Denial`], whose response is built by [`denial`]. Never forwards a request and never issues a session. Called by
//! `proxy` and `authz`, after the checks of site and path (`web::site_lookup`).

pub(crate) mod denial;
mod pipeline;
mod second_target;
mod websocket_origin;

pub(crate) use pipeline::{AccessRequest, Denial, Offer, addressee, authorize, interpretations};
