//! The questions: one file for each.

mod access;
mod account;
mod asked;
mod card_check;
mod card_number;
mod charges;
mod decide;
mod decline_diagnosis;
mod forecast;
mod history;
mod policy_check;
mod policy_diff;
mod recharge_preview;
mod tier_progress;

use crate::policies::Chosen;
use asked::Asked;
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, Shape, text, timestamp};
use serde::Serialize;

/// Declares the questions: the name of each and its module, whose `Input` reads and answers it.
macro_rules! questions {
    ($($variant:ident $module:ident),* $(,)?) => {
        /// The names of all questions.
        pub const QUERIES: &[&str] = &[$(stringify!($module)),*];

        enum Input<'n> {
            $($variant($module::Input<'n>),)*
        }

        impl<'n> Input<'n> {
            fn read(query: &str, node: &'n Node<'n>, at: &At<'_>) -> Option<Result<Input<'n>, ReadError>> {
                match query {
                    $(stringify!($module) => Some($module::Input::read(node, at).map(Input::$variant)),)*
                    _ => None,
                }
            }

            fn answer<'q>(&'q self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
                match self {
                    $(Input::$variant(input) => input.answer(asked).map(Answer::$variant),)*
                }
            }
        }

        /// The answer to a question.
        #[allow(clippy::large_enum_variant, reason = "it is written as soon as it is there, and never moved")]
        #[derive(Serialize)]
        #[serde(untagged)]
        pub(crate) enum Answer<'q> {
            $($variant($module::Answer<'q>),)*
        }
    };
}

questions! {
    RechargePreview recharge_preview,
    TierProgress tier_progress,
    Access access,
    CardNumber card_number,
    CardCheck card_check,
    PolicyCheck policy_check,
    PolicyDiff policy_diff,
    Decide decide,
    Account account,
    DeclineDiagnosis decline_diagnosis,
    Charges charges,
    Forecast forecast,
}

/// A question, read from a request.
pub(crate) struct Question<'n> {
    asked: Asked,
    input: Input<'n>,
}

impl<'n> Question<'n> {
    /// Reads the fields of a request: the policy and the time too, where they are given; where one is missing that the
    /// question needs, answering says so.
    pub(crate) fn read(request: Fields<'n, '_>) -> Result<Question<'n>, ReadError> {
        let query = request.required("query", text)?;
        let now = request.optional("now", timestamp)?;
        let chosen = Chosen::read(request.get("policy"), &request.at().field("policy"))?;
        let node = request.required("input", |node, _| Ok(node))?;
        let input = Input::read(query, node, &request.at().field("input"))
            .unwrap_or_else(|| Err(request.at().field("query").fault(Shape::UnknownValue(QUERIES))))?;
        Ok(Question { asked: Asked { chosen, now }, input })
    }

    /// Answers it.
    pub(crate) fn answer(&self) -> Result<Answer<'_>, ReadError> {
        self.input.answer(&self.asked)
    }
}
