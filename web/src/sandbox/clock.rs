//! The sandbox's clock: where its buttons lead.

use billing::policy::Policy;
use billing::time::{Date, Timestamp};

/// How far time is moved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jump {
    Minute,
    Hour,
    /// IN-1: to the instant at which the month is closed.
    MonthEnd,
    /// IN-3: to the instant at which invoices are charged.
    ChargeDay,
}

impl Jump {
    pub(crate) const ALL: [Jump; 4] = [Jump::Minute, Jump::Hour, Jump::MonthEnd, Jump::ChargeDay];
}

pub(crate) fn after(jump: Jump, now: Timestamp, policy: &Policy) -> Option<Timestamp> {
    let next_month = || now.date().first_of_month_after(1);
    let charge_day = |first: Date| first.with_day(policy.charge_day).map(Date::start);
    match jump {
        Jump::Minute => now.plus_seconds(60),
        Jump::Hour => now.plus_seconds(3600),
        Jump::MonthEnd => next_month().map(Date::start),
        Jump::ChargeDay => charge_day(now.date()).filter(|day| *day > now).or_else(|| charge_day(next_month()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_moves_forward_to_the_start_of_a_day() {
        let policy = Policy::shipped("prepaid").unwrap();
        for (jump, now, expected) in [
            (Jump::Minute, "2025-12-31T23:59:30Z", "2026-01-01T00:00:30Z"),
            (Jump::Hour, "2025-12-31T23:59:30Z", "2026-01-01T00:59:30Z"),
            (Jump::MonthEnd, "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z"),
            (Jump::ChargeDay, "2025-12-02T23:00:00Z", "2025-12-03T00:00:00Z"),
            (Jump::ChargeDay, "2025-12-03T00:00:00Z", "2026-01-03T00:00:00Z"),
        ] {
            let now = Timestamp::parse(now).unwrap();
            assert_eq!(after(jump, now, &policy), Timestamp::parse(expected).ok());
        }
    }
}
