//! What can be wrong with a card, and the field that it belongs to.

use crate::finding::findings;
use crate::json::read::vocabulary;
use crate::payment_method::card::funding::Funding;
use crate::payment_method::card::network::Network;

vocabulary! {
    /// The field that a problem belongs to.
    pub enum Field {
        /// The name on the card: looked at by a form only, for a card number in the wrong place.
        Name = "name",
        /// The card number.
        Number = "number",
        /// The expiry date.
        Expiry = "expiry",
        /// The security code.
        SecurityCode = "security_code",
        /// The street and house.
        Line1 = "line1",
        /// A second line.
        Line2 = "line2",
        /// The city.
        City = "city",
        /// The region.
        Region = "region",
        /// The postal code.
        PostalCode = "postal_code",
        /// The country.
        Country = "country",
        /// The address as a whole.
        Address = "address",
    }
}

findings! {
    /// What is wrong with a card or its billing address.
    pub enum CardProblem {
        /// PM-5: nothing was typed.
        NumberMissing = "card.number_missing" Pm5,
        /// PM-5: digits are missing.
        NumberIncomplete { digits: u64 } = "card.number_incomplete" Pm5,
        /// PM-5: a card could have this many digits, but not these: one is mistyped, or more follow.
        NumberUnfinished { digits: u64 } = "card.number_unfinished" Pm5,
        /// PM-5: the check digit does not fit.
        NumberMistyped = "card.number_mistyped" Pm5,
        /// PM-5: more digits than any card of the network has.
        NumberTooLong { digits: u64, longest: u64 } = "card.number_too_long" Pm5,
        /// PM-5: something that is neither a digit nor a separator.
        UnexpectedCharacter { character: char } = "card.unexpected_character" Pm5,
        /// PM-1: the number belongs to no known network.
        NetworkUnknown = "card.network_unknown" Pm1,
        /// PM-1: a network that is not accepted.
        NetworkRefused { network: Network } = "card.network_refused" Pm1,
        /// PM-1: several networks begin so, and none of them is accepted.
        NetworksRefused = "card.networks_refused" Pm1,
        /// PM-5: nothing was typed.
        ExpiryMissing = "card.expiry_missing" Pm5,
        /// PM-5: the date is incomplete.
        ExpiryIncomplete = "card.expiry_incomplete" Pm5,
        /// PM-5: not a month and a year.
        ExpiryMalformed = "card.expiry_malformed" Pm5,
        /// PM-5: the month has passed everywhere.
        Expired { month: u64, year: u64 } = "card.expired" Pm5,
        /// PM-5: nothing was typed.
        SecurityCodeMissing = "card.security_code_missing" Pm5,
        /// PM-5: digits are missing.
        SecurityCodeIncomplete { length: u64 } = "card.security_code_incomplete" Pm5,
        /// PM-5: more digits than the network's codes have.
        SecurityCodeTooLong { length: u64 } = "card.security_code_too_long" Pm5,
        /// PM-2: a prepaid card.
        Prepaid = "card.prepaid" Pm2,
        /// PM-3: a virtual card.
        VirtualCard = "card.virtual" Pm3,
        /// PM-1: another kind of funding that the policy refuses.
        FundingRefused { funding: Funding } = "card.funding_refused" Pm1,
        /// PM-4: no recurring payments.
        NotRecurring = "card.not_recurring" Pm4,
        /// PM-6: a needed part of the address is missing.
        AddressIncomplete { part: Field, label: &'static str } = "card.address_incomplete" Pm6,
        /// PM-6: no such country.
        CountryUnknown = "card.country_unknown" Pm6,
        /// PM-6: not a postal code of the country.
        PostalCodeMalformed { country: &'static str, example: Option<&'static str> } = "card.postal_code_malformed" Pm6,
        /// PM-6: not the address that the bank holds.
        AddressMismatch = "card.address_mismatch" Pm6,
        /// PM-8: another address for the same card.
        AddressLocked = "card.address_locked" Pm8,
        /// PM-6: a card number where a name or an address belongs.
        CardNumberInAddress { part: Field } = "card.number_in_address" Pm6,
    }
}

/// A problem with the field that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field.
    pub field: Field,
    /// The problem.
    pub problem: CardProblem,
}
