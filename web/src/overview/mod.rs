//! The overview: what needs action first, then what is under way, the balance, auto-recharge and the tier.

mod action;
mod balance;
mod charges;
mod invoices;
pub(crate) mod ladder;
mod notices;
pub(crate) mod recharge;
mod soon;
pub(crate) mod tier;
mod under_way;
mod usage;

pub(crate) use soon::soon_stopped;

use crate::chunks;
use crate::parts::element::el;
use crate::parts::later::one_by_one;
use crate::place::page_heading;
use crate::usage::days::spend;
use leptos::prelude::*;

pub(crate) fn overview() -> AnyView {
    el!("div", "class" = "page";
        page_heading(),
        action::action(),
        under_way::under_way(),
        el!("div", "class" = "pair"; balance::balance(), recharge::recharge()),
        chunks::below_the_first_picture(),
    )
}

/// What stands further down.
pub(crate) fn below() -> AnyView {
    one_by_one([invoices::invoices, charges::running, spend, tier::tier, usage::usage])
}
