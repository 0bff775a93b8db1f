//! IN · The billing history: the month so far and every invoice, each with its detail, as CSV and as PDF; and every purchase of
//! credits.

mod csv;
mod detail;
pub(crate) mod invoice_document;
mod invoice_summary;
mod list;
pub(crate) mod pdf;
mod purchases;

pub(crate) use detail::detail;
pub(crate) use invoice_summary::service_name;
pub(crate) use list::list;
