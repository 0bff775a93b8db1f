//! PM-2, PM-3: what a card draws on.

use crate::json::read::vocabulary;

vocabulary! {
    /// The kind of account behind a card, as its issuer reports it.
    #[non_exhaustive]
    pub enum Funding {
        /// A credit card.
        Credit = "credit",
        /// A debit card.
        Debit = "debit",
        /// A prepaid card.
        Prepaid = "prepaid",
        /// A virtual card.
        Virtual = "virtual",
        /// Not reported yet.
        Unknown = "unknown",
    }
}
