//! IN · The billing history: the month so far and every invoice, each with its detail, as CSV and as PDF.

mod bill;
mod csv;
mod detail;
mod list;
pub(crate) mod paper;
pub(crate) mod pdf;

pub(crate) use bill::service_name;
pub(crate) use detail::detail;
pub(crate) use list::list;
