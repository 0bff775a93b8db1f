//! What the page shows and does beyond its first picture, by type. What is behind it, and in which file it comes, only
//! `split` knows.

use crate::features::decline::Decline;
use crate::i18n::FetchCatalog;
use crate::pages::help::Topic;
use crate::pages::invoices::invoice_document::InvoiceDocument;
use crate::session::state::Decider;
use crate::ui::lazy::{Lazy, LazyQuietly};
use billing::time::Date;
use leptos::prelude::*;
use std::pin::Pin;

/// A view that is downloaded when it is first wanted.
#[derive(Clone)]
pub(crate) enum LazyView {
    /// The sections of the overview below the first picture.
    Below,
    /// The page of the payment method.
    Payment,
    /// The page of tiers and limits.
    Tiers,
    /// The page of all invoices.
    Invoices,
    /// The page of the invoice of the month that begins on this day.
    Invoice(Date),
    /// The page of usage and deployments.
    Usage,
    /// The page of all questions.
    Help,
    /// The page of a question.
    Answer(Topic),
    /// How long the balance lasts, in a place that is kept for it.
    Runway,
    /// That access stops soon, where it does: a section of its own where true, else with what else needs action.
    SoonStopped(bool),
    /// When auto-recharge next buys, in a place that is kept for it.
    NextRecharge,
    /// What the bank waits for, where it waits.
    BankPanel,
    /// The purchases that are under way, where there are any.
    UnderWay,
    /// The dialog for credits.
    AddCredits,
    /// What the sandbox does in the place of services, sales and time.
    Controls,
    /// The dialog that asks once more before something is done.
    ConfirmDialog,
    /// What a decline means, and what is left to check. The text keeps the ids apart where it is shown twice.
    Diagnosis(Decline, &'static str),
}

impl LazyView {
    /// Shows it, or meanwhile that it is loading.
    pub(crate) fn show(self) -> AnyView {
        let Chunks { are_here, fetch, view, .. } = expect_context();
        let view = move || view(self.clone());
        view! { <Lazy is_here=are_here() fetch=fetch view=view /> }.into_any()
    }

    /// Shows it; nothing until it is here, and where it cannot come.
    pub(crate) fn show_quietly(self) -> AnyView {
        let Chunks { are_here, fetch, view, .. } = expect_context();
        let view = move || view(self.clone());
        view! { <LazyQuietly is_here=are_here() fetch=fetch view=view /> }.into_any()
    }
}

/// What was fetched.
pub(crate) type Fetch<T> = Pin<Box<dyn Future<Output = Result<T, NotFetched>>>>;

/// The file could not be downloaded; another try may succeed.
pub(crate) struct NotFetched;

/// What comes in files of its own, and the page that the first picture shows; by context.
#[derive(Clone, Copy)]
pub(crate) struct Chunks {
    pub(crate) overview: fn() -> AnyView,
    /// Whether everything but PDF and other languages is here.
    pub(crate) are_here: fn() -> bool,
    /// Downloads what of it is not here yet.
    pub(crate) fetch: fn() -> Fetch<()>,
    /// A view, where it is here.
    pub(crate) view: fn(LazyView) -> Option<AnyView>,
    /// An invoice as PDF, as soon as what draws it is here.
    pub(crate) pdf: fn(InvoiceDocument) -> Fetch<Vec<u8>>,
    pub(crate) german: FetchCatalog,
    pub(crate) decider: Decider,
}
