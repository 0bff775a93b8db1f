//! The figures of the chart of spend by day: a bar for each day of the month, deployments stacked on usage, to scale.

use billing::money::Money;
use billing::projection::charges::DaySpend;
use billing::time::Date;

/// A coordinate, in the units of the drawing.
pub(super) type Place = i64;

pub(super) const WIDTH: Place = 640;
pub(super) const HEIGHT: Place = 220;
pub(super) const TOP: Place = 32;
pub(super) const BOTTOM: Place = 184;
/// The days that have a label besides today, unless they are too close to it.
const NAMED: [u8; 5] = [1, 8, 15, 22, 29];
const NEAR: u8 = 3;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Bars {
    spend: Vec<DaySpend>,
    /// The number of days in the month.
    days: Place,
    pub(super) most: Money,
    pub(super) today: u8,
}

impl Bars {
    /// The bars of a month up to today; `None` while nothing was spent.
    pub(super) fn of(first: Date, spend: Vec<DaySpend>) -> Option<Bars> {
        let most = spend.iter().filter_map(|day| day.total().ok()).max().filter(|most| most.is_positive())?;
        let today = spend.last()?.day.day();
        let days = (28..=31).rev().find(|day| first.with_day(*day).is_some()).map_or(31, Place::from);
        Some(Bars { spend, days, most, today })
    }

    /// The middle of a day's bar.
    pub(super) fn middle(&self, day: u8) -> Place {
        let twice = Place::from(day).saturating_mul(2).saturating_sub(1);
        WIDTH.saturating_mul(twice).checked_div(self.days.saturating_mul(2)).unwrap_or(0)
    }

    fn height(&self, amount: Money) -> Place {
        let room = i128::from(BOTTOM.saturating_sub(TOP));
        let height = amount.units().saturating_mul(room).checked_div(self.most.units()).unwrap_or(0);
        // Any cost is at least one unit high, so that it can be seen.
        Place::try_from(height).unwrap_or(0).max(Place::from(amount.is_positive()))
    }

    /// The bars of usage.
    pub(super) fn usage(&self) -> String {
        self.spend.iter().map(|spend| self.bar(spend.day, BOTTOM, self.height(spend.usage))).collect()
    }

    /// The bars of deployments, stacked on those of usage.
    pub(super) fn deployments(&self) -> String {
        let bar = |spend: &DaySpend| {
            let total = spend.total().map_or(0, |total| self.height(total));
            let usage = self.height(spend.usage);
            self.bar(spend.day, BOTTOM.saturating_sub(usage), total.saturating_sub(usage))
        };
        self.spend.iter().map(bar).collect()
    }

    fn bar(&self, day: Date, bottom: Place, height: Place) -> String {
        if height <= 0 {
            return String::new();
        }
        let width = WIDTH.checked_div(self.days).unwrap_or(20).saturating_mul(3).checked_div(5).unwrap_or(12);
        let left = self.middle(day.day()).saturating_sub(width.checked_div(2).unwrap_or(6));
        format!("M{left} {bottom}v-{height}h{width}v{height}z")
    }

    /// The days with a label, apart from today.
    pub(super) fn named(&self) -> impl Iterator<Item = u8> {
        let is_there = |day: &u8| Place::from(*day) <= self.days && day.abs_diff(self.today) > NEAR;
        NAMED.into_iter().filter(is_there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(month: &str, costs: &[(&str, &str)]) -> Option<Bars> {
        let first = Date::parse(month).unwrap();
        let days = std::iter::successors(Some(first), |day| day.next()).zip(costs);
        let money = |text: &str| Money::parse(text).unwrap();
        let spend =
            days.map(|(day, (usage, hosted))| DaySpend { day, usage: money(usage), deployments: money(hosted) });
        Bars::of(first, spend.collect())
    }

    #[test]
    fn uc_5_deployments_are_stacked_on_usage_to_scale() {
        let bars = bars("2025-02-01", &[("5", "0"), ("0", "0"), ("10", "10"), ("0", "1")]).unwrap();
        assert_eq!(bars.usage(), "M5 184v-38h13v38zM51 184v-76h13v76z");
        assert_eq!(bars.deployments(), "M51 108v-76h13v76zM74 184v-7h13v7z");
        assert_eq!(bars.named().collect::<Vec<u8>>(), [8, 15, 22]);
    }

    #[test]
    fn no_spend_has_no_bars_and_the_smallest_spend_is_visible() {
        assert!(bars("2025-02-01", &[("0", "0")]).is_none());
        let bars = bars("2025-12-01", &[("0.000000000001", "0"), ("1000000000000000", "0")]).unwrap();
        assert!(bars.usage().starts_with("M4 184v-1h12v1z"));
    }
}
