//! Floor 8: may this request pass? One pipeline for the protected sites and for the questions of other proxies.
//!
//! Site and path checks, the matching rules, who the request comes from, the decision: a `Permit` or a [`Denial`]. How a
//! denial is answered stands here too ([`denial`]). It never forwards and never issues a session. Called by `proxy`
//! and `authz`.

pub mod denial;
pub mod pipeline;
mod second_target;
pub mod websocket_origin;

pub use pipeline::Denial;
