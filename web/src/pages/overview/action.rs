//! What needs action comes first: refusals with their way out, what the bank waits for, what was declined, what is late.

use crate::app::routes::{self, Page};
use crate::app::split;
use crate::features::bank_prompt::bank_panel;
use crate::features::decline_diagnosis::{Decline, latest_decline};
use crate::features::refusals::{pay_button, refusal_cards};
use crate::features::support::support;
use crate::i18n::{overview as texts, shared};
use crate::pages::overview::notices::{Line, NoticeWay, Place, lines};
use crate::session::state::{DialogMode, State, state};
use crate::session::{AccountSession, Refused};
use crate::ui::announce::announce;
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, finding};
use crate::ui::reactive::{derived, follow};
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
    error: Option<Message>,
}

impl Needs {
    fn of(state: State) -> Needs {
        let judged = state.with_decision(|_, _, decision| match decision {
            Ok(decision) => Ok(refusals_of(decision)),
            Err(error) => Err(Message::of_access(error)),
        });
        let (refused, error) = judged.map_or_else(|error| (Vec::new(), Some(error)), |refused| (refused, None));
        state.session.with(|session| Needs {
            lines: lines(session).into_iter().filter(|line| line.is_wanted(Place::Action, &refused)).collect(),
            refused,
            declined: latest_decline(session),
            asks: !session.asked().is_empty(),
            support: support_message(session.policies(), session.account(), session.now(), None).ok().flatten(),
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
    let needs = Memo::new(move |_| Needs::of(state));
    let view = move || {
        let needs = needs.get();
        if needs.is_nothing() {
            return split::soon_stopped(true);
        }
        let cards = refusal_cards(state, needs.refused, Weight::Primary);
        let lines: Vec<AnyView> = needs.lines.into_iter().map(|line| line_view(state, line)).collect();
        let content = vec![
            needs.error.map(|message| finding(message, Tone::Refused)).into_any(),
            cards,
            bank_panel(state),
            needs.declined.map(|it| split::declined(it, "overview")).into_any(),
            lines.into_any(),
            split::soon_stopped(false),
            needs.support.map(support).into_any(),
        ];
        section("action-heading", "action", texts::needs_attention(), content)
    };
    el!("div", "class" = "contents"; follow(view), announce(heard(state)))
}

/// What a screen reader hears when something new is to be known, first what was declined; a count of seconds is nothing new.
fn heard(state: State) -> Signal<String> {
    let found = move || state.session.with(notices);
    let declined = Memo::new(move |_| state.session.with(latest_decline));
    let codes = Memo::new(move |_| found().iter().map(Notice::code).collect::<Vec<_>>());
    derived(move || {
        // Reading it subscribes; `track` alone does not wake a memo that nobody reads.
        codes.with(|_| ());
        let declined = declined.get().map(|decline| decline.in_words());
        let sentences = untrack(found).into_iter().map(|notice| Message::of(&notice).sentence());
        declined.into_iter().chain(sentences).collect::<Vec<String>>().join(" ")
    })
}

fn notices(session: &AccountSession) -> Vec<Notice> {
    billing::ledger::notices(session.policies(), session.account(), session.now()).unwrap_or_default()
}

/// A notice with what can be done about it here.
fn line_view(state: State, line: Line) -> AnyView {
    let said = finding(line.message, line.tone);
    let open = move || state.dialog_mode.set(Some(DialogMode::Recharge));
    let way = match line.way {
        NoticeWay::None => None,
        NoticeWay::Card => Some(routes::link(Page::PaymentMethod, vec![shared::to_payment_method().into_any()])),
        NoticeWay::Recharge => Some(button(texts::look_at_recharge().to_owned(), Weight::Plain, open)),
        NoticeWay::Pay(invoice, due) => Some(pay_button(state, &invoice, due, Weight::Primary)),
    };
    el!("div", "class" = "stack line"; said, way.map(|way| el!("p", "class" = "row"; way)))
}
