//! The policy and the account that the page is shown with.

use super::editor::editor;
use crate::amounts::with_true_minus;
use crate::example::{Example, Preset};
use crate::parts::choice::{choice, named};
use crate::parts::element::{El, el};
use crate::state::{State, state};
use billing::policy::Policy;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn example_bar() -> AnyView {
    let state = state();
    let options = || Preset::ALL.map(|preset| named(preset.name(), preset.name())).into();
    let chosen = move || state.example.read().preset.name().to_owned();
    let account = choice("example-account", "Example account", options, chosen, move |name| {
        if let Some(preset) = Preset::named(&name) {
            state.example.set(Example::new(preset));
            state.done.set(None);
        }
    });
    let policies = state.policies().into_iter().enumerate();
    let policies: Vec<AnyView> = policies.map(|(index, policy)| policy_choice(state, index, policy)).collect();
    let policies =
        el!("fieldset", "class" = "segments"; el!("legend"; "Policy"), el!("div", "class" = "row"; policies));
    let content = el!("div", "class" = "width"; policies, account, editor());
    el!("section", "class" = "example", "aria-label" = "Example"; content)
}

fn policy_choice(state: State, index: usize, policy: Arc<Policy>) -> AnyView {
    let id = format!("policy-{index}");
    let title = with_true_minus(&policy.title);
    let (name, terms) = title.split_once(": ").map_or((title.as_str(), None), |(name, terms)| (name, Some(terms)));
    let name = if terms.is_some() { format!("{name}: ") } else { name.to_owned() };
    let terms = terms.map(|terms| el!("span"; terms));
    let label = el!("label", "for" = id; el!("b"; name), terms);
    let chosen = policy.clone();
    let radio = El::new("input", &[("type", "radio"), ("name", "policy"), ("id", &id)])
        .checked(move || state.policy.read().id == policy.id)
        .on("change", move |_| state.policy.set(chosen.clone()));
    el!("div", "class" = "segment"; radio.holding(Vec::new()), label)
}
