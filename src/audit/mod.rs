//! Floor 4: the audit trail.
//!
//! Defines the closed list of security events ([`Event`], [`EventName`]); no room makes events from strings. Each event
//! is one line in the log (target `audit`) with who, what, when and from where (OWASP ASVS 16.2.1). It is also one row
//! in the store, unless a stranger can cause it any number of times ([`EventName::is_stored`]). It never contains a
//! password, code, cookie, complete telephone number or e-mail address. A new event is one line in `name` and one
//! variant in `event`. It does not decide who may read the trail: see `cli/audit`.

mod account;
mod browser;
mod cause;
mod event;
mod factor;
mod json;
mod name;
mod pattern;
mod trail;
mod unjudged;

#[cfg(test)]
mod tests;

pub(crate) use account::{AccountChange, AccountField, TokenChange};
pub(crate) use browser::{ForgettingReason, ForgottenBrowsers};
pub(crate) use cause::Cause;
pub(crate) use event::{Event, RevokedSessions, SecondFactor, SignInEnd};
pub(crate) use factor::{ChangedBy, FactorEdit};
pub(crate) use json::{event_details, event_object, event_value, hex as chain_hex, inert, inert_json};
pub(crate) use name::EventName;
pub(crate) use pattern::EventPattern;
pub(crate) use trail::Audit;
pub(crate) use unjudged::UnjudgedAttempt;
