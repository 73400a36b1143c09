//! Authenticator apps from the file of another program: what becomes of each. They are written with the accounts of the
//! same import, by [`Accounts::carry_out`].

use std::collections::BTreeMap;

use super::Accounts;
use super::factors::{FactorChangeError, MOST_FACTORS};
use super::import::ImportPlan;
use crate::audit::{Audit, Cause, ChangedBy, Event, FactorEdit};
use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::identifier::AccountId;
use crate::domain::username::LoginName;
use crate::factor::{FactorError, TotpImporter, TotpSecret};
use crate::store::{AccountWrite, FactorOwner, FactorsWrite, HeldFactors, NewFactor};

/// An app as a file describes it.
#[derive(Debug, Clone)]
pub(crate) struct ImportApp {
    /// The user name of its account, which is imported with it or exists.
    pub username: LoginName,
    pub name: FactorName,
    pub secret: TotpSecret,
}

/// What becomes of one app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AppOutcome {
    /// Its account gets it.
    Added(FactorOwner),
    /// Its account has an app with this secret.
    Unchanged,
    /// No account has this user name.
    UnknownAccount,
    /// Its account has as many factors as it may have.
    Full,
    /// Its account has an app that cannot be decrypted, so nobody can tell whether it is this one.
    Unreadable,
}

/// An account, and the apps that it gets.
struct AppOwner {
    account: AccountId,
    owner: FactorOwner,
    held: HeldFactors,
    new: Vec<NewFactor>,
    /// Of `new`: a file can have a secret twice.
    secrets: Vec<TotpSecret>,
}

impl Accounts {
    /// Compares the apps with what their accounts hold, and adds those that are new to the plan. Returns one outcome for
    /// each, in their order.
    pub(crate) async fn plan_apps(
        &self,
        plan: &mut ImportPlan,
        apps: Vec<ImportApp>,
        importer: &TotpImporter,
    ) -> Result<Vec<AppOutcome>, FactorChangeError> {
        let mut outcomes = Vec::with_capacity(apps.len());
        // Sorted, so that their events have the same order each time.
        let mut owners: BTreeMap<String, AppOwner> = plan.writes.iter().filter_map(imported).collect();
        for app in apps {
            let name = app.username.as_str();
            if !owners.contains_key(name)
                && let Some(found) = self.app_owner(&app.username).await?
            {
                owners.insert(name.to_owned(), found);
            }
            outcomes.push(match owners.get_mut(name) {
                Some(owner) => self.plan_app(owner, app, importer)?,
                None => AppOutcome::UnknownAccount,
            });
        }
        let changed = owners.into_values().filter(|owner| !owner.new.is_empty());
        plan.writes.extend(changed.map(|AppOwner { account, owner, held, new, .. }| {
            let before = held.rows.iter().map(|row| row.id).collect();
            AccountWrite::Factors(Box::new(FactorsWrite { account, owner, before, new, most: MOST_FACTORS }))
        }));
        Ok(outcomes)
    }

    /// The existing account with this user name. An e-mail address names none: files name apps by user name.
    async fn app_owner(&self, name: &LoginName) -> Result<Option<AppOwner>, FactorChangeError> {
        let found = self.store.find_account(name).await?;
        let Some(account) = found.filter(|found| found.username.as_str() == name.as_str()) else { return Ok(None) };
        let held = self.store.held_factors(account.id).await?;
        Ok(Some(AppOwner::new(account.id, FactorOwner::Existing, held)))
    }

    fn plan_app(
        &self,
        owner: &mut AppOwner,
        app: ImportApp,
        importer: &TotpImporter,
    ) -> Result<AppOutcome, FactorChangeError> {
        match importer.is_held(&owner.held, &app.secret) {
            Err(FactorError::Unreadable(_)) => return Ok(AppOutcome::Unreadable),
            Err(failure) => return Err(failure.into()),
            Ok(true) => return Ok(AppOutcome::Unchanged),
            Ok(false) if owner.secrets.contains(&app.secret) => return Ok(AppOutcome::Unchanged),
            Ok(false) => {}
        }
        let count = owner.held.rows.len() + owner.new.len();
        if u32::try_from(count).is_ok_and(|count| count >= MOST_FACTORS) {
            return Ok(AppOutcome::Full);
        }
        let now = self.clock.now();
        let event = Event::Factor {
            change: FactorEdit::Added,
            kind: FactorKind::Totp,
            name: app.name.clone(),
            by: ChangedBy::Operator,
        };
        let event = Audit::row(&event, Cause::Operator(now), Some(owner.account));
        let row = importer.row(owner.account, &app.secret, app.name, now)?;
        owner.new.push(NewFactor { row, event });
        owner.secrets.push(app.secret);
        Ok(AppOutcome::Added(owner.owner))
    }
}

impl AppOwner {
    fn new(account: AccountId, owner: FactorOwner, held: HeldFactors) -> Self {
        Self { account, owner, held, new: Vec::new(), secrets: Vec::new() }
    }
}

/// An account that the plan adds, by its user name.
fn imported(write: &AccountWrite) -> Option<(String, AppOwner)> {
    let AccountWrite::Add { account, .. } = write else { return None };
    let owner = AppOwner::new(account.id, FactorOwner::Imported, HeldFactors::default());
    Some((account.username.as_str().to_owned(), owner))
}
