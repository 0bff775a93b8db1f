//! What falls due as time passes, in order: minutes of deployments, expiry, month ends, the day of a charge, auto-recharge.
//!
//! Everything happens at the instant at which it falls due, never at the instant at which somebody looks. So time may
//! pass in one step or in a thousand, and the same happens. Life, forecast and simulation pass time by this one engine; a
//! [`Strategy`] says how they differ: how payments turn out, and what else takes the balance down.

use crate::id::{DeploymentId, InvoiceId};
use crate::ledger::account::Account;
use crate::ledger::deployment::Deployment;
use crate::ledger::event::{Actor, Event, EventKind};
use crate::ledger::facts::Facts;
use crate::ledger::invoice::{Invoice, InvoiceState};
use crate::money::{Money, MoneyError};
use crate::policy::schedule::Policies;
use crate::policy::terms::{Policy, Trigger};
use crate::rules::recharge::{RechargeBlock, Setting};
use crate::time::Timestamp;
use alloc::vec::Vec;

/// An account on its way through time.
pub(crate) struct Timeline<'p, S> {
    pub(crate) policies: &'p Policies,
    /// The policy in force at `at`.
    pub(crate) policy: &'p Policy,
    pub(crate) account: Account,
    /// The instant at which everything now happens.
    pub(crate) at: Timestamp,
    pub(crate) strategy: S,
}

/// No policy is in force at an instant.
pub(crate) struct NoPolicy;

/// How payments turn out, and what else differs between those who let time pass.
pub(crate) trait Strategy: Sized {
    /// Why time cannot go on.
    type Error: From<MoneyError> + From<NoPolicy>;

    /// Whether another event may happen.
    fn admit(&self) -> Result<(), Self::Error>;

    /// Hears of an event that has been folded in.
    fn happened(timeline: &mut Timeline<'_, Self>, event: Event) -> Result<(), Self::Error>;

    /// CR-7: the balance at an instant from now on, while no event happens.
    fn balance(timeline: &Timeline<'_, Self>, at: Timestamp) -> Result<Money, MoneyError>;

    /// Whether the balance falls while no event happens.
    fn balance_falls(timeline: &Timeline<'_, Self>) -> bool;

    /// IN-3: an invoice has been handed to the processor.
    fn charge_started(timeline: &mut Timeline<'_, Self>, invoice: InvoiceId) -> Result<(), Self::Error>;

    /// AR-2: the setting, where auto-recharge may start to buy.
    fn open_setting(timeline: &Timeline<'_, Self>) -> Option<Setting>;

    /// AR-3: auto-recharge buys.
    fn recharge(timeline: &mut Timeline<'_, Self>, setting: Setting) -> Result<(), Self::Error>;

    /// AR-5, AR-6: auto-recharge should buy, and may not.
    fn recharge_withheld(timeline: &mut Timeline<'_, Self>, reason: RechargeBlock) -> Result<(), Self::Error>;
}

impl<S: Strategy> Timeline<'_, S> {
    /// Lets an event happen now. That it can is certain but for sums that leave the range.
    pub(crate) fn emit(&mut self, kind: EventKind) -> Result<(), S::Error> {
        self.strategy.admit()?;
        let event = Event { at: self.at, kind };
        self.account.apply(&event).map_err(|_| MoneyError::OutOfRange)?;
        S::happened(self, event)
    }

    /// What the policy in force decides now.
    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts { policy: self.policy, account: &self.account, at: self.at }
    }

    /// Goes on to an instant, and to the policy in force then.
    pub(crate) fn set_time(&mut self, at: Timestamp) -> Result<(), S::Error> {
        self.policy = self.policies.at(at).ok_or(NoPolicy)?;
        self.at = at;
        Ok(())
    }

    /// The next instant, up to `end`, at which something falls due by itself; auto-recharge that the balance reaches in
    /// between not counted.
    pub(crate) fn next_due(&self, passed: Timestamp, end: Timestamp) -> Option<Timestamp> {
        let account = &self.account;
        let day_ends = account.running().filter_map(Deployment::next_day_end);
        let to_charge = account.invoices().iter().filter(|invoice| is_to_be_charged(invoice));
        // What auto-recharge goes by changes with these, though nothing happens to the account.
        let card_expiry = account.card().and_then(|card| card.expiry.passes_at()).filter(|at| *at > passed);
        let others = [self.policies.next_change(passed), card_expiry];
        let others = others.map(|moment| moment.filter(|_| account.recharge().setting.is_some()));
        let moments = [account.credits().next_expiry(), account.month_end()].into_iter().chain(others);
        let moments = day_ends.chain(moments.flatten()).chain(to_charge.map(|invoice| invoice.charge_on));
        moments.filter(|due| *due <= end).min()
    }

    /// UC-1, CR-6, IN-1, IN-3: does what is due now, apart from auto-recharge.
    pub(crate) fn settle_due(&mut self) -> Result<(), S::Error> {
        let now = self.at;
        // CR-7: what the minutes before an expiry cost was paid with the credits that now expire.
        let expires = self.account.credits().expiring(now)?.is_positive();
        let is_due = |deployment: &&Deployment| expires || deployment.next_day_end().is_some_and(|due| due <= now);
        let due = self.account.running().filter(is_due);
        for deployment in due.map(|deployment| deployment.id.clone()).collect::<Vec<DeploymentId>>() {
            self.charge_deployment(&deployment)?;
        }
        let amount = self.account.credits().expiring(now)?;
        if amount.is_positive() {
            self.emit(EventKind::CreditsExpired { amount })?;
        }
        self.close_month()?;
        let due = |invoice: &&Invoice| is_to_be_charged(invoice) && invoice.charge_on <= now;
        let due = self.account.invoices().iter().filter(due).map(|invoice| invoice.id.clone());
        due.collect::<Vec<InvoiceId>>().into_iter().try_for_each(|invoice| self.charge_invoice(invoice))
    }

    /// UC-1, UC-2: charges the minutes of a deployment that are over.
    pub(crate) fn charge_deployment(&mut self, id: &DeploymentId) -> Result<(), S::Error> {
        let Some(deployment) = self.account.deployment(id) else { return Ok(()) };
        match self.facts().deployment_charged(deployment)? {
            Some(charged) => self.emit(charged),
            None => Ok(()),
        }
    }

    /// IN-1, IN-2: closes a month that is over.
    fn close_month(&mut self) -> Result<(), S::Error> {
        if self.account.month_end().is_none_or(|end| end > self.at) {
            return Ok(());
        }
        match self.facts().invoice_issued()? {
            Some(issued) => self.emit(issued),
            None => Ok(()),
        }
    }

    /// IN-3: charges what is due to the linked card; without one that can be charged it is past due.
    fn charge_invoice(&mut self, invoice: InvoiceId) -> Result<(), S::Error> {
        match self.account.cannot_charge(self.at) {
            None => {
                self.emit(EventKind::InvoiceChargeStarted { invoice: invoice.clone(), by: Actor::Clock })?;
                S::charge_started(self, invoice)
            }
            Some(_) => self.emit(EventKind::InvoicePastDue { invoice, code: None }),
        }
    }

    /// AR-2, AR-3, AR-5, AR-6: auto-recharge buys where the trigger holds now, or something keeps it from buying.
    pub(crate) fn consider_recharge(&mut self) -> Result<(), S::Error> {
        let Some(setting) = S::open_setting(self) else { return Ok(()) };
        if !self.triggers(self.policy, setting, self.at)? {
            return Ok(());
        }
        match self.account.recharge_block(self.policy, self.at) {
            Some(reason) => S::recharge_withheld(self, reason),
            None => S::recharge(self, setting),
        }
    }

    /// AR-2: the first instant after `passed`, up to `end`, at which the balance has fallen to the trigger by itself. While
    /// the trigger holds already there is nothing to find.
    pub(crate) fn recharge_crossing(&self, passed: Timestamp, end: Timestamp) -> Result<Option<Timestamp>, S::Error> {
        let Some(setting) = S::open_setting(self).filter(|_| S::balance_falls(self)) else { return Ok(None) };
        let Some(policy) = self.policies.at(passed) else { return Ok(None) };
        let falls = |at| self.triggers(policy, setting, at);
        if falls(passed)? || !falls(end)? {
            return Ok(None);
        }
        first_instant(passed, end, falls).map_err(Into::into)
    }

    /// AR-2, AR-7: whether the balance, with what is pending, is at the trigger.
    pub(crate) fn triggers(&self, policy: &Policy, setting: Setting, at: Timestamp) -> Result<bool, MoneyError> {
        let projected = S::balance(self, at)?.checked_add(self.account.pending()?)?;
        let threshold = setting.threshold.money();
        Ok(match policy.trigger {
            Trigger::Below => projected < threshold,
            Trigger::AtOrBelow => projected <= threshold,
        })
    }
}

/// IN-3: whether an invoice still waits for its first charge.
fn is_to_be_charged(invoice: &Invoice) -> bool {
    invoice.state() == InvoiceState::Due
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
