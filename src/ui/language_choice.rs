//! What the texts are shown in.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::hooks::{use_selector, use_services};
use super::shared::{Icon, IconName};
use crate::store::{Action, Language, UiAction};
use crate::ui::part::part;

/// The languages, each by its own name, so that whoever cannot read the page finds the way.
#[component]
pub fn LanguageChoice() -> Html {
    let store = use_services().store().clone();
    let shown = use_selector(|state| state.ui.language);
    let onchange = Callback::from(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok());
        let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
        if let Some(&language) = index.and_then(|index| Language::ALL.get(index)) {
            store.dispatch(Action::Ui(UiAction::Language(language)));
        }
    });
    html! {
        <div class="input input-select language">
            <select aria-label="Language" {onchange}>
                for language in Language::ALL {
                    <option key={language.tag()} translate="no" lang={language.tag()} selected={language == shown}>{ language.name() }</option>
                }
            </select>
            { part!(<Icon name={IconName::ChevronDown} />) }
        </div>
    }
}
