//! Modules inside a room form no cycle: what a file names can be read, moved and tested without the file.
//!
//! A module is a file. A path counts towards the file that defines what it names: `super::X` is a contents page's own X
//! or, through `pub use child::X`, the child's. So a contents page that only lists its children is in no cycle; one
//! that defines what its children use, and uses the children, is. Naming a module alone (`use super::child;`) counts
//! for nothing until something of it is named.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::paths::{NamedPath, Naming, named_paths};
use super::source::{Source, is_cfg_test, item_attributes, name_of};
use super::words::words_of;

/// How often a re-export may lead to another one before we give up.
const DEEPEST_EXPORT: usize = 8;

const ADVICE: &str = "move what both need to a file of its own, or invert a call";

/// A file as the rest of its room sees it.
struct Module {
    file: String,
    place: Vec<String>,
    /// Names that the file itself defines.
    defines: HashSet<String>,
    paths: Vec<NamedPath>,
    /// Every identifier outside `use`.
    mentions: HashSet<String>,
}

struct Modules(BTreeMap<Vec<String>, Module>);

/// From a module to the modules that it names, each with the line that names it.
type Edges = BTreeMap<Vec<String>, BTreeMap<Vec<String>, usize>>;

/// Each group of modules that name one another, with its shortest cycle as a path.
pub fn cycles(sources: &[Source]) -> Vec<String> {
    let modules = Modules::of(sources);
    let edges = modules.edges();
    let reachable: BTreeMap<_, _> = edges.keys().map(|start| (start, reached_from(&edges, start))).collect();
    let mut told: HashSet<&Vec<String>> = HashSet::new();
    let mut findings = Vec::new();
    for (start, reached) in &reachable {
        let back = |other: &&Vec<String>| reachable.get(*other).is_some_and(|there| there.contains(*start));
        let group: Vec<&Vec<String>> = reached.iter().copied().filter(back).collect();
        if !told.contains(*start) && !group.is_empty() {
            let cycles = group.iter().filter_map(|member| shortest_cycle(&edges, member));
            let shortest = cycles.min_by_key(Vec::len).unwrap_or_default();
            let path = modules.told(&edges, &shortest);
            let (room, size) = (&start[0], group.len());
            findings.push(format!("{size} modules of `{room}` name one another: {path}; {ADVICE}"));
            told.extend(group);
        }
    }
    findings
}

fn reached_from<'a>(edges: &'a Edges, start: &[String]) -> BTreeSet<&'a Vec<String>> {
    let mut reached = BTreeSet::new();
    let mut left = vec![start];
    while let Some(at) = left.pop() {
        for next in edges.get(at).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(next) {
                left.push(next);
            }
        }
    }
    reached
}

/// The modules from `start` back to it, `start` first.
fn shortest_cycle(edges: &Edges, start: &[String]) -> Option<Vec<Vec<String>>> {
    let mut came_from: HashMap<&[String], &[String]> = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for next in edges.get(at).into_iter().flat_map(BTreeMap::keys) {
            if next == start {
                let mut cycle = vec![at.to_vec()];
                while cycle.last().is_some_and(|last| last != start) {
                    cycle.push(came_from[cycle[cycle.len() - 1].as_slice()].to_vec());
                }
                cycle.reverse();
                return Some(cycle);
            }
            if !came_from.contains_key(next.as_slice()) {
                came_from.insert(next, at);
                queue.push_back(next);
            }
        }
    }
    None
}

impl Modules {
    fn of(sources: &[Source]) -> Self {
        let read = |source: &Source| {
            let file = syn::parse_file(&source.text).ok()?;
            let place: Vec<String> = source.module().split('/').map(str::to_owned).collect();
            let items = || file.items.iter().filter(|item| !item_attributes(item).iter().any(is_cfg_test));
            let defines = items().filter_map(name_of).collect();
            let code: Vec<&syn::Item> = items().filter(|item| !matches!(item, syn::Item::Use(_))).collect();
            let paths = named_paths(&file, false).into_iter().filter(|path| !path.in_tests).collect();
            Some((
                place.clone(),
                Module { file: source.path.clone(), place, defines, paths, mentions: words_of(&code) },
            ))
        };
        let own = sources.iter().filter(|source| !source.is_test() && !source.is_root());
        Self(own.filter_map(read).collect())
    }

    fn told(&self, edges: &Edges, cycle: &[Vec<String>]) -> String {
        let next = cycle.iter().cycle().skip(1);
        let steps = cycle.iter().zip(next).map(|(from, to)| format!("src/{}:{}", self.0[from].file, edges[from][to]));
        let back = cycle.first().map(|first| format!("src/{}", self.0[first].file));
        steps.chain(back).collect::<Vec<_>>().join(" -> ")
    }

    fn edges(&self) -> Edges {
        let mut edges = Edges::new();
        for module in self.0.values() {
            for path in &module.paths {
                let listed_only = path.naming == Naming::Export && !module.mentions.contains(&path.alias);
                let Some(whole) = self.absolute(module, &path.segments, &path.inside, 0) else { continue };
                let all_of_it = self.0.get_key_value(&whole).filter(|_| path.alias == "*").map(|(place, _)| place);
                let Some(target) = all_of_it.or_else(|| self.defining(&whole, 0)) else { continue };
                if !listed_only && target[0] == module.place[0] && *target != module.place {
                    edges.entry(module.place.clone()).or_default().entry(target.clone()).or_insert(path.line);
                }
            }
        }
        edges
    }

    /// A path as written in `module`, from the crate's root. `None` for what is of another crate, or local.
    fn absolute(&self, module: &Module, path: &[String], inside: &[String], depth: usize) -> Option<Vec<String>> {
        let here = || module.place.iter().chain(inside);
        let first = path.first()?;
        if depth > DEEPEST_EXPORT {
            return None;
        }
        match first.as_str() {
            "crate" => return Some(path[1..].to_vec()),
            "self" => return Some(here().chain(&path[1..]).cloned().collect()),
            "super" => {
                let ups = path.iter().take_while(|segment| *segment == "super").count();
                let kept = (module.place.len() + inside.len()).checked_sub(ups)?;
                return Some(here().take(kept).chain(&path[ups..]).cloned().collect());
            }
            _ => {}
        }
        let child: Vec<String> = here().chain([first]).cloned().collect();
        if self.0.contains_key(&child) {
            return Some(here().chain(path).cloned().collect());
        }
        let import = module.paths.iter().find(|known| known.naming != Naming::Code && known.alias == *first)?;
        if import.segments == path {
            return None;
        }
        let mut whole = self.absolute(module, &import.segments, &import.inside, depth + 1)?;
        whole.extend_from_slice(&path[1..]);
        Some(whole)
    }

    /// The module that defines what a whole path names, through the contents pages on the way.
    fn defining(&self, whole: &[String], depth: usize) -> Option<&Vec<String>> {
        let length = (1..=whole.len()).rev().find(|length| self.0.contains_key(&whole[..*length]))?;
        let module = &self.0[&whole[..length]];
        let name = whole.get(length)?;
        if module.defines.contains(name) || depth > DEEPEST_EXPORT {
            return Some(&module.place);
        }
        let exports = module.paths.iter().filter(|path| path.naming == Naming::Export);
        let mut listed = exports.filter(|path| path.alias == *name || path.alias == "*");
        let through = listed.find_map(|export| {
            let mut inner = self.absolute(module, &export.segments, &export.inside, 0)?;
            let from = if export.alias == "*" { length } else { length + 1 };
            inner.extend_from_slice(&whole[from..]);
            self.defining(&inner, depth + 1)
        });
        Some(through.unwrap_or(&module.place))
    }
}
