//! Identifiers that come in from outside, and the last four digits of a card.

use alloc::sync::Arc;
use core::fmt::{self, Write};
use core::str::FromStr;

/// The id of a purchase, a deployment, a model, a card's token or a code, as a command brings it: at most
/// [`MAX_ID_BYTES`] bytes. It is shared, not copied.
pub type Id = Arc<str>;

/// The longest [`Id`], in bytes.
pub const MAX_ID_BYTES: usize = 64;

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
