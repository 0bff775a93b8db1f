//! UC · Usage and deployments: the month's cost so far, spend by day, and running deployments.

mod bars;
pub(crate) mod days;
mod month;
pub(crate) mod running;
pub(crate) mod runway;
pub(crate) mod why;

use crate::app::routes::page_heading;
use days::SpendByDay;
use leptos::prelude::*;
use month::{MonthCard, UsageByModel};
use running::RunningCard;
use runway::RunwayCard;
use why::WhyCard;

pub(crate) fn usage() -> AnyView {
    view! {
        <div class="page">
            {page_heading()}
            <div class="pair">
                <MonthCard />
                <RunwayCard />
            </div>
            <SpendByDay is_always_there=true />
            <RunningCard />
            <WhyCard />
            <UsageByModel />
        </div>
    }
    .into_any()
}
