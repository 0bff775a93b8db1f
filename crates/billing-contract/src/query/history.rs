//! What the questions about an account's life share: its history, and how its parts stand in an answer.

use super::at_input;
use crate::form::{Amount, Said};
use billing::account::{Account, Event, Policies, PostalAddress, ReplayError, replay};
use billing::document::Node;
use billing::document::read::{At, Fault, list};
use billing::time::Timestamp;
use serde::Serialize;

/// A line holds fewer events than this, because a line has an end.
const MOST_EVENTS: u64 = 1_000_000;

/// Reads a history.
pub(super) fn events(node: &Node<'_>, at: &At<'_>) -> Result<Vec<Event>, Fault> {
    list(MOST_EVENTS, Event::read)(node, at)
}

/// The account that a history makes. An event that is impossible is named by its place.
pub(super) fn account(policies: Policies<'_>, events: &[Event]) -> Result<Account, Fault> {
    replay(policies, events)
        .map_err(|ReplayError { index, why }| at_input(|at| at.field("events").item(index).finding(&why)))
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
pub(super) fn out_of_range(error: billing::money::MoneyError) -> Fault {
    at_input(|at| at.field("events").money_fault(error))
}

/// A deployment.
#[derive(Serialize)]
pub(super) struct DeploymentForm<'a> {
    deployment: &'a str,
    hosting: &'static str,
    model: Option<&'a str>,
    hardware: Option<&'a str>,
    per_minute: Amount<billing::money::Money>,
    per_hour: Amount<billing::money::Money>,
    started: Said<Timestamp>,
    stopped: Option<Said<Timestamp>>,
    last_request: Option<Said<Timestamp>>,
    minutes: u64,
    cost_since_last_request: Amount<billing::money::Money>,
}

impl<'a> DeploymentForm<'a> {
    pub(super) fn of(deployment: &'a billing::deployment::Deployment, now: Timestamp) -> Result<Self, Fault> {
        Ok(DeploymentForm {
            deployment: &deployment.id,
            hosting: deployment.hosting.id(),
            model: deployment.model.as_deref(),
            hardware: deployment.hardware.as_deref(),
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
