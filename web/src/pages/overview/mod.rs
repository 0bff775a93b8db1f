//! The overview: what needs action first, then what is under way, the balance, auto-recharge and the tier.

mod action;
mod balance;
mod charges;
mod invoices;
mod notices;
pub(crate) mod recharge;
mod soon;
pub(crate) mod tier;
pub(crate) mod tier_chart;
mod under_way;
mod usage;

pub(crate) use soon::soon_stopped;

use crate::app::lazy_view::LazyView;
use crate::app::routes::page_heading;
use crate::pages::usage::days::SpendByDay;
use crate::ui::lazy::one_by_one;
use action::NeedsAttention;
use balance::BalanceCard;
use charges::ChargesCard;
use invoices::UnpaidInvoices;
use leptos::prelude::*;
use recharge::{PaymentCard, RechargeCard};
use tier::TierCard;
use under_way::UnderWayCard;
use usage::UsageCheck;

pub(crate) fn overview() -> AnyView {
    view! {
        <div class="page">
            {page_heading()}
            <NeedsAttention />
            {LazyView::UnderWay.show_quietly()}
            <div class="pair">
                <BalanceCard />
                <div class="column">
                    <RechargeCard />
                    <PaymentCard />
                </div>
            </div>
            {LazyView::Below.show()}
        </div>
    }
    .into_any()
}

/// The purchases that are under way.
pub(crate) fn under_way() -> AnyView {
    view! { <UnderWayCard /> }.into_any()
}

/// The sections below the first picture, from the top down.
pub(crate) fn below() -> AnyView {
    let sections: [fn() -> AnyView; 5] = [
        || view! { <UnpaidInvoices /> }.into_any(),
        || view! { <ChargesCard /> }.into_any(),
        || view! { <SpendByDay /> }.into_any(),
        || view! { <TierCard /> }.into_any(),
        || view! { <UsageCheck /> }.into_any(),
    ];
    one_by_one(sections)
}
