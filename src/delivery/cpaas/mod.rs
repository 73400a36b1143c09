//! The Kandy CPaaS: signing in, calling, and what its answers mean.
//!
//! Its public reference is not at hand; what stands here is what eight clients of it agree on, and where they leave
//! a question open every answer is handled, so that none of them passes a visitor. `sms/` and `email/` build the
//! providers on it.

mod claims;
mod client;
pub mod codes;
mod endpoint;
mod errors;
mod segment;
mod token;

pub use client::{Cpaas, Request};
pub use segment::encode;
