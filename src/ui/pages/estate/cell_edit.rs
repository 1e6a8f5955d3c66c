//! Which application does this machine belong to? Typed into the table itself.

use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Properties of [`CellEdit`].
#[derive(PartialEq, Properties)]
pub struct CellEditProps {
    /// What is typed, for screen readers.
    pub label: AttrValue,
    /// The present text.
    pub value: AttrValue,
    /// Names to choose from.
    pub names: Vec<AttrValue>,
    /// The new text; `None` where it stays.
    pub on_end: Callback<Option<String>>,
}

/// A box in a cell. Enter and leaving it commit, Escape goes back; the focus returns to the cell.
#[component]
pub fn CellEdit(props: &CellEditProps) -> Html {
    let node = use_node_ref();
    let is_over = use_mut_ref(|| false);
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(input) = node.cast::<web_sys::HtmlInputElement>() {
                drop(input.focus());
                input.select();
            }
        });
    }
    let end = {
        let (node, value, on_end) = (node.clone(), props.value.clone(), props.on_end.clone());
        move |is_kept: bool, by_key: bool| {
            // Taking the box away makes it lose the focus, which is no second end.
            if is_over.replace(true) {
                return;
            }
            let Some(input) = node.cast::<web_sys::HtmlInputElement>() else { return };
            let text = input.value().trim().to_owned();
            let cell = input.closest("[role=gridcell]").ok().flatten().filter(|_| by_key);
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
    html! {
        <>
            <input ref={node} class="cell-edit" aria-label={props.label.clone()} value={props.value.clone()} maxlength="80" list="application-names" autocomplete="off" {onkeydown} {onblur} />
            <datalist id="application-names">{ for props.names.iter().map(|name| html! { <option key={name.to_string()} value={name.clone()}></option> }) }</datalist>
        </>
    }
}
