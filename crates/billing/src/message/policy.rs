//! What is wrong with a policy document.

use crate::message::format::charge;
use crate::policy::validate::PolicyProblem;
use core::fmt::{self, Display, Formatter};

impl Display for PolicyProblem {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            PolicyProblem::UnknownSource => out.write_str("The document lists no source with this id."),
            PolicyProblem::WrongClause { expected } => write!(out, "This parameter belongs to clause {expected}."),
            PolicyProblem::WrongUnit { expected: Some(expected) } => {
                write!(out, "This parameter is counted in {expected}.")
            }
            PolicyProblem::WrongUnit { expected: None } => out.write_str("This parameter has no unit."),
            PolicyProblem::NoSource => out.write_str("Name a source, or say that the value is assumed."),
            PolicyProblem::AnnouncedLate => out.write_str("A policy is announced no later than its first day."),
            PolicyProblem::ExpiryUnannounced => {
                out.write_str("Credits may expire only under a policy that was announced before its first day.")
            }
            PolicyProblem::MinimumOutOfRange { lowest, highest } => {
                write!(out, "The smallest purchase must be from {} to {}.", charge(lowest), charge(highest))
            }
            PolicyProblem::DefaultBelowMinimum { minimum } => {
                write!(out, "The default must be at least the smallest purchase, {}.", charge(minimum))
            }
            PolicyProblem::PaymentTimes { settles_within_seconds } => {
                write!(
                    out,
                    "A payment must count as late before it must have settled, after {settles_within_seconds} seconds."
                )
            }
            PolicyProblem::FirstTier => out.write_str("The first tier must be limited, at 0.00."),
            PolicyProblem::TiersNotAscending => {
                out.write_str("Each tier must be higher and begin above the one before it.")
            }
            PolicyProblem::ContractTier => out.write_str("Scale and Enterprise are contracts; no spend reaches them."),
            PolicyProblem::CreditLimitFalls => {
                out.write_str("A higher tier may not have a lower credit limit: a purchase could then stop access.")
            }
            PolicyProblem::DuplicateModel => out.write_str("Another model has this id."),
            PolicyProblem::UnknownTier => out.write_str("The document has no such tier."),
            PolicyProblem::Networks => out.write_str("Name at least one network, and each only once."),
            PolicyProblem::VisaLengths => {
                out.write_str("Visa numbers have 13, 16 or 19 digits; name at least one length, and each only once.")
            }
        }
    }
}
