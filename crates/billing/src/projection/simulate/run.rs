//! The simulation itself.

use super::external::{ExternalEvent, ExternalEvents};
use super::payments::{NewPayment, PaymentAnswer, Reports};
use crate::ledger::account::Account;
use crate::ledger::command::Command;
use crate::ledger::due::Timeline;
use crate::ledger::event::{Actor, Event};
use crate::ledger::life::{Deciding, Life, Stop};
use crate::ledger::rejection::Rejection;
use crate::policy::schedule::Policies;
use crate::time::Timestamp;
use alloc::vec::Vec;
use core::fmt;

/// The most events that a simulation makes.
pub const MOST_SIMULATED_EVENTS: usize = 200_000;

/// What a history would have been.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Simulation<'a> {
    /// The events, in order.
    pub events: Vec<Event>,
    /// The account that they make.
    pub account: Account,
    /// The commands of customers, services and operators that are refused here.
    pub refused: Vec<RefusedCommand<'a>>,
    /// How many reports were about payments that do not exist here.
    pub dropped_reports: u64,
}

/// A command that was carried out in the history and is refused in the simulation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedCommand<'a> {
    /// The command, and when.
    pub external: &'a ExternalEvent,
    /// Every reason against it.
    pub reasons: Vec<Rejection<'a>>,
}

/// Why a simulation has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SimulationError {
    /// No policy is in force when something happens.
    NoPolicy,
    /// It would make more than [`MOST_SIMULATED_EVENTS`].
    TooManyEvents,
    /// A sum leaves what can be represented.
    OutOfRange,
}

impl fmt::Display for SimulationError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SimulationError::NoPolicy => out.write_str("No policy is in force when something happens."),
            SimulationError::TooManyEvents => write!(out, "A simulation makes {MOST_SIMULATED_EVENTS} events at most."),
            SimulationError::OutOfRange => out.write_str("A sum leaves what can be represented."),
        }
    }
}

impl core::error::Error for SimulationError {}

/// Lives external events under these policies until an instant. New payments are approved at once.
///
/// # Errors
/// [`SimulationError`].
///
/// ```
/// use billing::ledger::{Account, Command, decide};
/// use billing::money::Money;
/// use billing::policy::{Policies, Policy};
/// use billing::projection::simulate::{ExternalEvents, simulate};
/// use billing::time::Timestamp;
/// let policies = Policies::always(Policy::shipped("prepaid")?);
/// let now = Timestamp::parse("2025-12-01T09:30:00Z")?;
/// let grant = Command::GrantFreeCredits { grant: "welcome".into(), amount: Money::parse("5")? };
/// let lived = decide(&policies, &Account::NEW, now, &grant).map_err(|_| "refused")?;
/// let external = ExternalEvents::of(&lived.events).map_err(|_| "invalid")?;
/// let simulated = simulate(&policies, &external, now)?;
/// assert_eq!((simulated.events, simulated.account), (lived.events, lived.account));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn simulate<'a>(
    policies: &'a Policies,
    external: &'a ExternalEvents,
    until: Timestamp,
) -> Result<Simulation<'a>, SimulationError> {
    simulate_with(policies, external, until, |_| PaymentAnswer::Approved { after_seconds: 0 })
}

/// The same, where `scenario` says how each payment turns out that the history does not have.
///
/// # Errors
/// [`SimulationError`].
pub fn simulate_with<'a>(
    policies: &'a Policies,
    external: &'a ExternalEvents,
    until: Timestamp,
    mut scenario: impl FnMut(&NewPayment) -> PaymentAnswer,
) -> Result<Simulation<'a>, SimulationError> {
    let begin = external.iter().next().map_or(until, |first| first.at.min(until));
    let policy = policies.at(begin).ok_or(SimulationError::NoPolicy)?;
    let mut run = Run {
        timeline: Timeline { policies, policy, account: Account::NEW, at: begin, strategy: Life::NONE },
        external,
        reports: Reports::of(external),
        scenario: &mut scenario,
        events: Vec::new(),
        refused: Vec::new(),
        dropped: 0,
    };
    for (place, event) in external.iter().enumerate().filter(|(_, event)| event.reports.is_none()) {
        if event.at > until {
            break;
        }
        run.pass_to(event.at, place)?;
        run.command(event)?;
    }
    run.pass_to(until, usize::MAX)?;
    let Run { timeline, reports, events, refused, dropped, .. } = run;
    let dropped_reports = reports.dropped(external, until).saturating_add(dropped);
    Ok(Simulation { events, account: timeline.account, refused, dropped_reports })
}

/// A simulation under way.
struct Run<'a, 's> {
    timeline: Deciding<'a>,
    external: &'a ExternalEvents,
    reports: Reports,
    scenario: &'s mut dyn FnMut(&NewPayment) -> PaymentAnswer,
    events: Vec<Event>,
    refused: Vec<RefusedCommand<'a>>,
    dropped: u64,
}

impl<'a> Run<'a, '_> {
    /// Lets time pass until an instant, with every report that comes before what has this place there.
    fn pass_to(&mut self, at: Timestamp, place: usize) -> Result<(), SimulationError> {
        loop {
            let limit = self.reports.next_at().map_or(at, |report| report.min(at));
            if self.step(limit)? {
                continue;
            }
            let Some(report) = self.reports.next_before(at, place) else {
                return self.timeline.set_time(at).map_err(|_| SimulationError::NoPolicy);
            };
            self.timeline.set_time(report.at).map_err(|_| SimulationError::NoPolicy)?;
            if self.timeline.report(&report.command).is_err() {
                self.expect_no_events()?;
                self.dropped = self.dropped.saturating_add(1);
            } else if report.settles && self.timeline.account.settling_since().is_some() {
                self.timeline.report(&Command::TierSettled).map_err(|_| SimulationError::OutOfRange)?;
            }
            self.take_events()?;
        }
    }

    /// Does what falls due next by itself, up to an instant. False where nothing does.
    fn step(&mut self, limit: Timestamp) -> Result<bool, SimulationError> {
        let stepped = self.timeline.step(self.timeline.at, limit).map_err(|Stop(reasons)| error(&reasons))?;
        self.take_events()?;
        Ok(stepped.is_some())
    }

    fn command(&mut self, event: &'a ExternalEvent) -> Result<(), SimulationError> {
        if let Err(Stop(reasons)) = self.timeline.command(&event.command) {
            self.expect_no_events()?;
            if event.by() == Actor::Processor {
                // A report about a hold that was not placed here.
                self.dropped = self.dropped.saturating_add(1);
            } else {
                self.refused.push(RefusedCommand { external: event, reasons });
            }
        }
        self.take_events()
    }

    /// What is refused for a reason is refused before it makes anything happen; only a sum that leaves the range stops later.
    fn expect_no_events(&self) -> Result<(), SimulationError> {
        if self.timeline.strategy.events.is_empty() { Ok(()) } else { Err(SimulationError::OutOfRange) }
    }

    /// Takes what has just happened, and hears of the payments that have begun.
    fn take_events(&mut self) -> Result<(), SimulationError> {
        let Life { events, .. } = core::mem::replace(&mut self.timeline.strategy, Life::NONE);
        for event in &events {
            self.reports.hear(self.external, event, &self.timeline.account, self.scenario);
        }
        self.events.extend(events);
        if self.events.len() > MOST_SIMULATED_EVENTS { Err(SimulationError::TooManyEvents) } else { Ok(()) }
    }
}

fn error(reasons: &[Rejection<'_>]) -> SimulationError {
    match reasons.first() {
        Some(Rejection::Rule(crate::ledger::rejection::Rule::NoPolicy)) => SimulationError::NoPolicy,
        Some(Rejection::Rule(crate::ledger::rejection::Rule::TooFar { .. })) => SimulationError::TooManyEvents,
        _ => SimulationError::OutOfRange,
    }
}
