//! Why is this machine here, and what would it cost elsewhere?

use std::rc::Rc;

use yew::prelude::*;

use super::PlanProps;
use super::move_to::Move;
use crate::engine::model::{Machine, Scenario};
use crate::engine::outcome::{InstanceChoice, Outcome};
use crate::engine::placement::{Assignment, Slot};
use crate::store::{Action, UiAction, format, select, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, Icon, IconName};

/// The reasons of the selected machine.
#[component]
pub fn Why(props: &PlanProps) -> Html {
    let store = use_services().store().clone();
    let selected = use_selector(|state| state.ui.machine);
    let (project, outcome) = (&props.project, &props.outcome);
    let Some(machine) = selected.and_then(|id| project.estate.machine(id)) else {
        return part!(<Card title="Why here"><p class="muted">{ "Choose a machine in the list to see why it is where it is, and what it would cost elsewhere." }</p></Card>);
    };
    let close = Callback::from(move |_event: MouseEvent| store.dispatch(Action::Ui(UiAction::Machine(None))));
    let scenario = project.scenario();
    let body = match outcome.plan.assignment(machine.id) {
        Some(assignment) => placed(outcome, scenario, assignment),
        None => unplaced(outcome, scenario, machine),
    };
    part!(<Card title="Why here" actions={html! {
            <button type="button" class="icon-btn" title="Close" aria-label="Close" onclick={close}>{ part!(<Icon name={IconName::Close} />) }</button>
        }}>
            <h3 class="why-name">{ &machine.name }</h3>
            <p class="muted">{ describe(machine, scenario) }</p>
            { body }
            { part!(key = machine.id.to_string(), <Move machines={Rc::new(vec![machine.id])} outcome={outcome.clone()} project={project.clone()} />) }
        </Card>)
}

/// `16 vCPU · 256 GiB · 4.1 TiB · Windows Server 2019`.
fn describe(machine: &Machine, scenario: &Scenario) -> String {
    let edit = scenario.edits.get(&machine.id).cloned().unwrap_or_default();
    let mut parts = vec![
        format!("{} vCPU", edit.vcpus.unwrap_or(machine.vcpus)),
        format::size(edit.memory.unwrap_or(machine.memory)),
    ];
    let storage = edit.storage.or_else(|| select::storage_by(machine, scenario.policy.storage_measure));
    parts.extend(storage.map(format::size));
    parts.extend(machine.os.clone());
    parts.join(" · ")
}

fn placed(outcome: &Outcome, scenario: &Scenario, assignment: &Assignment) -> Html {
    let plan = &outcome.plan;
    let currency = scenario.assumptions.currency;
    let monthly = outcome.ledger.a_month_of(assignment.cost);
    let slot = match assignment.slot {
        Slot::Host { cluster, host } => {
            let hosts = plan.places[assignment.place as usize].clusters[cluster as usize].hosts.len();
            let of_cluster = if plan.places[assignment.place as usize].clusters.len() > 1 {
                format!("cluster {}, ", cluster + 1)
            } else {
                String::new()
            };
            format!("{of_cluster}host {} of {hosts}", host + 1)
        }
        Slot::Instance => {
            let found = outcome.instance_choices.binary_search_by_key(&assignment.machine, |choice| choice.machine);
            found.map_or_else(
                |_| "an instance".to_owned(),
                |index| {
                    let InstanceChoice { type_name, disks, .. } = &outcome.instance_choices[index];
                    format!("{type_name}, {disks}")
                },
            )
        }
    };
    html! {
        <>
            <dl class="facts">
                <dt>{ "Placed on" }</dt><dd>{ words::place_name(scenario, plan, assignment.place) }</dd>
                <dt>{ if assignment.slot == Slot::Instance { "Type" } else { "Host" } }</dt><dd>{ slot }</dd>
                <dt>{ if scenario.objective.is_weighed() { "Its share, with carbon and moves" } else { "Its share of the cost" } }</dt><dd>{ format!("{} a month", format::money(monthly, currency)) }</dd>
            </dl>
            <ul class="reasons"><li>{ words::bind(scenario, plan, assignment.bind) }</li></ul>
            <h4>{ "Elsewhere" }</h4>
            <table class="alts"><tbody>
                if let Some(next) = assignment.next_best {
                    <tr>
                        <th scope="row">{ words::place_name(scenario, plan, next.place) }</th>
                        <td class="num">{ difference(outcome.ledger.a_month_of(next.extra), currency) }</td>
                    </tr>
                }
                { for assignment.rejections.iter().map(|rejection| html! {
                    <tr key={rejection.place}>
                        <th scope="row">{ words::place_name(scenario, plan, rejection.place) }</th>
                        <td class="refused">{ words::refusal(scenario, rejection.refusal) }</td>
                    </tr>
                }) }
            </tbody></table>
        </>
    }
}

fn difference(extra: crate::engine::model::Money, currency: crate::engine::model::Currency) -> String {
    let sign = if extra >= crate::engine::model::Money::ZERO { "+" } else { "" };
    format!("{sign}{} a month", format::money(extra, currency))
}

fn unplaced(outcome: &Outcome, scenario: &Scenario, machine: &Machine) -> Html {
    let plan = &outcome.plan;
    let found = plan.unplaced.binary_search_by_key(&machine.id, |unplaced| unplaced.machine);
    let Ok(index) = found else {
        return html! { <p>{ "It is left out of the plan; switch it on under Estate, Left out of the plan." }</p> };
    };
    html! {
        <>
            <p><span class="tag tag-warn">{ "No place" }</span></p>
            if let Some(remedy) = plan.unplaced[index].remedy { <p>{ "It would fit: " }{ words::remedy(scenario, plan, remedy) }</p> }
            <table class="alts"><tbody>
                { for plan.unplaced[index].rejections.iter().map(|rejection| html! {
                    <tr key={rejection.place}>
                        <th scope="row">{ words::place_name(scenario, plan, rejection.place) }</th>
                        <td class="refused">{ words::refusal(scenario, rejection.refusal) }</td>
                    </tr>
                }) }
            </tbody></table>
        </>
    }
}
