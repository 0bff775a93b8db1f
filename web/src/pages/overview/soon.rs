//! AC-1: warns when access stops soon and auto-recharge does not prevent it.

use crate::i18n::{add_credits, overview as texts};
use crate::pages::usage::runway;
use crate::session::AccountView;
use crate::session::state::{DialogMode, State, state};
use crate::ui::button::{Weight, button};
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, finding};
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Soon {
    message: Message,
    has_recharge: bool,
}

impl Soon {
    fn of(session: &AccountView) -> Option<Soon> {
        let stops = runway::of(session)?.stops_soon(session.now())?;
        let message = runway::access_stops(stops, session.now());
        Some(Soon { message, has_recharge: session.account().recharge().setting.is_some() })
    }
}

/// The warning that access stops soon. `alone` if nothing else needs action: the warning then gets its own section.
pub(crate) fn soon_stopped(state: State, alone: bool) -> AnyView {
    let soon = state.by_minute(Soon::of);
    let shown = move |soon| {
        let line = view! { <StopsSoon soon /> }.into_any();
        if alone { section("action-heading", "action", texts::needs_attention(), vec![line]) } else { line }
    };
    view! { {move || soon.get().map(shown)} }.into_any()
}

/// When access stops, with buttons to add credits and to set auto-recharge.
#[component]
fn StopsSoon(soon: Soon) -> impl IntoView {
    let state = state();
    let Soon { message, has_recharge } = soon;
    let open = |label: &str, weight, dialog_mode| {
        button(label.to_owned(), weight, move || state.dialog_mode.set(Some(dialog_mode)))
    };
    let recharge = if has_recharge { texts::change_recharge() } else { texts::set_up_recharge() };
    view! {
        <div class="stack line">
            {finding(message, Tone::Attention)}
            <p class="row">
                {open(add_credits::add_credits(), Weight::Primary, DialogMode::Buy(None))}
                {open(recharge, Weight::Plain, DialogMode::Recharge)}
            </p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;
    use billing::ledger::Command;
    use billing::money::Charge;
    use billing::time::Timestamp;

    fn session(preset: Preset) -> AccountView {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.session(crate::session::policies::dated().unwrap(), opened).unwrap()
    }

    #[test]
    fn ac_1_only_accounts_whose_access_stops_soon_are_warned() {
        // The contract account uses about $3,000 a day and is closer than that to its limit.
        let soon = [Preset::NearTheLimit, Preset::Enterprise];
        for preset in Preset::ALL {
            assert_eq!(Soon::of(&session(preset)).is_some(), soon.contains(&preset), "{preset:?}");
        }
        let soon = Soon::of(&session(Preset::NearTheLimit)).unwrap();
        assert_eq!(soon.message.sentence(), "At this rate access stops in about 5 hours, on 27 November 2025.");
        assert!(!soon.has_recharge);
    }

    #[test]
    fn ar_2_auto_recharge_prevents_the_warning() {
        let mut session = session(Preset::NearTheLimit);
        let (amount, threshold) = (Charge::parse("25").ok(), Charge::parse("10").unwrap());
        assert!(session.dispatch(&Command::SetAutoRecharge { amount, threshold, purchases: None }).is_ok());
        assert!(Soon::of(&session).is_none());
    }
}
