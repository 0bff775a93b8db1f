//! The example accounts: each is a history, told to the rules as it would have come about, and kept as a file.

mod preset;
mod sample;
#[cfg(test)]
mod tale;

pub(crate) use preset::Preset;
pub(crate) use sample::{example_address, security_code};
