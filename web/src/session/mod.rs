//! The account in use: its history and the policies in force, the shared signals, and the one way to change it.

pub(crate) mod account_view;
pub(crate) mod act;
pub(crate) mod dispatch;
pub(crate) mod policies;
pub(crate) mod refused;
pub(crate) mod state;
pub(crate) mod store;

pub(crate) use account_view::AccountView;
pub(crate) use refused::Refused;
