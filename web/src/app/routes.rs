//! Which page stands at which address, and how a person gets from one to the other without loading anything again.
//!
//! A handful of pages needs no router: this file does its work, and is a twentieth of its size.

use crate::app::browser;
use crate::i18n::invoices::invoice_of;
use crate::i18n::shell as texts;
use crate::i18n::times;
use crate::pages::help::Topic;
use billing::ledger::invoice_id;
use billing::time::Date;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::MouseEvent;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Page {
    Overview,
    PaymentMethod,
    Tiers,
    Invoices,
    /// The invoice of the month that begins on this day.
    Invoice(Date),
    Usage,
    Help,
    /// A question, answered from the account.
    Answer(Topic),
    /// There is nothing at this address.
    Nowhere,
}

impl Page {
    fn at(path: &str) -> Page {
        match path.trim_end_matches('/') {
            "" => Page::Overview,
            "/payment-method" => Page::PaymentMethod,
            "/tiers" => Page::Tiers,
            "/invoices" => Page::Invoices,
            "/usage" => Page::Usage,
            "/help" => Page::Help,
            path => Page::below(path).unwrap_or(Page::Nowhere),
        }
    }

    fn below(path: &str) -> Option<Page> {
        let invoice = || path.strip_prefix("/invoices/").and_then(month_of).map(Page::Invoice);
        let answer = || path.strip_prefix("/help/").and_then(Topic::with_id).map(Page::Answer);
        invoice().or_else(answer)
    }

    fn path(self) -> String {
        match self {
            Page::Overview | Page::Nowhere => "/".to_owned(),
            Page::PaymentMethod => "/payment-method".to_owned(),
            Page::Tiers => "/tiers".to_owned(),
            Page::Invoices => "/invoices".to_owned(),
            Page::Invoice(month) => ["/invoices/", &invoice_id(month)].concat(),
            Page::Usage => "/usage".to_owned(),
            Page::Help => "/help".to_owned(),
            Page::Answer(topic) => ["/help/", topic.id()].concat(),
        }
    }

    fn title(self) -> String {
        match self {
            Page::Overview => texts::overview().to_owned(),
            Page::PaymentMethod => texts::payment_method().to_owned(),
            Page::Tiers => texts::tiers().to_owned(),
            Page::Invoices => texts::invoices().to_owned(),
            Page::Invoice(month) => invoice_of(&times::month(month)),
            Page::Usage => crate::i18n::usage::title().to_owned(),
            Page::Help => texts::help().to_owned(),
            Page::Answer(topic) => topic.question().to_owned(),
            Page::Nowhere => texts::nowhere().to_owned(),
        }
    }

    /// The page under whose entry of the navigation it stands.
    fn entry(self) -> Page {
        match self {
            Page::Invoice(_) => Page::Invoices,
            Page::Answer(_) => Page::Help,
            page => page,
        }
    }
}

/// The month that an invoice is named after.
fn month_of(id: &str) -> Option<Date> {
    Date::parse(&[id, "-01"].concat()).ok()
}

/// The page that is shown; by context.
#[derive(Clone, Copy)]
pub(crate) struct Route(RwSignal<Page>);

impl Route {
    /// Begins with the page at the present address, and follows the browser's back and forward.
    pub(crate) fn here() -> Route {
        let page = RwSignal::new(present());
        window_event_listener_untyped("popstate", move |_| {
            let now = present();
            if page.try_get_untracked().is_some_and(|shown| shown != now) {
                page.set(now);
                browser::focus_in_place_soon("page-heading");
            }
        });
        Route(page)
    }

    /// Names the document after the page.
    pub(crate) fn set_document_title(self) {
        Effect::new(move |_| document().set_title(&texts::title(&self.page().title())));
    }

    pub(crate) fn page(self) -> Page {
        self.0.get()
    }

    /// Does something whenever another page is shown: by a way out that leads there, or by the browser's back.
    pub(crate) fn when_left(self, then: impl Fn() + 'static) {
        let shown = StoredValue::new(untrack(|| self.page()));
        Effect::new(move |_| {
            let page = self.page();
            if shown.get_value() != page {
                shown.set_value(page);
                then();
            }
        });
    }

    /// Shows another page, as an entry of its own in the history. The reading position goes along.
    pub(crate) fn go(self, page: Page) {
        if page == self.0.get_untracked() {
            return;
        }
        let pushed = window().history().and_then(|it| it.push_state_with_url(&JsValue::NULL, "", Some(&page.path())));
        if pushed.is_ok() {
            self.0.set(page);
            window().scroll_to_with_x_and_y(0.0, 0.0);
            browser::focus_soon("page-heading");
        }
    }
}

fn present() -> Page {
    Page::at(&window().location().pathname().unwrap_or_default())
}

/// A link to a page. A click that asks for a new tab or window is the browser's.
pub(crate) fn link(page: Page, content: Vec<AnyView>) -> AnyView {
    let route: Route = expect_context();
    let go = move |click: MouseEvent| {
        let elsewhere = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
        if click.button() == 0 && !elsewhere {
            click.prevent_default();
            route.go(page);
        }
    };
    view! {
        <a href=page.path() aria-current=move || is_current(route.page(), page) on:click=go>
            {content}
        </a>
    }
    .into_any()
}

/// What a link to a page says of itself while another is shown.
fn is_current(shown: Page, linked: Page) -> Option<&'static str> {
    match shown {
        shown if shown == linked => Some("page"),
        shown if shown.entry() == linked => Some("true"),
        _ => None,
    }
}

/// The page's one main heading.
pub(crate) fn page_heading() -> AnyView {
    let route: Route = expect_context();
    view! {
        <h1 id="page-heading" tabindex="-1">
            {move || route.page().title()}
        </h1>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_an_address_that_leads_to_it() {
        let november = Page::Invoice(Date::parse("2025-11-01").unwrap());
        let others =
            [Page::Overview, Page::PaymentMethod, Page::Tiers, Page::Invoices, november, Page::Usage, Page::Help];
        for page in others.into_iter().chain(Topic::ALL.iter().copied().map(Page::Answer)) {
            assert_eq!(Page::at(&page.path()), page);
        }
        assert_eq!(Page::at("/payment-method/"), Page::PaymentMethod);
        assert_eq!(Page::at("/invoices/2025-11/"), november);
        for nowhere in
            ["/payment-methods", "/invoices/2025-13", "/invoices/2025-11-01", "/invoices/last", "/tiers/2", "/help/me"]
        {
            assert_eq!(Page::at(nowhere), Page::Nowhere, "{nowhere}");
        }
    }

    #[test]
    fn an_invoice_stands_under_the_invoices_and_an_answer_under_help() {
        let november = Page::Invoice(Date::parse("2025-11-01").unwrap());
        assert_eq!(is_current(november, november), Some("page"));
        assert_eq!(is_current(november, Page::Invoices), Some("true"));
        assert_eq!(is_current(november, Page::Overview), None);
        assert_eq!(is_current(Page::Answer(Topic::Declined), Page::Help), Some("true"));
    }
}
