//! Floor 5: changes to accounts: one way for the portal, the command line and the one-person environment.
//!
//! Decides what an account must have (a way to send codes, a password that obeys the rules) and writes an audit event
//! with each change, in the transaction that makes it. It judges no sign-in and reads no form; the store tells the
//! other instances. Called by `portal`, `startup` and `cli`.

mod add;
mod change;
mod person;
mod token;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub(crate) use add::NewAccount;
pub(crate) use person::Person;
pub(crate) use token::{NewToken, OwnedToken};

use crate::audit::{AccountChange, Audit, Cause, Event};
use crate::domain::method::CodeMethod;
use crate::password::{Busy, PasswordError, Passwords, WeakPassword};
use crate::platform::clock::Clock;
use crate::platform::random::EntropyUnavailable;
use crate::store::{Account, Store, StoreError, StoredEvent};

/// All accounts. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Accounts {
    store: Store,
    passwords: Arc<Passwords>,
    clock: Clock,
}

/// Why an account was not changed; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The store failed, or the user name or address is another account's.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password could not be hashed or compared.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The hashing queue is full.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// No random bytes for an identifier.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// The password breaks the rules for new ones.
    #[error(transparent)]
    Weak(#[from] WeakPassword),
    /// Nobody has this user name or address.
    #[error("there is no account with this user name or e-mail address")]
    Unknown,
    /// Two factors are asked of everybody, and there is no way to send the second.
    #[error("an account needs a telephone number or an e-mail address, to which codes are sent")]
    NoWay,
    /// A token of a disabled account would open nothing.
    #[error("the account is disabled")]
    Disabled,
    /// A token that never ends is found by somebody one day.
    #[error("an access token ends in the future, and within 366 days")]
    TokenLifetime,
    /// It was never made, was revoked, or has expired.
    #[error("there is no such access token")]
    UnknownToken,
    /// The chosen method has nowhere to send to.
    #[error("codes by {0} need {need}", need = destination(*.0))]
    NoDestination(CodeMethod),
}

const fn destination(method: CodeMethod) -> &'static str {
    match method {
        CodeMethod::Sms => "a telephone number",
        CodeMethod::Email => "an e-mail address",
    }
}

impl Accounts {
    /// Over this store, with these hashing threads and this clock.
    pub(crate) const fn new(store: Store, passwords: Arc<Passwords>, clock: Clock) -> Self {
        Self { store, passwords, clock }
    }

    /// The event of a change that is made now.
    fn event(&self, change: AccountChange, account: &Account) -> StoredEvent {
        let event = Event::Account { change, username: account.username.clone() };
        Audit::row(&event, Cause::Operator(self.clock.now()), Some(account.id))
    }
}
