//! What to do with the machines that are selected: change all of them, copy them, let them go.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::machines::FILTERS;
use super::paste::PasteDialog;
use crate::engine::model::{Machine, MachineId, MiB};
use crate::store::bulk::{Change, Planned, edits, tsv};
use crate::store::{Action, Capture, Edit, Work, format};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::{Dialog, Help, Segmented, TextField};

/// How to select.
const SELECTING: &str = "A click on the first cell of a row, or the space bar on it, selects the machine or lets it go. Select all takes those that the filter leaves; what is selected stays so while you filter for more.";

/// Machines, by id.
pub type Selection = Rc<BTreeSet<MachineId>>;

/// Properties of [`SelectedMachines`].
#[derive(PartialEq, Properties)]
pub struct SelectedMachinesProps {
    /// The project.
    pub project: Work,
    /// Positions in the estate of the machines that the table shows, in its order.
    pub rows: Rc<Vec<u32>>,
    /// Those that are selected, shown or not.
    pub selected: Selection,
    /// Selects others.
    pub on_select: Callback<Selection>,
}

/// A bar above the table: how many are selected, and what can be done with them.
#[component]
pub fn SelectedMachines(props: &SelectedMachinesProps) -> Html {
    let services = use_services();
    let open = use_state(|| false);
    let (project, selected) = (&props.project, &props.selected);
    let shown = || props.rows.iter().filter_map(|&row| project.estate.machines.get(row as usize));
    let chosen: Vec<&Machine> =
        project.estate.machines.iter().filter(|machine| selected.contains(&machine.id)).collect();
    let all = {
        let (ids, on_select) = (shown().map(|machine| machine.id).collect::<BTreeSet<_>>(), props.on_select.clone());
        Callback::from(move |_event: MouseEvent| on_select.emit(Rc::new(ids.clone())))
    };
    let none = props.on_select.reform(|_event: MouseEvent| Selection::default());
    // In the order of the table; without a selection all that it shows.
    let copied = move |project: &Work, rows: &[u32], selected: &BTreeSet<MachineId>| {
        let machines = rows.iter().filter_map(|&row| project.estate.machines.get(row as usize));
        let machines: Vec<&Machine> =
            machines.filter(|machine| selected.is_empty() || selected.contains(&machine.id)).collect();
        (tsv(&project.estate, project.scenario(), machines.iter().copied()), machines.len() as u64)
    };
    let copy = {
        let (services, project, rows, selected) =
            (services.clone(), project.clone(), Rc::clone(&props.rows), Rc::clone(selected));
        Callback::from(move |_event: MouseEvent| {
            let (text, count) = copied(&project, &rows, &selected);
            services.copy(text, format!("{} copied", format::counted(count, "machine", "machines")));
        })
    };
    let (change, close) = {
        let (open, close) = (open.setter(), open.setter());
        (Callback::from(move |_event: MouseEvent| open.set(true)), Callback::from(move |()| close.set(false)))
    };
    let pasting = use_state(|| false);
    let (paste, end_paste) = {
        let (open, close) = (pasting.setter(), pasting.setter());
        (Callback::from(move |_event: MouseEvent| open.set(true)), Callback::from(move |()| close.set(false)))
    };
    let words = if chosen.is_empty() {
        "None selected".to_owned()
    } else {
        let vcpus: u64 = chosen.iter().map(|machine| u64::from(machine.vcpus)).sum();
        let memory: u64 = chosen.iter().map(|machine| machine.memory.0).sum();
        let machines = format::counted(chosen.len() as u64, "machine", "machines");
        format!("{machines} selected · {} vCPU · {}", format::count(vcpus), format::size(MiB(memory)))
    };
    html! {
        <div class="bulk" role="group" aria-label="Selected machines">
            <span role="status">{ words }</span>
            { part!(<Help label="How to filter and to select" text={format!("{FILTERS} {SELECTING}")} />) }
            <span class="grow"></span>
            <button type="button" class="btn btn-s" disabled={chosen.is_empty()} onclick={change}>{ "Change…" }</button>
            <button type="button" class="btn btn-s" title="For a spreadsheet: a line for each machine, cells apart by tabs" onclick={copy}>
                { if chosen.is_empty() { "Copy all" } else { "Copy" } }
            </button>
            <button type="button" class="btn btn-s" onclick={paste}>{ "Paste rows…" }</button>
            <button type="button" class="btn btn-quiet btn-s" disabled={props.rows.is_empty()} onclick={all}>{ format!("Select all {}", format::count(props.rows.len() as u64)) }</button>
            <button type="button" class="btn btn-quiet btn-s" disabled={chosen.is_empty()} onclick={none}>{ "Select none" }</button>
            <div class="dialog-layer">
                if *pasting { { part!(<PasteDialog project={project.clone()} on_close={end_paste} />) } }
            </div>
            <div class="dialog-layer">
                if *open && !chosen.is_empty() {
                    { part!(<ChangeDialog project={project.clone()} selected={chosen.iter().map(|machine| machine.id).collect::<BTreeSet<_>>()} on_close={close} />) }
                }
            </div>
        </div>
    }
}

/// Properties of [`ChangeDialog`].
#[derive(PartialEq, Properties)]
struct ChangeDialogProps {
    project: Work,
    selected: BTreeSet<MachineId>,
    on_close: Callback<()>,
}

/// What the choices of [`Planned`] are called.
const PLANNED: [(&str, Planned); 4] = [
    ("As it is", Planned::Unchanged),
    ("Plan", Planned::Yes),
    ("Leave out", Planned::No),
    ("By the policy", Planned::ByPolicy),
];

/// Changes all selected machines in one step. Nothing takes effect before the button: each field alone would be a step of its own for thousands of machines.
#[component]
fn ChangeDialog(props: &ChangeDialogProps) -> Html {
    let store = use_services().store().clone();
    let change = use_state(Change::default);
    let applications = {
        let edits = &props.project.scenario().edits;
        let names = props.selected.iter().map(|id| edits.get(id).and_then(|edit| edit.application.clone()));
        names.collect::<BTreeSet<_>>()
    };
    let placeholder = match (applications.len(), applications.first()) {
        (1, Some(Some(name))) => format!("{name}, as it is"),
        (0 | 1, _) => "None, as it is".to_owned(),
        (several, _) => format!("{several} different ones, as they are"),
    };
    let on_application = {
        let change = change.clone();
        Callback::from(move |text: String| {
            change.set(Change { application: (!text.is_empty()).then_some(text), ..(*change).clone() });
        })
    };
    let on_planned = {
        let change = change.clone();
        Callback::from(move |choice: usize| change.set(Change { planned: PLANNED[choice].1, ..(*change).clone() }))
    };
    let on_apply = {
        let (change, project, selected, on_close) =
            ((*change).clone(), props.project.clone(), props.selected.clone(), props.on_close.clone());
        Callback::from(move |_event: MouseEvent| {
            let edits = edits(project.scenario(), selected.iter().copied(), &change);
            on_close.emit(());
            store.dispatch(Action::Edit(Edit::Machines(edits), Capture::Record));
        })
    };
    let planned = PLANNED.iter().position(|(_, planned)| *planned == change.planned).unwrap_or_default();
    let count = format::counted(props.selected.len() as u64, "machine", "machines");
    let actions = html! {
        <>
            <button type="button" class="btn" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" class="btn btn-primary" disabled={*change == Change::default()} onclick={on_apply}>{ format!("Change {count}") }</button>
        </>
    };
    part!(<Dialog title={format!("Change {count}")} on_close={props.on_close.clone()} {actions}>
        { part!(<TextField label="Application" value={change.application.clone().unwrap_or_default()} on_change={on_application} max_length={80} {placeholder} />) }
        <div class="field">
            <span class="field-label">{ "Planned" }</span>
            { part!(<Segmented label="Planned" options={PLANNED.map(|(name, _)| name).to_vec()} selected={planned} on_select={on_planned} />) }
        </div>
        <p class="muted">{ "One step, which can be undone." }</p>
    </Dialog>)
}
