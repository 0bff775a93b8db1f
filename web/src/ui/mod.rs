//! The elements that every page is made of. They know nothing of billing accounts.

pub(crate) mod announce;
pub(crate) mod button;
pub(crate) mod check;
pub(crate) mod choice;
pub(crate) mod drawing;
pub(crate) mod field;
pub(crate) mod figures;
pub(crate) mod form_state;
pub(crate) mod icon;
pub(crate) mod lazy;
pub(crate) mod ledger;
pub(crate) mod message;
