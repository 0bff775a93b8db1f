//! UC-4: explains the charges of an account that makes no API calls.

use crate::i18n::amounts::{count, dollars};
use crate::i18n::{rule_summary, usage as texts};
use crate::session::AccountView;
use crate::session::state::state;
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, finding, rule};
use billing::clause::Clause;
use billing::projection::charges::{ChargeNotice, charges, current_notices};
use leptos::prelude::*;

/// The rules that explain charges without API calls.
const RULES: [Clause; 4] = [Clause::Uc1, Clause::Uc2, Clause::Uc3, Clause::In6];

/// The notices that explain the charges, with their tone.
pub(crate) fn messages(session: &AccountView) -> Option<Vec<(Message, Tone)>> {
    let found = current_notices(session.policies(), session.account(), session.events(), session.now()).ok()?;
    let tone = |notice: &ChargeNotice| match notice {
        ChargeNotice::Idle { .. } => Tone::Attention,
        ChargeNotice::RunsOut { .. } | ChargeNotice::NothingRuns { .. } => Tone::Plain,
    };
    Some(found.iter().map(|notice| (Message::of(notice), tone(notice))).collect())
}

/// AR-5: the purchases that auto-recharge made this month, without the customer's action.
pub(crate) fn recharged(session: &AccountView) -> Option<Message> {
    let month = session.now().date().first_of_month_after(0)?.start();
    let found = charges(session.policies(), session.account(), session.events(), month, session.now()).ok()?;
    let (purchases, amount) = found.recharged;
    let sentence = || texts::recharged(&count(purchases), &dollars(amount));
    (purchases > 0).then(|| Message::now(sentence(), Clause::Ar5))
}

/// The card that explains the charges: first the account's own facts, then the rules.
#[component]
pub(super) fn WhyCard() -> impl IntoView {
    let state = state();
    let found = Memo::new(move |_| {
        state.session.with(|session| {
            let messages = messages(session).unwrap_or_default();
            messages.into_iter().chain(recharged(session).map(|message| (message, Tone::Plain))).collect::<Vec<_>>()
        })
    });
    let facts = move || found.get().into_iter().map(|(message, tone)| finding(message, tone)).collect::<Vec<AnyView>>();
    let content = view! {
        <div class="stack">{move || facts()}</div>
        <ul class="rules">{Vec::from(RULES.map(sentence_of))}</ul>
    };
    section("why-heading", "card", texts::why(), vec![content.into_any()])
}

/// A rule's summary, as a list item.
pub(crate) fn sentence_of(clause: Clause) -> AnyView {
    view! {
        <li>
            {rule_summary(clause)}
            {rule(clause)}
        </li>
    }
    .into_any()
}
