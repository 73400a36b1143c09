//! `portcullis man [DIRECTORY]`: the manual pages, one for each command, made of the same definitions as `--help`.
//!
//! What no command line says (files, signals, environment, exit statuses) stands in `man/portcullis.roff`, in the page of
//! `portcullis` itself; the other pages refer to it.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Command;
use clap_mangen::Man;

use super::terminal;
use crate::platform::clock::WRITTEN;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write a page for each command into this directory. Default: print the page of portcullis itself.
    directory: Option<PathBuf>,
}

/// A page and the name of its file.
struct Page {
    file: String,
    text: String,
}

/// The sections of the main page that follow its list of commands.
const MAIN: &str = include_str!("man/portcullis.roff");

/// The end of every other page.
const SEE_ALSO: &str = ".SH \"SEE ALSO\"\n\\fBportcullis\\fR(1), for files, environment and exit statuses\n";

/// Writes the pages of `command`, the root command.
pub(super) fn run(arguments: &Arguments, command: Command) -> anyhow::Result<ExitCode> {
    let pages = pages(command)?;
    match &arguments.directory {
        None => {
            let main = pages.first().context("there is no page")?;
            terminal::print(&main.text)?;
        }
        Some(directory) => {
            let unwritten = || format!("the pages cannot be written to {}", directory.display());
            std::fs::create_dir_all(directory).with_context(unwritten)?;
            for page in &pages {
                std::fs::write(directory.join(&page.file), &page.text).with_context(unwritten)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The page of the root command, then those of all commands below it.
fn pages(root: Command) -> io::Result<Vec<Page>> {
    // `portcullis help user` has the text of `portcullis user --help`: no page of its own.
    let mut root = root.disable_help_subcommand(true);
    root.build();
    let mut pages = vec![page(&root, MAIN)?];
    let mut waiting: Vec<&Command> = root.get_subcommands().collect();
    while let Some(command) = waiting.pop() {
        waiting.extend(command.get_subcommands());
        pages.push(page(command, SEE_ALSO)?);
    }
    Ok(pages)
}

fn page(command: &Command, end: &str) -> io::Result<Page> {
    let written = WRITTEN.to_string();
    let man = Man::new(command.clone())
        .date(written.split('T').next().unwrap_or_default())
        .source(concat!("portcullis ", env!("CARGO_PKG_VERSION")))
        .manual("Portcullis");
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    // The generator leaves a blank line before the possible values in a way that `mandoc -Tlint` warns about.
    let text = String::from_utf8_lossy(&text).replace("\n.br\n\n.br\n", "\n.sp\n");
    Ok(Page { file: man.get_filename(), text: text + end })
}
