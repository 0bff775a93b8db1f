//! What a person asks for: `test`, `test native`, `test wasm`, `test e2e "a name"`.

use super::list::{GROUPS, SUITES, Suite, names};
use anyhow::{Result, bail, ensure};

/// The suites to run, and the one test of them that is asked for.
#[derive(Debug)]
pub(super) struct Selection {
    pub(super) suites: Vec<&'static Suite>,
    pub(super) name: Option<String>,
    /// Nobody named a suite: heavy ones run only where their inputs have changed.
    pub(super) is_everything: bool,
}

impl Selection {
    pub(super) fn of(arguments: &[String]) -> Result<Selection> {
        let is_known = |word: &&String| !members(word).is_empty();
        let chosen: Vec<&String> = arguments.iter().take_while(is_known).collect();
        let rest: Vec<&str> = arguments.iter().skip(chosen.len()).map(String::as_str).collect();
        let name = (!rest.is_empty()).then(|| rest.join(" "));
        if let Some(name) = &name {
            let [part] = chosen.as_slice() else {
                bail!("no suite {name:?}: there are {}", names().join(", "));
            };
            let unnamed = members(part).into_iter().find(|suite| !suite.has_names);
            ensure!(unnamed.is_none(), "{part} runs as a whole: it has no test {name:?}");
        }
        let is_everything = chosen.is_empty();
        let is_chosen = |suite: &&Suite| {
            is_everything || chosen.iter().any(|word| members(word).iter().any(|member| member.name == suite.name))
        };
        Ok(Selection { suites: SUITES.iter().filter(is_chosen).collect(), name, is_everything })
    }
}

/// The suites that a word stands for: one, or those of a group.
fn members(word: &str) -> Vec<&'static Suite> {
    let group = GROUPS.iter().find(|(group, _)| *group == word).map_or(&[][..], |(_, members)| members);
    SUITES.iter().filter(|suite| suite.name == word || group.contains(&suite.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<(Vec<&'static str>, Option<String>)> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let selection = Selection::of(&words)?;
        Ok((selection.suites.iter().map(|suite| suite.name).collect(), selection.name))
    }

    #[test]
    fn suites_groups_and_one_test_are_chosen() {
        assert_eq!(asked("").unwrap(), (names(), None));
        assert_eq!(asked("e2e format").unwrap(), (vec!["format", "e2e"], None));
        let wasm = vec!["wasm-node", "wasm-chromium", "wasm-firefox", "wasm-webkit"];
        assert_eq!(asked("wasm").unwrap(), (wasm.clone(), None));
        assert_eq!(asked("wasm money").unwrap(), (wasm, Some("money".into())));
        let story = Some("without a network".into());
        assert_eq!(asked("e2e without a network").unwrap(), (vec!["e2e"], story));
    }

    #[test]
    fn what_is_neither_a_suite_nor_a_test_of_one_is_refused() {
        for line in ["nativ", "native e2e a story", "format money", "trunk index.html"] {
            assert!(asked(line).is_err(), "{line}");
        }
    }

    #[test]
    fn every_group_has_its_suites() {
        for (group, suites) in GROUPS {
            assert_eq!(members(group).len(), suites.len(), "{group}");
        }
    }
}
