//! The app: the frame, and in it the page at the present address.

use crate::browser;
use crate::chunks;
use crate::frame::frame;
use crate::help::Topic;
use crate::overview::overview;
use crate::parts::button::{Weight, button};
use crate::parts::element::el;
use crate::parts::follow::{follow, follow_some, watch};
use crate::parts::kept::forget_the_rest;
use crate::parts::refusals::refusals;
use crate::parts::told::{Told, Tone, finding};
use crate::place::{Page, Place, link, page_heading};
use crate::state::State;
use crate::texts::{Spoken, frame as texts, help};
use leptos::prelude::*;

/// Reads the account, and shows the app in the place of the still picture.
pub(crate) async fn begin() {
    let spoken = Spoken::begin().await;
    if let Some(state) = State::read().await {
        browser::mount(move || app(state, spoken));
    }
}

/// Everything that a person sees.
pub(crate) fn app(state: State, spoken: Spoken) -> AnyView {
    provide_context(state);
    provide_context(spoken);
    let place = Place::here();
    provide_context(place);
    state.live();
    // What was done is said on the page where it was done.
    watch(move || {
        let _ = place.page();
        state.fall_silent();
        state.refused.set(Vec::new());
    });
    // Another language says everything anew.
    follow(move || {
        let _ = spoken.get();
        // By then every part has taken up what was typed into the one before.
        request_animation_frame(forget_the_rest);
        said(state, place)
    })
}

fn said(state: State, place: Place) -> AnyView {
    place.entitle();
    let done = move || {
        let said = finding(Told::plain(state.done.get()?), Tone::Fine);
        let hide = button(texts::hide().to_owned(), Weight::Plain, move || {
            state.done.set(None);
            browser::focus("main");
        });
        Some(el!("div", "class" = "said"; said, hide))
    };
    // The overview has it among what needs attention.
    let declined = move || {
        let title = state.declined.get().filter(|_| place.page() != Page::Overview)?;
        let said = finding(Told::plain(title), Tone::Refused);
        Some(
            el!("div", "class" = "stack"; said, link(Page::Answer(Topic::Declined), vec![help::to_declined().into_any()])),
        )
    };
    let unkept = move || state.unkept.get().map(|error| finding(Told::of_store(error), Tone::Attention));
    let page = move || match place.page() {
        Page::Overview => overview(),
        Page::PaymentMethod => chunks::payment(),
        Page::Tiers => chunks::tiers(),
        Page::Invoices => chunks::invoices(),
        Page::Invoice(month) => chunks::invoice(month),
        Page::Usage => chunks::usage(),
        Page::Help => chunks::help(),
        Page::Answer(topic) => chunks::answer(topic),
        Page::Nowhere => nowhere(),
    };
    let content = vec![
        el!("output", "class" = "done"; follow_some(done)),
        el!("output", "class" = "done"; follow_some(declined)),
        el!("output", "class" = "done"; follow_some(unkept)),
        refusals(state, state.refused, "refused-heading"),
        follow(page),
    ];
    let credits = once_wanted(move || state.opening.read().is_some(), chunks::credits_dialog);
    let question = once_wanted(move || state.asking.read().is_some(), chunks::question_dialog);
    el!("div"; frame(content), credits, question)
}

/// A dialog, made once, when it is first wanted, and kept.
fn once_wanted(wanted: impl Fn() -> bool + 'static, dialog: fn() -> AnyView) -> AnyView {
    let is_wanted = RwSignal::new(false);
    watch(move || {
        if wanted() && !is_wanted.get_untracked() {
            is_wanted.set(true);
        }
    });
    follow_some(move || is_wanted.get().then(dialog))
}

fn nowhere() -> AnyView {
    let overview = link(Page::Overview, vec![texts::to_the_overview().into_any()]);
    el!("div", "class" = "stack"; page_heading(), el!("p"; texts::nothing_here(), overview))
}
