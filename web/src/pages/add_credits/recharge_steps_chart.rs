//! The chart of recharge steps as numbers: the balance, the threshold, and each purchase a step up.

use billing::money::Money;
use billing::rules::recharge::{Preview, Setting, Step};

/// A place on the drawing, in its own units.
pub(crate) type Place = i64;

pub(crate) const WIDTH: Place = 400;
pub(crate) const HEIGHT: Place = 216;
pub(crate) const TOP: Place = 40;
const BOTTOM: Place = 172;
/// What the balance before and the balance after take at the sides.
pub(crate) const SIDE: Place = 76;

/// More steps than this fold their middle.
const MOST_STEPS: u64 = 8;
const FIRST_STEPS: u64 = 4;
const LAST_STEPS: u64 = 2;

/// What is drawn and listed between the balance before and the balance after.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Step(Step),
    /// This many purchases are not shown one by one.
    Fold(u64),
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct RechargeStepsChart {
    pub(crate) start: Money,
    pub(crate) end: Money,
    pub(crate) setting: Setting,
    pub(crate) columns: Vec<Column>,
}

impl RechargeStepsChart {
    pub(crate) fn of(seen: &Preview<'_>, start: Money, setting: Setting) -> RechargeStepsChart {
        let count = seen.purchases;
        let columns = if count <= MOST_STEPS {
            seen.first_steps(MOST_STEPS).map(Column::Step).collect()
        } else {
            let folded = count.saturating_sub(FIRST_STEPS).saturating_sub(LAST_STEPS);
            let last =
                (count.saturating_sub(LAST_STEPS).saturating_add(1)..=count).filter_map(|number| seen.step(number));
            let first = seen.first_steps(FIRST_STEPS).map(Column::Step);
            first.chain([Column::Fold(folded)]).chain(last.map(Column::Step)).collect()
        };
        RechargeStepsChart { start, end: seen.balance_after, setting, columns }
    }

    fn count(&self) -> Place {
        Place::try_from(self.columns.len()).unwrap_or(Place::MAX)
    }

    /// Where a level lies: 0 is the balance before, then one level a column. All steps are alike, so this is to scale, but
    /// for the fold.
    pub(crate) fn level(&self, index: Place) -> Place {
        if self.columns.is_empty() {
            return if self.threshold_above_start() { BOTTOM } else { TOP.saturating_add(26) };
        }
        let rise = BOTTOM.saturating_sub(TOP).saturating_mul(index).checked_div(self.count()).unwrap_or(0);
        BOTTOM.saturating_sub(rise)
    }

    /// Where a column begins.
    pub(crate) fn left(&self, index: Place) -> Place {
        let room = WIDTH.saturating_sub(SIDE.saturating_mul(2));
        SIDE.saturating_add(room.saturating_mul(index).checked_div(self.count().max(1)).unwrap_or(0))
    }

    /// Where the threshold lies: on the last step's riser, where one leads there.
    pub(crate) fn threshold(&self) -> Place {
        let threshold = self.setting.threshold.money();
        if self.columns.is_empty() {
            return match (threshold == self.start, self.threshold_above_start()) {
                (true, _) => self.level(0),
                (false, true) => TOP,
                (false, false) => BOTTOM.saturating_sub(14),
            };
        }
        let (count, step) = (self.count(), self.setting.amount.money().units());
        let (before, after) = (self.level(count.saturating_sub(1)), self.level(count));
        let missing = self.end.units().saturating_sub(threshold.units()).clamp(0, step);
        let drop = missing.saturating_mul(i128::from(before.saturating_sub(after))).checked_div(step).unwrap_or(0);
        after.saturating_add(Place::try_from(drop).unwrap_or(0))
    }

    fn threshold_above_start(&self) -> bool {
        self.setting.threshold.money() > self.start
    }

    /// The outline, as an SVG path; a gap in it stands for the fold.
    pub(crate) fn outline(&self) -> String {
        format!("M0 {}H{SIDE}{}H{WIDTH}", self.level(0), self.climb('M'))
    }

    /// The area below the outline.
    pub(crate) fn area(&self) -> String {
        format!("M0 {HEIGHT}V{}H{SIDE}{}H{WIDTH}V{HEIGHT}Z", self.level(0), self.climb('L'))
    }

    /// Up and along for each step; over a fold the way goes on by the SVG command `over_fold`.
    fn climb(&self, over_fold: char) -> String {
        let ways = (0..).zip(&self.columns).map(|(index, column)| {
            let (right, level) = (self.left(index_after(index)), self.level(index_after(index)));
            match column {
                Column::Step(_) => format!("V{level}H{right}"),
                Column::Fold(_) => format!("{over_fold}{right} {level}"),
            }
        });
        ways.collect()
    }
}

/// The level that a column ends on.
pub(crate) fn index_after(index: Place) -> Place {
    index.saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::money::Charge;
    use billing::policy::Policy;
    use billing::rules::recharge::{RechargeQuestion, preview};

    fn chart(balance: &str, amount: &str, threshold: &str) -> RechargeStepsChart {
        let policy = Policy::shipped("prepaid").unwrap();
        let setting = Setting { amount: Charge::parse(amount).unwrap(), threshold: Charge::parse(threshold).unwrap() };
        let start = Money::parse(balance).unwrap();
        RechargeStepsChart::of(&preview(&policy, &RechargeQuestion::new(start, setting)).unwrap(), start, setting)
    }

    fn shape(chart: &RechargeStepsChart) -> String {
        let each = chart.columns.iter().map(|column| match column {
            Column::Step(step) => step.number.to_string(),
            Column::Fold(count) => format!("({count})"),
        });
        each.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ar_4_short_runs_show_each_step_and_long_ones_fold() {
        for (balance, threshold, expected) in [
            ("3", "3", ""),
            ("3", "28", "1"),
            ("3", "125", "1 2 3 4 5"),
            ("0", "200", "1 2 3 4 5 6 7 8"),
            ("0", "201", "1 2 3 4 (3) 8 9"),
            ("0", "1000000000", "1 2 3 4 (39999994) 39999999 40000000"),
        ] {
            assert_eq!(shape(&chart(balance, "25", threshold)), expected, "{balance} to {threshold}");
        }
    }

    #[test]
    fn the_threshold_lies_on_the_last_riser() {
        let exact = chart("0", "25", "50");
        assert_eq!(exact.threshold(), exact.level(2));
        let between = chart("0", "25", "40");
        assert!(between.threshold() > between.level(2) && between.threshold() < between.level(1));
    }

    #[test]
    fn every_level_is_on_the_drawing() {
        for chart in [chart("-100", "5", "1000000"), chart("10", "25", "5"), chart("10", "25", "10")] {
            for index in 0..=chart.count() {
                assert!((TOP..=BOTTOM).contains(&chart.level(index)));
            }
            assert!((TOP..=BOTTOM).contains(&chart.threshold()));
            assert!(chart.left(chart.count().max(1)) <= WIDTH);
        }
    }

    #[test]
    fn the_outline_climbs_from_the_left_edge_to_the_right() {
        let outline = chart("3", "25", "50").outline();
        assert_eq!(outline, "M0 172H76V106H200V40H324H400");
    }
}
