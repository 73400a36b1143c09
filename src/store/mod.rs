//! Floor 3: everything that must survive a restart, in SQLite: accounts, sign-ins and their challenges, counters,
//! sessions, access tokens, audit events with their chain and receivers, and the change feed.
//!
//! Decides who wins if several requests, or several processes on one file, claim the same thing: each claim is one
//! conditional statement, never a read followed by a write. It judges no passwords or codes, reads no clock and knows
//! no requests; the time is passed as `now`. Called by `registry`, `throttle`, `audit`, `challenge`, `account`,
//! `login`, `startup` and `cli`.
//!
//! One connection writes, in transactions that take the write lock at their first statement (`BEGIN IMMEDIATE`); a few
//! connections read. Each audit event carries a keyed hash over the one before (`chain`). Whatever other instances must learn is written to the feed in the same transaction as the change.

mod account;
mod chain;
mod challenge;
mod claim;
mod column;
mod completion;
mod counter;
mod device;
mod enrolment;
mod error;
mod event;
mod examine;
mod factor;
mod factor_change;
mod feed;
mod file;
mod handover;
mod import;
mod names;
mod open;
mod passkey_challenge;
mod password;
mod remembered;
mod rows;
mod schema;
mod send;
mod session;
mod sign_in;
mod sink;
mod spending;
mod sweep;
mod sweep_events;
mod token;
mod trail;
mod write;

#[cfg(test)]
mod tests;

pub use account::{Account, AccountStatus};
pub use chain::ChainHead;
pub(crate) use challenge::Challenge;
pub(crate) use challenge::EarlierCode;
pub use challenge::Proof;
pub use claim::{GuessClaim, SendClaim};
pub use completion::{Completion, Earned, OpenedSession};
pub use counter::{Counted, CounterRule};
pub use device::{BrowserCookie, BrowserMark, BrowserUse, RememberedBrowsers};
pub use enrolment::{Enrolment, FactorAddition};
pub use error::StoreError;
pub use event::{EventFilter, EventRow, StoredEvent};
pub(crate) use examine::Found;
pub use factor::{FactorRow, HeldFactors};
pub use factor_change::{
    CodeReplacement, FactorChange, FactorRemoval, FactorReset, LastFactor, RemovalRule, ResetExtent, TakenFactor,
};
pub use feed::Change;
pub(crate) use handover::{Handover, HandoverBrowser, SpentHandover};
pub(crate) use import::{AccountUpdate, AccountWrite, FactorOwner, FactorsWrite, FirstPassword, NewFactor};
pub use open::{Settings, Store};
pub use passkey_challenge::{OtherDomain, RelyingPartyChange};
pub use remembered::{BrowserClaim, OpenedRemembered};
pub(crate) use schema::SCHEMA_VERSION;
pub use send::SendLimit;
pub use session::{Ended, ForgottenBrowser, SessionEnd, SessionRow};
pub use sign_in::{ProofClaim, SignIn};
pub use sink::SinkHolder;
pub use spending::Spending;
pub use sweep_events::{LostEvents, SweptEvents};
pub use token::TokenRow;
pub use trail::{BrokenTrail, TrailFault, TrailReport, Unverifiable};
