//! Floor 5: changes to accounts, the same for pages, the command line and the one-person environment.
//!
//! Decides what an account must have (a way to send codes, a password that follows the rules). Each change is written
//! in one transaction with its audit event. It handles no sign-ins and no forms; other instances learn of changes
//! through the store's change feed. Called by `portal`,
//! `startup` and `cli`.

mod add;
mod change;
mod edit;
mod factors;
mod import;
mod imported_app;
mod person;
mod reset;
mod token;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub(crate) use add::NewAccount;
pub(crate) use edit::{AccountEdit, Edited, FieldEdit};
#[cfg(test)]
pub(crate) use factors::Recovered;
pub(crate) use factors::{
    AccountFactors, FactorChangeError, FactorList, Owner, Parts, PasskeyOffer, Proved, Removed, Replaced,
};
pub(crate) use import::{ExistingAccounts, ImportAccount, ImportOutcome, ImportPlan, ImportedField};
pub(crate) use imported_app::{AppOutcome, ImportApp};
pub(crate) use person::Person;
pub(crate) use reset::Reset;
pub(crate) use token::{NewToken, OwnedToken};

use crate::audit::{AccountChange, Audit, Cause, Event};
use crate::domain::identity::Group;
use crate::domain::method::CodeMethod;
use crate::password::{Busy, PasswordError, Passwords, WeakPassword};
use crate::platform::clock::Clock;
use crate::platform::random::EntropyUnavailable;
use crate::store::{Account, Store, StoreError, StoredEvent};

/// Reads and changes accounts. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Accounts {
    store: Store,
    passwords: Arc<Passwords>,
    clock: Clock,
}

/// Why an account was not changed. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The store failed, or the user name or address belongs to another account.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password could not be hashed or checked.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The hashing queue is full.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// No random bytes for an id.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// The password does not follow the rules for new ones.
    #[error(transparent)]
    Weak(#[from] WeakPassword),
    /// No account has this user name or address.
    #[error("there is no account with this user name or e-mail address")]
    Unknown,
    /// There is no way to send the second factor, which every account needs.
    #[error("an account needs a telephone number or an e-mail address, to which codes are sent")]
    NoWay,
    /// The account is disabled, so a token for it would be useless.
    #[error("the account is disabled")]
    Disabled,
    /// The token would end in the past, or after more than 366 days: a token that never ends is found by somebody one
    /// day.
    #[error("an access token ends in the future, and within 366 days")]
    TokenLifetime,
    /// The token was never created, was revoked, or has expired.
    #[error("there is no such access token")]
    UnknownToken,
    /// What it holds changed while the command ran.
    #[error("the factors of the account have just changed, so none was removed; run the command again")]
    Changed,
    /// The account is not in a group that it should leave.
    #[error("the account is not in the group `{0}`")]
    NotInGroup(Group),
    /// The account has no destination for this method.
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
    pub(crate) const fn new(store: Store, passwords: Arc<Passwords>, clock: Clock) -> Self {
        Self { store, passwords, clock }
    }

    /// The audit event for a change that is made now.
    fn event(&self, change: AccountChange, account: &Account) -> StoredEvent {
        let event = Event::Account { change, username: account.username.clone() };
        Audit::row(&event, Cause::Operator(self.clock.now()), Some(account.id))
    }
}
