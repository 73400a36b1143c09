//! The Kandy CPaaS: signing in, calling, and what its answers mean.
//!
//! Its reference leaves much open; what stands here is what its published clients agree on, and where they differ
//! every answer is handled, so that none of them passes a visitor. `sms/` and `email/` build the
//! providers on it.

mod claims;
mod client;
mod code_provider;
pub(super) mod codes;
mod endpoint;
mod errors;
mod segment;
mod token;

pub(super) use client::{Cpaas, Request};
pub(super) use code_provider::CodesBy;
pub(super) use segment::encode;
