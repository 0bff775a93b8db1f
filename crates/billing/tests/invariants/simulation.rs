//! Simulation: the same external events lived again.

use crate::random::{Chance, Held, Law, Scene, claim, hold, same, settings};
use billing::ledger::{Account, Event, EventKind, Origin, replay};
use billing::policy::Policies;
use billing::projection::simulate::{
    ExternalEvents, MOST_SIMULATED_EVENTS, NewPayment, PaymentAnswer, SimulationError, simulate, simulate_with,
};

/// Simulated under the policies that it was lived under, a history gives itself: every event, in order, at its instant.
#[test]
fn a_history_simulated_under_its_own_policies_gives_itself() {
    hold::<GivesItself>("a_history_gives_itself", 12_000);
}

#[derive(Default)]
struct GivesItself {
    events: Vec<Event>,
}

impl Law for GivesItself {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        if let Ok(decided) = scene.outcome {
            self.events.extend(decided.events.iter().cloned());
        }
        Ok(())
    }

    fn end(&mut self, policies: &Policies, account: &Account) -> Held {
        let Some(until) = account.last() else { return Ok(()) };
        let external = ExternalEvents::of(&self.events).map_err(|error| format!("{error:?}"))?;
        let simulated = simulate(policies, &external, until).map_err(|error| error.to_string())?;
        let parted = simulated.events.iter().zip(&self.events).find(|(new, old)| new != old);
        claim(parted.is_none(), || format!("{parted:?}"))?;
        same("events", &simulated.events.len(), &self.events.len())?;
        claim(simulated.account == *account, || "another account".into())?;
        same("refused", &simulated.refused.len(), &0)?;
        same("dropped", &simulated.dropped_reports, &0)
    }
}

/// Simulated under other policies, a history gives an account that its events make, in which time never runs back and every
/// external event has happened, was refused with a reason, or was a report that was dropped.
#[test]
fn a_history_simulated_under_other_policies_loses_no_external_event() {
    hold::<LosesNothing>("a_simulation_loses_nothing", 3_000);
}

#[derive(Default)]
struct LosesNothing {
    events: Vec<Event>,
}

impl Law for LosesNothing {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        if let Ok(decided) = scene.outcome {
            self.events.extend(decided.events.iter().cloned());
        }
        Ok(())
    }

    fn end(&mut self, _: &Policies, account: &Account) -> Held {
        let Some(until) = account.last() else { return Ok(()) };
        let external = ExternalEvents::of(&self.events).map_err(|error| format!("{error:?}"))?;
        for setting in settings() {
            let policies = setting.policies();
            // Approved for ever, a small amount and a high threshold would buy without end.
            let mut approved = 0;
            let scenario = |_: &NewPayment| {
                approved += 1;
                match approved {
                    0..30 => PaymentAnswer::Approved { after_seconds: approved % 3 },
                    _ => PaymentAnswer::Declined { code: "insufficient_funds".into(), after_seconds: 1 },
                }
            };
            let simulated = match simulate_with(&policies, &external, until, scenario) {
                Ok(simulated) => simulated,
                Err(SimulationError::NoPolicy) if policies.at(self.events[0].at).is_none() => continue,
                // Hostile histories come near the largest sums.
                Err(SimulationError::OutOfRange) => continue,
                Err(error) => return Err(format!("{}: {error}", setting.name)),
            };
            same("replayed", &replay(&simulated.events).as_ref(), &Ok(&simulated.account))?;
            claim(simulated.events.is_sorted_by_key(|event| event.at), || "time runs back".into())?;
            claim(simulated.events.len() <= MOST_SIMULATED_EVENTS, || "too many".into())?;
            for refused in &simulated.refused {
                claim(!refused.reasons.is_empty(), || "refused without a reason".into())?;
            }
            let is_external = |event: &&Event| matches!(event.kind.origin(), Origin::External(_));
            let happened = |events: &[Event]| {
                let usage = |event: &&Event| matches!(event.kind, EventKind::UsageRecorded { .. });
                events.iter().filter(is_external).filter(usage).count()
            };
            let refused = simulated
                .refused
                .iter()
                .filter(|refused| matches!(refused.external.command, billing::ledger::Command::RecordUsage { .. }));
            same("usage", &(happened(&simulated.events) + refused.count()), &happened(&self.events))?;
        }
        Ok(())
    }
}
