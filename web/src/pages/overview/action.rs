//! The first section of the overview: refusals and how to resolve them, approvals the bank asks for, declines, overdue payments.

use crate::app::lazy_view::LazyView;
use crate::app::routes::{self, Page};
use crate::features::decline::{Decline, latest_decline};
use crate::features::refusals::{pay_button, refusal_cards};
use crate::features::support::support;
use crate::i18n::{overview as texts, shared};
use crate::pages::overview::notices::{Line, NoticeWay, Place, lines};
use crate::session::state::{DialogMode, State, state};
use crate::session::{AccountView, Refused};
use crate::ui::announce::announce;
use crate::ui::button::{Weight, button};
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, finding};
use billing::finding::Finding;
use billing::ledger::{Notice, support_message};
use billing::rules::access::Decision;
use leptos::prelude::*;

/// The section's data.
#[derive(Clone, PartialEq, Eq)]
struct Needs {
    refused: Vec<Refused>,
    lines: Vec<Line>,
    declined: Option<Decline>,
    asks: bool,
    support: Option<String>,
    /// The account contradicts itself; no history can cause this.
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

/// The section of what needs action, and its announcement. Empty for a healthy account.
///
/// A chunk that is downloaded later checks whether access stops soon.
#[component]
pub(super) fn NeedsAttention() -> impl IntoView {
    let state = state();
    let needs = Memo::new(move |_| Needs::of(state));
    view! {
        <div class="contents">
            {move || needs_view(state, needs.get())}
            {announce(heard(state))}
        </div>
    }
    .into_any()
}

fn needs_view(state: State, needs: Needs) -> AnyView {
    if needs.is_nothing() {
        return LazyView::SoonStopped(true).show_quietly();
    }
    let line_view = |line| view! { <NoticeLine line /> }.into_any();
    let lines: Vec<AnyView> = needs.lines.into_iter().map(line_view).collect();
    let content = vec![
        needs.error.map(|message| finding(message, Tone::Refused)).into_any(),
        refusal_cards(state, needs.refused, Weight::Primary),
        LazyView::BankPanel.show_quietly(),
        needs.declined.map(|decline| LazyView::Diagnosis(decline, "overview").show()).into_any(),
        lines.into_any(),
        LazyView::SoonStopped(false).show_quietly(),
        needs.support.map(support).into_any(),
    ];
    section("action-heading", "action", texts::needs_attention(), content)
}

/// What a screen reader announces when something changes, the latest decline first. A countdown is not announced.
fn heard(state: State) -> Signal<String> {
    let found = move || state.session.with(notices);
    let declined = Memo::new(move |_| state.session.with(latest_decline));
    let codes = Memo::new(move |_| found().iter().map(Notice::code).collect::<Vec<_>>());
    Signal::derive(move || {
        // Read it to subscribe: `track` alone does not run a memo that nothing reads.
        codes.with(|_| ());
        let declined = declined.get().map(|decline| decline.in_words());
        let sentences = untrack(found).into_iter().map(|notice| Message::of(&notice).sentence());
        declined.into_iter().chain(sentences).collect::<Vec<String>>().join(" ")
    })
}

fn notices(session: &AccountView) -> Vec<Notice> {
    billing::ledger::notices(session.policies(), session.account(), session.now()).unwrap_or_default()
}

/// A notice with the link or button that resolves it.
#[component]
fn NoticeLine(line: Line) -> impl IntoView {
    let Line { message, tone, way, .. } = line;
    let way = way_view(state(), way).map(|way| view! { <p class="row">{way}</p> }.into_any());
    view! {
        <div class="stack line">
            {finding(message, tone)}
            {way}
        </div>
    }
    .into_any()
}

fn way_view(state: State, way: NoticeWay) -> Option<AnyView> {
    let open = move || state.dialog_mode.set(Some(DialogMode::Recharge));
    match way {
        NoticeWay::None => None,
        NoticeWay::Card => Some(routes::link(Page::PaymentMethod, vec![shared::to_payment_method().into_any()])),
        NoticeWay::Recharge => Some(button(texts::look_at_recharge().to_owned(), Weight::Plain, open)),
        NoticeWay::Pay(invoice, due) => Some(pay_button(state, &invoice, due, Weight::Primary)),
    }
}
