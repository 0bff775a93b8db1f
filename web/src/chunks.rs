//! What the page does not need for its first picture: each of these is a file of its own, downloaded when it is first shown.
//!
//! The build finds these functions by their marks and takes what only they need out of the page's wasm.
#![allow(unsafe_code, reason = "the mark makes a function that is linked by its name")]

use crate::credits::credits;
use crate::frame::controls::controls;
use crate::parts::later::later;
use crate::payment::payment_method;
use crate::state::state;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

#[wasm_split(payment, preload(fetch_payment), fallible)]
fn payment_part() -> Result<AnyView, SplitLoaderError> {
    Ok(payment_method())
}

#[wasm_split(credits, preload(fetch_credits), fallible)]
fn credits_part() -> Result<AnyView, SplitLoaderError> {
    Ok(credits())
}

#[wasm_split(sandbox, preload(fetch_controls), fallible)]
fn controls_part() -> Result<AnyView, SplitLoaderError> {
    Ok(controls(state()))
}

/// The page of the payment method.
pub(crate) fn payment() -> AnyView {
    later(fetch_payment, payment_part)
}

/// The dialog for credits.
pub(crate) fn credits_dialog() -> AnyView {
    later(fetch_credits, credits_part)
}

/// What the sandbox does in the place of services, sales and time.
pub(crate) fn sandbox_controls() -> AnyView {
    later(fetch_controls, controls_part)
}
