//! What a file says about a person, whatever its format.

use std::str::FromStr;

use secrecy::SecretString;

use super::totp::ImportedTotp;
use crate::cli::foreign_file::Location;
use crate::domain::email::EmailAddress;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::phone::PhoneNumber;
use crate::domain::username::Username;

/// What a parser finds in a file.
#[derive(Default)]
pub(super) struct ParsedFile {
    pub(super) entries: Vec<Entry>,
    /// What concerns the file rather than one entry.
    pub(super) notes: Vec<String>,
    /// Secrets of authenticator apps that stand apart from the accounts.
    pub(super) totp: Vec<TotpEntry>,
}

/// One entry of a file.
pub(super) struct Entry {
    pub(super) at: Location,
    /// The name as the file has it, for the report.
    pub(super) name: String,
    pub(super) account: Result<ImportedAccount, String>,
    /// What is left out, and why.
    pub(super) notes: Vec<String>,
}

/// The secret of one authenticator app, with its place.
pub(super) struct TotpEntry {
    pub(super) at: Location,
    pub(super) name: String,
    pub(super) totp: Result<ImportedTotp, String>,
}

/// An account as a file describes it.
pub(super) struct ImportedAccount {
    pub(super) username: Username,
    pub(super) name: Option<DisplayName>,
    pub(super) email: Option<EmailAddress>,
    pub(super) phone: Option<PhoneNumber>,
    pub(super) groups: Option<Vec<Group>>,
    /// The password hashes, unchecked. Any of them is the account's.
    pub(super) hashes: Vec<SecretString>,
    /// Why the file itself lets nobody sign in with it.
    pub(super) disabled: Option<&'static str>,
    pub(super) totp: Vec<Result<ImportedTotp, String>>,
}

/// The texts of one entry, before they are parsed.
#[derive(Default)]
pub(super) struct RawAccount {
    pub(super) username: String,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: RawPhone,
    pub(super) groups: Option<Vec<String>>,
    pub(super) hashes: Vec<String>,
    pub(super) disabled: Option<&'static str>,
    pub(super) totp: Vec<Result<ImportedTotp, String>>,
    pub(super) notes: Vec<String>,
}

/// A telephone number, and what becomes of one that is not international.
#[derive(Default)]
pub(super) enum RawPhone {
    #[default]
    Missing,
    /// The column is for numbers: another text is a mistake.
    Strict(String),
    /// The program takes any text: what is no number is left out.
    Loose(String),
}

impl RawAccount {
    pub(super) fn into_entry(self, at: Location) -> Entry {
        let name = self.username.clone();
        let mut notes = Vec::new();
        let account = self.parse(&mut notes);
        Entry { at, name, account, notes }
    }

    fn parse(self, notes: &mut Vec<String>) -> Result<ImportedAccount, String> {
        notes.extend(self.notes);
        let username: Username = value("user name", &self.username)?;
        let name: Option<DisplayName> = optional("name", self.name.as_deref())?;
        if let Some(name) = &name
            && name.as_str().starts_with(['=', '+', '-', '@', '|'])
        {
            // A spreadsheet that opens a list of accounts would carry it out.
            return Err(format!("name: {:?} begins like a formula of a spreadsheet", name.as_str()));
        }
        // A user name that is an address signs in with it, and codes can go there.
        let own = Some(username.as_str()).filter(|name| name.contains('@'));
        let email = self.email.as_deref().filter(|email| !email.trim().is_empty()).or(own);
        let email: Option<EmailAddress> = optional("e-mail address", email)?;
        let phone = match self.phone {
            RawPhone::Missing => None,
            RawPhone::Strict(text) => optional("telephone number", Some(&text))?,
            RawPhone::Loose(text) => {
                let number = optional("telephone number", Some(&text));
                if let Err(why) = &number {
                    notes.push(format!("{why}; the number is left out"));
                }
                number.unwrap_or_default()
            }
        };
        let groups = self.groups.map(|groups| groups.iter().map(|group| value("group", group)).collect());
        Ok(ImportedAccount {
            username,
            name,
            email,
            phone,
            groups: groups.transpose()?,
            hashes: self.hashes.into_iter().map(SecretString::from).collect(),
            disabled: self.disabled,
            totp: self.totp,
        })
    }
}

fn value<T: FromStr<Err: ToString>>(what: &str, text: &str) -> Result<T, String> {
    text.trim().parse().map_err(|error: T::Err| format!("{what}: {text:?}: {}", error.to_string()))
}

/// A text that may be missing or blank.
fn optional<T: FromStr<Err: ToString>>(what: &str, text: Option<&str>) -> Result<Option<T>, String> {
    text.filter(|text| !text.trim().is_empty()).map(|text| value(what, text)).transpose()
}
