//! AC-6: how far the balance may fall, and the customer's own limit on it.

use crate::app::browser;
use crate::i18n::amounts::dollars;
use crate::i18n::{Sentence, tiers as texts};
use crate::session::state::{Confirmation, State, state};
use crate::ui::button::{Weight, button};
use crate::ui::field::Field;
use crate::ui::figures::{figures, row, section};
use crate::ui::form_state::form_state;
use crate::ui::message::{Message, Tone, finding, findings, rule};
use billing::clause::Clause;
use billing::ledger::Command;
use billing::money::{Money, MoneyError};
use billing::policy::Policy;
use billing::rules::access::{
    AccessNotice, CreditLimit, Decision, Reason, Refusal, Request, Snapshot, authorize, notices,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::SubmitEvent;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    limit: CreditLimit,
    own: Option<Money>,
    messages: Vec<Message>,
}

impl Shown {
    fn of(policy: &Policy, account: &Snapshot, decision: &Decision<'_>) -> Option<Shown> {
        let found = notices(policy, account, &Request::API_CALL, decision).ok()?;
        let is_of_limit = |notice: &&AccessNotice| {
            matches!(
                notice,
                AccessNotice::LimitAboveCeiling { .. }
                    | AccessNotice::LimitAssumed { .. }
                    | AccessNotice::ByContract { .. }
            )
        };
        let messages = found.iter().filter(is_of_limit).map(Message::of).collect();
        Some(Shown { limit: decision.credit_limit, own: account.balance_limit, messages })
    }
}

/// The card of the balance limit: the limit in force, the form that sets an own limit, and the button that clears it.
#[component]
pub(super) fn LimitCard() -> impl IntoView {
    let state = state();
    let shown =
        Memo::new(move |_| state.with_decision(|policy, account, decision| Shown::of(policy, account, decision.ok()?)));
    let has_own = move || shown.read().as_ref().is_some_and(|shown| shown.own.is_some());
    let content = view! {
        {move || shown.get().map(|shown| view! { <LimitInForce shown /> }.into_any())}
        <LimitForm />
        {move || has_own().then(|| clear_button(state))}
    };
    section("limit-heading", "card", texts::limit(), vec![content.into_any()])
}

fn clear_button(state: State) -> AnyView {
    button(texts::clear_limit().to_owned(), Weight::Plain, move || {
        change(state, None, RwSignal::new(None));
        browser::focus_soon("limit-heading");
    })
}

/// The balance at which usage stops, with the own limit and the ceiling.
#[component]
fn LimitInForce(shown: Shown) -> impl IntoView {
    let Shown { limit, own, messages } = shown;
    let floor = limit.stops_at().map(dollars).unwrap_or_default();
    // The word joiner prevents a line break after the sign.
    let floor = floor.replace('−', "−\u{2060}");
    let rows = vec![
        row(texts::own_limit(), own.map_or_else(|| texts::no_own_limit().to_owned(), dollars)),
        row(texts::ceiling(), dollars(limit.ceiling)),
    ];
    view! {
        <div class="stack">
            <p class="setting">
                {texts::stops_at(&floor)}
                {rule(Clause::Ac6)}
            </p>
            {findings(messages, Tone::Plain)}
            {figures(rows)}
        </div>
    }
    .into_any()
}

/// The form for an own limit, with a warning while the typed limit would stop access.
#[component]
fn LimitForm() -> impl IntoView {
    let state = state();
    let typed = form_state("own-limit", String::new);
    let refused = RwSignal::new(None::<Message>);
    let stops = Memo::new(move |_| {
        let (account, limit) = (state.account.get(), typed.with(|typed| amount(typed)).ok()?);
        stops(&state.policy.get(), &account, limit).then_some(account.balance)
    });
    let warning = move || {
        let said = texts::stops_now(&dollars(stops.get()?));
        Some(finding(Message::now(said, Clause::Ac1), Tone::Attention))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match typed.with_untracked(|typed| amount(typed)) {
            Ok(limit) if stops.get_untracked().is_some() => {
                state.confirmation.set(Some(Confirmation::Limit(limit, typed)));
            }
            Ok(limit) => change(state, Some((limit, typed)), refused),
            Err(error) => {
                refused.set(Some(Message::of_money(error)));
                browser::focus("own-limit");
            }
        }
    };
    view! {
        <div class="contents">
            <form novalidate class="beside" on:submit=submit>
                <LimitField typed refused />
                <p>
                    <button type="submit">{texts::set_limit()}</button>
                </p>
            </form>
            <div class="done" aria-live="polite">
                {move || warning()}
            </div>
        </div>
    }
    .into_any()
}

/// The field for an own limit. Typing removes the refusal.
#[component]
fn LimitField(typed: RwSignal<String>, refused: RwSignal<Option<Message>>) -> impl IntoView {
    let on_input = Callback::new(move |text| {
        typed.try_set(text);
        refused.try_set(None);
    });
    let field = Field {
        error: refused.into(),
        hint: Signal::stored(Some(texts::zero_means().to_owned())),
        ..Field::amount("own-limit", texts::how_far(), typed.into(), on_input)
    };
    field.view()
}

fn amount(typed: &str) -> Result<Money, MoneyError> {
    Money::parse(&crate::i18n::amounts::typed(typed)).and_then(Money::not_negative)
}

/// AC-1, AC-6: whether this limit stops access that is open now.
fn stops(policy: &Policy, account: &Snapshot, limit: Money) -> bool {
    let is_stopped = |account: &Snapshot| {
        let decision = authorize(policy, account, &Request::API_CALL);
        let is_of_balance = |refusal: &Refusal<'_>| matches!(refusal.reason, Reason::LimitReached { .. });
        decision.is_ok_and(|decision| decision.refusals.iter().any(is_of_balance))
    };
    is_stopped(&Snapshot { balance_limit: Some(limit), ..*account }) && !is_stopped(account)
}

/// Sets the typed limit, or clears it. A refusal appears beside the field.
fn change(state: State, wanted: Option<(Money, RwSignal<String>)>, refused: RwSignal<Option<Message>>) {
    state.done.set(None);
    let limit = wanted.map(|(limit, _)| limit);
    spawn_local(async move {
        match state.dispatch(Command::SetBalanceLimit { limit }).await {
            Ok(()) => {
                if let Some((_, typed)) = wanted {
                    typed.try_set(String::new());
                }
                state.done.set(done(state, limit));
            }
            Err(found) => {
                refused.try_set(found.into_iter().next().map(|found| found.message));
                browser::focus("own-limit");
            }
        }
    });
}

/// The confirmation of a set or cleared limit.
fn done(state: State, limit: Option<Money>) -> Option<Sentence> {
    let in_force =
        untrack(|| state.with_decision(|_, _, decision| Some(dollars(decision.ok()?.credit_limit.in_force))))?;
    Some(Sentence::new(move || match limit {
        Some(limit) => texts::limit_is_set(&dollars(limit)),
        None => texts::limit_is_cleared(&in_force),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ac_6_limit_stops_access_once_the_balance_reaches_it() {
        let policy = Policy::shipped("credit-limit").unwrap();
        let money = |text| Money::parse(text).unwrap();
        let account = |balance| Snapshot { balance: money(balance), lifetime_spend: money("180"), ..Snapshot::NEW };
        let stops = |balance, limit| stops(&policy, &account(balance), money(limit));
        assert!(stops("-96.42", "96.42") && stops("-96.42", "50"));
        assert!(!stops("-96.42", "96.43") && !stops("-96.42", "150"));
        assert!(!stops("-100", "50"), "it is stopped already");
        assert!(stops("0", "0") && !stops("0.01", "0"));
    }
}
