//! Why a store did not do what it was asked.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::{self, Display, Formatter};

/// The longest line that is written or read, in bytes: several times the longest event.
pub const MAX_LINE_BYTES: usize = 16 * 1024;

/// Why a store does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser keeps nothing for this page: a private window, or storage that is turned off.
    Unavailable,
    /// The browser has no room left for this page.
    Full,
    /// An event cannot be read. Nothing is lost: the lines can still be exported.
    Damaged {
        /// Its place, from 0.
        index: usize,
        /// What is wrong with it.
        code: Cow<'static, str>,
    },
    /// Another tab holds an older form of the storage open.
    Blocked,
    /// The browser or a later build of the page has closed the storage under this one.
    Closed,
    /// An event is longer than a store takes, so nothing was written.
    TooLong {
        /// Its place among those that were to be written, from 0.
        index: usize,
    },
}

impl Display for StoreError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Unavailable => out.write_str(
                "This browser keeps nothing for this page, as in a private window: export the history before you leave.",
            ),
            StoreError::Full => out.write_str(
                "This browser has no room left for this page, so nothing was saved: export the history, or free some space.",
            ),
            StoreError::Damaged { index, code } => {
                let number = index.saturating_add(1);
                write!(
                    out,
                    "Event {number} of the stored history cannot be read ({code}), and nothing is lost: load the page again \
                     for its newest version, or export the history and start a new one."
                )
            }
            StoreError::Blocked => out.write_str(
                "An older version of this page is open in another tab and holds the storage: close the other tabs, then load \
                 this one again.",
            ),
            StoreError::Closed => out.write_str(
                "The storage was closed under this page, by the browser or by a newer version of the page: load it again.",
            ),
            StoreError::TooLong { index } => {
                let number = index.saturating_add(1);
                write!(
                    out,
                    "Nothing was saved: event {number} has more than {MAX_LINE_BYTES} bytes, the most that a history takes."
                )
            }
        }
    }
}

impl Error for StoreError {}

/// Why nothing was appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppendError {
    /// The history no longer has the expected number of events.
    Overtaken,
    /// The store does not answer. Nothing was written.
    Store(StoreError),
    /// The connection to the store was lost in the middle: the events are there, all of them, or none of them is. Reading
    /// the history tells which.
    Unknown(StoreError),
}

impl Display for AppendError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            AppendError::Overtaken => out.write_str(
                "The account has just changed in another tab, so nothing was saved: look at what is new, then try once more.",
            ),
            AppendError::Store(error) => error.fmt(out),
            AppendError::Unknown(error) => {
                write!(out, "Whether this was saved is not known yet: look at the account before you try again. {error}")
            }
        }
    }
}

impl Error for AppendError {}

impl From<StoreError> for AppendError {
    fn from(error: StoreError) -> AppendError {
        AppendError::Store(error)
    }
}
