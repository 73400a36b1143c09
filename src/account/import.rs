//! Accounts from the file of another program: what becomes of each, and all changes at once.

use super::add::method;
use super::edit::differences;
use super::{AccountError, Accounts};
use crate::audit::{AccountChange, AccountField};
use crate::domain::email::EmailAddress;
use crate::domain::identifier::AccountId;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::{LoginName, Username};
use crate::password::PasswordHash;
use crate::platform::random::Random;
use crate::store::{Account, AccountStatus, AccountUpdate, AccountWrite, FirstPassword};

/// An account as a file describes it. What it does not say is `None`, and stays as it is in an existing account.
#[derive(Debug, Clone)]
pub(crate) struct ImportAccount {
    pub username: Username,
    pub name: Option<DisplayName>,
    pub email: Option<EmailAddress>,
    pub phone: Option<PhoneNumber>,
    pub groups: Option<Vec<Group>>,
    /// A hash that can be checked; `None`: nobody can sign in with a password.
    pub password: Option<PasswordHash>,
    pub status: AccountStatus,
}

/// What becomes of accounts that exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExistingAccounts {
    /// They stay as they are.
    Preserve,
    /// Names, addresses and groups become those of the file; an account without a password gets the one of the file.
    Update,
}

/// What becomes of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ImportOutcome {
    Added,
    /// The account exists and is like this.
    Unchanged,
    /// The account exists, is different, and stays so.
    Differs(Vec<ImportedField>),
    Updated(Vec<ImportedField>),
    /// The user name or the address belongs to another account. The text names which of them.
    Taken(&'static str),
}

impl ImportOutcome {
    /// Whether nothing of the entry can be stored.
    pub(crate) const fn is_refused(&self) -> bool {
        matches!(self, Self::Taken(_))
    }
}

/// What an import compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImportedField {
    Field(AccountField),
    /// The account has no password, and the file has one.
    Password,
}

impl ImportedField {
    /// The name in reports.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Field(field) => field.word(),
            Self::Password => "password",
        }
    }
}

/// What an import would do. Nothing is written before [`Accounts::carry_out`].
pub(crate) struct ImportPlan {
    /// One for each entry, in their order.
    pub outcomes: Vec<ImportOutcome>,
    pub(super) writes: Vec<AccountWrite>,
}

impl Accounts {
    /// Compares the entries with the accounts that exist. The entries have different names and addresses.
    pub(crate) async fn plan_import(
        &self,
        entries: Vec<ImportAccount>,
        existing: ExistingAccounts,
        random: &mut Random,
    ) -> Result<ImportPlan, AccountError> {
        let mut plan = ImportPlan { outcomes: Vec::with_capacity(entries.len()), writes: Vec::new() };
        for entry in entries {
            let found = self.store.find_account(&LoginName::new(entry.username.as_str())).await?;
            let outcome = match found {
                Some(other) if other.username != entry.username => ImportOutcome::Taken("the user name"),
                found if self.is_taken(&entry, found.as_ref()).await? => ImportOutcome::Taken("the e-mail address"),
                Some(found) => self.compare(found, &entry, existing, &mut plan.writes),
                None => {
                    let account = Box::new(self.new_account(entry, random)?);
                    let event = self.event(AccountChange::Added, &account);
                    plan.writes.push(AccountWrite::Add { account, event });
                    ImportOutcome::Added
                }
            };
            plan.outcomes.push(outcome);
        }
        Ok(plan)
    }

    /// Writes everything that the plan contains, or nothing.
    pub(crate) async fn carry_out(&self, plan: &ImportPlan) -> Result<(), AccountError> {
        if plan.writes.is_empty() {
            return Ok(());
        }
        Ok(self.store.write_accounts(&plan.writes).await?)
    }

    async fn is_taken(&self, entry: &ImportAccount, own: Option<&Account>) -> Result<bool, AccountError> {
        let Some(email) = &entry.email else { return Ok(false) };
        let owner = self.store.find_account(&LoginName::new(email.as_str())).await?;
        Ok(owner.is_some_and(|owner| own.is_none_or(|own| own.id != owner.id)))
    }

    fn new_account(&self, entry: ImportAccount, random: &mut Random) -> Result<Account, AccountError> {
        let mut account = Account {
            id: AccountId::draw(random)?,
            username: entry.username,
            name: entry.name,
            email: entry.email,
            code_email: None,
            phone: entry.phone,
            groups: sorted(entry.groups.unwrap_or_default()),
            default_method: CodeMethod::Email,
            password: entry.password,
            status: entry.status,
            created_at: self.clock.now(),
        };
        // Without a destination no code is sent, and a rule with two factors lets nobody in.
        account.default_method = method(None, &account).unwrap_or(CodeMethod::Email);
        Ok(account)
    }

    fn compare(
        &self,
        before: Account,
        entry: &ImportAccount,
        existing: ExistingAccounts,
        writes: &mut Vec<AccountWrite>,
    ) -> ImportOutcome {
        let after = changed(&before, entry);
        let fields = differences(&before, &after);
        let first = entry.password.clone().filter(|_| before.password.is_none());
        let mut differs: Vec<ImportedField> = fields.iter().copied().map(ImportedField::Field).collect();
        differs.extend(first.as_ref().map(|_| ImportedField::Password));
        if differs.is_empty() {
            return ImportOutcome::Unchanged;
        }
        if existing == ExistingAccounts::Preserve {
            return ImportOutcome::Differs(differs);
        }
        let edited = (!fields.is_empty()).then(|| self.edited(&after, fields));
        let event = |account: &Account| self.event(AccountChange::PasswordChanged, account);
        let first_password = first.map(|hash| FirstPassword { hash, event: event(&before) });
        writes.push(AccountWrite::Change(Box::new(AccountUpdate { before, after, edited, first_password })));
        ImportOutcome::Updated(differs)
    }
}

/// The account with what the file says.
fn changed(before: &Account, entry: &ImportAccount) -> Account {
    let mut after = before.clone();
    after.name = entry.name.clone().or(after.name);
    after.email = entry.email.clone().or(after.email);
    after.phone = entry.phone.clone().or(after.phone);
    after.groups = entry.groups.clone().map_or(after.groups, sorted);
    after.default_method =
        method(Some(after.default_method), &after).or_else(|_| method(None, &after)).unwrap_or(after.default_method);
    after
}

fn sorted(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort();
    groups.dedup();
    groups
}
