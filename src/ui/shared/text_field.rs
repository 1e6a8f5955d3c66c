//! Text in a box: committed when left, or with every letter for a search.

use yew::prelude::*;

use super::field::{DraftField, input_of};
use super::{Icon, IconName};
use crate::ui::part::part;

/// Properties of [`TextField`].
#[derive(PartialEq, Properties)]
pub struct TextFieldProps {
    /// Its name.
    pub label: AttrValue,
    /// The present text.
    pub value: AttrValue,
    /// What stands in an empty box.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// A sentence below.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// The largest number of letters.
    #[prop_or_default]
    pub max_length: Option<u32>,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// The new text, on Enter or when the box is left.
    pub on_change: Callback<String>,
}

/// A text in a box. Enter and leaving it commit, Escape goes back.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let (value, on_change) = (props.value.clone(), props.on_change.clone());
    let commit = Callback::from(move |text: String| {
        if text != value.as_str() {
            on_change.emit(text);
        }
        Ok(())
    });
    part!(<DraftField label={props.label.clone()} text={props.value.clone()} {commit} placeholder={props.placeholder.clone()} help={props.help.clone()}
            max_length={props.max_length} disabled={props.disabled} />)
}

/// Properties of [`SearchField`].
#[derive(PartialEq, Properties)]
pub struct SearchFieldProps {
    /// Its name, for screen readers.
    pub label: AttrValue,
    /// The present text.
    pub value: AttrValue,
    /// What can be searched for.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// The text with every letter.
    pub on_input: Callback<String>,
}

/// A search box that filters while one types. Escape empties it.
#[component]
pub fn SearchField(props: &SearchFieldProps) -> Html {
    let oninput = props.on_input.reform(|event: InputEvent| input_of(&event).value());
    let onkeydown = {
        let on_input = props.on_input.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !input_of(&event).value().is_empty() {
                event.prevent_default();
                event.stop_propagation();
                on_input.emit(String::new());
            }
        })
    };
    html! {
        <div class="input input-search">
            { part!(<Icon name={IconName::Search} />) }
            <input type="search" aria-label={props.label.clone()} placeholder={props.placeholder.clone()} autocomplete="off" spellcheck="false"
                value={props.value.clone()} {oninput} {onkeydown} />
        </div>
    }
}
