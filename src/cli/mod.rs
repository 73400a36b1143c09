//! Floor 13: the command line: one file for each command, listed below.
//!
//! Turns arguments into calls of a room, and the outcome into text and an exit status: 0 done, 1 failed while running,
//! 2 wrong arguments, 78 wrong configuration, 130 Ctrl-C at a question. Decides nothing about people, sessions or sites.

mod audit;
mod code_ways;
mod completions;
mod config;
mod configuration;
#[cfg(feature = "demo")]
mod demo;
#[cfg(feature = "doctor")]
mod doctor;
mod exit_status;
mod flags;
mod foreign_file;
mod generated_password;
mod health;
mod init;
mod keys;
mod man;
mod message;
mod moment;
mod online;
mod prompt;
mod quoting;
mod reachable;
mod revocation;
mod rules;
mod runtime;
#[cfg(feature = "demo")]
mod sandbox;
mod serve;
mod session;
mod signals;
mod stored;
mod table;
mod taken_address;
mod terminal;
mod token;
mod user;
mod version;
mod wire;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory as _, Parser, Subcommand};

use self::code_ways::CodeWays;
use self::exit_status::{FAILED, WRONG_CONFIGURATION};
use self::runtime::block_on;
use crate::account::Accounts;
use crate::config::mistake::Mistakes;
use crate::factor::TotpImporter;
use crate::password::Passwords;
use crate::platform::clock::Clock;
use crate::platform::process;
use crate::platform::random::Random;

/// Two-factor login in front of any web app.
#[derive(Debug, Parser)]
#[command(name = "portcullis", version, arg_required_else_help = true)]
struct Arguments {
    /// The configuration file. Default: config/portcullis.toml if it exists, else /etc/portcullis/portcullis.toml.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try Portcullis: gateway, sandbox CPaaS, phone page and a protected dashboard in one process.
    #[cfg(feature = "demo")]
    Demo(demo::Arguments),
    /// Write a first configuration: asks for what it needs, and tries each answer.
    Init(Box<init::Arguments>),
    /// Run the gateway.
    Serve(serve::Arguments),
    /// Add, show and change accounts.
    User(user::UserCommand),
    /// Check and show the configuration.
    #[command(subcommand)]
    Config(config::Command),
    /// Show and end the sessions of an account.
    #[command(subcommand)]
    Session(session::Command),
    /// Create, list and revoke access tokens for scripts.
    #[command(subcommand)]
    Token(token::Command),
    /// Read the audit trail: who signed in, who was refused, what an operator changed.
    #[command(subcommand)]
    Audit(audit::Command),
    /// List, rotate and remove versions of the signing key.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Show the messages that people get.
    #[command(subcommand)]
    Message(message::Command),
    /// Show which rule decides about a request, and why; import rules of other programs.
    #[command(subcommand)]
    Rules(rules::Command),
    /// Check whether a running gateway is ready: exit status 0 if it is.
    Health(health::Arguments),
    /// Test a deployment from outside: what is right, what is wrong, and the fix for its proxy.
    #[cfg(feature = "doctor")]
    Doctor(doctor::Arguments),
    /// Run the sandbox CPaaS and its phone page, for trials and tests.
    #[cfg(feature = "demo")]
    Sandbox(sandbox::Args),
    /// Print a completion script for a shell.
    Completions(completions::Arguments),
    /// Write the manual pages.
    Man(man::Arguments),
    /// Show the version, the features and the target of this build.
    Version(version::Arguments),
}

/// Every command with its arguments, for the test that reads the documents: a command in a document that this does not
/// accept would fail for a reader.
pub fn command_line() -> clap::Command {
    Arguments::command()
}

/// The `portcullis` command.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are reported as errors too, with status 0; wrong arguments have status 2. A closed
            // terminal is not a reason to fail.
            drop(error.print());
            if let Some(hint) = left_out(&error) {
                terminal::tell(&hint);
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(FAILED));
        }
    };
    match run(arguments) {
        Ok(status) => status,
        Err(error) => report(&error),
    }
}

/// Commands that a build may omit, and the Cargo feature that each belongs to.
const OPTIONAL: [(&str, &str, bool); 3] = [
    ("demo", "demo", cfg!(feature = "demo")),
    ("sandbox", "demo", cfg!(feature = "demo")),
    ("doctor", "doctor", cfg!(feature = "doctor")),
];

/// The message for a command that exists, but not in this build.
fn left_out(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let (command, feature, _) = OPTIONAL.iter().find(|(command, _, built)| command == typed && !built)?;
    Some(format!("portcullis: this build has no `{command}`: it was built without the Cargo feature `{feature}`"))
}

fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    process::hide_memory().context("core dumps cannot be disabled")?;
    let file = arguments.config;
    match arguments.command {
        #[cfg(feature = "demo")]
        Command::Demo(arguments) => block_on(demo::run(arguments)).map(|()| ExitCode::SUCCESS),
        Command::Init(arguments) => init::run(*arguments, file.as_deref()),
        Command::Serve(arguments) => serve::run(file, arguments),
        Command::Config(command) => config::run(command, file),
        Command::Session(command) => session::run(command, file),
        Command::Token(command) => {
            let config = configuration::without_sites(file)?;
            block_on(token::run(command, &config)).map(|()| ExitCode::SUCCESS)
        }
        Command::Message(command) => message::run(command, file),
        Command::Audit(command) => audit::run(command, file),
        Command::User(command) => change_accounts(command, file),
        Command::Keys(command) => change_keys(&command, file),
        #[cfg(feature = "demo")]
        Command::Sandbox(arguments) => block_on(sandbox::run(arguments)).map(|()| ExitCode::SUCCESS),
        Command::Rules(command) => rules::run(&command, file),
        Command::Health(arguments) => health::run(arguments, file),
        #[cfg(feature = "doctor")]
        Command::Doctor(arguments) => block_on(doctor::run(arguments)),
        Command::Completions(arguments) => completions::run(&arguments, &mut Arguments::command()),
        Command::Man(arguments) => man::run(&arguments, Arguments::command()),
        Command::Version(arguments) => version::run(&arguments),
    }
}

/// Reports an error; each mistake of a configuration is a separate line.
fn report(error: &anyhow::Error) -> ExitCode {
    if let Some(mistakes) = error.downcast_ref::<Mistakes>() {
        terminal::tell(mistakes);
        return ExitCode::from(WRONG_CONFIGURATION);
    }
    terminal::tell(&format!("portcullis: {}", terminal::one_line(error)));
    ExitCode::from(FAILED)
}

/// `portcullis user …` on the store itself, whether the gateway runs or not.
fn change_accounts(command: user::UserCommand, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let named = file.clone();
    let config = configuration::without_sites(file)?;
    let settings = &config.settings;
    let ways = CodeWays::of(&settings.delivery);
    block_on(async {
        if !command.adds() {
            stored::check(&config)?;
        }
        let configuration::Opened { store, keys } = configuration::open(settings).await?;
        let setup = user::Setup {
            remembered: settings.session.remember_device,
            ways,
            add: ways.add_command(named.as_deref()),
            importer: TotpImporter::new(keys, Random::system()),
        };
        let passwords = Arc::new(Passwords::start(&settings.password, &mut Random::system())?);
        let accounts = Accounts::new(store.clone(), passwords, Clock::system());
        let outcome = user::run(command, &accounts, &setup, &mut terminal::Output).await;
        store.close().await;
        outcome
    })
}

/// `portcullis keys …` on the key file itself.
fn change_keys(command: &keys::Command, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let settings = configuration::without_sites(file)?.settings;
    if let keys::Command::Remove { id } = command {
        block_on(keys::check_unused(*id, &settings))?;
    }
    keys::run(command, &settings.keys, &Clock::system(), &mut terminal::Output)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent_and_every_command_says_what_it_does() {
        let command = Arguments::command();
        command.clone().debug_assert();
        for command in command.get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }

    #[test]
    fn a_command_that_this_build_leaves_out_is_said_to_be_left_out() {
        for (command, feature, built) in OPTIONAL {
            assert_eq!(Arguments::command().find_subcommand(command).is_some(), built, "{command}");
            // An invalid option if the command exists, an unknown command otherwise.
            let error = Arguments::try_parse_from(["portcullis", command, "--no-such-option"]).unwrap_err();
            let expected = format!("this build has no `{command}`: it was built without the Cargo feature `{feature}`");
            assert_eq!(left_out(&error), (!built).then(|| format!("portcullis: {expected}")));
        }
        let error = Arguments::try_parse_from(["portcullis", "no-such-command"]).unwrap_err();
        assert_eq!(left_out(&error), None);
    }

    #[test]
    fn the_configuration_file_may_be_named_before_or_behind_the_command() {
        for line in [["portcullis", "--config", "a.toml", "serve"], ["portcullis", "serve", "--config", "a.toml"]] {
            assert_eq!(Arguments::try_parse_from(line).unwrap().config, Some(PathBuf::from("a.toml")));
        }
    }
}
