//! The components that every page is made of.

pub(crate) mod announce;
pub(crate) mod bank;
pub(crate) mod button;
pub(crate) mod check;
pub(crate) mod choice;
pub(crate) mod drawing;
pub(crate) mod element;
pub(crate) mod field;
pub(crate) mod figures;
pub(crate) mod follow;
pub(crate) mod icon;
pub(crate) mod kept;
pub(crate) mod later;
pub(crate) mod ledger;
pub(crate) mod question;
pub(crate) mod refusals;
pub(crate) mod settling;
pub(crate) mod support;
pub(crate) mod told;
