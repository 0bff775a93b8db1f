//! What stands around every page: header, navigation, and the sandbox that the page is shown in.

use crate::app::browser;
use crate::app::routes::{Page, link};
use crate::i18n::shell as texts;
use crate::ui::element::{El, el};
use crate::ui::icon::{Shape, icon};

use crate::i18n::{Language, Locale};
use crate::sandbox::panel::sandbox;
use crate::session::Refused;
use crate::session::state::{State, state};
use leptos::prelude::*;

pub(crate) fn shell(content: Vec<AnyView>) -> AnyView {
    let skip = El::new("a", &[("class", "skip"), ("href", "#main")]).on("click", |event| {
        event.prevent_default();
        browser::focus("main");
    });
    let product = el!("p", "class" = "product"; texts::product());
    let top = el!("div", "class" = "width"; product, el!("p", "class" = "calm"; texts::example()), languages());
    let entry = |page, shape, name: &'static str| el!("li"; link(page, vec![icon(shape), name.into_any()]));
    let entries = el!("ul";
        entry(Page::Overview, Shape::Statement, texts::overview_entry()),
        entry(Page::PaymentMethod, Shape::Card, texts::payment_entry()),
        entry(Page::Tiers, Shape::Steps, texts::tiers()),
        entry(Page::Invoices, Shape::Invoice, texts::invoices_entry()),
        entry(Page::Usage, Shape::Bars, texts::usage()),
        entry(Page::Help, Shape::Question, texts::help()),
    );
    el!("div";
        el!("header", "class" = "top"; skip.holding(vec![texts::skip().into_any()]), top),
        sandbox(),
        el!("div", "class" = "width columns";
            el!("nav", "aria-label" = texts::settings(); entries),
            el!("main", "id" = "main", "tabindex" = "-1"; content),
        ),
    )
}

/// The other languages, each by its own name.
fn languages() -> AnyView {
    let (state, locale): (State, Locale) = (state(), expect_context());
    let now = untrack(|| locale.get());
    let others = Language::ALL.into_iter().filter(|language| *language != now);
    let entry = |language: Language| {
        let chosen = move |speaks| {
            if speaks {
                // The button that was pressed is gone: in its place stands the one that leads back.
                browser::focus_soon(now.tag());
            } else {
                state.refused.set(vec![Refused::unreachable()]);
            }
        };
        let tag = language.tag();
        El::new("button", &[("type", "button"), ("class", "quiet"), ("id", tag), ("lang", tag)])
            .on("click", move |_| locale.choose(language, chosen))
            .holding(vec![language.name().into_any()])
    };
    let entries: Vec<AnyView> = others.map(entry).collect();
    el!("div", "role" = "group", "aria-label" = texts::language(); entries)
}
