//! AC-6: how far the balance may go down, and the customer's own limit on it.

use crate::app::browser;
use crate::app::split;
use crate::i18n::amounts::dollars;
use crate::i18n::{Sentence, tiers as texts};
use crate::session::state::{Confirmation, State};
use crate::ui::button::{Weight, button};
use crate::ui::element::{El, el};
use crate::ui::field::Field;
use crate::ui::figures::{figures, row, section};
use crate::ui::form_state::form_state;
use crate::ui::message::{Message, Tone, finding, findings, rule};
use crate::ui::reactive::{callback, follow_some};
use billing::clause::Clause;
use billing::ledger::Command;
use billing::money::{Money, MoneyError};
use billing::policy::Policy;
use billing::rules::access::{
    AccessNotice, CreditLimit, Decision, Reason, Refusal, Request, Snapshot, authorize, notices,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Event;

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

pub(super) fn limit(state: State) -> AnyView {
    let shown =
        Memo::new(move |_| state.with_decision(|policy, account, decision| Shown::of(policy, account, decision.ok()?)));
    let standing = move || shown.get().map(standing);
    let clear = move || {
        shown.get()?.own?;
        Some(button(texts::clear_limit().to_owned(), Weight::Plain, move || {
            change(state, None, RwSignal::new(None));
            browser::focus_soon("limit-heading");
        }))
    };
    section("limit-heading", "card", texts::limit(), vec![follow_some(standing), form(state), follow_some(clear)])
}

fn standing(shown: Shown) -> AnyView {
    let Shown { limit, own, messages } = shown;
    let floor = Money::ZERO.checked_sub(limit.in_force).unwrap_or(Money::ZERO);
    // The word joiner keeps a line from breaking behind the sign.
    let floor = dollars(floor).replace('−', "−\u{2060}");
    let rows = vec![
        row(texts::own_limit(), own.map_or_else(|| texts::no_own_limit().to_owned(), dollars)),
        row(texts::ceiling(), dollars(limit.ceiling)),
    ];
    el!("div", "class" = "stack";
        el!("p", "class" = "setting"; texts::stops_at(&floor), rule(Clause::Ac6)),
        findings(messages, Tone::Plain),
        figures(rows),
    )
}

fn form(state: State) -> AnyView {
    let typed = form_state("own-limit", String::new);
    let refused = RwSignal::new(None::<Message>);
    let on_input = callback(move |text| {
        typed.set(text);
        refused.set(None);
    });
    let field = Field {
        error: refused.into(),
        hint: Signal::stored(Some(texts::zero_means().to_owned())),
        ..Field::amount("own-limit", texts::how_far(), typed.into(), on_input)
    };
    let stops = Memo::new(move |_| {
        let (account, limit) = (state.account.get(), typed.with(|typed| amount(typed)).ok()?);
        stops(&state.policy.get(), &account, limit).then_some(account.balance)
    });
    let warning = move || {
        let said = texts::stops_now(&dollars(stops.get()?));
        Some(finding(Message::now(said, Clause::Ac1), Tone::Attention))
    };
    let submit = move |event: Event| {
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
    let set = el!("button", "type" = "submit"; texts::set_limit());
    let form = El::new("form", &[("novalidate", ""), ("class", "beside")])
        .on("submit", submit)
        .holding(vec![field.view(), el!("p"; set)]);
    el!("div", "class" = "contents"; form, el!("div", "class" = "done", "aria-live" = "polite"; follow_some(warning)))
}

fn amount(typed: &str) -> Result<Money, MoneyError> {
    Money::parse(&crate::i18n::amounts::typed(typed)).and_then(Money::not_negative)
}

/// AC-1, AC-6: whether this limit stops an access that the balance does not stop now.
fn stops(policy: &Policy, account: &Snapshot, limit: Money) -> bool {
    let is_stopped = |account: &Snapshot| {
        let decision = authorize(policy, account, &Request::API_CALL);
        let is_of_balance = |refusal: &Refusal<'_>| matches!(refusal.reason, Reason::LimitReached { .. });
        decision.is_ok_and(|decision| decision.refusals.iter().any(is_of_balance))
    };
    is_stopped(&Snapshot { balance_limit: Some(limit), ..*account }) && !is_stopped(account)
}

/// Sets the limit that was typed, or clears it. What is against it stands beside the field.
fn change(state: State, wanted: Option<(Money, RwSignal<String>)>, refused: RwSignal<Option<Message>>) {
    state.done.set(None);
    let limit = wanted.map(|(limit, _)| limit);
    spawn_local(async move {
        match split::command(state, Command::SetBalanceLimit { limit }).await {
            Ok(()) => {
                if let Some((_, typed)) = wanted {
                    typed.set(String::new());
                }
                state.done.set(done(state, limit));
            }
            Err(found) => {
                refused.set(found.into_iter().next().map(|found| found.message));
                browser::focus("own-limit");
            }
        }
    });
}

/// What holds now.
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
    fn ac_6_a_limit_stops_access_from_the_balance_on() {
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
