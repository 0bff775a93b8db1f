//! What an account will become, and where its charges come from: views over a history, computed and never stored.

pub mod charges;
pub mod forecast;
pub mod purchases;
pub mod simulate;
