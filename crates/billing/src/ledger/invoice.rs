//! IN · Invoices and usage: the month in progress, and the invoices of those before it.

use crate::id::{DeclineCode, DeploymentId, InvoiceId, ModelId};
use crate::json::read::vocabulary;
use crate::ledger::credits::CreditKind;
use crate::money::{Charge, Money, MoneyError};
use crate::policy::terms::Policy;
use crate::rules::credit::Drawdown;
use crate::time::{Date, Timestamp};
use alloc::collections::BTreeMap;
use alloc::format;

vocabulary! {
    /// CR-1, UC-3: what is used by the piece.
    pub enum Service {
        /// Requests to models, by tokens.
        Serverless = "serverless",
        /// A fine-tuning job.
        FineTuning = "fine_tuning",
        /// An evaluation job.
        Evaluation = "evaluation",
    }
}

/// UC-3: the usage of one service by one model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// How often it was used.
    pub times: u64,
    /// IN-2: the tokens.
    pub tokens: u64,
    /// What it cost.
    pub cost: Money,
}

/// UC-5: the minutes of one deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hosted {
    /// The minutes charged.
    pub minutes: u64,
    /// What they cost.
    pub cost: Money,
}

/// What was used in a month, and what paid for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// UC-3: usage, by service and model.
    pub services: BTreeMap<(Service, Option<ModelId>), Tally>,
    /// UC-5: deployments, apart from usage.
    pub deployments: BTreeMap<DeploymentId, Hosted>,
    /// What both cost together.
    pub total: Money,
    /// What the month before left below a cent.
    pub carried_in: Money,
    /// IN-1: what free credits covered.
    pub free: Money,
    /// IN-1: what purchased credits covered.
    pub purchased: Money,
}

impl Usage {
    pub(crate) const NONE: Usage = Usage {
        services: BTreeMap::new(),
        deployments: BTreeMap::new(),
        total: Money::ZERO,
        carried_in: Money::ZERO,
        free: Money::ZERO,
        purchased: Money::ZERO,
    };

    /// IN-2: whether there is anything that an invoice would record.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.services.is_empty() && self.deployments.is_empty()
    }

    /// IN-1: what credits covered.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn covered(&self) -> Result<Money, MoneyError> {
        self.free.checked_add(self.purchased)
    }

    /// IN-1: what credits did not cover, with what the month before left.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn uncovered(&self) -> Result<Money, MoneyError> {
        self.total.checked_add(self.carried_in)?.checked_sub(self.covered()?)
    }

    /// IN-1: the shortfall in whole cents: what an invoice of this usage asks for.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn shortfall(&self) -> Result<Charge, MoneyError> {
        Ok(self.uncovered()?.floor_to_cents())
    }

    /// IN-1: what is left below a cent, which the next month takes over.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn carried_out(&self) -> Result<Money, MoneyError> {
        self.uncovered()?.checked_sub(self.shortfall()?.money())
    }

    /// UC-5: what deployments cost together.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn hosted(&self) -> Result<Money, MoneyError> {
        self.deployments.values().map(|hosted| hosted.cost).try_fold(Money::ZERO, Money::checked_add)
    }

    /// UC-3: a service was used.
    pub(crate) fn record(
        &mut self,
        service: Service,
        model: Option<ModelId>,
        tokens: u64,
        cost: Money,
    ) -> Result<(), MoneyError> {
        let none = Tally { times: 0, tokens: 0, cost: Money::ZERO };
        let tally = self.services.entry((service, model)).or_insert(none);
        tally.times = tally.times.saturating_add(1);
        tally.tokens = tally.tokens.checked_add(tokens).ok_or(MoneyError::OutOfRange)?;
        tally.cost = tally.cost.checked_add(cost)?;
        self.total = self.total.checked_add(cost)?;
        Ok(())
    }

    /// UC-5: minutes of a deployment were charged.
    pub(crate) fn host(&mut self, deployment: &DeploymentId, minutes: u64, cost: Money) -> Result<(), MoneyError> {
        let none = Hosted { minutes: 0, cost: Money::ZERO };
        let hosted = self.deployments.entry(deployment.clone()).or_insert(none);
        hosted.minutes = hosted.minutes.checked_add(minutes).ok_or(MoneyError::OutOfRange)?;
        hosted.cost = hosted.cost.checked_add(cost)?;
        self.total = self.total.checked_add(cost)?;
        Ok(())
    }

    /// What a cost was met with.
    pub(crate) fn paid(&mut self, paid: Drawdown) -> Result<(), MoneyError> {
        self.free = self.free.checked_add(paid.free)?;
        self.purchased = self.purchased.checked_add(paid.purchased)?;
        Ok(())
    }

    /// CR-8: credits that came in met what was owed.
    pub(crate) fn met(&mut self, kind: CreditKind, amount: Money) -> Result<(), MoneyError> {
        let covered = match kind {
            CreditKind::Free => &mut self.free,
            CreditKind::Purchased => &mut self.purchased,
        };
        *covered = covered.checked_add(amount)?;
        Ok(())
    }
}

vocabulary! {
    /// IN-1, IN-3: the state of an invoice.
    pub enum InvoiceState {
        /// IN-2: credits covered all of it.
        Covered = "covered",
        /// It will be charged on the 3rd.
        Due = "due",
        /// The charge is under way.
        Charging = "charging",
        /// AC-8: the charge failed.
        PastDue = "past_due",
        /// It was paid.
        Paid = "paid",
    }
}

/// IN-1: the invoice of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invoice {
    /// Its name: the month, as `2025-11`.
    pub id: InvoiceId,
    /// The first day of its month.
    pub month: Date,
    /// When it was issued.
    pub issued: Timestamp,
    /// What was used, and what paid for it.
    pub usage: Usage,
    /// IN-1: the shortfall, in whole cents. Less than a cent stays on the balance.
    pub due: Charge,
    /// IN-3: when it is charged.
    pub charge_on: Timestamp,
    /// When the charge began that is under way.
    pub charging: Option<Timestamp>,
    /// PM-11: when the bank asked for the customer.
    pub action_required: Option<Timestamp>,
    /// PD-1: when the last charge was declined, and the processor's code; until the next charge begins.
    pub declined: Option<(Timestamp, DeclineCode)>,
    /// AC-8: since when it is past due, however often it is charged again.
    pub past_due: Option<Timestamp>,
    /// When it was paid.
    pub paid: Option<Timestamp>,
}

impl Invoice {
    /// Its state. An invoice that is past due is `Charging` while it is charged again, and stays past due until it is paid.
    #[must_use]
    pub fn state(&self) -> InvoiceState {
        match self {
            Invoice { paid: Some(_), .. } => InvoiceState::Paid,
            Invoice { charging: Some(_), .. } => InvoiceState::Charging,
            Invoice { past_due: Some(_), .. } => InvoiceState::PastDue,
            Invoice { due, .. } if due.money().is_positive() => InvoiceState::Due,
            _ => InvoiceState::Covered,
        }
    }

    /// IN-3, CR-9: whether the customer can pay it by card now: it is due or past due, and no charge is under way.
    #[must_use]
    pub fn is_payable(&self) -> bool {
        matches!(self.state(), InvoiceState::Due | InvoiceState::PastDue)
    }

    /// What is still to be paid.
    #[must_use]
    pub fn unpaid(&self) -> Money {
        if self.paid.is_some() { Money::ZERO } else { self.due.money() }
    }

    /// CR-9, AC-8: what stops access until it is paid.
    #[must_use]
    pub fn past_due_amount(&self) -> Money {
        if self.past_due.is_some() { self.unpaid() } else { Money::ZERO }
    }
}

/// The name of the invoice of a month: `2025-11`.
#[must_use]
pub fn invoice_id(month: Date) -> InvoiceId {
    let (year, month) = month.year_and_month();
    format!("{year:04}-{month:02}").into()
}

/// IN-3: when the invoice of a month is charged.
#[must_use]
pub fn charge_on(policy: &Policy, month: Date) -> Option<Timestamp> {
    Some(month.first_of_month_after(1)?.with_day(policy.charge_day)?.start())
}
