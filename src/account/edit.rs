//! Edits names, destinations and groups of an existing account.

use super::add::method;
use super::{AccountError, Accounts};
use crate::audit::{AccountField, Audit, Cause, Event};
use crate::domain::email::EmailAddress;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::{LoginName, Username};
use crate::store::{Account, StoredEvent};

/// What becomes of a field that an account can lack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum FieldEdit<T> {
    /// It stays.
    #[default]
    Keep,
    /// It becomes this.
    Set(T),
    /// The account has none from now on.
    Remove,
}

/// The changes to an account.
#[derive(Debug, Clone, Default)]
pub(crate) struct AccountEdit {
    /// The new user name.
    pub username: Option<Username>,
    /// The display name.
    pub name: FieldEdit<DisplayName>,
    /// The e-mail address.
    pub email: FieldEdit<EmailAddress>,
    /// The mailbox for codes.
    pub code_email: FieldEdit<EmailAddress>,
    /// The telephone number.
    pub phone: FieldEdit<PhoneNumber>,
    /// Groups that the account joins.
    pub join: Vec<Group>,
    /// Groups that the account leaves.
    pub leave: Vec<Group>,
    /// How codes are sent; `None`: as before, unless that is no longer possible.
    pub method: Option<CodeMethod>,
}

/// An account after an edit.
#[derive(Debug)]
pub(crate) struct Edited {
    /// The account as it is now.
    pub account: Account,
    /// What differs from before; empty: nothing was written.
    pub fields: Vec<AccountField>,
}

impl<T: Clone> FieldEdit<T> {
    fn apply(self, field: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Set(value) => *field = Some(value),
            Self::Remove => *field = None,
        }
    }
}

impl Accounts {
    /// Edits the account with this user name or address. The same rules hold as for a new one. Sessions live on and
    /// show the new names and groups; a new number or address ends sign-ins in progress.
    pub(crate) async fn edit(&self, name: &LoginName, edit: AccountEdit) -> Result<Edited, AccountError> {
        let id = self.show(name).await?.id;
        let mut fields = Vec::new();
        let edited = self.store.edit_account(id, |account| {
            let before = account.clone();
            edit.apply(account)?;
            fields = differences(&before, account);
            let event = Some(self.edited(account, fields.clone()));
            Ok::<_, AccountError>(event.filter(|_| !fields.is_empty()))
        });
        let account = edited.await?.ok_or(AccountError::Unknown)?;
        Ok(Edited { account, fields })
    }

    /// The audit event for an edit that is made now.
    pub(super) fn edited(&self, account: &Account, fields: Vec<AccountField>) -> StoredEvent {
        let event = Event::AccountEdited { username: account.username.clone(), fields };
        Audit::row(&event, Cause::Operator(self.clock.now()), Some(account.id))
    }
}

impl AccountEdit {
    fn apply(self, account: &mut Account) -> Result<(), AccountError> {
        if let Some(username) = self.username {
            account.username = username;
        }
        self.name.apply(&mut account.name);
        self.email.apply(&mut account.email);
        self.code_email.apply(&mut account.code_email);
        self.phone.apply(&mut account.phone);
        for group in self.leave {
            if !account.groups.contains(&group) {
                return Err(AccountError::NotInGroup(group));
            }
            account.groups.retain(|other| *other != group);
        }
        account.groups.extend(self.join);
        account.groups.sort();
        account.groups.dedup();
        let chosen = self.method.or_else(|| method(Some(account.default_method), account).ok());
        account.default_method = method(chosen, account)?;
        Ok(())
    }
}

/// The fields that differ.
pub(super) fn differences(before: &Account, after: &Account) -> Vec<AccountField> {
    let differs = [
        (AccountField::Username, before.username != after.username),
        (AccountField::Name, before.name != after.name),
        (AccountField::Email, before.email != after.email),
        (AccountField::CodeEmail, before.code_email != after.code_email),
        (AccountField::Phone, before.phone != after.phone),
        (AccountField::Groups, before.groups != after.groups),
        (AccountField::Method, before.default_method != after.default_method),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
