//! What is asked of the account, and what comes of it.

use crate::session::Refused;
use billing::ledger::Command;
use billing::time::Timestamp;
use std::pin::Pin;

/// What is asked of the account.
pub(crate) enum Act {
    Dispatch(Box<Command>),
    Pass(Timestamp),
}

/// An act under way. True where time has come as far as it should.
pub(crate) type CarriedOut = Pin<Box<dyn Future<Output = Result<bool, Vec<Refused>>>>>;
