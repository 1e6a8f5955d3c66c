//! The page and the scenario in the address, after the `#`: it works on any static host and under any path.
//!
//! `#/cost` is the cost page of the first scenario, `#/cost/2` that of the second.

use crate::store::Page;

use super::dom;

/// The page that the address names, and the number of the scenario, counted from 0.
#[must_use]
pub fn current() -> (Page, usize) {
    let hash = dom::window().location().hash().unwrap_or_default();
    let mut parts = hash.trim_start_matches("#/").split('/');
    let page = parts.next().and_then(Page::from_slug).unwrap_or_default();
    let scenario = parts.next().and_then(|number| number.parse().ok()).unwrap_or(1_usize);
    (page, scenario.saturating_sub(1))
}

/// The address of a page of scenario number `scenario`, counted from 0.
#[must_use]
pub fn address(page: Page, scenario: usize) -> String {
    if scenario == 0 { format!("#/{}", page.slug()) } else { format!("#/{}/{}", page.slug(), scenario + 1) }
}

/// Shows page and scenario in the address.
pub fn show(page: Page, scenario: usize) {
    if current() != (page, scenario) || dom::window().location().hash().unwrap_or_default().is_empty() {
        let shown = dom::window().location().set_hash(address(page, scenario).trim_start_matches('#'));
        if let Err(error) = shown {
            web_sys::console::warn_1(&error);
        }
    }
    dom::document().set_title(&format!("{} · Groundwork", page.title()));
}
