//! Every identifier that a piece of source has, those in macros too.

use std::collections::HashSet;

use syn::visit::{self, Visit};

pub fn words_of(items: &[&syn::Item]) -> HashSet<String> {
    let mut words = Words(HashSet::new());
    for item in items {
        words.visit_item(item);
    }
    words.0
}

struct Words(HashSet<String>);

impl Words {
    fn add_tokens(&mut self, tokens: proc_macro2::TokenStream) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => self.add_tokens(group.stream()),
                proc_macro2::TokenTree::Ident(ident) => _ = self.0.insert(ident.to_string()),
                proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Words {
    fn visit_ident(&mut self, ident: &'ast syn::Ident) {
        self.0.insert(ident.to_string());
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.add_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}

pub fn words_in_type(written: &syn::Type) -> HashSet<String> {
    let mut words = Words(HashSet::new());
    words.visit_type(written);
    words.0
}

/// The local names that an expression reads; in a macro every identifier may be one.
pub fn names_read_by(expression: &syn::Expr) -> HashSet<String> {
    let mut names = NamesRead(HashSet::new());
    names.visit_expr(expression);
    names.0
}

struct NamesRead(HashSet<String>);

impl<'ast> Visit<'ast> for NamesRead {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.0.extend(path.path.get_ident().map(ToString::to_string));
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let mut words = Words(HashSet::new());
        words.add_tokens(call.tokens.clone());
        self.0.extend(words.0);
    }
}
