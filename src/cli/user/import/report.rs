//! The report: a line for each entry, and what was written. It has no secret.

use std::io::Write;

use serde_json::{Value, json};

use super::entry::TotpEntry;
use super::judged::{EntryVerdict, JudgedEntry};
use super::totp::{ImportedTotp, TotpDestination, destination};
use crate::account::ImportOutcome;
use crate::cli::foreign_file::Location;
use crate::cli::table::{Form, json as indented};

/// What was written, in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Everything,
    /// `--skip-refused`: everything but what was refused.
    WithoutRefused,
    /// `--dry-run`.
    DryRun,
    /// Something was refused.
    Nothing,
}

/// The words of the report, with their order in the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Added,
    Updated,
    Unchanged,
    Differs,
    Disabled,
    Rejected,
    NotImported,
}

/// One line.
pub(super) struct ReportLine {
    at: Location,
    name: String,
    pub(super) word: Word,
    reason: Option<String>,
    notes: Vec<String>,
    /// It is about the secret of an authenticator app.
    is_totp: bool,
}

impl Word {
    const ALL: [Self; 7] =
        [Self::Added, Self::Updated, Self::Unchanged, Self::Differs, Self::Disabled, Self::Rejected, Self::NotImported];

    const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Differs => "differs",
            Self::Disabled => "disabled",
            Self::Rejected => "refused",
            Self::NotImported => "not imported",
        }
    }
}

impl ReportLine {
    /// The line of an entry. `outcome`: what becomes of it in the store; `None`: it was refused.
    pub(super) fn of(entry: &JudgedEntry, outcome: Option<&ImportOutcome>, lack: Option<String>) -> Self {
        let (word, reason) = word(&entry.verdict, outcome);
        let mut notes = entry.notes.clone();
        if matches!(word, Word::Added | Word::Disabled | Word::Updated) {
            notes.extend(lack);
        }
        Self { at: entry.at.clone(), name: entry.name.clone(), word, reason, notes, is_totp: false }
    }

    /// The line of the secret of an authenticator app. `known`: whether its account exists or is imported.
    pub(super) fn of_totp(entry: &TotpEntry, known: bool) -> Self {
        Self::totp(entry.at.clone(), entry.name.clone(), &entry.totp, known)
    }

    pub(super) fn of_own_totp(entry: &JudgedEntry) -> Option<Self> {
        let totp = entry.totp.as_ref()?;
        let known = !matches!(entry.verdict, EntryVerdict::Refused(_));
        Some(Self::totp(entry.at.clone(), entry.name.clone(), totp, known))
    }

    fn totp(at: Location, name: String, totp: &Result<ImportedTotp, String>, known: bool) -> Self {
        let (word, reason, notes) = match totp {
            Err(why) => (Word::Rejected, why.clone(), Vec::new()),
            Ok(_) if !known => (Word::Rejected, "there is no account with this user name".to_owned(), Vec::new()),
            Ok(totp) => {
                let TotpDestination::NotImported(why) = destination(totp);
                let kind = format!("{}, {} digits, {} s", totp.algorithm.word(), totp.digits, totp.period);
                (Word::NotImported, why.to_owned(), vec![kind])
            }
        };
        Self { at, name, word, reason: Some(reason), notes, is_totp: true }
    }

    fn text(&self) -> String {
        // A name of the file must not move the cursor of the terminal.
        let plain = |name: &str| !name.is_empty() && !name.chars().any(|c| c.is_control() || c.is_whitespace());
        let name = if plain(&self.name) { self.name.clone() } else { format!("{:?}", self.name) };
        let totp = if self.is_totp { "totp: " } else { "" };
        let reason = self.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        let notes: Vec<&str> = self.notes.iter().flat_map(|note| ["; ", note]).collect();
        format!("{}: {name}: {totp}{}{reason}{}", self.at, self.word.word(), notes.concat())
    }

    fn json(&self) -> Value {
        let line = if let Location::Line(line) = self.at { json!(line) } else { Value::Null };
        json!({
            "at": self.at.to_string(),
            "line": line,
            "name": self.name,
            "kind": if self.is_totp { "totp" } else { "account" },
            "outcome": self.word.word(),
            "reason": self.reason,
            "notes": self.notes,
        })
    }
}

fn word(verdict: &EntryVerdict, outcome: Option<&ImportOutcome>) -> (Word, Option<String>) {
    let fields = |fields: &[crate::account::ImportedField]| {
        fields.iter().map(|field| field.word()).collect::<Vec<_>>().join(", ")
    };
    match (verdict, outcome) {
        (EntryVerdict::Refused(why), _) => (Word::Rejected, Some(why.clone())),
        (_, Some(ImportOutcome::Taken(what))) => {
            (Word::Rejected, Some(format!("{what} is taken by another account (`portcullis user list` shows all)")))
        }
        (_, Some(ImportOutcome::Unchanged)) => (Word::Unchanged, None),
        (_, Some(ImportOutcome::Differs(differs))) => {
            (Word::Differs, Some(format!("{} (--update takes what the file has)", fields(differs))))
        }
        (_, Some(ImportOutcome::Updated(changed))) => (Word::Updated, Some(fields(changed))),
        (EntryVerdict::Disabled(account, why), Some(ImportOutcome::Added) | None) => {
            let name = account.username.as_str();
            let help = if account.password.is_some() {
                format!("`portcullis user enable {name}` lets it sign in")
            } else {
                format!("`portcullis user password {name}` and `portcullis user enable {name}` let it sign in")
            };
            (Word::Disabled, Some(format!("{why}; {help}")))
        }
        (EntryVerdict::Accepted(_), Some(ImportOutcome::Added) | None) => (Word::Added, None),
    }
}

/// Prints the report.
pub(super) fn print(
    lines: &[ReportLine],
    notes: &[String],
    written: Written,
    form: Form,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let count = |word: Word| lines.iter().filter(|line| line.word == word).count();
    if form == Form::Json {
        let summary: serde_json::Map<String, Value> =
            Word::ALL.iter().map(|word| (word.word().replace(' ', "_"), json!(count(*word)))).collect();
        let is_written = matches!(written, Written::Everything | Written::WithoutRefused);
        let entries: Vec<Value> = lines.iter().map(ReportLine::json).collect();
        let report = json!({ "entries": entries, "notes": notes, "summary": summary, "written": is_written });
        write!(out, "{}", indented(&report))?;
        return Ok(());
    }
    for line in lines {
        writeln!(out, "{}", line.text())?;
    }
    for note in notes {
        writeln!(out, "note: {note}")?;
    }
    let counts = Word::ALL.iter().map(|word| (*word, count(*word))).filter(|(_, count)| *count > 0);
    let summary: Vec<String> = counts.map(|(word, count)| format!("{count} {}", word.word())).collect();
    let summary = if summary.is_empty() { "no entries".to_owned() } else { summary.join(", ") };
    writeln!(out, "{summary}{}", ending(written))?;
    Ok(())
}

const fn ending(written: Written) -> &'static str {
    match written {
        Written::Everything => "",
        Written::WithoutRefused => "; what was refused is left out",
        Written::DryRun => "; this was a dry run, nothing is written",
        Written::Nothing => "; nothing is written: correct what was refused, or leave it out with --skip-refused",
    }
}
