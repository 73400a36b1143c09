//! Carries out one import.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use clap::Args;

use super::csv::ColumnName;
use super::entry::{ParsedFile, TotpEntry};
use super::format::{self, Encoding, Format};
use super::judged::{EntryVerdict, JudgedEntry, judge};
use super::report::{self, Reach, ReportLine, TotpOwner, Word, WriteOutcome};
use crate::account::{AccountError, Accounts, ExistingAccounts, ImportAccount, ImportOutcome};
use crate::cli::code_ways::{CodeWays, Destinations};
use crate::cli::exit_status::FAILED;
use crate::cli::foreign_file;
use crate::cli::table::FormArguments;
use crate::domain::method::CodeMethod;
use crate::domain::username::LoginName;
use crate::password::WeakHashes;
use crate::platform::random::Random;

/// Reads accounts of Authelia, htpasswd, tables, caddy-security, LDAP or tinyauth, prints a line for each, and writes all of
/// them at once. If one entry is refused, nothing is written, unless `--skip-refused` is given. Exit status 1: something
/// was refused.
///
/// Password hashes are kept, and replaced at the next sign-in. An account whose hash cannot be used is added, but disabled.
/// An import can be repeated: accounts that exist stay as they are, unless `--update` is given; their passwords always do.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "one for each switch of the command line")]
pub(in crate::cli::user) struct Import {
    /// The file; `-` reads standard input
    file: PathBuf,
    /// The format [default: told by the content]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Authelia's TOTP export, with the secrets of authenticator apps
    #[arg(long, value_name = "FILE")]
    totp: Option<PathBuf>,
    /// Print the report and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Change names, addresses and groups of accounts that exist to what the file says
    #[arg(long)]
    update: bool,
    /// Leave out what is refused, and write the rest
    #[arg(long)]
    skip_refused: bool,
    /// Keep hashes that are fast to guess (apr1, md5-crypt, SHA-1, SHA-2) until the next sign-in
    #[arg(long)]
    allow_weak_hashes: bool,
    /// How a table or htpasswd file is encoded
    #[arg(long, value_name = "ENCODING", default_value = "utf-8")]
    encoding: Encoding,
    /// Which column of a table is username, email, name, phone, groups, hash or disabled; can be given several times
    #[arg(long = "column", value_name = "FIELD=HEADER")]
    columns: Vec<ColumnName>,
    #[command(flatten)]
    form: FormArguments,
}

pub(in crate::cli::user) async fn run(
    typed: Import,
    accounts: &Accounts,
    ways: CodeWays,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let ParsedFile { entries, notes, mut totp } = parsed(&typed)?;
    totp.extend(exported(&typed)?);
    let weak = if typed.allow_weak_hashes { WeakHashes::Allow } else { WeakHashes::Refuse };
    let existing = if typed.update { ExistingAccounts::Update } else { ExistingAccounts::Preserve };
    let judged = judge(entries, weak);
    let storable = judged.iter().filter_map(storable).cloned().collect();
    let plan = accounts.plan_import(storable, existing, &mut Random::system()).await?;
    let mut lines = lines(&judged, &plan.outcomes, ways);
    lines.extend(totp_lines(&totp, &judged, accounts).await?);
    let refused = lines.iter().any(|line| line.word == Word::Rejected);
    let written = match (typed.dry_run, refused, typed.skip_refused) {
        (true, _, _) => WriteOutcome::DryRun,
        (false, true, false) => WriteOutcome::Nothing,
        (false, true, true) => WriteOutcome::WithoutRefused,
        (false, false, _) => WriteOutcome::Everything,
    };
    if matches!(written, WriteOutcome::Everything | WriteOutcome::WithoutRefused) {
        accounts.carry_out(&plan).await.context("nothing is written")?;
    }
    report::print(&lines, &notes, written, typed.form.form(), out)?;
    Ok(if refused { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn parsed(typed: &Import) -> anyhow::Result<ParsedFile> {
    let file = foreign_file::read(&typed.file)?;
    let shown = typed.file.display();
    let format = match typed.format {
        Some(format) => format,
        None => format::detect(&file).map_err(|why| anyhow!("{shown}: {why}"))?,
    };
    format::parse(&file, format, typed.encoding, &typed.columns).map_err(|why| anyhow!("{shown}: {why}"))
}

/// The secrets of `--totp`.
fn exported(typed: &Import) -> anyhow::Result<Vec<TotpEntry>> {
    let Some(path) = &typed.totp else { return Ok(Vec::new()) };
    let file = foreign_file::read(path)?;
    let parsed = format::parse(&file, Format::AutheliaTotp, Encoding::Utf8, &[]);
    Ok(parsed.map_err(|why| anyhow!("{}: {why}", path.display()))?.totp)
}

fn storable(entry: &JudgedEntry) -> Option<&ImportAccount> {
    match &entry.verdict {
        EntryVerdict::Accepted(account) | EntryVerdict::Disabled(account, _) => Some(account),
        EntryVerdict::Refused(_) => None,
    }
}

fn lines(judged: &[JudgedEntry], outcomes: &[ImportOutcome], ways: CodeWays) -> Vec<ReportLine> {
    let mut outcomes = outcomes.iter();
    let mut lines = Vec::new();
    for entry in judged {
        let account = storable(entry);
        let outcome = account.and_then(|_| outcomes.next());
        let reach = account.map_or(Reach::Somewhere, |account| reach(account, ways));
        lines.push(ReportLine::of(entry, outcome, reach));
        lines.extend(ReportLine::of_own_totp(entry));
    }
    lines
}

/// Whether a code can be sent to an account.
fn reach(account: &ImportAccount, ways: CodeWays) -> Reach {
    let to = Destinations { phone: account.phone.is_some(), mailbox: account.email.is_some() };
    if ways.method(CodeMethod::Sms, to).is_some() { Reach::Somewhere } else { Reach::Nowhere }
}

/// The lines of secrets that stand apart from the accounts.
async fn totp_lines(
    totp: &[TotpEntry],
    judged: &[JudgedEntry],
    accounts: &Accounts,
) -> Result<Vec<ReportLine>, AccountError> {
    let imported: HashSet<&str> = judged.iter().filter_map(storable).map(|account| account.username.as_str()).collect();
    let mut lines = Vec::new();
    for entry in totp {
        let name = LoginName::new(&entry.name);
        let known = imported.contains(name.as_str())
            || match accounts.show(&name).await {
                Ok(account) => account.username.as_str() == name.as_str(),
                Err(AccountError::Unknown) => false,
                Err(other) => return Err(other),
            };
        let owner = if known { TotpOwner::Known } else { TotpOwner::Unknown };
        lines.push(ReportLine::of_totp(entry, owner));
    }
    Ok(lines)
}
