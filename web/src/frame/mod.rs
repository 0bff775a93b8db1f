//! What stands around every page: header, navigation, and the example that the page is about.

mod editor;
mod example_bar;

use crate::browser;
use crate::parts::element::{El, el};
use crate::parts::icon::{Shape, icon};
use crate::place::{Page, link};
use example_bar::example_bar;
use leptos::prelude::*;

/// Nothing on this page is real, and it says so where money is spoken of.
pub(crate) const EXAMPLE: &str = "This is an example account: nothing is charged.";

pub(crate) fn frame(content: Vec<AnyView>) -> AnyView {
    let skip = El::new("a", &[("class", "skip"), ("href", "#main")]).on("click", |event| {
        event.prevent_default();
        browser::focus("main");
    });
    let product = el!("p", "class" = "product"; "Billing settings");
    let top = el!("div", "class" = "width"; product, el!("p", "class" = "calm"; EXAMPLE));
    let entry = |page, shape, name: &'static str| el!("li"; link(page, vec![icon(shape), name.into_any()]));
    let entries = el!("ul";
        entry(Page::Overview, Shape::Statement, "Overview"),
        entry(Page::PaymentMethod, Shape::Card, "Payment method"),
    );
    el!("div";
        el!("header", "class" = "top"; skip.holding(vec!["Skip to content".into_any()]), top),
        example_bar(),
        el!("div", "class" = "width columns";
            el!("nav", "aria-label" = "Settings"; entries),
            el!("main", "id" = "main", "tabindex" = "-1"; content),
        ),
    )
}
