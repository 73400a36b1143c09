//! Completion scripts that shells can read.

use std::process::Command;

use super::printed;
use crate::process::BINARY;

#[test]
fn bash_reads_the_completions_and_offers_the_commands() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portcullis");
    std::fs::write(&file, printed(Command::new(BINARY).args(["completions", "bash"]))).unwrap();
    // What bash does for `portcullis user e` and the tabulator.
    let typed = "source \"$1\"; COMP_WORDS=(portcullis user e); COMP_CWORD=2; _portcullis portcullis e user; \
                 printf '%s\\n' \"${COMPREPLY[@]}\"";
    let offered = printed(Command::new("bash").args(["--norc", "-c", typed, "bash"]).arg(&file));
    assert_eq!(offered.split_whitespace().collect::<Vec<_>>(), ["edit", "enable"]);
}

#[test]
fn there_are_completions_for_zsh_and_fish() {
    for (shell, first) in [("zsh", "#compdef portcullis\n"), ("fish", "# Print an optspec for argparse")] {
        let script = printed(Command::new(BINARY).args(["completions", shell]));
        assert!(script.starts_with(first) && script.contains("completions"), "{shell}");
    }
}
