//! The source as the checks read it.

use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::Visit;

use super::paths::named_paths;
use super::reader::Reader;
use super::{LONGEST_FILE, floor};

/// A source file, by its path below `src`.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The path without `.rs` and `mod`: how owners are written.
    pub fn module(&self) -> &str {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        path.strip_suffix("/mod").unwrap_or(path)
    }

    pub fn is_test(&self) -> bool {
        ["/tests.rs", "_tests.rs", "/samples.rs"].iter().any(|end| self.path.ends_with(end))
            || self.path.contains("/tests/")
    }

    /// `lib.rs` names every room and `main.rs` the command line; neither is a room.
    pub fn is_root(&self) -> bool {
        matches!(self.path.as_str(), "lib.rs" | "main.rs")
    }

    pub fn check(&self) -> Vec<String> {
        let mut reader = Reader::new(self);
        match syn::parse_file(&self.text) {
            Ok(file) => {
                reader.visit_file(&file);
                for path in &named_paths(&file, self.is_test()) {
                    reader.check_path(path);
                }
            }
            Err(error) => reader.say(1, &format!("cannot be parsed: {error}"), "repair it"),
        }
        let lines = self.text.lines().count();
        if lines > LONGEST_FILE {
            reader.say(lines, &format!("the file has {lines} lines"), "split it by what its parts decide");
        }
        for (number, line) in self.text.lines().enumerate() {
            if ["todo!(", "TODO", "FIXME", "unimplemented!("].iter().any(|mark| line.contains(mark)) {
                reader.say(number + 1, "unfinished work", "finish it or open an issue");
            }
        }
        let name = self.module().rsplit('/').next().unwrap_or_default().to_owned();
        reader.check_name(1, &name);
        if !self.is_root() && floor(self.room()).is_none() {
            reader.say(1, &format!("`{}` has no floor", self.room()), "give the room a line in FLOORS");
        }
        reader.findings
    }

    /// Lines without test modules.
    pub fn lines_without_tests(&self) -> usize {
        let Ok(file) = syn::parse_file(&self.text) else { return 0 };
        let tests = file.items.iter().filter(|item| item_attributes(item).iter().any(is_cfg_test));
        let test_lines: usize = tests.map(|item| item.span().end().line - item.span().start().line + 1).sum();
        self.text.lines().count() - test_lines
    }
}

pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(rust_files(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
    found.sort();
    found
}

pub fn sources() -> Vec<Source> {
    sources_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

pub fn sources_below(root: &Path) -> Vec<Source> {
    let source = |file: PathBuf| Source {
        path: file.strip_prefix(root).unwrap().to_str().unwrap().to_owned(),
        text: fs::read_to_string(&file).unwrap(),
    };
    rust_files(root).into_iter().map(source).collect()
}

pub fn is_cfg_test(attribute: &syn::Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    list.path.is_ident("cfg") && list.tokens.to_string() == "test"
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "other items have no `cfg(test)` that matters, and syn may add kinds"
)]
pub fn item_attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        _ => &[],
    }
}

/// The name by which other files may name an item.
#[expect(clippy::wildcard_enum_match_arm, reason = "other items have no name of their own, and syn may add kinds")]
pub fn name_of(item: &syn::Item) -> Option<String> {
    let name = match item {
        syn::Item::Const(item) => &item.ident,
        syn::Item::Enum(item) => &item.ident,
        syn::Item::Fn(item) => &item.sig.ident,
        syn::Item::Mod(item) if item.content.is_some() => &item.ident,
        syn::Item::Static(item) => &item.ident,
        syn::Item::Struct(item) => &item.ident,
        syn::Item::Trait(item) => &item.ident,
        syn::Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}
