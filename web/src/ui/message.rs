//! What a rule has found: its sentence, and the clause behind it.

use super::icon::{Shape, icon};
use crate::i18n::{self, Sentence, What, shared};
use account_session::{LoadError, NotStored, ReplaceError};
use billing::clause::Clause;
use billing::finding::{Finding, OwnedParam};
use billing::money::MoneyError;
use billing::rules::access::AccessError;
use event_store::StoreError;
use leptos::prelude::*;
use std::fmt::Display;
use std::sync::atomic::{AtomicU32, Ordering};

/// A finding as the page keeps it: whatever language is spoken, it can be said in it.
#[derive(Clone)]
pub(crate) struct Message {
    source: Source,
    pub(crate) clause: Option<Clause>,
}

#[derive(Clone)]
enum Source {
    /// By a rule: in English, and what any other language makes its sentence of.
    Rule {
        english: String,
        code: &'static str,
        params: Vec<(&'static str, OwnedParam)>,
    },
    Page(Sentence),
}

/// Two findings are alike if they say the same.
impl PartialEq for Message {
    fn eq(&self, other: &Message) -> bool {
        self.clause == other.clause && self.sentence() == other.sentence()
    }
}

impl Eq for Message {}

impl Message {
    /// A sentence with no clause behind it.
    pub(crate) fn plain(sentence: Sentence) -> Message {
        Message { source: Source::Page(sentence), clause: None }
    }

    /// A sentence of the page with the clause behind it, in the language that is spoken now: for what is told anew in another.
    pub(crate) fn now(sentence: String, clause: Clause) -> Message {
        Message { source: Source::Page(Sentence::new(move || sentence.clone())), clause: Some(clause) }
    }

    /// What is wrong in a way that has no figures.
    pub(crate) fn coded(code: &'static str, error: &dyn Display, clause: Option<Clause>) -> Message {
        Message { source: Source::Rule { english: error.to_string(), code, params: Vec::new() }, clause }
    }

    pub(crate) fn of_money(error: MoneyError) -> Message {
        Message::coded(error.code(), &error, None)
    }

    pub(crate) fn of_access(error: AccessError) -> Message {
        match error {
            AccessError::Money(error) => Message::of_money(error),
            AccessError::Account(problem) => Message { clause: None, ..Message::of(&problem) },
        }
    }

    pub(crate) fn of_store(error: StoreError) -> Message {
        Message::plain(Sentence::new(move || i18n::say(&What::Store(&error), &error)))
    }

    /// Why what was decided is not stored.
    pub(crate) fn of_not_stored(why: NotStored) -> Message {
        Message::plain(Sentence::new(move || i18n::say(&What::NotStored(&why), &why)))
    }

    /// Why another history did not take the place of the stored one.
    pub(crate) fn of_replace(error: ReplaceError) -> Message {
        match error {
            ReplaceError::Impossible(error) => Message::of(&error.why),
            ReplaceError::Store(error) => Message::of_store(error),
        }
    }

    /// Why a stored history is not shown.
    pub(crate) fn of_load(error: LoadError) -> Message {
        Message::plain(Sentence::new(move || i18n::say(&What::Load(&error), &error)))
    }

    pub(crate) fn of(finding: &impl Finding) -> Message {
        Message::of_dyn(finding)
    }

    pub(crate) fn of_dyn(finding: &dyn Finding) -> Message {
        let mut params = Vec::new();
        finding.params(&mut |name, param| params.push((name, param.into())));
        Message {
            source: Source::Rule { english: finding.to_string(), code: finding.code(), params },
            clause: finding.clause(),
        }
    }

    /// In the language that is spoken.
    pub(crate) fn sentence(&self) -> String {
        match &self.source {
            Source::Rule { english, code, params } => i18n::say(&What::Finding(code, params), english),
            Source::Page(sentence) => sentence.said(),
        }
    }
}

/// How a finding is meant; each meaning has a colour, an icon and a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Fine,
    Attention,
    Refused,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Fine => "fine",
            Tone::Attention => "attention",
            Tone::Refused => "refused",
        }
    }

    fn icon(self) -> Shape {
        match self {
            Tone::Plain => Shape::Info,
            Tone::Fine => Shape::Check,
            Tone::Attention => Shape::Warning,
            Tone::Refused => Shape::Stop,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Tone::Plain => shared::note(),
            Tone::Fine => shared::fine(),
            Tone::Attention => shared::attention(),
            Tone::Refused => shared::refused(),
        }
    }
}

/// The clause as a small button that opens the rule's summary.
pub(crate) fn rule(clause: Clause) -> AnyView {
    let id = format!("rule-{}", next_number());
    view! {
        <span class="rule">
            <button type="button" popovertarget=id.clone()>
                <span class="hidden">{shared::rule()}</span>
                {clause.id()}
            </button>
            <span popover="" id=id role="note">
                <b>{clause.id()}</b>
                " "
                {i18n::rule_summary(clause)}
            </span>
        </span>
    }
    .into_any()
}

/// A number that no other part of the page has, for an id.
fn next_number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A sentence with its clause behind it.
pub(crate) fn sentence(message: Message) -> Vec<AnyView> {
    vec![message.sentence().into_any(), message.clause.map(rule).into_any()]
}

/// A finding: icon, sentence, clause.
pub(crate) fn finding(message: Message, tone: Tone) -> AnyView {
    view! {
        <div class=format!("finding {}", tone.class())>
            {icon(tone.icon())}
            <p>
                <span class="hidden">{tone.word()}</span>
                {sentence(message)}
            </p>
        </div>
    }
    .into_any()
}

pub(crate) fn findings(found: Vec<Message>, tone: Tone) -> Vec<AnyView> {
    found.into_iter().map(|message| finding(message, tone)).collect()
}
