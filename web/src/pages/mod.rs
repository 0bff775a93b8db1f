//! The pages, and the dialog for credits: a folder each, with its styles beside its views.

pub(crate) mod add_credits;
pub(crate) mod help;
pub(crate) mod invoices;
pub(crate) mod overview;
pub(crate) mod payment_method;
pub(crate) mod tiers;
pub(crate) mod usage;
