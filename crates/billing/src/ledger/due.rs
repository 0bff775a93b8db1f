//! What falls due as time passes, in order: deployment cost, expiry, month ends, the 3rd's charge, auto-recharge.
//!
//! Everything happens at the instant at which it falls due, never at the instant at which somebody looks. So time may
//! pass in one step or in a thousand, and the same happens.

use crate::id::Id;
use crate::ledger::account::{Account, Run};
use crate::ledger::decide::{Deciding, MOST_EVENTS, Stop};
use crate::ledger::deployment::Deployment;
use crate::ledger::event::{Actor, EventKind};
use crate::ledger::fold::recharge_key;
use crate::ledger::invoice::{Invoice, InvoiceState};
use crate::ledger::rejection::{Rejection, Rule};
use crate::money::{Money, MoneyError};
use crate::policy::terms::{Policy, Trigger};
use crate::rules::credit::AmountError;
use crate::rules::recharge::{self, RechargeBlock, Setting};
use crate::time::Timestamp;
use alloc::vec::Vec;

impl<'p> Deciding<'p> {
    /// Lets everything happen that is due by `now`.
    pub(super) fn advance(&mut self, now: Timestamp) -> Result<(), Stop<'p>> {
        if self.days_charged(now) > MOST_EVENTS {
            return Err(Rule::TooFar { events: MOST_EVENTS }.into());
        }
        // Nothing has happened to a new account, so nothing can be due.
        let mut passed = self.account.last().unwrap_or(now);
        while let Some(due) = self.next_due(passed, now)? {
            // What fell due before the last event was left undone by a history that was not decided here.
            self.set_time(due.max(passed))?;
            self.settle_due()?;
            self.consider_recharge()?;
            passed = self.at;
        }
        self.set_time(now)
    }

    /// UC-1: how many days of deployments are charged by `now`, each by an event of its own. So what is too far is known before
    /// any of it is worked out.
    fn days_charged(&self, now: Timestamp) -> u64 {
        const DAY_SECONDS: u64 = 86_400;
        let due = self.account.running().filter_map(Deployment::next_day_end).filter(|due| *due <= now);
        let days = due.map(|due| (now.seconds_since(due) / DAY_SECONDS).saturating_add(1));
        days.fold(0, u64::saturating_add)
    }

    /// The next instant, up to `now`, at which something is to be done.
    fn next_due(&self, passed: Timestamp, now: Timestamp) -> Result<Option<Timestamp>, Stop<'p>> {
        let account = &self.account;
        let day_ends = account.running().filter_map(Deployment::next_day_end);
        let to_charge = account.invoices().iter().filter(|invoice| is_to_be_charged(invoice));
        // What auto-recharge goes by changes with these, though nothing happens to the account.
        let card_expiry = account.card().and_then(|card| card.expiry.passes_at()).filter(|at| *at > passed);
        let others = [self.policies.next_change(passed), card_expiry];
        let others = others.map(|moment| moment.filter(|_| account.recharge().setting.is_some()));
        let moments = [account.credits().next_expiry(), account.month_end()].into_iter().chain(others);
        let moments = day_ends.chain(moments.flatten()).chain(to_charge.map(|invoice| invoice.charge_on));
        let due = moments.filter(|due| *due <= now).min();
        let crossing = self.recharge_crossing(passed, due.unwrap_or(now))?;
        Ok(crossing.or(due))
    }

    /// UC-1, CR-6, IN-1, IN-3: does what is due now, apart from auto-recharge.
    fn settle_due(&mut self) -> Result<(), Stop<'p>> {
        let now = self.at;
        // CR-7: what the minutes before an expiry cost was paid with the credits that now expire.
        let expires = self.account.credits().expiring(now)?.is_positive();
        let is_due = |deployment: &&Deployment| expires || deployment.next_day_end().is_some_and(|due| due <= now);
        let due = self.account.running().filter(is_due);
        for deployment in due.map(|deployment| deployment.id.clone()).collect::<Vec<Id>>() {
            self.charge_deployment(&deployment)?;
        }
        let amount = self.account.credits().expiring(now)?;
        if amount.is_positive() {
            self.emit(EventKind::CreditsExpired { amount })?;
        }
        if self.account.month_end().is_some_and(|end| end <= now) {
            self.issue_invoice()?;
        }
        let due = |invoice: &&Invoice| is_to_be_charged(invoice) && invoice.charge_on <= now;
        for invoice in self.account.invoices().iter().filter(due).map(|invoice| invoice.id.clone()).collect::<Vec<Id>>()
        {
            self.charge_invoice(invoice)?;
        }
        Ok(())
    }

    /// UC-1, UC-2: charges the minutes that are over.
    pub(super) fn charge_deployment(&mut self, id: &Id) -> Result<(), Stop<'p>> {
        let Some(deployment) = self.account.deployment(id) else { return Ok(()) };
        match self.facts().deployment_charged(deployment)? {
            Some(charged) => self.emit(charged),
            None => Ok(()),
        }
    }

    /// IN-1, IN-2: closes the month.
    fn issue_invoice(&mut self) -> Result<(), Stop<'p>> {
        match self.facts().invoice_issued()? {
            Some(issued) => self.emit(issued),
            None => Ok(()),
        }
    }

    /// IN-3: charges what is due to the linked card; without one that can be charged it is past due.
    fn charge_invoice(&mut self, invoice: Id) -> Result<(), Stop<'p>> {
        match self.account.cannot_charge(self.at) {
            None => self.emit(EventKind::InvoiceChargeStarted { invoice, by: Actor::Clock }),
            Some(_) => self.emit(EventKind::InvoicePastDue { invoice, code: None }),
        }
    }

    /// AR-2, AR-3, AR-5, AR-6: begins a run where the trigger holds, or says why not. Never two at once.
    pub(super) fn consider_recharge(&mut self) -> Result<(), Stop<'p>> {
        let recharge = self.account.recharge();
        let Some(setting) = recharge.setting.filter(|_| recharge.run.is_none()) else { return Ok(()) };
        if !triggers(&self.account, self.policy, setting, self.at)? {
            return Ok(());
        }
        match self.account.recharge_block(self.policy, self.at) {
            Some(reason) if recharge.withheld == Some(reason) => Ok(()),
            Some(reason) => self.emit(EventKind::AutoRechargeWithheld { reason }),
            None => {
                let purchases = self.recharge_purchases(setting)?;
                self.emit(EventKind::AutoRechargeStarted { amount: setting.amount, purchases })?;
                self.continue_run()
            }
        }
    }

    /// AR-4: how often a setting buys now: the same answer that the preview gives.
    pub(super) fn recharge_purchases(&self, setting: Setting) -> Result<u64, Stop<'p>> {
        let question = self.account.recharge_question(self.policy, self.at, setting)?;
        match recharge::preview(self.policy, &question) {
            Ok(preview) => Ok(preview.purchases),
            Err(AmountError::Money(error)) => Err(error.into()),
            Err(AmountError::Refused(problem)) => Err(Rejection::Purchase(problem).into()),
        }
    }

    /// AR-5: the next purchase of the run that is under way, unless something keeps it from being made.
    pub(super) fn continue_run(&mut self) -> Result<(), Stop<'p>> {
        let recharge = self.account.recharge();
        let next = |run: &Run| run.started < run.purchases && run.started == run.completed;
        let Some(run) = recharge.run.filter(next) else { return Ok(()) };
        if let Some(reason) = self.account.recharge_block(self.policy, self.at) {
            return self.emit(EventKind::AutoRechargeWithheld { reason });
        }
        let purchase = recharge_key(recharge.purchases);
        self.emit(EventKind::PurchaseStarted { purchase, amount: run.amount, run: Some(run.number) })
    }

    /// AR-2: the first instant after `passed`, up to `end`, at which what runs has taken the balance to the trigger. While
    /// the trigger holds already, a run is under way or something keeps it from buying: then there is nothing to find.
    fn recharge_crossing(&self, passed: Timestamp, end: Timestamp) -> Result<Option<Timestamp>, Stop<'p>> {
        let recharge = self.account.recharge();
        let Some(setting) = recharge.setting.filter(|_| recharge.run.is_none()) else { return Ok(None) };
        if self.account.running().next().is_none() {
            return Ok(None);
        }
        let Some(policy) = self.policies.at(passed) else { return Ok(None) };
        let falls = |at| triggers(&self.account, policy, setting, at);
        if falls(passed)? || !falls(end)? {
            return Ok(None);
        }
        first_instant(passed, end, falls).map_err(Into::into)
    }
}

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

/// IN-3: whether an invoice still waits for its first charge.
fn is_to_be_charged(invoice: &Invoice) -> bool {
    invoice.state() == InvoiceState::Due
}

/// AR-2, AR-7: whether the balance, with what is pending, is at the trigger.
fn triggers(account: &Account, policy: &Policy, setting: Setting, at: Timestamp) -> Result<bool, MoneyError> {
    let projected = account.balance(at)?.checked_add(account.pending()?)?;
    let threshold: Money = setting.threshold.money();
    Ok(match policy.trigger {
        Trigger::Below => projected < threshold,
        Trigger::AtOrBelow => projected <= threshold,
    })
}

/// The first instant after `before`, up to `after`, at which something holds that does not hold at `before`, does at
/// `after`, and once it holds goes on holding. It is found by halving, to the nanosecond.
pub(crate) fn first_instant<E>(
    before: Timestamp,
    after: Timestamp,
    holds: impl Fn(Timestamp) -> Result<bool, E>,
) -> Result<Option<Timestamp>, E> {
    let (mut not_yet, mut already) = (before.unix_nanoseconds(), after.unix_nanoseconds());
    let at = |nanoseconds| Timestamp::from_unix_nanoseconds(nanoseconds).ok();
    while already.saturating_sub(not_yet) > 1 {
        let middle = not_yet.saturating_add(already.saturating_sub(not_yet) / 2);
        match at(middle) {
            Some(instant) if !holds(instant)? => not_yet = middle,
            _ => already = middle,
        }
    }
    Ok(at(already))
}
