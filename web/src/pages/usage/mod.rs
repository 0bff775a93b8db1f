//! UC · Usage and deployments: what the month has cost so far, day by day, and what runs.

mod bars;
pub(crate) mod days;
mod month;
pub(crate) mod running;
pub(crate) mod runway;
pub(crate) mod why;

use crate::app::routes::page_heading;
use crate::session::state::state;
use crate::ui::element::el;
use leptos::prelude::*;

pub(crate) fn usage() -> AnyView {
    let state = state();
    el!("div", "class" = "page";
        page_heading(),
        el!("div", "class" = "pair"; month::month(state), runway::at_this_rate(state)),
        days::days(state),
        running::section(state),
        why::section(state),
        month::by_model(state),
    )
}
