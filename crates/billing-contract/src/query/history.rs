//! What the questions about an account's life share: its history, and how its parts stand in an answer.

use super::asked::at_input;
use crate::form::{Amount, Said};
use billing::id::{DeploymentId, HardwareId, ModelId};
use billing::json::Node;
use billing::json::read::{At, Family, ReadError, list};
use billing::ledger::Deployment;
use billing::ledger::{Account, Command, Event, ReplayError, Rule, StoredEvent, decide, restore};
use billing::money::{Money, MoneyError};
use billing::payment_method::address::PostalAddress;
use billing::policy::Policies;
use billing::time::Timestamp;
use serde::Serialize;

/// A line holds fewer events than this, because a line has an end.
const MOST_EVENTS: u64 = 1_000_000;

/// Reads a history, of this form or an earlier one.
pub(super) fn events(node: &Node<'_>, at: &At<'_>) -> Result<Vec<StoredEvent>, ReadError> {
    list(MOST_EVENTS, StoredEvent::read)(node, &at.with_family(Family::History))
}

/// The events of a history in the present form, and the account that they make. An event that is invalid is named by its
/// place.
pub(super) fn account(policies: &Policies, events: &[StoredEvent]) -> Result<(Vec<Event>, Account), ReadError> {
    restore(policies, events.iter().cloned())
        .map_err(|ReplayError { index, why }| at_input(|at| at.field("events").item(index).finding(&why)))
}

/// Time passes, and nobody asks for anything.
static ADVANCE: Command = Command::Advance;

/// The account that a history makes by an instant that does not lie before its last event, and its events with those that
/// have fallen due since: a question is answered as if they had been recorded, so that the answer does not depend on who
/// looked before.
pub(super) fn account_at(
    policies: &Policies,
    events: &[StoredEvent],
    now: Timestamp,
) -> Result<(Vec<Event>, Account), ReadError> {
    let (mut events, account) = account(policies, events)?;
    let decided = decide(policies, &account, now, &ADVANCE).map_err(|rejections| {
        let at = At::root(Family::Request, "now");
        rejections.first().map_or_else(|| at.finding(&Rule::BeforeHistory), |rejection| at.finding(rejection.finding()))
    })?;
    events.extend(decided.events);
    Ok((events, decided.account))
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
    deployment: Said<DeploymentId>,
    hosting: &'static str,
    model: Option<Said<ModelId>>,
    hardware: Option<Said<HardwareId>>,
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
