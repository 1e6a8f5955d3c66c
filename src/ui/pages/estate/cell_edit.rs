//! What is said of a machine, typed into the table itself.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::web::typing;

/// Properties of [`CellEdit`].
#[derive(PartialEq, Properties)]
pub struct CellEditProps {
    /// What is typed, for screen readers.
    pub label: AttrValue,
    /// The present text.
    pub value: AttrValue,
    /// Names to choose from.
    pub names: Vec<AttrValue>,
    /// Whether it must be one of them; the first stands for nothing.
    pub only_names: bool,
    /// The new text; `None` where it stays.
    pub on_end: Callback<Option<String>>,
}

/// A box in a cell. Enter and leaving it commit, Escape goes back; the focus returns to the cell.
#[component]
pub fn CellEdit(props: &CellEditProps) -> Html {
    let node = use_node_ref();
    let is_over = use_mut_ref(|| false);
    {
        let (node, value) = (node.clone(), props.value.clone());
        use_effect_with((), move |()| {
            let Some(element) = node.cast::<web_sys::HtmlElement>() else { return };
            drop(element.focus());
            if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
                // Once, and not as an attribute: the table is drawn again while one types, whenever a plan comes, and would take back what is typed.
                input.set_value(&value);
                input.select();
            }
            typing::release();
        });
    }
    let end = {
        let (node, value, on_end) = (node.clone(), props.value.clone(), props.on_end.clone());
        move |is_kept: bool, by_key: bool| {
            // Taking the box away makes it lose the focus, which is no second end.
            if is_over.replace(true) {
                return;
            }
            let Some(element) = node.cast::<web_sys::Element>() else { return };
            let text =
                match (element.dyn_ref::<web_sys::HtmlInputElement>(), element.dyn_ref::<web_sys::HtmlSelectElement>())
                {
                    (Some(input), _) => input.value(),
                    (_, Some(select)) if select.selected_index() > 0 => select.value(),
                    _ => String::new(),
                };
            let text = text.trim().to_owned();
            let cell = element.closest("[role=gridcell]").ok().flatten().filter(|_| by_key);
            if let Some(cell) = cell.and_then(|cell| cell.dyn_into::<web_sys::HtmlElement>().ok()) {
                drop(cell.focus());
            }
            on_end.emit(Some(text).filter(|text| is_kept && *text != value.as_str()));
        }
    };
    let onkeydown = {
        let end = end.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let "Enter" | "Escape" = event.key().as_str() {
                event.prevent_default();
                event.stop_propagation();
                end(event.key() == "Enter", true);
            }
        })
    };
    let onblur = Callback::from(move |_event: FocusEvent| end(true, false));
    if props.only_names {
        return html! {
            <select ref={node} class="cell-edit" aria-label={props.label.clone()} {onkeydown} {onblur}>
                { for props.names.iter().map(|name| html! { <option key={name.to_string()} value={name.clone()} selected={*name == props.value}>{ name }</option> }) }
            </select>
        };
    }
    html! {
        <>
            <input ref={node} class="cell-edit" aria-label={props.label.clone()} maxlength="200" list="names-of-others" autocomplete="off" {onkeydown} {onblur} />
            <datalist id="names-of-others">{ for props.names.iter().map(|name| html! { <option key={name.to_string()} value={name.clone()}></option> }) }</datalist>
        </>
    }
}
