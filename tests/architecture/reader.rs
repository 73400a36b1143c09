//! What one file names and how long its functions are.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::paths::NamedPath;
use super::source::{Source, is_cfg_test, item_attributes, name_of};
use super::words::names_read_by;
use super::{EMPTY_NAMES, LONGEST_FUNCTION, OWNERS, RETIRED, RETIRED_ROOMS, START, floor};

/// Collects what is wrong in one file.
pub struct Reader<'a> {
    source: &'a Source,
    in_tests: bool,
    pub findings: Vec<String>,
}

impl<'a> Reader<'a> {
    pub fn new(source: &'a Source) -> Self {
        Self { source, in_tests: source.is_test(), findings: Vec::new() }
    }

    pub fn say(&mut self, line: usize, what: &str, advice: &str) {
        self.findings.push(format!("src/{}:{line}: {what}; {advice}", self.source.path));
    }

    /// The name of a module.
    pub fn check_name(&mut self, line: usize, name: &str) {
        self.check_word(line, name, RETIRED.iter().chain(&RETIRED_ROOMS));
        if EMPTY_NAMES.contains(&name) {
            self.say(line, &format!("a module named `{name}`"), "name what it decides");
        }
    }

    fn check_word<'w>(&mut self, line: usize, name: &str, mut retired: impl Iterator<Item = &'w (&'w str, &'w str)>) {
        if let Some((_, say)) = retired.find(|(word, _)| *word == name) {
            self.say(line, &format!("the glossary retired `{name}`"), &format!("say {say}"));
        }
    }

    pub fn check_path(&mut self, path: &NamedPath) {
        let Some(first) = path.segments.first() else { return };
        match first.as_str() {
            "crate" => self.check_room(path.line, path.segments.get(1)),
            "self" => {}
            "super" => {
                let ups = path.segments.iter().take_while(|segment| *segment == "super").count();
                let place = self.source.module().split('/').filter(|_| !self.source.is_root());
                let place: Vec<String> = place.map(str::to_owned).chain(path.inside.iter().cloned()).collect();
                let kept = place.len().saturating_sub(ups);
                self.check_room(path.line, place[..kept].iter().chain(&path.segments[ups..]).next());
            }
            name if !path.in_tests => {
                self.check_crate(path.line, name);
                self.check_source(path.line, name, path.segments.get(1));
            }
            _ => {}
        }
    }

    /// Time and entropy are parameters: only what starts a program makes their sources.
    fn check_source(&mut self, line: usize, name: &str, function: Option<&String>) {
        let makes = matches!(name, "Clock" | "Random") && function.is_some_and(|function| function == "system");
        let module = self.source.module();
        let starts = START.iter().any(|start| module == *start || module.starts_with(&format!("{start}/")));
        if makes && !starts {
            self.say(line, &format!("`{name}::system` outside {START:?}"), "take it as a parameter");
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
        if !owners.iter().any(|owner| owns(owner)) {
            self.say(line, &format!("`{name}` outside {owners:?}"), "ask that room for what is needed");
        }
    }

    fn check_function(&mut self, signature: &syn::Signature, visibility: Option<&syn::Visibility>, block: &syn::Block) {
        let from = block.span().start().line;
        let lines = lines_of(&self.source.text, block);
        let name = &signature.ident;
        if lines > LONGEST_FUNCTION {
            self.say(from, &format!("`{name}` has {lines} lines"), "give its steps names of their own");
        }
        if self.in_tests {
            return;
        }
        self.check_parameters(signature);
        if matches!(visibility, Some(syn::Visibility::Inherited)) {
            return;
        }
        let flag = |input: &&syn::FnArg| matches!(input, syn::FnArg::Typed(typed) if is_bool(&typed.ty));
        if let Some(flag) = signature.inputs.iter().find(flag) {
            let line = flag.span().start().line;
            self.say(line, &format!("`{name}` takes a bool"), "make it an enum of two words");
        }
    }

    /// A tuple is several arguments in the place of one, and none of them has a name where it is handed in.
    fn check_parameters(&mut self, signature: &syn::Signature) {
        for input in &signature.inputs {
            if let syn::FnArg::Typed(typed) = input
                && is_tuple(&typed.ty)
            {
                let what = format!("`{}` takes a tuple", signature.ident);
                self.say(typed.span().start().line, &what, "make it arguments, or a struct whose fields have names");
            }
        }
    }

    /// `let (a, b) = (x, y);` is two statements that count as one line. A swap is not: written apart, a later value
    /// would read the name that an earlier one binds.
    fn check_local(&mut self, local: &syn::Local) {
        let (syn::Pat::Tuple(names), Some(init)) = (&local.pat, &local.init) else { return };
        let syn::Expr::Tuple(values) = &*init.expr else { return };
        let names: Option<Vec<String>> = names.elems.iter().map(plain_name).collect();
        let Some(names) = names else { return };
        let mut later = values.elems.iter().enumerate();
        let is_swap = later.any(|(at, value)| names_read_by(value).iter().any(|read| names[..at].contains(read)));
        if !is_swap {
            let what = "a `let` of a tuple that is written out beside it";
            self.say(local.span().start().line, what, "write one `let` for each");
        }
    }
}

/// The lines of a block that are neither empty nor comments.
pub fn lines_of(text: &str, block: &syn::Block) -> usize {
    let from = block.span().start().line;
    let to = block.span().end().line;
    let inside = text.lines().skip(from).take((to - from).saturating_sub(1));
    inside.filter(|line| !line.trim().is_empty() && !line.trim().starts_with("//")).count()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "no other type hides a tuple, and syn may add kinds")]
fn is_tuple(written: &syn::Type) -> bool {
    match written {
        syn::Type::Tuple(tuple) => !tuple.elems.is_empty(),
        syn::Type::Reference(reference) => is_tuple(&reference.elem),
        syn::Type::Paren(inner) => is_tuple(&inner.elem),
        _ => false,
    }
}

/// The name that a pattern binds without looking at the value.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other pattern looks, and syn may add kinds")]
fn plain_name(pattern: &syn::Pat) -> Option<String> {
    match pattern {
        syn::Pat::Ident(name) if name.subpat.is_none() => Some(name.ident.to_string()),
        syn::Pat::Wild(_) => Some("_".to_owned()),
        _ => None,
    }
}

fn is_bool(written: &syn::Type) -> bool {
    matches!(written, syn::Type::Path(path) if path.path.is_ident("bool"))
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let before = self.in_tests;
        self.in_tests |= item_attributes(item).iter().any(is_cfg_test);
        if let Some(name) = name_of(item)
            && !matches!(item, syn::Item::Mod(_))
        {
            self.check_word(item.span().start().line, &name, RETIRED.iter());
        }
        visit::visit_item(self, item);
        self.in_tests = before;
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.check_name(module.span().start().line, &module.ident.to_string());
        visit::visit_item_mod(self, module);
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.check_function(&function.sig, Some(&function.vis), &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if !self.in_tests {
            self.check_parameters(&function.sig);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if !self.in_tests {
            self.check_local(local);
        }
        visit::visit_local(self, local);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.check_word(function.sig.span().start().line, &function.sig.ident.to_string(), RETIRED.iter());
        self.check_function(&function.sig, Some(&function.vis), &function.block);
        visit::visit_impl_item_fn(self, function);
    }
}
