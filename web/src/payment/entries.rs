//! What was typed into the card form, and what the rules say about it.
//!
//! The number and the code live here only, have no `Debug`, and are forgotten as soon as the card is linked.

use crate::example::{OnFile, StoredAddress};
use billing::card::{Address, Card, Field, Funding, Linked, Part, Verdict, check};
use billing::country::Country;
use billing::policy::Policy;
use billing::time::Timestamp;

/// What was typed.
#[derive(PartialEq, Eq)]
pub(crate) struct Entries {
    name: String,
    number: String,
    pub(super) expiry: String,
    security_code: String,
    pub(super) address: StoredAddress,
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
    pub(super) fn verdict(&self, policy: &Policy, now: Timestamp, issuer: Issuer, on_file: Option<&OnFile>) -> Verdict {
        let address = on_file.map(|card| borrowed(&card.address));
        let card = Card {
            name: &self.name,
            number: &self.number,
            expiry: &self.expiry,
            security_code: &self.security_code,
            funding: issuer.funding,
            recurring: issuer.recurring,
            address: Some(self.address()),
            address_match: issuer.address_match,
            linked: address.map(|address| Linked { same_card: issuer.same_card, address }),
        };
        check(policy, now, &card)
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use billing::card::Problem;

    pub(in crate::payment) fn entries() -> Entries {
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

    pub(in crate::payment) fn verdict(entries: &Entries, issuer: Issuer, on_file: Option<&OnFile>) -> Verdict {
        let now = Timestamp::parse("2025-12-01T00:00:00Z").unwrap();
        entries.verdict(&Policy::shipped("prepaid").unwrap(), now, issuer, on_file)
    }

    pub(in crate::payment) const GOOD: Issuer =
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
}
