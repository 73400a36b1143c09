//! `portcullis man`: a page for every command, which reads well.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use super::{output, printed};
use crate::fronts::program::program;
use crate::process::{BINARY, text};

/// Every command and the ones below it, as their help lists them: `user add` as `portcullis-user-add.1`.
fn pages_wanted(words: &[String], into: &mut BTreeSet<String>) {
    into.insert(format!("{}.1", [&["portcullis".to_owned()], words].concat().join("-")));
    // Help, also of a command without arguments.
    let help = printed(Command::new(BINARY).args(words).arg("--help"));
    let listed = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    for line in listed.lines().take_while(|line| line.starts_with("  ")) {
        let Some(word) = line.strip_prefix("  ").and_then(|line| line.split(' ').next()) else { continue };
        // Lines that go on begin with more blanks; `help` shows what `--help` does.
        if !word.is_empty() && word != "help" {
            pages_wanted(&[words, &[word.to_owned()]].concat(), into);
        }
    }
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn made() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    printed(Command::new(BINARY).arg("man").arg(folder.path().join("man")));
    folder
}

#[test]
fn every_command_has_a_page() {
    let mut wanted = BTreeSet::new();
    pages_wanted(&[], &mut wanted);
    assert!(wanted.contains("portcullis-user-add.1"), "{wanted:?}");
    assert_eq!(names_in(&made().path().join("man")), wanted);
}

#[test]
fn mandoc_finds_nothing_to_warn_about() {
    let folder = made();
    let pages = names_in(&folder.path().join("man"));
    let mut lint = Command::new(program("mandoc", "mandoc"));
    lint.current_dir(folder.path().join("man")).args(["-Tlint", "-Wwarning"]).args(pages);
    let found = output(&mut lint);
    assert!(found.status.success(), "{}", text(&found));
}

#[test]
fn the_main_page_names_files_variables_signals_and_exit_statuses_and_is_printed_without_a_folder() {
    let folder = made();
    let page = std::fs::read_to_string(folder.path().join("man/portcullis.1")).unwrap();
    assert_eq!(printed(Command::new(BINARY).arg("man")), page);
    let heads: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
    assert_eq!(
        heads,
        [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "SUBCOMMANDS",
            "EXAMPLES",
            "\"EXIT STATUS\"",
            "SIGNALS",
            "ENVIRONMENT",
            "FILES",
            "\"SEE ALSO\""
        ]
    );
    let user = std::fs::read_to_string(folder.path().join("man/portcullis-user-add.1")).unwrap();
    assert!(user.ends_with("\n.SH \"SEE ALSO\"\n\\fBportcullis\\fR(1), for files, environment and exit statuses\n"));
}
