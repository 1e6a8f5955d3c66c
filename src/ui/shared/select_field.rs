//! One of several, from a list.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::field::{described_by, frame};
use super::{Icon, IconName, use_id};
use crate::ui::part::part;

/// Properties of [`SelectField`].
#[derive(PartialEq, Properties)]
pub struct SelectFieldProps {
    /// Its name.
    pub label: AttrValue,
    /// The choices.
    pub options: Vec<AttrValue>,
    /// The position of the present choice.
    pub selected: usize,
    /// A sentence below.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// The position of the new choice.
    pub on_select: Callback<usize>,
}

/// One of several, from the browser's own list. Always shows the choice that the page has, also where the page did not take the user's.
#[component]
pub fn SelectField(props: &SelectFieldProps) -> Html {
    let id = use_id();
    let node = use_node_ref();
    let update = use_force_update();
    {
        // After every render: `selected` is written only where it changes in the virtual DOM, and the user changes the real one.
        let (node, selected) = (node.clone(), i32::try_from(props.selected).unwrap_or(-1));
        use_effect(move || {
            if let Some(select) = node.cast::<web_sys::HtmlSelectElement>()
                && select.selected_index() != selected
            {
                select.set_selected_index(selected);
            }
        });
    }
    let onchange = {
        let on_select = props.on_select.clone();
        Callback::from(move |event: Event| {
            let select: Option<web_sys::HtmlSelectElement> = event.target().and_then(|target| target.dyn_into().ok());
            if let Some(index) = select.and_then(|select| usize::try_from(select.selected_index()).ok()) {
                on_select.emit(index);
            }
            update.force_update();
        })
    };
    let help = props.help.as_ref();
    let control = html! {
        <div class="input input-select">
            <select ref={node} id={id.clone()} aria-describedby={described_by(&id, help, None)} disabled={props.disabled} {onchange}>
                for (index, option) in props.options.iter().enumerate() {
                    <option value={index.to_string()} selected={index == props.selected}>{ option }</option>
                }
            </select>
            { part!(<Icon name={IconName::ChevronDown} />) }
        </div>
    };
    frame(&id, &props.label, help, None, control)
}
