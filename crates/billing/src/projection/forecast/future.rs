//! An account on its way into the future: usage flows, and payments are approved at once.

use super::answer::{Entry, Forecast, ForecastError, ForecastEvent, ForecastQuestion, MOST_DAYS, Scenario, Sums};
use crate::finding::Finding;
use crate::id::{DeploymentId, InvoiceId, PurchaseId};
use crate::ledger::account::Account;
use crate::ledger::due::{Strategy, Timeline, first_instant};
use crate::ledger::event::{Actor, Event, EventKind};
use crate::ledger::invoice::{InvoiceState, Service};
use crate::ledger::purchase::Stage;
use crate::money::{Charge, Money, MoneyError};
use crate::policy::schedule::Policies;
use crate::rules::access::{Request, authorize};
use crate::rules::credit::AmountError;
use crate::rules::recharge::{self, RechargeBlock, Setting};
use crate::time::{Date, Timestamp};
use alloc::format;
use alloc::vec::Vec;

const SECONDS_PER_DAY: u64 = 86_400;

/// The instant that many days later.
pub(super) fn days_after(at: Timestamp, days: u64) -> Result<Timestamp, ForecastError> {
    let seconds = days.checked_mul(SECONDS_PER_DAY).ok_or(ForecastError::NoTime)?;
    at.plus_seconds(seconds).ok_or(ForecastError::NoTime)
}

/// The account on its way into the future.
pub(super) type Future<'p> = Timeline<'p, Ahead>;

/// How the account is taken to go on, and what has been seen so far.
pub(super) struct Ahead {
    usage_per_day: Money,
    began: Timestamp,
    end: Timestamp,
    /// Since when usage has flowed, while there is access.
    flows_since: Option<Timestamp>,
    /// What has been recorded of it.
    recorded: Money,
    /// Whether there is access; nothing until somebody has looked.
    has_access: Option<bool>,
    seen: Forecast,
    bought: u64,
}

impl Strategy for Ahead {
    type Error = ForecastError;

    fn admit(&self) -> Result<(), ForecastError> {
        Ok(())
    }

    /// Sums up what an event costs or brings, and notes what a person would want to know.
    fn happened(future: &mut Future<'_>, event: Event) -> Result<(), ForecastError> {
        match event.kind {
            EventKind::UsageRecorded { cost, .. } => future.sum(&Sums { usage: cost, ..Sums::NONE }),
            EventKind::DeploymentCharged { deployment, minutes, cost, .. } => {
                future.sum_minutes(&deployment, minutes, cost)
            }
            EventKind::CreditsExpired { amount } => future.note(ForecastEvent::Expiry { amount }),
            EventKind::InvoiceIssued { invoice, total, due, .. } => {
                future.note(ForecastEvent::MonthEnd { invoice, total, due })
            }
            EventKind::InvoicePaid { invoice, .. } => {
                let Some(amount) = future.account.invoice(&invoice).map(|paid| paid.due) else { return Ok(()) };
                future.sum(&Sums { charged: amount.money(), ..Sums::NONE })?;
                future.note(ForecastEvent::Charge { invoice, amount })
            }
            EventKind::InvoicePastDue { invoice, .. } => {
                let Some(amount) = future.account.invoice(&invoice).map(|it| it.due) else { return Ok(()) };
                future.note(ForecastEvent::PastDue { invoice, amount })
            }
            _ => Ok(()),
        }
    }

    fn balance(future: &Future<'_>, at: Timestamp) -> Result<Money, MoneyError> {
        future.account.balance(at)?.checked_sub(future.flowed(at)?)
    }

    fn balance_falls(_: &Future<'_>) -> bool {
        true
    }

    /// TI-2: a charge is approved at once, and is spend.
    fn charge_started(future: &mut Future<'_>, invoice: InvoiceId) -> Result<(), ForecastError> {
        future.emit(future.facts().invoice_paid(invoice)?)?;
        future.settle_tier()
    }

    /// AR-5, AR-6: the setting, unless something keeps it from buying: nobody has to be told why.
    fn open_setting(future: &Future<'_>) -> Option<Setting> {
        let blocked = future.account.recharge_block(future.policy, future.at);
        future.account.recharge().setting.filter(|_| blocked.is_none())
    }

    /// AR-3: buys what is needed until the next boundary, all at once: in the end it is the same as one after the other.
    fn recharge(future: &mut Future<'_>, setting: Setting) -> Result<(), ForecastError> {
        let boundary = future.next_boundary();
        let purchases = future.purchases(setting, boundary)?.max(future.purchases(setting, future.at)?);
        if purchases == 0 {
            return Ok(());
        }
        let total = setting.amount.money().times(purchases)?;
        future.record()?;
        future.buy(Charge::of(total)?, purchases)?;
        future.sum(&Sums { purchases, recharged: total, ..Sums::NONE })?;
        future.note(ForecastEvent::Recharge { purchases, total })
    }

    fn recharge_withheld(_: &mut Future<'_>, _: RechargeBlock) -> Result<(), ForecastError> {
        Ok(())
    }
}

impl<'p> Future<'p> {
    /// Begins at `now`: what is pending completes, and what runs stops if it is not to go on.
    pub(super) fn of(
        policies: &'p Policies,
        account: &Account,
        now: Timestamp,
        question: &ForecastQuestion,
    ) -> Result<Future<'p>, ForecastError> {
        let policy = policies.at(now).ok_or(ForecastError::NoTime)?;
        let seen = Forecast {
            entries: Vec::new(),
            totals: Sums::NONE,
            months: Vec::new(),
            balances: Vec::new(),
            access_stops: None,
            prevents: Vec::new(),
            outlook: Vec::new(),
        };
        let ahead = Ahead {
            usage_per_day: question.usage_per_day,
            began: now,
            end: days_after(now, question.days.min(MOST_DAYS))?,
            flows_since: None,
            recorded: Money::ZERO,
            has_access: None,
            seen,
            bought: 0,
        };
        let mut future = Timeline { policies, policy, account: account.clone(), at: now, strategy: ahead };
        future.complete_what_is_pending()?;
        if !question.running {
            future.stop_what_runs()?;
        }
        Ok(future)
    }

    /// Takes something to be done now. A setting that stays as it is does not lift what keeps it from buying.
    pub(super) fn suppose(&mut self, scenario: &Scenario) -> Result<(), ForecastError> {
        if let Some(amount) = scenario.bought {
            self.buy(amount, 1)?;
        }
        match scenario.setting {
            setting if setting == self.account.recharge().setting => Ok(()),
            Some(Setting { amount, threshold }) => self.emit(EventKind::AutoRechargeSet { amount, threshold }),
            None => self.emit(EventKind::AutoRechargeCleared),
        }
    }

    /// Lives through the whole time.
    pub(super) fn seen(mut self) -> Result<Forecast, ForecastError> {
        self.settle()?;
        self.note_balance()?;
        while self.at < self.strategy.end {
            self.pass_to(self.next_boundary())?;
            self.settle()?;
            if self.at == self.at.date().start() || self.at == self.strategy.end {
                self.note_balance()?;
            }
        }
        self.charge_what_runs()?;
        Ok(self.strategy.seen)
    }

    /// Lives until the balance is at its limit at `now` or within [`MOST_DAYS`] of it, while nothing flows but what runs.
    pub(super) fn runs_out(mut self, now: Timestamp) -> Result<Option<Timestamp>, ForecastError> {
        self.strategy.end = days_after(now, MOST_DAYS)?;
        while self.at < now {
            self.settle()?;
            self.at = self.next_boundary().min(now);
        }
        loop {
            self.settle()?;
            let boundary = self.next_boundary();
            let at_limit = self.reaches_limit(boundary)?;
            if at_limit.is_some() || self.at == self.strategy.end {
                return Ok(at_limit);
            }
            self.at = boundary;
        }
    }

    /// AC-8, CR-9: pays by card all that is past due. What is being charged again already is not paid twice.
    pub(super) fn pay_what_is_past_due(&mut self) -> Result<Money, ForecastError> {
        let past_due = self.account.invoices().iter().filter(|invoice| invoice.state() == InvoiceState::PastDue);
        let past_due: Vec<(InvoiceId, Charge)> = past_due.map(|invoice| (invoice.id.clone(), invoice.due)).collect();
        for (invoice, _) in &past_due {
            self.emit(EventKind::InvoiceChargeStarted { invoice: invoice.clone(), by: Actor::Customer })?;
            Ahead::charge_started(self, invoice.clone())?;
        }
        Ok(past_due.iter().map(|(_, due)| due.money()).try_fold(Money::ZERO, Money::checked_add)?)
    }

    /// Buys credits that are there at once.
    pub(super) fn buy(&mut self, amount: Charge, purchases: u64) -> Result<(), ForecastError> {
        self.strategy.bought = self.strategy.bought.saturating_add(1);
        let purchase: PurchaseId = format!("forecast-{}-{purchases}", self.strategy.bought).into();
        self.emit(EventKind::PurchaseStarted { purchase: purchase.clone(), amount, run: None })?;
        self.complete_purchase(purchase, Stage::BankApproval)
    }

    /// PP-1: purchases that are under way are taken to complete now.
    fn complete_what_is_pending(&mut self) -> Result<(), ForecastError> {
        let pending: Vec<(PurchaseId, Stage)> =
            self.account.pending_purchases().map(|purchase| (purchase.key.clone(), purchase.stage())).collect();
        pending.into_iter().try_for_each(|(purchase, stage)| self.complete_purchase(purchase, stage))?;
        self.settle_tier()
    }

    /// PP-1: the stages of a purchase that are still to come.
    fn complete_purchase(&mut self, purchase: PurchaseId, stage: Stage) -> Result<(), ForecastError> {
        if matches!(stage, Stage::BankApproval | Stage::BankAction) {
            self.emit(EventKind::BankApproved { purchase: purchase.clone() })?;
        }
        if stage != Stage::Balance {
            self.emit(EventKind::PurchaseInvoiced { purchase: purchase.clone() })?;
        }
        self.emit(self.facts().balance_updated(purchase)?)?;
        self.settle_tier()
    }

    fn settle_tier(&mut self) -> Result<(), ForecastError> {
        match self.account.settling_since() {
            Some(_) => self.emit(EventKind::TierSettled { spend: self.account.lifetime_spend()? }),
            None => Ok(()),
        }
    }

    fn stop_what_runs(&mut self) -> Result<(), ForecastError> {
        self.charge_what_runs()?;
        self.running().into_iter().try_for_each(|deployment| self.emit(EventKind::DeploymentStopped { deployment }))
    }

    /// UC-1: the minutes that no midnight has charged yet.
    fn charge_what_runs(&mut self) -> Result<(), ForecastError> {
        self.running().iter().try_for_each(|deployment| self.charge_deployment(deployment))
    }

    fn running(&self) -> Vec<DeploymentId> {
        self.account.running().map(|deployment| deployment.id.clone()).collect()
    }

    /// UC-5: what the minutes of a deployment cost. Those that were over before it all began are in the first balance already.
    fn sum_minutes(&mut self, id: &str, minutes: u64, cost: Money) -> Result<(), ForecastError> {
        let Some(deployment) = self.account.deployment(id) else { return Ok(()) };
        let charged_before = deployment.charged_minutes.saturating_sub(minutes);
        let over_before = deployment.minutes(self.strategy.began).saturating_sub(charged_before);
        let deployments = cost.checked_sub(deployment.per_minute.times(over_before)?)?;
        // Those that end with a month belong to it, in the account as here.
        match self.account.month() {
            Some(month) if deployments.is_positive() => self.sum_in(month, &Sums { deployments, ..Sums::NONE }),
            _ => Ok(()),
        }
    }

    /// Adds to the sums of the whole time and of the present month.
    fn sum(&mut self, more: &Sums) -> Result<(), ForecastError> {
        let day = self.at.date();
        self.sum_in(day.first_of_month_after(0).unwrap_or(day), more)
    }

    fn sum_in(&mut self, month: Date, more: &Sums) -> Result<(), ForecastError> {
        let seen = &mut self.strategy.seen;
        seen.totals = seen.totals.checked_add(more)?;
        match seen.months.last_mut().filter(|(last, _)| *last == month) {
            Some((_, sums)) => *sums = sums.checked_add(more)?,
            None => seen.months.push((month, *more)),
        }
        Ok(())
    }

    fn note(&mut self, what: ForecastEvent) -> Result<(), ForecastError> {
        let balance = Ahead::balance(self, self.at)?;
        self.strategy.seen.entries.push(Entry { at: self.at, what, balance });
        Ok(())
    }

    fn note_balance(&mut self) -> Result<(), ForecastError> {
        let balance = Ahead::balance(self, self.at)?;
        self.strategy.seen.balances.push((self.at, balance));
        Ok(())
    }

    /// What has flowed by then and is not recorded yet.
    fn flowed(&self, at: Timestamp) -> Result<Money, MoneyError> {
        let Some(since) = self.strategy.flows_since else { return Ok(Money::ZERO) };
        let flowed = self.strategy.usage_per_day.prorate_floor(at.seconds_since(since), SECONDS_PER_DAY)?;
        flowed.checked_sub(self.strategy.recorded)
    }

    /// CR-7: records what has flowed, so that it is paid and billed.
    fn record(&mut self) -> Result<(), ForecastError> {
        let cost = self.flowed(self.at)?;
        if cost.is_positive() { self.record_cost(cost) } else { Ok(()) }
    }

    fn record_cost(&mut self, cost: Money) -> Result<(), ForecastError> {
        self.strategy.recorded = self.strategy.recorded.checked_add(cost)?;
        self.emit(self.facts().usage_recorded(Service::Serverless, None, 0, cost, false)?)
    }

    /// The next instant at which something may change: a midnight, what falls due, the end.
    fn next_boundary(&self) -> Timestamp {
        let midnight = self.at.date().next().map(Date::start);
        let expiry = self.account.credits().next_expiry();
        let card = self.account.card().and_then(|card| card.expiry.passes_at());
        let later = [midnight, expiry, card].into_iter().flatten().filter(|at| *at > self.at);
        later.chain([self.strategy.end]).min().unwrap_or(self.strategy.end)
    }

    /// Goes on to a boundary: what happens before it is a recharge, or a stop of access.
    fn pass_to(&mut self, boundary: Timestamp) -> Result<(), ForecastError> {
        while self.at < boundary {
            let recharge = self.recharge_crossing(self.at, boundary)?.filter(|at| *at < boundary);
            let stop = self.next_stop(boundary)?;
            let Some(next) = recharge.into_iter().chain(stop).min() else { break };
            self.at = next;
            if recharge == Some(next) {
                self.consider_recharge()?;
            }
            self.look_at_access()?;
        }
        self.record_at_boundary(boundary)
    }

    /// What has flowed is recorded at the last instant before a boundary that decides how it is paid and billed: the end of its
    /// month, an expiry of credits that still pay it (CR-7), the first day of another policy.
    fn record_at_boundary(&mut self, boundary: Timestamp) -> Result<(), ForecastError> {
        let cost = self.flowed(boundary)?;
        let ends_month = boundary == boundary.date().start() && boundary.date().day() == 1;
        let decides = ends_month
            || self.account.credits().next_expiry() == Some(boundary)
            || self.policies.next_change(self.at) == Some(boundary);
        if decides && cost.is_positive() {
            let before = Timestamp::from_unix_nanoseconds(boundary.unix_nanoseconds().saturating_sub(1));
            self.at = before.map_err(|_| ForecastError::NoTime)?.max(self.at);
            self.record_cost(cost)?;
        }
        self.at = boundary;
        Ok(())
    }

    /// Does what is due now, and looks whether there is access.
    fn settle(&mut self) -> Result<(), ForecastError> {
        self.set_time(self.at)?;
        self.complete_charges()?;
        self.settle_due()?;
        self.record()?;
        self.consider_recharge()?;
        self.look_at_access()
    }

    /// IN-3: a charge that is under way is approved; without a card that can be charged the invoice is past due.
    fn complete_charges(&mut self) -> Result<(), ForecastError> {
        let under_way = self.account.invoices().iter().filter(|invoice| invoice.state() == InvoiceState::Charging);
        for invoice in under_way.map(|invoice| invoice.id.clone()).collect::<Vec<InvoiceId>>() {
            match self.account.cannot_charge(self.at) {
                None => Ahead::charge_started(self, invoice)?,
                Some(_) => self.emit(EventKind::InvoicePastDue { invoice, code: None })?,
            }
        }
        Ok(())
    }

    /// AR-3: how many purchases the setting makes of the balance at an instant.
    fn purchases(&self, setting: Setting, at: Timestamp) -> Result<u64, ForecastError> {
        let question = recharge::RechargeQuestion::new(Ahead::balance(self, at)?, setting);
        match recharge::preview(self.policy, &question) {
            Ok(preview) => Ok(preview.purchases),
            Err(AmountError::Money(error)) => Err(error.into()),
            Err(AmountError::Refused(_)) => Ok(0),
        }
    }

    /// AC-1: when the balance next reaches its limit, before a boundary.
    fn next_stop(&self, boundary: Timestamp) -> Result<Option<Timestamp>, ForecastError> {
        if self.strategy.has_access == Some(true) { self.reaches_limit(boundary) } else { Ok(None) }
    }

    /// AC-1: when the balance is at its limit, from now on and before a boundary.
    fn reaches_limit(&self, boundary: Timestamp) -> Result<Option<Timestamp>, ForecastError> {
        let limit = self.account.snapshot(self.policy, self.at)?.credit_limit(self.policy)?.in_force;
        // A sum that leaves the range lies far below any limit.
        let above = |at| Ahead::balance(self, at).and_then(|balance| balance.checked_add(limit));
        let is_above = |at| above(at).is_ok_and(Money::is_positive);
        if !is_above(self.at) {
            return Ok(Some(self.at));
        }
        if is_above(boundary) {
            return Ok(None);
        }
        // At the boundary itself, what falls due there comes first.
        let reached = first_instant(self.at, boundary, |at| Ok::<bool, ForecastError>(!is_above(at)))?;
        Ok(reached.filter(|at| *at < boundary))
    }

    /// AC-1..9: whether there is access now; usage flows only with it.
    fn look_at_access(&mut self) -> Result<(), ForecastError> {
        self.record()?;
        let snapshot = self.account.snapshot(self.policy, self.at)?;
        let decision = authorize(self.policy, &snapshot, &Request::API_CALL).map_err(|_| MoneyError::OutOfRange)?;
        let reason = decision.refusals.first().map(|refusal| refusal.reason.code());
        let (before, at) = (self.strategy.has_access, self.at);
        if before == Some(reason.is_none()) {
            return Ok(());
        }
        self.strategy.has_access = Some(reason.is_none());
        self.strategy.recorded = Money::ZERO;
        self.strategy.flows_since = reason.is_none().then_some(at);
        match reason {
            Some(reason) => {
                self.strategy.seen.access_stops.get_or_insert(at);
                self.note(ForecastEvent::Suspended { reason })
            }
            None if before.is_some() => self.note(ForecastEvent::Recovered),
            None => Ok(()),
        }
    }
}
