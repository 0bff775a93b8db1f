//! The account: what its events have made of it.

use crate::id::{GrantId, PurchaseId};
use crate::ledger::credits::Credits;
use crate::ledger::deployment::Deployment;
use crate::ledger::invoice::{Invoice, InvoiceState, Usage};
use crate::ledger::purchase::{Purchase, Stage};
use crate::money::{Money, MoneyError};
use crate::payment_method::stored_card::Card;
use crate::policy::terms::Policy;
use crate::rules::access::{Contract, Snapshot, Wait};
use crate::rules::decline::{Shown, ShownCard};
use crate::rules::recharge::{LinkedCard, RechargeBlock, Setting};
use crate::time::{Date, Timestamp};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// An account, as its events have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// How many events there were.
    pub(super) events: u64,
    pub(super) opened: Option<Timestamp>,
    pub(super) last: Option<Timestamp>,
    pub(super) credits: Credits,
    pub(super) totals: Totals,
    pub(super) grants: BTreeMap<GrantId, Money>,
    pub(super) settled_spend: Money,
    pub(super) settling_since: Option<Timestamp>,
    pub(super) card: Option<Card>,
    /// PM-10: the card whose $0 hold waits for approval.
    pub(super) held_card: Option<Card>,
    /// PM-10: since when the bank has waited for the customer to approve the hold.
    pub(super) hold_action_required: Option<Timestamp>,
    /// PD-3: whether a card was entered while a purchase was under way.
    pub(super) reentered: bool,
    pub(super) recharge: Recharge,
    pub(super) balance_limit: Option<Money>,
    pub(super) purchases: Vec<Purchase>,
    pub(super) purchase_places: BTreeMap<PurchaseId, usize>,
    /// The places of the purchases that are under way, oldest first. Few are at one time, so a list is enough.
    pub(super) pending: Vec<usize>,
    /// The month in which the usage was that is not invoiced yet.
    pub(super) month: Option<Date>,
    pub(super) usage: Usage,
    pub(super) invoices: Vec<Invoice>,
    pub(super) deployments: Vec<Deployment>,
    /// The places of the deployments that run, oldest first.
    pub(super) running: Vec<usize>,
    pub(super) contract: Option<Contract>,
}

/// What came in and went out over the whole life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// CR-5: free credits granted.
    pub granted: Money,
    /// CR-1: credits bought.
    pub bought: Money,
    /// UC-3, UC-5: usage and deployments together.
    pub used: Money,
    /// UC-5: deployments.
    pub hosted: Money,
    /// IN-1: what no credit covered and an invoice asks for.
    pub invoiced: Money,
    /// IN-3: what was paid of that.
    pub paid: Money,
    /// CR-6: credits that expired.
    pub expired: Money,
}

/// AR-1, AR-5: auto-recharge on the account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recharge {
    /// Its setting; none while it is off.
    pub setting: Option<Setting>,
    /// AR-5: the purchase whose decline has paused it.
    pub paused_by: Option<PurchaseId>,
    /// AR-6: why it did not buy when it should have.
    pub withheld: Option<RechargeBlock>,
    /// AR-3: the run that is under way.
    pub run: Option<Run>,
    /// How many runs there were.
    pub runs: u64,
    /// How many purchases it has made: the next one is named after it.
    pub purchases: u64,
}

/// AR-3, AR-5: a run of auto-recharge: so many purchases of one amount, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its number, from 1.
    pub number: u64,
    /// What each purchase buys.
    pub amount: crate::money::Charge,
    /// How many purchases it makes.
    pub purchases: u64,
    /// How many have been started.
    pub started: u64,
    /// How many are complete.
    pub completed: u64,
}

impl Account {
    /// An account to which nothing has happened.
    pub const NEW: Account = Account {
        events: 0,
        opened: None,
        last: None,
        credits: Credits::NONE,
        totals: Totals {
            granted: Money::ZERO,
            bought: Money::ZERO,
            used: Money::ZERO,
            hosted: Money::ZERO,
            invoiced: Money::ZERO,
            paid: Money::ZERO,
            expired: Money::ZERO,
        },
        grants: BTreeMap::new(),
        settled_spend: Money::ZERO,
        settling_since: None,
        card: None,
        held_card: None,
        hold_action_required: None,
        reentered: false,
        recharge: Recharge { setting: None, paused_by: None, withheld: None, run: None, runs: 0, purchases: 0 },
        balance_limit: None,
        purchases: Vec::new(),
        purchase_places: BTreeMap::new(),
        pending: Vec::new(),
        month: None,
        usage: Usage::NONE,
        invoices: Vec::new(),
        deployments: Vec::new(),
        running: Vec::new(),
        contract: None,
    };

    /// How many events there were: what an append to the history expects.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// When the first event was.
    #[must_use]
    pub fn opened(&self) -> Option<Timestamp> {
        self.opened
    }

    /// When the last event was.
    #[must_use]
    pub fn last(&self) -> Option<Timestamp> {
        self.last
    }

    /// The credits, as of the last event.
    #[must_use]
    pub fn credits(&self) -> &Credits {
        &self.credits
    }

    /// What came in and went out, as of the last event.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// TI-2: credits bought and invoices paid.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn lifetime_spend(&self) -> Result<Money, MoneyError> {
        self.totals.bought.checked_add(self.totals.paid)
    }

    /// TI-8: the spend that has become a tier.
    #[must_use]
    pub fn settled_spend(&self) -> Money {
        self.settled_spend
    }

    /// TI-8: since when a tier has been on its way.
    #[must_use]
    pub fn settling_since(&self) -> Option<Timestamp> {
        self.settling_since
    }

    /// TI-8: how many seconds are left for the tier to follow the spend. Nothing where none is on its way, where it is overdue,
    /// or under a contract, whose tier does not follow the spend (AC-7).
    #[must_use]
    pub fn tier_settles_in(&self, policy: &Policy, now: Timestamp) -> Option<u64> {
        let since = self.settling_since.filter(|_| self.contract.is_none())?;
        policy.tier_settles_within_seconds.checked_sub(now.seconds_since(since))
    }

    /// PM-7: the linked card.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        self.card.as_ref()
    }

    /// PM-10: the card that waits for its $0 hold.
    #[must_use]
    pub fn held_card(&self) -> Option<&Card> {
        self.held_card.as_ref()
    }

    /// PM-10: since when the bank has waited for the customer to approve the hold.
    #[must_use]
    pub fn hold_action_required(&self) -> Option<Timestamp> {
        self.hold_action_required
    }

    /// PD-3: whether a card was entered while a purchase was under way that has not ended yet.
    #[must_use]
    pub fn reentered(&self) -> bool {
        self.reentered
    }

    /// AR-1: auto-recharge.
    #[must_use]
    pub fn recharge(&self) -> &Recharge {
        &self.recharge
    }

    /// AC-6: the customer's own limit.
    #[must_use]
    pub fn balance_limit(&self) -> Option<Money> {
        self.balance_limit
    }

    /// Every purchase, oldest first.
    #[must_use]
    pub fn purchases(&self) -> &[Purchase] {
        &self.purchases
    }

    /// The purchase with this key.
    #[must_use]
    pub fn purchase(&self, key: &str) -> Option<&Purchase> {
        self.purchase_places.get(key).and_then(|place| self.purchases.get(*place))
    }

    /// PP-1: the purchases that are under way, oldest first.
    pub fn pending_purchases(&self) -> impl Iterator<Item = &Purchase> {
        self.pending.iter().filter_map(|place| self.purchases.get(*place))
    }

    /// AR-7, AC-9: what the purchases under way will add.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn pending(&self) -> Result<Money, MoneyError> {
        self.pending_purchases().map(|purchase| purchase.amount.money()).try_fold(Money::ZERO, Money::checked_add)
    }

    /// The usage that is not invoiced yet, as of the last event.
    #[must_use]
    pub fn usage(&self) -> &Usage {
        &self.usage
    }

    /// The first day of the month of that usage.
    #[must_use]
    pub fn month(&self) -> Option<Date> {
        self.month
    }

    /// IN-4: the usage that is not invoiced yet, at an instant: with the minutes of running deployments that are not charged
    /// yet, met in the policy's order.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn usage_at(&self, policy: &Policy, now: Timestamp) -> Result<Usage, MoneyError> {
        let mut usage = self.usage.clone();
        for deployment in self.running() {
            let minutes = deployment.uncharged_minutes(now);
            if minutes > 0 {
                usage.host(&deployment.id, minutes, deployment.uncharged(now)?)?;
            }
        }
        usage.paid(self.credits.drawdown(policy, self.uncharged(now)?)?)?;
        Ok(usage)
    }

    /// IN-1: every invoice, oldest first.
    #[must_use]
    pub fn invoices(&self) -> &[Invoice] {
        &self.invoices
    }

    /// The invoice with this id.
    #[must_use]
    pub fn invoice(&self, id: &str) -> Option<&Invoice> {
        self.invoices.iter().rev().find(|invoice| *invoice.id == *id)
    }

    /// CR-9, AC-8: what is past due.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn past_due(&self) -> Result<Money, MoneyError> {
        self.past_due_invoices().map(Invoice::past_due_amount).try_fold(Money::ZERO, Money::checked_add)
    }

    /// CR-9, AC-8: the invoices that are past due, oldest first, those that are being charged again too.
    #[must_use]
    pub fn past_due_invoices(&self) -> impl DoubleEndedIterator<Item = &Invoice> {
        self.invoices.iter().filter(|invoice| invoice.past_due_amount().is_positive())
    }

    /// Every deployment, oldest first.
    #[must_use]
    pub fn deployments(&self) -> &[Deployment] {
        &self.deployments
    }

    /// The deployment with this name.
    #[must_use]
    pub fn deployment(&self, id: &str) -> Option<&Deployment> {
        self.deployments.iter().rev().find(|deployment| *deployment.id == *id)
    }

    /// The deployments that cost money now.
    pub fn running(&self) -> impl Iterator<Item = &Deployment> {
        self.running.iter().filter_map(|place| self.deployments.get(*place))
    }

    /// AC-7: the contract.
    #[must_use]
    pub fn contract(&self) -> Option<Contract> {
        self.contract
    }

    /// UC-1, UC-2: what running deployments have cost that has not been charged yet.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn uncharged(&self, now: Timestamp) -> Result<Money, MoneyError> {
        self.running()
            .map(|deployment| deployment.uncharged(now))
            .try_fold(Money::ZERO, |sum, cost| sum.checked_add(cost?))
    }

    /// CR-7: the balance at an instant: what is left of the credits, less what is owed and what runs.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn balance(&self, now: Timestamp) -> Result<Money, MoneyError> {
        self.credits.balance()?.checked_sub(self.uncharged(now)?)
    }

    /// CR-5, CR-10: the free credits at an instant: what running deployments have not been charged for yet is met in the
    /// policy's order.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn free_credits(&self, policy: &Policy, now: Timestamp) -> Result<Money, MoneyError> {
        self.credits.free().checked_sub(self.credits.drawdown(policy, self.uncharged(now)?)?.free)
    }

    /// The state that access is decided on (AC-1..9).
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn snapshot(&self, policy: &Policy, now: Timestamp) -> Result<Snapshot, MoneyError> {
        let lifetime_spend = self.lifetime_spend()?;
        Ok(Snapshot {
            balance: self.balance(now)?,
            free_credits: self.free_credits(policy, now)?,
            lifetime_spend,
            past_due: self.past_due()?,
            balance_limit: self.balance_limit,
            contract: self.contract,
            tier_settled_spend: (self.settled_spend < lifetime_spend).then_some(self.settled_spend),
            pending: self.pending()?,
            pending_wait: self.pending_wait(policy, now),
            tier_wait: self.tier_wait(policy, now),
            charging: self.charging_again().map(Invoice::unpaid).try_fold(Money::ZERO, Money::checked_add)?,
            charging_wait: self.charging_wait(policy, now),
        })
    }

    /// PP-3, PM-11: when the last of the pending purchases is there.
    fn pending_wait(&self, policy: &Policy, now: Timestamp) -> Wait {
        let waits = self.pending_purchases().filter_map(|purchase| {
            let waiting = purchase.waiting(policy, now)?;
            Some(match purchase.stage() {
                Stage::BankAction => Wait::Approval,
                _ if waiting.overdue => Wait::Overdue,
                _ => Wait::rest(policy.payment_settles_within_seconds, waiting.seconds),
            })
        });
        waits.max().unwrap_or_default()
    }

    /// TI-8: when the spend has become a tier.
    fn tier_wait(&self, policy: &Policy, now: Timestamp) -> Wait {
        let (most, taken) =
            (policy.tier_settles_within_seconds, self.settling_since.map(|since| now.seconds_since(since)));
        match taken {
            Some(taken) if taken >= most => Wait::Overdue,
            Some(taken) => Wait::rest(most, taken),
            None => Wait::Policy,
        }
    }

    /// IN-3: the invoices that are past due and are being charged again.
    fn charging_again(&self) -> impl Iterator<Item = &Invoice> {
        self.past_due_invoices().filter(|invoice| invoice.state() == InvoiceState::Charging)
    }

    /// PP-3, PM-11: when the last of them is paid.
    fn charging_wait(&self, policy: &Policy, now: Timestamp) -> Wait {
        let most = policy.payment_settles_within_seconds;
        let waits = self.charging_again().filter_map(|invoice| {
            let taken = now.seconds_since(invoice.charging?);
            Some(match invoice.action_required {
                Some(_) => Wait::Approval,
                None if taken > most => Wait::Overdue,
                None => Wait::rest(most, taken),
            })
        });
        waits.max().unwrap_or_default()
    }

    /// AR-6: what is known of the linked card, for auto-recharge.
    #[must_use]
    pub fn linked_card(&self) -> LinkedCard {
        match self.card.as_ref().map(|card| card.recurring) {
            None => LinkedCard::None,
            Some(None) => LinkedCard::Unknown,
            Some(Some(true)) => LinkedCard::Recurring,
            Some(Some(false)) => LinkedCard::NotRecurring,
        }
    }

    /// PD-2: what the account shows when a payment is declined.
    #[must_use]
    pub fn shown(&self, now: Timestamp) -> Shown {
        let card = self.card.as_ref().or(self.held_card.as_ref()).map(|card| ShownCard {
            address_lacks: card.address.as_ref().and_then(|address| address.as_address().lacks()),
            address_match: card.address_match,
            expired: Some(card.expiry).filter(|expiry| expiry.has_passed(now)),
            security_code_match: card.security_code_match,
            network: Some(card.network),
            funding: card.funding,
            recurring: card.recurring,
        });
        let action = |invoice: &Invoice| invoice.action_required.is_some();
        let purchases = self.pending_purchases().map(|purchase| purchase.started);
        let processing = purchases.chain(self.invoices.iter().filter_map(|invoice| invoice.charging));
        Shown {
            card,
            hold_unapproved: self.held_card.is_some(),
            processing_seconds: processing.map(|begun| now.seconds_since(begun)).max(),
            approval_asked: self.pending_purchases().any(|purchase| purchase.stage() == Stage::BankAction)
                || self.invoices.iter().any(action),
            details_reentered: self.reentered,
        }
    }

    /// AR-4: what a setting would buy now. The same question is asked before it is saved and when it acts.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn recharge_question(
        &self,
        policy: &Policy,
        now: Timestamp,
        setting: Setting,
    ) -> Result<crate::rules::recharge::RechargeQuestion, MoneyError> {
        let snapshot = self.snapshot(policy, now)?;
        let credit_limit = snapshot.credit_limit(policy)?;
        Ok(crate::rules::recharge::RechargeQuestion {
            balance: snapshot.balance,
            setting,
            pending: snapshot.pending,
            lifetime_spend: snapshot.lifetime_spend,
            credit_limit: Some(credit_limit.in_force),
            card: Some(self.linked_card()),
        })
    }
}

/// How keys begin that only auto-recharge gives.
pub(crate) const RECHARGE_KEYS: &str = "auto-recharge-";
