//! Carries out one import.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use clap::Args;

use super::apps::{self, JudgedApps};
use super::csv::ColumnName;
use super::entry::{ParsedFile, TotpEntry};
use super::format::{self, Encoding, Format};
use super::judged::{JudgedEntry, judge};
use super::report::{self, Reach, ReportLine, Word, WriteOutcome};
use crate::account::{Accounts, ExistingAccounts, ImportAccount, ImportOutcome};
use crate::cli::code_ways::{CodeWays, Destinations};
use crate::cli::exit_status::FAILED;
use crate::cli::foreign_file;
use crate::cli::table::FormArguments;
use crate::domain::method::CodeMethod;
use crate::factor::TotpImporter;
use crate::password::WeakHashes;
use crate::platform::random::Random;

/// Reads accounts of Authelia, htpasswd, tables, caddy-security, LDAP or tinyauth, prints a line for each, and writes all of
/// them at once. If one entry is refused, nothing is written, unless `--skip-refused` is given. Exit status 1: something
/// was refused.
///
/// Secrets of authenticator apps become factors of their accounts: the apps go on showing the right codes.
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
    importer: &TotpImporter,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let ParsedFile { entries, notes, mut totp } = parsed(&typed)?;
    totp.extend(exported(&typed)?);
    let weak = if typed.allow_weak_hashes { WeakHashes::Allow } else { WeakHashes::Refuse };
    let existing = if typed.update { ExistingAccounts::Update } else { ExistingAccounts::Preserve };
    let mut judged = judge(entries, weak);
    let storable = judged.iter().filter_map(|entry| entry.verdict.account()).cloned().collect();
    let mut plan = accounts.plan_import(storable, existing, &mut Random::system()).await?;
    let found = apps::found(&mut judged, totp, &plan);
    let apps = apps::judge(found, accounts, &mut plan, importer).await?;
    let lines = lines(&judged, &plan.outcomes, apps, ways);
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

fn lines(
    judged: &[JudgedEntry],
    outcomes: &[ImportOutcome],
    JudgedApps { apps, owners }: JudgedApps,
    ways: CodeWays,
) -> Vec<ReportLine> {
    let mut outcomes = outcomes.iter();
    let mut apps = apps.into_iter().peekable();
    let mut lines = Vec::new();
    for (index, entry) in judged.iter().enumerate() {
        let account = entry.verdict.account();
        let outcome = account.and_then(|_| outcomes.next());
        let reach = match account {
            Some(account) if !owners.contains(account.username.as_str()) => reach(account, ways),
            // An app needs no message.
            Some(_) | None => Reach::Somewhere,
        };
        lines.push(ReportLine::of(entry, outcome, reach));
        while let Some(app) = apps.next_if(|app| app.entry == Some(index)) {
            lines.push(app.line);
        }
    }
    lines.extend(apps.map(|app| app.line));
    lines
}

/// Whether a code can be sent to an account.
fn reach(account: &ImportAccount, ways: CodeWays) -> Reach {
    let to = Destinations { phone: account.phone.is_some(), mailbox: account.email.is_some() };
    if ways.method(CodeMethod::Sms, to).is_some() { Reach::Somewhere } else { Reach::Nowhere }
}
