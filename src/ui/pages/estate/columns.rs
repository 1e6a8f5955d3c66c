//! Which columns does the table of machines show? Chosen once, remembered by this browser.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::store::select::MachineColumn;
use crate::ui::part::part;
use crate::ui::shared::Checkbox;
use crate::web::{choices, dom};

/// The name under which the choice is remembered.
const CHOICE: &str = "machine-columns";

/// All columns, with what they are called in the choice that is remembered. The name always stays.
pub const ALL: [(MachineColumn, &str); 8] = [
    (MachineColumn::Name, "name"),
    (MachineColumn::Cluster, "cluster"),
    (MachineColumn::Vcpus, "vcpu"),
    (MachineColumn::Memory, "memory"),
    (MachineColumn::Storage, "storage"),
    (MachineColumn::Os, "system"),
    (MachineColumn::Application, "application"),
    (MachineColumn::Power, "power"),
];

/// The columns that are shown, and what shows or hides one.
#[hook]
pub fn use_columns() -> (Vec<MachineColumn>, Callback<(MachineColumn, bool)>) {
    let hidden = use_state(|| {
        let hidden = choices::remembered(CHOICE).unwrap_or_default();
        ALL.into_iter()
            .filter(|(_, name)| hidden.split(' ').any(|other| other == *name))
            .map(|(it, _)| it)
            .collect::<Vec<_>>()
    });
    let shown = ALL.into_iter().map(|(column, _)| column).filter(|column| !hidden.contains(column)).collect();
    let on_change = Callback::from(move |(column, is_shown): (MachineColumn, bool)| {
        let mut next: Vec<MachineColumn> = hidden.iter().copied().filter(|other| *other != column).collect();
        if !is_shown {
            next.push(column);
        }
        let names = ALL.into_iter().filter(|(column, _)| next.contains(column)).map(|(_, name)| name);
        choices::remember(CHOICE, &names.collect::<Vec<_>>().join(" "));
        hidden.set(next);
    });
    (shown, on_change)
}

/// Properties of [`Chooser`].
#[derive(PartialEq, Properties)]
pub struct ChooserProps {
    /// The titles of [`ALL`].
    pub titles: Vec<AttrValue>,
    /// The columns that are shown.
    pub shown: Vec<MachineColumn>,
    /// Shows or hides one.
    pub on_change: Callback<(MachineColumn, bool)>,
}

/// A list of columns that opens below its button. Escape closes it, and so does a press anywhere else.
#[component]
pub fn Chooser(props: &ChooserProps) -> Html {
    let open = use_state(|| false);
    let (button, whole) = (use_node_ref(), use_node_ref());
    {
        let (setter, whole) = (open.setter(), whole.clone());
        use_effect_with(*open, move |is_open| {
            let listener = is_open.then(|| {
                EventListener::new(&dom::document(), "pointerdown", move |event| {
                    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                    if whole.get().is_some_and(|whole| !whole.contains(target.as_ref())) {
                        setter.set(false);
                    }
                })
            });
            move || drop(listener)
        });
    }
    let onclick = {
        let open = open.clone();
        Callback::from(move |_event: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, button) = (open.setter(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                open.set(false);
                if let Some(button) = button.cast::<web_sys::HtmlElement>() {
                    drop(button.focus());
                }
            }
        })
    };
    html! {
        <div ref={whole} class="chooser" {onkeydown}>
            <button ref={button} type="button" class="btn btn-s" aria-expanded={open.to_string()} {onclick}>{ "Columns" }</button>
            <div class="chooser-list" role="group" aria-label="Columns" hidden={!*open}>
                if *open {
                    { for ALL.into_iter().zip(&props.titles).skip(1).map(|((column, name), title)| {
                        let on_change = props.on_change.reform(move |is_shown: bool| (column, is_shown));
                        part!(key = name, <Checkbox label={title.clone()} checked={props.shown.contains(&column)} {on_change} />)
                    }) }
                }
            </div>
        </div>
    }
}
