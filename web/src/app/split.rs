//! What the page does not need for its first picture: each of these chunks is a file of its own, downloaded when it is wanted.
//!
//! The build finds the marked functions and takes what only they need out of the page's wasm. `dispatch`
//! decides commands and comes right after the first picture; `rest` is whatever else a person may open; `pdf` draws an invoice on
//! request. More of them would share code in ever more ways, and each way is one more file.
#![allow(unsafe_code, reason = "the mark makes a function that is linked by its name")]
#![allow(clippy::unnecessary_wraps, reason = "the mark wants a place for a download that failed")]

use crate::app::browser;
use crate::features::confirm_dialog::ConfirmDialog;
use crate::features::decline_diagnosis::{Decline, diagnosis};
use crate::i18n;
use crate::pages::add_credits::add_credits;
use crate::pages::help::{self, Topic};
use crate::pages::invoices::{self, invoice_document::InvoiceDocument};
use crate::pages::overview;
use crate::pages::payment_method::payment_method;
use crate::pages::tiers;
use crate::pages::usage;
use crate::sandbox::controls::Controls;
use crate::session::Refused;
use crate::session::dispatch::{Act, carry_out};
use crate::session::state::{State, state};
use crate::ui::lazy::{Lazy, LazyQuietly, at_once};
use billing::ledger::Command;
use billing::time::{Date, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_split_helpers::SplitLoaderError;

/// Marks a chunk. Only a release build is split (`web/build.rs`): everywhere else the chunk is called directly.
macro_rules! chunk {
    ($chunk:ident by $fetch:ident: fn $name:ident($($given:ident: $type:ty),*) -> $answer:ty $body:block) => {
        #[cfg(all(split, not(test)))]
        #[wasm_split_helpers::wasm_split($chunk, preload($fetch), fallible)]
        fn $name($($given: $type),*) -> Result<$answer, SplitLoaderError> {
            Ok($body)
        }

        #[cfg(not(all(split, not(test))))]
        async fn $fetch() -> Result<(), SplitLoaderError> {
            Ok(())
        }

        #[cfg(not(all(split, not(test))))]
        async fn $name($($given: $type),*) -> Result<$answer, SplitLoaderError> {
            $fetch().await?;
            Ok($body)
        }
    };
}

/// An act under way.
type CarriedOut = Pin<Box<dyn Future<Output = Result<bool, Vec<Refused>>>>>;

chunk! {
    dispatch by fetch_dispatch: fn dispatch_chunk(state: State, act: Act) -> CarriedOut {
        Box::pin(carry_out(state, act))
    }
}

#[derive(Clone)]
enum Shown {
    Below,
    Payment,
    Tiers,
    Invoices,
    Invoice(Date),
    Usage,
    Help,
    Answer(Topic),
    Runway,
    SoonStopped(bool),
    NextRecharge,
    AddCredits,
    Controls,
    ConfirmDialog,
    Diagnosis(Decline, &'static str),
}

chunk! {
    rest by fetch_rest: fn rest_chunk(shown: Shown) -> AnyView {
        match shown {
            Shown::Below => overview::below(),
            Shown::Payment => payment_method(),
            Shown::Tiers => tiers::tiers(),
            Shown::Invoices => invoices::list(),
            Shown::Invoice(month) => invoices::detail(month),
            Shown::Usage => usage::usage(),
            Shown::Help => help::list(),
            Shown::Answer(topic) => help::answer(topic),
            Shown::Runway => usage::runway::beside_the_balance(state()),
            Shown::SoonStopped(alone) => overview::soon_stopped(state(), alone),
            Shown::NextRecharge => usage::runway::next_recharge(state()),
            Shown::AddCredits => add_credits(),
            Shown::Controls => view! { <Controls state=state() /> }.into_any(),
            Shown::ConfirmDialog => view! { <ConfirmDialog /> }.into_any(),
            Shown::Diagnosis(decline, place) => diagnosis(state(), decline, place),
        }
    }
}

chunk! {
    pdf by fetch_pdf: fn pdf_chunk(invoice: InvoiceDocument) -> Vec<u8> {
        invoices::pdf::document(&invoice)
    }
}

/// An invoice as PDF, as soon as what draws it is here.
pub(crate) async fn pdf(invoice: InvoiceDocument) -> Result<Vec<u8>, SplitLoaderError> {
    fetch_pdf().await?;
    pdf_chunk(invoice).await
}

chunk! {
    german by fetch_german: fn german_chunk() -> &'static i18n::Catalog {
        &i18n::GERMAN
    }
}

/// German, as soon as it is here.
pub(crate) async fn german() -> Result<&'static i18n::Catalog, SplitLoaderError> {
    german_chunk().await
}

static DISPATCH_IS_HERE: AtomicBool = AtomicBool::new(false);
static ALL_IS_HERE: AtomicBool = AtomicBool::new(false);

async fn fetch_what_decides() -> Result<(), SplitLoaderError> {
    fetch_dispatch().await?;
    DISPATCH_IS_HERE.store(true, Ordering::Relaxed);
    Ok(())
}

async fn fetch_all() -> Result<(), SplitLoaderError> {
    fetch_what_decides().await?;
    fetch_rest().await?;
    ALL_IS_HERE.store(true, Ordering::Relaxed);
    Ok(())
}

/// Begins to download what is not here yet. Whatever needs it waits for it, and tries again where this fails.
pub(crate) fn prefetch() {
    spawn_local(async {
        if fetch_all().await.is_ok() {
            browser::say_that_the_page_is_here();
        }
    });
}

/// Whether what decides is here.
pub(crate) fn dispatch_is_here() -> bool {
    DISPATCH_IS_HERE.load(Ordering::Relaxed)
}

/// Decides a command and stores what it makes happen, as soon as what decides is here. Where that cannot come, nothing happens,
/// and that is the answer.
pub(crate) async fn command(state: State, command: Command) -> Result<(), Vec<Refused>> {
    act(state, Act::Dispatch(Box::new(command))).await.map(|_| ())
}

/// Lets time pass. True where it came to `end`.
pub(crate) async fn pass_until(state: State, end: Timestamp) -> Result<bool, Vec<Refused>> {
    act(state, Act::Pass(end)).await
}

async fn act(state: State, act: Act) -> Result<bool, Vec<Refused>> {
    let unreachable = |_| vec![Refused::unreachable()];
    if !dispatch_is_here() {
        fetch_what_decides().await.map_err(unreachable)?;
    }
    dispatch_chunk(state, act).await.map_err(unreachable)?.await
}

fn rest(shown: Shown) -> AnyView {
    let view = move || at_once(rest_chunk(shown.clone()))?.ok();
    view! { <Lazy is_here=ALL_IS_HERE.load(Ordering::Relaxed) fetch=fetch_all view=view /> }.into_any()
}

/// Nothing until it is here, and where it cannot come.
fn quietly(shown: Shown) -> AnyView {
    let view = move || at_once(rest_chunk(shown.clone()))?.ok();
    view! { <LazyQuietly is_here=ALL_IS_HERE.load(Ordering::Relaxed) fetch=fetch_all view=view /> }.into_any()
}

/// What stands further down on the overview than a first picture shows.
pub(crate) fn below_the_first_picture() -> AnyView {
    rest(Shown::Below)
}

/// The page of the payment method.
pub(crate) fn payment() -> AnyView {
    rest(Shown::Payment)
}

/// The page of tiers and limits.
pub(crate) fn tiers() -> AnyView {
    rest(Shown::Tiers)
}

/// The page of all invoices.
pub(crate) fn invoices() -> AnyView {
    rest(Shown::Invoices)
}

/// The page of the invoice of a month.
pub(crate) fn invoice(month: Date) -> AnyView {
    rest(Shown::Invoice(month))
}

/// The page of usage and deployments.
pub(crate) fn usage() -> AnyView {
    rest(Shown::Usage)
}

/// The page of all questions.
pub(crate) fn help() -> AnyView {
    rest(Shown::Help)
}

/// The page of a question.
pub(crate) fn answer(topic: Topic) -> AnyView {
    rest(Shown::Answer(topic))
}

/// How long the balance lasts, in a place that is kept for it.
pub(crate) fn runway() -> AnyView {
    quietly(Shown::Runway)
}

/// That access stops soon, where it does: a part of its own, or with what else needs action.
pub(crate) fn soon_stopped(alone: bool) -> AnyView {
    quietly(Shown::SoonStopped(alone))
}

/// When auto-recharge next buys, in a place that is kept for it.
pub(crate) fn next_recharge() -> AnyView {
    quietly(Shown::NextRecharge)
}

/// The dialog for credits.
pub(crate) fn add_credits_dialog() -> AnyView {
    rest(Shown::AddCredits)
}

/// What is looked at once more before it is done.
pub(crate) fn confirm_dialog() -> AnyView {
    rest(Shown::ConfirmDialog)
}

/// What the sandbox does in the place of services, sales and time.
pub(crate) fn sandbox_controls() -> AnyView {
    rest(Shown::Controls)
}

/// What a decline means, and what is left to check. `place` keeps the ids apart where it is shown twice.
pub(crate) fn declined(decline: Decline, place: &'static str) -> AnyView {
    rest(Shown::Diagnosis(decline, place))
}
