//! The app: the shell, and in it the page at the present address.

pub(crate) mod browser;
pub(crate) mod notifications;
pub(crate) mod routes;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod split;

use crate::app::routes::{Page, Route, link, page_heading};
use crate::app::shell::shell;
use crate::features::refusals::refusals;
use crate::i18n::{Locale, help, shell as texts};
use crate::pages::help::Topic;
use crate::pages::overview::overview;
use crate::session::state::State;
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::form_state::discard_unclaimed;
use crate::ui::message::{Message, Tone, finding};
use crate::ui::reactive::{follow, follow_some};
use leptos::prelude::*;

/// Reads the account, and shows the app in the place of the still picture.
pub(crate) async fn begin() {
    let locale = Locale::begin().await;
    if let Some(state) = State::read().await {
        browser::mount(move || app(state, locale));
    }
}

/// Everything that a person sees.
pub(crate) fn app(state: State, locale: Locale) -> AnyView {
    provide_context(state);
    provide_context(locale);
    let route = Route::here();
    provide_context(route);
    state.start();
    // What was done is said on the page where it was done.
    Effect::new(move |_| {
        let _ = route.page();
        state.fall_silent();
        state.refused.set(Vec::new());
    });
    // Another language says everything anew.
    follow(move || {
        let _ = locale.get();
        // By then every part has taken up what was typed into the one before.
        request_animation_frame(discard_unclaimed);
        said(state, route)
    })
}

fn said(state: State, route: Route) -> AnyView {
    route.set_document_title();
    let done = move || {
        let said = finding(Message::plain(state.done.get()?), Tone::Fine);
        let hide = button(texts::hide().to_owned(), Weight::Plain, move || {
            state.done.set(None);
            browser::focus("main");
        });
        Some(el!("div", "class" = "said"; said, hide))
    };
    // The overview has it among what needs attention.
    let declined = move || {
        let title = state.declined.get().filter(|_| route.page() != Page::Overview)?;
        let said = finding(Message::plain(title), Tone::Refused);
        Some(
            el!("div", "class" = "stack"; said, link(Page::Answer(Topic::Declined), vec![help::to_declined().into_any()])),
        )
    };
    let unkept = move || state.unkept.get().map(|why| finding(why, Tone::Attention));
    let not_stored = move || state.not_stored.get().map(|why| finding(why, Tone::Attention));
    let page = move || match route.page() {
        Page::Overview => overview(),
        Page::PaymentMethod => split::payment(),
        Page::Tiers => split::tiers(),
        Page::Invoices => split::invoices(),
        Page::Invoice(month) => split::invoice(month),
        Page::Usage => split::usage(),
        Page::Help => split::help(),
        Page::Answer(topic) => split::answer(topic),
        Page::Nowhere => nowhere(),
    };
    let content = vec![
        el!("output", "class" = "done"; follow_some(done)),
        el!("output", "class" = "done"; follow_some(declined)),
        el!("output", "class" = "done"; follow_some(unkept)),
        el!("output", "class" = "done"; follow_some(not_stored)),
        refusals(state, state.refused, "refused-heading"),
        follow(page),
    ];
    let credits = once_wanted(move || state.dialog_mode.read().is_some(), split::add_credits_dialog);
    let confirm_dialog = once_wanted(move || state.confirmation.read().is_some(), split::confirm_dialog);
    el!("div"; shell(content), credits, confirm_dialog)
}

/// A dialog, made once, when it is first wanted, and kept.
fn once_wanted(wanted: impl Fn() -> bool + 'static, dialog: fn() -> AnyView) -> AnyView {
    let is_wanted = RwSignal::new(false);
    Effect::new(move |_| {
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
