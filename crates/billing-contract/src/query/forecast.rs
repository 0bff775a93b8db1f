//! `forecast`: what is to come for an account that goes on as it does.

use super::access::RemedyForm;
use super::asked::{Asked, at_input};
use super::history::{self, instant, out_of_range};
use crate::form::{Amount, Found, Said};
use billing::id::InvoiceId;
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, amount, count, flag};
use billing::ledger::StoredEvent;
use billing::money::Money;
use billing::projection::forecast::{
    Entry, Forecast, ForecastError, ForecastEvent, ForecastFinding, ForecastQuestion, MOST_DAYS, Sums, forecast,
};
use billing::time::{Date, TimeError, Timestamp};
use serde::Serialize;
use std::marker::PhantomData;

pub(super) struct Input<'n> {
    events: Vec<StoredEvent>,
    question: ForecastQuestion,
    request: PhantomData<&'n ()>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["events", "usage_per_day", "days", "running"])?;
        let events = fields.required("events", history::events)?;
        let question = ForecastQuestion {
            usage_per_day: fields.required("usage_per_day", amount)?,
            days: fields.required("days", count(1, MOST_DAYS))?,
            running: fields.optional("running", flag)?.unwrap_or(true),
        };
        Ok(Input { events, question, request: PhantomData })
    }

    pub(super) fn answer<'q>(&'q self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        let (policies, now) = (asked.policies(), asked.now()?);
        asked.policy()?;
        let (_, account) = history::account_at(policies, &self.events, now)?;
        let seen = forecast(policies, &account, now, &self.question).map_err(|error| match error {
            ForecastError::Money(error) => out_of_range(error),
            ForecastError::NoTime => at_input(|at| at.field("days").time_fault(TimeError::OutOfRange)),
        })?;
        Ok(Answer::from(seen))
    }
}

#[derive(Serialize)]
pub(crate) struct Answer<'q> {
    entries: Vec<EntryForm>,
    totals: SumsForm,
    months: Vec<MonthForm>,
    balances: Vec<BalanceForm>,
    access_stops: Option<Said<Timestamp>>,
    prevents: Vec<RemedyForm>,
    outlook: Vec<Found<ForecastFinding>>,
    #[serde(skip)]
    request: PhantomData<&'q ()>,
}

impl From<Forecast> for Answer<'_> {
    fn from(seen: Forecast) -> Self {
        let month = |(first, sums): (Date, Sums)| MonthForm { month: Said(first), sums: sums.into() };
        let balance = |(at, balance)| BalanceForm { at: instant(at), balance: Amount(balance) };
        Answer {
            entries: seen.entries.into_iter().map(EntryForm::from).collect(),
            totals: seen.totals.into(),
            months: seen.months.into_iter().map(month).collect(),
            balances: seen.balances.into_iter().map(balance).collect(),
            access_stops: seen.access_stops.map(instant),
            prevents: seen.prevents.into_iter().map(RemedyForm).collect(),
            outlook: seen.outlook.into_iter().map(Found).collect(),
            request: PhantomData,
        }
    }
}

#[derive(Serialize)]
struct EntryForm {
    at: Said<Timestamp>,
    kind: &'static str,
    amount: Option<Amount<Money>>,
    purchases: Option<u64>,
    invoice: Option<Said<InvoiceId>>,
    total: Option<Amount<Money>>,
    reason: Option<&'static str>,
    balance: Amount<Money>,
}

impl From<Entry> for EntryForm {
    fn from(Entry { at, what, balance }: Entry) -> EntryForm {
        let entry = |kind| EntryForm {
            at: instant(at),
            kind,
            amount: None,
            purchases: None,
            invoice: None,
            total: None,
            reason: None,
            balance: Amount(balance),
        };
        let invoiced = |kind, invoice, amount: Money| EntryForm {
            amount: Some(Amount(amount)),
            invoice: Some(Said(invoice)),
            ..entry(kind)
        };
        match what {
            ForecastEvent::Recharge { purchases, total } => {
                EntryForm { amount: Some(Amount(total)), purchases: Some(purchases), ..entry("recharge") }
            }
            ForecastEvent::MonthEnd { invoice, total, due } => {
                EntryForm { total: Some(Amount(total)), ..invoiced("month_end", invoice, due.money()) }
            }
            ForecastEvent::Charge { invoice, amount } => invoiced("charge", invoice, amount.money()),
            ForecastEvent::PastDue { invoice, amount } => invoiced("past_due", invoice, amount.money()),
            ForecastEvent::Expiry { amount } => EntryForm { amount: Some(Amount(amount)), ..entry("expiry") },
            ForecastEvent::Suspended { reason } => EntryForm { reason: Some(reason), ..entry("suspended") },
            ForecastEvent::Recovered => entry("recovered"),
        }
    }
}

#[derive(Serialize)]
struct SumsForm {
    usage: Amount<Money>,
    deployments: Amount<Money>,
    purchases: u64,
    recharged: Amount<Money>,
    charged: Amount<Money>,
}

impl From<Sums> for SumsForm {
    fn from(sums: Sums) -> SumsForm {
        let Sums { usage, deployments, purchases, recharged, charged } = sums;
        SumsForm {
            usage: Amount(usage),
            deployments: Amount(deployments),
            purchases,
            recharged: Amount(recharged),
            charged: Amount(charged),
        }
    }
}

#[derive(Serialize)]
struct MonthForm {
    month: Said<Date>,
    #[serde(flatten)]
    sums: SumsForm,
}

#[derive(Serialize)]
struct BalanceForm {
    at: Said<Timestamp>,
    balance: Amount<Money>,
}
