//! Which columns does a table show? Chosen once, remembered by this browser.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::store::listing::{Listed, fitting};
use crate::ui::part::part;
use crate::ui::shared::Checkbox;
use crate::web::{choices, dom};

/// The columns of a table that are shown in so many px, and what shows a hidden one or hides a shown one. `name` is under what the choice is remembered: the
/// columns that somebody showed, as `+name`, or hid, as `-name`. The name always stays.
#[hook]
pub fn use_columns(of: &Rc<dyn Listed>, name: &'static str, width: Option<f64>) -> (Vec<usize>, Callback<usize>) {
    let columns = of.columns();
    let key = [name, "-columns"].concat();
    let chosen = {
        let key = key.clone();
        use_state(move || {
            let words = choices::remembered(&key).unwrap_or_default();
            let is_chosen = |at: usize| {
                // Without a sign it is as an earlier version wrote it: the other way round than at first.
                words.split(' ').find_map(|word| match word.split_at_checked(1) {
                    Some(("+", rest)) if rest == remembered(columns[at].names) => Some(true),
                    Some(("-", rest)) if rest == remembered(columns[at].names) => Some(false),
                    _ => (word == remembered(columns[at].names)).then_some(!columns[at].shown),
                })
            };
            (1..columns.len()).filter_map(|at| Some((at, is_chosen(at)?))).collect::<Vec<(usize, bool)>>()
        })
    };
    let shown = fitting(columns, &chosen, width);
    let on_turn = {
        let shown = shown.clone();
        Callback::from(move |column: usize| {
            let mut next = (*chosen).clone();
            next.retain(|(other, _)| *other != column);
            next.push((column, !shown.contains(&column)));
            let word = |(at, is_shown): &(usize, bool)| {
                [if *is_shown { "+" } else { "-" }, remembered(columns[*at].names)].concat()
            };
            choices::remember(&key, &next.iter().map(word).collect::<Vec<_>>().join(" "));
            chosen.set(next);
        })
    };
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
