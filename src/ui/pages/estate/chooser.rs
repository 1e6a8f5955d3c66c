//! Which columns does a table show? Chosen once, remembered by this browser.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::store::listing::Listed;
use crate::ui::part::part;
use crate::ui::shared::Checkbox;
use crate::web::{choices, dom};

/// The columns of a table that are shown, and what shows a hidden one or hides a shown one. `name` is under what the choice is remembered: the columns in
/// which it differs from what is shown at first. The name always stays.
#[hook]
pub fn use_columns(of: &Rc<dyn Listed>, name: &'static str) -> (Vec<usize>, Callback<usize>) {
    let columns = of.columns();
    let key = [name, "-columns"].concat();
    let turned = {
        let key = key.clone();
        use_state(move || {
            let turned = choices::remembered(&key).unwrap_or_default();
            let is_turned = |at: &usize| turned.split(' ').any(|other| other == remembered(columns[*at].names));
            (1..columns.len()).filter(is_turned).collect::<Vec<usize>>()
        })
    };
    let shown = (0..columns.len()).filter(|at| columns[*at].shown != turned.contains(at)).collect();
    let on_turn = Callback::from(move |column: usize| {
        let mut next: Vec<usize> = turned.iter().copied().filter(|other| *other != column).collect();
        if next.len() == turned.len() {
            next.push(column);
        }
        let names: Vec<&str> = next.iter().map(|&at| remembered(columns[at].names)).collect();
        choices::remember(&key, &names.join(" "));
        turned.set(next);
    });
    (shown, on_turn)
}

/// The name of a column in the choice that is remembered.
fn remembered(names: &[&'static str]) -> &'static str {
    names.first().copied().unwrap_or_default()
}

/// Properties of [`Chooser`].
#[derive(PartialEq, Properties)]
pub struct ChooserProps {
    /// What all columns are called.
    pub titles: Vec<&'static str>,
    /// The columns that are shown.
    pub shown: Vec<usize>,
    /// Shows or hides one.
    pub on_turn: Callback<usize>,
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
                    { for props.titles.iter().enumerate().skip(1).map(|(column, title)| {
                        let on_change = props.on_turn.reform(move |_is_shown: bool| column);
                        part!(key = *title, <Checkbox label={*title} checked={props.shown.contains(&column)} {on_change} />)
                    }) }
                }
            </div>
        </div>
    }
}
