//! The card form's signals: what was typed, which fields were left, and what may be said about them by now.

use super::entries::{Entries, Issuer};
use crate::browser;
use crate::example::OnFile;
use crate::parts::follow::memo;
use crate::parts::told::Told;
use crate::state::State;
use billing::card::{ExpiryState, Field, FieldProblem, Problem, Verdict, read_expiry};
use billing::time::Timestamp;
use leptos::prelude::*;

/// How far the form has come.
pub(crate) struct Progress {
    pub(crate) entries: Entries,
    left: Vec<Field>,
    /// "Check card" was pressed, so that the summary lists what is wrong.
    pub(crate) checked: bool,
    /// The details are complete; the issuer has the word.
    pub(crate) complete: bool,
    pub(crate) issuer: Issuer,
}

impl Progress {
    fn new(country: &str) -> Progress {
        let entries = Entries::new(country);
        Progress { entries, left: Vec::new(), checked: false, complete: false, issuer: Issuer::SILENT }
    }

    /// Takes what was typed. Other details are another card: the issuer has not spoken about it.
    fn type_in(&mut self, field: Field, text: String) {
        self.entries.set(field, text);
        self.complete = false;
        self.issuer = Issuer::SILENT;
    }

    fn leave(&mut self, field: Field) {
        if !self.left.contains(&field) {
            self.left.push(field);
        }
    }

    /// Whether a problem may be said beside its field by now.
    fn says(&self, found: &FieldProblem) -> bool {
        self.left.contains(&found.field) || is_said_at_once(found.problem)
    }

    /// What may be kept of a card that was accepted.
    fn accepted(&self, verdict: &Verdict, now: Timestamp) -> Option<OnFile> {
        let ExpiryState::InDate(expiry) = read_expiry(&self.entries.expiry, now) else {
            return None;
        };
        let address = self.entries.address.clone();
        let kept = OnFile { network: verdict.network?, last4: verdict.last4?, expiry, address };
        (verdict.accepted == Some(true)).then_some(kept)
    }
}

/// The form's signals; copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) state: State,
    pub(crate) progress: RwSignal<Progress>,
    /// What the digits and the address tell, whatever the issuer says.
    pub(crate) problems: Memo<Vec<FieldProblem>>,
}

impl Form {
    pub(crate) fn new(state: State) -> Form {
        let progress = RwSignal::new(Progress::new(super::countries::default_country()));
        let problems = memo(move || {
            let verdict = judge(state, &progress.read().entries, Issuer::SILENT);
            verdict.map(|verdict| verdict.problems).unwrap_or_default()
        });
        Form { state, progress, problems }
    }

    /// The verdict with the issuer's answer.
    pub(crate) fn verdict(self) -> Option<Verdict> {
        let progress = self.progress.read();
        judge(self.state, &progress.entries, progress.issuer)
    }

    pub(crate) fn text(self, field: Field) -> Signal<String> {
        Signal::derive(move || self.progress.read().entries.get(field).to_owned())
    }

    pub(crate) fn type_in(self, field: Field, text: String) {
        self.progress.update(|progress| progress.type_in(field, text));
        self.state.done.set(None);
    }

    pub(crate) fn leave(self, field: Field) {
        self.progress.update(|progress| progress.leave(field));
    }

    /// The first stage: everything that the typed details can tell. True where they are complete.
    pub(crate) fn check(self) -> bool {
        let complete = self.problems.with_untracked(Vec::is_empty);
        self.progress.update(|progress| {
            progress.left = FIELDS.to_vec();
            progress.checked = true;
            progress.complete = complete;
        });
        complete
    }

    /// What is to be said beside a field by now.
    pub(crate) fn error(self, field: Field) -> Signal<Option<Told>> {
        Signal::derive(move || {
            let (problems, progress) = (self.problems.read(), self.progress.read());
            let found = problems.iter().find(|found| found.field == field && progress.says(found))?;
            Some(Told::of(&found.problem))
        })
    }

    /// After the second stage: what may be kept of an accepted card is kept, the rest is forgotten at once.
    pub(crate) fn link(self) -> Option<OnFile> {
        let verdict = untrack(move || self.verdict())?;
        let (card, recurring, country) = self.progress.with_untracked(|progress| {
            let card = progress.accepted(&verdict, browser::now()?)?;
            Some((card, progress.issuer.recurring, progress.entries.address.country.clone()))
        })?;
        self.state.example.update(|example| example.link(card.clone(), recurring));
        self.progress.set(Progress::new(&country));
        Some(card)
    }
}

fn judge(state: State, entries: &Entries, issuer: Issuer) -> Option<Verdict> {
    let now = browser::now()?;
    Some(entries.verdict(&state.policy.read(), now, issuer, state.example.read().on_file.as_ref()))
}

/// Whether a problem is said while one types: what no further typing can mend. The rest waits until the field is left.
pub(crate) fn is_said_at_once(problem: Problem) -> bool {
    !matches!(
        problem,
        Problem::NumberMissing
            | Problem::NumberIncomplete { .. }
            | Problem::NumberUnfinished { .. }
            | Problem::ExpiryMissing
            | Problem::ExpiryIncomplete
            | Problem::Expired { .. }
            | Problem::SecurityCodeMissing
            | Problem::SecurityCodeIncomplete { .. }
            | Problem::AddressIncomplete { .. }
            | Problem::CountryUnknown
            | Problem::PostalCodeMalformed { .. }
    )
}

/// The fields, in the order of the form.
pub(crate) const FIELDS: [Field; 10] = [
    Field::Name,
    Field::Number,
    Field::Expiry,
    Field::SecurityCode,
    Field::Country,
    Field::Line1,
    Field::Line2,
    Field::City,
    Field::Region,
    Field::PostalCode,
];

/// The id of a field's input.
pub(crate) fn id_of(field: Field) -> &'static str {
    match field {
        Field::Name => "card-name",
        Field::Number => "card-number",
        Field::Expiry => "card-expiry",
        Field::SecurityCode => "card-code",
        Field::Country => "address-country",
        Field::Line1 | Field::Address => "address-line1",
        Field::Line2 => "address-line2",
        Field::City => "address-city",
        Field::Region => "address-region",
        Field::PostalCode => "address-postal-code",
    }
}

#[cfg(test)]
mod tests {
    use super::super::entries::tests::{GOOD, entries, verdict};
    use super::*;

    #[test]
    fn the_impossible_is_said_at_once_and_the_unfinished_later() {
        assert!(is_said_at_once(Problem::NumberMistyped));
        assert!(is_said_at_once(Problem::NetworkUnknown));
        assert!(is_said_at_once(Problem::ExpiryMalformed));
        assert!(!is_said_at_once(Problem::NumberIncomplete { digits: 4 }));
        assert!(!is_said_at_once(Problem::Expired { month: 1, year: 2020 }));
    }

    #[test]
    fn other_details_are_another_card() {
        let mut progress = Progress { entries: entries(), complete: true, issuer: GOOD, ..Progress::new("US") };
        let now = Timestamp::parse("2025-12-01T00:00:00Z").unwrap();
        let kept = progress.accepted(&verdict(&progress.entries, GOOD, None), now).unwrap();
        assert_eq!((kept.last4, kept.expiry.year), (['4', '2', '4', '2'], 2030));
        progress.type_in(Field::SecurityCode, "321".to_owned());
        assert!(!progress.complete && progress.issuer == Issuer::SILENT);
        assert!(progress.accepted(&verdict(&progress.entries, Issuer::SILENT, None), now).is_none());
    }
}
