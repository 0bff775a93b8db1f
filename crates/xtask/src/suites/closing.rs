//! What a suite's process tells the one that started it, and the table at the end of a run.

use super::list::Suite;
use crate::count::{self, BROKEN, Count, RERUN};
use std::fmt;
use std::fs;
use std::time::Duration;

/// Begins the line with a suite's processor time, in seconds.
const PROCESSOR: &str = "processor seconds: ";

/// How a suite ended.
pub(super) struct Outcome {
    suite: &'static str,
    pub(super) count: Count,
    closing: Option<Count>,
    elapsed: Duration,
    processor_seconds: u64,
    reruns: Vec<String>,
    broken: Vec<String>,
}

impl Outcome {
    pub(super) fn of(suite: &'static str) -> Outcome {
        let (count, elapsed) = (Count::default(), Duration::ZERO);
        Outcome { suite, count, closing: None, elapsed, processor_seconds: 0, reruns: Vec::new(), broken: Vec::new() }
    }

    /// Reads a line of the suite's output. True for one that is meant for us alone.
    pub(super) fn takes(&mut self, line: &str) -> bool {
        let line = line.trim();
        if let Some(seconds) = line.strip_prefix(PROCESSOR) {
            self.processor_seconds = seconds.parse().unwrap_or_default();
            return true;
        }
        if let Some(rerun) = line.strip_prefix(RERUN) {
            self.reruns.push(rerun.to_owned());
        } else if let Some(broken) = line.strip_prefix(BROKEN) {
            self.broken.push(broken.to_owned());
        } else if let Some(count) = count::of_closing_line(line) {
            // The last of them counts: what a suite prints before may look the same.
            self.closing = Some(count);
            return true;
        }
        false
    }

    /// The suite's process has ended. One that says nothing, or contradicts itself, has failed.
    pub(super) fn ends(&mut self, well: bool, elapsed: Duration) {
        self.elapsed = elapsed;
        self.count = match self.closing {
            Some(count) if well == (count.failed == 0) => count,
            Some(count) => count.plus(Count::one(false)),
            None => Count::one(false),
        };
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, elapsed, processor) = (self.count.to_string(), self.elapsed.as_secs(), self.processor_seconds);
        write!(formatter, "{:<16}{count:<26}{elapsed:>5} s{processor:>6} s of processor", self.suite)
    }
}

/// Prints one line a suite, and what was not as it should be.
pub(super) fn print(outcomes: &[Outcome], unchanged: &[&Suite], elapsed: Duration) {
    println!();
    for outcome in outcomes {
        println!("{outcome}");
    }
    for suite in unchanged {
        println!("{:<16}not run: nothing has changed since it last passed", suite.name);
    }
    let notes = |kind: &str, notes: fn(&Outcome) -> &Vec<String>| {
        let mut amount = 0_usize;
        for outcome in outcomes {
            for note in notes(outcome) {
                println!("{kind}{}: {note}", outcome.suite);
                amount = amount.saturating_add(1);
            }
        }
        amount
    };
    notes(BROKEN, |outcome| &outcome.broken);
    let reruns = notes(RERUN, |outcome| &outcome.reruns);
    println!("{reruns} reruns, {} s in all", elapsed.as_secs());
}

/// Closes the output of a suite's process.
pub(super) fn print_for_parent(count: Count) {
    println!("{PROCESSOR}{}", processor_seconds_of_children().unwrap_or_default());
    println!("{count}");
}

/// The processor time of all programs that this one has started and that have ended, where Linux tells it.
fn processor_seconds_of_children() -> Option<u64> {
    const TICKS_A_SECOND: u64 = 100;
    let state = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's name, which may hold anything, `cutime` and `cstime` are the 14th and 15th word.
    let mut words = state.rsplit_once(')')?.1.split_whitespace().skip(13);
    let (user, system): (u64, u64) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    user.checked_add(system)?.checked_div(TICKS_A_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(lines: &[&str], well: bool) -> Outcome {
        let mut outcome = Outcome::of("e2e");
        for line in lines {
            outcome.takes(line);
        }
        outcome.ends(well, Duration::from_secs(3));
        outcome
    }

    #[test]
    fn the_last_count_and_every_rerun_are_taken() {
        let outcome = ended(&["1 passed, 1 failed", "  rerun: a page", "broken: a driver", "7 passed, 0 failed"], true);
        assert_eq!(outcome.count, Count { passed: 7, failed: 0 });
        assert_eq!((outcome.reruns, outcome.broken), (vec!["a page".to_owned()], vec!["a driver".to_owned()]));
    }

    #[test]
    fn a_suite_that_says_nothing_or_contradicts_itself_has_failed() {
        assert_eq!(ended(&[], true).count, Count { passed: 0, failed: 1 });
        assert_eq!(ended(&["7 passed, 0 failed"], false).count, Count { passed: 7, failed: 1 });
        assert_eq!(ended(&["7 passed, 2 failed"], false).count, Count { passed: 7, failed: 2 });
    }

    #[test]
    fn processor_time_is_told_where_there_is_proc() {
        assert_eq!(processor_seconds_of_children().is_some(), fs::exists("/proc/self/stat").unwrap());
    }
}
