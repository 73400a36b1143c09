//! The Kandy CPaaS: tokens, calls, and the meaning of its responses.
//!
//! Its reference leaves much open. This code relies on what its published clients agree on; where they differ, every
//! response is handled so that none lets a visitor pass by mistake. The providers in `sms/` and `email/` are built on
//! it.

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
