//! Which scenario is on screen, and one more of them.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::hooks::{use_selector, use_services};
use super::shared::{Icon, IconName};
use crate::store::{Action, AppState, Capture, Edit, UiAction};
use crate::ui::part::part;

/// A list of all scenarios where there are several, and a button that copies the one on screen.
#[component]
pub fn ScenarioSwitch() -> Html {
    let store = use_services().store().clone();
    let names = use_selector(|state| state.project.scenarios.iter().map(|one| one.name.clone()).collect::<Vec<_>>());
    let shown = use_selector(AppState::shown);
    if !use_selector(AppState::has_estate) {
        return html! {};
    }
    let on_add = {
        let store = store.clone();
        Callback::from(move |_event: MouseEvent| {
            store.dispatch(Action::Edit(Edit::CopyScenario(shown), Capture::Record));
        })
    };
    let onchange = Callback::from(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok());
        if let Some(index) = select.and_then(|select| usize::try_from(select.selected_index()).ok()) {
            store.dispatch(Action::Ui(UiAction::Scenario(index)));
        }
    });
    let title = "Another scenario: a copy of the one on screen, to change and compare";
    html! {
        <div class="scenario-switch">
            if names.len() > 1 {
                <div class="input input-select">
                    <select aria-label="Scenario" {onchange}>
                        for (index, name) in names.iter().enumerate() {
                            <option key={index} translate="no" selected={index == shown}>{ name }</option>
                        }
                    </select>
                    { part!(<Icon name={IconName::ChevronDown} />) }
                </div>
            }
            <button type="button" class="btn btn-quiet" {title} onclick={on_add}>{ "+ Scenario" }</button>
        </div>
    }
}
