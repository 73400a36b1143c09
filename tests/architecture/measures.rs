//! Figures of the source, for a comparison of two commits: `tests/measure`. They judge nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

use super::cycles::cycles;
use super::reader::lines_of;
use super::source::{Source, is_cfg_test, item_attributes, rust_files, sources_below};
use super::words::words_in_type;

/// What a request is made of: a struct with one of these, or with such a struct, wraps a request.
const PARTS_OF_A_REQUEST: [&str; 5] = ["RequestId", "RequestTarget", "HeaderMap", "Request", "CleanHeaders"];

/// Rooms that make requests of their own or read none.
const WITHOUT_REQUESTS: [&str; 4] = ["cli", "config", "sandbox", "delivery"];

#[test]
#[ignore = "measures: ./tests/measure"]
#[expect(clippy::disallowed_methods, reason = "which folder is measured is not configuration of the product")]
fn print_the_measures() {
    let root = std::env::var_os("PORTCULLIS_MEASURED").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    println!("{}", measures(&root));
}

fn measures(root: &Path) -> String {
    let sources = sources_below(&root.join("src"));
    let mut figures = Figures::default();
    for source in &sources {
        figures.add(source);
    }
    let outside = rust_files(&root.join("tests")).iter().map(|file| lines(&read(file))).sum::<usize>();
    let total = figures.rooms.values().map(|room| room.lines).sum::<usize>();
    let tests = figures.rooms.values().map(|room| room.tests).sum::<usize>() + outside;
    let share = tests * 1000 / (total + outside);
    let groups = cycles(&sources);
    let modules: usize = groups.iter().filter_map(|group| group.split(' ').next()?.parse::<usize>().ok()).sum();
    let wrapping: Vec<String> = figures.wrapping().into_iter().collect();
    let locked = read(&root.join("Cargo.lock")).matches("[[package]]").count();
    let rooms = figures.rooms.iter().map(|(name, room)| {
        format!("  {name:<12} {:>3} files {:>6} lines, {:>5} of them tests", room.files, room.lines, room.tests)
    });
    [
        format!("files in src: {}, lines: {total}", sources.len()),
        rooms.collect::<Vec<_>>().join("\n"),
        format!("file lines without tests: {}", spread(&mut figures.files)),
        format!("function lines: {}", spread(&mut figures.functions)),
        format!("groups of modules in a cycle: {}, with {modules} modules", groups.len()),
        format!("dependencies: {} direct, {locked} locked", direct(root)),
        format!("public items: {}", figures.public),
        format!("types that wrap a request: {} ({})", wrapping.len(), wrapping.join(", ")),
        format!("test lines: {tests} of {}, {}.{} %", total + outside, share / 10, share % 10),
    ]
    .join("\n")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

fn lines(text: &str) -> usize {
    text.lines().count()
}

/// The packages under `[dependencies]`.
fn direct(root: &Path) -> usize {
    let manifest = read(&root.join("Cargo.toml"));
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    section.lines().filter(|line| line.contains(" = ") && !line.starts_with([' ', '#'])).count()
}

fn spread(numbers: &mut [usize]) -> String {
    numbers.sort_unstable();
    let last = numbers.len().saturating_sub(1);
    let [median, most, longest] = [50, 90, 100]
        .map(|hundredth| numbers.get((numbers.len() * hundredth / 100).min(last)).copied().unwrap_or_default());
    format!("median {median}, 90 % up to {most}, longest {longest}")
}

#[derive(Default)]
struct Room {
    files: usize,
    lines: usize,
    tests: usize,
}

#[derive(Default)]
struct Figures {
    rooms: BTreeMap<String, Room>,
    files: Vec<usize>,
    functions: Vec<usize>,
    public: usize,
    /// The structs and the words in the types of their fields.
    structs: BTreeMap<String, BTreeSet<String>>,
}

impl Figures {
    fn add(&mut self, source: &Source) {
        let all = lines(&source.text);
        let code = if source.is_test() { 0 } else { source.lines_without_tests() };
        let room = self.rooms.entry(source.room().to_owned()).or_default();
        room.files += 1;
        room.lines += all;
        room.tests += all - code;
        if source.is_test() {
            return;
        }
        self.files.push(code);
        let Ok(file) = syn::parse_file(&source.text) else { return };
        Counter { figures: self, source }.visit_file(&file);
    }

    /// The structs that hold a part of a request, or a struct that does.
    fn wrapping(&self) -> BTreeSet<String> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        loop {
            let is_part = |word: &String| PARTS_OF_A_REQUEST.contains(&word.as_str()) || found.contains(word);
            let wraps = |words: &BTreeSet<String>| words.iter().any(is_part);
            let holding = self.structs.iter().filter(|(_, words)| wraps(words));
            let next: BTreeSet<String> = holding.map(|(name, _)| name.clone()).collect();
            if next.len() == found.len() {
                return found;
            }
            found = next;
        }
    }
}

struct Counter<'a> {
    figures: &'a mut Figures,
    source: &'a Source,
}

impl Counter<'_> {
    fn function(&mut self, visibility: &syn::Visibility, block: &syn::Block) {
        self.figures.functions.push(lines_of(&self.source.text, block));
        self.item(Some(visibility));
    }

    fn item(&mut self, visibility: Option<&syn::Visibility>) {
        self.figures.public += usize::from(matches!(visibility, Some(syn::Visibility::Public(_))));
    }
}

impl<'ast> Visit<'ast> for Counter<'_> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "other items are counted elsewhere or not at all")]
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if item_attributes(item).iter().any(is_cfg_test) {
            return;
        }
        let visibility = match item {
            syn::Item::Const(item) => Some(&item.vis),
            syn::Item::Enum(item) => Some(&item.vis),
            syn::Item::Static(item) => Some(&item.vis),
            syn::Item::Struct(item) => Some(&item.vis),
            syn::Item::Trait(item) => Some(&item.vis),
            syn::Item::Type(item) => Some(&item.vis),
            _ => None,
        };
        self.item(visibility);
        visit::visit_item(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if !WITHOUT_REQUESTS.contains(&self.source.room()) {
            let words = item.fields.iter().flat_map(|field| words_in_type(&field.ty)).collect();
            self.figures.structs.insert(item.ident.to_string(), words);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.function(&function.vis, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.function(&function.vis, &function.block);
        visit::visit_impl_item_fn(self, function);
    }
}
