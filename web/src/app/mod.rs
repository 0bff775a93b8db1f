//! The app: the shell, and in it the page at the present address.

pub(crate) mod browser;
pub(crate) mod lazy_view;
pub(crate) mod notifications;
pub(crate) mod routes;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod split;

use crate::app::lazy_view::{Chunks, LazyView};
use crate::app::routes::{Page, Route, link, page_heading};
use crate::app::shell::Shell;
use crate::features::refusals::refusals;
use crate::i18n::{Locale, Sentence, help, shell as texts};
use crate::pages::help::Topic;
use crate::session::state::State;
use crate::ui::button::{Weight, button};
use crate::ui::form_state::discard_unclaimed;
use crate::ui::message::{Message, Tone, finding};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Reads the account, and shows the app in the place of the still picture.
pub(crate) async fn begin(chunks: Chunks) {
    let locale = Locale::begin(chunks.german).await;
    if let Some(state) = State::read(chunks.decider).await {
        browser::mount(move || app(state, locale, chunks));
    }
}

/// Everything that a person sees.
pub(crate) fn app(state: State, locale: Locale, chunks: Chunks) -> AnyView {
    provide_context(chunks);
    provide_context(state);
    provide_context(locale);
    let route = Route::here();
    provide_context(route);
    state.start();
    window_event_listener_untyped("online", move |_| prefetch(chunks));
    // First the picture, then everything else.
    request_animation_frame(move || {
        Timeout::new(0, move || prefetch(chunks)).forget();
    });
    // What was done is said on the page where it was done.
    Effect::new(move |_| {
        let _ = route.page();
        state.fall_silent();
        state.refused.set(Vec::new());
    });
    // Another language says everything anew.
    view! {
        {move || {
            let _ = locale.get();
            // By then every part has taken up what was typed into the one before.
            request_animation_frame(discard_unclaimed);
            view! { <Screen state=state route=route /> }.into_any()
        }}
    }
    .into_any()
}

/// Begins to download what is not here yet. Whatever needs it waits for it, and tries again where this fails.
fn prefetch(chunks: Chunks) {
    spawn_local(async move {
        if (chunks.fetch)().await.is_ok() {
            browser::say_that_the_page_is_here();
        }
    });
}

/// The page and its dialogs, in the language that is spoken now.
#[component]
fn Screen(state: State, route: Route) -> impl IntoView {
    route.set_document_title();
    view! {
        <div>
            <Shell>
                <Outputs state=state route=route />
                {refusals(state, state.refused, "refused-heading")}
                {move || page(route.page())}
            </Shell>
            <OnceWanted wanted=Signal::derive(move || state.dialog_mode.read().is_some()) dialog=|| LazyView::AddCredits.show() />
            <OnceWanted wanted=Signal::derive(move || state.confirmation.read().is_some()) dialog=|| LazyView::ConfirmDialog.show() />
        </div>
    }
    .into_any()
}

/// What was done, what was declined, and that the browser does not keep what happens.
#[component]
fn Outputs(state: State, route: Route) -> impl IntoView {
    let done = move |done| view! { <Done state=state done=done /> }.into_any();
    // The overview has it among what needs attention.
    let declined = move || state.declined.get().filter(|_| route.page() != Page::Overview);
    let declined_elsewhere = |title| view! { <Declined title=title /> }.into_any();
    let kept_badly = |why| finding(why, Tone::Attention);
    view! {
        <output class="done">{move || state.done.get().map(done)}</output>
        <output class="done">{move || declined().map(declined_elsewhere)}</output>
        <output class="done">{move || state.unkept.get().map(kept_badly)}</output>
        <output class="done">{move || state.not_stored.get().map(kept_badly)}</output>
    }
    .into_any()
}

#[component]
fn Done(state: State, done: Sentence) -> impl IntoView {
    let hide = move || {
        state.done.set(None);
        browser::focus("main");
    };
    view! {
        <div class="said">
            {finding(Message::plain(done), Tone::Fine)}
            {button(texts::hide().to_owned(), Weight::Plain, hide)}
        </div>
    }
    .into_any()
}

#[component]
fn Declined(title: Sentence) -> impl IntoView {
    view! {
        <div class="stack">
            {finding(Message::plain(title), Tone::Refused)}
            {link(Page::Answer(Topic::Declined), vec![help::to_declined().into_any()])}
        </div>
    }
    .into_any()
}

fn page(page: Page) -> AnyView {
    match page {
        Page::Overview => (expect_context::<Chunks>().overview)(),
        Page::PaymentMethod => LazyView::Payment.show(),
        Page::Tiers => LazyView::Tiers.show(),
        Page::Invoices => LazyView::Invoices.show(),
        Page::Invoice(month) => LazyView::Invoice(month).show(),
        Page::Usage => LazyView::Usage.show(),
        Page::Help => LazyView::Help.show(),
        Page::Answer(topic) => LazyView::Answer(topic).show(),
        Page::Nowhere => view! { <Nowhere /> }.into_any(),
    }
}

/// A dialog, made once, when it is first wanted, and kept.
#[component]
fn OnceWanted(wanted: Signal<bool>, dialog: fn() -> AnyView) -> impl IntoView {
    let is_wanted = RwSignal::new(false);
    Effect::new(move |_| {
        if wanted.get() && !is_wanted.get_untracked() {
            is_wanted.set(true);
        }
    });
    view! { {move || is_wanted.get().then(dialog)} }.into_any()
}

#[component]
fn Nowhere() -> impl IntoView {
    view! {
        <div class="stack">
            {page_heading()}
            <p>
                {texts::nothing_here()}
                {link(Page::Overview, vec![texts::to_the_overview().into_any()])}
            </p>
        </div>
    }
    .into_any()
}
