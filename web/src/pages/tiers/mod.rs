//! TI, AC-6: every tier with what it brings and what it costs from here, the models, and the balance limit.

mod limit;
mod models;
mod standing;
mod table;

use crate::app::routes::page_heading;
use crate::session::state::state;
use crate::ui::element::el;
use leptos::prelude::*;

pub(crate) fn tiers() -> AnyView {
    let state = state();
    el!("div", "class" = "page";
        page_heading(),
        standing::standing(state),
        table::table(state),
        models::models(state),
        limit::limit(state),
    )
}
