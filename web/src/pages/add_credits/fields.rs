//! The dialog's fields: the amount to buy now, and the two values of auto-recharge.

use super::dialog_state::{DialogState, Left};
use super::plan::{Entry, Plan, amount_told, is_unfinished, threshold_told};
use crate::i18n::amounts::charge;
use crate::i18n::{add_credits as texts, overview};
use crate::session::state::state;
use crate::ui::field::Field;
use billing::money::Money;
use billing::money::{Charge, MoneyError};
use billing::policy::Policy;
use billing::rules::credit::AmountError;
use billing::rules::recharge::SettingError;
use billing::rules::tier::progress;
use leptos::prelude::*;

/// The id of the first field that keeps the plan from being carried out.
pub(super) fn first_wrong(plan: &Plan) -> Option<&'static str> {
    if plan.purchase.is_err() || plan.is_empty() {
        return Some("purchase-amount");
    }
    plan.setting.as_ref().err().map(|error| match error {
        SettingError::Amount(_) => "recharge-amount",
        SettingError::Threshold(_) | SettingError::ThresholdMissing => "recharge-threshold",
    })
}

#[component]
pub(super) fn CreditsFields(dialog_state: DialogState) -> impl IntoView {
    view! {
        <div class="fields">
            <fieldset>
                <legend>{texts::buy_now()}</legend>
                <PurchaseAmount dialog_state />
                <PurchaseChoices dialog_state />
            </fieldset>
            <fieldset>
                <legend>{overview::recharge()}</legend>
                <p class="hint">{texts::optional()}</p>
                <div class="grid">
                    <RechargeAmount dialog_state />
                    <RechargeThreshold dialog_state />
                </div>
            </fieldset>
        </div>
    }
    .into_any()
}

/// The amount to buy now.
#[component]
fn PurchaseAmount(dialog_state: DialogState) -> impl IntoView {
    let DialogState { typed, plan, .. } = dialog_state;
    let error = Signal::derive(move || {
        let (typed, plan) = (typed.read(), plan.get()?);
        match plan.purchase.err() {
            Some(error) => {
                (typed.left.purchase || !is_unfinished(&typed.entry.purchase, error)).then(|| amount_told(error))
            }
            None => {
                (typed.left.nothing && plan.is_empty()).then(|| amount_told(AmountError::Money(MoneyError::Malformed)))
            }
        }
    });
    let on_input = Callback::new(move |text| {
        typed.update(|typed| {
            typed.entry.purchase = text;
            typed.left.nothing = false;
        });
    });
    let value = entered(dialog_state, |entry| &entry.purchase);
    let on_left = Some(leave(dialog_state, |left| left.purchase = true));
    Field { error, on_left, ..Field::amount("purchase-amount", texts::amount_to_buy(), value, on_input) }.view()
}

/// The amount of each recharge; left empty, the policy's own.
#[component]
fn RechargeAmount(dialog_state: DialogState) -> impl IntoView {
    let state = state();
    let DialogState { typed, plan, .. } = dialog_state;
    let error = Signal::derive(move || match plan.get()?.setting {
        Err(SettingError::Amount(error)) => {
            let typed = typed.read();
            let said = typed.left.amount || !is_unfinished(&typed.entry.amount, error);
            said.then(|| amount_told(error))
        }
        _ => None,
    });
    let placeholder = Signal::derive(move || state.policy.read().default_recharge_amount.to_string());
    let on_input = Callback::new(move |text| typed.update(|typed| typed.entry.amount = text));
    let value = entered(dialog_state, |entry| &entry.amount);
    let on_left = Some(leave(dialog_state, |left| left.amount = true));
    Field { error, placeholder, on_left, ..Field::amount("recharge-amount", texts::amount_of_each(), value, on_input) }
        .view()
}

/// The balance at which auto-recharge buys.
#[component]
fn RechargeThreshold(dialog_state: DialogState) -> impl IntoView {
    let DialogState { typed, plan, .. } = dialog_state;
    let error = Signal::derive(move || match plan.get()?.setting {
        Err(error @ SettingError::Threshold(problem)) => {
            let typed = typed.read();
            let unfinished = is_unfinished(&typed.entry.threshold, AmountError::Money(problem));
            (typed.left.threshold || !unfinished).then(|| threshold_told(error))
        }
        Err(error @ SettingError::ThresholdMissing) => typed.read().left.threshold.then(|| threshold_told(error)),
        _ => None,
    });
    let on_input = Callback::new(move |text| typed.update(|typed| typed.entry.threshold = text));
    let value = entered(dialog_state, |entry| &entry.threshold);
    let on_left = Some(leave(dialog_state, |left| left.threshold = true));
    Field { error, on_left, ..Field::amount("recharge-threshold", texts::threshold_field(), value, on_input) }.view()
}

/// The text of a field.
fn entered(dialog_state: DialogState, read: fn(&Entry) -> &String) -> Signal<String> {
    Signal::derive(move || read(&dialog_state.typed.read().entry).clone())
}

/// Marks a field as left.
fn leave(dialog_state: DialogState, mark: fn(&mut Left)) -> Callback<()> {
    Callback::new(move |()| dialog_state.typed.update(|typed| mark(&mut typed.left)))
}

/// The amounts to choose among instead of typing one.
#[component]
fn PurchaseChoices(dialog_state: DialogState) -> impl IntoView {
    let state = state();
    let choices = move || {
        let choices = choices(&state.policy.read(), state.account.read().lifetime_spend);
        choices.into_iter().map(|choice| view! { <ChoiceButton dialog_state choice /> }.into_any()).collect_view()
    };
    view! {
        <div class="row" role="group" aria-label=texts::amounts_to_choose()>
            {move || choices()}
        </div>
    }
    .into_any()
}

/// An amount to choose, and what is special about it.
#[derive(Clone, PartialEq, Eq)]
struct Choice {
    amount: Charge,
    note: Option<String>,
}

/// The smallest purchase, the one that reaches the next tier, and two round amounts.
fn choices(policy: &Policy, lifetime_spend: Money) -> Vec<Choice> {
    let next = progress(policy, lifetime_spend).ok().and_then(|progress| progress.next);
    let next = next.map(|next| Choice { amount: next.purchase, note: Some(texts::reaches(next.tier.name())) });
    let smallest = Choice { amount: policy.minimum_purchase, note: Some(texts::smallest().to_owned()) };
    let round = ["25.00", "100.00"].into_iter().filter_map(|amount| Charge::parse(amount).ok());
    let round = round.map(|amount| Choice { amount, note: None });
    let mut choices: Vec<Choice> = Vec::new();
    for choice in next.into_iter().chain([smallest]).chain(round) {
        if choices.iter().all(|other| other.amount != choice.amount) && choice.amount >= policy.minimum_purchase {
            let place = choices.iter().take_while(|other| other.amount < choice.amount).count();
            choices.insert(place, choice);
        }
    }
    choices
}

#[component]
fn ChoiceButton(dialog_state: DialogState, choice: Choice) -> impl IntoView {
    let Choice { amount, note } = choice;
    let chosen = move || dialog_state.plan.read().as_ref().is_some_and(|plan| plan.purchase == Ok(Some(amount)));
    view! {
        <button
            type="button"
            class="choice"
            aria-pressed=move || if chosen() { "true" } else { "false" }
            on:click=move |_| dialog_state.typed.update(|typed| typed.entry.purchase = amount.to_string())
        >
            {charge(amount)}
            {note.map(|note| view! { <small>{format!(" {note}")}</small> }.into_any())}
        </button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(spend: &str) -> Vec<String> {
        let policy = Policy::shipped("prepaid").unwrap();
        let choices = choices(&policy, Money::parse(spend).unwrap());
        choices.into_iter().map(|choice| format!("{} {}", choice.amount, choice.note.unwrap_or_default())).collect()
    }

    #[test]
    fn ti_4_the_purchase_that_reaches_the_next_tier_is_offered_once() {
        assert_eq!(written("62.50"), ["5.00 smallest", "25.00 ", "37.50 reaches Build Tier 3", "100.00 "]);
        assert_eq!(written("0"), ["5.00 reaches Build Tier 1", "25.00 ", "100.00 "]);
        assert_eq!(written("5000"), ["5.00 smallest", "25.00 ", "100.00 "]);
    }
}
