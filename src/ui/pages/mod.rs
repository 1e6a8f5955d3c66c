//! One module a page.

pub mod cost;
pub mod estate;
pub mod footprints;
pub mod plan;
pub mod rules;

use yew::prelude::*;

use crate::store::Page;
use crate::ui::part::part;

/// The page as a component.
pub fn view(page: Page) -> Html {
    match page {
        Page::Estate => part!(<estate::EstatePage />),
        Page::Footprints => part!(<footprints::FootprintsPage />),
        Page::Rules => part!(<rules::RulesPage />),
        Page::Plan => part!(<plan::PlanPage />),
        Page::Cost => part!(<cost::CostPage />),
    }
}
