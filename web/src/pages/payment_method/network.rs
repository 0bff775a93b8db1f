//! The card's network, as soon as it is known: a badge with its name.

use super::form::Form;
use crate::i18n::payment_method as texts;
use billing::payment_method::card::{Field, NumberState, read_number};
use leptos::prelude::*;

/// The network that the digits so far leave, and whether it is accepted.
#[component]
pub(super) fn NetworkBadge(form: Form) -> impl IntoView {
    let known = move || {
        let (policy, progress) = (form.state.policy.read(), form.progress.read());
        let typed = read_number(&policy, progress.entries.get(Field::Number));
        let decided = typed.networks.len() == 1 || typed.accepted == Some(false) || typed.state == NumberState::Valid;
        let network = typed.networks.first().copied().filter(|_| decided)?;
        Some((network.name(), policy.networks.contains(&network)))
    };
    let badge = |(name, accepted)| {
        // That it is refused is said in words below the number, at the same time.
        let class = if accepted { "badge" } else { "badge refused" };
        view! { <span class=class>{name}</span> }.into_any()
    };
    view! {
        <output class="network" aria-label=texts::network()>
            {move || known().map(badge)}
        </output>
    }
    .into_any()
}
