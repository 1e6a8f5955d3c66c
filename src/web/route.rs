//! The page in the address, after the `#`: it works on any static host and under any path.

use crate::store::Page;

use super::dom;

/// The page that the address names.
#[must_use]
pub fn current() -> Page {
    let hash = dom::window().location().hash().unwrap_or_default();
    Page::from_slug(hash.trim_start_matches("#/")).unwrap_or_default()
}

/// Shows `page` in the address.
pub fn show(page: Page) {
    if current() != page || dom::window().location().hash().unwrap_or_default().is_empty() {
        let shown = dom::window().location().set_hash(&format!("/{}", page.slug()));
        if let Err(error) = shown {
            web_sys::console::warn_1(&error);
        }
    }
    dom::document().set_title(&format!("{} · Groundwork", page.title()));
}
