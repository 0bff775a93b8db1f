//! The overview: what needs action first, then the balance, auto-recharge and the tier.

mod action;
mod balance;
mod ladder;
mod recharge;
mod tier;
mod usage;

use crate::parts::element::el;
use crate::place::page_heading;
use leptos::prelude::*;

pub(crate) fn overview() -> AnyView {
    el!("div", "class" = "page";
        page_heading(),
        action::action(),
        el!("div", "class" = "pair"; balance::balance(), recharge::recharge()),
        tier::tier(),
        usage::usage(),
    )
}
