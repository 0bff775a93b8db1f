//! The balance chart as numbers: the balance of the coming month, falling with usage and jumping at each recharge.

use billing::money::Money;
use billing::projection::forecast::{Entry, Forecast, ForecastEvent};
use billing::rules::recharge::Setting;
use billing::time::Timestamp;

/// A place on the drawing, in its own units.
pub(super) type Place = i64;

pub(super) const WIDTH: Place = 480;
pub(super) const HEIGHT: Place = 232;
const TOP: Place = 34;
const BOTTOM: Place = 200;
/// Below the limit there is room for a word.
const ZONE: Place = 26;
/// The room that the name of a line takes.
const NAMED: Place = 22;
/// How far apart dates stand at least.
const APART: Place = 66;

/// An instant, with the balance before and after it.
type Point = (Timestamp, Money, Money);

/// How far from an edge a date's name stands at least.
const EDGE: Place = 24;

/// A date under the drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) x: Place,
    pub(super) at: Timestamp,
    pub(super) is_stop: bool,
}

impl Dated {
    /// Where its name stands: one at an edge stays on the drawing.
    pub(super) fn named_at(self) -> Place {
        self.x.clamp(EDGE, WIDTH.saturating_sub(EDGE))
    }
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct BalanceChart {
    from: Timestamp,
    until: Timestamp,
    lowest: Money,
    highest: Money,
    pub(super) floor: Money,
    /// The balance before and after each instant at which something comes; alike where it does not jump.
    points: Vec<Point>,
    pub(super) dates: Vec<Dated>,
}

impl BalanceChart {
    /// `floor` is the balance at which access stops, `setting` what auto-recharge goes by.
    pub(super) fn of(seen: &Forecast, floor: Money, setting: Option<Setting>) -> Option<BalanceChart> {
        let (from, until) = (seen.balances.first()?.0, seen.balances.last()?.0);
        let threshold = setting.map(|setting| setting.threshold.money());
        let mut points: Vec<Point> = Vec::new();
        for entry in &seen.entries {
            let point = (entry.at, before(entry)?, entry.balance);
            let next = seen.balances.iter().find(|(at, _)| *at > entry.at);
            match (&entry.what, setting, next) {
                (ForecastEvent::Recharge { purchases, .. }, Some(setting), Some(next)) => {
                    points.extend(teeth(point, *purchases, setting, *next));
                }
                _ => points.push(point),
            }
        }
        points.extend(seen.balances.iter().map(|(at, balance)| (*at, *balance, *balance)));
        // What comes at a midnight stands before the balance of that midnight: the order is kept.
        points.sort_by_key(|(at, ..)| *at);
        let amounts = || points.iter().flat_map(|(_, before, after)| [*before, *after]).chain(threshold);
        let lowest = amounts().chain([floor]).min()?;
        let highest = amounts().max()?.max(floor);
        let mut chart = BalanceChart { from, until, lowest, highest, floor, points, dates: Vec::new() };
        let is_dated =
            |entry: &&Entry| matches!(entry.what, ForecastEvent::Recharge { .. } | ForecastEvent::Suspended { .. });
        for entry in seen.entries.iter().filter(is_dated) {
            let is_stop = matches!(entry.what, ForecastEvent::Suspended { .. });
            let dated = Dated { x: chart.x(entry.at), at: entry.at, is_stop };
            if chart.dates.last().is_none_or(|last| dated.named_at().saturating_sub(last.named_at()) >= APART) {
                chart.dates.push(dated);
            }
        }
        Some(chart)
    }

    /// Where an instant stands.
    pub(super) fn x(&self, at: Timestamp) -> Place {
        let whole = i128::from(self.until.seconds_since(self.from).max(1));
        let passed = i128::from(at.seconds_since(self.from));
        let x = passed.saturating_mul(i128::from(WIDTH)).checked_div(whole).unwrap_or(0);
        Place::try_from(x).unwrap_or(0).clamp(0, WIDTH)
    }

    /// Where an amount stands: what is lowest stands above the room for the zone.
    pub(super) fn y(&self, amount: Money) -> Place {
        let span = self.highest.units().saturating_sub(self.lowest.units()).max(1);
        let above = amount.units().saturating_sub(self.lowest.units()).clamp(0, span);
        let room = i128::from(BOTTOM.saturating_sub(ZONE).saturating_sub(TOP));
        let rise = above.saturating_mul(room).checked_div(span).unwrap_or(0);
        BOTTOM.saturating_sub(ZONE).saturating_sub(Place::try_from(rise).unwrap_or(0))
    }

    /// Where a line's name stands: below it, where the balance seldom is; above it where there is no room.
    pub(super) fn below(&self, amount: Money) -> Place {
        let y = self.y(amount);
        let has_room = self.y(self.floor).saturating_sub(y) >= NAMED;
        if has_room { y.saturating_add(NAMED).saturating_sub(6) } else { y.saturating_sub(6) }
    }

    /// The balance, as an SVG path.
    pub(super) fn outline(&self) -> String {
        let step = |(index, (at, before, after)): (usize, &(Timestamp, Money, Money))| {
            let (x, from, to) = (self.x(*at), self.y(*before), self.y(*after));
            let way = if index == 0 { 'M' } else { 'L' };
            if from == to { format!("{way}{x} {from}") } else { format!("{way}{x} {from}V{to}") }
        };
        self.points.iter().enumerate().map(step).collect()
    }

    /// The area between the balance and the limit.
    pub(super) fn area(&self) -> String {
        let floor = self.y(self.floor);
        format!("{}L{WIDTH} {floor}H0Z", self.outline())
    }

    /// AC-1: where access is stopped.
    pub(super) fn zone(&self) -> String {
        format!("M0 {}H{WIDTH}V{BOTTOM}H0Z", self.y(self.floor))
    }
}

/// AR-3: the purchases of a day, which the forecast has in one entry, each at its time: first what takes the balance over the
/// threshold, then one whenever the day's pace has taken it down to the threshold again.
fn teeth(point: Point, purchases: u64, setting: Setting, (end, last): (Timestamp, Money)) -> Vec<Point> {
    let (begin, before, _) = point;
    let (amount, threshold) = (setting.amount.money(), setting.threshold.money());
    let at_once =
        threshold.checked_sub(before).and_then(|gap| gap.div_ceil(setting.amount)).unwrap_or(purchases).max(1);
    let later = purchases.saturating_sub(at_once);
    let whole = end.seconds_since(begin);
    let tooth = |number: u64| -> Option<Point> {
        let top = before.checked_add(amount.times(at_once).ok()?).ok()?;
        let fallen = top.checked_sub(threshold).ok()?.checked_add(amount.times(number.checked_sub(1)?).ok()?).ok()?;
        let fall = top.checked_add(amount.times(later).ok()?).ok()?.checked_sub(last).ok()?;
        let seconds = fallen.units().checked_mul(i128::from(whole))?.checked_div(fall.units())?;
        let seconds = u64::try_from(seconds).ok()?.min(whole);
        Some((begin.plus_seconds(seconds)?, threshold, threshold.checked_add(amount).ok()?))
    };
    // More teeth than the drawing is wide cannot be told apart.
    let drawn = later.min(u64::try_from(WIDTH).unwrap_or(0));
    let first = before.checked_add(amount.times(at_once).unwrap_or(amount)).unwrap_or(before);
    let mut teeth = vec![(begin, before, if later == 0 { point.2 } else { first })];
    teeth.extend((1..=drawn).filter_map(|number| tooth(number.checked_mul(later)?.checked_div(drawn)?)));
    teeth
}

/// The balance before something came.
fn before(entry: &Entry) -> Option<Money> {
    let Entry { balance, what, .. } = entry;
    match what {
        ForecastEvent::Recharge { total, .. } => balance.checked_sub(*total).ok(),
        // IN-1: what is due is no longer owed by the balance.
        ForecastEvent::MonthEnd { due, .. } => balance.checked_sub(due.money()).ok(),
        ForecastEvent::Expiry { amount } => balance.checked_add(*amount).ok(),
        ForecastEvent::Charge { .. }
        | ForecastEvent::PastDue { .. }
        | ForecastEvent::Suspended { .. }
        | ForecastEvent::Recovered => Some(*balance),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;
    use crate::session::AccountView;
    use billing::money::Charge;
    use billing::projection::forecast::{ForecastQuestion, Scenario, look_ahead};

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    fn session() -> AccountView {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        Preset::BuildTier2.session(crate::session::policies::dated().unwrap(), opened).unwrap()
    }

    /// A balance of $38.20 under $5.00 a day, with $25.00 bought below a threshold.
    fn chart(threshold: Option<&str>) -> (Forecast, BalanceChart) {
        chart_of("5", threshold)
    }

    fn chart_of(per_day: &str, threshold: Option<&str>) -> (Forecast, BalanceChart) {
        let session = session();
        let question = ForecastQuestion { usage_per_day: money(per_day), days: 30, running: true };
        let charge = |text| Charge::parse(text).unwrap();
        let setting = threshold.map(|threshold| Setting { amount: charge("25"), threshold: charge(threshold) });
        let supposed = Scenario { bought: None, setting };
        let seen =
            look_ahead(session.policies(), session.account(), session.now(), &question, Some(&supposed)).unwrap();
        let chart = BalanceChart::of(&seen, Money::ZERO, setting).unwrap();
        (seen, chart)
    }

    #[test]
    fn ar_2_each_recharge_is_a_jump_from_the_threshold() {
        let (seen, chart) = chart(Some("10"));
        let threshold = chart.y(money("10"));
        let jumps = chart.points.iter().filter(|(_, before, after)| before < after);
        assert!(jumps.clone().all(|(_, before, _)| (chart.y(*before) - threshold).abs() <= 1));
        assert_eq!(u64::try_from(jumps.count()).unwrap(), seen.totals.purchases);
        assert!(chart.outline().starts_with("M0 "));
        assert!(chart.dates.windows(2).all(|pair| pair[1].named_at() - pair[0].named_at() >= APART));
        assert!(chart.dates.iter().all(|dated| !dated.is_stop));
    }

    /// AR-3: four purchases a day are four teeth, and the balance is never drawn higher than it can be.
    #[test]
    fn ar_3_the_purchases_of_a_day_are_drawn_each_at_its_time() {
        let (seen, chart) = chart_of("100", Some("10"));
        assert!(seen.entries.iter().any(|entry| matches!(entry.what, ForecastEvent::Recharge { purchases: 3.., .. })));
        let jumps: Vec<_> = chart.points.iter().filter(|(_, before, after)| before < after).collect();
        assert_eq!(u64::try_from(jumps.len()).unwrap(), seen.totals.purchases);
        assert!(jumps.iter().all(|(_, before, after)| *after <= money("35.01") && *before >= money("9.99")));
        assert!(jumps.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    /// What the threshold asks for at once is one jump.
    #[test]
    fn ar_3_purchases_at_once_are_one_jump() {
        let (seen, chart) = chart_of("5", Some("150"));
        let jumps: Vec<_> = chart.points.iter().filter(|(_, before, after)| before < after).collect();
        let (at, before, after) = jumps[0];
        assert_eq!((*at, *before, *after), (seen.balances[0].0, money("38.20"), money("163.20")));
    }

    #[test]
    fn ac_1_without_it_the_balance_comes_down_to_the_zone_and_stays() {
        let (_, chart) = chart(None);
        assert_eq!(chart.dates.len(), 1);
        assert!(chart.dates[0].is_stop);
        assert_eq!(chart.y(Money::ZERO), BOTTOM - ZONE);
        assert!(chart.outline().ends_with(&format!("L{WIDTH} {}", BOTTOM - ZONE)));
        assert_eq!(chart.y(money("38.20")), TOP);
    }

    #[test]
    fn any_forecast_stays_on_the_drawing() {
        for threshold in ["0.01", "1000000000"] {
            let (seen, chart) = chart(Some(threshold));
            assert!(seen.balances.iter().all(|(at, amount)| {
                (0..=WIDTH).contains(&chart.x(*at)) && (TOP..=BOTTOM).contains(&chart.y(*amount))
            }));
        }
    }
}
