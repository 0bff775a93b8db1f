//! How payments turn out in a simulation: as they did, or as the scenario says.

use super::external::{Attempt, Attempts, ExternalEvents, Paid};
use crate::id::DeclineCode;
use crate::ledger::account::Account;
use crate::ledger::command::Command;
use crate::ledger::event::Event;
use crate::ledger::payment::Payment;
use crate::money::Charge;
use crate::time::Timestamp;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;
use alloc::vec::Vec;

/// A payment that exists only in the simulation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewPayment {
    /// What is paid.
    pub payment: Payment,
    /// How much.
    pub amount: Charge,
    /// When it was handed to the processor.
    pub began: Timestamp,
}

/// What a scenario has the bank answer to a [`NewPayment`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentAnswer {
    /// It approves, this many seconds later; a purchase then completes at once.
    Approved {
        /// How many seconds later.
        after_seconds: u64,
    },
    /// It declines with this code, this many seconds later.
    Declined {
        /// The processor's code.
        code: DeclineCode,
        /// How many seconds later.
        after_seconds: u64,
    },
}

/// A report that is still to come.
pub(super) struct Scheduled {
    pub(super) at: Timestamp,
    /// Its place among what happens at the same instant: that of the report in the history, or behind all of them.
    place: usize,
    pub(super) command: Command,
    /// TI-8: whether the spend that it completes is to count at once.
    pub(super) settles: bool,
}

/// The reports on payments: those of the history, and those of new payments.
pub(super) struct Reports {
    /// The reports of the history, by the payment that they are about.
    kept: BTreeMap<Attempt, Vec<usize>>,
    /// Which of them have been scheduled.
    used: BTreeSet<usize>,
    attempts: Attempts,
    scheduled: Vec<Scheduled>,
    /// The place of the next report on a new payment: behind every report of the history.
    next_place: usize,
}

impl Reports {
    pub(super) fn of(external: &ExternalEvents) -> Reports {
        let mut kept: BTreeMap<Attempt, Vec<usize>> = BTreeMap::new();
        for (place, event) in external.events.iter().enumerate() {
            if let Some(report) = &event.reports {
                kept.entry(report.attempt.clone()).or_default().push(place);
            }
        }
        Reports {
            kept,
            used: BTreeSet::new(),
            attempts: Attempts::default(),
            scheduled: Vec::new(),
            next_place: external.events.len(),
        }
    }

    /// Schedules what is reported on a payment that an event has handed to the processor.
    pub(super) fn hear(
        &mut self,
        external: &ExternalEvents,
        event: &Event,
        account: &Account,
        scenario: &mut dyn FnMut(&NewPayment) -> PaymentAnswer,
    ) {
        let Some(attempt) = self.attempts.note(&event.kind, event.at, account) else { return };
        if let Some(places) = self.kept.get(&attempt) {
            for place in places {
                let Some(report) = external.events.get(*place) else { continue };
                let after = report.reports.as_ref().map_or(0, |report| report.after);
                let at = event.at.unix_nanoseconds().saturating_add(after);
                let Ok(at) = Timestamp::from_unix_nanoseconds(at) else { continue };
                let settles = report.reports.as_ref().is_some_and(|report| report.settled);
                self.used.insert(*place);
                self.scheduled.push(Scheduled { at, place: *place, command: report.command.clone(), settles });
            }
            return;
        }
        if external.began(&attempt) {
            // It was never answered, and is not answered here.
            return;
        }
        let payment = match &attempt.of {
            Paid::Purchase(key) => Payment::Purchase(key.clone()),
            Paid::Invoice(id) => Payment::Invoice(id.clone()),
        };
        let answer = scenario(&NewPayment { payment: payment.clone(), amount: attempt.amount, began: event.at });
        let (commands, after_seconds) = commands_of(answer, payment, attempt.of);
        let Some(at) = event.at.plus_seconds(after_seconds) else { return };
        for command in commands {
            self.scheduled.push(Scheduled { at, place: self.next_place, command, settles: true });
            self.next_place = self.next_place.saturating_add(1);
        }
    }

    /// When the next report comes.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        self.scheduled.iter().map(|report| report.at).min()
    }

    /// Takes the next report, if it comes no later than an instant and, at that instant, before a place.
    pub(super) fn next_before(&mut self, at: Timestamp, place: usize) -> Option<Scheduled> {
        let next = self.scheduled.iter().enumerate().min_by_key(|(_, report)| (report.at, report.place));
        let (index, _) = next.filter(|(_, report)| (report.at, report.place) < (at, place))?;
        Some(self.scheduled.remove(index))
    }

    /// How many reports of the history, up to an instant, were about payments that do not exist here.
    pub(super) fn dropped(&self, external: &ExternalEvents, until: Timestamp) -> u64 {
        let has_come = |place: &&usize| external.events.get(**place).is_some_and(|report| report.at <= until);
        let places = self.kept.values().flatten().filter(has_come);
        u64::try_from(places.filter(|place| !self.used.contains(place)).count()).unwrap_or(u64::MAX)
    }
}

fn commands_of(answer: PaymentAnswer, payment: Payment, of: Paid) -> (Vec<Command>, u64) {
    match (answer, of) {
        (PaymentAnswer::Approved { after_seconds }, Paid::Purchase(purchase)) => {
            let invoiced = Command::InvoiceGenerated { purchase: purchase.clone() };
            let commands = vec![Command::BankApproves { payment }, invoiced, Command::BalanceUpdated { purchase }];
            (commands, after_seconds)
        }
        (PaymentAnswer::Approved { after_seconds }, Paid::Invoice(_)) => {
            (vec![Command::BankApproves { payment }], after_seconds)
        }
        (PaymentAnswer::Declined { code, after_seconds }, _) => {
            (vec![Command::BankDeclines { payment, code }], after_seconds)
        }
    }
}
