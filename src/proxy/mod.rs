//! Floor 9: requests for the protected sites.
//!
//! Authorize, clean, forward: a `Permit` takes the request to its site with clean headers; a `Denial` sends a person to
//! the login page and answers a program with 401. It sets no cookie, and it
//! reads nothing of a body that may not pass (a client that waits for `100 Continue` is refused before it sends one).
//! Called by `server/router`.

mod handler;
mod websocket;

pub(crate) use handler::{ProxyHandler, ProxyRequest};
