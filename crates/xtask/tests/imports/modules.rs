//! The modules of a crate: which file each lies in, what it names, and what a path leads to.

use crate::names::Names;
use std::collections::BTreeMap;
use std::slice::from_ref;
use syn::punctuated::Punctuated;
use syn::{Attribute, Item, Meta, Token};

/// Every file below `src`, by its path in there.
pub(crate) type Sources = BTreeMap<String, String>;

/// A module's path from the root of its crate.
pub(crate) type ModulePath = Vec<String>;

/// A module, with what it holds itself.
pub(crate) struct Module {
    pub(crate) file: String,
    pub(crate) items: Vec<Item>,
    names: Names,
}

/// The modules of a crate that are compiled without tests.
pub(crate) struct Modules(BTreeMap<ModulePath, Module>);

/// How many re-exports one path may lead through.
const MOST_STEPS: u32 = 32;

impl Modules {
    /// Reads the modules below one root, such as `lib.rs`.
    pub(crate) fn below(root: &str, sources: &Sources) -> Modules {
        let mut modules = Modules(BTreeMap::new());
        let items = syn::parse_file(&sources[root]).unwrap().items;
        modules.read(Vec::new(), root, "", items, sources);
        modules
    }

    /// `folder` holds the files of the modules that are declared here.
    fn read(&mut self, path: ModulePath, file: &str, folder: &str, items: Vec<Item>, sources: &Sources) {
        let items: Vec<Item> = items.into_iter().filter(|item| !is_only_for_tests(attributes(item))).collect();
        for item in &items {
            let Item::Mod(declared) = item else { continue };
            let name = declared.ident.to_string();
            let inner = [path.as_slice(), from_ref(&name)].concat();
            let inner_folder = [folder, &name, "/"].concat();
            if let Some((_, items)) = &declared.content {
                self.read(inner, file, &inner_folder, items.clone(), sources);
            } else {
                let candidates = [[folder, &name, ".rs"].concat(), [&inner_folder, "mod.rs"].concat()];
                let found = candidates.iter().find_map(|name| sources.get_key_value(name));
                let (file, source) = found.unwrap_or_else(|| panic!("{file} declares {name}, which has no file"));
                let items = syn::parse_file(source).unwrap_or_else(|error| panic!("{file}: {error}")).items;
                self.read(inner, file, &inner_folder, items, sources);
            }
        }
        let names = Names::of(&items);
        self.0.insert(path, Module { file: file.to_owned(), items, names });
    }

    /// Every module with its path.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&ModulePath, &Module)> {
        self.0.iter()
    }

    /// The file that defines what a path leads to, where that is in this crate: the deepest module that can be reached.
    pub(crate) fn file_of(&self, from: &ModulePath, path: &[String]) -> Option<&str> {
        let module = match self.resolve(from, path, MOST_STEPS)? {
            Found::Module(module) | Found::Item(module) => module,
        };
        Some(&self.0.get(&module)?.file)
    }

    fn resolve(&self, from: &ModulePath, path: &[String], steps: u32) -> Option<Found> {
        let steps = steps.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        let begin = match first.as_str() {
            "crate" | "$crate" => Found::Module(Vec::new()),
            "self" => Found::Module(from.clone()),
            "super" => Found::Module(from.split_last()?.1.to_vec()),
            name => self.named(from, name, steps)?,
        };
        rest.iter().try_fold(begin, |found, name| match found {
            Found::Item(module) => Some(Found::Item(module)),
            Found::Module(module) if name == "self" => Some(Found::Module(module)),
            Found::Module(module) if name == "super" => Some(Found::Module(module.split_last()?.1.to_vec())),
            Found::Module(module) => Some(self.named(&module, name, steps).unwrap_or(Found::Item(module))),
        })
    }

    /// What a name means in a module: a module below it, an item, or what is imported under it.
    fn named(&self, module: &ModulePath, name: &str, steps: u32) -> Option<Found> {
        let steps = steps.checked_sub(1)?;
        let below = [module.as_slice(), &[name.to_owned()]].concat();
        if self.0.contains_key(&below) {
            return Some(Found::Module(below));
        }
        let names = &self.0.get(module)?.names;
        if names.items.contains(name) {
            return Some(Found::Item(module.clone()));
        }
        if let Some(path) = names.imports.get(name) {
            return self.resolve(module, path, steps);
        }
        names.globs.iter().find_map(|path| match self.resolve(module, path, steps)? {
            Found::Module(other) if other != *module => self.named(&other, name, steps),
            _ => None,
        })
    }
}

/// What a path leads to.
enum Found {
    Module(ModulePath),
    /// Something that a module defines.
    Item(ModulePath),
}

/// Whether a `cfg` or `test` among the attributes keeps something out of every build but that of tests.
pub(crate) fn is_only_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        path.is_ident("test")
            || (path.is_ident("cfg") && attribute.parse_args::<Meta>().is_ok_and(|meta| wants_test(&meta)))
    })
}

/// `test`, or `all(…)` with it.
fn wants_test(condition: &Meta) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => {
            let all = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            all.is_ok_and(|all| all.iter().any(wants_test))
        }
        _ => false,
    }
}

/// The attributes of an item of a kind that may be left out of a build.
pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
