//! A public function is called by another room, or by the tests and benches outside.
//!
//! Functions, constants and statics alone: whoever uses one writes its name. Types are left out, because most of those
//! that nobody names outside are rightly public: they are the errors, outcomes and fields of what is named.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use syn::visit::{self, Visit};

use super::source::{Source, is_cfg_test, item_attributes, rust_files};
use super::words::words_of;

/// Which rooms mention a word; whatever stands outside `src` counts as one room of its own.
type Mentions = HashMap<String, HashSet<String>>;

const OUTSIDE: &str = "outside";

/// The public functions, constants and statics of each room that nothing outside it mentions.
pub fn unused_outside(sources: &[Source], outside: &[String]) -> Vec<String> {
    let mut mentions = Mentions::new();
    for source in sources {
        mention(&mut mentions, source.room(), &source.text);
    }
    for text in outside {
        mention(&mut mentions, OUTSIDE, text);
    }
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test() && !source.is_root()) {
        let Ok(file) = syn::parse_file(&source.text) else { continue };
        let mut public = PublicNames(Vec::new());
        public.visit_file(&file);
        for (line, name) in public.0 {
            let elsewhere = mentions.get(&name).is_some_and(|rooms| rooms.iter().any(|room| room != source.room()));
            if !elsewhere {
                let (path, room) = (&source.path, source.room());
                findings.push(format!(
                    "src/{path}:{line}: `{name}` is public and nothing outside `{room}` names it; write `pub(super)`, or \
                     remove it"
                ));
            }
        }
    }
    findings
}

/// The files of the package that are not in `src` and may use the library.
pub fn texts_outside() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests", "benches", "fuzz"].map(|folder| root.join(folder));
    let present = folders.iter().filter(|folder| folder.exists());
    present.flat_map(|folder| rust_files(folder)).map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

fn mention(mentions: &mut Mentions, room: &str, text: &str) {
    let Ok(file) = syn::parse_file(text) else { return };
    for word in words_of(&file.items.iter().collect::<Vec<_>>()) {
        mentions.entry(word).or_default().insert(room.to_owned());
    }
}

/// Names that are `pub` or `pub(crate)`, with their lines.
struct PublicNames(Vec<(usize, String)>);

impl PublicNames {
    fn add(&mut self, visibility: &syn::Visibility, name: &syn::Ident) {
        let to_the_crate = |path: &syn::Path| path.is_ident("crate");
        let is_public = match visibility {
            syn::Visibility::Public(_) => true,
            syn::Visibility::Restricted(restricted) => to_the_crate(&restricted.path),
            syn::Visibility::Inherited => false,
        };
        if is_public {
            self.0.push((name.span().start().line, name.to_string()));
        }
    }
}

impl<'ast> Visit<'ast> for PublicNames {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !item_attributes(item).iter().any(is_cfg_test) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.vis, &function.sig.ident);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !function.attrs.iter().any(is_cfg_test) {
            self.add(&function.vis, &function.sig.ident);
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.add(&item.vis, &item.ident);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.add(&item.vis, &item.ident);
    }
}
