//! The card form as values: what was typed, which fields were left, and what may be said about them by now.
//!
//! The number and the code live here only, have no `Debug`, and are forgotten as soon as the card is linked.

use crate::browser;
use crate::example::{OnFile, StoredAddress};
use crate::parts::follow::memo;
use crate::parts::told::Told;
use crate::state::State;
use billing::card::{
    Address, Card, ExpiryState, Field, FieldProblem, Funding, Linked, Part, Problem, Verdict, check, holds_card_number,
    read_expiry,
};
use billing::country::Country;
use billing::policy::Policy;
use billing::time::Timestamp;
use leptos::prelude::*;

/// What was typed.
#[derive(PartialEq, Eq)]
pub(crate) struct Entries {
    name: String,
    number: String,
    expiry: String,
    security_code: String,
    address: StoredAddress,
}

impl Entries {
    pub(crate) fn new(country: &str) -> Entries {
        Entries {
            name: String::new(),
            number: String::new(),
            expiry: String::new(),
            security_code: String::new(),
            address: StoredAddress { country: country.to_owned(), ..StoredAddress::default() },
        }
    }

    pub(crate) fn get(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Number => &self.number,
            Field::Expiry => &self.expiry,
            Field::SecurityCode => &self.security_code,
            Field::Line1 => &self.address.line1,
            Field::Line2 => &self.address.line2,
            Field::City => &self.address.city,
            Field::Region => &self.address.region,
            Field::PostalCode => &self.address.postal_code,
            Field::Country => &self.address.country,
            Field::Address => "",
        }
    }

    pub(crate) fn set(&mut self, field: Field, text: String) {
        match field {
            Field::Name => self.name = text,
            Field::Number => self.number = text,
            Field::Expiry => self.expiry = text,
            Field::SecurityCode => self.security_code = text,
            Field::Line1 => self.address.line1 = text,
            Field::Line2 => self.address.line2 = text,
            Field::City => self.address.city = text,
            Field::Region => self.address.region = text,
            Field::PostalCode => self.address.postal_code = text,
            Field::Country => self.address.country = text,
            Field::Address => {}
        }
    }

    fn address(&self) -> Address<'_> {
        let country = Country::from_code(&self.address.country);
        // What the country's form does not ask for is not part of the address, even if it was typed for another country.
        let asked = |part: Part, typed| if country.is_none_or(|country| country.uses(part)) { typed } else { "" };
        Address {
            line1: &self.address.line1,
            line2: &self.address.line2,
            city: asked(Part::City, &self.address.city),
            region: asked(Part::Region, &self.address.region),
            postal_code: asked(Part::PostalCode, &self.address.postal_code),
            country: &self.address.country,
        }
    }

    /// PM-1..8: the verdict on what was typed and what the issuer has said.
    fn verdict(&self, policy: &Policy, now: Timestamp, issuer: Issuer, on_file: Option<&OnFile>) -> Verdict {
        let address = on_file.map(|card| borrowed(&card.address));
        let card = Card {
            number: &self.number,
            expiry: &self.expiry,
            security_code: &self.security_code,
            funding: issuer.funding,
            recurring: issuer.recurring,
            address: Some(self.address()),
            address_match: issuer.address_match,
            linked: address.map(|address| Linked { same_card: issuer.same_card, address }),
        };
        let mut verdict = check(policy, now, &card);
        if holds_card_number(&self.name) {
            let problem = Problem::CardNumberInAddress { part: Field::Name };
            verdict.problems.insert(0, FieldProblem { field: Field::Name, problem });
            verdict.accepted = Some(false);
        }
        verdict
    }
}

fn borrowed(address: &StoredAddress) -> Address<'_> {
    Address {
        line1: &address.line1,
        line2: &address.line2,
        city: &address.city,
        region: &address.region,
        postal_code: &address.postal_code,
        country: &address.country,
    }
}

/// What only the issuer and the processor can say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Issuer {
    pub(crate) funding: Funding,
    pub(crate) recurring: Option<bool>,
    pub(crate) address_match: Option<bool>,
    /// PM-8: whether it is the card that is linked already.
    pub(crate) same_card: bool,
}

impl Issuer {
    pub(crate) const SILENT: Issuer =
        Issuer { funding: Funding::Unknown, recurring: None, address_match: None, same_card: false };
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
    use super::*;

    fn entries() -> Entries {
        let mut entries = Entries::new("US");
        for (field, text) in [
            (Field::Number, "4242 4242 4242 4242"),
            (Field::Expiry, "12/30"),
            (Field::SecurityCode, "123"),
            (Field::Line1, "1 Example Street"),
            (Field::City, "Springfield"),
            (Field::Region, "IL"),
            (Field::PostalCode, "62701"),
        ] {
            entries.set(field, text.to_owned());
        }
        entries
    }

    fn verdict(entries: &Entries, issuer: Issuer, on_file: Option<&OnFile>) -> Verdict {
        let now = Timestamp::parse("2025-12-01T00:00:00Z").unwrap();
        entries.verdict(&Policy::shipped("prepaid").unwrap(), now, issuer, on_file)
    }

    const GOOD: Issuer =
        Issuer { funding: Funding::Credit, recurring: Some(true), address_match: Some(true), same_card: false };

    #[test]
    fn complete_details_are_not_yet_accepted() {
        let first = verdict(&entries(), Issuer::SILENT, None);
        assert_eq!((first.accepted, first.problems.len()), (None, 0));
        assert_eq!(verdict(&entries(), GOOD, None).accepted, Some(true));
        assert_eq!(verdict(&entries(), Issuer { funding: Funding::Prepaid, ..GOOD }, None).accepted, Some(false));
    }

    #[test]
    fn pm_6_a_card_number_as_the_name_is_refused() {
        let mut entries = entries();
        entries.set(Field::Name, "4242 4242 4242 4242".to_owned());
        let verdict = verdict(&entries, GOOD, None);
        assert_eq!(verdict.accepted, Some(false));
        assert_eq!(verdict.problems.first().map(|found| found.field), Some(Field::Name));
    }

    #[test]
    fn pm_8_the_same_card_keeps_its_address() {
        let on_file = OnFile {
            network: billing::card::Network::Visa,
            last4: ['4', '2', '4', '2'],
            expiry: billing::card::Expiry { year: 2030, month: 12 },
            address: StoredAddress { city: "Shelbyville".to_owned(), ..entries().address },
        };
        let same = Issuer { same_card: true, ..GOOD };
        let found: Vec<Problem> =
            verdict(&entries(), same, Some(&on_file)).problems.iter().map(|it| it.problem).collect();
        assert_eq!(found, [Problem::AddressLocked]);
        assert_eq!(verdict(&entries(), GOOD, Some(&on_file)).accepted, Some(true));
    }

    #[test]
    fn what_the_country_does_not_ask_for_is_not_part_of_the_address() {
        let mut entries = entries();
        entries.set(Field::Country, "HK".to_owned());
        assert_eq!(entries.address().postal_code, "");
        assert_eq!(entries.get(Field::PostalCode), "62701");
    }

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
