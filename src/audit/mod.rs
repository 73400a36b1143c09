//! Floor 4: the audit trail.
//!
//! The closed list of security events ([`Event`], [`EventName`]): every room that has one to tell uses it, and no event
//! is made of strings elsewhere. Each is one line in the log (target `audit`) and, unless a stranger can cause it any
//! number of times ([`EventName::is_stored`]), one row in the store, with who, what, when and from where (OWASP ASVS
//! 16.2.1); never a password, code, cookie, whole telephone number or e-mail address. A new event is one line in
//! `name` and one variant in `event`. Decides nothing about who may read the trail: see `cli/audit`.

mod cause;
mod event;
mod name;
mod trail;
mod unjudged;

#[cfg(test)]
mod tests;

pub(crate) use cause::Cause;
pub(crate) use event::{AccountChange, Event, RevokedSessions, SignInEnd, TokenChange};
pub(crate) use name::EventName;
pub(crate) use trail::Audit;
pub(crate) use unjudged::UnjudgedAttempt;
