//! Time as an account lives through it: payments are handed to the processor, which answers when it answers.

use crate::id::InvoiceId;
use crate::ledger::account::Run;
use crate::ledger::deployment::Deployment;
use crate::ledger::due::{NoPolicy, Strategy, Timeline};
use crate::ledger::event::{Event, EventKind};
use crate::ledger::fold::recharge_key;
use crate::ledger::notices::Notice;
use crate::ledger::rejection::{Rejection, Rule};
use crate::money::{Money, MoneyError};
use crate::rules::credit::AmountError;
use crate::rules::recharge::{self, RechargeBlock, Setting};
use crate::time::Timestamp;
use alloc::vec;
use alloc::vec::Vec;
use core::marker::PhantomData;

/// The most events that one command may have: time that passes in smaller steps makes the same ones.
const MOST_EVENTS: u64 = 100_000;

/// An account while a command is decided.
pub(crate) type Deciding<'p> = Timeline<'p, Life<'p>>;

/// What has come of a command so far.
pub(crate) struct Life<'p> {
    pub(crate) events: Vec<Event>,
    pub(super) notices: Vec<Notice>,
    reasons: PhantomData<Stop<'p>>,
}

impl Life<'_> {
    /// Nothing has happened yet.
    pub(crate) const NONE: Self = Life { events: Vec::new(), notices: Vec::new(), reasons: PhantomData };
}

/// Why a decision ends without events.
pub(crate) struct Stop<'p>(pub(crate) Vec<Rejection<'p>>);

impl<'p, R: Into<Rejection<'p>>> From<R> for Stop<'p> {
    fn from(rejection: R) -> Stop<'p> {
        Stop(vec![rejection.into()])
    }
}

impl From<NoPolicy> for Rejection<'_> {
    fn from(_: NoPolicy) -> Self {
        Rejection::Rule(Rule::NoPolicy)
    }
}

impl<'p> Strategy for Life<'p> {
    type Error = Stop<'p>;

    fn admit(&self) -> Result<(), Stop<'p>> {
        if u64::try_from(self.events.len()).unwrap_or(u64::MAX) >= MOST_EVENTS {
            return Err(Rule::TooFar { events: MOST_EVENTS }.into());
        }
        Ok(())
    }

    fn happened(timeline: &mut Timeline<'_, Self>, event: Event) -> Result<(), Stop<'p>> {
        timeline.strategy.events.push(event);
        Ok(())
    }

    fn balance(timeline: &Timeline<'_, Self>, at: Timestamp) -> Result<Money, MoneyError> {
        timeline.account.balance(at)
    }

    fn balance_falls(timeline: &Timeline<'_, Self>) -> bool {
        timeline.account.running().next().is_some()
    }

    /// The processor will say what comes of it.
    fn charge_started(_: &mut Timeline<'_, Self>, _: InvoiceId) -> Result<(), Stop<'p>> {
        Ok(())
    }

    /// AR-3: while a run is under way, the trigger is not asked.
    fn open_setting(timeline: &Timeline<'_, Self>) -> Option<Setting> {
        let recharge = timeline.account.recharge();
        recharge.setting.filter(|_| recharge.run.is_none())
    }

    /// AR-3: begins a run.
    fn recharge(timeline: &mut Timeline<'_, Self>, setting: Setting) -> Result<(), Stop<'p>> {
        let purchases = timeline.recharge_purchases(setting)?;
        timeline.emit(EventKind::AutoRechargeStarted { amount: setting.amount, purchases })?;
        timeline.continue_run()
    }

    fn recharge_withheld(timeline: &mut Timeline<'_, Self>, reason: RechargeBlock) -> Result<(), Stop<'p>> {
        if timeline.account.recharge().withheld == Some(reason) {
            return Ok(());
        }
        timeline.emit(EventKind::AutoRechargeWithheld { reason })
    }
}

impl<'p> Timeline<'_, Life<'p>> {
    /// Lets everything happen that is due by `now`.
    pub(crate) fn advance(&mut self, now: Timestamp) -> Result<(), Stop<'p>> {
        if self.days_charged(now) > MOST_EVENTS {
            return Err(Rule::TooFar { events: MOST_EVENTS }.into());
        }
        // Nothing has happened to a new account, so nothing can be due.
        let mut passed = self.account.last().unwrap_or(now);
        while let Some(due) = self.step(passed, now)? {
            passed = due;
        }
        self.set_time(now)
    }

    /// Does what falls due next after `passed`, up to `now`. The answer is when that was; nothing where nothing falls due.
    pub(crate) fn step(&mut self, passed: Timestamp, now: Timestamp) -> Result<Option<Timestamp>, Stop<'p>> {
        let due = self.next_due(passed, now);
        let crossing = self.recharge_crossing(passed, due.unwrap_or(now))?;
        let Some(next) = crossing.or(due) else { return Ok(None) };
        // What fell due before the last event was left undone by a history that was not decided here.
        self.set_time(next.max(passed))?;
        self.settle_due()?;
        self.consider_recharge()?;
        Ok(Some(self.at))
    }

    /// UC-1: how many days of deployments are charged by `now`, each by an event of its own. So what is too far is known before
    /// any of it is worked out.
    fn days_charged(&self, now: Timestamp) -> u64 {
        const DAY_SECONDS: u64 = 86_400;
        let due = self.account.running().filter_map(Deployment::next_day_end).filter(|due| *due <= now);
        let days = due.map(|due| (now.seconds_since(due) / DAY_SECONDS).saturating_add(1));
        days.fold(0, u64::saturating_add)
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
}
