//! What the page does not need for its first picture: each of these chunks is a file of its own, downloaded when it is wanted.
//!
//! Only this file names what is in them, and only `main` and the tests of components name this file. Everything else has a
//! [`LazyView`] shown, or asks [`Chunks`].
//!
//! The build finds the marked functions and takes what only they need out of the page's wasm. `dispatch`
//! decides commands and comes right after the first picture; `rest` is whatever else a person may open; `pdf` draws an invoice on
//! request. More of them would share code in ever more ways, and each way is one more file.
#![allow(unsafe_code, reason = "the mark makes a function that is linked by its name")]
#![allow(clippy::unnecessary_wraps, reason = "the mark wants a place for a download that failed")]

use crate::app::lazy_view::{Chunks, Fetch, LazyView, NotFetched};
use crate::features::bank_prompt::bank_panel;
use crate::features::confirm_dialog::ConfirmDialog;
use crate::features::decline_diagnosis::diagnosis;
use crate::i18n;
use crate::pages::add_credits::add_credits;
use crate::pages::help;
use crate::pages::invoices::{self, invoice_document::InvoiceDocument};
use crate::pages::overview;
use crate::pages::payment_method::payment_method;
use crate::pages::tiers;
use crate::pages::usage;
use crate::sandbox::controls::Controls;
use crate::session::Refused;
use crate::session::act::{Act, CarriedOut};
use crate::session::dispatch::carry_out;
use crate::session::state::{Decider, State, state};
use crate::ui::lazy::at_once;
use leptos::prelude::*;
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

chunk! {
    dispatch by fetch_dispatch: fn dispatch_chunk(state: State, act: Act) -> CarriedOut {
        Box::pin(carry_out(state, act))
    }
}

chunk! {
    rest by fetch_rest: fn rest_chunk(shown: LazyView) -> AnyView {
        match shown {
            LazyView::Below => overview::below(),
            LazyView::Payment => payment_method(),
            LazyView::Tiers => tiers::tiers(),
            LazyView::Invoices => invoices::list(),
            LazyView::Invoice(month) => invoices::detail(month),
            LazyView::Usage => usage::usage(),
            LazyView::Help => help::list(),
            LazyView::Answer(topic) => help::answer(topic),
            LazyView::Runway => usage::runway::beside_the_balance(state()),
            LazyView::SoonStopped(alone) => overview::soon_stopped(state(), alone),
            LazyView::NextRecharge => usage::runway::next_recharge(state()),
            LazyView::BankPanel => bank_panel(state()),
            LazyView::UnderWay => overview::under_way(),
            LazyView::AddCredits => add_credits(),
            LazyView::Controls => view! { <Controls state=state() /> }.into_any(),
            LazyView::ConfirmDialog => view! { <ConfirmDialog /> }.into_any(),
            LazyView::Diagnosis(decline, place) => diagnosis(state(), decline, place),
        }
    }
}

chunk! {
    pdf by fetch_pdf: fn pdf_chunk(invoice: InvoiceDocument) -> Vec<u8> {
        invoices::pdf::document(&invoice)
    }
}

chunk! {
    german by fetch_german: fn german_chunk() -> &'static i18n::Catalog {
        &i18n::GERMAN
    }
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

/// What the page knows of its chunks.
pub(crate) const CHUNKS: Chunks = Chunks {
    overview: overview::overview,
    are_here: || ALL_IS_HERE.load(Ordering::Relaxed),
    fetch: || Box::pin(async { fetch_all().await.map_err(not_fetched) }),
    view: |view| at_once(rest_chunk(view))?.ok(),
    pdf,
    german: || Box::pin(async { german_chunk().await.ok() }),
    decider: Decider { is_here: dispatch_is_here, carry_out: |state, act| Box::pin(carry_out_when_here(state, act)) },
};

fn not_fetched(_: SplitLoaderError) -> NotFetched {
    NotFetched
}

fn pdf(invoice: InvoiceDocument) -> Fetch<Vec<u8>> {
    Box::pin(async {
        fetch_pdf().await.map_err(not_fetched)?;
        pdf_chunk(invoice).await.map_err(not_fetched)
    })
}

fn dispatch_is_here() -> bool {
    DISPATCH_IS_HERE.load(Ordering::Relaxed)
}

async fn carry_out_when_here(state: State, act: Act) -> Result<bool, Vec<Refused>> {
    let unreachable = |_| vec![Refused::unreachable()];
    if !dispatch_is_here() {
        fetch_what_decides().await.map_err(unreachable)?;
    }
    dispatch_chunk(state, act).await.map_err(unreachable)?.await
}
