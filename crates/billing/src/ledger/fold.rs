//! What each event makes of an account.

use crate::id::Id;
use crate::ledger::account::{Account, RECHARGE_KEYS, Run};
use crate::ledger::credits::CreditKind;
use crate::ledger::deployment::{Deployment, Hosting};
use crate::ledger::event::{Event, EventKind, TierEffect};
use crate::ledger::invalid_event::InvalidEvent;
use crate::ledger::invoice::{Invoice, InvoiceState, Usage, invoice_id};
use crate::ledger::payment::Payment;
use crate::ledger::purchase::{Purchase, Stage};
use crate::money::{Charge, Money};
use crate::payment_method::stored_card::Card;
use crate::rules::access::Contract;
use crate::rules::credit::Drawdown;
use crate::rules::recharge::Setting;
use crate::time::{Date, Timestamp};
use alloc::format;

/// Which event of a history is impossible, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplayError {
    /// Its place, from 0.
    pub index: usize,
    /// Why.
    pub why: InvalidEvent,
}

/// The account that a history makes.
///
/// # Errors
/// The first event that is impossible.
pub fn replay<'e>(events: impl IntoIterator<Item = &'e Event>) -> Result<Account, ReplayError> {
    let mut account = Account::NEW;
    for (index, event) in events.into_iter().enumerate() {
        account.apply(event).map_err(|why| ReplayError { index, why })?;
    }
    Ok(account)
}

impl Account {
    /// Folds an event in.
    ///
    /// # Errors
    /// Why it is impossible. The account is then to be given up: part of the event may have been folded in.
    pub fn apply(&mut self, event: &Event) -> Result<(), InvalidEvent> {
        if self.last.is_some_and(|last| event.at < last) {
            return Err(InvalidEvent::BeforeLast);
        }
        self.expect_days_charged(event)?;
        self.expect_months_closed(event)?;
        Applying { account: self, at: event.at }.event(&event.kind)?;
        self.opened.get_or_insert(event.at);
        self.last = Some(event.at);
        self.events = self.events.saturating_add(1);
        Ok(())
    }

    /// UC-1: nothing new happens on a day before the minutes of the day before are charged, and no credits expire before
    /// the minutes that they paid for.
    fn expect_days_charged(&self, event: &Event) -> Result<(), InvalidEvent> {
        let charges = matches!(event.kind, EventKind::DeploymentCharged { .. });
        let expires = matches!(event.kind, EventKind::CreditsExpired { .. });
        let midnight = event.at.date().start();
        if !expires && self.last.is_some_and(|last| last > midnight || (charges && last == event.at)) {
            // The event before, later than the last midnight or at the same instant, was held against it already.
            return Ok(());
        }
        for deployment in self.running() {
            let minutes = if expires { deployment.uncharged_minutes(event.at) } else { 0 };
            if minutes > 0 {
                return Err(InvalidEvent::MinutesUncharged { minutes });
            }
            let due = deployment.next_day_end().filter(|due| *due < event.at || (*due == event.at && !charges));
            if let Some(due) = due {
                return Err(InvalidEvent::MinutesUncharged { minutes: deployment.uncharged_minutes(due) });
            }
        }
        Ok(())
    }

    fn running_place(&self, id: &str) -> Option<usize> {
        let is_it = |place: &usize| self.deployments.get(*place).is_some_and(|deployment| *deployment.id == *id);
        self.running.iter().copied().find(is_it)
    }

    /// IN-1: nothing new happens in a month before the one with usage in it is closed.
    fn expect_months_closed(&self, event: &Event) -> Result<(), InvalidEvent> {
        let closes = matches!(
            event.kind,
            EventKind::DeploymentCharged { .. } | EventKind::CreditsExpired { .. } | EventKind::InvoiceIssued { .. }
        );
        let month_end = self.month_end().filter(|end| *end < event.at || (*end == event.at && !closes));
        if month_end.is_some() { Err(InvalidEvent::MonthOpen) } else { Ok(()) }
    }

    /// IN-1: when the month in progress ends; nothing where it has no usage that an invoice would record.
    pub(crate) fn month_end(&self) -> Option<Timestamp> {
        let month = self.month.filter(|_| !self.usage.is_none())?;
        month.first_of_month_after(1).map(Date::start)
    }

    /// IN-1: the shortfall in whole cents. Less than a cent stays on the balance.
    pub(crate) fn shortfall(&self) -> Charge {
        self.credits.owed().floor_to_cents()
    }
}

/// An event under way.
struct Applying<'a> {
    account: &'a mut Account,
    at: Timestamp,
}

type Applied = Result<(), InvalidEvent>;

impl Applying<'_> {
    fn event(&mut self, kind: &EventKind) -> Applied {
        match kind {
            EventKind::CardHoldPlaced { card } => {
                self.card_hold_placed(card);
                Ok(())
            }
            EventKind::CardHoldDeclined { .. } => self.card_hold_declined(),
            EventKind::CardLinked { card, .. } => {
                self.card_linked(card);
                Ok(())
            }
            EventKind::AutoRechargeSet { amount, threshold } => {
                self.recharge_set(Some(Setting { amount: *amount, threshold: *threshold }));
                Ok(())
            }
            EventKind::AutoRechargeCleared => {
                self.recharge_set(None);
                Ok(())
            }
            EventKind::AutoRechargeStarted { amount, purchases } => self.recharge_started(*amount, *purchases),
            EventKind::AutoRechargePaused { purchase } => self.recharge_paused(purchase),
            EventKind::AutoRechargeWithheld { reason } => {
                self.account.recharge.run = None;
                self.account.recharge.withheld = Some(*reason);
                Ok(())
            }
            EventKind::BalanceLimitSet { limit } => {
                self.account.balance_limit = *limit;
                Ok(())
            }
            EventKind::PurchaseStarted { purchase, amount, run } => self.purchase_started(purchase, *amount, *run),
            EventKind::BankApproved { purchase } => self.bank_approved(purchase),
            EventKind::BankActionRequired { payment } => self.bank_action_required(payment),
            EventKind::BankDeclined { purchase, code } => self.bank_declined(purchase, code),
            EventKind::PurchaseInvoiced { purchase } => self.purchase_invoiced(purchase),
            EventKind::BalanceUpdated { purchase, expires, tier } => self.balance_updated(purchase, *expires, *tier),
            EventKind::TierSettled { spend } => self.tier_settled(*spend),
            EventKind::UsageRecorded { service, model, tokens, cost, free, purchased, .. } => {
                self.account.usage.record(*service, model.clone(), *tokens, *cost)?;
                self.account.month = self.at.date().first_of_month_after(0);
                self.used(*cost, *free, *purchased)
            }
            EventKind::FreeCreditsGranted { grant, amount, expires } => {
                self.free_credits_granted(grant, *amount, *expires)
            }
            EventKind::CreditsExpired { amount } => self.credits_expired(*amount),
            EventKind::DeploymentStarted { deployment, hosting, model, hardware, per_minute } => {
                self.deployment_started(deployment, *hosting, model.clone(), hardware.clone(), *per_minute)
            }
            EventKind::RequestRecorded { deployment } => {
                let at = self.at;
                self.running(deployment)?.last_request = Some(at);
                Ok(())
            }
            EventKind::DeploymentCharged { deployment, minutes, cost, free, purchased } => {
                self.deployment_charged(deployment, *minutes, *cost)?;
                self.used(*cost, *free, *purchased)
            }
            EventKind::DeploymentStopped { deployment } => self.deployment_stopped(deployment),
            EventKind::InvoiceIssued { invoice, total, covered, due, charge_on } => {
                self.invoice_issued(invoice, (*total, *covered, *due), *charge_on)
            }
            EventKind::InvoiceChargeStarted { invoice, .. } => self.invoice_charge_started(invoice),
            EventKind::InvoicePaid { invoice, tier } => self.invoice_paid(invoice, *tier),
            EventKind::InvoiceDeclined { invoice, code } => self.invoice_declined(invoice, code),
            EventKind::InvoicePastDue { invoice, code } => self.invoice_past_due(invoice, code.clone()),
            EventKind::ContractSigned { plan, credit_limit } => {
                self.account.contract = Some(Contract { plan: *plan, credit_limit: *credit_limit });
                Ok(())
            }
            EventKind::ContractEnded => self.account.contract.take().map(drop).ok_or(InvalidEvent::NoContract),
        }
    }

    /// PM-10: the card waits; the one before stays linked.
    fn card_hold_placed(&mut self, card: &Card) {
        self.account.held_card = Some(card.clone());
        self.account.hold_action_required = None;
        self.card_entered();
    }

    fn card_hold_declined(&mut self) -> Applied {
        self.account.hold_action_required = None;
        self.account.held_card.take().map(drop).ok_or(InvalidEvent::NoHold)
    }

    /// PM-7: one card at a time. AR-5: the customer has acted, so auto-recharge goes on.
    fn card_linked(&mut self, card: &Card) {
        if self.account.held_card.take().is_none_or(|held| held != *card) {
            // Not the approval of a hold, but a card that was just entered.
            self.card_entered();
        }
        self.account.hold_action_required = None;
        self.account.card = Some(card.clone());
        self.resume_recharge();
    }

    /// PD-3: entering a card while a purchase is under way is remembered until none is.
    fn card_entered(&mut self) {
        self.account.reentered = !self.account.pending.is_empty();
    }

    fn resume_recharge(&mut self) {
        self.account.recharge.paused_by = None;
        self.account.recharge.withheld = None;
    }

    /// AR-1: a new setting begins anew; a purchase that is under way goes on by itself.
    fn recharge_set(&mut self, setting: Option<Setting>) {
        self.account.recharge.setting = setting;
        self.account.recharge.run = None;
        self.resume_recharge();
    }

    fn recharge_started(&mut self, amount: Charge, purchases: u64) -> Applied {
        let recharge = &mut self.account.recharge;
        if recharge.setting.is_none() {
            return Err(InvalidEvent::RechargeOff);
        }
        if recharge.run.is_some() || purchases == 0 {
            return Err(InvalidEvent::RunUnknown);
        }
        recharge.runs = recharge.runs.saturating_add(1);
        recharge.run = Some(Run { number: recharge.runs, amount, purchases, started: 0, completed: 0 });
        recharge.withheld = None;
        Ok(())
    }

    /// AR-5: the decline ends the run.
    fn recharge_paused(&mut self, purchase: &Id) -> Applied {
        if self.account.recharge.setting.is_none() {
            return Err(InvalidEvent::RechargeOff);
        }
        self.expect_stage(purchase, &[Stage::Declined])?;
        self.account.recharge.run = None;
        self.account.recharge.paused_by = Some(purchase.clone());
        Ok(())
    }

    fn purchase_started(&mut self, key: &Id, amount: Charge, run: Option<u64>) -> Applied {
        let account = &mut *self.account;
        if account.purchase_places.contains_key(key) {
            return Err(InvalidEvent::PurchaseExists);
        }
        if let Some(number) = run {
            let recharge = &mut account.recharge;
            let open = |run: &&mut Run| run.number == number && run.amount == amount && run.started < run.purchases;
            let run = recharge.run.as_mut().filter(open).ok_or(InvalidEvent::RunUnknown)?;
            run.started = run.started.saturating_add(1);
            recharge.purchases = recharge.purchases.saturating_add(1);
        } else if key.starts_with(RECHARGE_KEYS) {
            return Err(InvalidEvent::RunUnknown);
        }
        let place = account.purchases.len();
        account.purchases.push(Purchase::new(key.clone(), amount, run, self.at));
        account.purchase_places.insert(key.clone(), place);
        account.pending.push(place);
        Ok(())
    }

    fn expect_stage(&mut self, key: &Id, stages: &[Stage]) -> Result<&mut Purchase, InvalidEvent> {
        let place = self.account.purchase_places.get(key).copied();
        let purchase = place.and_then(|place| self.account.purchases.get_mut(place));
        let purchase = purchase.ok_or(InvalidEvent::PurchaseUnknown)?;
        let stage = purchase.stage();
        if stages.contains(&stage) { Ok(purchase) } else { Err(InvalidEvent::PurchaseStage { stage }) }
    }

    fn end_purchase(&mut self, key: &Id) {
        if let Some(place) = self.account.purchase_places.get(key) {
            self.account.pending.retain(|pending| pending != place);
        }
        if self.account.pending.is_empty() {
            self.account.reentered = false;
        }
    }

    fn bank_approved(&mut self, key: &Id) -> Applied {
        let at = self.at;
        self.expect_stage(key, &[Stage::BankApproval, Stage::BankAction])?.approved = Some(at);
        Ok(())
    }

    fn bank_action_required(&mut self, payment: &Payment) -> Applied {
        let at = Some(self.at);
        match payment {
            Payment::Purchase(key) => self.expect_stage(key, &[Stage::BankApproval])?.action_required = at,
            Payment::Invoice(id) => self.expect_invoice(id, &[InvoiceState::Charging])?.action_required = at,
            Payment::Hold(token) if self.account.held_card.as_ref().is_some_and(|card| card.is_of(token.as_ref())) => {
                self.account.hold_action_required = at;
            }
            Payment::Hold(_) => return Err(InvalidEvent::NoHold),
        }
        Ok(())
    }

    fn bank_declined(&mut self, key: &Id, code: &Id) -> Applied {
        let at = self.at;
        self.expect_stage(key, &[Stage::BankApproval, Stage::BankAction])?.declined = Some((at, code.clone()));
        self.end_purchase(key);
        Ok(())
    }

    fn purchase_invoiced(&mut self, key: &Id) -> Applied {
        let at = self.at;
        self.expect_stage(key, &[Stage::Invoice])?.invoiced = Some(at);
        Ok(())
    }

    /// CR-1: the credits are there. AR-5: a purchase of a run counts toward it.
    fn balance_updated(&mut self, key: &Id, expires: Option<Timestamp>, tier: TierEffect) -> Applied {
        let at = self.at;
        let purchase = self.expect_stage(key, &[Stage::Balance])?;
        purchase.completed = Some(at);
        let (amount, run) = (purchase.amount.money(), purchase.run);
        self.end_purchase(key);
        self.credits_added(CreditKind::Purchased, amount, expires)?;
        self.account.totals.bought = self.account.totals.bought.checked_add(amount)?;
        let recharge = &mut self.account.recharge;
        if let Some(current) = recharge.run.as_mut().filter(|current| Some(current.number) == run) {
            current.completed = current.completed.saturating_add(1);
            if current.completed == current.purchases {
                recharge.run = None;
            }
        }
        self.spend_has_grown(tier)
    }

    /// CR-1, CR-8: credits come in and meet what is owed.
    fn credits_added(&mut self, kind: CreditKind, amount: Money, expires: Option<Timestamp>) -> Applied {
        let met = self.account.credits.add(kind, amount, self.at, expires)?;
        self.account.usage.met(kind, met)?;
        self.account.recharge.withheld = None;
        Ok(())
    }

    /// TI-8: the spend counts at once, or a tier is on its way.
    fn spend_has_grown(&mut self, tier: TierEffect) -> Applied {
        match tier {
            TierEffect::Settled => {
                self.account.settled_spend = self.account.lifetime_spend()?;
                self.account.settling_since = None;
            }
            TierEffect::Begins => self.account.settling_since = Some(self.at),
            TierEffect::Continues => {
                self.account.settling_since.get_or_insert(self.at);
            }
        }
        Ok(())
    }

    fn tier_settled(&mut self, spend: Money) -> Applied {
        let lifetime_spend = self.account.lifetime_spend()?;
        if spend != lifetime_spend {
            return Err(InvalidEvent::SpendUnknown { lifetime_spend });
        }
        self.account.settled_spend = spend;
        self.account.settling_since = None;
        Ok(())
    }

    /// CR-7, CR-10: the balance falls. Nothing is owed while credits are left.
    fn used(&mut self, cost: Money, free: Money, purchased: Money) -> Applied {
        let account = &mut *self.account;
        let (left_free, left_purchased) = (account.credits.free(), account.credits.purchased());
        let owed = cost.checked_sub(free)?.checked_sub(purchased)?;
        let credits_left = free < left_free || purchased < left_purchased;
        if free > left_free || purchased > left_purchased || owed.is_negative() || (owed.is_positive() && credits_left)
        {
            return Err(InvalidEvent::OtherDrawdown { free: left_free, purchased: left_purchased });
        }
        let paid = Drawdown { free, purchased, owed };
        account.credits.pay(paid)?;
        account.usage.paid(paid)?;
        account.totals.used = account.totals.used.checked_add(cost)?;
        Ok(())
    }

    fn free_credits_granted(&mut self, grant: &Id, amount: Money, expires: Option<Timestamp>) -> Applied {
        if self.account.grants.insert(grant.clone(), amount).is_some() {
            return Err(InvalidEvent::GrantExists);
        }
        self.account.totals.granted = self.account.totals.granted.checked_add(amount)?;
        self.credits_added(CreditKind::Free, amount, expires)
    }

    fn credits_expired(&mut self, amount: Money) -> Applied {
        let expiring = self.account.credits.expiring(self.at)?;
        if amount != expiring || !amount.is_positive() {
            return Err(InvalidEvent::OtherExpiry { expiring });
        }
        self.account.credits.expire(self.at)?;
        self.account.totals.expired = self.account.totals.expired.checked_add(amount)?;
        Ok(())
    }

    fn deployment_started(
        &mut self,
        id: &Id,
        hosting: Hosting,
        model: Option<Id>,
        hardware: Option<Id>,
        per_minute: Money,
    ) -> Applied {
        if self.account.deployment(id).is_some() {
            return Err(InvalidEvent::DeploymentExists);
        }
        let (id, started) = (id.clone(), self.at);
        let (stopped, last_request, charged_minutes) = (None, None, 0);
        self.account.running.push(self.account.deployments.len());
        self.account.deployments.push(Deployment {
            id,
            hosting,
            model,
            hardware,
            per_minute,
            started,
            stopped,
            last_request,
            charged_minutes,
        });
        Ok(())
    }

    fn running(&mut self, id: &Id) -> Result<&mut Deployment, InvalidEvent> {
        let place = self.account.running_place(id).ok_or(InvalidEvent::DeploymentNotRunning)?;
        self.account.deployments.get_mut(place).ok_or(InvalidEvent::DeploymentNotRunning)
    }

    /// UC-1, UC-2: what is charged is exactly what has run. Minutes that end at the end of a month belong to it.
    fn deployment_charged(&mut self, id: &Id, minutes: u64, cost: Money) -> Applied {
        let at = self.at;
        let deployment = self.running(id)?;
        let (uncharged, expected) = (deployment.uncharged_minutes(at), deployment.uncharged(at)?);
        if (minutes, cost) != (uncharged, expected) || minutes == 0 {
            return Err(InvalidEvent::OtherMinutes { minutes: uncharged, cost: expected });
        }
        deployment.charged_minutes = deployment.charged_minutes.saturating_add(minutes);
        self.account.usage.host(id, minutes, cost)?;
        self.account.totals.hosted = self.account.totals.hosted.checked_add(cost)?;
        self.account.month = month_that_ends_with(at);
        Ok(())
    }

    fn deployment_stopped(&mut self, id: &Id) -> Applied {
        let at = self.at;
        let deployment = self.running(id)?;
        match deployment.uncharged_minutes(at) {
            0 => deployment.stopped = Some(at),
            minutes => return Err(InvalidEvent::MinutesUncharged { minutes }),
        }
        if let Some(place) = self.account.running_place(id) {
            self.account.running.retain(|running| *running != place);
        }
        Ok(())
    }

    /// IN-1: the month is closed: what credits covered is covered, the shortfall is due and leaves the balance.
    fn invoice_issued(&mut self, id: &Id, sums: (Money, Money, Charge), charge_on: Timestamp) -> Applied {
        let account = &mut *self.account;
        let month = account.month.filter(|month| invoice_id(*month) == *id).ok_or(InvalidEvent::InvoiceMonth)?;
        if account.month_end() != Some(self.at) {
            return Err(InvalidEvent::InvoiceMonth);
        }
        let (total, covered, due) = sums;
        let expected = (account.usage.total, account.usage.covered()?, account.shortfall());
        if expected != (total, covered, due) {
            let (total, covered, due) = expected;
            return Err(InvalidEvent::OtherInvoice { total, covered, due });
        }
        account.credits.bill(due.money())?;
        account.totals.invoiced = account.totals.invoiced.checked_add(due.money())?;
        let next = Usage { carried_in: account.credits.owed(), ..Usage::NONE };
        let usage = core::mem::replace(&mut account.usage, next);
        let (charging, action_required, declined, past_due, paid) = (None, None, None, None, None);
        let (id, issued) = (id.clone(), self.at);
        let invoice =
            Invoice { id, month, issued, usage, due, charge_on, charging, action_required, declined, past_due, paid };
        account.invoices.push(invoice);
        account.month = None;
        if due.money().is_positive() {
            account.recharge.withheld = None;
        }
        Ok(())
    }

    fn expect_invoice(&mut self, id: &Id, states: &[InvoiceState]) -> Result<&mut Invoice, InvalidEvent> {
        let found = self.account.invoices.iter_mut().rev().find(|invoice| invoice.id == *id);
        let invoice = found.ok_or(InvalidEvent::InvoiceUnknown)?;
        let state = invoice.state();
        if states.contains(&state) { Ok(invoice) } else { Err(InvalidEvent::InvoiceState { state }) }
    }

    fn invoice_charge_started(&mut self, id: &Id) -> Applied {
        let at = self.at;
        let invoice = self.expect_invoice(id, &[InvoiceState::Due, InvoiceState::PastDue])?;
        invoice.charging = Some(at);
        (invoice.action_required, invoice.declined) = (None, None);
        Ok(())
    }

    /// TI-2: a paid invoice is spend.
    fn invoice_paid(&mut self, id: &Id, tier: TierEffect) -> Applied {
        let at = self.at;
        let invoice = self.expect_invoice(id, &[InvoiceState::Charging])?;
        (invoice.charging, invoice.action_required, invoice.paid) = (None, None, Some(at));
        let due = invoice.due.money();
        self.account.totals.paid = self.account.totals.paid.checked_add(due)?;
        self.spend_has_grown(tier)
    }

    /// IN-3: nothing was to be paid yet, so the invoice is due as before, and charged on its day.
    fn invoice_declined(&mut self, id: &Id, code: &Id) -> Applied {
        let at = self.at;
        let invoice = self.expect_invoice(id, &[InvoiceState::Charging])?;
        (invoice.charging, invoice.action_required) = (None, None);
        invoice.declined = Some((at, code.clone()));
        Ok(())
    }

    fn invoice_past_due(&mut self, id: &Id, code: Option<Id>) -> Applied {
        let at = self.at;
        let invoice = self.expect_invoice(id, &[InvoiceState::Charging, InvoiceState::Due])?;
        (invoice.charging, invoice.action_required) = (None, None);
        invoice.declined = code.map(|code| (at, code));
        invoice.past_due.get_or_insert(at);
        Ok(())
    }
}

/// The month of the instant just before.
fn month_that_ends_with(at: Timestamp) -> Option<Date> {
    let before = at.unix_nanoseconds().checked_sub(1)?;
    Timestamp::from_unix_nanoseconds(before).ok()?.date().first_of_month_after(0)
}

/// The key of auto-recharge's next purchase.
pub(crate) fn recharge_key(purchases: u64) -> Id {
    format!("{RECHARGE_KEYS}{}", purchases.saturating_add(1)).into()
}
