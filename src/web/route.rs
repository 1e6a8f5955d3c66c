//! The page and the scenario in the address, after the `#`: it works on any static host and under any path.
//!
//! `#/cost` is the cost page, `#/cost/2` that of the second scenario. Without a number the scenario stays what it is.

use crate::store::Page;

use super::dom;

/// The page that the address names, and the number of the scenario, counted from 0, where it names one.
#[must_use]
pub fn current() -> (Page, Option<usize>) {
    let hash = dom::window().location().hash().unwrap_or_default();
    let mut parts = hash.trim_start_matches("#/").split('/');
    let page = parts.next().and_then(Page::from_slug).unwrap_or_default();
    let number: Option<usize> = parts.next().and_then(|number| number.parse().ok());
    (page, number.and_then(|number| number.checked_sub(1)))
}

/// Shows page and scenario in the address.
pub fn show(page: Page, scenario: Option<usize>) {
    if current() != (page, scenario) || dom::window().location().hash().unwrap_or_default().is_empty() {
        let scenario = scenario.map_or_else(String::new, |scenario| format!("/{}", scenario + 1));
        let shown = dom::window().location().set_hash(&format!("/{}{scenario}", page.slug()));
        if let Err(error) = shown {
            web_sys::console::warn_1(&error);
        }
    }
    dom::document().set_title(&format!("{} · Groundwork", page.title()));
}
