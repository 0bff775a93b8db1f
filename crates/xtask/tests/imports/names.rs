//! What a module names: its items, and what it imports.

use std::collections::{BTreeMap, BTreeSet};
use syn::{Item, ItemUse, UseTree, Visibility};

/// The names of a module.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) items: BTreeSet<String>,
    /// What a `use` brings in under a name.
    pub(crate) imports: BTreeMap<String, Vec<String>>,
    /// Where a `use` brings in everything from.
    pub(crate) globs: Vec<Vec<String>>,
}

impl Names {
    pub(crate) fn of(items: &[Item]) -> Names {
        let mut names = Names::default();
        for item in items {
            match item {
                Item::Use(item) => {
                    for used in uses(item) {
                        match used {
                            Used::Name(name, path) => {
                                names.imports.insert(name, path);
                            }
                            Used::All(path) => names.globs.push(path),
                        }
                    }
                }
                item => names.items.extend(name_of(item)),
            }
        }
        names
    }
}

/// The name that an item has in its module.
fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// What one `use` brings in.
pub(crate) enum Used {
    /// A path, and the name that it gets.
    Name(String, Vec<String>),
    /// Everything that a module names.
    All(Vec<String>),
}

impl Used {
    pub(crate) fn path(&self) -> &[String] {
        match self {
            Used::Name(_, path) | Used::All(path) => path,
        }
    }
}

/// Everything that a `use` brings in. A path from the root of all crates names other crates only.
pub(crate) fn uses(item: &ItemUse) -> Vec<Used> {
    let mut found = Vec::new();
    if item.leading_colon.is_none() {
        collect(&item.tree, &[], &mut found);
    }
    found
}

/// Whether it hands something on instead of using it.
pub(crate) fn is_re_export(item: &ItemUse) -> bool {
    !matches!(item.vis, Visibility::Inherited)
}

fn collect(tree: &UseTree, before: &[String], found: &mut Vec<Used>) {
    let with = |name: String| [before, &[name]].concat();
    match tree {
        UseTree::Path(path) => collect(&path.tree, &with(path.ident.to_string()), found),
        UseTree::Name(name) if name.ident == "self" => {
            found.extend(before.last().map(|last| Used::Name(last.clone(), before.to_vec())));
        }
        UseTree::Name(name) => found.push(Used::Name(name.ident.to_string(), with(name.ident.to_string()))),
        UseTree::Rename(rename) if rename.ident == "self" => {
            found.push(Used::Name(rename.rename.to_string(), before.to_vec()));
        }
        UseTree::Rename(rename) => found.push(Used::Name(rename.rename.to_string(), with(rename.ident.to_string()))),
        UseTree::Glob(_) => found.push(Used::All(before.to_vec())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, before, found)),
    }
}
