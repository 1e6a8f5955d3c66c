//! One module a page.

pub mod cost;
pub mod estate;
pub mod footprints;
pub mod plan;
pub mod rules;

use yew::prelude::*;

use crate::store::Page;

/// The page as a component.
pub fn view(page: Page) -> Html {
    match page {
        Page::Estate => html! { <estate::EstatePage /> },
        Page::Footprints => html! { <footprints::FootprintsPage /> },
        Page::Rules => html! { <rules::RulesPage /> },
        Page::Plan => html! { <plan::PlanPage /> },
        Page::Cost => html! { <cost::CostPage /> },
    }
}
