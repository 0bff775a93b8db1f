//! The app: the frame, and in it the page at the present address.

use crate::browser;
use crate::credits::credits;
use crate::frame::frame;
use crate::overview::overview;
use crate::parts::element::el;
use crate::parts::follow::{follow, follow_some, watch};
use crate::parts::told::{Told, Tone, finding};
use crate::payment::payment_method;
use crate::place::{Page, Place, link, page_heading};
use crate::state::State;
use leptos::prelude::*;

#[component]
pub(crate) fn App() -> impl IntoView {
    State::new(browser::now()).map(|state| {
        provide_context(state);
        let place = Place::here();
        provide_context(place);
        // What was done is said on the page where it was done.
        watch(move || {
            let _ = place.page();
            state.done.set(None);
        });
        let done = move || state.done.get().map(|sentence| finding(Told::plain(sentence), Tone::Fine));
        let page = move || match place.page() {
            Page::Overview => overview(),
            Page::PaymentMethod => payment_method(),
            Page::Nowhere => nowhere(),
        };
        let content = vec![el!("output", "class" = "done"; follow_some(done)), follow(page)];
        el!("div"; frame(content), credits())
    })
}

fn nowhere() -> AnyView {
    let overview = link(Page::Overview, vec!["Go to the overview.".into_any()]);
    el!("div", "class" = "stack"; page_heading(), el!("p"; "There is nothing at this address. ", overview))
}
