//! PM-9: what is said about a tax id.

use crate::payment_method::tax_id::{Form, TaxIdProblem};
use core::fmt::{self, Display, Formatter};

impl Display for TaxIdProblem {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            TaxIdProblem::BeforeAddress => {
                out.write_str("The form of a tax id depends on the country. Enter the billing address first.")
            }
            TaxIdProblem::Missing => out.write_str("Enter the tax id, or save without one."),
            TaxIdProblem::NonStandard { country, .. } => match country.and_then(Form::of) {
                Some(form) => write!(
                    out,
                    "This does not look like the country's {}, for example {}. Compare it with your registration; \
                     only support can enter a tax id of another form.",
                    form.name(),
                    form.example()
                ),
                None => out.write_str(
                    "No standard form of tax id is known for this country, so support has to enter yours. Contact \
                     support.",
                ),
            },
            TaxIdProblem::CardNumber => out.write_str("There is a card number in the field for the tax id. Remove it."),
        }
    }
}
