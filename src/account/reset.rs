//! What an operator does with the factors of an account: look at them, and take them away.

use super::{AccountError, Accounts};
use crate::audit::{Audit, Cause, ChangedBy, Event, FactorEdit};
use crate::domain::identifier::FactorId;
use crate::store::{Account, FactorChange, FactorRemoval, FactorRow, HeldFactors, LastFactor, StoredEvent};

/// What was taken away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reset {
    /// Authenticator apps and passkeys.
    pub factors: usize,
    pub recovery_codes: usize,
}

impl Accounts {
    /// What an account holds.
    pub(crate) async fn held_factors(&self, account: &Account) -> Result<HeldFactors, AccountError> {
        Ok(self.store.held_factors(account.id).await?)
    }

    /// Takes one factor away, or with `None` everything that the account holds. Its sessions end, and for a while its person
    /// cannot remove what is left: whoever asked the operator may not be the owner. The last factor goes too; the operator
    /// sees to it that the person can sign in.
    pub(crate) async fn reset(&self, account: &Account, factor: Option<FactorId>) -> Result<Reset, AccountError> {
        let held = self.store.held_factors(account.id).await?;
        let mut done = Reset::default();
        for row in held.rows.iter().filter(|row| factor.is_none_or(|factor| factor == row.id)) {
            let change = self.change(account, &removed(row));
            if self.store.remove_factor(row.id, LastFactor::MayGo, &change).await? == FactorRemoval::Removed {
                done.factors += 1;
            }
        }
        if factor.is_none() && !held.recovery.is_empty() {
            let change = self.change(account, &Event::RecoveryCodes { count: 0, by: ChangedBy::Operator });
            self.store.replace_recovery_codes(&[], &change).await?;
            done.recovery_codes = held.recovery.len();
        }
        Ok(done)
    }

    fn change(&self, account: &Account, event: &Event) -> FactorChange {
        let event: StoredEvent = Audit::row(event, Cause::Operator(self.clock.now()), Some(account.id));
        FactorChange { account: account.id, by: None, event }
    }
}

fn removed(row: &FactorRow) -> Event {
    Event::Factor { change: FactorEdit::Removed, kind: row.kind, name: row.name.clone(), by: ChangedBy::Operator }
}
