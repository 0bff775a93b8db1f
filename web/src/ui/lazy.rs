//! Parts of the page that are downloaded when they are first wanted.
//!
//! The build takes what only such a part needs out of the page's wasm, into a file of its own.

use super::button::{Weight, button};
use super::element::el;
use super::reactive::{follow, follow_some};
use crate::i18n::shell as texts;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How far a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Waited,
    Failed,
    There,
}

/// Shows a part: at once if it is here, else when it has been fetched. `view` yields it as soon as it is here.
pub(crate) fn lazy<Fetch, Error>(
    is_here: bool,
    fetch: fn() -> Fetch,
    view: impl Fn() -> Option<AnyView> + Send + 'static,
) -> AnyView
where
    Fetch: Future<Output = Result<(), Error>> + 'static,
    Error: 'static,
{
    let progress = begun(is_here, fetch);
    follow(move || match progress.get() {
        Progress::Waited => el!("p", "class" = "calm", "role" = "status"; texts::loading()),
        Progress::There => view().into_any(),
        Progress::Failed => {
            let again = move || {
                progress.set(Progress::Waited);
                begin(progress, fetch);
            };
            el!("div", "class" = "stack", "role" = "alert";
                el!("p"; texts::part_failed()),
                button(texts::try_again().to_owned(), Weight::Plain, again),
            )
        }
    })
}

/// The same for a line that nothing depends on: it is not missed.
pub(crate) fn lazy_quietly<Fetch, Error>(
    is_here: bool,
    fetch: fn() -> Fetch,
    view: impl Fn() -> Option<AnyView> + Send + 'static,
) -> AnyView
where
    Fetch: Future<Output = Result<(), Error>> + 'static,
    Error: 'static,
{
    let progress = begun(is_here, fetch);
    follow_some(move || (progress.get() == Progress::There).then(&view).flatten())
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
        in_its_turn(move || {
            progress.try_set(end);
        });
    });
}

/// Shows parts one after the other, each in a turn of its own, so that a person who types or clicks is answered in between.
pub(crate) fn one_by_one(parts: impl IntoIterator<Item = fn() -> AnyView>) -> AnyView {
    let part = |part: fn() -> AnyView| {
        let is_here = RwSignal::new(false);
        in_its_turn(move || {
            is_here.try_set(true);
        });
        follow_some(move || is_here.get().then(part))
    };
    parts.into_iter().map(part).collect::<Vec<AnyView>>().into_any()
}

/// Does something as soon as the browser has done what it has to do before.
fn in_its_turn(action: impl FnOnce() + 'static) {
    set_timeout(action, Duration::ZERO);
}

/// What a future yields without having to wait. One that does have to is given up.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
