//! TI, AC-6: every tier with what it brings and what it costs from here, the models, and the balance limit.

mod limit;
mod models;
mod standing;
mod table;

use crate::parts::element::el;
use crate::place::page_heading;
use crate::state::state;
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
