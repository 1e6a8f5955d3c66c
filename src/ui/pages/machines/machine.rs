//! The dialog of one machine: what was imported, and what the user says instead.

use yew::prelude::*;

use super::change::STORAGE_CLASS;
use crate::engine::model::{Criticality, Machine, MachineEdit, MachineId, MiB, tags};
use crate::store::select::storage_by;
use crate::store::{Action, Capture, Edit, Work, format, words};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::{Dialog, NumberField, SelectField, Switch, TextField};

/// Properties of [`MachineDialog`].
#[derive(PartialEq, Properties)]
pub struct MachineDialogProps {
    /// The project.
    pub project: Work,
    /// Which machine of it.
    pub machine: MachineId,
    /// Closes the dialog.
    pub on_close: Callback<()>,
}

/// The dialog. Every change takes effect at once and can be undone.
#[component]
pub fn MachineDialog(props: &MachineDialogProps) -> Html {
    let store = use_services().store().clone();
    let (id, scenario) = (props.machine, props.project.scenario());
    let Some(machine) = props.project.estate.machine(id) else { return html! { <div></div> } };
    let edit = &scenario.edits.get(&id).cloned().unwrap_or_default();
    let change = {
        let (store, edit) = (store.clone(), edit.clone());
        move |set: Box<dyn Fn(&mut MachineEdit)>| {
            let mut edit = edit.clone();
            set(&mut edit);
            store.dispatch(Action::Edit(Edit::Machines(vec![(id, edit)]), Capture::Record));
        }
    };
    let number = |set: fn(&mut MachineEdit, Option<f64>), imported: f64| {
        let change = change.clone();
        Callback::from(move |value: f64| {
            let value = ((value - imported).abs() > f64::EPSILON).then_some(value);
            change(Box::new(move |edit| set(edit, value)));
        })
    };
    let storage = storage_by(machine, scenario.policy.storage_measure).unwrap_or_default();
    let planned = edit.planned.unwrap_or(machine.set_aside().is_none());
    let by_default = machine.set_aside().is_none();
    let on_planned = {
        let change = change.clone();
        Callback::from(move |on: bool| change(Box::new(move |edit| edit.planned = (on != by_default).then_some(on))))
    };
    let on_application = {
        let change = change.clone();
        Callback::from(move |text: String| {
            let text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            change(Box::new(move |edit| edit.application.clone_from(&text)));
        })
    };
    let on_tags = {
        let (change, imported) = (change.clone(), machine.clone());
        Callback::from(move |text: String| {
            let imported = imported.clone();
            change(Box::new(move |edit| edit.set_tags(&imported, tags(&text))));
        })
    };
    let on_criticality = {
        let (change, imported) = (change.clone(), machine.clone());
        Callback::from(move |choice: usize| {
            let imported = imported.clone();
            change(Box::new(move |edit| edit.set_criticality(&imported, Criticality::ALL[choice])));
        })
    };
    let on_storage_class = {
        let (change, imported) = (change.clone(), machine.clone());
        Callback::from(move |text: String| {
            let imported = imported.clone();
            change(Box::new(move |edit| edit.set_storage_class(&imported, &text)));
        })
    };
    let levels = Criticality::ALL.map(|level| AttrValue::from(level.word().unwrap_or("not said")));
    let on_reset = {
        let change = change.clone();
        Callback::from(move |_event: MouseEvent| change(Box::new(|edit| *edit = MachineEdit::default())))
    };
    let actions = html! {
        <>
            <button type="button" class="btn" disabled={edit.is_empty()} onclick={on_reset}>{ "As imported" }</button>
            <button type="button" class="btn btn-primary" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Done" }</button>
        </>
    };
    part!(<Dialog title={machine.name.clone()} on_close={props.on_close.clone()} {actions}>
            <dl class="facts">
                { for facts(machine).into_iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> }) }
            </dl>
            { part!(<Switch label="Plan this machine" checked={planned} on_change={on_planned} />) }
            <div class="field-row">
                { part!(<NumberField label="vCPU" value={f64::from(edit.vcpus.unwrap_or(machine.vcpus))} min={1.0} max={960.0}
                    on_change={number(|edit, value| edit.vcpus = value.map(|value| value as u32), f64::from(machine.vcpus))} />) }
                { part!(<NumberField label="Memory" unit="GiB" value={edit.memory.unwrap_or(machine.memory).gib()} min={0.0} max={65_536.0} decimals={1}
                    on_change={number(|edit, value| edit.memory = value.map(gib), machine.memory.gib())} />) }
                { part!(<NumberField label="Storage" unit="GiB" value={edit.storage.unwrap_or(storage).gib()} min={0.0} max={1_048_576.0} decimals={1}
                    on_change={number(|edit, value| edit.storage = value.map(gib), storage.gib())} />) }
                { part!(<NumberField label="IOPS" value={f64::from(edit.iops.or(machine.iops).unwrap_or_default())} min={0.0} max={1_000_000.0}
                    on_change={number(|edit, value| edit.iops = value.map(|value| value as u32), f64::from(machine.iops.unwrap_or_default()))} />) }
            </div>
            { part!(<TextField label="Application" value={edit.application.clone().unwrap_or_default()} on_change={on_application} max_length={80} />) }
            { part!(<TextField label="Tags" value={MachineEdit::tags(Some(edit), machine).join(", ")} on_change={on_tags} help="With commas between them" />) }
            <div class="field-row">
                { part!(<SelectField label="Criticality" options={levels.to_vec()} selected={MachineEdit::criticality(Some(edit), machine) as usize} on_select={on_criticality} help="Rules can select machines by it" />) }
                { part!(<TextField label="Storage class" value={MachineEdit::storage_class(Some(edit), machine).unwrap_or_default().to_owned()} on_change={on_storage_class} max_length={80} help={STORAGE_CLASS} />) }
            </div>
        </Dialog>)
}

fn gib(value: f64) -> MiB {
    MiB((value * 1024.0).round() as u64)
}

/// What was imported, in the order in which people ask.
fn facts(machine: &Machine) -> Vec<(&'static str, String)> {
    let size = |size: Option<MiB>| size.map_or_else(|| "not in the files".to_owned(), format::size);
    let storage = &machine.storage;
    let mut facts = vec![
        ("Guest system", machine.os.clone().unwrap_or_else(|| "not said".to_owned())),
        ("Power", words::power(machine.power).to_owned()),
        ("Storage provisioned", size(storage.provisioned)),
        ("Storage in use", size(storage.in_use)),
        (
            "Disk sizes",
            format!(
                "{} in {}",
                size(storage.disk_capacity),
                format::counted(machine.disks.len() as u64, "disk", "disks")
            ),
        ),
        ("Used in the guest", size(storage.partition_consumed)),
    ];
    facts.extend(machine.cpu_used.map(|used| ("CPU used when seen", format::clock(used))));
    facts.extend(machine.memory_active.map(|active| ("Memory touched when seen", format::size(active))));
    facts.extend(machine.tools.clone().map(|tools| ("VMware Tools", tools)));
    facts.extend(machine.folder.clone().map(|folder| ("Folder", folder)));
    facts.extend(machine.ip.clone().map(|ip| ("Address", ip)));
    if machine.snapshots > 0 {
        let count = format::counted(u64::from(machine.snapshots), "snapshot", "snapshots");
        facts.push(("Snapshots", format!("{count}, {}", format::size(machine.snapshot_size))));
    }
    let care: Vec<&str> = [
        (machine.raw_disk, "raw disk"),
        (machine.shared_disk, "shared disk"),
        (machine.usb, "USB device"),
        (machine.cd_connected, "CD connected"),
    ]
    .into_iter()
    .filter_map(|(is, words)| is.then_some(words))
    .collect();
    if !care.is_empty() {
        facts.push(("Needs care when moved", care.join(", ")));
    }
    facts
}
