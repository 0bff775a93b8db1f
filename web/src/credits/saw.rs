//! The saw as numbers: the balance of the coming month, falling with usage and jumping at each recharge.

use billing::forecast::{Coming, Entry, Forecast};
use billing::money::Money;
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

/// A date under the drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) x: Place,
    pub(super) at: Timestamp,
    pub(super) is_stop: bool,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Saw {
    from: Timestamp,
    until: Timestamp,
    lowest: Money,
    highest: Money,
    pub(super) floor: Money,
    /// The balance before and after each instant at which something comes; alike where it does not jump.
    points: Vec<(Timestamp, Money, Money)>,
    pub(super) dates: Vec<Dated>,
}

impl Saw {
    /// `floor` is the balance at which access stops, `threshold` what auto-recharge watches for.
    pub(super) fn of(seen: &Forecast, floor: Money, threshold: Option<Money>) -> Option<Saw> {
        let (from, until) = (seen.balances.first()?.0, seen.balances.last()?.0);
        let mut points: Vec<(Timestamp, Money, Money)> = Vec::new();
        for entry in &seen.entries {
            points.push((entry.at, before(entry)?, entry.balance));
        }
        points.extend(seen.balances.iter().map(|(at, balance)| (*at, *balance, *balance)));
        // What comes at a midnight stands before the balance of that midnight: the order is kept.
        points.sort_by_key(|(at, ..)| *at);
        let amounts = || points.iter().flat_map(|(_, before, after)| [*before, *after]).chain(threshold);
        let lowest = amounts().chain([floor]).min()?;
        let highest = amounts().max()?.max(floor);
        let mut saw = Saw { from, until, lowest, highest, floor, points, dates: Vec::new() };
        let is_dated = |entry: &&Entry| matches!(entry.what, Coming::Recharge { .. } | Coming::Suspended { .. });
        for entry in seen.entries.iter().filter(is_dated) {
            let (x, is_stop) = (saw.x(entry.at), matches!(entry.what, Coming::Suspended { .. }));
            if saw.dates.last().is_none_or(|last| x.saturating_sub(last.x) >= APART) {
                saw.dates.push(Dated { x, at: entry.at, is_stop });
            }
        }
        Some(saw)
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

    /// Where a line's name stands: below it, where the saw seldom is; above it where there is no room.
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

/// The balance before something came.
fn before(entry: &Entry) -> Option<Money> {
    let Entry { balance, what, .. } = entry;
    match what {
        Coming::Recharge { total, .. } => balance.minus(*total).ok(),
        // IN-1: what is due is no longer owed by the balance.
        Coming::MonthEnd { due, .. } => balance.minus(due.money()).ok(),
        Coming::Expiry { amount } => balance.plus(*amount).ok(),
        Coming::Charge { .. } | Coming::PastDue { .. } | Coming::Suspended { .. } | Coming::Recovered => Some(*balance),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Preset;
    use crate::life::Life;
    use billing::forecast::{Question, Supposed, look_ahead};
    use billing::money::Charge;
    use billing::recharge::Setting;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    fn life() -> Life {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        Preset::BuildTier2.life(crate::policies::dated().unwrap(), opened).unwrap()
    }

    /// A balance of $38.20 under $5.00 a day, with $25.00 bought below a threshold.
    fn saw(threshold: Option<&str>) -> (Forecast, Saw) {
        let life = life();
        let question = Question { usage_per_day: money("5"), days: 30, running: true };
        let charge = |text| Charge::parse(text).unwrap();
        let setting = threshold.map(|threshold| Setting { amount: charge("25"), threshold: charge(threshold) });
        let supposed = Supposed { bought: None, setting };
        let seen = look_ahead(life.policies(), life.account(), life.now(), &question, Some(&supposed)).unwrap();
        let saw = Saw::of(&seen, Money::ZERO, threshold.map(money)).unwrap();
        (seen, saw)
    }

    #[test]
    fn ar_2_each_recharge_is_a_jump_from_the_threshold() {
        let (seen, saw) = saw(Some("10"));
        let threshold = saw.y(money("10"));
        let jumps = saw.points.iter().filter(|(_, before, after)| before < after);
        assert!(jumps.clone().all(|(_, before, _)| (saw.y(*before) - threshold).abs() <= 1));
        assert_eq!(u64::try_from(jumps.count()).unwrap(), seen.totals.purchases);
        assert!(saw.outline().starts_with("M0 "));
        assert!(saw.dates.windows(2).all(|pair| pair[1].x - pair[0].x >= APART));
        assert!(saw.dates.iter().all(|dated| !dated.is_stop));
    }

    #[test]
    fn ac_1_without_it_the_balance_comes_down_to_the_zone_and_stays() {
        let (_, saw) = saw(None);
        assert_eq!(saw.dates.len(), 1);
        assert!(saw.dates[0].is_stop);
        assert_eq!(saw.y(Money::ZERO), BOTTOM - ZONE);
        assert!(saw.outline().ends_with(&format!("L{WIDTH} {}", BOTTOM - ZONE)));
        assert_eq!(saw.y(money("38.20")), TOP);
    }

    #[test]
    fn any_forecast_stays_on_the_drawing() {
        for threshold in ["0.01", "1000000000"] {
            let (seen, saw) = saw(Some(threshold));
            assert!(
                seen.balances.iter().all(|(at, amount)| {
                    (0..=WIDTH).contains(&saw.x(*at)) && (TOP..=BOTTOM).contains(&saw.y(*amount))
                })
            );
        }
    }
}
