//! Which files of a crate import which.

use crate::circles::Imports;
use crate::modules::{Modules, Sources, attributes, is_only_for_tests};
use crate::names::{is_re_export, uses};
use proc_macro2::{Spacing, TokenStream, TokenTree};
use std::collections::BTreeSet;
use syn::visit::{self, Visit};

/// What the files of a crate import from each other, below its library, its program, or both.
pub(crate) fn imports(sources: &Sources) -> Imports {
    let roots = ["lib.rs", "main.rs"].into_iter().filter(|root| sources.contains_key(*root));
    let mut imports = Imports::new();
    for root in roots {
        let modules = Modules::below(root, sources);
        for (path, module) in modules.iter() {
            let mut paths = Paths::default();
            module.items.iter().for_each(|item| paths.visit_item(item));
            let imported = imports.entry(module.file.clone()).or_default();
            for used in &paths.0 {
                let file = modules.file_of(path, used).filter(|file| *file != module.file);
                imported.extend(file.map(str::to_owned));
            }
        }
    }
    assert!(!imports.is_empty(), "there is neither a library nor a program");
    imports
}

/// Every path in the code of a module, but not in the modules within it: they have their own.
#[derive(Default)]
struct Paths(BTreeSet<Vec<String>>);

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !matches!(item, syn::Item::Mod(_)) && !is_only_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_only_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_re_export(item) {
            self.0.extend(uses(item).iter().map(|used| used.path().to_vec()));
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            self.end(&mut path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        visit::visit_macro(self, item);
        self.visit_tokens(item.tokens.clone());
    }

    /// Documentation and settings of the compiler.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    /// `pub(in crate::a)` says who may import, and imports nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

impl Paths {
    /// What stands in a macro is no syntax tree yet: paths are names with two colons between them.
    fn visit_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut is_open = false;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if !is_open {
                        self.end(&mut path);
                    }
                    path.push(name.to_string());
                    is_open = false;
                }
                // The first of two colons is joint with the second.
                TokenTree::Punct(mark) if mark.as_char() == ':' => is_open |= mark.spacing() == Spacing::Joint,
                other => {
                    self.end(&mut path);
                    is_open = false;
                    if let TokenTree::Group(group) = other {
                        self.visit_tokens(group.stream());
                    }
                }
            }
        }
        self.end(&mut path);
    }

    /// Takes a path that ends here; `self`, and `crate` of a visibility, lead nowhere by themselves.
    fn end(&mut self, path: &mut Vec<String>) {
        let path = std::mem::take(path);
        let is_keyword = |name: &String| ["self", "super", "crate"].contains(&name.as_str());
        if !path.iter().all(is_keyword) {
            self.0.insert(path);
        }
    }
}
