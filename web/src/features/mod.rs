//! What several pages offer and more than one element shows: dialogs, refusals with their remedies, the bank's prompt.

pub(crate) mod bank_prompt;
pub(crate) mod confirm_dialog;
pub(crate) mod decline;
pub(crate) mod decline_diagnosis;
pub(crate) mod refusals;
pub(crate) mod support;
pub(crate) mod tier_settling;
