//! Light, dark or as the system has it; dense or comfortable.

use crate::store::{Density, Theme};

use super::{choices, dom};

/// Under what the theme is remembered.
const THEME: &str = "theme";

/// The theme that was chosen before; the system's where none was or storage is closed.
#[must_use]
pub fn remembered() -> Theme {
    Theme::from_slug(&choices::remembered(THEME).unwrap_or_default())
}

/// Shows `theme`, and remembers it where storage is open.
pub fn apply(theme: Theme) {
    if let Some(root) = dom::document().document_element() {
        let shown = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            other => root.set_attribute("data-theme", other.slug()),
        };
        if let Err(error) = shown {
            web_sys::console::warn_1(&error);
        }
    }
    choices::remember(THEME, theme.slug());
}

/// Under what the density is remembered.
const DENSITY: &str = "density";

/// The density that was chosen before.
#[must_use]
pub fn remembered_density() -> Density {
    Density::from_slug(&choices::remembered(DENSITY).unwrap_or_default())
}

/// Gives things so much room, and remembers it where storage is open.
pub fn apply_density(density: Density) {
    if let Some(root) = dom::document().document_element()
        && let Err(error) = root.set_attribute("data-density", density.slug())
    {
        web_sys::console::warn_1(&error);
    }
    choices::remember(DENSITY, density.slug());
}
