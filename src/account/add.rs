//! Adds accounts.

use secrecy::{ExposeSecret as _, SecretString};

use super::{AccountError, Accounts};
use crate::audit::AccountChange;
use crate::domain::email::EmailAddress;
use crate::domain::identifier::AccountId;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::Username;
use crate::password::{NewPassword, WeakPassword};
use crate::platform::random::Random;
use crate::store::{Account, AccountStatus};

/// The data of a new account.
#[derive(Debug, Clone)]
pub(crate) struct NewAccount {
    /// The user name.
    pub username: Username,
    /// The display name.
    pub name: Option<DisplayName>,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The mailbox for codes; `None`: the e-mail address.
    pub code_email: Option<EmailAddress>,
    /// The telephone number that codes are sent to.
    pub phone: Option<PhoneNumber>,
    /// The groups that rules refer to.
    pub groups: Vec<Group>,
    /// How codes are sent; `None`: by SMS if there is a number, else by mail.
    pub default_method: Option<CodeMethod>,
}

impl Accounts {
    /// Adds an active account with this password.
    pub(crate) async fn add(
        &self,
        new: NewAccount,
        password: &SecretString,
        random: &mut Random,
    ) -> Result<Account, AccountError> {
        let default_method = new.method()?;
        let mut groups = new.groups;
        groups.sort();
        groups.dedup();
        let mut account = Account {
            id: AccountId::draw(random)?,
            username: new.username,
            name: new.name,
            email: new.email,
            code_email: new.code_email,
            phone: new.phone,
            groups,
            default_method,
            password: None,
            status: AccountStatus::Active,
            created_at: self.clock.now(),
        };
        account.password = Some(self.passwords.hash(self.fit(&account, password)?).await?);
        let event = self.event(AccountChange::Added, &account);
        self.store.insert_account(&account, &event).await?;
        Ok(account)
    }
}

impl NewAccount {
    /// How codes will be sent. Fails if there is no destination for them.
    pub(crate) fn method(&self) -> Result<CodeMethod, AccountError> {
        reachable(self.default_method, self.phone.is_some(), self.email.is_some() || self.code_email.is_some())
    }
}

/// How codes are sent to this account if this method is chosen; `None`: by SMS if there is a number, else by mail.
pub(super) fn method(chosen: Option<CodeMethod>, account: &Account) -> Result<CodeMethod, AccountError> {
    reachable(chosen, account.phone.is_some(), account.mailbox().is_some())
}

fn reachable(chosen: Option<CodeMethod>, phone: bool, email: bool) -> Result<CodeMethod, AccountError> {
    match (chosen, phone, email) {
        (_, false, false) => Err(AccountError::NoWay),
        (Some(CodeMethod::Sms) | None, true, _) => Ok(CodeMethod::Sms),
        (Some(CodeMethod::Email) | None, _, true) => Ok(CodeMethod::Email),
        (Some(CodeMethod::Sms), false, true) => Err(AccountError::NoDestination(CodeMethod::Sms)),
        (Some(CodeMethod::Email), true, false) => Err(AccountError::NoDestination(CodeMethod::Email)),
    }
}

impl Accounts {
    /// Checks the password against the rules and against the words that identify the account's owner.
    pub(super) fn fit(&self, account: &Account, password: &SecretString) -> Result<NewPassword, WeakPassword> {
        let words = [
            Some(account.username.as_str()),
            account.name.as_ref().map(DisplayName::as_str),
            account.email.as_ref().map(EmailAddress::as_str),
            account.code_email.as_ref().map(EmailAddress::as_str),
            account.phone.as_ref().map(|number| number.as_str().trim_start_matches('+')),
        ];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        self.passwords.check(password.expose_secret(), &words)
    }
}
