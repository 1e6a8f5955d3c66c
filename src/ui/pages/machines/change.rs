//! What is said of all machines that are selected, changed in one step.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::engine::model::{Criticality, Machine, MachineEdit, MachineId, tags};
use crate::store::bulk::{Change, Planned, edits};
use crate::store::{Action, Capture, Edit, Work, format};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::{Dialog, Segmented, SelectField, TextField};

/// Properties of [`ChangeDialog`].
#[derive(PartialEq, Properties)]
pub struct ChangeDialogProps {
    /// The project.
    pub project: Work,
    /// The machines, by the numbers of their ids.
    pub selected: Rc<BTreeSet<u64>>,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// What the choices of [`Planned`] are called.
const PLANNED: [(&str, Planned); 4] = [
    ("As it is", Planned::Unchanged),
    ("Plan", Planned::Yes),
    ("Leave out", Planned::No),
    ("By the policy", Planned::ByPolicy),
];

/// How a text is taken away from all.
const NOTHING: &str = "“-” takes it away";

/// What a storage class is for.
pub const STORAGE_CLASS: &str =
    "Changes no price by itself: disks are priced by size, operations and throughput. Rules can select machines by it.";

/// Changes all selected machines in one step. Nothing takes effect before the button: each field alone would be a step of its own for thousands of machines.
#[component]
pub fn ChangeDialog(props: &ChangeDialogProps) -> Html {
    let store = use_services().store().clone();
    let change = use_state(Change::default);
    let project = &props.project;
    let on = |set: fn(&mut Change, String)| {
        let change = change.clone();
        Callback::from(move |text: String| {
            let mut next = (*change).clone();
            set(&mut next, text);
            change.set(next);
        })
    };
    let on_criticality = {
        let change = change.clone();
        Callback::from(move |choice: usize| {
            let criticality = choice.checked_sub(1).and_then(|level| Criticality::ALL.get(level)).copied();
            change.set(Change { criticality, ..(*change).clone() });
        })
    };
    let on_planned = {
        let change = change.clone();
        Callback::from(move |choice: usize| change.set(Change { planned: PLANNED[choice].1, ..(*change).clone() }))
    };
    let on_apply = {
        let (change, project, selected, on_close) =
            ((*change).clone(), project.clone(), Rc::clone(&props.selected), props.on_close.clone());
        Callback::from(move |_event: MouseEvent| {
            let ids = selected.iter().map(|&id| MachineId(id));
            let edits = edits(&project.estate, project.scenario(), ids, &change);
            on_close.emit(());
            store.dispatch(Action::Edit(Edit::Machines(edits), Capture::Record));
        })
    };
    let planned = PLANNED.iter().position(|(_, planned)| *planned == change.planned).unwrap_or_default();
    let levels = std::iter::once("As it is").chain(Criticality::ALL.map(|level| level.word().unwrap_or("not said")));
    let level = change.criticality.map_or(0, |level| level as usize + 1);
    let count = format::counted(props.selected.len() as u64, "machine", "machines");
    let actions = html! {
        <>
            <button type="button" class="btn" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" class="btn btn-primary" disabled={*change == Change::default()} onclick={on_apply}>{ format!("Change {count}") }</button>
        </>
    };
    let application = now(props, |edit, _| edit.and_then(|edit| edit.application.clone()));
    let all_tags =
        now(props, |edit, machine| Some(MachineEdit::tags(edit, machine).join(", ")).filter(|tags| !tags.is_empty()));
    let class = now(props, |edit, machine| MachineEdit::storage_class(edit, machine).map(str::to_owned));
    part!(<Dialog title={format!("Change {count}")} on_close={props.on_close.clone()} {actions}>
        { part!(<TextField label="Application" value={shown(change.application.as_deref())} on_change={on(|change, text| change.application = said(text))} max_length={80} placeholder={application} help={NOTHING} />) }
        <div class="field-row">
            { part!(<TextField label="Add tags" value={change.tags_added.join(", ")} on_change={on(|change, text| change.tags_added = tags(&text))} placeholder={all_tags} help="With commas between them" />) }
            { part!(<TextField label="Remove tags" value={change.tags_removed.join(", ")} on_change={on(|change, text| change.tags_removed = tags(&text))} help="From those that have them" />) }
        </div>
        <div class="field-row">
            { part!(<SelectField label="Criticality" options={levels.map(AttrValue::from).collect::<Vec<_>>()} selected={level} on_select={on_criticality} help="Rules can select machines by it" />) }
            { part!(<TextField label="Storage class" value={shown(change.storage_class.as_deref())} on_change={on(|change, text| change.storage_class = said(text))} max_length={80} placeholder={class} help={NOTHING} />) }
        </div>
        <p class="muted">{ format!("A storage class: {STORAGE_CLASS}") }</p>
        <div class="field">
            <span class="field-label">{ "Planned" }</span>
            { part!(<Segmented label="Planned" options={PLANNED.map(|(name, _)| name).to_vec()} selected={planned} on_select={on_planned} />) }
        </div>
        <p class="muted">{ "One step, which can be undone." }</p>
    </Dialog>)
}

/// A text that is typed: nothing leaves things as they are, `-` takes them away.
fn said(text: String) -> Option<String> {
    let text = text.trim().to_owned();
    if text == "-" { Some(String::new()) } else { Some(text).filter(|text| !text.is_empty()) }
}

fn shown(text: Option<&str>) -> String {
    match text {
        Some("") => "-".to_owned(),
        text => text.unwrap_or_default().to_owned(),
    }
}

/// What is said of the selected machines now, for the empty box.
fn now(props: &ChangeDialogProps, of: fn(Option<&MachineEdit>, &Machine) -> Option<String>) -> String {
    let edits = &props.project.scenario().edits;
    let machines = props.selected.iter().filter_map(|&id| props.project.estate.machine(MachineId(id)));
    let texts: BTreeSet<Option<String>> = machines.map(|machine| of(edits.get(&machine.id), machine)).collect();
    match (texts.len(), texts.first()) {
        (1, Some(Some(text))) => format!("{text}, as it is"),
        (0 | 1, _) => "None, as it is".to_owned(),
        (several, _) => format!("{several} different ones, as they are"),
    }
}
