//! Floor 12: builds every room in floor order, from checked settings, and takes them down in reverse.
//!
//! Nothing here decides anything: it is the one place that knows every room. Whatever cannot be built ends the start
//! with one line that says why; the sockets are bound last, so that nobody is served by half a gateway. Called by
//! `cli/serve`, `cli/demo` and the tests.

mod error;
mod gateway;
mod rooms;

pub use gateway::{Gateway, serve};
