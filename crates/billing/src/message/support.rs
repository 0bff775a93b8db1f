//! The messages to support that a customer can send as they are.

use crate::message::format::{Instant, charge};
use crate::money::Charge;
use crate::policy::tier::Tier;
use crate::time::Timestamp;
use alloc::string::{String, ToString};
use core::fmt::{self, Display, Formatter};

/// What support is asked about.
pub(crate) enum SupportLine {
    /// A purchase that hangs.
    Purchase { amount: Charge, started: Timestamp },
    /// The charge of an invoice that hangs.
    Invoice { due: Charge, begun: Timestamp },
    /// A tier that does not follow.
    Tier { entitled: Tier, since: Timestamp },
}

/// What an empty place of a message holds.
const FILL_IN: &str = "(please fill in)";

/// IN-5, PM-9: a message to support about the details of an account's invoices, with places to fill in.
pub(crate) fn details_message(email: Option<&str>) -> String {
    let email = email.unwrap_or(FILL_IN);
    alloc::format!(
        "Please put these details on my invoices.\n\
         Name of the organisation: {FILL_IN}\n\
         Tax id: {FILL_IN}\n\
         E-mail for invoices: {FILL_IN}\n\
         E-mail of the account: {email}\n"
    )
}

/// A message to support, ready to be sent.
pub(crate) fn support_message(lines: &[SupportLine], email: Option<&str>) -> String {
    struct Message<'m>(&'m [SupportLine], Option<&'m str>);
    impl Display for Message<'_> {
        fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
            for line in self.0 {
                let (what, since) = match line {
                    SupportLine::Purchase { amount, started } => {
                        writeln!(out, "A purchase of {} is not in my balance.", charge(*amount))?;
                        ("purchase", *started)
                    }
                    SupportLine::Invoice { due, begun } => {
                        writeln!(out, "The charge of {} for an invoice has not ended.", charge(*due))?;
                        ("charge", *begun)
                    }
                    SupportLine::Tier { entitled, since } => {
                        writeln!(out, "My account has paid for {} and does not have it.", entitled.name())?;
                        ("purchase", *since)
                    }
                };
                writeln!(out, "Time of {what}: {}", Instant(since))?;
            }
            writeln!(out, "E-mail of the account: {}", self.1.unwrap_or(FILL_IN))
        }
    }
    Message(lines, email).to_string()
}
