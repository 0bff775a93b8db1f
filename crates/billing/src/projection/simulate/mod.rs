//! What a history would have been under other policies: the same external events, lived again by the code that life runs on.
//!
//! What somebody outside the rules did or reported happens again at its own time; what the rules made of it is made anew.
//! A payment with the same id and amount gets the same answer after the same delay. A payment that exists only here is
//! approved at once, unless the scenario says otherwise, and a report about a payment that does not exist here is dropped
//! and counted. Simulated under the policies that it was lived under, a history gives itself.

pub(crate) mod external;
mod payments;
mod run;

pub use external::{ExternalEvent, ExternalEvents};
pub use payments::{NewPayment, PaymentAnswer};
pub use run::{MOST_SIMULATED_EVENTS, RefusedCommand, Simulation, SimulationError, simulate, simulate_with};
