//! Floor 9: the protected site's door.
//!
//! Decide, clean, forward: who is asking becomes a `Permit` or a refusal; a pass takes the request to its site with
//! clean headers; a refusal sends a person to the login page and tells a program why not. It sets no cookie, and it
//! reads nothing of a body that may not pass (a client that waits for `100 Continue` is refused before it sends one).
//! Called by `server/router`.

mod handler;
mod websocket;

pub use handler::{ProxyHandler, ProxyRequest};
