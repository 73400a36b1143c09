//! What one file names and how long its functions are.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::source::Source;
use super::{EMPTY_NAMES, LONGEST_FUNCTION, OWNERS, floor};

/// Collects what is wrong in one file.
pub struct Reader<'a> {
    source: &'a Source,
    /// Modules from the crate's root to where we read.
    place: Vec<String>,
    in_tests: bool,
    pub findings: Vec<String>,
}

impl<'a> Reader<'a> {
    pub fn new(source: &'a Source) -> Self {
        let place = if source.is_root() { Vec::new() } else { source.module().split('/').map(str::to_owned).collect() };
        Self { source, place, in_tests: source.is_test(), findings: Vec::new() }
    }

    pub fn say(&mut self, line: usize, what: &str, advice: &str) {
        self.findings.push(format!("src/{}:{line}: {what}; {advice}", self.source.path));
    }

    pub fn check_name(&mut self, line: usize, name: &str) {
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
