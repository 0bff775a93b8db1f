//! Why a command is refused: every finding that applies, each with what would lift it.

use crate::finding::{Finding, findings};
use crate::ledger::purchase::Stage;
use crate::money::{Charge, Money, MoneyError};
use crate::payment_method::card::problem::{Field, FieldProblem};
use crate::payment_method::tax_id::TaxIdProblem;
use crate::rules::access::{Refusal, Remedy};
use crate::rules::credit::PurchaseProblem;
use crate::rules::recharge::Warning;

findings! {
    /// What the account's own state has against a command.
    pub enum Rule {
        /// Time does not run backwards.
        BeforeHistory = "command.before_history" none,
        /// No policy is in force yet.
        NoPolicy = "command.no_policy" Cr6,
        /// More would happen than one command may do; take smaller steps in time.
        TooFar { events: u64 } = "command.too_far" none,
        /// A sum leaves what can be represented.
        OutOfRange = "command.out_of_range" none,
        /// An amount below zero.
        NegativeAmount = "money.negative" none,
        /// An amount of nothing.
        NoAmount = "command.no_amount" none,
        /// PM-6: no address came with the card.
        AddressMissing = "card.address_missing" Pm6,
        /// PM-5: the bank says that the security code is wrong.
        SecurityCodeMismatch = "card.security_code_mismatch" Pm5,
        /// PM-5: a card number where the processor's name for the card belongs.
        NumberAsToken = "card.number_as_token" Pm5,
        /// PM-10: no card waits for a hold.
        NoHold = "card.no_hold" Pm10,
        /// PM-7: there is no card to charge.
        NoCard = "payment.no_card" Pm7,
        /// PM-5: the linked card has expired.
        CardExpired { month: u64, year: u64 } = "payment.card_expired" Pm5,
        /// PM-10: the card waits for its $0 hold.
        HoldUnapproved = "payment.hold_unapproved" Pm10,
        /// PP-4: another purchase is pending.
        AnotherPending { pending: Money } = "purchase.another_pending" Pp4,
        /// PP-4: the key is that of a purchase of another amount.
        KeyReused { amount: Charge } = "purchase.key_reused" Pp4,
        /// AR-5: keys that begin like this are auto-recharge's.
        KeyReserved = "purchase.key_reserved" Ar5,
        /// PP-1: there is no such purchase.
        PurchaseUnknown = "purchase.unknown" Pp1,
        /// PP-1: the purchase is at another stage.
        PurchaseStage { stage: Stage } = "purchase.wrong_stage" Pp1,
        /// AR-4: something has changed since the preview.
        PreviewOutdated { previewed: u64, purchases: u64 } = "recharge.preview_outdated" Ar4,
        /// AC-6: the limit is above what the account may set.
        LimitAboveCeiling { limit: Money, ceiling: Money } = "limit.above_ceiling" Ac6,
        /// CR-5: the grant was made with another amount.
        GrantReused { amount: Money } = "credits.grant_reused" Cr5,
        /// UC-1: a deployment of this name exists.
        DeploymentExists = "deployment.exists" Uc1,
        /// UC-1: there is no such deployment.
        DeploymentUnknown = "deployment.unknown" Uc1,
        /// UC-1: it was stopped.
        DeploymentStopped = "deployment.stopped" Uc1,
        /// UC-1: so many are running that no more can be.
        TooManyDeployments { most: u64 } = "deployment.too_many" Uc1,
        /// IN-1: there is no such invoice.
        InvoiceUnknown = "invoice.unknown" In1,
        /// IN-2: credits covered all of it.
        NothingDue = "invoice.nothing_due" In2,
        /// IN-3: it was paid.
        AlreadyPaid = "invoice.already_paid" In3,
        /// IN-3: it is being charged.
        BeingCharged { due: Charge } = "invoice.being_charged" In3,
        /// IN-3: no charge of it is under way.
        NotBeingCharged = "invoice.not_being_charged" In3,
        /// AC-7: there is no contract to end.
        NoContract = "contract.none" Ac7,
    }
}

impl From<MoneyError> for Rule {
    fn from(error: MoneyError) -> Rule {
        if error == MoneyError::Negative { Rule::NegativeAmount } else { Rule::OutOfRange }
    }
}

/// A reason against a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection<'a> {
    /// The account's state is against it.
    Rule(Rule),
    /// CR-3: the amount may not be bought.
    Purchase(PurchaseProblem),
    /// PM-1..8: something is wrong with the card.
    Card(FieldProblem),
    /// PM-9: something is wrong with the tax id.
    TaxId(TaxIdProblem),
    /// AR-6: auto-recharge could not act.
    Recharge(Warning),
    /// AC-1..9: there is no access.
    Access(Refusal<'a>),
}

impl Rejection<'_> {
    /// What was found.
    #[must_use]
    pub fn finding(&self) -> &dyn Finding {
        match self {
            Rejection::Rule(rule) => rule,
            Rejection::Purchase(problem) => problem,
            Rejection::Card(problem) => &problem.problem,
            Rejection::TaxId(problem) => problem,
            Rejection::Recharge(warning) => warning,
            Rejection::Access(refusal) => &refusal.reason,
        }
    }

    /// The field of a form that it belongs to, where it is about a card.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        match self {
            Rejection::Card(problem) => Some(problem.field),
            _ => None,
        }
    }

    /// AC-3: what would lift it.
    #[must_use]
    pub fn remedies(&self) -> &[Remedy] {
        match self {
            Rejection::Access(refusal) => &refusal.remedies,
            _ => &[],
        }
    }

    /// AC-9: whether the same command can succeed without anybody doing anything.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Rejection::Access(Refusal { retryable: true, .. }))
    }
}

/// AC-3: what the customer can do about a rejection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// AC-3: a remedy of the refusal.
    Remedy(Remedy),
    /// PM-5, PM-7, PM-10, AR-6: link a card that can be charged.
    LinkCard,
    /// PP-4: confirm that a second purchase is meant while one is pending.
    BuyAnother,
}

impl Rejection<'_> {
    /// AC-3: what the customer can do about it: the [offered](Refusal::offered_remedies) remedies, another card where the
    /// card stands in the way, or a second purchase that is meant (PP-4).
    pub fn ways_out(&self) -> impl Iterator<Item = WayOut> {
        let remedies = match self {
            Rejection::Access(refusal) => Some(refusal.offered_remedies().map(WayOut::Remedy)),
            _ => None,
        };
        let other = match self {
            Rejection::Rule(Rule::NoCard | Rule::CardExpired { .. } | Rule::HoldUnapproved)
            | Rejection::Recharge(Warning::NoCard | Warning::CardNotRecurring) => Some(WayOut::LinkCard),
            Rejection::Rule(Rule::AnotherPending { .. }) => Some(WayOut::BuyAnother),
            _ => None,
        };
        remedies.into_iter().flatten().chain(other)
    }
}

impl From<Rule> for Rejection<'_> {
    fn from(rule: Rule) -> Self {
        Rejection::Rule(rule)
    }
}

impl From<MoneyError> for Rejection<'_> {
    fn from(error: MoneyError) -> Self {
        Rejection::Rule(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn ways_out(rejection: &Rejection<'_>) -> Vec<WayOut> {
        rejection.ways_out().collect()
    }

    #[test]
    fn pm_7_a_card_that_cannot_be_charged_is_replaced() {
        let of_card = [
            Rejection::Rule(Rule::NoCard),
            Rejection::Rule(Rule::CardExpired { month: 1, year: 2026 }),
            Rejection::Rule(Rule::HoldUnapproved),
            Rejection::Recharge(Warning::NoCard),
            Rejection::Recharge(Warning::CardNotRecurring),
        ];
        assert!(of_card.iter().all(|rejection| ways_out(rejection) == [WayOut::LinkCard]));
    }

    #[test]
    fn pp_4_a_second_purchase_can_be_meant() {
        let pending = Money::parse("5").unwrap();
        assert_eq!(ways_out(&Rejection::Rule(Rule::AnotherPending { pending })), [WayOut::BuyAnother]);
    }

    #[test]
    fn a_rule_that_nothing_lifts_has_no_way_out() {
        assert_eq!(ways_out(&Rejection::Rule(Rule::AlreadyPaid)), []);
    }
}
