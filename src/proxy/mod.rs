//! Floor 9: requests for protected sites.
//!
//! Authorizes, cleans and forwards. With a `Permit` the request goes to its site with clean headers; with a `Denial` a
//! person is redirected to the login page and a program gets 401. Sets no cookie, and does not read the body of a
//! request that may not pass (a client that waits for `100 Continue` is refused before it sends one). Called by
//! `server/router`.

mod handler;
mod websocket;

pub(crate) use handler::{ProxyHandler, ProxyRequest};
