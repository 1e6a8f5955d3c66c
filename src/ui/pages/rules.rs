//! How is demand counted, what must hold, and what does each choice change?

mod add_rule;
mod effect;
mod measures;
mod objective;
mod placement;
mod policy;
mod presets;

use yew::prelude::*;

use crate::store::AppState;
use crate::ui::hooks::use_selector;
use crate::ui::lazy::{Further, Lazy, Place};
use crate::ui::part::part;

/// The rules page: the sizing policy, its effect beside it, and the placement rules.
#[component]
pub fn RulesPage() -> Html {
    let has_estate = use_selector(AppState::has_estate);
    html! {
        <div class="page">
            <h1 class="visually-hidden">{ "Rules" }</h1>
            <div class="cols">
                <div class="stack">
                    { part!(<policy::PolicyCards />) }
                    { part!(<measures::Measures />) }
                    { part!(<placement::PlacementRules />) }
                    { part!(<Lazy place={Place::Further(Further::Latency)} />) }
                    <div class="stack">
                        if has_estate { { part!(<Lazy place={Place::Further(Further::Applications)} />) } }
                    </div>
                    { part!(<objective::WhatCounts />) }
                    { part!(<objective::HowPlansAreFound />) }
                </div>
                <div class="stack side">
                    if has_estate { { part!(<effect::Effect />) } }
                </div>
            </div>
        </div>
    }
}
