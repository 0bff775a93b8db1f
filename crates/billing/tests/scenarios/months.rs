//! Months: when they end, and what falls due.

use crate::credit_limit;
use crate::life::{Life, money, start, usage};

/// Months end at midnight in UTC, in whatever offset an instant is written.
#[test]
fn f21_months_end_at_midnight_in_utc() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2025-11-10", "5.00");
    let month = |life: &Life| life.account.month().unwrap().to_string();
    // In Kiritimati it is the 1st of December, and still November in UTC.
    life.tell("2025-12-01T13:59:59.999999999+14:00", &usage("1.00"));
    assert_eq!(month(&life), "2025-11-01");
    // In New York it is the evening of the 30th, and December in UTC.
    assert_eq!(life.tell("2025-11-30T19:00:00-05:00", &usage("2.00")), ["invoice_drawn", "usage_recorded"]);
    assert_eq!(month(&life), "2025-12-01");
    assert_eq!(life.account.invoice("2025-11").unwrap().usage.total, money("1.00"));
}

/// A month of any length ends when the next begins: February in a leap year and not, December into January.
#[test]
fn every_month_ends_when_the_next_begins() {
    let policy = credit_limit();
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for year in [2026, 2027, 2028, 2100] {
        let mut life = Life::funded(&policy, &format!("{}-12-31", year - 1), "100.00");
        for (month, length) in (1..).zip(lengths) {
            let length = length + u8::from(month == 2 && year == 2028);
            let last = format!("{year}-{month:02}-{length:02} 23:59:59.999999999");
            assert_eq!(life.tell(&last, &usage("1.00")), ["usage_recorded"], "{last}");
            let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            let first = format!("{next_year}-{next:02}-01T00:00:00Z");
            assert_eq!(life.passes(&first), [format!("{first} invoice_drawn")]);
            assert_eq!(&*life.account.invoices().last().unwrap().id, format!("{year}-{month:02}"));
        }
        assert_eq!(life.account.invoices().len(), 12);
    }
}

/// An account of one day has a month of one day.
#[test]
fn an_account_opened_on_the_last_day_of_a_month_is_invoiced_for_that_day() {
    let policy = credit_limit();
    let mut life = Life::with_card(&policy, "2027-02-28 23:00");
    life.buys("2027-02-28 23:10", "k1", "5.00");
    life.tell("2027-02-28 23:20", &usage("7.00"));
    assert_eq!(
        life.passes("2027-03-03"),
        ["2027-03-01T00:00:00Z invoice_drawn", "2027-03-03T00:00:00Z invoice_charge_started"]
    );
    assert_eq!(life.invoice("2027-02"), ("charging", "5.00".into(), "2.00".into()));
}

/// Every month is closed when it ends and charged on the 3rd, although nobody looks until later.
#[test]
fn months_that_nobody_looked_at_are_closed_and_charged_on_their_days() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2027-01-15", "5.00");
    life.tell("2027-01-15", &usage("6.00"));
    life.tell("2027-01-30 23:59:30", &start("d", "0.01"));
    let told = life.passes("2027-05-10");
    let months: Vec<&String> = told.iter().filter(|line| !line.ends_with("deployment_charged")).collect();
    assert_eq!(
        months,
        [
            "2027-02-01T00:00:00Z invoice_drawn",
            "2027-02-03T00:00:00Z invoice_charge_started",
            "2027-03-01T00:00:00Z invoice_drawn",
            "2027-03-03T00:00:00Z invoice_charge_started",
            "2027-04-01T00:00:00Z invoice_drawn",
            "2027-04-03T00:00:00Z invoice_charge_started",
            "2027-05-01T00:00:00Z invoice_drawn",
            "2027-05-03T00:00:00Z invoice_charge_started",
        ]
    );
    // One charge for each midnight by which a minute was over: none on the 31st of January.
    assert_eq!(told.len() - months.len(), 28 + 31 + 30 + 10);
    // 6.00 + 1440 minutes - 5.00; then 28, 31 and 30 days of 1440 minutes.
    let due: Vec<String> = life.account.invoices().iter().map(|invoice| invoice.due.to_string()).collect();
    assert_eq!(due, ["15.40", "403.20", "446.40", "432.00"]);
}

/// Credits that come an instant before the invoice lower it; at that instant or later they do not.
#[test]
fn f29_credits_lower_an_invoice_only_if_they_come_before_it() {
    let policy = credit_limit();
    let cases = [
        ("2025-11-30 23:59:59.999999999", "0.00", "40.00"),
        ("2025-12-01 00:00:00", "60.00", "100.00"),
        ("2025-12-01 00:00:00.000000001", "60.00", "100.00"),
    ];
    for (bought, due, balance) in cases {
        let mut life = Life::funded(&policy, "2025-11-10", "5.00");
        life.tell("2025-11-20", &usage("65.00"));
        life.buys(bought, "k1", "100.00");
        life.passes("2025-12-01 00:01");
        assert_eq!((life.invoice("2025-11").2.as_str(), life.balance("2025-12-01 00:01").as_str()), (due, balance));
        // Nor do they ever: what is due is charged to the card.
        let charged = life.passes("2025-12-03");
        assert_eq!(charged.len(), usize::from(due != "0.00"));
        assert_eq!(life.balance("2025-12-03"), balance);
    }
}
