//! Which page stands at which address, and how a person gets from one to the other without loading anything again.
//!
//! Two pages need no router: this file does its work, and is a twentieth of its size.

use crate::browser;
use crate::parts::element::{El, el};
use crate::parts::follow::{derived, watch};
use crate::texts::frame as texts;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MouseEvent};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Page {
    Overview,
    PaymentMethod,
    /// There is nothing at this address.
    Nowhere,
}

impl Page {
    fn at(path: &str) -> Page {
        match path.trim_end_matches('/') {
            "" => Page::Overview,
            "/payment-method" => Page::PaymentMethod,
            _ => Page::Nowhere,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Page::Overview | Page::Nowhere => "/",
            Page::PaymentMethod => "/payment-method",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Page::Overview => texts::overview(),
            Page::PaymentMethod => texts::payment_method(),
            Page::Nowhere => texts::nowhere(),
        }
    }
}

/// The page that is shown; by context.
#[derive(Clone, Copy)]
pub(crate) struct Place(RwSignal<Page>);

impl Place {
    /// Begins with the page at the present address, and follows the browser's back and forward.
    pub(crate) fn here() -> Place {
        let page = RwSignal::new(present());
        window_event_listener_untyped("popstate", move |_| {
            let now = present();
            if page.try_get_untracked().is_some_and(|shown| shown != now) {
                page.set(now);
                browser::focus_soon("page-heading");
            }
        });
        Place(page)
    }

    /// Names the document after the page.
    pub(crate) fn entitle(self) {
        watch(move || document().set_title(&texts::title(self.page().title())));
    }

    pub(crate) fn page(self) -> Page {
        self.0.get()
    }

    /// Shows another page, as an entry of its own in the history. The reading position goes along.
    fn go(self, page: Page) {
        if page == self.0.get_untracked() {
            return;
        }
        let pushed = window().history().and_then(|it| it.push_state_with_url(&JsValue::NULL, "", Some(page.path())));
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
    let place: Place = expect_context();
    let go = move |event: Event| {
        let Some(click) = event.dyn_ref::<MouseEvent>() else {
            return;
        };
        let elsewhere = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
        if click.button() == 0 && !elsewhere {
            event.prevent_default();
            place.go(page);
        }
    };
    El::new("a", &[("href", page.path())])
        .following("aria-current", move || (place.page() == page).then(|| "page".to_owned()))
        .on("click", go)
        .holding(content)
}

/// The page's one main heading.
pub(crate) fn page_heading() -> AnyView {
    let place: Place = expect_context();
    let title = derived(move || place.page().title().to_owned());
    el!("h1", "id" = "page-heading", "tabindex" = "-1"; title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_an_address_that_leads_to_it() {
        for page in [Page::Overview, Page::PaymentMethod] {
            assert_eq!(Page::at(page.path()), page);
        }
        assert_eq!(Page::at("/payment-method/"), Page::PaymentMethod);
        assert_eq!(Page::at("/payment-methods"), Page::Nowhere);
    }
}
