//! The tier chart: the tiers as rungs at their true thresholds on a logarithmic scale, the spend so far as a filled rail.

use crate::i18n::amounts::dollars;
use crate::ui::drawing::{drawing, label, line};
use billing::money::Money;
use billing::policy::Policy;
use billing::policy::Tier;
use leptos::prelude::*;

/// A coordinate, in the units of the drawing.
type Place = i64;

const WIDTH: Place = 300;
const HEIGHT: Place = 292;
/// The rail's distance from the left, which leaves room for the spend beside it.
const RAIL: Place = 96;
const TOP: Place = 14;
const BOTTOM: Place = 280;

/// A tier's rung at its height.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rung {
    pub(crate) tier: Tier,
    pub(crate) at: Money,
    pub(crate) reached: bool,
    pub(crate) next: bool,
    y: Place,
}

/// The figures of the drawing.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TierChart {
    pub(crate) rungs: Vec<Rung>,
    pub(crate) spend: Money,
    spend_y: Place,
}

impl TierChart {
    pub(crate) fn of(policy: &Policy, spend: Money) -> TierChart {
        let thresholds = || policy.tiers.iter().filter(|terms| terms.at.is_positive());
        let first = thresholds().next().map_or(0, |terms| logarithm(terms.at));
        let last = thresholds().next_back().map_or(0, |terms| logarithm(terms.at));
        // One step of a factor of two and a half below the first rung, and one above the last.
        let margin = LOGARITHM_OF_TWO.saturating_add(LOGARITHM_OF_TWO.checked_div(3).unwrap_or(0));
        let (lowest, highest) = (first.saturating_sub(margin), last.saturating_add(margin));
        let height = |amount: Money| {
            let above = logarithm(amount).clamp(lowest, highest).saturating_sub(lowest);
            let span = highest.saturating_sub(lowest).max(1);
            let rise = above.saturating_mul(BOTTOM.saturating_sub(TOP)).checked_div(span).unwrap_or(0);
            BOTTOM.saturating_sub(rise)
        };
        let next = thresholds().find(|terms| terms.at > spend).map(|terms| terms.tier);
        let rungs = thresholds().map(|terms| Rung {
            tier: terms.tier,
            at: terms.at,
            reached: terms.at <= spend,
            next: next == Some(terms.tier),
            y: height(terms.at),
        });
        TierChart { rungs: rungs.collect(), spend, spend_y: height(spend) }
    }
}

const LOGARITHM_OF_TWO: i64 = 1 << 12;

/// The logarithm to base 2, in units of 2^-12, of an amount in its smallest units; 0 for nothing.
fn logarithm(amount: Money) -> i64 {
    let units = amount.units().max(1).unsigned_abs();
    let whole = units.ilog2();
    // The mantissa, at least 1 and below 2, in units of 2^-31: each squaring yields one more binary digit.
    let mut mantissa =
        if whole > 31 { units >> whole.saturating_sub(31) } else { units << 31_u32.saturating_sub(whole) };
    let mut logarithm = i64::from(whole);
    for _ in 0..12 {
        mantissa = mantissa.saturating_mul(mantissa) >> 31;
        let bit = i64::from(mantissa >> 32 != 0);
        mantissa >>= bit;
        logarithm = logarithm.saturating_mul(2).saturating_add(bit);
    }
    logarithm
}

pub(crate) fn picture(chart: &TierChart) -> AnyView {
    let spend_y = chart.spend_y;
    let beside = |x: Place, y: Place| (RAIL.saturating_add(x), y.saturating_add(5));
    let rungs = chart.rungs.iter().flat_map(|rung| {
        let class = match (rung.reached, rung.next) {
            (true, _) => "rung reached",
            (false, true) => "rung next",
            (false, false) => "rung",
        };
        [
            line(class, format!("M{} {}h18", RAIL.saturating_sub(9), rung.y)),
            label(class, beside(24, rung.y), rung.tier.name().to_owned()),
            label(&format!("{class} amount"), (WIDTH, rung.y.saturating_add(5)), dollars(rung.at)),
        ]
    });
    let rails =
        [line("rail", format!("M{RAIL} {TOP}V{BOTTOM}")), line("climbed", format!("M{RAIL} {spend_y}V{BOTTOM}"))];
    // A ring, as two half circles.
    let ring = format!("M{} {spend_y}a5 5 0 1 1 10 0a5 5 0 1 1 -10 0", RAIL.saturating_sub(5));
    let spend = [line("spend", ring), label("spend amount", beside(-18, spend_y), dollars(chart.spend))];
    drawing("tier-chart", (WIDTH, HEIGHT), rails.into_iter().chain(rungs).chain(spend).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn equal_factors_have_equal_distances() {
        let step = |from: &str, to: &str| logarithm(money(to)) - logarithm(money(from));
        assert!((step("1", "10") - step("100", "1000")).abs() <= 2);
        assert!((step("1", "2") - LOGARITHM_OF_TWO).abs() <= 2);
        assert_eq!(logarithm(Money::ZERO), 0);
    }

    #[test]
    fn ti_1_rungs_ascend_and_spend_lies_between_reached_and_next() {
        let policy = Policy::shipped("prepaid").unwrap();
        let chart = TierChart::of(&policy, money("62.50"));
        assert_eq!(chart.rungs.len(), 5);
        assert!(chart.rungs.windows(2).all(|pair| pair[1].y < pair[0].y));
        assert!(chart.rungs[1].y > chart.spend_y && chart.spend_y > chart.rungs[2].y);
        assert!(chart.rungs[1].reached && chart.rungs[2].next && !chart.rungs[3].next);
    }

    #[test]
    fn any_spend_stays_on_the_drawing() {
        let policy = Policy::shipped("prepaid").unwrap();
        for spend in ["0", "0.000000000001", "1000000000000000"] {
            let chart = TierChart::of(&policy, money(spend));
            assert!((TOP..=BOTTOM).contains(&chart.spend_y), "{spend}");
        }
    }
}
