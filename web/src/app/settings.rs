//! The few words that the page keeps between visits beside the histories: which account is shown, and how late it is there.

use web_sys::Storage;

/// Kept apart from whatever else this address keeps.
const PREFIX: &str = "sandbox-";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

pub(crate) fn get(name: &str) -> Option<String> {
    storage()?.get_item(&[PREFIX, name].concat()).ok()?
}

pub(crate) fn set(name: &str, value: &str) {
    if let Some(storage) = storage() {
        // A browser that keeps nothing shows the same page.
        let _ = storage.set_item(&[PREFIX, name].concat(), value);
    }
}

pub(crate) fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&[PREFIX, name].concat());
    }
}
