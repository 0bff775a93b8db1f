//! The form of a response: the id as it came, and an answer or an error.

use crate::envelope::Envelope;
use crate::error::Error;
use crate::query::{Answer, Question};
use billing::json::read::{At, Family};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// What a request is answered with, without its id.
pub struct Answered<'a>(Outcome<'a>);

enum Outcome<'a> {
    Answer(&'a Answer<'a>),
    Error(&'a Error),
}

impl<'a> Answered<'a> {
    /// An error as the answer.
    #[must_use]
    pub fn error(error: &'a Error) -> Answered<'a> {
        Answered(Outcome::Error(error))
    }

    /// The response as it is written, with its id.
    pub fn with_id<I: Serialize>(self, id: I) -> impl Serialize {
        Response { id, outcome: self.0 }
    }
}

struct Response<'a, I> {
    id: I,
    outcome: Outcome<'a>,
}

impl<I: Serialize> Serialize for Response<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut response = serializer.serialize_struct("Response", 2)?;
        response.serialize_field("id", &self.id)?;
        match self.outcome {
            Outcome::Answer(answer) => response.serialize_field("answer", answer)?,
            Outcome::Error(error) => response.serialize_field("error", error)?,
        }
        response.end()
    }
}

/// Answers a request, and hands the answer to `emit` while all that it borrows from is there.
pub fn respond<I, T>(envelope: &Envelope<'_, I>, emit: impl FnOnce(Answered<'_>) -> T) -> T {
    let root = At::root(Family::Request, "");
    let question = match envelope.fields(&root).and_then(Question::read) {
        Ok(question) => question,
        Err(fault) => return emit(Answered::error(&fault.into())),
    };
    match question.answer() {
        Ok(answer) => emit(Answered(Outcome::Answer(&answer))),
        Err(fault) => emit(Answered::error(&fault.into())),
    }
}
