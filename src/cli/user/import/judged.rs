//! What can be stored of an entry: its hash is judged, and names that stand twice in the file are refused.

use std::collections::HashMap;

use secrecy::ExposeSecret as _;

use super::entry::{Entry, ImportedAccount};
use super::totp::ImportedTotp;
use crate::account::ImportAccount;
use crate::cli::foreign_file::Location;
use crate::domain::email::EmailAddress;
use crate::password::{PasswordHash, UnusableHash, WeakHashes, adopt_hash};
use crate::store::AccountStatus;

/// An entry after it was judged.
pub(super) struct JudgedEntry {
    pub(super) at: Location,
    pub(super) name: String,
    pub(super) verdict: EntryVerdict,
    pub(super) notes: Vec<String>,
    pub(super) totp: Vec<Result<ImportedTotp, String>>,
}

/// What can be done with an entry.
pub(super) enum EntryVerdict {
    /// It is stored, and can sign in.
    Accepted(Box<ImportAccount>),
    /// It is stored, and cannot sign in. The text says why.
    Disabled(Box<ImportAccount>, String),
    /// It is not stored. The text says why.
    Refused(String),
}

impl EntryVerdict {
    /// The account to store.
    pub(super) fn account(&self) -> Option<&ImportAccount> {
        match self {
            Self::Accepted(account) | Self::Disabled(account, _) => Some(account),
            Self::Refused(_) => None,
        }
    }
}

/// Judges every entry, in their order.
pub(super) fn judge(entries: Vec<Entry>, weak: WeakHashes) -> Vec<JudgedEntry> {
    let mut claimed: HashMap<String, Location> = HashMap::new();
    entries.into_iter().map(|entry| judge_one(entry, weak, &mut claimed)).collect()
}

fn judge_one(entry: Entry, weak: WeakHashes, claimed: &mut HashMap<String, Location>) -> JudgedEntry {
    let Entry { at, name, account, notes } = entry;
    let refused =
        |at, name, why, notes| JudgedEntry { at, name, verdict: EntryVerdict::Refused(why), notes, totp: Vec::new() };
    let mut account = match account {
        Ok(account) => account,
        Err(why) => return refused(at, name, why, notes),
    };
    let names = [Some(account.username.as_str().to_owned()), account.email.as_ref().map(EmailAddress::key)];
    for (kind, claim) in ["the user name", "the e-mail address"].into_iter().zip(&names) {
        if let Some(first) = claim.as_ref().and_then(|claim| claimed.get(claim)) {
            return refused(at, name, format!("{kind} is taken by {first}"), notes);
        }
    }
    claimed.extend(names.into_iter().flatten().map(|claim| (claim, at.clone())));
    let name = account.username.as_str().to_owned();
    let hash = match hash(&account, weak) {
        Ok(hash) => Ok(hash),
        Err(hostile @ (UnusableHash::Damaged(_) | UnusableHash::TooCostly(_))) => {
            return refused(at, name, hostile.to_string(), notes);
        }
        Err(unusable) => Err(unusable),
    };
    let totp = std::mem::take(&mut account.totp);
    let disabled = account.disabled;
    let verdict = match (hash, disabled) {
        (Ok(hash), None) => EntryVerdict::Accepted(stored(account, Some(hash), AccountStatus::Active)),
        (Ok(hash), Some(why)) => {
            EntryVerdict::Disabled(stored(account, Some(hash), AccountStatus::Disabled), why.to_owned())
        }
        (Err(unusable), _) => {
            EntryVerdict::Disabled(stored(account, None, AccountStatus::Disabled), unusable.to_string())
        }
    };
    JudgedEntry { at, name, verdict, notes, totp }
}

/// The first hash that can be used, or what is wrong with the first.
fn hash(account: &ImportedAccount, weak: WeakHashes) -> Result<PasswordHash, UnusableHash> {
    let mut fault = None;
    for hash in &account.hashes {
        match adopt_hash(hash.expose_secret(), weak) {
            Ok(hash) => return Ok(hash),
            Err(unusable) => _ = fault.get_or_insert(unusable),
        }
    }
    Err(fault.unwrap_or(UnusableHash::Missing))
}

fn stored(account: ImportedAccount, password: Option<PasswordHash>, status: AccountStatus) -> Box<ImportAccount> {
    let ImportedAccount { username, name, email, phone, groups, .. } = account;
    Box::new(ImportAccount { username, name, email, phone, groups, password, status })
}
