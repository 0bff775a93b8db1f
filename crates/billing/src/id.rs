//! Identifiers that come in from outside, and the last four digits of a card.

use alloc::string::String;
use alloc::sync::Arc;
use core::borrow::Borrow;
use core::fmt::{self, Write};
use core::ops::Deref;
use core::str::FromStr;

/// The longest identifier, in bytes.
pub const MAX_ID_BYTES: usize = 64;

/// The error of parsing an identifier. It does not hold the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdError {
    /// The text is empty.
    Empty,
    /// The text is longer than [`MAX_ID_BYTES`].
    TooLong,
}

impl fmt::Display for IdError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IdError::Empty => out.write_str("This must not be empty."),
            IdError::TooLong => write!(out, "This must be at most {MAX_ID_BYTES} bytes long."),
        }
    }
}

impl core::error::Error for IdError {}

/// Checks the length of an identifier.
pub(crate) fn check(text: &str) -> Result<&str, IdError> {
    match text.len() {
        0 => Err(IdError::Empty),
        1..=MAX_ID_BYTES => Ok(text),
        _ => Err(IdError::TooLong),
    }
}

/// Declares the types of identifiers. Each method is one line over the text: every type has its own copy of it in the
/// page's wasm.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        ///
        /// A clone shares its text. Parsing checks the length: 1 to [`MAX_ID_BYTES`] bytes. `From` takes the text as it is.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> $name {
                $name(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> $name {
                $name(text.into())
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<$name, IdError> {
                check(text).map(Into::into)
            }
        }
    )*};
}

ids! {
    /// PP-4: names a purchase: the idempotency key of the customer's command, or the one that auto-recharge gives it.
    ///
    /// ```
    /// use billing::id::{IdError, PurchaseId};
    /// let id: PurchaseId = "order-17".parse()?;
    /// assert_eq!((&*id, id.to_string()), ("order-17", "order-17".to_owned()));
    /// assert_eq!("".parse::<PurchaseId>(), Err(IdError::Empty));
    /// assert_eq!("x".repeat(65).parse::<PurchaseId>(), Err(IdError::TooLong));
    /// # Ok::<(), IdError>(())
    /// ```
    PurchaseId,
    /// IN-1: names an invoice by its month, for example `2025-11`.
    InvoiceId,
    /// UC-1, UC-2: names a deployment.
    DeploymentId,
    /// AC-4, UC-3: names a model.
    ModelId,
    /// UC-1: names the hardware that a deployment runs on.
    HardwareId,
    /// CR-5: names a grant of free credits; a grant with the same name is the same grant.
    GrantId,
    /// PM-7: the processor's token for a card. It is never the card's number.
    CardToken,
    /// PM-8: the processor's fingerprint of a card, the same each time the same card is entered. It is never the card's number.
    CardFingerprint,
    /// PD-1: the processor's code for a decline, for example `insufficient_funds`. It may be a code that no list has.
    DeclineCode,
    /// PM-9: the text of a tax id, before or after [`check`](crate::payment_method::tax_id::check) has read it.
    TaxIdText,
}

/// The last four digits of a card, as ASCII digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastFour(pub [u8; 4]);

/// The error of parsing [`LastFour`]: the text is not four digits. It does not hold the text, which may be a card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotFourDigits;

impl fmt::Display for NotFourDigits {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("This must be four digits.")
    }
}

impl core::error::Error for NotFourDigits {}

/// Takes exactly four ASCII digits.
///
/// ```
/// use billing::id::{LastFour, NotFourDigits};
/// assert_eq!("4242".parse(), Ok(LastFour(*b"4242")));
/// assert_eq!("4242424242424242".parse::<LastFour>(), Err(NotFourDigits));
/// ```
impl FromStr for LastFour {
    type Err = NotFourDigits;

    fn from_str(text: &str) -> Result<LastFour, NotFourDigits> {
        let digits: [u8; 4] = text.as_bytes().try_into().map_err(|_| NotFourDigits)?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(LastFour(digits)) } else { Err(NotFourDigits) }
    }
}

impl fmt::Display for LastFour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| out.write_char(char::from(*digit)))
    }
}
