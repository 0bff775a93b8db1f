//! The rules, one module a chapter of the rulebook: credits (CR), auto-recharge (AR), build tiers (TI), access (AC) and declines (PD).

pub mod access;
pub mod credit;
pub mod decline;
pub mod recharge;
pub mod tier;
pub mod tier_path;
