//! Small choices of how things are shown, which this browser remembers for all projects.

use super::dom;
use crate::engine::schema::limits;

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

/// Under what the steps of a search are remembered.
const STEPS: &str = "search-steps";

/// In how many steps plans of new projects are looked for: as many as were chosen last, so that who has a slow computer chooses once.
#[must_use]
pub fn steps() -> Option<u32> {
    remembered(STEPS)?.parse().ok().filter(|steps| limits::STEPS.contains(steps))
}

/// Remembers them.
pub fn remember_steps(steps: u32) {
    remember(STEPS, &steps.to_string());
}

fn key(name: &str) -> String {
    ["groundwork.", name].concat()
}
