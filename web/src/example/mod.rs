//! The example account: what it starts from, what was typed into it, and what a simulated purchase does to it.

mod figure;
mod preset;

pub(crate) use figure::Figure;
pub(crate) use preset::{OnFile, Preset, StoredAddress};

use billing::access::{AccessError, Contract, Plan, Request, Snapshot, decide};
use billing::clause::Clause;
use billing::finding::Finding;
use billing::money::{Money, MoneyError};
use billing::policy::Policy;
use billing::recharge::{LinkedCard, Setting};

/// A field of the account: what was typed, and what is wrong with it. The account keeps the last good value.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    figure: Figure,
    pub(crate) text: String,
    pub(crate) problem: Option<AccessError>,
}

/// An account with everything that the page can change about it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Example {
    pub(crate) preset: Preset,
    pub(crate) edited: bool,
    pub(crate) card: LinkedCard,
    pub(crate) on_file: Option<OnFile>,
    pub(crate) recharge: Option<Setting>,
    typed: Vec<Typed>,
    account: Snapshot,
}

impl Example {
    pub(crate) fn new(preset: Preset) -> Example {
        let (account, on_file) = (preset.account(), preset.card());
        let card = if on_file.is_some() { LinkedCard::Recurring } else { LinkedCard::None };
        let mut example = Example { preset, edited: false, card, on_file, recharge: None, typed: Vec::new(), account };
        example.write_figures();
        example
    }

    pub(crate) fn account(&self) -> Snapshot {
        self.account
    }

    pub(crate) fn typed(&self, figure: Figure) -> Option<&Typed> {
        self.typed.iter().find(|typed| typed.figure == figure)
    }

    /// Types into a field. A text that is no amount, or an amount that contradicts the rest, is kept in the field, and the
    /// account stays as it was.
    pub(crate) fn type_in(&mut self, policy: &Policy, figure: Figure, text: String) {
        self.edited = true;
        if let Some(typed) = self.typed.iter_mut().find(|typed| typed.figure == figure) {
            typed.text = text;
        }
        self.judge(policy, figure);
        // What contradicted the old value may fit the new one.
        for other in Figure::ALL {
            if other != figure && self.typed(other).is_some_and(|typed| typed.problem.is_some()) {
                self.judge(policy, other);
            }
        }
    }

    fn judge(&mut self, policy: &Policy, figure: Figure) {
        let text = self.typed(figure).map(|typed| typed.text.trim().to_owned()).unwrap_or_default();
        let read = if text.is_empty() && figure.may_be_empty() {
            Ok(None)
        } else {
            Money::parse(&text).map(Some).map_err(AccessError::from)
        };
        let judged = read.and_then(|value| {
            let mut account = self.account;
            figure.put(&mut account, value);
            decide(policy, &account, &Request::API_CALL).map(|_| account)
        });
        let problem = match judged {
            Ok(account) => {
                self.account = account;
                None
            }
            Err(problem) => Some(problem),
        };
        if let Some(typed) = self.typed.iter_mut().find(|typed| typed.figure == figure) {
            typed.problem = problem;
        }
    }

    pub(crate) fn choose_contract(&mut self, plan: Option<Plan>) {
        self.edited = true;
        let credit_limit = self.account.contract.map_or(Money::ZERO, |contract| contract.credit_limit);
        self.account.contract = plan.map(|plan| Contract { plan, credit_limit });
        self.write_figures();
    }

    pub(crate) fn choose_card(&mut self, card: LinkedCard) {
        self.edited = true;
        self.card = card;
        self.on_file = match card {
            LinkedCard::None => None,
            _ => self.on_file.take().or_else(|| Some(OnFile::example())),
        };
    }

    /// Keeps what may be kept of a card that was accepted.
    pub(crate) fn link(&mut self, card: OnFile, recurring: Option<bool>) {
        self.edited = true;
        self.on_file = Some(card);
        self.card = match recurring {
            Some(true) => LinkedCard::Recurring,
            Some(false) => LinkedCard::NotRecurring,
            None => LinkedCard::Unknown,
        };
    }

    /// Simulates purchases.
    pub(crate) fn buy(&mut self, amount: Money) -> Result<(), MoneyError> {
        self.account = self.account.after_buying(amount)?;
        self.edited = true;
        self.write_figures();
        Ok(())
    }

    /// AC-6: the customer's own limit.
    pub(crate) fn raise_limit(&mut self, limit: Money) {
        self.edited = true;
        self.account.balance_limit = Some(limit);
        self.write_figures();
    }

    /// Writes the account into its fields.
    fn write_figures(&mut self) {
        let account = self.account;
        let written = |figure: Figure| figure.of(&account).map(|amount| amount.to_string()).unwrap_or_default();
        self.typed =
            Figure::ALL.map(|figure| Typed { figure, text: written(figure), problem: None }).into_iter().collect();
    }
}

/// What a contradiction cites; a malformed amount breaks no clause.
pub(crate) fn clause_of(error: AccessError) -> Option<Clause> {
    match error {
        AccessError::Account(problem) => problem.clause(),
        AccessError::Money(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepaid() -> Policy {
        Policy::shipped("prepaid").unwrap()
    }

    fn text(example: &Example, figure: Figure) -> String {
        example.typed(figure).unwrap().text.clone()
    }

    #[test]
    fn every_preset_can_be_judged_under_every_policy() {
        for (id, _) in billing::policy::SHIPPED {
            let policy = Policy::shipped(id).unwrap();
            for preset in Preset::ALL {
                let account = Example::new(preset).account();
                assert!(decide(&policy, &account, &Request::API_CALL).is_ok(), "{}", preset.name());
                assert!(Preset::named(preset.name()) == Some(preset));
            }
        }
    }

    #[test]
    fn a_malformed_amount_stays_in_its_field_and_leaves_the_account() {
        let mut example = Example::new(Preset::BuildTier2);
        example.type_in(&prepaid(), Figure::Balance, "38,20".to_owned());
        assert_eq!(text(&example, Figure::Balance), "38,20");
        assert_eq!(example.typed(Figure::Balance).unwrap().problem, Some(AccessError::Money(MoneyError::Malformed)));
        assert_eq!(example.account().balance.to_string(), "38.20");
        example.type_in(&prepaid(), Figure::Balance, "40".to_owned());
        assert_eq!(example.account().balance.to_string(), "40.00");
        assert_eq!(example.typed(Figure::Balance).unwrap().problem, None);
    }

    #[test]
    fn cr_5_a_contradiction_clears_when_the_other_field_makes_room() {
        let mut example = Example::new(Preset::BuildTier2);
        example.type_in(&prepaid(), Figure::FreeCredits, "50".to_owned());
        assert!(example.typed(Figure::FreeCredits).unwrap().problem.is_some());
        assert_eq!(example.account().free_credits.to_string(), "10.00");
        example.type_in(&prepaid(), Figure::Balance, "60".to_owned());
        assert!(example.typed(Figure::FreeCredits).unwrap().problem.is_none());
        assert_eq!(example.account().free_credits.to_string(), "50.00");
    }

    #[test]
    fn ac_6_an_empty_limit_means_the_ceiling() {
        let mut example = Example::new(Preset::BuildTier2);
        example.type_in(&prepaid(), Figure::BalanceLimit, "0".to_owned());
        assert_eq!(example.account().balance_limit, Some(Money::ZERO));
        example.type_in(&prepaid(), Figure::BalanceLimit, String::new());
        assert_eq!(example.account().balance_limit, None);
        example.type_in(&prepaid(), Figure::PastDue, String::new());
        assert!(example.typed(Figure::PastDue).unwrap().problem.is_some());
    }

    #[test]
    fn ti_2_a_purchase_adds_to_balance_and_spend() {
        let mut example = Example::new(Preset::FreeCreditsOnly);
        example.buy(Money::parse("5").unwrap()).unwrap();
        assert_eq!(text(&example, Figure::Balance), "25.00");
        assert_eq!(text(&example, Figure::LifetimeSpend), "5.00");
        assert_eq!(text(&example, Figure::FreeCredits), "20.00");
    }

    #[test]
    fn ac_7_a_contract_has_a_limit_of_its_own() {
        let mut example = Example::new(Preset::BuildTier2);
        example.choose_contract(Some(Plan::Scale));
        example.type_in(&prepaid(), Figure::ContractLimit, "250".to_owned());
        let contract = example.account().contract.unwrap();
        assert_eq!((contract.plan, contract.credit_limit.to_string()), (Plan::Scale, "250.00".to_owned()));
        example.choose_contract(None);
        assert_eq!(example.account().contract, None);
    }
}
