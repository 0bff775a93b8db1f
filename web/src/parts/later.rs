//! Parts of the page that are downloaded when they are first wanted.
//!
//! The build takes what only such a part needs out of the page's wasm, into a file of its own.

use super::button::{Weight, button};
use super::element::el;
use super::follow::follow;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use wasm_split_helpers::SplitLoaderError;

/// How far a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Waited,
    Failed,
    There,
}

type Fetched = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;

/// Shows a part: at once if it is here, else when it has come. `fetch` and `view` are made by `wasm_split`.
pub(crate) fn later<Fetch, View>(fetch: fn() -> Fetch, view: impl Fn() -> View + Send + 'static) -> AnyView
where
    Fetch: Future<Output = Result<(), SplitLoaderError>> + 'static,
    View: Future<Output = Result<AnyView, SplitLoaderError>>,
{
    shared(move || Box::pin(fetch()), Box::new(move || at_once(view())?.ok()))
}

fn shared(
    fetch: impl Fn() -> Fetched + Copy + Send + Sync + 'static,
    view: Box<dyn Fn() -> Option<AnyView> + Send>,
) -> AnyView {
    let is_here = at_once(fetch()).is_some_and(|fetched| fetched.is_ok());
    let progress = RwSignal::new(if is_here { Progress::There } else { Progress::Waited });
    let begin = move || {
        spawn_local(async move {
            let end = if fetch().await.is_ok() { Progress::There } else { Progress::Failed };
            progress.try_set(end);
        });
    };
    if !is_here {
        begin();
    }
    follow(move || match progress.get() {
        Progress::Waited => el!("p", "class" = "calm", "role" = "status"; "Loading."),
        Progress::There => view().into_any(),
        Progress::Failed => {
            let again = move || {
                progress.set(Progress::Waited);
                begin();
            };
            el!("div", "class" = "stack", "role" = "alert";
                el!("p"; "This part of the page could not be loaded. Is there a connection?"),
                button("Try again".to_owned(), Weight::Plain, again),
            )
        }
    })
}

/// What a future yields without having to wait.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
