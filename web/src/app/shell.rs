//! What stands around every page: header, navigation, and the sandbox that the page is shown in.

use crate::app::browser;
use crate::app::routes::{Page, link};
use crate::i18n::{Language, Locale, shell as texts};
use crate::sandbox::panel::Sandbox;
use crate::session::Refused;
use crate::session::state::{State, state};
use crate::ui::icon::{Shape, icon};
use leptos::prelude::*;
use web_sys::MouseEvent;

#[component]
pub(crate) fn Shell(children: Children) -> impl IntoView {
    view! {
        <div>
            <header class="top">
                <SkipLink />
                <div class="width">
                    <p class="product">{texts::product()}</p>
                    <p class="calm">{texts::example()}</p>
                    <Languages />
                </div>
            </header>
            <Sandbox />
            <div class="width columns">
                <Navigation />
                <main id="main" tabindex="-1">
                    {children()}
                </main>
            </div>
        </div>
    }
    .into_any()
}

/// Leads the keyboard past everything that stands before the page.
#[component]
fn SkipLink() -> impl IntoView {
    let skip = |event: MouseEvent| {
        event.prevent_default();
        browser::focus("main");
    };
    view! {
        <a class="skip" href="#main" on:click=skip>
            {texts::skip()}
        </a>
    }
    .into_any()
}

#[component]
fn Navigation() -> impl IntoView {
    let entry = |page, shape, name: &'static str| {
        view! { <li>{link(page, vec![icon(shape), name.into_any()])}</li> }.into_any()
    };
    view! {
        <nav aria-label=texts::settings()>
            <ul>
                {entry(Page::Overview, Shape::Statement, texts::overview_entry())}
                {entry(Page::PaymentMethod, Shape::Card, texts::payment_entry())}
                {entry(Page::Tiers, Shape::Steps, texts::tiers())}
                {entry(Page::Invoices, Shape::Invoice, texts::invoices_entry())}
                {entry(Page::Usage, Shape::Bars, texts::usage())}
                {entry(Page::Help, Shape::Question, texts::help())}
            </ul>
        </nav>
    }
    .into_any()
}

/// The other languages, each by its own name.
#[component]
fn Languages() -> impl IntoView {
    let locale: Locale = expect_context();
    let now = untrack(|| locale.get());
    let others = Language::ALL.into_iter().filter(|language| *language != now);
    let entry = |language| view! { <LanguageButton language=language now=now /> }.into_any();
    view! {
        <div role="group" aria-label=texts::language()>
            {others.map(entry).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

#[component]
fn LanguageButton(language: Language, now: Language) -> impl IntoView {
    let (state, locale): (State, Locale) = (state(), expect_context());
    let chosen = move |speaks| {
        if speaks {
            // The button that was pressed is gone: in its place stands the one that leads back.
            browser::focus_soon(now.tag());
        } else {
            state.refused.set(vec![Refused::unreachable()]);
        }
    };
    let tag = language.tag();
    view! {
        <button type="button" class="quiet" id=tag lang=tag on:click=move |_| locale.choose(language, chosen)>
            {language.name()}
        </button>
    }
    .into_any()
}
