//! What keeps a card from being charged, and auto-recharge from buying.

use crate::ledger::account::Account;
use crate::ledger::rejection::Rule;
use crate::policy::terms::Policy;
use crate::rules::recharge::RechargeBlock;
use crate::time::Timestamp;

impl Account {
    /// PM-5, PM-7, PM-10: why no card can be charged at an instant.
    #[must_use]
    pub fn cannot_charge(&self, now: Timestamp) -> Option<Rule> {
        match self.card() {
            None if self.held_card().is_some() => Some(Rule::HoldUnapproved),
            None => Some(Rule::NoCard),
            Some(card) if card.expiry.has_passed(now) => {
                let (month, year) = (u64::from(card.expiry.month), u64::from(card.expiry.year));
                Some(Rule::CardExpired { month, year })
            }
            Some(_) => None,
        }
    }

    /// PM-5, PM-7, PM-10: the same, as what keeps a charge from being made that nobody asks for.
    pub(super) fn card_block(&self, now: Timestamp) -> Option<RechargeBlock> {
        self.cannot_charge(now).map(|rule| match rule {
            Rule::HoldUnapproved => RechargeBlock::HoldUnapproved,
            Rule::CardExpired { .. } => RechargeBlock::CardExpired,
            _ => RechargeBlock::NoCard,
        })
    }

    /// AR-5, AR-6, CR-3: what keeps auto-recharge from buying at an instant, where it is on.
    #[must_use]
    pub fn recharge_block(&self, policy: &Policy, now: Timestamp) -> Option<RechargeBlock> {
        if self.recharge().paused_by.is_some() {
            return Some(RechargeBlock::Paused);
        }
        let card = self.card_block(now);
        if card.is_some() {
            return card;
        }
        if self.card().is_some_and(|card| card.recurring == Some(false)) {
            return Some(RechargeBlock::CardNotRecurring);
        }
        let below = self.recharge().setting.is_some_and(|setting| setting.amount < policy.minimum_purchase);
        below.then_some(RechargeBlock::BelowMinimum)
    }
}
