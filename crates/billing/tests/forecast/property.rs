//! A forecast is what then happens, and every question has an answer.

use crate::{Life, at, charge, money};
use billing::ledger::{Command, decide};
use billing::money::{Charge, Money, MoneyError};
use billing::policy::{Policies, Policy};
use billing::projection::forecast::{ForecastError, ForecastEvent, ForecastQuestion, forecast};
use billing::time::Timestamp;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// AR-3, IN-1, UC-2, UC-5: usage at an even pace and a deployment, hour by hour with a bank that approves at once, come to
    /// exactly what the forecast said: at every midnight the same balance, in the end as many purchases, the same invoices, the
    /// same cost of deployments and of each month, whenever on its first day the forecast begins.
    #[test]
    fn what_is_forecast_is_what_happens(
        cents_per_hour in 0_u64..400,
        per_minute in 0_u64..30,
        amount in 5_u64..60,
        threshold in 0_u64..200,
        postpaid in any::<bool>(),
        first_hour in 0_u64..24,
    ) {
        let policy = Policy::shipped(if postpaid { "credit-limit" } else { "prepaid" }).unwrap();
        let opened = "2027-12-20T00:00:00Z";
        let mut life = Life::with_card(Policies::always(policy.clone()), opened, "300.00");
        life.deploy(opened, &format!("0.{per_minute:04}"));
        let start = format!("2027-12-20T{first_hour:02}:00:00Z");
        life.recharge(&start, &format!("{amount}.00"), &format!("{threshold}.50"));
        let per_hour = money("0.01").times(cents_per_hour).unwrap();
        let days = 45;
        let seen = life.forecast(&start, &per_hour.times(24).unwrap().to_string(), days);
        let before = life.recharged();
        let hosted = |life: &Life, now| life.account.totals().hosted.checked_add(life.account.uncharged(now).unwrap()).unwrap();
        let hosted_before = hosted(&life, at(&start));
        prop_assume!(seen.access_stops.is_none());
        let mut midnights = seen.balances.iter().filter(|(midnight, _)| *midnight > at(&start));
        for hour in 1..=24 * days {
            let now = at(&start).plus_seconds(3600 * hour).unwrap();
            if (first_hour + hour) % 24 == 0 {
                // What was used in the last hour before a midnight belongs to the day.
                let just_before = Timestamp::from_unix_nanoseconds(now.unix_nanoseconds() - 1).unwrap();
                life.use_some(just_before, per_hour);
                life.tell(now, &Command::Advance);
                let (midnight, balance) = midnights.next().unwrap();
                prop_assert_eq!((*midnight, *balance), (now, life.account.balance(now).unwrap()));
            } else {
                life.use_some(now, per_hour);
            }
        }
        prop_assert_eq!(seen.totals.purchases, life.recharged() - before);
        let due: Vec<Charge> = life.account.invoices().iter().map(|invoice| invoice.due).collect();
        let forecast_due = seen.entries.iter().filter_map(|entry| match &entry.what {
            ForecastEvent::MonthEnd { due, .. } => Some(*due),
            _ => None,
        });
        prop_assert_eq!(forecast_due.collect::<Vec<Charge>>(), due);
        prop_assert_eq!(seen.totals.charged, life.account.totals().paid);
        let end = at(&start).plus_seconds(86_400 * days).unwrap();
        let hosted_since = hosted(&life, end).checked_sub(hosted_before).unwrap();
        prop_assert_eq!(seen.totals.deployments, hosted_since);
        // The first month holds what was used before the forecast, the last one is in progress.
        let this_month = life.account.usage_at(&policy, end).unwrap().total;
        let mut months: Vec<Money> = life.account.invoices().iter().map(|invoice| invoice.usage.total).collect();
        months.push(this_month);
        months.retain(|total| total.is_positive());
        if let Some(first) = months.first_mut() {
            *first = first.checked_sub(hosted_before).unwrap();
        }
        let used = seen.months.iter().map(|(_, sums)| sums.usage.checked_add(sums.deployments).unwrap());
        prop_assert_eq!(used.collect::<Vec<Money>>(), months);
    }

    /// Whatever is asked, there is a forecast or a reason why not; nothing panics, and the entries stand in order.
    #[test]
    fn any_question_has_an_answer(usage in 0_u64..=1_000_000_000_000_000, days in 1_u64..=366, amount in 5_u64..1_000_000, threshold in 0_u64..1_000_000) {
        let policies = [Policy::shipped("credit-limit").unwrap(), Policy::shipped("prepaid").unwrap()];
        let mut life = Life::with_card(Policies::dated(policies.iter().cloned()), "2025-11-20T10:00:00Z", "60.00");
        life.account = decide(&life.policies, &life.account, at("2025-11-20T10:00:00Z"), &Command::SetAutoRecharge {
            amount: Some(charge(&amount.to_string())), threshold: charge(&threshold.to_string()), purchases: None,
        }).unwrap().account;
        let question = ForecastQuestion { usage_per_day: money(&usage.to_string()), days, running: true };
        match forecast(&life.policies, &life.account, at("2025-11-20T10:00:00Z"), &question) {
            Ok(seen) => {
                prop_assert!(seen.entries.is_sorted_by_key(|entry| entry.at));
                prop_assert!(seen.entries.len() < 4 * 366);
            }
            Err(error) => prop_assert_eq!(error, ForecastError::Money(MoneyError::OutOfRange)),
        }
    }
}
