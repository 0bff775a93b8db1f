//! PM-2, PM-3: what a card draws on.

use crate::json::read::vocabulary;

vocabulary! {
    /// What a card draws on, as its issuer says.
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
        /// Nobody has said yet.
        Unknown = "unknown",
    }
}
