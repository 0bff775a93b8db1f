//! The sandbox that the page runs in: example accounts, a clock that can be moved, and what the bank says.
//!
//! Each example account is a history that the rules made from a script; the page reads it from a file.

pub(crate) mod bank;
pub(crate) mod clock;
pub(crate) mod controls;
#[cfg(test)]
mod example_script;
pub(crate) mod panel;
mod preset;
mod sample;
mod sandbox_state;
pub(crate) mod test_cards;

pub(crate) use bank::Asked;
pub(crate) use clock::Jump;
pub(crate) use preset::Preset;
pub(crate) use sample::{example_address, security_code};
pub(crate) use sandbox_state::SandboxState;
