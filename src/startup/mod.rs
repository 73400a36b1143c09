//! Floor 12: builds every room in floor order, from checked settings, and stops them in reverse order.
//!
//! Decides nothing: it is the one place that knows every room. Anything that cannot be built ends the start with one
//! line that gives the reason; the sockets are bound last, so that nobody is served by an incomplete gateway. Called by
//! `cli/serve`, `cli/demo` and the tests.

mod error;
mod gateway;
mod rooms;

pub(crate) use error::StartError;
pub use gateway::{Gateway, serve};
