//! What do I have, was it understood, what is left out, and what does that change?

mod cell_edit;
mod chooser;
mod classes;
mod conditions;
mod findings;
mod left_out;
mod listing;
mod machines;
mod repeats;
mod things;
mod what_was_read;

pub use classes::ClassesDialog;

use std::rc::Rc;

use yew::prelude::*;

use crate::chart::picture;
use crate::chart::size_scatter::SizeScatter;
use crate::engine::model::{MachineEdit, MiB, StorageMeasure};
use crate::engine::order::Tally;
use crate::engine::totals::{Totals, totals};
use crate::store::select::machines_by_name;
use crate::store::{AppState, Shared, Work, format};
use crate::ui::charts::Chart;
use crate::ui::hooks::{use_later, use_selector};
use crate::ui::lazy::{Further, Lazy, Place};
use crate::ui::part::part;
use crate::ui::shared::{Card, Kpi, KpiStrip};

/// All that is known of an estate. Where there is none, the frame welcomes instead (`ui::welcome`).
#[component]
pub fn EstatePage() -> Html {
    let project = use_selector(AppState::work);
    let sums = use_memo(project.clone(), |project| {
        let scenario = project.scenario();
        totals(&project.estate, scenario.policy.scope, &scenario.edits, None)
    });
    // The parts that are large, each when the one before it is there.
    let sizes = use_later(&project, true);
    let clusters = use_later(&project, sizes.as_ref() == Some(&project));
    // The order of names in a task of its own, before the table that asks for it.
    use_effect_with(clusters.clone(), |clusters| {
        let _made = clusters.as_ref().map(|project| machines_by_name(&project.estate));
    });
    let machines = use_later(&project, clusters.as_ref() == Some(&project));
    let hosts = use_later(&project, machines.as_ref() == Some(&project));
    let datastores = use_later(&project, hosts.as_ref() == Some(&project));
    let is_all_there = datastores.is_some();
    html! {
        <div class="page">
            <h1 class="visually-hidden">{ "Estate" }</h1>
            { part!(<Headline sums={(*sums).clone()} measure={project.scenario().policy.storage_measure} />) }
            <div class="halves">
                { part!(<Card title="Machines by size" note="each dot a size, larger for more machines">
                    if let Some(project) = sizes { { part!(<Sizes {project} />) } }
                </Card>) }
                { part!(<Card title="What to know about the files" note={files_note(&project)}>
                    { part!(<findings::Findings report={Shared::from(Rc::clone(&project.report))} />) }
                    { part!(<what_was_read::WhatWasRead report={Shared::from(Rc::clone(&project.report))} />) }
                </Card>) }
            </div>
            <div class="cols">
                <div>if let Some(project) = clusters { { part!(<things::Clusters {project} />) } }</div>
                { part!(<Card title="Left out of the plan" note="switch on what should move along">
                    { part!(<left_out::LeftOut sums={(*sums).clone()} />) }
                </Card>) }
            </div>
            <div class="later">if let Some(project) = machines { { part!(<machines::Machines {project} />) } }</div>
            <div class="later">if let Some(project) = hosts { { part!(<things::Hosts {project} />) } }</div>
            <div class="later">if let Some(project) = datastores { { part!(<things::Datastores {project} />) } }</div>
            <div class="later">if is_all_there { { part!(<Lazy place={Place::Further(Further::Pictures)} />) } }</div>
        </div>
    }
}

/// Properties of [`Sizes`].
#[derive(PartialEq, Properties)]
struct SizesProps {
    project: Work,
}

/// The chart of sizes.
#[component]
fn Sizes(props: &SizesProps) -> Html {
    let of = use_memo(props.project.clone(), |project| SizeScatter { sizes: planned_sizes(project) });
    part!(<Chart of={of as Rc<dyn picture::Chart>} />)
}

/// Sizes of the planned machines: vCPU, GiB, and how many have them.
fn planned_sizes(project: &Work) -> Vec<(u32, f64, u32)> {
    let scenario = project.scenario();
    let mut counts = Tally::<(u32, u64), u32>::default();
    for machine in &project.estate.machines {
        let edit = scenario.edits.get(&machine.id);
        if MachineEdit::plans(edit, machine, scenario.policy.scope) {
            let vcpus = edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus);
            let memory = edit.and_then(|edit| edit.memory).unwrap_or(machine.memory);
            *counts.at((vcpus, memory.0)) += 1;
        }
    }
    counts.0.into_iter().map(|((vcpus, memory), count)| (vcpus, MiB(memory).gib(), count)).collect()
}

fn files_note(project: &Work) -> String {
    let tabs: usize = project.report.files.iter().map(|file| file.tabs.len()).sum();
    let files = project.report.files.len();
    if files == 0 {
        return "typed in".to_owned();
    }
    format!("{}, {}", format::counted(files as u64, "file", "files"), format::counted(tabs as u64, "tab", "tabs"))
}

/// Properties of [`Headline`].
#[derive(PartialEq, Properties)]
struct HeadlineProps {
    sums: Totals,
    measure: StorageMeasure,
}

/// The five figures that everybody asks for first.
#[component]
fn Headline(props: &HeadlineProps) -> Html {
    let sums = &props.sums;
    let set_aside: u64 = sums.machines - sums.planned;
    let per_core = |number: u64| {
        if sums.cores == 0 {
            "no hosts in the files".to_owned()
        } else {
            format!("{} for each core today", format::decimal(number as f64 / sums.cores as f64, 1))
        }
    };
    let (storage, storage_title, others) = storage_line(sums, props.measure);
    let memory_note = if sums.host_memory.0 == 0 {
        "configured".to_owned()
    } else {
        format!("{} of what the hosts have", format::percent(sums.memory.0 as f64, sums.host_memory.0 as f64))
    };
    let hosts_note = format!("{} · {}", format::counted(sums.cores, "core", "cores"), format::clock(sums.host_cpu));
    let hosts_memory = format!("{} memory", format::size(sums.host_memory));
    part!(<KpiStrip label="Estate totals">
            { part!(<Kpi label="Machines" value={format::count(sums.planned)}
                note={format!("{} in the files, {} left out", format::count(sums.machines), format::count(set_aside))}
                help="Virtual machines that are planned: all of the inventory but those that are left out, by kind below or by hand in the table." />) }
            { part!(<Kpi label="vCPU" value={format::count(sums.vcpus)} note={per_core(sums.vcpus)}
                help="Virtual processors of the planned machines as configured, with changes by hand. Beside it: divided by the physical cores of all hosts of the inventory." />) }
            { part!(<Kpi label="Memory" value={format::size(sums.memory)} note={memory_note}
                help="Configured memory of the planned machines, with changes by hand. Beside it: its share of the memory of all hosts of the inventory." />) }
            { part!(<Kpi label={storage_title} value={format::size(storage)} note={others}
                help="Disk space of the planned machines by the measure that Rules chooses to count, and beside it by the others. A machine for which the inventory lacks a measure counts as nothing in it." />) }
            { part!(<Kpi label="Hosts" value={format::count(sums.hosts)} note={format!("{hosts_note} · {hosts_memory}")}
                help="All hosts of the inventory, with their physical cores, the clock of all cores together, and their memory. What a plan would rent or buy is not among them." />) }
        </KpiStrip>)
}

/// Storage by the measure that counts, and by the others, which differ.
fn storage_line(sums: &Totals, measure: StorageMeasure) -> (MiB, &'static str, String) {
    let all = [
        (StorageMeasure::InUse, "Storage in use", "in use", sums.in_use),
        (StorageMeasure::Provisioned, "Storage provisioned", "provisioned", sums.provisioned),
        (StorageMeasure::DiskCapacity, "Storage by disk sizes", "by disk sizes", sums.disk_capacity),
        (StorageMeasure::PartitionConsumed, "Storage used in guests", "used in guests", sums.partition_consumed),
    ];
    let chosen = all.iter().find(|(other, ..)| *other == measure).unwrap_or(&all[0]);
    let others: Vec<String> = all
        .iter()
        .filter(|(other, ..)| *other != chosen.0)
        .map(|(_, _, words, size)| format!("{} {words}", format::size(*size)))
        .collect();
    (chosen.3, chosen.1, others.join(" · "))
}
