//! The example account: what it starts from, what was typed into it, and what a simulated purchase does to it.

use billing::access::{AccessError, Account, Contract, Plan, Request, decide};
use billing::card::{Expiry, Network};
use billing::finding::Finding;
use billing::money::{Money, MoneyError};
use billing::policy::Policy;
use billing::recharge::{LinkedCard, Setting};

/// The accounts that can be chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preset {
    New,
    FreeCreditsOnly,
    BuildTier2,
    NearTheLimit,
    PastDue,
    Enterprise,
}

impl Preset {
    pub(crate) const ALL: [Preset; 6] = [
        Preset::New,
        Preset::FreeCreditsOnly,
        Preset::BuildTier2,
        Preset::NearTheLimit,
        Preset::PastDue,
        Preset::Enterprise,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Preset::New => "New account",
            Preset::FreeCreditsOnly => "Free credits only",
            Preset::BuildTier2 => "Build Tier 2",
            Preset::NearTheLimit => "Near the −$100 limit",
            Preset::PastDue => "Past due",
            Preset::Enterprise => "Enterprise contract",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// Balance, free credits, lifetime spend and what is past due.
    fn figures(self) -> [&'static str; 4] {
        match self {
            Preset::New => ["0.00", "0.00", "0.00", "0.00"],
            Preset::FreeCreditsOnly => ["20.00", "20.00", "0.00", "0.00"],
            Preset::BuildTier2 => ["38.20", "10.00", "62.50", "0.00"],
            Preset::NearTheLimit => ["-96.42", "0.00", "180.00", "0.00"],
            Preset::PastDue => ["14.75", "0.00", "120.00", "12.40"],
            Preset::Enterprise => ["-2310.55", "0.00", "48200.00", "0.00"],
        }
    }

    fn account(self) -> Account {
        let [balance, free_credits, lifetime_spend, past_due] =
            self.figures().map(|figure| Money::parse(figure).unwrap_or(Money::ZERO));
        let credit_limit = Money::parse("5000.00").unwrap_or(Money::ZERO);
        let contract = (self == Preset::Enterprise).then_some(Contract { plan: Plan::Enterprise, credit_limit });
        Account { balance, free_credits, lifetime_spend, past_due, contract, ..Account::NEW }
    }

    fn card(self) -> Option<OnFile> {
        let has_card = !matches!(self, Preset::New | Preset::FreeCreditsOnly);
        has_card.then(OnFile::example)
    }
}

/// What is kept of a linked card: never its number or code.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OnFile {
    pub(crate) network: Network,
    pub(crate) last4: [char; 4],
    pub(crate) expiry: Expiry,
    pub(crate) address: StoredAddress,
}

/// A billing address that is kept.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct StoredAddress {
    pub(crate) line1: String,
    pub(crate) line2: String,
    pub(crate) city: String,
    pub(crate) region: String,
    pub(crate) postal_code: String,
    pub(crate) country: String,
}

impl OnFile {
    fn example() -> OnFile {
        let address = StoredAddress {
            line1: "1 Example Street".to_owned(),
            line2: String::new(),
            city: "Springfield".to_owned(),
            region: "IL".to_owned(),
            postal_code: "62701".to_owned(),
            country: "US".to_owned(),
        };
        OnFile {
            network: Network::Visa,
            last4: ['4', '2', '4', '2'],
            expiry: Expiry { year: 2030, month: 12 },
            address,
        }
    }
}

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
    fn may_be_empty(self) -> bool {
        matches!(self, Figure::BalanceLimit | Figure::SettledSpend)
    }

    pub(crate) fn of(self, account: &Account) -> Option<Money> {
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

    fn put(self, account: &mut Account, value: Option<Money>) {
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
    account: Account,
}

impl Example {
    pub(crate) fn new(preset: Preset) -> Example {
        let (account, on_file) = (preset.account(), preset.card());
        let card = if on_file.is_some() { LinkedCard::Recurring } else { LinkedCard::None };
        let mut example = Example { preset, edited: false, card, on_file, recharge: None, typed: Vec::new(), account };
        example.write_figures();
        example
    }

    pub(crate) fn account(&self) -> Account {
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

    /// Simulates purchases: they add to the balance and to the spend (CR-1, TI-2).
    pub(crate) fn buy(&mut self, amount: Money) -> Result<(), MoneyError> {
        let balance = self.account.balance.plus(amount)?;
        let lifetime_spend = self.account.lifetime_spend.plus(amount)?;
        self.account = Account { balance, lifetime_spend, ..self.account };
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

/// What a contradiction or a malformed amount cites.
pub(crate) fn clause_of(error: AccessError) -> Option<billing::clause::Clause> {
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
