//! Carries out one conversion.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;

use super::converted::Conversion;
use super::{authelia, oauth2_proxy, output};
use crate::cli::exit_status::FAILED;
use crate::cli::{foreign_file, terminal};
use crate::domain::host::HostPattern;
use crate::policy::SearchedText;

/// Reads Authelia's `access_control` or the configuration of oauth2-proxy and prints `[[sites]]` with rules on standard
/// output, and a line for each rule on standard error. A rule that cannot be said exactly is refused with the reason; then
/// nothing is printed, unless `--skip-refused` is given. Exit status 1: something was refused.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// The file; `-` reads standard input
    file: PathBuf,
    /// The host of oauth2-proxy's site, which its file does not name
    #[arg(long, value_name = "HOST")]
    host: Option<HostPattern>,
    /// The address of the app behind every site
    #[arg(long, value_name = "URL")]
    upstream: Option<String>,
    /// Print the rest; what a refused rule could have closed is closed
    #[arg(long)]
    skip_refused: bool,
    /// Take expressions as if they were searched for in the path alone, so that `$` is its end
    #[arg(long)]
    ignore_query: bool,
}

pub(in crate::cli::rules) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let conversion = converted(arguments)?;
    for line in output::findings(&conversion) {
        terminal::tell(&line);
    }
    let incomplete = conversion.is_incomplete();
    if incomplete && !arguments.skip_refused {
        terminal::tell("nothing is printed: correct what was refused, or leave it out with --skip-refused");
    } else {
        terminal::print(&output::sites(&conversion.sites))?;
    }
    Ok(if incomplete { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn converted(arguments: &Arguments) -> anyhow::Result<Conversion> {
    let file = foreign_file::read(&arguments.file)?;
    let shown = arguments.file.display();
    let text = file.text().ok_or_else(|| anyhow!("{shown}: the file is not UTF-8"))?;
    let searched = if arguments.ignore_query { SearchedText::Path } else { SearchedText::PathAndQuery };
    let upstream = arguments.upstream.as_deref();
    let is_yaml = text.lines().any(|line| line.starts_with("access_control"));
    let conversion = if is_yaml {
        authelia::convert(&text, searched, upstream)
    } else {
        let host = arguments.host.as_ref().map(ToString::to_string);
        oauth2_proxy::convert(&text, host.as_deref(), upstream)
    };
    conversion.map_err(|why| anyhow!("{shown}: {why}"))
}
