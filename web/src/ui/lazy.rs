//! Parts of the page that are downloaded when they are first wanted.
//!
//! The build takes what only such a part needs out of the page's wasm, into a file of its own.

use super::button::{Weight, button};
use crate::i18n::shell as texts;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// How far a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Waited,
    Failed,
    There,
}

/// Shows a part: at once if it is here, else when it has been fetched. `view` yields it as soon as it is here.
#[component]
pub(crate) fn Lazy<Fetch, Error, View>(is_here: bool, fetch: fn() -> Fetch, view: View) -> impl IntoView
where
    Fetch: Future<Output = Result<(), Error>> + 'static,
    Error: 'static,
    View: Fn() -> Option<AnyView> + Send + 'static,
{
    let progress = begun(is_here, fetch);
    let again = move || {
        progress.set(Progress::Waited);
        begin(progress, fetch);
    };
    view! {
        {move || match progress.get() {
            Progress::Waited => view! { <p class="calm" role="status">{texts::loading()}</p> }.into_any(),
            Progress::There => view().into_any(),
            Progress::Failed => view! { <Failed again=Callback::new(move |()| again()) /> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Failed(again: Callback<()>) -> impl IntoView {
    view! {
        <div class="stack" role="alert">
            <p>{texts::part_failed()}</p>
            {button(texts::try_again().to_owned(), Weight::Plain, move || again.run(()))}
        </div>
    }
    .into_any()
}

/// The same for a line that nothing depends on: it is not missed.
#[component]
pub(crate) fn LazyQuietly<Fetch, Error, View>(is_here: bool, fetch: fn() -> Fetch, view: View) -> impl IntoView
where
    Fetch: Future<Output = Result<(), Error>> + 'static,
    Error: 'static,
    View: Fn() -> Option<AnyView> + Send + 'static,
{
    let progress = begun(is_here, fetch);
    view! { {move || (progress.get() == Progress::There).then(&view).flatten()} }.into_any()
}

/// How far a part is that is wanted now.
fn begun<Fetch, Error>(is_here: bool, fetch: fn() -> Fetch) -> RwSignal<Progress>
where
    Fetch: Future<Output = Result<(), Error>> + 'static,
    Error: 'static,
{
    let progress = RwSignal::new(if is_here { Progress::There } else { Progress::Waited });
    if !is_here {
        begin(progress, fetch);
    }
    progress
}

fn begin<Fetch, Error>(progress: RwSignal<Progress>, fetch: fn() -> Fetch)
where
    Fetch: Future<Output = Result<(), Error>> + 'static,
    Error: 'static,
{
    spawn_local(async move {
        let end = if fetch().await.is_ok() { Progress::There } else { Progress::Failed };
        // Several parts may have waited for the same download.
        let show = move || {
            progress.try_set(end);
        };
        Timeout::new(0, show).forget();
    });
}

/// Shows parts one after the other, each in a turn of its own, so that a person who types or clicks is answered in between.
pub(crate) fn one_by_one(parts: impl IntoIterator<Item = fn() -> AnyView>) -> AnyView {
    let part = |part: fn() -> AnyView| {
        let is_here = RwSignal::new(false);
        let show = move || {
            is_here.try_set(true);
        };
        // The timer goes with the view.
        StoredValue::new_local(Timeout::new(0, show));
        view! { {move || is_here.get().then(part)} }.into_any()
    };
    parts.into_iter().map(part).collect::<Vec<AnyView>>().into_any()
}

/// What a future yields without having to wait. One that does have to is given up.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
