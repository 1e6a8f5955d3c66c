//! The picture of who goes where: from today's clusters to places, by the measure of choice.

use std::rc::Rc;

use yew::prelude::*;

use super::PlanProps;
use crate::chart::flow_chart::{FlowChart, FlowLink, FlowNode};
use crate::chart::picture;
use crate::engine::model::{ClusterId, Footprint, Machine, MachineEdit, MiB, Money};
use crate::engine::order::{Tally, in_order};
use crate::engine::outcome::Outcome;
use crate::store::{Work, format, select};
use crate::ui::charts::Chart;
use crate::ui::part::part;
use crate::ui::shared::Segmented;

/// Clusters beyond this many are drawn as one.
const MOST_CLUSTERS: usize = 10;

/// By what the ribbons are wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Width {
    Money,
    Machines,
    Vcpus,
    Memory,
    Storage,
}

const WIDTHS: [Width; 5] = [Width::Money, Width::Machines, Width::Vcpus, Width::Memory, Width::Storage];

/// The flow picture with its choice of measure.
#[component]
pub fn Flow(props: &PlanProps) -> Html {
    let width = use_state(|| 0_usize);
    let on_select = {
        let width = width.setter();
        Callback::from(move |choice: usize| width.set(choice))
    };
    let picture = use_memo((props.outcome.clone(), props.project.clone(), *width), |(outcome, project, width)| {
        draw(outcome, project, WIDTHS[*width])
    });
    html! {
        <>
            { part!(<Segmented label="Width of the ribbons" options={vec!["Money", "Machines", "vCPU", "Memory", "Storage"]} selected={*width} {on_select} />) }
            { part!(<Chart of={picture as Rc<dyn picture::Chart>} />) }
        </>
    }
}

/// How wide the ribbon from a cluster to a place is, and of how many machines.
type Ribbons = Tally<(ClusterId, usize), (f64, u64)>;

fn draw(outcome: &Outcome, project: &Work, width: Width) -> FlowChart {
    let (plan, scenario) = (&outcome.plan, project.scenario());
    let no_place = plan.places.len();
    let mut ribbons = Ribbons::default();
    for assignment in &plan.assignments {
        if let Some(machine) = project.estate.machine(assignment.machine) {
            let ribbon = ribbons.at((machine.cluster, assignment.place as usize));
            ribbon.0 += weight(project, machine, assignment.cost, width);
            ribbon.1 += 1;
        }
    }
    for unplaced in &plan.unplaced {
        if let Some(machine) = project.estate.machine(unplaced.machine) {
            let ribbon = ribbons.at((machine.cluster, no_place));
            ribbon.0 += weight(project, machine, Money::ZERO, width);
            ribbon.1 += 1;
        }
    }
    let clusters = clusters_by_size(&ribbons);
    let place_of: Vec<usize> =
        (0..=no_place).filter(|&place| ribbons.0.iter().any(|&((_, other), _)| other == place)).collect();
    let left_of = |cluster: ClusterId| {
        clusters.iter().position(|&other| other == cluster).unwrap_or(MOST_CLUSTERS - 1).min(MOST_CLUSTERS - 1)
    };
    let mut links = Tally::<(usize, usize), (f64, u64)>::default();
    for &((cluster, place), (value, count)) in &ribbons.0 {
        let right = place_of.iter().position(|&other| other == place).unwrap_or(0);
        let link = links.at((left_of(cluster), right));
        link.0 += value;
        link.1 += count;
    }
    let left: Vec<FlowNode> = clusters
        .iter()
        .take(MOST_CLUSTERS)
        .enumerate()
        .map(|(index, &cluster)| {
            let rest = index + 1 == MOST_CLUSTERS && clusters.len() > MOST_CLUSTERS;
            let title = if rest {
                format!("{} more clusters", clusters.len() - MOST_CLUSTERS + 1)
            } else {
                project.estate.cluster(cluster).map_or_else(|| "No cluster".to_owned(), |cluster| cluster.name.clone())
            };
            let count = links.0.iter().filter(|((left, _), _)| *left == index).map(|(_, (_, count))| count).sum();
            FlowNode { title, note: format::counted(count, "machine", "machines"), tone: 0 }
        })
        .collect();
    let mut tone = 0;
    let right: Vec<FlowNode> = place_of
        .iter()
        .enumerate()
        .map(|(index, &place)| {
            let count: u64 =
                links.0.iter().filter(|((_, right), _)| *right == index).map(|(_, (_, count))| count).sum();
            if place == no_place {
                return FlowNode {
                    title: "No place yet".to_owned(),
                    note: format::counted(count, "machine", "machines"),
                    tone: u8::MAX,
                };
            }
            let footprint = scenario.footprint(plan.places[place].footprint);
            let stays = footprint
                .is_some_and(|footprint| matches!(footprint.kind, crate::engine::model::FootprintKind::Cluster(_)));
            if !stays {
                tone += 1;
            }
            let title =
                footprint.map_or_else(|| "A footprint that is gone".to_owned(), |footprint| footprint.name.clone());
            let hosts: usize = plan.places[place]
                .clusters
                .iter()
                .map(|cluster| cluster.hosts.iter().filter(|host| !host.retired).count())
                .sum::<usize>()
                * footprint.map_or(1, Footprint::hosts_in_one) as usize;
            let note = if hosts == 0 {
                format::counted(count, "machine", "machines")
            } else {
                format!(
                    "{} on {}",
                    format::counted(count, "machine", "machines"),
                    format::counted(hosts as u64, "host", "hosts")
                )
            };
            FlowNode { title, note, tone: if stays { 0 } else { tone } }
        })
        .collect();
    let links = links
        .0
        .into_iter()
        .map(|((left, right), (value, count))| FlowLink {
            left,
            right,
            value,
            label: format!(
                "{}, {}",
                format::counted(count, "machine", "machines"),
                label(value, width, outcome, project)
            ),
        })
        .collect();
    FlowChart { left, right, links }
}

/// Clusters with the most machines first.
fn clusters_by_size(ribbons: &Ribbons) -> Vec<ClusterId> {
    let mut sizes = Tally::<ClusterId, u64>::default();
    for &((cluster, _), (_, count)) in &ribbons.0 {
        *sizes.at(cluster) += count;
    }
    // Equal ones keep the order of their ids.
    in_order(&sizes.0, |a, b| b.1.cmp(&a.1)).into_iter().map(|(cluster, _)| cluster).collect()
}

fn weight(project: &Work, machine: &Machine, cost: Money, width: Width) -> f64 {
    let scenario = project.scenario();
    let edit = scenario.edits.get(&machine.id);
    let by_edit = |value: fn(&MachineEdit) -> Option<MiB>| edit.and_then(value);
    match width {
        Width::Money => cost.as_f64().max(0.0),
        Width::Machines => 1.0,
        Width::Vcpus => f64::from(edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus)),
        Width::Memory => by_edit(|edit| edit.memory).unwrap_or(machine.memory).gib(),
        Width::Storage => by_edit(|edit| edit.storage)
            .or_else(|| select::storage_by(machine, scenario.policy.storage_measure))
            .unwrap_or_default()
            .gib(),
    }
}

fn label(value: f64, width: Width, outcome: &Outcome, project: &Work) -> String {
    match width {
        Width::Money => {
            let monthly = outcome.ledger.a_month_of(Money::from_micros((value * 1e6) as i64));
            format!("{} a month", format::money_short(monthly, project.scenario().assumptions.currency))
        }
        Width::Machines => "by number".to_owned(),
        Width::Vcpus => format!("{} vCPU", format::count(value as u64)),
        Width::Memory | Width::Storage => format::size(MiB((value * 1024.0) as u64)),
    }
}
