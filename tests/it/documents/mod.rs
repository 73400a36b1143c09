//! The documents as a reader uses them: every link leads somewhere, every command and every file in them works, every
//! message that they explain exists.
//!
//! A fenced block has one of the kinds in [`blocks`], which says how it is tested. A block of another kind fails, so that
//! nobody adds text that nothing checks.

mod blocks;
mod commands;
mod configurations;
mod lan;
mod links;
mod messages;
mod page;
mod pictures;
mod shell;

use std::fs;
use std::path::{Path, PathBuf};

use page::Page;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files below a folder of the repository with one of these endings, as paths from the root, in order.
fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut all = all_files(folder);
    all.retain(|name| Path::new(name).extension().is_some_and(|found| endings.iter().any(|ending| found == *ending)));
    all
}

/// All of them.
fn all_files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(from_root(&path));
            }
        }
    }
    found.sort();
    found
}

fn from_root(path: &Path) -> String {
    path.strip_prefix(root()).expect("a path of the repository").to_str().expect("plain text").to_owned()
}

/// The README and every document.
fn pages() -> Vec<Page> {
    let mut names = vec!["README.md".to_owned(), "CHANGELOG.md".to_owned()];
    names.extend(files("docs", &["md"]));
    names.iter().map(|name| Page::read(name)).collect()
}
