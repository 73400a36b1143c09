//! Floor 4: the audit trail.
//!
//! The closed list of security decisions ([`event`]). Each is one line in the log (target `audit`) and one row in the
//! store, with who, what, when and from where (OWASP ASVS 16.2.1); never a password, code, cookie, whole telephone
//! number or e-mail address. Called by `login`, `account`, `web` and `gate`.

pub mod event;
mod trail;
mod unjudged;

pub use event::{Cause, Event};
pub use trail::Audit;
pub use unjudged::UnjudgedAttempt;
