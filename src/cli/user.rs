//! `portcullis user`: manages accounts from the command line, also while the gateway runs on the same store.
//!
//! Parses arguments, prompts and prints; `account` makes every change. A password comes from a prompt or from standard
//! input, never from the arguments, which every user of the machine can read.

mod edit;
mod import;
mod print;

#[cfg(test)]
mod tests;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::account::{AccountError, Accounts, NewAccount, Reset};
use crate::cli::code_ways::{CodeWays, Destinations};
use crate::cli::prompt::{Console, Prompt, Source};
use crate::cli::revocation;
use crate::cli::stored::quoted;
use crate::cli::table::FormArguments;
use crate::domain::email::EmailAddress;
use crate::domain::identifier::FactorId;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::{LoginName, Username};
use crate::factor::TotpImporter;
use crate::platform::random::Random;

/// Accounts: add, edit, import, list, show, disable, enable, remove, change the password, restore.
#[derive(Debug, Args)]
pub(super) struct UserCommand {
    #[command(subcommand)]
    action: Action,
}

impl UserCommand {
    /// Whether it can be the first command of an installation, so that it creates the database.
    pub(super) const fn adds(&self) -> bool {
        matches!(self.action, Action::Add(_) | Action::Import(_))
    }
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add an account
    Add(Add),
    /// Change names, number, address or groups of an account; a running gateway follows within a second
    Edit(edit::Edit),
    /// Import accounts from the files of other programs
    Import(Box<import::Import>),
    /// List all accounts
    List {
        #[command(flatten)]
        form: FormArguments,
    },
    /// Show one account
    Show {
        /// User name or e-mail address
        name: String,
        #[command(flatten)]
        form: FormArguments,
    },
    /// Forbid signing in and end all sessions
    Disable {
        /// User name or e-mail address
        name: String,
    },
    /// Allow signing in again, and reset failed attempts
    Enable {
        /// User name or e-mail address
        name: String,
    },
    /// Remove an account for good
    Remove {
        /// User name or e-mail address
        name: String,
        /// Do not ask for confirmation
        #[arg(long)]
        yes: bool,
    },
    /// Change the password and end all sessions
    Password {
        /// User name or e-mail address
        name: String,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Take away authenticator apps, passkeys and recovery codes, after their owner has lost them; all sessions end
    Reset {
        /// User name or e-mail address
        name: String,
        /// Take away this one alone: its id, as `user show` prints it
        #[arg(long, value_name = "ID")]
        factor: Option<FactorId>,
        /// Do not ask for confirmation
        #[arg(long)]
        yes: bool,
    },
    /// Reset the failed attempts of an account, so that a locked factor is usable again
    Restore {
        /// User name or e-mail address
        name: String,
    },
}

#[derive(Debug, Args)]
struct Add {
    /// User name; may be an e-mail address
    name: Username,
    /// E-mail address, for signing in and for codes
    #[arg(long, value_name = "ADDRESS")]
    email: Option<EmailAddress>,
    /// Mailbox for codes, if not the e-mail address; it signs nobody in, and sites do not see it
    #[arg(long, value_name = "ADDRESS")]
    code_email: Option<EmailAddress>,
    /// Telephone number for codes, such as +15005550074
    #[arg(long, value_name = "NUMBER")]
    phone: Option<PhoneNumber>,
    /// Display name
    #[arg(long = "name", value_name = "NAME")]
    display_name: Option<DisplayName>,
    /// Group; can be given several times
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<Group>,
    /// Default method for codes: sms or email [default: sms if there is a number]
    #[arg(long, value_name = "METHOD")]
    method: Option<CodeMethod>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
}

/// What the commands take from the configuration.
pub(super) struct Setup {
    /// How long a browser is remembered.
    pub(super) remembered: Option<Duration>,
    /// By which methods codes can be sent.
    pub(super) ways: CodeWays,
    /// The command that adds an account.
    pub(super) add: String,
    /// Makes factors of the apps of an import.
    pub(super) importer: TotpImporter,
}

/// Runs the command and writes the result to `out`.
pub(super) async fn run(
    command: UserCommand,
    accounts: &Accounts,
    setup: &Setup,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    perform(command.action, accounts, setup, &mut Console, out).await
}

async fn perform(
    action: Action,
    accounts: &Accounts,
    setup: &Setup,
    prompt: &mut dyn Prompt,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    match action {
        Action::Add(new) => add(new, accounts, setup.ways, prompt, out).await?,
        Action::Edit(typed) => edit::run(typed, accounts, setup.ways, out).await?,
        Action::Import(typed) => return import::run(*typed, accounts, setup.ways, &setup.importer, out).await,
        Action::List { form } => print::list(&accounts.list().await?, &setup.add, form.form(), out)?,
        Action::Show { name, form } => {
            let account = show(accounts, &name).await?;
            let browsers = accounts.remembered_browsers(&account, setup.remembered).await?;
            let held = accounts.held_factors(&account).await?;
            print::one(&account, &print::Extras { browsers, held: &held }, form.form(), out)?;
        }
        Action::Disable { name } => {
            let account =
                revocation::outcome(accounts.disable(&LoginName::new(&name)).await).with_context(|| quoted(&name))?;
            writeln!(out, "{} is disabled, all sessions ended", account.username)?;
        }
        Action::Enable { name } => {
            let account = accounts.enable(&LoginName::new(&name)).await.with_context(|| quoted(&name))?;
            writeln!(out, "{} is enabled", account.username)?;
        }
        Action::Remove { name, yes } => {
            let account = show(accounts, &name).await?;
            if !yes {
                prompt.confirm(&account.username, out)?;
            }
            let gone = revocation::outcome(accounts.remove(&LoginName::new(account.username.as_str())).await)?;
            writeln!(out, "{} is removed", gone.username)?;
        }
        Action::Password { name, password_stdin } => {
            // Fails for an unknown account before it prompts for a password.
            let account = show(accounts, &name).await?;
            let password = prompt.password(source(password_stdin))?;
            let changed = accounts.change_password(&LoginName::new(account.username.as_str()), &password).await;
            revocation::outcome(changed)?;
            writeln!(out, "the password of {} is changed, all sessions ended", account.username)?;
        }
        Action::Reset { name, factor, yes } => {
            let account = show(accounts, &name).await?;
            if !yes {
                prompt.confirm(&account.username, out)?;
            }
            let Reset { factors, recovery_codes } = revocation::outcome(accounts.reset(&account, factor).await)?;
            if factors + recovery_codes == 0 {
                anyhow::bail!("{} has no such factor; `user show` lists them", account.username);
            }
            let user = &account.username;
            writeln!(out, "{user}: {factors} factors and {recovery_codes} recovery codes removed, all sessions ended")?;
        }
        Action::Restore { name } => {
            let account = accounts.restore(&LoginName::new(&name)).await.with_context(|| quoted(&name))?;
            writeln!(out, "the failed attempts of {} are reset", account.username)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn add(
    typed: Add,
    accounts: &Accounts,
    ways: CodeWays,
    prompt: &mut dyn Prompt,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let from = source(typed.password_stdin);
    let new = NewAccount {
        username: typed.name,
        name: typed.display_name,
        email: typed.email,
        code_email: typed.code_email,
        phone: typed.phone,
        groups: typed.groups,
        default_method: typed.method,
    };
    // Mistakes in the arguments are reported before the prompt for the password.
    let preferred = match new.method() {
        Ok(method) => method,
        Err(error @ AccountError::NoWay) => anyhow::bail!("{error}; give --phone or --email or both"),
        Err(error) => return Err(error.into()),
    };
    let to = Destinations { phone: new.phone.is_some(), mailbox: new.email.is_some() || new.code_email.is_some() };
    let Some(method) = ways.method(preferred, to) else {
        anyhow::bail!("{} would get no code: {}", new.username, ways.lack())
    };
    let password = prompt.password(from)?;
    let account = accounts.add(new, &password, &mut Random::system()).await?;
    writeln!(out, "{} is added, codes are sent by {method}", account.username)?;
    Ok(())
}

async fn show(accounts: &Accounts, name: &str) -> anyhow::Result<crate::store::Account> {
    accounts.show(&LoginName::new(name)).await.with_context(|| quoted(name))
}

/// From `--password-stdin`.
const fn source(standard_input: bool) -> Source {
    if standard_input { Source::StandardInput } else { Source::Prompt }
}
