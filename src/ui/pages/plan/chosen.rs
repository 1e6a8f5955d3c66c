//! What to do with the machines that are selected in the list: run them elsewhere, lock them, let them go.

use std::rc::Rc;

use yew::prelude::*;

use super::Selection;
use super::move_to::Move;
use crate::engine::model::{Machine, MachineId, MiB};
use crate::engine::outcome::Outcome;
use crate::store::{Shared, Work, format};
use crate::ui::part::part;
use crate::ui::shared::{Dialog, Help};

/// How to select and to move.
const SELECTING: &str = "A click on the first cell of a row, or the space bar on it, selects the machine or lets it go. What is selected stays so while you search for more. Names can also be dragged: the places appear at the bottom, and each says what would change while you hold over it. Dragging one that is selected takes all that are.";

/// Properties of [`Chosen`].
#[derive(PartialEq, Properties)]
pub struct ChosenProps {
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// The project it was made from.
    pub project: Work,
    /// The machines that the list shows.
    pub rows: Rc<Vec<u32>>,
    /// Those that are selected, shown or not.
    pub selected: Selection,
    /// Selects others.
    pub on_select: Callback<Selection>,
}

/// A bar above the list.
#[component]
pub fn Chosen(props: &ChosenProps) -> Html {
    let open = use_state(|| false);
    let machines = &props.project.estate.machines;
    let chosen: Vec<&Machine> = machines.iter().filter(|machine| props.selected.contains(&machine.id)).collect();
    let ids: Rc<Vec<MachineId>> = Rc::new(chosen.iter().map(|machine| machine.id).collect());
    let all = {
        let rows = props.rows.iter().filter_map(|&row| machines.get(row as usize)).map(|machine| machine.id);
        let all: Selection = Rc::new(rows.collect());
        props.on_select.reform(move |_event: MouseEvent| Rc::clone(&all))
    };
    let none = props.on_select.reform(|_event: MouseEvent| Selection::default());
    let (ask, close) = {
        let (open, close) = (open.setter(), open.setter());
        (Callback::from(move |_event: MouseEvent| open.set(true)), Callback::from(move |()| close.set(false)))
    };
    let count = format::counted(ids.len() as u64, "machine", "machines");
    let words = if ids.is_empty() {
        "None selected".to_owned()
    } else {
        let vcpus: u64 = chosen.iter().map(|machine| u64::from(machine.vcpus)).sum();
        let memory: u64 = chosen.iter().map(|machine| machine.memory.0).sum();
        format!("{count} selected · {} vCPU · {}", format::count(vcpus), format::size(MiB(memory)))
    };
    html! {
        <div class="bulk" role="group" aria-label="Selected machines">
            <span role="status">{ words }</span>
            { part!(<Help label="How to select and to move" text={SELECTING} />) }
            <span class="grow"></span>
            <button type="button" class="btn btn-s" disabled={ids.is_empty()} onclick={ask}>{ "Run them in…" }</button>
            <button type="button" class="btn btn-quiet btn-s" disabled={props.rows.is_empty()} onclick={all}>{ format!("Select all {}", format::count(props.rows.len() as u64)) }</button>
            <button type="button" class="btn btn-quiet btn-s" disabled={ids.is_empty()} onclick={none}>{ "Select none" }</button>
            <div class="dialog-layer">
                if *open && !ids.is_empty() {
                    { part!(<Dialog title={format!("Where to run {count}")} on_close={close.clone()}>
                        { part!(<Move machines={ids} outcome={props.outcome.clone()} project={props.project.clone()} on_done={close} />) }
                    </Dialog>) }
                }
            </div>
        </div>
    }
}
