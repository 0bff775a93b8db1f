//! Identifiers that come in from outside, and the last four digits of a card.

use alloc::sync::Arc;

/// A name that came in with a command: a key, a deployment, a model, a code. It is shared, not copied.
pub type Id = Arc<str>;

/// The longest [`Id`], in bytes.
pub const MAX_ID_BYTES: usize = 64;

/// Four digits: the last ones of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastFour(pub [u8; 4]);

impl core::fmt::Display for LastFour {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|digit| core::fmt::Write::write_char(out, char::from(*digit)))
    }
}
