//! The sandbox: which account is shown, and its clock. None of it is the product, and it says so.

use crate::app::lazy_view::LazyView;
use crate::i18n::sandbox as texts;
use crate::i18n::times::{clock, day};
use crate::sandbox::Jump;
use crate::sandbox::Preset;
use crate::session::state::{State, state};
use crate::ui::button::{Weight, button};
use crate::ui::choice::{choice, named};
use leptos::prelude::*;

#[component]
pub(crate) fn Sandbox() -> impl IntoView {
    let state = state();
    view! {
        <section class="sandbox" aria-label=texts::sandbox()>
            <div class="width">
                <p class="mark-sandbox">{texts::sandbox()}</p>
                <ExampleAccount state=state />
                <Clock state=state />
                <details class="controls">
                    <summary>{texts::controls()}</summary>
                    {LazyView::Controls.show()}
                </details>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn ExampleAccount(state: State) -> impl IntoView {
    let options = || Preset::ALL.map(|preset| named(preset.id(), preset.name())).into();
    let chosen = move || state.preset.get().id().to_owned();
    choice("example-account", texts::example_account(), options, chosen, move |id| {
        if let Some(preset) = Preset::with_id(&id) {
            state.choose(preset);
        }
    })
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
#[component]
fn Clock(state: State) -> impl IntoView {
    let stopped = RwSignal::new(false);
    let today = Memo::new(move |_| state.now().date());
    let jump = |jump: Jump| button(jump_name(jump).to_owned(), Weight::Plain, move || state.jump(jump, stopped));
    view! {
        <div class="clock" role="group" aria-label=texts::clock()>
            <p class="time">
                <b>{move || day(today.get().start())}</b>
                <span>{move || [&clock(state.now()), " UTC"].concat()}</span>
            </p>
            <p class="row">{Vec::from(Jump::ALL.map(jump))}</p>
            <output>
                <Show when=move || stopped.get()>
                    <p class="hint">{texts::stopped()}</p>
                </Show>
            </output>
        </div>
    }
    .into_any()
}
