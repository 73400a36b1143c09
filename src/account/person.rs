//! The account of the one-person environment (`TEST_EMAIL` and so on), which is updated at each start.

use secrecy::{ExposeSecret as _, SecretString};

use super::edit::differences;
use super::{AccountError, Accounts, NewAccount};
use crate::domain::email::EmailAddress;
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::{LoginName, Username};
use crate::password::{PasswordError, SubmittedPassword, Verdict};
use crate::platform::random::Random;
use crate::store::{Account, StoreError};

/// The person that the environment describes.
#[derive(Debug, Clone)]
pub struct Person {
    /// `TEST_EMAIL`: the address for signing in, which sites see as the person's.
    pub sign_in: EmailAddress,
    /// `TEST_PASSWORD`: the password.
    pub password: SecretString,
    /// `DESTINATION_NUMBER`: the number for codes by SMS.
    pub phone: PhoneNumber,
    /// `DESTINATION_EMAIL`: the mailbox for codes, and nothing else; `None`: the address for signing in.
    pub destination_email: Option<EmailAddress>,
}

/// The user name if none can be made from the address or it is taken.
const FALLBACK: &str = "owner";

impl Accounts {
    /// Adds the person's account, or updates the one that signs in with this address. If nothing has changed, nothing
    /// is written and no session ends. A disabled account stays disabled.
    pub(crate) async fn ensure_person(&self, person: &Person, random: &mut Random) -> Result<Account, AccountError> {
        let name = LoginName::new(person.sign_in.as_str());
        let account = match self.store.find_account(&name).await? {
            Some(found) => found,
            None => self.add_person(person, random).await?,
        };
        self.update_person(&account, person).await?;
        if !self.is_password(&account, &person.password).await? {
            self.replace_password(&account, &person.password).await?;
        }
        self.store.account(account.id).await?.ok_or(AccountError::Unknown)
    }

    async fn add_person(&self, person: &Person, random: &mut Random) -> Result<Account, AccountError> {
        let new = |username| NewAccount {
            username,
            name: None,
            email: Some(person.sign_in.clone()),
            code_email: person.destination_email.clone(),
            phone: Some(person.phone.clone()),
            groups: Vec::new(),
            default_method: Some(CodeMethod::Sms),
        };
        let names = username_of(&person.sign_in).into_iter().chain(FALLBACK.parse::<Username>());
        let mut refused = AccountError::Unknown;
        for username in names {
            match self.add(new(username), &person.password, random).await {
                Err(taken @ AccountError::Store(StoreError::Taken(_))) => refused = taken,
                other => return other,
            }
        }
        Err(refused)
    }

    async fn update_person(&self, account: &Account, person: &Person) -> Result<(), AccountError> {
        let mut changed = account.clone();
        changed.email = Some(person.sign_in.clone());
        changed.code_email = person.destination_email.clone();
        changed.phone = Some(person.phone.clone());
        changed.default_method = CodeMethod::Sms;
        let fields = differences(account, &changed);
        if fields.is_empty() {
            return Ok(());
        }
        let event = self.edited(&changed, fields);
        Ok(self.store.update_account(&changed, &event).await?)
    }

    /// Whether this is the account's password. A hash that cannot be read is replaced like that of another password.
    async fn is_password(&self, account: &Account, password: &SecretString) -> Result<bool, AccountError> {
        let typed = SubmittedPassword::new(password.expose_secret());
        match self.passwords.verify(self.passwords.reserve()?, typed, account.password.clone()).await {
            // An outdated hash is renewed at the next sign-in, without ending sessions.
            Ok(Verdict::Right | Verdict::RightButOutdated) => Ok(true),
            Ok(Verdict::Wrong) | Err(PasswordError::Unreadable) => Ok(false),
            Err(failed @ (PasswordError::Stopped | PasswordError::Entropy(_))) => Err(failed.into()),
        }
    }
}

/// The part before `@`, without characters that user names cannot contain.
fn username_of(address: &EmailAddress) -> Option<Username> {
    let local = address.as_str().rsplit_once('@').map_or("", |(local, _)| local);
    let kept: String = local.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-')).take(64).collect();
    kept.trim_start_matches(|c: char| !c.is_alphanumeric()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_is_the_part_before_the_at_sign_without_what_it_may_not_hold() {
        let name = |address: &str| username_of(&address.parse().unwrap()).map(|name| name.to_string());
        assert_eq!(name("Ada.L@example.com").as_deref(), Some("ada.l"));
        assert_eq!(name("ada+test@example.com").as_deref(), Some("adatest"));
        assert_eq!(name("_ada@example.com").as_deref(), Some("ada"));
        assert_eq!(name("+++@example.com"), None);
    }
}
