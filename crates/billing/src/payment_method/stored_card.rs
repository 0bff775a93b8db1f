//! PM-7..11: the linked card, and what a payment is for.

use crate::id::{CardFingerprint, CardToken, LastFour, TaxIdText};
use crate::json::record::object;
use crate::payment_method::address::PostalAddress;
use crate::payment_method::card::expiry::Expiry;
use crate::payment_method::card::funding::Funding;
use crate::payment_method::card::network::Network;

object! {
    /// A card as the processor knows it: never its number, never its code.
    pub struct Card {
        /// The processor's token for the card.
        pub token: CardToken,
        /// PM-8: the processor's fingerprint, the same each time the same card is entered.
        pub fingerprint: CardFingerprint,
        /// PM-1: its network.
        pub network: Network,
        /// Its last four digits.
        pub last4: LastFour,
        /// PM-5: the last month in which it is valid.
        pub expiry: Expiry,
        /// PM-2, PM-3: its funding.
        pub funding: Funding,
        /// PM-4: whether it supports recurring payments, where that is known.
        pub recurring: Option<bool>,
        /// PM-6: the billing address.
        pub address: Option<PostalAddress>,
        /// PM-6: whether the bank holds the same address, where it has said so.
        pub address_match: Option<bool>,
        /// PM-5: whether the security code was right, where the bank has said so.
        pub security_code_match: Option<bool>,
        /// PM-11: whether the bank has to authorise every transaction.
        pub authorises_each: bool,
        /// PM-9: the tax id.
        pub tax_id: Option<TaxIdText>,
    }
}

impl Card {
    /// PM-10: whether a report about a hold is about this card: it names it, or names none.
    pub(crate) fn is_of(&self, token: Option<&CardToken>) -> bool {
        token.is_none_or(|token| *token == self.token)
    }
}
