//! Payment methods (PM): cards, billing addresses, countries and tax ids.

pub mod address;
pub mod card;
pub mod country;
mod country_table;
pub(crate) mod stored_card;
pub mod tax_id;

pub use stored_card::Card;
