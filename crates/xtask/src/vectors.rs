//! `cargo xtask vectors`: answers every request of `tests/vectors` anew, and shows what has changed.

use crate::workspace::{self, Workspace, files_below};
use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

const FOLDER: &str = "tests/vectors";
const REQUESTS: &str = ".jsonl";
const ANSWERS: &str = ".answers.jsonl";

/// Prints each answer that is new, gone or different, and writes the files. With `--check` it writes nothing and fails instead.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let writes = match arguments {
        [] => true,
        [flag] if flag == "--check" => false,
        _ => bail!("vectors knows --check only"),
    };
    workspace.run("cargo", &["build", "--quiet", "--package=billing-cli"])?;
    let program = workspace.target_folder()?.join("debug/billing");
    let mut amount = 0_usize;
    for requests in requests(&workspace.path(FOLDER))? {
        let name = requests.file_name().and_then(|name| name.to_str()).context("a file name is not Unicode")?;
        let recorded_in = requests.with_file_name(name.replace(REQUESTS, ANSWERS));
        let recorded = if recorded_in.exists() { fs::read_to_string(&recorded_in)? } else { String::new() };
        let mut billing = workspace.command(program.to_str().context("the path of `billing` is not Unicode")?);
        let answers = workspace::output(billing.arg("evaluate").stdin(File::open(&requests)?))?;
        for change in changes(&recorded, &answers) {
            println!("{FOLDER}/{name}:{change}");
            amount = amount.saturating_add(1);
        }
        if writes && recorded != answers {
            fs::write(recorded_in, answers)?;
        }
    }
    println!("{amount} answers differ");
    ensure!(
        writes || amount == 0,
        "the recorded answers are out of date: run `cargo xtask vectors` and read what it prints"
    );
    Ok(())
}

/// The files with requests, sorted.
fn requests(folder: &Path) -> Result<Vec<PathBuf>> {
    let is_requests = |file: &PathBuf| {
        let name = file.to_string_lossy();
        name.ends_with(REQUESTS) && !name.ends_with(ANSWERS)
    };
    Ok(files_below(folder)?.into_iter().filter(is_requests).collect())
}

/// What was recorded and what is answered now, wherever they differ, with the number of the line.
///
/// Lines that both sides begin or end with are left out first, so that a request in the middle shows as one new answer.
fn changes(recorded: &str, answers: &str) -> Vec<String> {
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (recorded.lines().collect(), answers.lines().collect());
    let same_end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let same_begin = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let shortest = old.len().min(new.len());
    let same_begin = same_begin.min(shortest);
    let same_end = same_end.min(shortest.saturating_sub(same_begin));
    old.truncate(old.len().saturating_sub(same_end));
    new.truncate(new.len().saturating_sub(same_end));
    let lines = same_begin..old.len().max(new.len());
    let change = |line: usize| match (old.get(line), new.get(line)) {
        (old, new) if old == new => None,
        (old, new) => {
            let shown =
                |sign: &str, answer: Option<&&str>| answer.map_or_else(String::new, |it| format!("\n  {sign} {it}"));
            Some(format!("{}{}{}", line.saturating_add(1), shown("-", old), shown("+", new)))
        }
    };
    lines.filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_a_new_and_a_missing_answer_are_shown_with_their_line() {
        for (recorded, answers, expected) in [
            ("a\nb\nc\n", "a\nb\nc\n", &[][..]),
            ("a\nb\nc\n", "a\nx\nc\n", &["2\n  - b\n  + x"]),
            ("a\nc\n", "a\nb\nc\n", &["2\n  + b"]),
            ("a\nb\nc\n", "a\nc\n", &["2\n  - b"]),
            ("", "a\n", &["1\n  + a"]),
            ("a\n", "a\na\n", &["2\n  + a"]),
        ] {
            assert_eq!(changes(recorded, answers), expected, "{recorded:?} {answers:?}");
        }
    }
}
