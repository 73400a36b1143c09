//! `portcullis rules test`: shows what the gateway would decide about a request, and why, without sending one.
//!
//! Checks method, scheme, host, path and rules with the code that judges real requests. With `--user`, it looks the
//! account up and shows what each kind of credential would open. Changes nothing and sends nothing.

mod account;
mod judge;
mod print;
mod url;

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use self::url::RequestUrl;
use super::runtime::block_on;
use super::terminal;
use crate::config::load::{Flags, Sources, load};
use crate::policy::Sites;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Show which rule decides about a URL, why, and whether an account would pass
    Test(Arguments),
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The URL as a browser would request it; path and query are used byte for byte
    #[arg(long, value_name = "URL")]
    url: RequestUrl,
    /// The method
    #[arg(long, value_name = "METHOD", default_value = "GET")]
    method: http::Method,
    /// User name or e-mail address of an account
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// The address of the client, for rules with `networks`
    #[arg(long, value_name = "ADDRESS")]
    client: Option<IpAddr>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let config = load(&Sources::of_process(file, Flags::default()))?;
    let account = match &arguments.user {
        Some(name) => Some(block_on(account::find(&config.settings, name))?),
        None => None,
    };
    let settings = judge::RuleSettings {
        sites: Sites::new(config.settings.sites),
        web: config.settings.web,
        origins: config.rule_origins,
    };
    let request = judge::TestedRequest {
        url: &arguments.url,
        method: &arguments.method,
        client: arguments.client,
        account: account.as_ref(),
    };
    let finding = judge::judge(&settings, &request);
    let text = if arguments.json { print::json(&request, &finding) } else { print::text(&request, &finding) };
    terminal::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
