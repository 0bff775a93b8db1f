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

use crate::app::routes::page_heading;
use crate::app::split;
use crate::pages::usage::days::spend;
use crate::ui::element::el;
use crate::ui::lazy::one_by_one;
use leptos::prelude::*;

pub(crate) fn overview() -> AnyView {
    el!("div", "class" = "page";
        page_heading(),
        action::action(),
        under_way::under_way(),
        el!("div", "class" = "pair"; balance::balance(), recharge::recharge()),
        split::below_the_first_picture(),
    )
}

/// What stands further down.
pub(crate) fn below() -> AnyView {
    one_by_one([invoices::invoices, charges::running, spend, tier::tier, usage::usage])
}
