//! What needs action comes first: refusals with their way out, what the bank waits for, what was declined, what is late.

use crate::chunks;
use crate::life::{Life, Refused};
use crate::overview::notices::{Line, NoticeWay, Place, lines};
use crate::parts::announce::announce;
use crate::parts::bank::bank_panel;
use crate::parts::button::{Weight, button};
use crate::parts::element::el;
use crate::parts::figures::section;
use crate::parts::follow::{derived, follow, heed, memo};
use crate::parts::refusals::{pay_button, refusal_cards};
use crate::parts::support::support;
use crate::parts::told::{Told, Tone, finding};
use crate::payment::diagnosis::{Decline, latest_decline};
use crate::place::{self, Page};
use crate::state::{Opening, State, state};
use crate::texts::{overview as texts, parts};
use billing::finding::Finding;
use billing::ledger::{Notice, support_message};
use billing::rules::access::Decision;
use leptos::prelude::*;

/// What the section shows.
#[derive(Clone, PartialEq, Eq)]
struct Needs {
    refused: Vec<Refused>,
    lines: Vec<Line>,
    declined: Option<Decline>,
    asks: bool,
    support: Option<String>,
    /// The account contradicts itself, which no history brings about.
    error: Option<Told>,
}

impl Needs {
    fn of(state: State) -> Needs {
        let judged = state.with_decision(|_, _, decision| match decision {
            Ok(decision) => Ok(refusals_of(decision)),
            Err(error) => Err(Told::of_access(error)),
        });
        let (refused, error) = judged.map_or_else(|error| (Vec::new(), Some(error)), |refused| (refused, None));
        state.life.with(|life| Needs {
            lines: lines(life).into_iter().filter(|line| line.is_wanted(Place::Action, &refused)).collect(),
            refused,
            declined: latest_decline(life),
            asks: !life.asked().is_empty(),
            support: support_message(life.policies(), life.account(), life.now(), None).ok().flatten(),
            error,
        })
    }

    fn is_nothing(&self) -> bool {
        self.refused.is_empty()
            && self.lines.is_empty()
            && self.declined.is_none()
            && !self.asks
            && self.error.is_none()
    }
}

fn refusals_of(decision: &Decision<'_>) -> Vec<Refused> {
    decision.refusals.iter().map(Refused::of_access).collect()
}

/// What needs action: nothing at all on a healthy account. What is only to come is worked out by a part that comes later.
pub(super) fn action() -> AnyView {
    let state = state();
    let needs = memo(move || Needs::of(state));
    let view = move || {
        let needs = needs.get();
        if needs.is_nothing() {
            return chunks::soon_stopped(true);
        }
        let cards = refusal_cards(state, needs.refused, Weight::Primary);
        let lines: Vec<AnyView> = needs.lines.into_iter().map(|line| line_view(state, line)).collect();
        let content = vec![
            needs.error.map(|told| finding(told, Tone::Refused)).into_any(),
            cards,
            bank_panel(state),
            needs.declined.map(|it| chunks::declined(it, "overview")).into_any(),
            lines.into_any(),
            chunks::soon_stopped(false),
            needs.support.map(support).into_any(),
        ];
        section("action-heading", "action", texts::needs_attention(), content)
    };
    el!("div", "class" = "contents"; follow(view), announce(heard(state)))
}

/// What a screen reader hears when something new is to be known, first what was declined; a count of seconds is nothing new.
fn heard(state: State) -> Signal<String> {
    let found = move || state.life.with(notices);
    let declined = memo(move || state.life.with(latest_decline));
    let codes = memo(move || found().iter().map(Notice::code).collect::<Vec<_>>());
    derived(move || {
        heed(codes);
        let declined = declined.get().map(|decline| decline.in_words());
        let sentences = untrack(found).into_iter().map(|notice| Told::of(&notice).sentence());
        declined.into_iter().chain(sentences).collect::<Vec<String>>().join(" ")
    })
}

fn notices(life: &Life) -> Vec<Notice> {
    billing::ledger::notices(life.policies(), life.account(), life.now()).unwrap_or_default()
}

/// A notice with what can be done about it here.
fn line_view(state: State, line: Line) -> AnyView {
    let said = finding(line.told, line.tone);
    let open = move || state.opening.set(Some(Opening::Recharge));
    let way = match line.way {
        NoticeWay::None => None,
        NoticeWay::Card => Some(place::link(Page::PaymentMethod, vec![parts::to_payment_method().into_any()])),
        NoticeWay::Recharge => Some(button(texts::look_at_recharge().to_owned(), Weight::Plain, open)),
        NoticeWay::Pay(invoice, due) => Some(pay_button(state, &invoice, due, Weight::Primary)),
    };
    el!("div", "class" = "stack line"; said, way.map(|way| el!("p", "class" = "row"; way)))
}
