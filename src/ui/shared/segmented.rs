//! One of a few, all in view.

use yew::prelude::*;

use super::use_id;

/// Properties of [`Segmented`].
#[derive(PartialEq, Properties)]
pub struct SegmentedProps {
    /// What is chosen, for screen readers.
    pub label: AttrValue,
    /// The choices; two to five short ones.
    pub options: Vec<&'static str>,
    /// The position of the present choice.
    pub selected: usize,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// The position of the new choice.
    pub on_select: Callback<usize>,
}

/// One of a few, as a row of radio buttons: arrow keys go through them.
#[component]
pub fn Segmented(props: &SegmentedProps) -> Html {
    let name = use_id();
    let update = use_force_update();
    html! {
        <div class="segmented" role="radiogroup" aria-label={props.label.clone()}>
            for (index, option) in props.options.iter().enumerate() {
                <label>
                    <input type="radio" name={name.clone()} checked={index == props.selected} disabled={props.disabled}
                        onchange={choose(props.on_select.clone(), index, update.clone())} />
                    <span>{ *option }</span>
                </label>
            }
        </div>
    }
}

fn choose(on_select: Callback<usize>, index: usize, update: UseForceUpdateHandle) -> Callback<Event> {
    Callback::from(move |_event| {
        on_select.emit(index);
        update.force_update();
    })
}
