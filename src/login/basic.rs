//! Name and password that come with a request itself (`Authorization: Basic`), where a rule takes them.
//!
//! The same queue, look-up, counters, hash and audit as the login form: a guesser gains nothing by choosing this door.

use std::time::Duration;

use crate::audit::{Audit, Event};
use crate::domain::identifier::AccountId;
use crate::login::Login;
use crate::login::outcome::{Attempt, LoginError};
use crate::login::password::Examined;
use crate::password::Footing;

/// After name and password that came with a request.
#[derive(Debug)]
pub enum BasicOutcome {
    /// Right: whose they are. No session is made of it.
    Right(AccountId),
    /// Name or password is wrong, or the password is too short to stand alone.
    Wrong,
    /// Held back for this long.
    Wait(Duration),
    /// Too many passwords are being checked; try again in a moment.
    Busy,
}

impl Login {
    /// Judges name and password of one request.
    pub async fn basic(&self, attempt: &Attempt, name: &str, password: &str) -> Result<BasicOutcome, LoginError> {
        match self.examine(attempt, name, password, Footing::Alone).await? {
            Examined::Right(right, scene) => {
                // The password may have been changed, or the account disabled, while the old one was being judged.
                if !self.stands(&right).await? {
                    return Ok(BasicOutcome::Wrong);
                }
                // In the log alone: a script that asks every second would fill the store.
                Audit::note(&Event::PasswordAccepted, &scene);
                self.upgrade(&right, password).await;
                Ok(BasicOutcome::Right(right.account.id))
            }
            Examined::Wrong => Ok(BasicOutcome::Wrong),
            Examined::Wait(wait) => Ok(BasicOutcome::Wait(wait)),
            Examined::Busy => Ok(BasicOutcome::Busy),
        }
    }
}
