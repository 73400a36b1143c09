//! What an operator does with the factors of an account: look at them, and take them away.

use super::{AccountError, Accounts};
use crate::audit::{Audit, Cause, ChangedBy, Event, FactorEdit};
use crate::domain::identifier::FactorId;
use crate::store::{Account, FactorReset, FactorRow, HeldFactors, ResetExtent, TakenFactor};

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
        let at = self.clock.now();
        let event = |event: &Event| Audit::row(event, Cause::Operator(at), Some(account.id));
        let rows = held.rows.iter().filter(|row| factor.is_none_or(|factor| factor == row.id));
        let factors: Vec<TakenFactor> =
            rows.map(|row| TakenFactor { id: row.id, event: event(&removed(row)) }).collect();
        let codes = if factor.is_none() { held.recovery.len() } else { 0 };
        let all_codes = Event::RecoveryCodes { count: 0, by: ChangedBy::Operator };
        let done = Reset { factors: factors.len(), recovery_codes: codes };
        if done == Reset::default() {
            return Ok(done);
        }
        let recovery = (codes > 0).then(|| event(&all_codes));
        let extent = if factor.is_none() { ResetExtent::All } else { ResetExtent::One };
        let reset = FactorReset { account: account.id, factors, extent, recovery, at };
        // The account holds something else by now: nothing was changed.
        if !self.store.reset_factors(&reset).await? {
            return Err(AccountError::Changed);
        }
        Ok(done)
    }
}

fn removed(row: &FactorRow) -> Event {
    Event::Factor { change: FactorEdit::Removed, kind: row.kind, name: row.name.clone(), by: ChangedBy::Operator }
}
