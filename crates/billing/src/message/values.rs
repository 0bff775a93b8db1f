//! What is wrong with an amount, a time or the shape of a document.

use crate::json::read::Shape;

use crate::money::MoneyError;
use crate::time::TimeError;
use core::fmt::{self, Display, Formatter};

impl Display for MoneyError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            MoneyError::Malformed => "Write an amount in plain digits, for example 25.00.",
            MoneyError::TooPrecise => "This amount has too many decimals: a charge has at most 2, usage at most 12.",
            MoneyError::OutOfRange => "This amount is too large: at most 1,000,000,000,000,000 dollars can be handled.",
            MoneyError::Negative => "This amount cannot be below zero.",
        })
    }
}

impl Display for TimeError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            TimeError::Malformed => "Write an instant as 2025-12-01T09:30:00Z, a day as 2025-12-01.",
            TimeError::OutOfRange => "There is no such time, or it lies outside the years 1970 to 9998.",
        })
    }
}

impl Display for Shape {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Shape::UnknownField => out.write_str("This field is not known here."),
            Shape::DuplicateField => out.write_str("This field is given twice."),
            Shape::MissingField => out.write_str("This field is needed."),
            Shape::WrongType(wanted) => write!(out, "This must be {wanted}."),
            Shape::UnknownValue(words) => {
                out.write_str("This must be one of ")?;
                for (index, word) in words.iter().enumerate() {
                    write!(out, "{}{word}", if index == 0 { "" } else { ", " })?;
                }
                out.write_str(".")
            }
            Shape::TextTooLong(bytes) => write!(out, "This text is too long: at most {bytes} bytes."),
            Shape::OutOfRange(lowest, highest) => {
                write!(out, "This must be a whole number from {lowest} to {highest}.")
            }
            Shape::TooManyItems(most) => write!(out, "This list is too long: at most {most} items."),
        }
    }
}
