//! An access decision as it would be written without policies: figures in the code, plain `Decimal`s, every reason with
//! its remedy. It is the measure for what the dated documents cost.

use rust_decimal::Decimal;

/// What the decision needs.
pub(crate) struct Snapshot {
    balance: Decimal,
    lifetime_spend: Decimal,
    past_due: Decimal,
    cost: Decimal,
    model: &'static str,
}

impl Snapshot {
    /// The same account as the one that the rules judge.
    pub(crate) fn example() -> Snapshot {
        Snapshot {
            balance: Decimal::new(-10_000, 2),
            lifetime_spend: Decimal::new(250, 2),
            past_due: Decimal::new(4_210, 2),
            cost: Decimal::new(3_000, 2),
            model: "flux1.1-pro",
        }
    }
}

/// A reason with the amount that lifts it.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "it is written to be measured, not to be read")]
pub(crate) enum Reason {
    NoPurchase(Decimal),
    PastDue(Decimal),
    LimitReached(Decimal),
    CostNotCovered(Decimal),
    TierTooLow(Decimal),
}

/// Status, what may be spent, and every reason.
pub(crate) type Decision = (u16, Decimal, [Option<Reason>; 5]);

pub(crate) fn decide(account: &Snapshot) -> Decision {
    let dollars = |amount: i64| Decimal::new(amount.saturating_mul(100), 2);
    let (five, fifty) = (dollars(5), dollars(50));
    let spend = account.lifetime_spend;
    let tier = [5, 50, 100, 250, 1000].into_iter().filter(|at| spend >= dollars(*at)).count();
    let limit = if tier == 0 { Decimal::ZERO } else { dollars(100) };
    let above = account.balance.saturating_add(limit);
    let spendable = above.max(Decimal::ZERO);
    let cent = Decimal::new(1, 2);
    let reasons = [
        (spend < five).then(|| Reason::NoPurchase(five.saturating_sub(spend).max(five))),
        (account.past_due > Decimal::ZERO).then_some(Reason::PastDue(account.past_due)),
        (above <= Decimal::ZERO).then(|| Reason::LimitReached(cent.saturating_sub(above).max(five))),
        (spendable < account.cost).then(|| Reason::CostNotCovered(account.cost.saturating_sub(above).max(five))),
        (matches!(account.model, "flux.1-pro" | "flux1.1-pro") && tier < 2)
            .then(|| Reason::TierTooLow(fifty.saturating_sub(spend).max(five))),
    ];
    let has = |place: usize| reasons.get(place).is_some_and(Option::is_some);
    let status = match (has(0), has(4), has(1) || has(2) || has(3)) {
        (true, _, _) => 401,
        (_, true, _) => 403,
        (_, _, true) => 402,
        _ => 200,
    };
    (status, spendable, reasons)
}
