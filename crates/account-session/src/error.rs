//! How a session fails: nothing happened, and why.

use billing::ledger::{Command, ReplayError};
use event_store::StoreError;
use std::error::Error;
use std::fmt::{self, Display, Formatter};

/// Why a command did not change the account. `R` is what the caller keeps of a rejection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DispatchError<R> {
    /// The rules are against it, for every one of these reasons.
    Refused(Vec<R>),
    /// The rules have nothing against it, or were not asked, but its events are not stored.
    NotStored {
        /// The command, for another try.
        command: Box<Command>,
        /// Why.
        why: NotStored,
    },
}

/// Why events are not stored. The account is as it was, except after [`NotStored::Unknown`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotStored {
    /// The store does not answer, takes no more, or has lines that cannot be read.
    Store(StoreError),
    /// Somebody else was faster, and what the store has now is no history.
    Unreadable(ReplayError),
    /// Somebody else was faster so many times in a row.
    Overtaken {
        /// How many times it was tried.
        attempts: u32,
    },
    /// The connection to the store was lost in the middle, and the history cannot be read either: whether the events are
    /// there shows when it can. The same command again does no harm where a key or an id makes it known.
    Unknown(LoadError),
}

/// Why a history cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// The store does not answer, or has lines that cannot be read.
    Store(StoreError),
    /// The stored events are no history.
    Unreadable(ReplayError),
}

/// Why another history did not take the place of the stored one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplaceError {
    /// The events are no history.
    Impossible(ReplayError),
    /// The store did not take it. The stored history is as it was.
    Store(StoreError),
}

impl From<StoreError> for LoadError {
    fn from(error: StoreError) -> LoadError {
        LoadError::Store(error)
    }
}

impl From<ReplayError> for LoadError {
    fn from(error: ReplayError) -> LoadError {
        LoadError::Unreadable(error)
    }
}

impl From<LoadError> for NotStored {
    fn from(error: LoadError) -> NotStored {
        match error {
            LoadError::Store(error) => NotStored::Store(error),
            LoadError::Unreadable(error) => NotStored::Unreadable(error),
        }
    }
}

impl From<StoreError> for NotStored {
    fn from(error: StoreError) -> NotStored {
        NotStored::Store(error)
    }
}

impl From<ReplayError> for ReplaceError {
    fn from(error: ReplayError) -> ReplaceError {
        ReplaceError::Impossible(error)
    }
}

impl From<StoreError> for ReplaceError {
    fn from(error: StoreError) -> ReplaceError {
        ReplaceError::Store(error)
    }
}

impl<R> Display for DispatchError<R> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            DispatchError::Refused(reasons) => write!(out, "Request declined, for {} reasons.", reasons.len()),
            DispatchError::NotStored { why, .. } => why.fmt(out),
        }
    }
}

impl Display for NotStored {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            NotStored::Store(error) => error.fmt(out),
            NotStored::Unreadable(error) => {
                out.write_str(
                    "Nothing was saved. The account has changed elsewhere, and its history cannot be read (",
                )?;
                error.fmt(out)?;
                out.write_str("). Load the page again for its newest version.")
            }
            NotStored::Overtaken { attempts } => {
                write!(
                    out,
                    "Nothing was saved. The account changed elsewhere during each of {attempts} attempts. Try again."
                )
            }
            NotStored::Unknown(error) => {
                write!(
                    out,
                    "We do not know yet whether this was saved. Look at the account before you try again. {error}"
                )
            }
        }
    }
}

impl Display for LoadError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Store(error) => error.fmt(out),
            LoadError::Unreadable(error) => {
                out.write_str("The stored history cannot be read (")?;
                error.fmt(out)?;
                out.write_str(").")
            }
        }
    }
}

impl Display for ReplaceError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            ReplaceError::Impossible(error) => {
                out.write_str("Nothing was replaced. These events cannot be a history (")?;
                error.fmt(out)?;
                out.write_str(").")
            }
            ReplaceError::Store(error) => error.fmt(out),
        }
    }
}

impl<R: fmt::Debug> Error for DispatchError<R> {}
impl Error for NotStored {}
impl Error for LoadError {}
impl Error for ReplaceError {}
