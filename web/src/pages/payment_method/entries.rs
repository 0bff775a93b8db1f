//! What was typed into the card form, and what the rules say about it.
//!
//! The number and the code live here only, have no `Debug`, and are forgotten as soon as the processor has them.

use billing::payment_method::address::Address;
use billing::payment_method::address::Part;
use billing::payment_method::address::PostalAddress;
use billing::payment_method::card::{Card, Field, FieldProblem, Funding, check};
use billing::payment_method::country::Country;
use billing::payment_method::tax_id::{self, TaxIdProblem};
use billing::policy::Policy;
use billing::processor::Entered;
use billing::time::Timestamp;

/// What was typed.
#[derive(PartialEq, Eq)]
pub(crate) struct Entries {
    name: String,
    number: String,
    expiry: String,
    security_code: String,
    address: PostalAddress,
    pub(super) tax_id: String,
}

impl Entries {
    pub(crate) fn new(country: &str) -> Entries {
        Entries {
            name: String::new(),
            number: String::new(),
            expiry: String::new(),
            security_code: String::new(),
            address: PostalAddress {
                line1: String::new(),
                line2: String::new(),
                city: String::new(),
                region: String::new(),
                postal_code: String::new(),
                country: country.to_owned(),
            },
            tax_id: String::new(),
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

    /// PM-1..6: what the digits and the address tell; only the processor can say more.
    pub(super) fn problems(&self, policy: &Policy, now: Timestamp) -> Vec<FieldProblem> {
        let card = Card {
            name: &self.name,
            number: &self.number,
            expiry: &self.expiry,
            security_code: &self.security_code,
            funding: Funding::Unknown,
            recurring: None,
            address: Some(self.address()),
            address_match: None,
            linked: None,
        };
        check(policy, now, &card).problems
    }

    /// PM-9: what is wrong with the tax id; it may be left out, and comes after a whole address.
    pub(super) fn tax_id_problem(&self, address_is_whole: bool) -> Option<TaxIdProblem> {
        let country = address_is_whole.then_some(self.address.country.as_str());
        let is_typed = !self.tax_id.trim().is_empty();
        if is_typed { tax_id::check(country, &self.tax_id).err() } else { None }
    }

    /// The card on its way to the processor.
    pub(super) fn entered(&self) -> Entered<'_> {
        Entered {
            number: &self.number,
            expiry: &self.expiry,
            security_code: &self.security_code,
            name: &self.name,
            address: self.address(),
        }
    }

    /// Forgets what nobody but the processor may know.
    pub(super) fn forget_the_card(&mut self) {
        self.number.clear();
        self.security_code.clear();
    }

    pub(crate) fn has_no_address(&self) -> bool {
        self.address.line1.is_empty()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use billing::payment_method::card::CardProblem;

    pub(in crate::pages::payment_method) fn entries() -> Entries {
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

    fn problems(entries: &Entries) -> Vec<FieldProblem> {
        let now = Timestamp::parse("2025-12-01T00:00:00Z").unwrap();
        entries.problems(&Policy::shipped("prepaid").unwrap(), now)
    }

    #[test]
    fn pm_6_a_card_number_as_the_name_is_refused() {
        let mut entries = entries();
        assert_eq!(problems(&entries), []);
        entries.set(Field::Name, "4242 4242 4242 4242".to_owned());
        let problem = CardProblem::CardNumberInAddress { part: Field::Name };
        assert_eq!(problems(&entries), [FieldProblem { field: Field::Name, problem }]);
    }

    #[test]
    fn pm_9_the_tax_id_comes_after_the_address_or_not_at_all() {
        let mut entries = entries();
        assert_eq!(entries.tax_id_problem(true), None);
        entries.tax_id = "12-3456789".to_owned();
        assert_eq!(entries.tax_id_problem(true), None);
        assert_eq!(entries.tax_id_problem(false), Some(TaxIdProblem::BeforeAddress));
        entries.tax_id = "12".to_owned();
        assert!(matches!(entries.tax_id_problem(true), Some(TaxIdProblem::NonStandard { .. })));
    }

    #[test]
    fn what_is_handed_over_is_forgotten() {
        let mut entries = entries();
        entries.forget_the_card();
        assert_eq!((entries.get(Field::Number), entries.get(Field::SecurityCode)), ("", ""));
        assert_eq!(entries.get(Field::City), "Springfield");
    }

    #[test]
    fn what_the_country_does_not_ask_for_is_not_part_of_the_address() {
        let mut entries = entries();
        entries.set(Field::Country, "HK".to_owned());
        assert_eq!(entries.address().postal_code, "");
        assert_eq!(entries.get(Field::PostalCode), "62701");
    }
}
