//! Turns the policy documents into Rust values for the page.
//!
//! They are read and checked by the same `Policy::shipped` as everywhere, only here, before the page is compiled: the code
//! that reads JSON would be a tenth of what every customer downloads. A document with a fault stops the build.
//!
//! It also says whether the page is one wasm or several: a release build for a browser is split.

use billing::policy::Terms;
use billing::policy::{Model, Policy, SHIPPED, TierTerms};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    // The documents are compiled into `billing`, so a change of one builds this program anew.
    println!("cargo::rerun-if-changed=build.rs");
    split_a_release()?;
    let policies: Result<Vec<Policy>, _> = SHIPPED.iter().map(|(id, _)| Policy::shipped(id)).collect();
    let policies = list(&policies?, written);
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("policies.rs"), policies)?)
}

/// The functions of `app/split.rs` are marked only in a release build for a browser, and the split needs the linker's relocations
/// there. Everything else, `trunk serve` and the tests too, is one piece.
fn split_a_release() -> Result<(), env::VarError> {
    println!("cargo::rustc-check-cfg=cfg(split)");
    if env::var("PROFILE")? == "release" && env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    Ok(())
}

/// A policy as an expression, in which every value is read by its own checked constructor.
fn written(policy: &Policy) -> String {
    // Every field is named, so that a new one cannot be forgotten here.
    let Terms {
        id,
        title,
        announced,
        effective,
        checked,
        billing,
        minimum_purchase,
        burn_order,
        expires_after_months,
        minimum_spend,
        past_due_suspends,
        tier_settles_within_seconds,
        payment_typical_within_seconds,
        payment_settles_within_seconds,
        charge_day,
        deployment_covered_minutes,
        default_recharge_amount,
        trigger,
        networks,
        refused_funding,
        recurring_required,
        visa_lengths,
        tiers,
        models,
    } = &**policy;
    let date = |date: &dyn std::fmt::Display| format!("Date::parse(\"{date}\").ok()?");
    let announced = announced.map_or("None".into(), |announced| format!("Some({})", date(&announced)));
    let fields = [
        format!("id: {id:?}.into(), title: {title:?}.into(), announced: {announced}"),
        format!("effective: {}, checked: {}, billing: Billing::{billing:?}", date(effective), date(checked)),
        format!("minimum_purchase: {}, burn_order: BurnOrder::{burn_order:?}", charge(minimum_purchase)),
        format!("expires_after_months: {expires_after_months:?}, minimum_spend: {}", money(minimum_spend)),
        format!("past_due_suspends: {past_due_suspends}"),
        format!("tier_settles_within_seconds: {tier_settles_within_seconds}"),
        format!("payment_typical_within_seconds: {payment_typical_within_seconds}"),
        format!("payment_settles_within_seconds: {payment_settles_within_seconds}"),
        format!("charge_day: {charge_day}, deployment_covered_minutes: {deployment_covered_minutes}"),
        format!("default_recharge_amount: {}, trigger: Trigger::{trigger:?}", charge(default_recharge_amount)),
        format!("networks: {}", list(networks, |network| format!("Network::{network:?}"))),
        format!("refused_funding: {}", list(refused_funding, |funding| format!("Funding::{funding:?}"))),
        format!("recurring_required: {recurring_required}, visa_lengths: vec!{visa_lengths:?}"),
        format!("tiers: tiers(&{})?, models: models(&{})", rows(tiers, tier), rows(models, model)),
    ];
    format!("Policy::from_checked_terms(Terms {{ {} }})", fields.join(", "))
}

/// A row of the table that `tiers` in `session/policies.rs` reads.
fn tier(terms: &TierTerms) -> String {
    let TierTerms { tier, at, limits, credit_limit, credit_limit_assumed } = terms;
    format!("(Tier::{tier:?}, \"{at}\", {limits:?}, \"{credit_limit}\", {credit_limit_assumed})")
}

/// A row of the table that `models` in `session/policies.rs` reads.
fn model(model: &Model) -> String {
    let Model { id, title, from, requests_per_minute } = model;
    format!("({id:?}, {title:?}, Tier::{from:?}, {requests_per_minute:?})")
}

fn money(amount: &dyn std::fmt::Display) -> String {
    format!("Money::parse(\"{amount}\").ok()?")
}

fn charge(amount: &dyn std::fmt::Display) -> String {
    format!("Charge::parse(\"{amount}\").ok()?")
}

/// A constant table: its rows are data of the wasm, and no code writes them one by one.
fn rows<T>(items: &[T], written: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", "))
}

fn list<T>(items: &[T], written: impl Fn(&T) -> String) -> String {
    format!("vec![{}]", items.iter().map(written).collect::<Vec<_>>().join(", "))
}
