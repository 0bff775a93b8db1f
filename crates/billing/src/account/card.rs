//! PM-7..11: the linked card, and what a payment is for.

use super::value::{Id, LastFour, Value, Written, object};
use crate::card::{Address, Expiry, Funding, Network};
use crate::document::Node;
use crate::document::read::{At, Fault, Fields, vocabulary, word};
use alloc::string::String;
use serde::ser::{SerializeMap, Serializer};

object! {
    /// A card as the processor knows it: never its number, never its code.
    pub struct Card {
        /// What stands for the card at the processor.
        pub token: Id,
        /// PM-8: the same for the same card, however often it is entered.
        pub fingerprint: Id,
        /// PM-1: its network.
        pub network: Network,
        /// Its last four digits.
        pub last4: LastFour,
        /// PM-5: the last month in which it is valid.
        pub expiry: Expiry,
        /// PM-2, PM-3: what it draws on.
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
        pub tax_id: Option<Id>,
    }
}

object! {
    /// PM-6: a billing address.
    pub struct PostalAddress {
        /// The street and house.
        pub line1: String,
        /// A second line.
        pub line2: String,
        /// The city.
        pub city: String,
        /// The region.
        pub region: String,
        /// The postal code.
        pub postal_code: String,
        /// The country, as ISO 3166-1 alpha-2.
        pub country: String,
    }
}

impl PostalAddress {
    /// The same address, borrowed.
    #[must_use]
    pub fn as_address(&self) -> Address<'_> {
        Address {
            line1: &self.line1,
            line2: &self.line2,
            city: &self.city,
            region: &self.region,
            postal_code: &self.postal_code,
            country: &self.country,
        }
    }
}

vocabulary! {
    /// What a payment is for.
    pub enum PaymentKind {
        /// A purchase of credits.
        Purchase = "purchase",
        /// An invoice.
        Invoice = "invoice",
        /// PM-10: the $0 hold of a card that is being linked.
        Hold = "hold",
    }
}

/// What a payment is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payment {
    /// The purchase with this key.
    Purchase(Id),
    /// The invoice with this id.
    Invoice(Id),
    /// PM-10: the $0 hold of the card with this token. Without one it is the card that waits.
    Hold(Option<Id>),
}

impl Payment {
    fn parts(&self) -> (PaymentKind, Option<&Id>) {
        match self {
            Payment::Purchase(key) => (PaymentKind::Purchase, Some(key)),
            Payment::Invoice(id) => (PaymentKind::Invoice, Some(id)),
            Payment::Hold(token) => (PaymentKind::Hold, token.as_ref()),
        }
    }
}

impl Card {
    /// PM-10: whether a report about a hold is about this card: it names it, or names none.
    pub(super) fn is_of(&self, token: Option<&Id>) -> bool {
        token.is_none_or(|token| *token == self.token)
    }
}

impl Value for Payment {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, Fault> {
        let fields = Fields::open(node, at, &["kind", "id"])?;
        Ok(match fields.required("kind", word)? {
            PaymentKind::Purchase => Payment::Purchase(fields.required("id", Id::read)?),
            PaymentKind::Invoice => Payment::Invoice(fields.required("id", Id::read)?),
            PaymentKind::Hold => Payment::Hold(fields.optional("id", Id::read)?),
        })
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, id) = self.parts();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", kind.id())?;
        if let Some(id) = id {
            map.serialize_entry("id", &Written(id))?;
        }
        map.end()
    }
}
