//! PM · Payment methods: what a card's digits tell at once, and what only its issuer can.
//!
//! The verdict has two stages. Digits show the network, a mistyped number, an expired date; whether a card is prepaid,
//! virtual or fit for recurring payments is known only to the processor, after the card was handed over. Until then
//! nothing here says that a card is accepted.

pub(crate) mod check;
pub(crate) mod expiry;
pub(crate) mod funding;
pub(crate) mod network;
pub(crate) mod number;
mod number_ranges;
pub(crate) mod problem;

pub use check::{Card, Linked, Verdict, check};
pub use expiry::{Expiry, ExpiryState, MalformedExpiry, read_expiry};
pub use funding::Funding;
pub use network::Network;
pub use number::{NumberState, TypedNumber, holds_card_number, read_number, read_security_code};
pub use problem::{CardProblem, Field, FieldProblem};
