//! Edits the example account: every state that the rules tell apart can be reached.

use crate::amounts::dollars;
use crate::example::{Example, Figure, clause_of};
use crate::parts::button::{Weight, button};
use crate::parts::choice::{choice, named};
use crate::parts::element::el;
use crate::parts::field::Field;
use crate::parts::follow::{follow_some, memo};
use crate::parts::told::Told;
use crate::state::{State, state};
use billing::access::Plan;
use billing::recharge::LinkedCard;
use leptos::prelude::*;

/// Each figure with its field's id and label.
const FIELDS: [(Figure, &str, &str); 7] = [
    (Figure::Balance, "edit-balance", "Balance"),
    (Figure::FreeCredits, "edit-free-credits", "Free credits in it"),
    (Figure::LifetimeSpend, "edit-lifetime-spend", "Lifetime spend"),
    (Figure::PastDue, "edit-past-due", "Past due"),
    (Figure::Pending, "edit-pending", "Purchases pending"),
    (Figure::BalanceLimit, "edit-balance-limit", "Own balance limit"),
    (Figure::SettledSpend, "edit-settled-spend", "Spend already turned into a tier"),
];

pub(super) fn editor() -> AnyView {
    let state = state();
    let has_contract = memo(move || state.account.read().contract.is_some());
    let limit = move || {
        let field = || figure_field(state, Figure::ContractLimit, "edit-contract-limit", "Contract credit limit");
        has_contract.get().then(field)
    };
    let reset = button("Reset this account".to_owned(), Weight::Plain, move || {
        state.example.update(|example| *example = Example::new(example.preset));
    });
    let figures: Vec<AnyView> =
        FIELDS.into_iter().map(|(figure, id, label)| figure_field(state, figure, id, label)).collect();
    let fields = el!("div", "class" = "grid"; figures, plan_choice(state), follow_some(limit), card_choice(state));
    let summary = el!("summary"; "Edit this account");
    el!("details", "class" = "editor"; summary, fields, el!("p", "class" = "end"; reset))
}

fn figure_field(state: State, figure: Figure, id: &'static str, label: &'static str) -> AnyView {
    let text = Signal::derive(move || {
        state.example.with(|example| example.typed(figure).map(|typed| typed.text.clone()).unwrap_or_default())
    });
    let error = Signal::derive(move || {
        let problem = state.example.with(|example| example.typed(figure).and_then(|typed| typed.problem))?;
        let kept = state.account.with(|account| figure.of(account));
        let kept = kept.map_or_else(|| "no value".to_owned(), dollars);
        Some(Told { sentence: format!("{problem} The page goes on with {kept}."), clause: clause_of(problem) })
    });
    let on_input = Callback::new(move |text| {
        let policy = state.policy.get_untracked();
        state.example.update(|example| example.type_in(&policy, figure, text));
    });
    let placeholder = match figure {
        Figure::BalanceLimit => "the ceiling",
        Figure::SettledSpend => "all of it",
        _ => "",
    };
    let placeholder = Signal::stored(placeholder.to_owned());
    Field { error, placeholder, ..Field::amount(id, label, text, on_input) }.view()
}

fn plan_choice(state: State) -> AnyView {
    let options = || {
        let plans = Plan::ALL.iter().map(|plan| named(plan.id(), plan.tier().name()));
        std::iter::once(named("", "None")).chain(plans).collect()
    };
    let chosen = move || state.account.read().contract.map_or("", |contract| contract.plan.id()).to_owned();
    choice("edit-contract", "Contract", options, chosen, move |id| {
        let plan = Plan::ALL.iter().copied().find(|plan| plan.id() == id);
        state.example.update(|example| example.choose_contract(plan));
    })
}

fn card_choice(state: State) -> AnyView {
    let options = || LinkedCard::ALL.iter().map(|card| named(card.id(), card_name(*card))).collect();
    let chosen = move || state.example.read().card.id().to_owned();
    choice("edit-card", "Linked card", options, chosen, move |id| {
        if let Some(card) = LinkedCard::ALL.iter().copied().find(|card| card.id() == id) {
            state.example.update(|example| example.choose_card(card));
        }
    })
}

fn card_name(card: LinkedCard) -> &'static str {
    match card {
        LinkedCard::None => "None",
        LinkedCard::Recurring => "Supports recurring payments",
        LinkedCard::NotRecurring => "No recurring payments",
        LinkedCard::Unknown => "Recurring payments not known",
    }
}
