//! The secrets of one import, in the order of the report, and what becomes of each.

use std::collections::HashSet;

use super::entry::TotpEntry;
use super::judged::JudgedEntry;
use super::report::{ReportLine, Word};
use super::totp::ImportedTotp;
use crate::account::{Accounts, AppOutcome, FactorChangeError, ImportApp, ImportPlan};
use crate::cli::foreign_file::Location;
use crate::domain::username::LoginName;
use crate::factor::TotpImporter;
use crate::store::FactorOwner;

/// The secret of one app.
pub(super) struct FileApp {
    /// The entry that it is part of, by its index; `None`: it stands apart from the accounts.
    entry: Option<usize>,
    at: Location,
    name: String,
    totp: Result<ImportedTotp, String>,
}

/// A secret after it was compared with what its account holds.
pub(super) struct JudgedApp {
    pub(super) entry: Option<usize>,
    pub(super) line: ReportLine,
}

/// The secrets of one import.
pub(super) struct JudgedApps {
    pub(super) apps: Vec<JudgedApp>,
    /// The user names whose account has an app, or gets one.
    pub(super) owners: HashSet<String>,
}

/// For accounts that were there.
const SESSIONS: &str = "an account that was there and gets an app has to sign in again: its sessions end, and its factors \
                        cannot be removed for `factors.recovery_delay`";

/// All secrets: those of the entries, and those that stand apart. A secret is refused with its account.
pub(super) fn found(judged: &mut [JudgedEntry], apart: Vec<TotpEntry>, plan: &ImportPlan) -> Vec<FileApp> {
    let mut outcomes = plan.outcomes.iter();
    let mut refused = HashSet::new();
    let mut stored = HashSet::new();
    let mut found = Vec::new();
    for (index, entry) in judged.iter_mut().enumerate() {
        let outcome = entry.verdict.account().and_then(|_| outcomes.next());
        let is_stored = outcome.is_some_and(|outcome| !outcome.is_refused());
        let name = LoginName::new(&entry.name).as_str().to_owned();
        if is_stored {
            stored.insert(name)
        } else {
            refused.insert(name)
        };
        for totp in std::mem::take(&mut entry.totp) {
            let totp = if is_stored { totp } else { Err(WITH_ACCOUNT.to_owned()) };
            found.push(FileApp { entry: Some(index), at: entry.at.clone(), name: entry.name.clone(), totp });
        }
    }
    found.extend(apart.into_iter().map(|TotpEntry { at, name, totp }| {
        let login = LoginName::new(&name);
        // A name that stands twice in the file is that of the entry that is stored.
        let is_refused = refused.contains(login.as_str()) && !stored.contains(login.as_str());
        let totp = if is_refused { Err(WITH_ACCOUNT.to_owned()) } else { totp };
        FileApp { entry: None, at, name, totp }
    }));
    found
}

const WITH_ACCOUNT: &str = "its account is refused";

/// Compares the secrets with what the accounts hold, and adds new ones to the plan.
pub(super) async fn judge(
    found: Vec<FileApp>,
    accounts: &Accounts,
    plan: &mut ImportPlan,
    importer: &TotpImporter,
) -> Result<JudgedApps, FactorChangeError> {
    let app = |file: &FileApp| {
        let ImportedTotp { name, secret } = file.totp.as_ref().ok()?.clone();
        Some(ImportApp { username: LoginName::new(&file.name), name, secret })
    };
    let apps = found.iter().filter_map(app).collect();
    let mut outcomes = accounts.plan_apps(plan, apps, importer).await?.into_iter();
    let mut judged = JudgedApps { apps: Vec::with_capacity(found.len()), owners: HashSet::new() };
    for FileApp { entry, at, name, totp } in found {
        let outcome = totp.as_ref().ok().and_then(|_| outcomes.next());
        if matches!(outcome, Some(AppOutcome::Added(_) | AppOutcome::Unchanged)) {
            judged.owners.insert(LoginName::new(&name).as_str().to_owned());
        }
        judged.apps.push(JudgedApp { entry, line: line(at, name, totp, outcome) });
    }
    Ok(judged)
}

fn line(at: Location, name: String, totp: Result<ImportedTotp, String>, outcome: Option<AppOutcome>) -> ReportLine {
    let parameters = totp.as_ref().map(|totp| totp.secret.parameters()).ok();
    let mut help = Vec::new();
    let (word, reason) = match (totp, outcome) {
        (Err(why), _) => (Word::Rejected, Some(why)),
        (Ok(_), Some(AppOutcome::Added(owner))) => {
            if owner == FactorOwner::Existing {
                help.push(SESSIONS);
            }
            (Word::Added, None)
        }
        (Ok(_), Some(AppOutcome::Unchanged)) => (Word::Unchanged, None),
        (Ok(_), Some(AppOutcome::Full)) => {
            (Word::Rejected, Some("its account has as many factors as an account may have".to_owned()))
        }
        (Ok(_), Some(AppOutcome::Unreadable)) => (Word::Rejected, Some(UNREADABLE.to_owned())),
        (Ok(_), Some(AppOutcome::UnknownAccount) | None) => {
            (Word::Rejected, Some("there is no account with this user name".to_owned()))
        }
    };
    let notes = parameters.filter(|_| word != Word::Rejected).into_iter().collect();
    ReportLine { at, name, word, reason, notes, is_totp: true, help }
}

const UNREADABLE: &str = "its account has an app that cannot be decrypted, so it may be this one; `portcullis user show NAME` \
                          lists it, `portcullis user reset NAME --factor ID` takes it away";
