//! What is wrong with a request, in the form of the contract.

use billing::clause::Clause;
use billing::json::read::{Details, ReadError};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::borrow::Cow;

/// The longest line that is read, in bytes.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// How many bytes of answers [`evaluate_many`](crate::evaluate_many) holds at most before it stops: a short request may have a
/// long answer.
pub const MAX_ANSWERS_BYTES: usize = 1 << 27;

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: Cow<'static, str>,
    clause: Option<Clause>,
    place: Place,
    message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// In a request that could be read.
    Path(String),
    /// A line that could not.
    Line(u64),
}

impl Error {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// A request that is longer than [`MAX_LINE_BYTES`].
    #[must_use]
    pub fn too_long(line: u64) -> Error {
        Error::in_line("request.too_long", line, format!("A line has at most {MAX_LINE_BYTES} bytes."))
    }

    /// The first line that is left without an answer, because those before it were answered with [`MAX_ANSWERS_BYTES`].
    pub(crate) fn too_many(line: u64) -> Error {
        let message =
            format!("The answers have {MAX_ANSWERS_BYTES} bytes. Send the lines from this one on by themselves.");
        Error::in_line("request.too_many", line, message)
    }

    /// What is wrong with something that is no request, and so has no paths: the line with this number.
    #[must_use]
    pub fn in_line(code: &'static str, line: u64, message: String) -> Error {
        Error { code: code.into(), clause: None, place: Place::Line(line), message }
    }
}

impl From<ReadError> for Error {
    fn from(fault: ReadError) -> Error {
        let Details { code, clause, path, message, .. } = fault.into_details();
        Error { code, clause, place: Place::Path(path), message }
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serializer.serialize_struct("Error", 4)?;
        error.serialize_field("code", &self.code)?;
        error.serialize_field("clause", &self.clause.map(Clause::id))?;
        match &self.place {
            Place::Path(path) => error.serialize_field("path", path)?,
            Place::Line(line) => error.serialize_field("line", line)?,
        }
        error.serialize_field("message", &self.message)?;
        error.end()
    }
}
