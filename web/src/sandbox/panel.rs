//! The sandbox: which account is shown, and its clock. None of it is the product, and it says so.

use crate::app::split;
use crate::i18n::sandbox as texts;
use crate::i18n::times::{clock, day};
use crate::sandbox::Jump;
use crate::sandbox::Preset;
use crate::session::state::{State, state};
use crate::ui::button::{Weight, button};
use crate::ui::choice::{choice, named};
use crate::ui::element::{El, el};
use crate::ui::reactive::{derived, follow_some};
use leptos::prelude::*;

pub(crate) fn sandbox() -> AnyView {
    let state = state();
    let options = || Preset::ALL.map(|preset| named(preset.id(), preset.name())).into();
    let chosen = move || state.preset.get().id().to_owned();
    let account = choice("example-account", texts::example_account(), options, chosen, move |id| {
        if let Some(preset) = Preset::with_id(&id) {
            state.choose(preset);
        }
    });
    let content = el!("div", "class" = "width";
        el!("p", "class" = "mark-sandbox"; texts::sandbox()),
        account,
        clock_view(state),
        el!("details", "class" = "controls"; el!("summary"; texts::controls()), split::sandbox_controls()),
    );
    el!("section", "class" = "sandbox", "aria-label" = texts::sandbox(); content)
}

fn jump_name(jump: Jump) -> &'static str {
    match jump {
        Jump::Minute => texts::a_minute(),
        Jump::Hour => texts::an_hour(),
        Jump::MonthEnd => texts::month_end(),
        Jump::ChargeDay => texts::charge_day(),
    }
}

/// The time, which ticks, and the buttons that move it on. That it ticks is not said aloud.
fn clock_view(state: State) -> AnyView {
    let stopped = RwSignal::new(false);
    let today = Memo::new(move |_| state.now().date());
    let time = derived(move || [&clock(state.now()), " UTC"].concat());
    let date = derived(move || day(today.get().start()));
    let jumps = Jump::ALL.map(|jump| {
        let label = jump_name(jump).to_owned();
        button(label, Weight::Plain, move || state.jump(jump, stopped))
    });
    let said = move || stopped.get().then(|| el!("p", "class" = "hint"; texts::stopped()));
    el!("div", "class" = "clock", "role" = "group", "aria-label" = texts::clock();
        el!("p", "class" = "time"; el!("b"; date), el!("span"; time)),
        el!("p", "class" = "row"; Vec::from(jumps)),
        El::new("output", &[]).holding(vec![follow_some(said)]),
    )
}
