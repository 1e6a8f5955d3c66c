//! Where is each machine, and what does it cost there? A row shows its reasons beside; several are moved or locked together.

use std::rc::Rc;

use yew::prelude::*;

use super::Selection;
use super::chosen::Chosen;
use crate::engine::model::{Machine, MachineId};
use crate::engine::outcome::Outcome;
use crate::store::listing::{self, OfMachines, Show, Sort, machines};
use crate::store::select::cluster_name;
use crate::store::{Action, Shared, UiAction, Work, format, moves, words};
use crate::ui::hooks::{use_later, use_selector, use_services, use_version};
use crate::ui::part::part;
use crate::ui::shared::{Card, Column, EmptyState, Icon, IconName, SearchField, Segmented, VirtualTable};

/// Columns that the table can be sorted by; the rest follow the plan.
const SORTABLE: [Option<usize>; 7] =
    [None, Some(machines::NAME), Some(machines::CLUSTER), None, Some(machines::VCPUS), Some(machines::MEMORY), None];

/// Properties of [`Machines`].
#[derive(PartialEq, Properties)]
pub struct MachinesProps {
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// The project it was made from.
    pub project: Work,
    /// The machines that are selected.
    pub selection: Selection,
    /// Selects others.
    pub on_select: Callback<Selection>,
    /// Whether only those without a place are asked for.
    pub without_place: bool,
    /// Asks for only those, or for all.
    pub on_show: Callback<bool>,
}

/// The table.
#[component]
pub fn Machines(props: &MachinesProps) -> Html {
    let store = use_services().store().clone();
    let selected = use_selector(|state| state.ui.machine);
    let query = use_state(String::new);
    let sort = use_state(Sort::default);
    let (project, outcome) = (&props.project, &props.outcome);
    let is_any_unplaced = !outcome.plan.unplaced.is_empty();
    let placed = (props.without_place && is_any_unplaced).then(|| outcome.clone());
    // Keys that wait are read before the rows that they ask for are looked for.
    let looked_for = use_later(&*query, true).unwrap_or_default();
    let rows = use_memo((project.clone(), looked_for, *sort, placed.clone()), |(project, query, sort, placed)| {
        let mut rows = listing::rows(&OfMachines { work: project.clone(), show: Show::Planned }, query, *sort);
        if let Some(outcome) = placed {
            rows.retain(|&at| outcome.plan.assignment(project.estate.machines[at as usize].id).is_none());
        }
        rows
    });
    let pins = use_memo(project.clone(), |project| moves::pins(project.scenario()));
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
        let (selection, pins) = (Rc::clone(&props.selection), Rc::clone(&pins));
        Callback::from(move |(row, column): (usize, usize)| {
            let Some(machine) = rows.get(row).map(|&index| &project.estate.machines[index as usize]) else {
                return Html::default();
            };
            match column {
                0 if selection.contains(&machine.id) => {
                    html! { <span class="row-check on">{ part!(<Icon name={IconName::Check} />) }</span> }
                }
                0 => html! { <span class="row-check"></span> },
                3 if pins.contains_key(&machine.id) => {
                    let place = cell(project.scenario(), &outcome, machine, "", column);
                    html! { <>{ place }<span class="tag">{ "locked" }</span></> }
                }
                _ => cell(
                    project.scenario(),
                    &outcome,
                    machine,
                    cluster_name(&project.estate, machine).unwrap_or("–"),
                    column,
                ),
            }
        })
    };
    let on_sort = {
        let (current, sort) = (*sort, sort.setter());
        Callback::from(move |column: usize| {
            if let Some(Some(column)) = SORTABLE.get(column) {
                sort.set(current.clicked(*column));
            }
        })
    };
    let on_activate = {
        let id_at = id_at.clone();
        Callback::from(move |row: usize| store.dispatch(Action::Ui(UiAction::Machine(id_at(row)))))
    };
    let is_selected = {
        let (id_at, selection) = (id_at.clone(), Rc::clone(&props.selection));
        Callback::from(move |row: usize| id_at(row).is_some_and(|id| selection.contains(&id)))
    };
    let on_toggle = {
        let (id_at, selection) = (id_at.clone(), Rc::clone(&props.selection));
        props.on_select.reform(move |row: usize| {
            let mut next = (*selection).clone();
            if let Some(id) = id_at(row).filter(|id| !next.remove(id)) {
                next.insert(id);
            }
            Rc::new(next)
        })
    };
    let on_query = {
        let query = query.setter();
        Callback::from(move |text: String| query.set(text))
    };
    let sorted =
        SORTABLE.iter().position(|&column| column == Some(sort.column)).map(|column| (column, sort.descending));
    let selected =
        selected.and_then(|id| rows.iter().position(|&index| project.estate.machines[index as usize].id == id));
    let version = use_version((Rc::clone(&rows), outcome.clone(), project.clone(), Rc::clone(&props.selection)));
    let on_show = props.on_show.reform(|choice: usize| choice == 1);
    let actions = html! {
        <>
            if is_any_unplaced {
                { part!(<Segmented label="Show" options={vec!["All", "No place"]} selected={usize::from(placed.is_some())} on_select={on_show} />) }
            }
            { part!(<SearchField label="Search machines" placeholder="Name, system, cluster, address" value={(*query).clone()} on_input={on_query} />) }
        </>
    };
    part!(<Card title="Machines" note={format::counted(rows.len() as u64, "machine", "machines")} {actions}>
            { part!(<Chosen outcome={outcome.clone()} project={project.clone()} rows={Rc::clone(&rows)} selected={Rc::clone(&props.selection)} on_select={props.on_select.clone()} />) }
            if rows.is_empty() {
                { part!(<EmptyState title="No machine matches" text="Try fewer words." />) }
            } else {
                { part!(<VirtualTable label="Machines and their places" columns={columns()} rows={rows.len()} {row_key} {cell} {version}
                    sort={sorted} {on_sort} {selected} {on_activate} on_toggle={Some(on_toggle)} is_selected={Some(is_selected)} height_rows={12} />) }
            }
        </Card>)
}

fn columns() -> Vec<Column> {
    let titles = [
        ("Select", false, 64),
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
            // The name, and the cluster of today.
            data: matches!(title, "Name" | "Today"),
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
        1 => html! { <span draggable="true" data-machine={machine.id.to_string()}>{ &machine.name }</span> },
        2 => html! { cluster.to_owned() },
        3 => match assignment() {
            Some(assignment) => html! { words::place_name(scenario, &outcome.plan, assignment.place) },
            None => html! { <span class="tag tag-warn">{ "no place" }</span> },
        },
        4 => html! { format::count(u64::from(edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus))) },
        5 => html! { format::size(edit.and_then(|edit| edit.memory).unwrap_or(machine.memory)) },
        _ => match assignment() {
            Some(assignment) => {
                let monthly = outcome.ledger.a_month_of(assignment.cost);
                html! { format::money(monthly, scenario.assumptions.currency) }
            }
            None => html! { "–" },
        },
    }
}
