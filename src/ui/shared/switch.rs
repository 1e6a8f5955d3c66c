//! On or off.

use yew::prelude::*;

use super::field::input_of;

/// Properties of [`Switch`] and [`Checkbox`].
#[derive(PartialEq, Properties)]
pub struct SwitchProps {
    /// What is on or off.
    pub label: AttrValue,
    /// Whether it is on.
    pub checked: bool,
    /// A sentence below the label.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// The label is for screen readers only.
    #[prop_or_default]
    pub hide_label: bool,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// Whether it is on now.
    pub on_change: Callback<bool>,
}

/// A switch: takes effect at once.
#[component]
pub fn Switch(props: &SwitchProps) -> Html {
    let update = use_force_update();
    view(props, Some("switch"), update)
}

/// A check box: one of several that belong together.
#[component]
pub fn Checkbox(props: &SwitchProps) -> Html {
    let update = use_force_update();
    view(props, None, update)
}

fn view(props: &SwitchProps, role: Option<&'static str>, update: UseForceUpdateHandle) -> Html {
    let on_change = props.on_change.clone();
    let onchange = Callback::from(move |event: Event| {
        on_change.emit(input_of(&event).checked());
        // Where the page does not take the change, the box goes back.
        update.force_update();
    });
    html! {
        <label class="check">
            <input type="checkbox" {role} checked={props.checked} disabled={props.disabled} {onchange} />
            <span class={props.hide_label.then_some("visually-hidden")}>
                { &props.label }
                if let Some(help) = &props.help { <span class="field-hint">{ help }</span> }
            </span>
        </label>
    }
}
