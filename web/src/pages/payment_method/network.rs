//! The card's network, as soon as it is known: a badge with its name.

use super::form::Form;
use crate::i18n::payment_method as texts;
use crate::ui::element::el;
use crate::ui::reactive::follow_some;
use billing::payment_method::card::{Field, NumberState, read_number};
use leptos::prelude::*;

/// The network that the digits so far leave, and whether it is accepted.
pub(crate) fn network_badge(form: Form) -> AnyView {
    let known = move || {
        let (policy, progress) = (form.state.policy.read(), form.progress.read());
        let typed = read_number(&policy, progress.entries.get(Field::Number));
        let decided = typed.networks.len() == 1 || typed.accepted == Some(false) || typed.state == NumberState::Valid;
        let network = typed.networks.first().copied().filter(|_| decided)?;
        Some((network.name(), policy.networks.contains(&network)))
    };
    let badge = move || {
        known().map(|(name, accepted)| {
            // That it is refused is said in words below the number, at the same time.
            let class = if accepted { "badge" } else { "badge refused" };
            el!("span", "class" = class; name)
        })
    };
    el!("output", "class" = "network", "aria-label" = texts::network(); follow_some(badge))
}
