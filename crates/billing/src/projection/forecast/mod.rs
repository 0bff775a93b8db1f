//! What is to come for an account that goes on as it does: recharges, month ends, the 3rd's charge, a stop of access.
//!
//! Time passes by the same engine as in life ([`crate::ledger`]). Usage flows evenly, payments are approved at once, and what
//! auto-recharge buys in a day is one entry, so that the work grows with the days and not with the money.

pub(crate) mod answer;
mod future;
mod look_ahead;
mod rate;

pub use answer::{
    Entry, Forecast, ForecastError, ForecastEvent, ForecastFinding, ForecastQuestion, MOST_DAYS, Scenario, Sums,
};
pub use look_ahead::{forecast, look_ahead};
pub use rate::{Rate, Runway, STOP_WARNING_SECONDS, present_rate, runs_out, runway};
