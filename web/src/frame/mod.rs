//! What stands around every page: header, navigation, and the sandbox that the page is shown in.

pub(crate) mod controls;
mod sandbox;

use crate::browser;
use crate::parts::element::{El, el};
use crate::parts::icon::{Shape, icon};
use crate::place::{Page, link};

use leptos::prelude::*;
use sandbox::sandbox;

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
        sandbox(),
        el!("div", "class" = "width columns";
            el!("nav", "aria-label" = "Settings"; entries),
            el!("main", "id" = "main", "tabindex" = "-1"; content),
        ),
    )
}
