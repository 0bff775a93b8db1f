//! What only the browser can do or say: the clock, the title, focus, and a banner when the page has failed.

use billing::time::Timestamp;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, FocusOptions, HtmlAnchorElement, HtmlElement, HtmlInputElement, Url};

/// The present time. The rules have no clock; this is the only place that reads one.
#[allow(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a whole number far below 2^53")]
pub(crate) fn now() -> Option<Timestamp> {
    Timestamp::from_unix_milliseconds(js_sys::Date::now() as i64).ok()
}

/// Puts the app in the place of the still picture that `index.html` shows while it loads.
pub(crate) fn mount(app: impl FnOnce() -> AnyView + 'static) {
    let place = document().get_element_by_id("app").and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(place) = place {
        place.set_text_content(None);
        leptos::mount::mount_to(place, app).forget();
    }
}

/// After a panic nothing on the page answers any more: say so and offer to load it again.
pub(crate) fn show_a_banner_after_a_crash() {
    std::panic::set_hook(Box::new(|_| {
        if let Some(banner) =
            web_sys::window().and_then(|it| it.document()).and_then(|it| it.get_element_by_id("crashed"))
        {
            let _ = banner.remove_attribute("hidden");
        }
    }));
}

/// Tells the script that starts the page that every part has come.
pub(crate) fn say_that_the_page_is_here() {
    if let Ok(event) = web_sys::Event::new("page-is-here") {
        let _ = window().dispatch_event(&event);
    }
}

/// Copies a text. A browser that does not let the page leaves it to be selected by hand.
pub(crate) fn copy(text: &str) {
    let _ = window().navigator().clipboard().write_text(text);
}

/// Hands a file over. `kind` is its media type.
pub(crate) fn download(name: &str, kind: &str, contents: &[u8]) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(contents));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
    let Some(address) = blob.ok().and_then(|blob| Url::create_object_url_with_blob(&blob).ok()) else { return };
    if let Some(link) = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&address);
}

/// Moves the focus, and with it the reading position, to an element.
pub(crate) fn focus(id: &str) {
    if let Some(element) = html_element(id) {
        let _ = element.focus();
    }
}

/// The same, while what is shown stays where it is: the browser knows where a page was left.
pub(crate) fn focus_in_place_soon(id: &'static str) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    request_animation_frame(move || {
        if let Some(element) = html_element(id) {
            let _ = element.focus_with_options(&options);
        }
    });
}

/// Moves the focus once what is being drawn stands.
pub(crate) fn focus_soon(id: &'static str) {
    request_animation_frame(move || focus(id));
}

/// Whether nothing has the focus: what had it is gone.
pub(crate) fn focus_is_lost() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

pub(crate) fn html_element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The input that an event happened in.
pub(crate) fn input_of(event: &web_sys::Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// The languages that the person reads, best first.
pub(crate) fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Says in which language the document is.
pub(crate) fn set_language(tag: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Words what `index.html` holds ready for a crash, after which nothing can be worded any more.
pub(crate) fn word_the_banner(crashed: &str, load_again: &str) {
    for (id, text) in [("crashed-text", crashed), ("crashed-link", load_again)] {
        if let Some(element) = html_element(id) {
            element.set_text_content(Some(text));
        }
    }
}

/// In which language the document is.
pub(crate) fn page_language() -> String {
    document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_else(|| "en".to_owned())
}

/// The language that the person reads best.
pub(crate) fn language() -> String {
    window().navigator().language().unwrap_or_else(|| "en-US".to_owned())
}
