//! Which machines are there, and what is said of each? Filter, sort, columns of choice, selection, and dialogs to change one or many.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::bulk::{SelectedMachines, Selection};
use super::cell_edit::CellEdit;
use super::columns::{self, Chooser, use_columns};
use super::machine::MachineDialog;
use crate::engine::model::{Machine, MachineEdit, MachineId, Project};
use crate::store::bulk::{Change, edits};
use crate::store::filter::Filter;
use crate::store::select::{MachineColumn, Show, Sort, cluster_name, machine_rows, machines_by_name, storage_by};
use crate::store::{Action, AppState, Capture, Edit, Work, format, words};
use crate::ui::hooks::{use_selector, use_services, use_version};
use crate::ui::part::part;
use crate::ui::shared::{Card, Column, EmptyState, Icon, IconName, SearchField, Segmented, VirtualTable};

/// What the filter understands.
pub const FILTERS: &str = "Each word must occur in the name, the guest system, the cluster, the address or the application. Columns narrow it down: “os: windows 2012”, “cluster: prod”, “application: shop”, “folder: web”, “pool: gold”, “name != test”, “vcpu >= 8”, “memory > 64 GiB”, “storage < 1 TiB”. A comma ends a column.";

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
    let selection = use_state(Selection::default);
    let (shown, on_columns) = use_columns();
    let typing = use_state(|| None::<MachineId>);
    let store = use_services().store().clone();
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
        let (selection, shown, typing, store) = (Rc::clone(&selection), shown.clone(), typing.clone(), store);
        Callback::from(move |(row, column): (usize, usize)| {
            let Some(machine) = machine_at(&project, &rows, row) else { return Html::default() };
            match column.checked_sub(1) {
                Some(column)
                    if shown.get(column) == Some(&MachineColumn::Application) && *typing == Some(machine.id) =>
                {
                    let (store, id, typing, work) = (store.clone(), machine.id, typing.setter(), project.clone());
                    let on_end = Callback::from(move |text: Option<String>| {
                        typing.set(None);
                        if let Some(application) = text {
                            let change = Change { application: Some(application), ..Change::default() };
                            let edits = edits(work.scenario(), [id], &change);
                            store.dispatch(Action::Edit(Edit::Machines(edits), Capture::Record));
                        }
                    });
                    application_box(&project, machine, on_end)
                }
                Some(column) => shown.get(column).map_or_else(Html::default, |&column| cell(&project, machine, column)),
                None if selection.contains(&machine.id) => {
                    html! { <span class="row-check on">{ part!(<Icon name={IconName::Check} />) }</span> }
                }
                None => html! { <span class="row-check"></span> },
            }
        })
    };
    let is_selected = {
        let (project, rows, selection) = (project.clone(), Rc::clone(&rows), Rc::clone(&selection));
        Callback::from(move |row: usize| {
            machine_at(&project, &rows, row).is_some_and(|machine| selection.contains(&machine.id))
        })
    };
    let on_toggle = {
        let (project, rows, selection) = (project.clone(), Rc::clone(&rows), selection.clone());
        Callback::from(move |row: usize| {
            let Some(machine) = machine_at(&project, &rows, row) else { return };
            let mut next = (**selection).clone();
            if !next.remove(&machine.id) {
                next.insert(machine.id);
            }
            selection.set(Rc::new(next));
        })
    };
    let on_select = {
        let selection = selection.setter();
        Callback::from(move |next: Selection| selection.set(next))
    };
    let on_sort = {
        let (current, sort, shown) = (*sort, sort.setter(), shown.clone());
        Callback::from(move |column: usize| {
            if let Some(&column) = column.checked_sub(1).and_then(|column| shown.get(column)) {
                sort.set(current.clicked(column));
            }
        })
    };
    let on_activate = {
        let (project, rows, open) = (project.clone(), Rc::clone(&rows), open.setter());
        Callback::from(move |row: usize| open.set(machine_at(&project, &rows, row).map(|machine| machine.id)))
    };
    let on_edit = shown.iter().position(|&column| column == MachineColumn::Application).map(|column| {
        let (project, rows, typing) = (project.clone(), Rc::clone(&rows), typing.setter());
        let begin = move |row: usize| typing.set(machine_at(&project, &rows, row).map(|machine| machine.id));
        (column + 1, Callback::from(begin))
    });
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
    let sorted = shown.iter().position(|&column| column == sort.column).map(|column| (column + 1, sort.descending));
    let version = use_version((Rc::clone(&rows), project.clone(), Rc::clone(&selection), shown.clone(), *typing));
    let problem = Filter::read(&query).problem;
    // What is typed into the dialog is shown there at once, in the table a moment later.
    let current = use_selector(AppState::work);
    let opened = open.filter(|id| current.estate.machine(*id).is_some());
    part!(<Card title="Machines" note={note} actions={html! {
            <>
                { part!(<Segmented label="Show" options={vec!["All", "Planned", "Left out"]} selected={*show} on_select={on_show} />) }
                { part!(<Chooser titles={columns::ALL.map(|(column, _)| AttrValue::from(title(project, column))).to_vec()} shown={shown.clone()} on_change={on_columns} />) }
                { part!(<SearchField label="Search machines" placeholder="sql, os: windows 2012, memory > 64 GiB" value={(*query).clone()} on_input={on_query} />) }
            </>
        }}>
            <p class="filter-problem" role="status">{ for problem }</p>
            { part!(<SelectedMachines project={project.clone()} rows={Rc::clone(&rows)} selected={Rc::clone(&selection)} {on_select} />) }
            if rows.is_empty() {
                { part!(<EmptyState title="No machine matches" text={FILTERS} />) }
            } else {
                { part!(<VirtualTable label="Machines" columns={table_columns(project, &shown)} rows={rows.len()} {row_key} {cell} {version}
                    sort={sorted} {on_sort} {on_activate} on_toggle={Some(on_toggle)} {on_edit} is_selected={Some(is_selected)} />) }
            }
            <div class="dialog-layer">
                if let Some(machine) = opened {
                    { part!(<MachineDialog project={current} {machine} {on_close} />) }
                }
            </div>
        </Card>)
}

fn machine_at<'a>(project: &'a Project, rows: &[u32], row: usize) -> Option<&'a Machine> {
    project.estate.machines.get(*rows.get(row)? as usize)
}

/// What a column is called.
fn title(project: &Work, column: MachineColumn) -> &'static str {
    match column {
        MachineColumn::Name => "Name",
        MachineColumn::Cluster => "Cluster",
        MachineColumn::Vcpus => "vCPU",
        MachineColumn::Memory => "Memory",
        MachineColumn::Storage => words::storage_measure(project.scenario().policy.storage_measure),
        MachineColumn::Os => "Guest system",
        MachineColumn::Application => "Application",
        MachineColumn::Power => "Power",
    }
}

/// The column of selection, and those that are shown.
fn table_columns(project: &Work, shown: &[MachineColumn]) -> Vec<Column> {
    let select = Column { title: "Select".into(), numeric: false, sortable: false, width: 64 };
    let column = |&column: &MachineColumn| {
        let (numeric, width) = match column {
            MachineColumn::Name | MachineColumn::Os => (false, 220),
            MachineColumn::Cluster => (false, 160),
            MachineColumn::Vcpus => (true, 70),
            MachineColumn::Memory => (true, 90),
            MachineColumn::Storage => (true, 110),
            MachineColumn::Application => (false, 150),
            MachineColumn::Power => (false, 90),
        };
        Column { title: title(project, column).into(), numeric, sortable: true, width }
    };
    std::iter::once(select).chain(shown.iter().map(column)).collect()
}

/// The box to type an application into, with the names that others have.
fn application_box(project: &Work, machine: &Machine, on_end: Callback<Option<String>>) -> Html {
    let edits = &project.scenario().edits;
    let names: BTreeSet<&str> = edits.values().filter_map(|edit| edit.application.as_deref()).collect();
    let names: Vec<AttrValue> = names.into_iter().map(|name| AttrValue::from(name.to_owned())).collect();
    let value = edits.get(&machine.id).and_then(|edit| edit.application.clone()).unwrap_or_default();
    part!(<CellEdit label={format!("Application of {}", machine.name)} {value} {names} {on_end} />)
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
        MachineColumn::Application => match edit.and_then(|edit| edit.application.clone()) {
            Some(name) => html! { name },
            None => html! { <span class="muted cell-add">{ "Add…" }</span> },
        },
        MachineColumn::Power => match machine.set_aside() {
            Some(reason) => html! { <span class="muted">{ words::set_aside(reason).to_ascii_lowercase() }</span> },
            None => html! { words::power(machine.power) },
        },
    }
}
