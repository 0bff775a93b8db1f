//! PP-1, PM-10: what a payment is for.

use crate::id::{CardToken, InvoiceId, PurchaseId};
use crate::json::Node;
use crate::json::read::{At, Fields, ReadError, vocabulary, word};
use crate::json::record::Value;
use serde::ser::{SerializeMap, Serializer};

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
    Purchase(PurchaseId),
    /// The invoice with this id.
    Invoice(InvoiceId),
    /// PM-10: the $0 hold of the card with this token. Without one it is the card that waits.
    Hold(Option<CardToken>),
}

impl Payment {
    fn parts(&self) -> (PaymentKind, Option<&str>) {
        match self {
            Payment::Purchase(key) => (PaymentKind::Purchase, Some(key)),
            Payment::Invoice(id) => (PaymentKind::Invoice, Some(id)),
            Payment::Hold(token) => (PaymentKind::Hold, token.as_deref()),
        }
    }
}

impl Value for Payment {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["kind", "id"])?;
        Ok(match fields.required("kind", word)? {
            PaymentKind::Purchase => Payment::Purchase(fields.required("id", PurchaseId::read)?),
            PaymentKind::Invoice => Payment::Invoice(fields.required("id", InvoiceId::read)?),
            PaymentKind::Hold => Payment::Hold(fields.optional("id", CardToken::read)?),
        })
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, id) = self.parts();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", kind.id())?;
        if let Some(id) = id {
            map.serialize_entry("id", id)?;
        }
        map.end()
    }
}
