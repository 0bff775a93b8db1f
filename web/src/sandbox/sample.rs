//! What is typed in for a test card.

use billing::payment_method::address::Address;
use sandbox_bank::TestCard;

/// The address that the example cards have.
pub(crate) fn example_address() -> Address<'static> {
    Address {
        line1: "1 Example Street",
        line2: "",
        city: "Springfield",
        region: "IL",
        postal_code: "62701",
        country: "US",
    }
}

/// A code of the length that the card's network has.
pub(crate) fn security_code(card: &TestCard) -> &'static str {
    if card.number.len() == 15 { "1234" } else { "123" }
}
