//! IN · The billing history: the month so far and every invoice, each with its detail, as CSV and as PDF; and every purchase of
//! credits.

mod bill;
mod csv;
mod detail;
mod list;
pub(crate) mod paper;
pub(crate) mod pdf;
mod purchases;

pub(crate) use bill::service_name;
pub(crate) use detail::detail;
pub(crate) use list::list;
