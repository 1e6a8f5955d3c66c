//! Every planned machine with its place; a row shows its reasons beside.

use std::rc::Rc;

use yew::prelude::*;

use super::PlanProps;
use crate::engine::model::{Machine, MachineId};
use crate::engine::outcome::Outcome;
use crate::store::select::{MachineColumn, Show, Sort, cluster_name, machine_rows, machines_by_name};
use crate::store::{Action, UiAction, format, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, Column, EmptyState, SearchField, VirtualTable};

/// Columns that the table can be sorted by; the rest follow the plan.
const SORTABLE: [Option<MachineColumn>; 6] = [
    Some(MachineColumn::Name),
    Some(MachineColumn::Cluster),
    None,
    Some(MachineColumn::Vcpus),
    Some(MachineColumn::Memory),
    None,
];

/// The table.
#[component]
pub fn Machines(props: &PlanProps) -> Html {
    let store = use_services().store().clone();
    let selected = use_selector(|state| state.ui.machine);
    let query = use_state(String::new);
    let sort = use_state(Sort::default);
    let (project, outcome) = (&props.project, &props.outcome);
    let by_name = machines_by_name(&project.estate);
    let rows = use_memo((project.clone(), (*query).clone(), *sort), |(project, query, sort)| {
        machine_rows(&project.estate, &by_name, project.scenario(), query, Show::Planned, *sort)
    });
    let id_at = {
        let (project, rows) = (project.clone(), Rc::clone(&rows));
        move |row: usize| rows.get(row).map(|&index| project.estate.machines[index as usize].id)
    };
    let row_key = {
        let id_at = id_at.clone();
        Callback::from(move |row: usize| {
            AttrValue::from(id_at(row).map_or_else(String::new, |id: MachineId| id.to_string()))
        })
    };
    let cell = {
        let (project, outcome, rows) = (project.clone(), outcome.clone(), Rc::clone(&rows));
        Callback::from(move |(row, column): (usize, usize)| {
            let Some(machine) = rows.get(row).map(|&index| &project.estate.machines[index as usize]) else {
                return Html::default();
            };
            cell(project.scenario(), &outcome, machine, cluster_name(&project.estate, machine).unwrap_or("–"), column)
        })
    };
    let on_sort = {
        let (current, sort) = (*sort, sort.setter());
        Callback::from(move |column: usize| {
            if let Some(column) = SORTABLE[column] {
                sort.set(current.clicked(column));
            }
        })
    };
    let on_activate = Callback::from(move |row: usize| store.dispatch(Action::Ui(UiAction::Machine(id_at(row)))));
    let on_query = {
        let query = query.setter();
        Callback::from(move |text: String| query.set(text))
    };
    let sorted =
        SORTABLE.iter().position(|&column| column == Some(sort.column)).map(|column| (column, sort.descending));
    let selected =
        selected.and_then(|id| rows.iter().position(|&index| project.estate.machines[index as usize].id == id));
    let version = (Rc::as_ptr(&rows) as usize as u64) << 32
        | (std::ptr::from_ref::<Outcome>(outcome) as usize as u64 & 0xffff_ffff);
    part!(<Card title="Machines" note={format::counted(rows.len() as u64, "machine", "machines")} actions={part!(<SearchField label="Search machines" placeholder="Name, system, cluster, address" value={(*query).clone()} on_input={on_query} />)}>
            if rows.is_empty() {
                { part!(<EmptyState title="No machine matches" text="Try fewer words." />) }
            } else {
                { part!(<VirtualTable label="Machines and their places" columns={columns()} rows={rows.len()} {row_key} {cell} {version}
                    sort={sorted} {on_sort} {selected} {on_activate} height_rows={12} />) }
            }
        </Card>)
}

fn columns() -> Vec<Column> {
    let titles = [
        ("Name", false, 150),
        ("Today", false, 130),
        ("Place", false, 200),
        ("vCPU", true, 64),
        ("Memory", true, 80),
        ("A month", true, 90),
    ];
    titles
        .into_iter()
        .zip(SORTABLE)
        .map(|((title, numeric, width), sortable)| Column {
            title: title.into(),
            numeric,
            sortable: sortable.is_some(),
            width,
        })
        .collect()
}

fn cell(
    scenario: &crate::engine::model::Scenario,
    outcome: &Outcome,
    machine: &Machine,
    cluster: &str,
    column: usize,
) -> Html {
    let assignment = || outcome.plan.assignment(machine.id);
    let edit = scenario.edits.get(&machine.id);
    match column {
        0 => html! { &machine.name },
        1 => html! { cluster.to_owned() },
        2 => match assignment() {
            Some(assignment) => html! { words::place_name(scenario, &outcome.plan, assignment.place) },
            None => html! { <span class="tag tag-warn">{ "no place" }</span> },
        },
        3 => html! { format::count(u64::from(edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus))) },
        4 => html! { format::size(edit.and_then(|edit| edit.memory).unwrap_or(machine.memory)) },
        _ => match assignment() {
            Some(assignment) => {
                let monthly = outcome.ledger.a_month_of(assignment.cost);
                html! { format::money(monthly, scenario.assumptions.currency) }
            }
            None => html! { "–" },
        },
    }
}
