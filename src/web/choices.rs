//! Small choices of how things are shown, which this browser remembers for all projects.

use super::dom;

/// What was chosen under a name; `None` where nothing was, or storage is closed.
#[must_use]
pub fn remembered(name: &str) -> Option<String> {
    dom::window().local_storage().ok().flatten()?.get_item(&key(name)).ok().flatten()
}

/// Remembers a choice where storage is open.
pub fn remember(name: &str, choice: &str) {
    if let Ok(Some(storage)) = dom::window().local_storage() {
        // A closed or full storage costs the memory of a choice, nothing else.
        drop(storage.set_item(&key(name), choice));
    }
}

fn key(name: &str) -> String {
    ["groundwork.", name].concat()
}
