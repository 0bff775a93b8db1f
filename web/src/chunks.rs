//! What the page does not need for its first picture: each of these parts is a file of its own, downloaded when it is wanted.
//!
//! The build finds these functions by their marks and takes what only they need out of the page's wasm.
//! There are two: `acting` decides, and comes right after the first picture; `rest` is whatever else a person may open. More of
//! them would share code in ever more ways, and each way is one more file.
#![allow(unsafe_code, reason = "the mark makes a function that is linked by its name")]
#![allow(clippy::unnecessary_wraps, reason = "the mark wants a place for a download that failed")]

use crate::credits::credits;
use crate::frame::controls::controls;
use crate::life::Refused;
use crate::parts::later::{at_once, later};
use crate::payment::diagnosis::{Decline, diagnosis};
use crate::payment::payment_method;
use crate::state::{State, state};
use billing::account::Command;
use billing::time::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

#[wasm_split(acting, preload(fetch_acting), fallible)]
fn command_part(state: State, command: Command) -> Result<Result<(), Vec<Refused>>, SplitLoaderError> {
    Ok(state.decide(&command))
}

#[wasm_split(acting, fallible)]
fn pass_part(state: State, end: Timestamp) -> Result<bool, SplitLoaderError> {
    Ok(state.pass_until(end))
}

#[wasm_split(rest, preload(fetch_rest), fallible)]
fn payment_part() -> Result<AnyView, SplitLoaderError> {
    Ok(payment_method())
}

#[wasm_split(rest, fallible)]
fn credits_part() -> Result<AnyView, SplitLoaderError> {
    Ok(credits())
}

#[wasm_split(rest, fallible)]
fn controls_part() -> Result<AnyView, SplitLoaderError> {
    Ok(controls(state()))
}

#[wasm_split(rest, fallible)]
fn diagnosis_part(decline: Decline, place: &'static str) -> Result<AnyView, SplitLoaderError> {
    Ok(diagnosis(state(), decline, place))
}

static ACTING_IS_HERE: AtomicBool = AtomicBool::new(false);

async fn fetch_what_decides() -> Result<(), SplitLoaderError> {
    fetch_acting().await?;
    ACTING_IS_HERE.store(true, Ordering::Relaxed);
    Ok(())
}

async fn fetch_all() -> Result<(), SplitLoaderError> {
    fetch_what_decides().await?;
    fetch_rest().await
}

/// Begins to download what is not here yet. Whatever needs it waits for it, and tries again where this fails.
pub(crate) fn prefetch() {
    spawn_local(async {
        let _ = fetch_all().await;
    });
}

/// Whether what decides is here.
pub(crate) fn acting_is_here() -> bool {
    ACTING_IS_HERE.load(Ordering::Relaxed)
}

/// Does something as soon as what decides is here, at once if it is. Where it cannot come, that is said at the top of the page.
pub(crate) fn when_acting(state: State, act: impl FnOnce() + 'static) {
    if acting_is_here() {
        return act();
    }
    spawn_local(async move {
        match fetch_what_decides().await {
            Ok(()) => act(),
            Err(_) => state.refused.set(vec![Refused::unreachable()]),
        }
    });
}

/// Decides a command now. Where what decides is not here, nothing happens, and that is the answer.
pub(crate) fn command(state: State, command: Command) -> Result<(), Vec<Refused>> {
    match at_once(command_part(state, command)) {
        Some(Ok(decided)) => decided,
        _ => Err(vec![Refused::unreachable()]),
    }
}

/// Lets time pass. True where it came to `end`.
pub(crate) fn pass_until(state: State, end: Timestamp) -> bool {
    matches!(at_once(pass_part(state, end)), Some(Ok(true)))
}

/// The page of the payment method.
pub(crate) fn payment() -> AnyView {
    later(fetch_all, payment_part)
}

/// The dialog for credits.
pub(crate) fn credits_dialog() -> AnyView {
    later(fetch_all, credits_part)
}

/// What the sandbox does in the place of services, sales and time.
pub(crate) fn sandbox_controls() -> AnyView {
    later(fetch_all, controls_part)
}

/// What a decline means, and what is left to check. `place` keeps the ids apart where it is shown twice.
pub(crate) fn declined(decline: Decline, place: &'static str) -> AnyView {
    later(fetch_all, move || diagnosis_part(decline.clone(), place))
}
