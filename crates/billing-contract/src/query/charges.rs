//! `charges`: what was charged since an instant, and what runs.

use super::asked::Asked;
use super::history::{self, DeploymentForm, instant, out_of_range};
use crate::form::{Amount, Found, Said};
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, timestamp};
use billing::ledger::StoredEvent;
use billing::money::{Decimal, Money};
use billing::projection::charges::{ChargeNotice, RunningCost, charges};
use billing::time::Timestamp;
use serde::Serialize;
use std::marker::PhantomData;

pub(super) struct Input<'n> {
    events: Vec<StoredEvent>,
    since: Timestamp,
    request: PhantomData<&'n ()>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["events", "since"])?;
        let (events, since) = (fields.required("events", history::events)?, fields.required("since", timestamp)?);
        Ok(Input { events, since, request: PhantomData })
    }

    pub(super) fn answer<'q>(&'q self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        let (policies, now) = (asked.policies(), asked.now()?);
        let (events, account) = history::account_at(policies, &self.events, now)?;
        let charges = charges(policies, &account, &events, self.since, now).map_err(out_of_range)?;
        let running = charges.running.iter().map(|cost| RunningForm::of(cost, now)).collect::<Result<_, _>>()?;
        Ok(Answer {
            balance: Amount(account.balance(now).map_err(out_of_range)?),
            usage: Amount(charges.usage),
            deployments: Amount(charges.deployments),
            purchases: Amount(charges.purchases),
            running,
            per_hour: Amount(charges.per_hour),
            runs_out: charges.runs_out.map(instant),
            notices: charges.notices.iter().copied().map(Found).collect(),
            request: PhantomData,
        })
    }
}

#[derive(Serialize)]
pub(crate) struct Answer<'q> {
    balance: Amount<Money>,
    usage: Amount<Money>,
    deployments: Amount<Money>,
    purchases: Amount<Money>,
    running: Vec<RunningForm>,
    per_hour: Amount<Money>,
    runs_out: Option<Said<Timestamp>>,
    notices: Vec<Found<ChargeNotice>>,
    #[serde(skip)]
    request: PhantomData<&'q ()>,
}

#[derive(Serialize)]
struct RunningForm {
    #[serde(flatten)]
    deployment: DeploymentForm,
    cost: Amount<Money>,
    share: Option<Said<Decimal>>,
}

impl RunningForm {
    fn of(cost: &RunningCost<'_>, now: Timestamp) -> Result<RunningForm, ReadError> {
        let deployment = DeploymentForm::of(cost.deployment, now)?;
        Ok(RunningForm { deployment, cost: Amount(cost.cost), share: cost.share.map(Said) })
    }
}
