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
use crate::password::{self, NewPassword, WeakPassword};
use crate::platform::clock::Timestamp;
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
        let mut account = new.into_account(self.clock.now(), random)?;
        account.password = Some(self.passwords.hash(self.fit(&account, password)?).await?);
        let event = self.event(AccountChange::Added, &account);
        self.store.insert_account(&account, &event).await?;
        Ok(account)
    }
}

impl NewAccount {
    /// The account without a password, as it will be stored.
    pub(crate) fn into_account(self, now: Timestamp, random: &mut Random) -> Result<Account, AccountError> {
        let default_method = self.method()?;
        let mut groups = self.groups;
        groups.sort();
        groups.dedup();
        Ok(Account {
            id: AccountId::draw(random)?,
            username: self.username,
            name: self.name,
            email: self.email,
            code_email: self.code_email,
            phone: self.phone,
            groups,
            default_method,
            password: None,
            status: AccountStatus::Active,
            created_at: now,
        })
    }

    /// Checks a password as `add` will, without an installation: by the settings that it will have.
    pub(crate) fn check_password(
        &self,
        password: &SecretString,
        rules: &password::Settings,
    ) -> Result<(), WeakPassword> {
        let words = PersonalWords {
            username: &self.username,
            name: self.name.as_ref(),
            emails: [self.email.as_ref(), self.code_email.as_ref()],
            phone: self.phone.as_ref(),
        };
        let service = rules.service.iter().map(String::as_str);
        let words: Vec<&str> = words.list().into_iter().chain(service).collect();
        NewPassword::check(password.expose_secret(), &words, rules.policy).map(|_| ())
    }

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
        let words = PersonalWords {
            username: &account.username,
            name: account.name.as_ref(),
            emails: [account.email.as_ref(), account.code_email.as_ref()],
            phone: account.phone.as_ref(),
        };
        self.passwords.check(password.expose_secret(), &words.list())
    }
}

/// What everybody who knows the person would try first.
struct PersonalWords<'a> {
    username: &'a Username,
    name: Option<&'a DisplayName>,
    emails: [Option<&'a EmailAddress>; 2],
    phone: Option<&'a PhoneNumber>,
}

impl<'a> PersonalWords<'a> {
    fn list(&self) -> Vec<&'a str> {
        let Self { username, name, emails, phone } = self;
        let number = phone.map(|number| number.as_str().trim_start_matches('+'));
        let emails = emails.iter().flatten().map(|email| email.as_str());
        std::iter::once(username.as_str()).chain(name.map(DisplayName::as_str)).chain(emails).chain(number).collect()
    }
}
