//! The card form's signals: what was typed, which fields were left, and what may be said about them by now.

use super::entries::Entries;
use crate::features::decline::Decline;
use crate::session::Refused;
use crate::session::state::State;
use crate::ui::form_state::form_state;
use crate::ui::message::Message;
use billing::ledger::Command;
use billing::payment_method::Card;
use billing::payment_method::card::{CardProblem, Field, FieldProblem};
use billing::payment_method::tax_id::TaxIdProblem;
use billing::processor::{Processor, Taken};
use leptos::prelude::*;
use sandbox_bank::SandboxBank;

/// How far the form has come.
pub(crate) struct Progress {
    pub(crate) entries: Entries,
    left: Vec<Field>,
    tax_id_left: bool,
    /// "Link this card" was pressed, so that the summary lists what is wrong.
    pub(crate) checked: bool,
    /// What is against the card, now that its issuer has spoken.
    pub(crate) refused: Vec<Refused>,
    /// PD-1: the bank would not have it.
    pub(crate) declined: Option<Decline>,
}

impl Progress {
    fn new(country: &str) -> Progress {
        let (left, refused) = (Vec::new(), Vec::new());
        let entries = Entries::new(country);
        Progress { entries, left, tax_id_left: false, checked: false, refused, declined: None }
    }

    /// Takes what was typed. What was said of the field before is said of it no longer.
    fn type_in(&mut self, field: Field, text: String) {
        self.entries.set(field, text);
        self.refused.retain(|refused| refused.field.is_none_or(|found| !is_mended_in(found, field)));
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

    /// The processor has the card: what is left in the form is as if it had not been touched.
    fn hand_over(&mut self) {
        self.entries.forget_the_card();
        self.left.clear();
        self.checked = false;
        self.refused.clear();
        self.declined = None;
    }
}

/// What is wrong with the address as a whole is wrong with none of its parts, and may be mended in any.
fn is_mended_in(found: Field, field: Field) -> bool {
    found == field || (found == Field::Address && is_of_address(field))
}

/// The form's signals; copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) state: State,
    pub(crate) progress: RwSignal<Progress>,
    /// What the digits and the address tell, whatever the issuer says.
    pub(crate) problems: Memo<Vec<FieldProblem>>,
    /// PM-9: what is wrong with the tax id.
    pub(crate) tax_id_problem: Memo<Option<TaxIdProblem>>,
}

/// What came of pressing "Link this card".
pub(crate) enum Outcome {
    /// Something has to be mended first, or the card was refused.
    Open,
    Linked,
    /// PM-10: once the hold is approved.
    Held,
}

impl Form {
    pub(crate) fn new(state: State) -> Form {
        let progress =
            form_state("card-form", || Progress::new(crate::pages::payment_method::countries::default_country()));
        // A card expires with its month: the day is enough to judge by.
        let today = Memo::new(move |_| state.now().date());
        let problems = Memo::new(move |_| progress.read().entries.problems(&state.policy.get(), today.get().start()));
        let tax_id_problem = Memo::new(move |_| {
            let problems = problems.read();
            let is_whole = !problems.iter().any(|found| is_of_address(found.field));
            progress.read().entries.tax_id_problem(is_whole)
        });
        Form { state, progress, problems, tax_id_problem }
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

    pub(crate) fn type_tax_id(self, text: String) {
        self.progress.update(|progress| progress.entries.tax_id = text);
    }

    pub(crate) fn leave_tax_id(self) {
        self.progress.update(|progress| progress.tax_id_left = true);
    }

    /// The two stages: everything that the typed details can tell, and then, handed over once, what the issuer says.
    pub(crate) async fn submit(self) -> Outcome {
        let complete = self.problems.with_untracked(Vec::is_empty) && self.tax_id_problem.get_untracked().is_none();
        if !complete {
            self.progress.update(|progress| {
                progress.left = FIELDS.to_vec();
                progress.tax_id_left = true;
                progress.checked = true;
            });
            return Outcome::Open;
        }
        let now = self.state.session.with_untracked(crate::session::AccountView::now);
        let taken = self.progress.with_untracked(|progress| SandboxBank.link(&progress.entries.entered(), now));
        self.progress.update(Progress::hand_over);
        match taken {
            Ok(taken) => self.link(taken).await,
            Err(decline) => {
                let declined = Decline::of_new_card(decline.code);
                self.progress.update(|progress| progress.declined = Some(declined));
                Outcome::Open
            }
        }
    }

    /// PM-1..10: the card is linked if nothing is against it.
    async fn link(self, Taken { card, hold }: Taken) -> Outcome {
        let tax_id = self.progress.with_untracked(|progress| progress.entries.tax_id.trim().to_owned());
        let tax_id = (!tax_id.is_empty()).then(|| tax_id.into());
        let command = Command::LinkCard { card: Card { tax_id, ..card }, hold: Some(hold) };
        match self.state.dispatch(command).await {
            Ok(()) => {
                let country = self.progress.with_untracked(|progress| progress.entries.get(Field::Country).to_owned());
                self.progress.set(Progress::new(&country));
                if hold { Outcome::Held } else { Outcome::Linked }
            }
            Err(refused) => {
                self.progress.update(|progress| progress.refused = refused);
                Outcome::Open
            }
        }
    }

    /// What is to be said beside a field by now.
    pub(crate) fn error(self, field: Field) -> Signal<Option<Message>> {
        Signal::derive(move || {
            let (problems, progress) = (self.problems.read(), self.progress.read());
            let typed = problems.iter().find(|found| found.field == field && progress.says(found));
            let typed = typed.map(|found| Message::of(&found.problem));
            typed.or_else(|| {
                let of_field = |refused: &&Refused| refused.field == Some(field);
                progress.refused.iter().find(of_field).map(|refused| refused.message.clone())
            })
        })
    }

    /// PM-9: what is to be said beside the tax id by now.
    pub(crate) fn tax_id_error(self) -> Signal<Option<Message>> {
        Signal::derive(move || {
            let left = self.progress.read().tax_id_left;
            let problem = self.tax_id_problem.get();
            problem.filter(|problem| left || *problem == TaxIdProblem::CardNumber).map(|problem| Message::of(&problem))
        })
    }
}

fn is_of_address(field: Field) -> bool {
    !matches!(field, Field::Name | Field::Number | Field::Expiry | Field::SecurityCode)
}

/// Whether a problem is said while one types: what no further typing can mend. The rest waits until the field is left.
pub(crate) fn is_said_at_once(problem: CardProblem) -> bool {
    !matches!(
        problem,
        CardProblem::NumberMissing
            | CardProblem::NumberIncomplete { .. }
            | CardProblem::NumberUnfinished { .. }
            | CardProblem::ExpiryMissing
            | CardProblem::ExpiryIncomplete
            | CardProblem::Expired { .. }
            | CardProblem::SecurityCodeMissing
            | CardProblem::SecurityCodeIncomplete { .. }
            | CardProblem::AddressIncomplete { .. }
            | CardProblem::CountryUnknown
            | CardProblem::PostalCodeMalformed { .. }
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

/// The id of the tax id's input.
pub(crate) const TAX_ID: &str = "tax-id";

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
    use super::*;
    use crate::i18n::Sentence;
    use crate::pages::payment_method::entries::tests::entries;

    #[test]
    fn the_impossible_is_said_at_once_and_the_unfinished_later() {
        assert!(is_said_at_once(CardProblem::NumberMistyped));
        assert!(is_said_at_once(CardProblem::NetworkUnknown));
        assert!(is_said_at_once(CardProblem::ExpiryMalformed));
        assert!(!is_said_at_once(CardProblem::NumberIncomplete { digits: 4 }));
        assert!(!is_said_at_once(CardProblem::Expired { month: 1, year: 2020 }));
    }

    #[test]
    fn what_the_issuer_said_goes_when_the_field_is_typed_in() {
        let refused = |field| Refused {
            message: Message::plain(Sentence::new(String::new)),
            ways: Vec::new(),
            retryable: false,
            field: Some(field),
            is_tax_id: false,
        };
        let refused = vec![refused(Field::Address), refused(Field::Number)];
        let mut progress = Progress { entries: entries(), refused, ..Progress::new("US") };
        progress.type_in(Field::SecurityCode, "123".to_owned());
        assert_eq!(progress.refused.len(), 2);
        progress.type_in(Field::PostalCode, "94110".to_owned());
        assert_eq!(progress.refused.len(), 1, "the whole address is mended in any of its parts");
        progress.hand_over();
        assert!(progress.refused.is_empty());
    }
}
