//! TI, AC-6: all tiers with their limits and the purchase that reaches each, the models, and the balance limit.

mod limit;
mod models;
mod standing;
mod table;

use crate::app::routes::page_heading;
use leptos::prelude::*;
use limit::LimitCard;
use models::ModelsCard;
use standing::TierCard;
use table::TiersCard;

pub(crate) fn tiers() -> AnyView {
    view! {
        <div class="page">
            {page_heading()}
            <TierCard />
            <TiersCard />
            <ModelsCard />
            <LimitCard />
        </div>
    }
    .into_any()
}
