//! How many tests passed and failed, read from what test runners print.

use std::fmt;

/// Begins a line that tells of a test, or a tool, that was run once more. Tests in JavaScript print it too.
pub(crate) const RERUN: &str = "rerun: ";
/// Begins a line that tells of a tool that failed where no test did.
pub(crate) const BROKEN: &str = "broken: ";

/// Passed and failed tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// What a test command announced, and whether it ended as one does whose tests have passed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub(crate) count: Count,
    pub(crate) ended_well: bool,
}

impl Count {
    /// One check that is not made of tests: it passed as a whole or failed as a whole.
    pub(crate) const fn one(passed: bool) -> Self {
        if passed { Self { passed: 1, failed: 0 } } else { Self { passed: 0, failed: 1 } }
    }

    /// Both counts together.
    #[must_use]
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self { passed: self.passed.saturating_add(other.passed), failed: self.failed.saturating_add(other.failed) }
    }

    /// Whether no test ran at all, which is never what a suite is for.
    pub(crate) const fn is_nothing(self) -> bool {
        self.passed == 0 && self.failed == 0
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Reads `test result: ok. 3 passed; 0 failed; …`, the line of cargo and of wasm-bindgen's runner.
pub(crate) fn of_cargo_line(line: &str) -> Count {
    let mut count = Count::default();
    let Some(result) = line.trim_start().strip_prefix("test result: ") else {
        return count;
    };
    for part in result.split(['.', ';']) {
        match part.trim().split_once(' ') {
            Some((number, "passed")) => count.passed = number.parse().unwrap_or_default(),
            Some((number, "failed")) => count.failed = number.parse().unwrap_or_default(),
            _ => {}
        }
    }
    count
}

/// Reads node's closing lines: `ℹ pass 3` on a screen, `# pass 3` in TAP. A cancelled test failed.
pub(crate) fn of_node_line(line: &str) -> Count {
    let mut count = Count::default();
    let words: Vec<&str> = line.split_whitespace().collect();
    if let ["ℹ" | "#", kind, number] = words.as_slice() {
        let number = number.parse().unwrap_or_default();
        match *kind {
            "pass" => count.passed = number,
            "fail" | "cancelled" => count.failed = number,
            _ => {}
        }
    }
    count
}

/// Reads `3 passed, 0 failed`, as a count is printed.
pub(crate) fn of_closing_line(line: &str) -> Option<Count> {
    let (passed, failed) = line.strip_suffix(" failed")?.split_once(" passed, ")?;
    Some(Count { passed: passed.parse().ok()?, failed: failed.parse().ok()? })
}

/// The tests that a program ran. One that ended badly without naming a failed test (it did not compile, it crashed) has failed
/// itself: that is said, and counts as one failure.
pub(crate) fn settled(what: &str, Counted { count, ended_well }: Counted) -> Count {
    if ended_well || count.failed > 0 {
        return count;
    }
    println!("{BROKEN}{what} ended badly, and no test has failed: see its output");
    count.plus(Count::one(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_and_wasm_result_lines_are_counted() {
        for (line, passed, failed) in [
            ("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s", 3, 0),
            ("test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 filtered out", 12, 2),
            ("test result: ok. 0 passed; 0 failed; 0 ignored", 0, 0),
            ("test money::steps_round_up ... ok", 0, 0),
            ("running 3 tests", 0, 0),
            ("", 0, 0),
        ] {
            assert_eq!(of_cargo_line(line), Count { passed, failed }, "{line}");
        }
    }

    #[test]
    fn a_closing_line_is_read_as_it_is_printed() {
        let count = Count { passed: 12, failed: 3 };
        assert_eq!(of_closing_line(&count.to_string()), Some(count));
        for line in ["12 passed", "12 passed, 3 failed.", "x: 12 passed, 3 failed", ""] {
            assert_eq!(of_closing_line(line), None, "{line}");
        }
    }

    #[test]
    fn node_summary_lines_are_counted() {
        for (line, passed, failed) in [
            ("ℹ pass 7", 7, 0),
            ("# pass 7", 7, 0),
            ("ℹ fail 2", 0, 2),
            ("ℹ cancelled 1", 0, 1),
            ("ℹ tests 9", 0, 0),
            ("ℹ skipped 4", 0, 0),
            ("✔ pass 3 (1ms)", 0, 0),
            ("", 0, 0),
        ] {
            assert_eq!(of_node_line(line), Count { passed, failed }, "{line}");
        }
    }

    #[test]
    fn a_program_that_gives_no_result_has_failed() {
        let ends = |failed, ended_well| settled("WebKit", Counted { count: Count { passed: 1, failed }, ended_well });
        assert_eq!(ends(0, true), Count { passed: 1, failed: 0 });
        assert_eq!(ends(2, false), Count { passed: 1, failed: 2 });
        assert_eq!(ends(0, false), Count { passed: 1, failed: 1 });
    }
}
