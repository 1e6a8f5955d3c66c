//! One of several panels.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::style::report;
use super::use_id;

/// Properties of [`Tabs`].
#[derive(PartialEq, Properties)]
pub struct TabsProps {
    /// What the tabs are about, for screen readers.
    pub label: AttrValue,
    /// The names of the panels.
    pub tabs: Vec<AttrValue>,
    /// The position of the panel that is shown.
    pub selected: usize,
    /// The position of the panel to show.
    pub on_select: Callback<usize>,
    /// The panel that is shown.
    pub children: Html,
}

/// Tabs over the panel that is shown: one tab stop, arrow keys go through them, Home and End to the first and last.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let id = use_id();
    let onkeydown = {
        let (count, selected, on_select) = (props.tabs.len(), props.selected, props.on_select.clone());
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" => (selected + 1) % count,
                "ArrowLeft" => (selected + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            focus_tab(&event, next);
            on_select.emit(next);
        })
    };
    html! {
        <div class="tabs">
            <div class="tab-list" role="tablist" aria-label={props.label.clone()} {onkeydown}>
                for (index, tab) in props.tabs.iter().enumerate() {
                    <button type="button" class="tab" role="tab" id={format!("{id}-{index}")} aria-controls={format!("{id}-panel")}
                        aria-selected={(index == props.selected).to_string()} tabindex={if index == props.selected { "0" } else { "-1" }}
                        onclick={props.on_select.reform(move |_event: MouseEvent| index)}>{ tab }</button>
                }
            </div>
            <div class="tab-panel" role="tabpanel" id={format!("{id}-panel")} aria-labelledby={format!("{id}-{}", props.selected)}>
                { props.children.clone() }
            </div>
        </div>
    }
}

fn focus_tab(event: &KeyboardEvent, index: usize) {
    let list = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|tab| tab.parent_element());
    let tab = list
        .and_then(|list| list.children().item(index as u32))
        .and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(tab) = tab {
        report(tab.focus());
    }
}
