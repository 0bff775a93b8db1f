//! The amounts of the example account, each a field.

use billing::access::Snapshot;
use billing::money::Money;

/// The amounts of the account that can be typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    Balance,
    FreeCredits,
    LifetimeSpend,
    PastDue,
    Pending,
    BalanceLimit,
    SettledSpend,
    ContractLimit,
}

impl Figure {
    pub(crate) const ALL: [Figure; 8] = [
        Figure::Balance,
        Figure::FreeCredits,
        Figure::LifetimeSpend,
        Figure::PastDue,
        Figure::Pending,
        Figure::BalanceLimit,
        Figure::SettledSpend,
        Figure::ContractLimit,
    ];

    /// Whether the field may be empty, and mean that nothing is set.
    pub(super) fn may_be_empty(self) -> bool {
        matches!(self, Figure::BalanceLimit | Figure::SettledSpend)
    }

    pub(crate) fn of(self, account: &Snapshot) -> Option<Money> {
        match self {
            Figure::Balance => Some(account.balance),
            Figure::FreeCredits => Some(account.free_credits),
            Figure::LifetimeSpend => Some(account.lifetime_spend),
            Figure::PastDue => Some(account.past_due),
            Figure::Pending => Some(account.pending),
            Figure::BalanceLimit => account.balance_limit,
            Figure::SettledSpend => account.tier_settled_spend,
            Figure::ContractLimit => account.contract.map(|contract| contract.credit_limit),
        }
    }

    pub(super) fn put(self, account: &mut Snapshot, value: Option<Money>) {
        let amount = value.unwrap_or(Money::ZERO);
        match self {
            Figure::Balance => account.balance = amount,
            Figure::FreeCredits => account.free_credits = amount,
            Figure::LifetimeSpend => account.lifetime_spend = amount,
            Figure::PastDue => account.past_due = amount,
            Figure::Pending => account.pending = amount,
            Figure::BalanceLimit => account.balance_limit = value,
            Figure::SettledSpend => account.tier_settled_spend = value,
            Figure::ContractLimit => {
                if let Some(contract) = &mut account.contract {
                    contract.credit_limit = amount;
                }
            }
        }
    }
}
