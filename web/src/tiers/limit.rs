//! AC-6: how far the balance may go down, and the customer's own limit on it.

use crate::amounts::dollars;
use crate::browser;
use crate::chunks;
use crate::parts::button::{Weight, button};
use crate::parts::element::{El, el};
use crate::parts::field::Field;
use crate::parts::figures::{figures, row, section};
use crate::parts::follow::{callback, follow_some, memo};
use crate::parts::kept::kept;
use crate::parts::told::{Told, Tone, findings, rule};
use crate::state::State;
use crate::texts::{Sentence, tiers as texts};
use billing::access::{CreditLimit, Decision, Notice, Request, Snapshot, notices};
use billing::account::Command;
use billing::clause::Clause;
use billing::money::Money;
use billing::policy::Policy;
use leptos::prelude::*;
use web_sys::Event;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    limit: CreditLimit,
    own: Option<Money>,
    told: Vec<Told>,
}

impl Shown {
    fn of(policy: &Policy, account: &Snapshot, decision: &Decision<'_>) -> Option<Shown> {
        let found = notices(policy, account, &Request::API_CALL, decision).ok()?;
        let is_of_limit = |notice: &&Notice| {
            matches!(notice, Notice::LimitAboveCeiling { .. } | Notice::LimitAssumed { .. } | Notice::ByContract { .. })
        };
        let told = found.iter().filter(is_of_limit).map(Told::of).collect();
        Some(Shown { limit: decision.credit_limit, own: account.balance_limit, told })
    }
}

pub(super) fn limit(state: State) -> AnyView {
    let shown =
        memo(move || state.with_decision(|policy, account, decision| Shown::of(policy, account, decision.ok()?)));
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
    let Shown { limit, own, told } = shown;
    let floor = Money::ZERO.minus(limit.in_force).unwrap_or(Money::ZERO);
    // The word joiner keeps a line from breaking behind the sign.
    let floor = dollars(floor).replace('−', "−\u{2060}");
    let rows = vec![
        row(texts::own_limit(), own.map_or_else(|| texts::no_own_limit().to_owned(), dollars)),
        row(texts::ceiling(), dollars(limit.ceiling)),
    ];
    el!("div", "class" = "stack";
        el!("p", "class" = "setting"; texts::stops_at(&floor), rule(Clause::Ac6)),
        findings(told, Tone::Plain),
        figures(rows),
    )
}

fn form(state: State) -> AnyView {
    let typed = kept("own-limit", String::new);
    let refused = RwSignal::new(None::<Told>);
    let on_input = callback(move |text| {
        typed.set(text);
        refused.set(None);
    });
    let field = Field {
        error: refused.into(),
        hint: Signal::stored(Some(texts::zero_means().to_owned())),
        ..Field::amount("own-limit", texts::how_far(), typed.into(), on_input)
    };
    let submit = move |event: Event| {
        event.prevent_default();
        match typed.with_untracked(|typed| Money::parse(&crate::amounts::typed(typed)).and_then(Money::not_negative)) {
            Ok(limit) => change(state, Some((limit, typed)), refused),
            Err(error) => {
                refused.set(Some(Told::of_money(error)));
                browser::focus("own-limit");
            }
        }
    };
    let set = el!("button", "type" = "submit"; texts::set_limit());
    El::new("form", &[("novalidate", ""), ("class", "beside")])
        .on("submit", submit)
        .holding(vec![field.view(), el!("p"; set)])
}

/// Sets the limit that was typed, or clears it. What is against it stands beside the field.
fn change(state: State, wanted: Option<(Money, RwSignal<String>)>, refused: RwSignal<Option<Told>>) {
    state.done.set(None);
    let limit = wanted.map(|(limit, _)| limit);
    chunks::when_acting(state, move || match chunks::command(state, Command::SetBalanceLimit { limit }) {
        Ok(()) => {
            if let Some((_, typed)) = wanted {
                typed.set(String::new());
            }
            state.done.set(done(state, limit));
        }
        Err(found) => {
            refused.set(found.into_iter().next().map(|found| found.told));
            browser::focus("own-limit");
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
