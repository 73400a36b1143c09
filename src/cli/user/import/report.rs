//! The report: a line for each entry, and what was written. It has no secret.

use std::io::Write;

use serde_json::{Value, json};

use super::judged::{EntryVerdict, JudgedEntry};
use crate::account::ImportOutcome;
use crate::cli::foreign_file::Location;
use crate::cli::table::{Form, json as indented};

/// Whether a code can be sent to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Somewhere,
    Nowhere,
}

/// What was written, in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WriteOutcome {
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
}

/// One line.
pub(super) struct ReportLine {
    pub(super) at: Location,
    pub(super) name: String,
    pub(super) word: Word,
    pub(super) reason: Option<String>,
    pub(super) notes: Vec<String>,
    /// It is about the secret of an authenticator app.
    pub(super) is_totp: bool,
    /// What the operator can do about it.
    pub(super) help: Vec<&'static str>,
}

/// For accounts without a usable hash.
const SET_PASSWORD: &str = "a disabled account without a password signs in after `portcullis user password NAME` and `portcullis user enable NAME`";
/// For accounts that the file disables.
const ENABLE: &str = "an account that is disabled in the file signs in after `portcullis user enable NAME`";
/// For accounts without a destination.
const GIVE_ADDRESS: &str =
    "an account that no code reaches needs an address or a number: `portcullis user edit NAME --email ADDRESS`";
/// For accounts that differ.
const UPDATE: &str = "--update changes accounts that differ to what the file says";

impl Word {
    const ALL: [Self; 6] = [Self::Added, Self::Updated, Self::Unchanged, Self::Differs, Self::Disabled, Self::Rejected];

    /// What can be said of an app.
    const OF_TOTP: [Self; 3] = [Self::Added, Self::Unchanged, Self::Rejected];

    const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Differs => "differs",
            Self::Disabled => "disabled",
            Self::Rejected => "refused",
        }
    }
}

impl ReportLine {
    /// The line of an entry. `outcome`: what becomes of it in the store; `None`: it was refused.
    pub(super) fn of(entry: &JudgedEntry, outcome: Option<&ImportOutcome>, reach: Reach) -> Self {
        let (word, reason) = word(&entry.verdict, outcome);
        let mut notes = entry.notes.clone();
        let mut help = Vec::new();
        match (word, &entry.verdict) {
            (Word::Disabled, EntryVerdict::Disabled(account, _)) if account.password.is_none() => {
                help.push(SET_PASSWORD);
            }
            (Word::Disabled, _) => help.push(ENABLE),
            (Word::Differs, _) => help.push(UPDATE),
            (Word::Added | Word::Updated | Word::Unchanged | Word::Rejected, _) => {}
        }
        if reach == Reach::Nowhere && matches!(word, Word::Added | Word::Disabled | Word::Updated) {
            notes.push("no code reaches it".to_owned());
            help.push(GIVE_ADDRESS);
        }
        Self { at: entry.at.clone(), name: entry.name.clone(), word, reason, notes, is_totp: false, help }
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
        (_, Some(ImportOutcome::Differs(differs))) => (Word::Differs, Some(fields(differs))),
        (_, Some(ImportOutcome::Updated(changed))) => (Word::Updated, Some(fields(changed))),
        (EntryVerdict::Disabled(_, why), Some(ImportOutcome::Added) | None) => (Word::Disabled, Some(why.clone())),
        (EntryVerdict::Accepted(_), Some(ImportOutcome::Added) | None) => (Word::Added, None),
    }
}

/// What the summary counts: lines about accounts and lines about apps, each by their word.
#[derive(Clone, Copy)]
struct LineKind {
    is_totp: bool,
    word: Word,
}

impl LineKind {
    /// In the order of the summary.
    fn all() -> impl Iterator<Item = Self> {
        let accounts = Word::ALL.into_iter().map(|word| Self { is_totp: false, word });
        accounts.chain(Word::OF_TOTP.into_iter().map(|word| Self { is_totp: true, word }))
    }

    fn count(self, lines: &[ReportLine]) -> usize {
        lines.iter().filter(|line| line.is_totp == self.is_totp && line.word == self.word).count()
    }

    fn text(self) -> String {
        let totp = if self.is_totp { "totp " } else { "" };
        format!("{totp}{}", self.word.word())
    }

    fn key(self) -> String {
        self.text().replace(' ', "_")
    }
}

/// Prints the report.
pub(super) fn print(
    lines: &[ReportLine],
    notes: &[String],
    written: WriteOutcome,
    form: Form,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut notes: Vec<&str> = notes.iter().map(String::as_str).collect();
    for help in lines.iter().flat_map(|line| &line.help) {
        if !notes.contains(help) {
            notes.push(help);
        }
    }
    if form == Form::Json {
        let count = |kind: LineKind| (kind.key(), json!(kind.count(lines)));
        let summary: serde_json::Map<String, Value> = LineKind::all().map(count).collect();
        let is_written = matches!(written, WriteOutcome::Everything | WriteOutcome::WithoutRefused);
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
    let counts = LineKind::all().map(|kind| (kind, kind.count(lines))).filter(|(_, count)| *count > 0);
    let summary: Vec<String> = counts.map(|(kind, count)| format!("{count} {}", kind.text())).collect();
    let summary = if summary.is_empty() { "no entries".to_owned() } else { summary.join(", ") };
    writeln!(out, "{summary}{}", ending(written))?;
    Ok(())
}

const fn ending(written: WriteOutcome) -> &'static str {
    match written {
        WriteOutcome::Everything => "",
        WriteOutcome::WithoutRefused => "; what was refused is left out",
        WriteOutcome::DryRun => "; this was a dry run, nothing is written",
        WriteOutcome::Nothing => "; nothing is written: correct what was refused, or leave it out with --skip-refused",
    }
}
