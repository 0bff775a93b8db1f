//! Where a component stands while it is tested: mounted into the document, and gone with the test.

use crate::app::app;
use crate::app::settings;
use crate::app::split::CHUNKS;
use crate::i18n::{Language, Locale};
use crate::sandbox::Preset;
use crate::session::state::State;
use crate::session::store;
use event_store::EventStore;
use js_sys::Promise;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::Render;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::{Event, EventInit, HtmlDocument, HtmlElement, HtmlInputElement, NodeList};

#[wasm_bindgen(inline_js = "
    export const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const addresses = [];
    export const room_for_an_address = async () => {
        const soonest = (addresses.at(-80) ?? -Infinity) + 10_000;
        await wait(soonest - performance.now());
        addresses.push(performance.now());
    };
    export const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    export const caught_file = async (press) => {
        const [create, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
        let file;
        URL.createObjectURL = (blob) => { file = blob; return '#file'; };
        let name;
        HTMLAnchorElement.prototype.click = function () { name = this.download; };
        try { press(); } finally { [URL.createObjectURL, HTMLAnchorElement.prototype.click] = [create, click]; }
        return [name, file.type, await file.text()];
    };
")]
extern "C" {
    fn wait(milliseconds: u32) -> Promise;
    /// WebKit lets a page push a hundred addresses in ten seconds, and all tests stand on one page.
    fn room_for_an_address() -> Promise;
    fn frame() -> Promise;
    fn caught_file(press: &js_sys::Function) -> Promise;
}

/// Lets time pass.
pub(super) async fn pause(milliseconds: u32) {
    wait(milliseconds).await.unwrap();
}

/// Lets everything that follows from what was just done stand on the screen.
pub(super) async fn drawn() {
    // What is drawn in one frame may move the focus in the next.
    for _ in 0..2 {
        frame().await.unwrap();
    }
}

/// Presses an element, and catches the file that it hands over: its name, its media type and its text.
pub(super) async fn file_of(pressed: &HtmlElement) -> [String; 3] {
    let press = js_sys::Function::new_with_args("", "this.click()").bind0(pressed);
    let caught: js_sys::Array = caught_file(&press).await.unwrap().unchecked_into();
    [0, 1, 2].map(|index| caught.get(index).as_string().unwrap())
}

/// A component in the document.
pub(super) struct Harness {
    place: HtmlElement,
    mounted: Option<UnmountHandle<<AnyView as Render>::State>>,
}

impl Harness {
    /// A component by itself.
    pub(super) async fn holding(view: impl FnOnce() -> AnyView + 'static) -> Harness {
        let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&place).unwrap();
        let mounted = Some(mount_to(place.clone(), view));
        drawn().await;
        Harness { place, mounted }
    }

    /// The whole page, in English, with an example account as it begins.
    pub(super) async fn page(preset: Preset) -> Harness {
        Harness::page_with_state(preset).await.0
    }

    /// The same with what the page shares, for what outlives it.
    pub(super) async fn page_with_state(preset: Preset) -> (Harness, State) {
        room_for_an_address().await.unwrap();
        let history = window().history().unwrap();
        history.push_state_with_url(&JsValue::NULL, "", Some("/")).unwrap();
        window().local_storage().unwrap().unwrap().clear().unwrap();
        settings::set("account", preset.id());
        settings::set("language", Language::English.tag());
        assert_eq!(store::open().await, None, "the browser keeps histories");
        store::current().replace(preset.id(), &[]).await.unwrap();
        let (locale, state) = (Locale::begin(CHUNKS.german).await, State::read(CHUNKS.decider).await.unwrap());
        let page = Harness::holding(move || app(state, locale, CHUNKS)).await;
        // What comes after the first picture.
        page.until(|| page.any("#tier-heading")).await;
        (page, state)
    }

    /// Goes to another page by the navigation.
    pub(super) async fn go(&self, entry: &str) {
        room_for_an_address().await.unwrap();
        self.press_named("nav a", entry).await;
        assert_eq!(self.text("nav a[aria-current=page]"), entry);
    }

    /// Elements, in their order; one of a drawing, too, answers to what is asked here.
    pub(super) fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found: NodeList = self.place.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.get(index)).map(JsCast::unchecked_into).collect()
    }

    pub(super) fn any(&self, selector: &str) -> bool {
        self.place.query_selector(selector).unwrap().is_some()
    }

    pub(super) fn find(&self, selector: &str) -> HtmlElement {
        self.all(selector).into_iter().next().unwrap_or_else(|| panic!("there is no {selector}"))
    }

    /// The element that says just this.
    pub(super) fn named(&self, selector: &str, name: &str) -> HtmlElement {
        let found = self.all(selector).into_iter().find(|element| said(element) == name);
        found.unwrap_or_else(|| panic!("no {selector} says {name}"))
    }

    pub(super) fn input(&self, selector: &str) -> HtmlInputElement {
        self.find(selector).unchecked_into()
    }

    /// What an element says, in one line.
    pub(super) fn text(&self, selector: &str) -> String {
        said(&self.find(selector))
    }

    /// Everything that is in the document, with its attributes.
    pub(super) fn markup(&self) -> String {
        self.place.outer_html()
    }

    /// Types at the caret, as a keyboard does.
    pub(super) async fn keys(&self, selector: &str, text: &str) {
        let input = self.input(selector);
        input.focus().unwrap();
        let document: HtmlDocument = document().unchecked_into();
        for key in text.chars() {
            let typed = document.exec_command_with_show_ui_and_value("insertText", false, &key.to_string());
            assert_eq!(typed, Ok(true), "{selector} takes {key}");
        }
        drawn().await;
    }

    /// Puts a text into a field in the place of what is there.
    pub(super) async fn fill(&self, selector: &str, text: &str) {
        self.input(selector).set_value(text);
        self.happens(selector, "input").await;
    }

    /// Leaves a field.
    pub(super) async fn leave(&self, selector: &str) {
        self.happens(selector, "blur").await;
    }

    /// Chooses an option by its value.
    pub(super) async fn choose(&self, selector: &str, value: &str) {
        self.find(selector).unchecked_into::<web_sys::HtmlSelectElement>().set_value(value);
        self.happens(selector, "change").await;
    }

    async fn happens(&self, selector: &str, event: &str) {
        let init = EventInit::new();
        init.set_bubbles(true);
        let event = Event::new_with_event_init_dict(event, &init).unwrap();
        self.find(selector).dispatch_event(&event).unwrap();
        drawn().await;
    }

    /// Presses what says just this, from the keyboard's place.
    pub(super) async fn press_named(&self, selector: &str, name: &str) {
        press(&self.named(selector, name)).await;
    }

    pub(super) async fn press(&self, selector: &str) {
        press(&self.find(selector)).await;
    }

    /// Waits for something that takes a while, but not for ever.
    pub(super) async fn until(&self, is_so: impl Fn() -> bool) {
        for _ in 0..100 {
            if is_so() {
                return drawn().await;
            }
            pause(50).await;
        }
        panic!("it does not come: {}", said(&self.place));
    }
}

impl Drop for Harness {
    fn drop(&mut self) {
        drop(self.mounted.take());
        self.place.remove();
    }
}

async fn press(element: &HtmlElement) {
    element.focus().unwrap();
    element.click();
    drawn().await;
}

/// What an element says, in one line.
pub(super) fn said(element: &HtmlElement) -> String {
    element.text_content().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The id of what has the focus.
pub(super) fn focused() -> String {
    document().active_element().map(|element| element.id()).unwrap_or_default()
}
