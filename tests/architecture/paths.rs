//! Every path that a file names: in `use`, in code, and in the tokens of macros and attributes.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::source::{is_cfg_test, item_attributes};

/// How a path is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// By `use`, for this file only.
    Import,
    /// By `pub use` in any visibility: a line of a contents page.
    Export,
    /// In code.
    Code,
}

/// A path as written, segment by segment.
pub struct NamedPath {
    pub line: usize,
    pub segments: Vec<String>,
    pub naming: Naming,
    /// What an import or export calls it; `*` for everything.
    pub alias: String,
    /// The inline modules around it.
    pub inside: Vec<String>,
    pub in_tests: bool,
}

/// The paths of a file. `in_tests` says that all of it is a test.
pub fn named_paths(file: &syn::File, in_tests: bool) -> Vec<NamedPath> {
    let mut collector = Collector { inside: Vec::new(), in_tests, naming: Naming::Code, paths: Vec::new() };
    collector.visit_file(file);
    collector.paths
}

struct Collector {
    inside: Vec<String>,
    in_tests: bool,
    naming: Naming,
    paths: Vec<NamedPath>,
}

impl Collector {
    fn add(&mut self, line: usize, segments: Vec<String>, alias: String) {
        let (naming, inside, in_tests) = (self.naming, self.inside.clone(), self.in_tests);
        self.paths.push(NamedPath { line, segments, naming, alias, inside, in_tests });
    }

    fn add_use(&mut self, tree: &syn::UseTree, before: &mut Vec<String>) {
        let leaf = |name: &str| before.iter().cloned().chain([name.to_owned()]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add_use(&path.tree, before);
                before.pop();
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.add_use(item, before)),
            syn::UseTree::Name(name) if name.ident == "self" => {
                let alias = before.last().cloned().unwrap_or_default();
                self.add(name.ident.span().start().line, before.clone(), alias);
            }
            syn::UseTree::Name(name) => {
                let name = &name.ident;
                self.add(name.span().start().line, leaf(&name.to_string()), name.to_string());
            }
            syn::UseTree::Rename(rename) => {
                let line = rename.ident.span().start().line;
                self.add(line, leaf(&rename.ident.to_string()), rename.rename.to_string());
            }
            glob @ syn::UseTree::Glob(_) => self.add(glob.span().start().line, before.clone(), "*".to_owned()),
        }
    }

    /// Paths where there is no syntax tree: `a :: b :: c` in the tokens.
    fn add_tokens(&mut self, tokens: proc_macro2::TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let colon = |at: usize| matches!(tokens.get(at), Some(proc_macro2::TokenTree::Punct(p)) if p.as_char() == ':');
        for (at, token) in tokens.iter().enumerate() {
            if let proc_macro2::TokenTree::Group(group) = token {
                self.add_tokens(group.stream());
            }
            let starts_a_path = colon(at + 1) && colon(at + 2) && (at == 0 || !colon(at - 1));
            let proc_macro2::TokenTree::Ident(first) = token else { continue };
            if !starts_a_path {
                continue;
            }
            let mut segments = vec![first.to_string()];
            let mut next = at + 1;
            while colon(next) && colon(next + 1) {
                let Some(proc_macro2::TokenTree::Ident(segment)) = tokens.get(next + 2) else { break };
                segments.push(segment.to_string());
                next += 3;
            }
            self.add(first.span().start().line, segments, String::new());
        }
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let before = self.in_tests;
        self.in_tests |= item_attributes(item).iter().any(is_cfg_test);
        visit::visit_item(self, item);
        self.in_tests = before;
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.inside.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.inside.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let private = matches!(item.vis, syn::Visibility::Inherited);
        self.naming = if private { Naming::Import } else { Naming::Export };
        self.add_use(&item.tree, &mut Vec::new());
        self.naming = Naming::Code;
    }

    /// `pub(in path)` names a module to say who may see, and uses nothing of it.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.add(path.span().start().line, segments, String::new());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.add_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.add_tokens(list.tokens.clone());
        }
        visit::visit_attribute(self, attribute);
    }
}
