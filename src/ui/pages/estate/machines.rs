//! The table of machines: search, sort, and a panel to change one.

use std::rc::Rc;

use yew::prelude::*;

use super::machine::MachineDialog;
use crate::engine::model::{Machine, MachineEdit, MachineId, Project};
use crate::store::select::{MachineColumn, Show, Sort, cluster_name, machine_rows, machines_by_name, storage_by};
use crate::store::{AppState, Work, format, words};
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{Card, Column, EmptyState, SearchField, Segmented, VirtualTable};

const COLUMNS: [MachineColumn; 7] = [
    MachineColumn::Name,
    MachineColumn::Cluster,
    MachineColumn::Vcpus,
    MachineColumn::Memory,
    MachineColumn::Storage,
    MachineColumn::Os,
    MachineColumn::Power,
];

const SHOWS: [Show; 3] = [Show::All, Show::Planned, Show::SetAside];

/// Properties of [`Machines`].
#[derive(PartialEq, Properties)]
pub struct MachinesProps {
    /// The project.
    pub project: Work,
}

/// The table of machines.
#[component]
pub fn Machines(props: &MachinesProps) -> Html {
    let query = use_state(String::new);
    let show = use_state(|| 0_usize);
    let sort = use_state(Sort::default);
    let open = use_state(|| None::<MachineId>);
    let project = &props.project;
    let by_name = machines_by_name(&project.estate);
    let rows = use_memo((project.clone(), (*query).clone(), *show, *sort), |(project, query, show, sort)| {
        machine_rows(&project.estate, &by_name, project.scenario(), query, SHOWS[*show], *sort)
    });
    let row_key = {
        let (project, rows) = (project.clone(), Rc::clone(&rows));
        Callback::from(move |row: usize| {
            AttrValue::from(machine_at(&project, &rows, row).map_or_else(String::new, |machine| machine.id.to_string()))
        })
    };
    let cell = {
        let (project, rows) = (project.clone(), Rc::clone(&rows));
        Callback::from(move |(row, column): (usize, usize)| {
            machine_at(&project, &rows, row)
                .map_or_else(Html::default, |machine| cell(&project, machine, COLUMNS[column]))
        })
    };
    let on_sort = {
        let (current, sort) = (*sort, sort.setter());
        Callback::from(move |column: usize| sort.set(current.clicked(COLUMNS[column])))
    };
    let on_activate = {
        let (project, rows, open) = (project.clone(), Rc::clone(&rows), open.setter());
        Callback::from(move |row: usize| open.set(machine_at(&project, &rows, row).map(|machine| machine.id)))
    };
    let on_query = {
        let query = query.setter();
        Callback::from(move |text: String| query.set(text))
    };
    let on_show = {
        let show = show.setter();
        Callback::from(move |choice: usize| show.set(choice))
    };
    let on_close = {
        let open = open.setter();
        Callback::from(move |()| open.set(None))
    };
    let total = project.estate.machines.len() as u64;
    let note = format!("{} of {}", format::count(rows.len() as u64), format::count(total));
    let sorted = COLUMNS.iter().position(|&column| column == sort.column).map(|column| (column, sort.descending));
    // What is typed into the dialog is shown there at once, in the table a moment later.
    let current = use_selector(AppState::work);
    let opened = open.filter(|id| current.estate.machine(*id).is_some());
    part!(<Card title="Machines" note={note} actions={html! {
            <>
                { part!(<Segmented label="Show" options={vec!["All", "Planned", "Left out"]} selected={*show} on_select={on_show} />) }
                { part!(<SearchField label="Search machines" placeholder="Name, system, cluster, address" value={(*query).clone()} on_input={on_query} />) }
            </>
        }}>
            if rows.is_empty() {
                { part!(<EmptyState title="No machine matches" text="Every word must occur in the name, the guest system, the cluster, the address or the application." />) }
            } else {
                { part!(<VirtualTable label="Machines" columns={columns(project)} rows={rows.len()} {row_key} {cell} version={version(&rows, project)}
                    sort={sorted} {on_sort} {on_activate} />) }
            }
            <div class="dialog-layer">
                if let Some(machine) = opened {
                    { part!(<MachineDialog project={current} {machine} {on_close} />) }
                }
            </div>
        </Card>)
}

/// Changes whenever what the table shows does: the addresses of the data that it is made from, which stay alive as long as the table does.
fn version(rows: &Rc<Vec<u32>>, project: &Work) -> u64 {
    (Rc::as_ptr(rows) as usize as u64) << 32 | (std::ptr::from_ref::<Project>(project) as usize as u64 & 0xffff_ffff)
}

fn machine_at<'a>(project: &'a Project, rows: &[u32], row: usize) -> Option<&'a Machine> {
    project.estate.machines.get(*rows.get(row)? as usize)
}

fn columns(project: &Work) -> Vec<Column> {
    let storage = words::storage_measure(project.scenario().policy.storage_measure);
    let column = |title: &str, numeric: bool, width: u32| Column {
        title: title.to_owned().into(),
        numeric,
        sortable: true,
        width,
    };
    vec![
        column("Name", false, 220),
        column("Cluster", false, 180),
        column("vCPU", true, 80),
        column("Memory", true, 100),
        column(storage, true, 120),
        column("Guest system", false, 280),
        column("Power", false, 100),
    ]
}

fn cell(project: &Work, machine: &Machine, column: MachineColumn) -> Html {
    let scenario = project.scenario();
    let edit = scenario.edits.get(&machine.id);
    match column {
        MachineColumn::Name => {
            let planned = MachineEdit::plans(edit, machine, scenario.policy.scope);
            html! { <><span class={(!planned).then_some("muted")}>{ &machine.name }</span>if edit.is_some() { <span class="tag">{ "edited" }</span> }</> }
        }
        MachineColumn::Cluster => html! { cluster_name(&project.estate, machine).unwrap_or("–") },
        MachineColumn::Vcpus => {
            html! { format::count(u64::from(edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus))) }
        }
        MachineColumn::Memory => html! { format::size(edit.and_then(|edit| edit.memory).unwrap_or(machine.memory)) },
        MachineColumn::Storage => {
            let size =
                edit.and_then(|edit| edit.storage).or_else(|| storage_by(machine, scenario.policy.storage_measure));
            html! { size.map_or_else(|| "–".to_owned(), format::size) }
        }
        MachineColumn::Os => html! { machine.os.as_deref().unwrap_or("–") },
        MachineColumn::Power => match machine.set_aside() {
            Some(reason) => html! { <span class="muted">{ words::set_aside(reason).to_ascii_lowercase() }</span> },
            None => html! { words::power(machine.power) },
        },
    }
}
