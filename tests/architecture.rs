//! The floors, sizes and names of the house, read from the source. One table each; a finding says file, line, what is
//! wrong and what to do. A change of the tables belongs together with the crate docs and `docs/architecture.md`.

use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A file may name only its own room and rooms on lower floors; two rooms of one floor do not name each other.
const FLOORS: [(u8, &[&str]); 14] = [
    (0, &["platform"]),
    (1, &["domain", "keys", "i18n"]),
    (2, &["session", "policy", "headers", "password"]),
    (3, &["store", "delivery"]),
    (4, &["registry", "throttle", "audit", "factor"]),
    (5, &["login", "account", "upstream"]),
    (6, &["authn", "assertion"]),
    (7, &["web"]),
    (8, &["authorize"]),
    (9, &["portal", "authz", "proxy", "sandbox"]),
    (10, &["server"]),
    (11, &["config"]),
    (12, &["startup"]),
    (13, &["cli"]),
];

/// An outside crate and the only files that may name it.
const OWNERS: [(&str, &[&str]); 20] = [
    ("sqlx", &["store"]),
    ("argon2", &["password"]),
    ("hmac", &["keys"]),
    ("sha2", &["keys"]),
    ("hkdf", &["keys"]),
    ("ring", &["keys"]),
    ("subtle", &["keys"]),
    ("reqwest", &["delivery/outbound"]),
    ("figment", &["config"]),
    ("toml", &["config"]),
    ("askama", &["portal", "sandbox"]),
    ("getrandom", &["platform"]),
    ("jiff", &["platform", "i18n"]),
    ("anyhow", &["cli"]),
    ("clap_complete", &["cli"]),
    ("rpassword", &["cli"]),
    ("rustix", &["platform"]),
    ("regex", &["policy"]),
    ("regex_syntax", &["policy"]),
    ("psl", &["config"]),
];

/// Names that say nothing about what a module decides.
const EMPTY_NAMES: [&str; 7] = ["util", "common", "helpers", "misc", "manager", "types", "base"];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;
const MEDIAN_FILE: usize = 130;

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(_, rooms)| rooms.contains(&room)).map(|(floor, _)| *floor)
}

/// A source file, by its path below `src`.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The path without `.rs` and `mod`: how owners are written.
    fn module(&self) -> &str {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        path.strip_suffix("/mod").unwrap_or(path)
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// `lib.rs` names every room and `main.rs` the command line; neither is a room.
    fn is_root(&self) -> bool {
        matches!(self.path.as_str(), "lib.rs" | "main.rs")
    }

    fn check(&self) -> Vec<String> {
        let mut reader = Reader::new(self);
        match syn::parse_file(&self.text) {
            Ok(file) => reader.visit_file(&file),
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
    fn lines_without_tests(&self) -> usize {
        let Ok(file) = syn::parse_file(&self.text) else { return 0 };
        let tests = file.items.iter().filter(|item| item_attributes(item).iter().any(is_cfg_test));
        let test_lines: usize = tests.map(|item| item.span().end().line - item.span().start().line + 1).sum();
        self.text.lines().count() - test_lines
    }
}

/// Collects what is wrong in one file.
struct Reader<'a> {
    source: &'a Source,
    /// Modules from the crate's root to where we read.
    place: Vec<String>,
    in_tests: bool,
    findings: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source) -> Self {
        let place = if source.is_root() { Vec::new() } else { source.module().split('/').map(str::to_owned).collect() };
        Self { source, place, in_tests: source.is_test(), findings: Vec::new() }
    }

    fn say(&mut self, line: usize, what: &str, advice: &str) {
        self.findings.push(format!("src/{}:{line}: {what}; {advice}", self.source.path));
    }

    fn check_name(&mut self, line: usize, name: &str) {
        if EMPTY_NAMES.contains(&name) {
            self.say(line, &format!("a module named `{name}`"), "name what it decides");
        }
    }

    /// A path as written, segment by segment.
    fn check_path(&mut self, line: usize, path: &[String]) {
        let Some(first) = path.first() else { return };
        match first.as_str() {
            "crate" => self.check_room(line, path.get(1)),
            "self" => {}
            "super" => {
                let ups = path.iter().take_while(|segment| *segment == "super").count();
                let kept = self.place.len().saturating_sub(ups);
                let mut whole: Vec<String> = self.place[..kept].to_vec();
                whole.extend_from_slice(&path[ups..]);
                self.check_room(line, whole.first());
            }
            name => self.check_crate(line, name),
        }
    }

    fn check_room(&mut self, line: usize, room: Option<&String>) {
        let (Some(room), false) = (room, self.source.is_root()) else { return };
        let own = self.source.room();
        let (Some(there), Some(here)) = (floor(room), floor(own)) else { return };
        if room != own && there >= here {
            let what = format!("`{own}` (floor {here}) names `{room}` (floor {there})");
            self.say(line, &what, "move the code up, or hand the value in from above");
        }
    }

    fn check_crate(&mut self, line: usize, name: &str) {
        let Some((_, owners)) = OWNERS.iter().find(|(owned, _)| *owned == name) else { return };
        let module = self.source.module();
        let owns = |owner: &str| module == owner || module.starts_with(&format!("{owner}/"));
        if !self.in_tests && !owners.iter().any(|owner| owns(owner)) {
            self.say(line, &format!("`{name}` outside {owners:?}"), "ask that room for what is needed");
        }
    }

    fn check_use(&mut self, tree: &syn::UseTree, before: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.check_use(&path.tree, before);
                before.pop();
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.check_use(item, before)),
            syn::UseTree::Name(name) => self.check_leaf(&name.ident, before),
            syn::UseTree::Rename(rename) => self.check_leaf(&rename.ident, before),
            glob @ syn::UseTree::Glob(_) => self.check_path(glob.span().start().line, before),
        }
    }

    fn check_leaf(&mut self, ident: &syn::Ident, before: &[String]) {
        let mut whole = before.to_vec();
        whole.push(ident.to_string());
        self.check_path(ident.span().start().line, &whole);
    }

    /// Paths inside a macro or an attribute, where there is no syntax tree: `a :: b` in the tokens.
    fn check_tokens(&mut self, tokens: proc_macro2::TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let colon = |at: usize| matches!(tokens.get(at), Some(proc_macro2::TokenTree::Punct(p)) if p.as_char() == ':');
        for (at, token) in tokens.iter().enumerate() {
            if let proc_macro2::TokenTree::Group(group) = token {
                self.check_tokens(group.stream());
            }
            let starts_a_path = colon(at + 1) && colon(at + 2) && (at == 0 || !colon(at - 1));
            if let (proc_macro2::TokenTree::Ident(first), true) = (token, starts_a_path) {
                let second = tokens.get(at + 3).map(ToString::to_string).unwrap_or_default();
                self.check_path(first.span().start().line, &[first.to_string(), second]);
            }
        }
    }

    fn check_function(&mut self, signature: &syn::Signature, visibility: Option<&syn::Visibility>, block: &syn::Block) {
        let (from, to) = (block.span().start().line, block.span().end().line);
        let inside = self.source.text.lines().skip(from).take((to - from).saturating_sub(1));
        let lines = inside.filter(|line| !line.trim().is_empty() && !line.trim().starts_with("//")).count();
        let name = &signature.ident;
        if lines > LONGEST_FUNCTION {
            self.say(from, &format!("`{name}` has {lines} lines"), "give its steps names of their own");
        }
        if matches!(visibility, Some(syn::Visibility::Inherited)) || self.in_tests {
            return;
        }
        let flag = |input: &&syn::FnArg| matches!(input, syn::FnArg::Typed(typed) if is_bool(&typed.ty));
        if let Some(flag) = signature.inputs.iter().find(flag) {
            let line = flag.span().start().line;
            self.say(line, &format!("`{name}` takes a bool"), "make it an enum of two words");
        }
    }
}

fn is_bool(written: &syn::Type) -> bool {
    matches!(written, syn::Type::Path(path) if path.path.is_ident("bool"))
}

fn is_cfg_test(attribute: &syn::Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    list.path.is_ident("cfg") && list.tokens.to_string() == "test"
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "other items have no `cfg(test)` that matters, and syn may add kinds"
)]
fn item_attributes(item: &syn::Item) -> &[syn::Attribute] {
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

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let before = self.in_tests;
        self.in_tests |= item_attributes(item).iter().any(is_cfg_test);
        visit::visit_item(self, item);
        self.in_tests = before;
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.check_name(module.span().start().line, &module.ident.to_string());
        self.place.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.place.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.check_use(&item.tree, &mut Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.check_path(path.span().start().line, &segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.check_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.check_tokens(list.tokens.clone());
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.check_function(&function.sig, Some(&function.vis), &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.check_function(&function.sig, Some(&function.vis), &function.block);
        visit::visit_impl_item_fn(self, function);
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
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

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let source = |file: PathBuf| Source {
        path: file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(),
        text: fs::read_to_string(&file).unwrap(),
    };
    rust_files(&root).into_iter().map(source).collect()
}

#[test]
fn every_file_keeps_to_its_floor_its_crates_and_its_size() {
    let findings: Vec<String> = sources().iter().flat_map(Source::check).collect();
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn half_of_the_files_are_short() {
    let rooms = sources().into_iter().filter(|source| !source.is_test());
    let mut lines: Vec<usize> = rooms.map(|source| source.lines_without_tests()).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(median <= MEDIAN_FILE, "the median file has {median} lines without tests; at most {MEDIAN_FILE}");
}

#[test]
fn no_test_file_is_too_long_to_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let long = |file: &PathBuf| fs::read_to_string(file).unwrap().lines().count() > LONGEST_FILE;
    let found: Vec<PathBuf> = rust_files(&root).into_iter().filter(long).collect();
    assert!(found.is_empty(), "over {LONGEST_FILE} lines, split by subject: {found:?}");
}

/// Wrong samples: the check itself must be able to fail.
fn finds(path: &str, text: &str, expected: &str) {
    let findings = Source { path: path.to_owned(), text: text.to_owned() }.check();
    assert!(findings.len() == 1 && findings[0].contains(expected), "{path}: {text}\n{findings:#?}");
}

#[test]
fn a_wrong_direction_is_found_however_it_is_written() {
    finds("domain/a.rs", "use crate::store::Store;", "src/domain/a.rs:1: `domain` (floor 1) names `store` (floor 3)");
    finds("login/mod.rs", "\nuse crate::{domain::x, account};", "mod.rs:2: `login` (floor 5) names `account`");
    finds("proxy.rs", "fn f() -> crate::server::Settings { loop {} }", "names `server`");
    finds("proxy.rs", "fn f() { format!(\"{}\", crate::cli::NAME); }", "names `cli`");
    finds("store/sqlite/a.rs", "use super::super::super::web::App;", "names `web`");
    finds("i18n.rs", "mod a { use super::super::keys::Key; }", "names `keys`");
    finds("attic/mod.rs", "", "`attic` has no floor");
}

#[test]
fn a_crate_outside_its_room_is_found() {
    finds("login/a.rs", "use sqlx::Row;", "`sqlx` outside [\"store\"]");
    finds("web/a.rs", "#[derive(askama::Template)] struct Page;", "`askama` outside");
    finds("delivery/sms.rs", "fn f() { reqwest::get(); }", "`reqwest` outside [\"delivery/outbound\"]");
    finds("server/a.rs", "fn f() { vec![sha2::Sha256::new()]; }", "`sha2` outside");
}

#[test]
fn sizes_names_flags_and_unfinished_work_are_found() {
    let long = format!("fn f() {{\n{}}}", "    g();\n".repeat(61));
    finds("proxy.rs", &long, "proxy.rs:1: `f` has 61 lines");
    finds("proxy.rs", &"// x\n".repeat(401), "the file has 401 lines");
    finds("web/util.rs", "", "a module named `util`");
    finds("proxy.rs", "impl A { pub(crate) fn f(&self, on: bool) {} }", "`f` takes a bool");
    finds("proxy.rs", "\nfn f() { todo!() }", "proxy.rs:2: unfinished work");
    finds("proxy.rs", "fn f( {", "cannot be parsed");
}

#[test]
fn what_is_right_is_left_alone() {
    let text = "use crate::domain::x; use crate::login::y; fn f(on: bool) {}
        #[cfg(test)] mod tests { use super::*; use sqlx::Row; use toml::Value; pub fn g(on: bool) {} }";
    let findings = Source { path: "login/a.rs".to_owned(), text: text.to_owned() }.check();
    assert_eq!(findings, Vec::<String>::new());
}
