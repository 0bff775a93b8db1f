//! The dialog's fields: the amount to buy now, and the two values of auto-recharge.

use super::plan::{Entry, Plan, amount_told, is_unfinished, threshold_told};
use super::{DialogState, Left};
use crate::i18n::amounts::charge;
use crate::i18n::{add_credits as texts, overview};
use crate::session::state::state;
use crate::ui::element::{El, el};
use crate::ui::field::Field;
use crate::ui::reactive::{callback, derived, follow};
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

pub(super) fn fields(dialog_state: DialogState) -> AnyView {
    let state = state();
    let DialogState { typed, plan, .. } = dialog_state;
    let purchase_error = derived(move || {
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
    let amount_error = derived(move || match plan.get()?.setting {
        Err(SettingError::Amount(error)) => {
            let typed = typed.read();
            let said = typed.left.amount || !is_unfinished(&typed.entry.amount, error);
            said.then(|| amount_told(error))
        }
        _ => None,
    });
    let threshold_error = derived(move || match plan.get()?.setting {
        Err(error @ SettingError::Threshold(problem)) => {
            let typed = typed.read();
            let unfinished = is_unfinished(&typed.entry.threshold, AmountError::Money(problem));
            (typed.left.threshold || !unfinished).then(|| threshold_told(error))
        }
        Err(error @ SettingError::ThresholdMissing) => typed.read().left.threshold.then(|| threshold_told(error)),
        _ => None,
    });
    let default_amount = derived(move || state.policy.read().default_recharge_amount.to_string());
    let leave = move |mark: fn(&mut Left)| Some(callback(move |()| typed.update(|typed| mark(&mut typed.left))));
    let on_purchase = callback(move |text| {
        typed.update(|typed| {
            typed.entry.purchase = text;
            typed.left.nothing = false;
        });
    });
    let on_amount = callback(move |text| typed.update(|typed| typed.entry.amount = text));
    let on_threshold = callback(move |text| typed.update(|typed| typed.entry.threshold = text));
    let text = |read: fn(&Entry) -> &String| derived(move || read(&typed.read().entry).clone());
    let purchase = Field {
        error: purchase_error,
        on_left: leave(|left| left.purchase = true),
        ..Field::amount("purchase-amount", texts::amount_to_buy(), text(|entry| &entry.purchase), on_purchase)
    };
    let amount = Field {
        error: amount_error,
        placeholder: default_amount,
        on_left: leave(|left| left.amount = true),
        ..Field::amount("recharge-amount", texts::amount_of_each(), text(|entry| &entry.amount), on_amount)
    };
    let threshold = Field {
        error: threshold_error,
        on_left: leave(|left| left.threshold = true),
        ..Field::amount("recharge-threshold", texts::threshold_field(), text(|entry| &entry.threshold), on_threshold)
    };
    let choices = follow(move || {
        let choices = choices(&state.policy.read(), state.account.read().lifetime_spend);
        choices.into_iter().map(|choice| choice_button(dialog_state, choice)).collect_view().into_any()
    });
    el!("div", "class" = "fields";
        el!("fieldset";
            el!("legend"; texts::buy_now()),
            purchase.view(),
            el!("div", "class" = "row", "role" = "group", "aria-label" = texts::amounts_to_choose(); choices),
        ),
        el!("fieldset";
            el!("legend"; overview::recharge()),
            el!("p", "class" = "hint"; texts::optional()),
            el!("div", "class" = "grid"; amount.view(), threshold.view()),
        ),
    )
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

fn choice_button(dialog_state: DialogState, choice: Choice) -> AnyView {
    let Choice { amount, note } = choice;
    let chosen = move || dialog_state.plan.read().as_ref().is_some_and(|plan| plan.purchase == Ok(Some(amount)));
    let note = note.map(|note| el!("small"; format!(" {note}")));
    El::new("button", &[("type", "button"), ("class", "choice")])
        .following("aria-pressed", move || Some(if chosen() { "true" } else { "false" }.to_owned()))
        .on("click", move |_| dialog_state.typed.update(|typed| typed.entry.purchase = amount.to_string()))
        .holding(vec![charge(amount).into_any(), note.into_any()])
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
