//! Files that can each be reached from each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Which files each file imports.
pub(crate) type Imports = BTreeMap<String, BTreeSet<String>>;

/// The files of a circle, each with those of them that it imports.
#[derive(Debug)]
pub(crate) struct Circle(Imports);

impl Circle {
    /// How many files it has.
    pub(crate) fn files(&self) -> usize {
        self.0.len()
    }

    /// Its files, in order.
    pub(crate) fn names(self) -> impl Iterator<Item = String> {
        self.0.into_keys()
    }
}

impl fmt::Display for Circle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (file, imported) in &self.0 {
            let imported: Vec<&str> = imported.iter().map(String::as_str).collect();
            writeln!(formatter, "  {file} imports {}", imported.join(", "))?;
        }
        Ok(())
    }
}

/// Every circle, with all the files that belong to it.
pub(crate) fn circles(imports: &Imports) -> Vec<Circle> {
    let all: BTreeMap<&String, BTreeSet<&String>> = imports.keys().map(|file| (file, reached(imports, file))).collect();
    let leads = |from: &String, to: &String| all.get(from).is_some_and(|files| files.contains(to));
    let mut circles = Vec::new();
    let mut told: BTreeSet<&String> = BTreeSet::new();
    for file in imports.keys() {
        if !leads(file, file) || told.contains(file) {
            continue;
        }
        let is_in_it = |other: &&String| leads(file, other) && leads(other, file);
        let members: BTreeSet<&String> = imports.keys().filter(is_in_it).collect();
        let among = |imported: &BTreeSet<String>| imported.iter().filter(|it| members.contains(it)).cloned().collect();
        circles.push(Circle(members.iter().filter_map(|it| Some(((*it).clone(), among(imports.get(*it)?)))).collect()));
        told.extend(members);
    }
    circles
}

/// The files that a file imports, those that they import, and so on.
fn reached<'i>(imports: &'i Imports, from: &String) -> BTreeSet<&'i String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&String> = imports.get(from).into_iter().flatten().collect();
    while let Some(file) = open.pop() {
        if reached.insert(file) {
            open.extend(imports.get(file).into_iter().flatten());
        }
    }
    reached
}
