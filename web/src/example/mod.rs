//! The example accounts: each is a history, told to the rules as it would have come about.

mod preset;
mod tale;

pub(crate) use preset::Preset;
pub(crate) use tale::{example_address, security_code};
