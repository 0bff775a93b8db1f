//! What the questions about an account's life share: its history, and how its parts stand in an answer.

use super::at_input;
use crate::form::{Amount, Said};
use billing::id::Id;
use billing::json::Node;
use billing::json::read::{At, Family, ReadError, list};
use billing::ledger::Deployment;
use billing::ledger::{Account, Command, Decided, Event, ReplayError, Rule, decide, replay};
use billing::money::{Money, MoneyError};
use billing::payment_method::address::PostalAddress;
use billing::policy::Policies;
use billing::time::Timestamp;
use serde::Serialize;

/// A line holds fewer events than this, because a line has an end.
const MOST_EVENTS: u64 = 1_000_000;

/// Reads a history.
pub(super) fn events(node: &Node<'_>, at: &At<'_>) -> Result<Vec<Event>, ReadError> {
    list(MOST_EVENTS, Event::read)(node, &at.with_family(Family::History))
}

/// The account that a history makes. An event that is impossible is named by its place.
pub(super) fn account(policies: Policies<'_>, events: &[Event]) -> Result<Account, ReadError> {
    replay(policies, events)
        .map_err(|ReplayError { index, why }| at_input(|at| at.field("events").item(index).finding(&why)))
}

/// What was not decided by anybody, only by the time.
static ADVANCE: Command = Command::Advance;

/// The account that a history makes by an instant that does not lie before its last event, and what has fallen due since that
/// event: a question is answered as if it had been recorded, so that the answer does not depend on who looked before.
pub(super) fn account_at(policies: Policies<'_>, events: &[Event], now: Timestamp) -> Result<Decided, ReadError> {
    let account = account(policies, events)?;
    decide(policies, &account, now, &ADVANCE).map_err(|rejections| {
        let at = At::root(Family::Request, "now");
        rejections.first().map_or_else(|| at.finding(&Rule::BeforeHistory), |rejection| at.finding(rejection.finding()))
    })
}

/// An instant.
pub(super) fn instant(at: Timestamp) -> Said<Timestamp> {
    Said(at)
}

/// A billing address.
#[derive(Serialize)]
pub(super) struct AddressForm<'a> {
    line1: &'a str,
    line2: &'a str,
    city: &'a str,
    region: &'a str,
    postal_code: &'a str,
    country: &'a str,
}

impl<'a> From<&'a PostalAddress> for AddressForm<'a> {
    fn from(address: &'a PostalAddress) -> AddressForm<'a> {
        let PostalAddress { line1, line2, city, region, postal_code, country } = address;
        AddressForm { line1, line2, city, region, postal_code, country }
    }
}

/// A sum that left the range, as what is wrong with the history.
pub(super) fn out_of_range(error: MoneyError) -> ReadError {
    at_input(|at| at.field("events").money_fault(error))
}

/// A deployment.
#[derive(Serialize)]
pub(super) struct DeploymentForm {
    deployment: Said<Id>,
    hosting: &'static str,
    model: Option<Said<Id>>,
    hardware: Option<Said<Id>>,
    per_minute: Amount<Money>,
    per_hour: Amount<Money>,
    started: Said<Timestamp>,
    stopped: Option<Said<Timestamp>>,
    last_request: Option<Said<Timestamp>>,
    minutes: u64,
    cost_since_last_request: Amount<Money>,
}

impl DeploymentForm {
    pub(super) fn of(deployment: &Deployment, now: Timestamp) -> Result<DeploymentForm, ReadError> {
        Ok(DeploymentForm {
            deployment: Said(deployment.id.clone()),
            hosting: deployment.hosting.id(),
            model: deployment.model.clone().map(Said),
            hardware: deployment.hardware.clone().map(Said),
            per_minute: Amount(deployment.per_minute),
            per_hour: Amount(deployment.per_hour().map_err(out_of_range)?),
            started: instant(deployment.started),
            stopped: deployment.stopped.map(instant),
            last_request: deployment.last_request.map(instant),
            minutes: deployment.minutes(now),
            cost_since_last_request: Amount(deployment.cost_since_last_request(now).map_err(out_of_range)?),
        })
    }
}
