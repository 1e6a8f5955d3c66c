//! What one host of a plan holds, resource by resource: its largest machines, and all others together.

use crate::chart::stacked_bars::{Bar, StackedBars};
use crate::engine::model::{Estate, Scenario};
use crate::engine::order::in_order;
use crate::engine::placement::{HostPlan, RESOURCES, Resource, Resources};
use crate::engine::sizing::{SourceClocks, demand};
use crate::store::{format, words};

/// Machines that have a part of their own; with the others together there are as many parts as colours.
const NAMED: usize = 5;

/// A bar for each resource that the host has, in per cent of what it gives, up to the whole at least: what is not filled is free.
pub fn host_stack(estate: &Estate, scenario: &Scenario, host: &HostPlan) -> StackedBars {
    let machines = in_order(&asked(estate, scenario, host), |(_, a), (_, b)| largest(b, host).cmp(&largest(a, host)));
    let (named, others) = machines.split_at(machines.len().min(NAMED));
    let mut parts: Vec<String> = named.iter().map(|(name, _)| name.clone()).collect();
    if !others.is_empty() {
        parts.push(format::counted(others.len() as u64, "other machine", "other machines"));
    }
    let bars = (0..RESOURCES).filter(|&of| host.capacity[of] > 0).map(|of| {
        let share = |amount: u64| amount as f64 / host.capacity[of] as f64 * 100.0;
        let mut values: Vec<f64> = named.iter().map(|(_, asks)| share(asks[of])).collect();
        if !others.is_empty() {
            values.push(share(others.iter().map(|(_, asks)| asks[of]).sum()));
        }
        Bar { label: words::resource(Resource::ALL[of]).to_owned(), values }
    });
    StackedBars { bars: bars.collect(), parts, least: 100.0, format: Box::new(|value| format::percent(value, 100.0)) }
}

/// The machines of a host by name, with what each takes of it.
fn asked(estate: &Estate, scenario: &Scenario, host: &HostPlan) -> Vec<(String, Resources)> {
    let clocks = SourceClocks::of_estate(estate);
    let machines = host.machines.iter().filter_map(|&id| estate.machine(id));
    machines
        .map(|machine| {
            let found = demand(machine, scenario.edits.get(&machine.id), &scenario.policy, clocks.of(machine));
            let mut takes = found.resources;
            takes[Resource::Cpu as usize] = found.host_cpu;
            (machine.name.clone(), takes)
        })
        .collect()
}

/// The largest share of the host that a machine takes, of any resource, in millionths.
fn largest(takes: &Resources, host: &HostPlan) -> u128 {
    let share =
        |of: usize| (host.capacity[of] > 0).then(|| u128::from(takes[of]) * 1_000_000 / u128::from(host.capacity[of]));
    (0..RESOURCES).filter_map(share).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::picture::Chart;
    use crate::engine::model::{Machine, MachineId, MiB};

    fn machine(name: &str, vcpus: u32, memory: u64) -> Machine {
        let id = MachineId::of(&[name]);
        Machine { id, name: name.to_owned(), vcpus, memory: MiB(memory), ..Machine::default() }
    }

    fn host(machines: &[Machine], capacity: Resources) -> HostPlan {
        let mut ids: Vec<MachineId> = machines.iter().map(|machine| machine.id).collect();
        ids.sort_unstable();
        HostPlan { existing: None, retired: false, capacity, used: Resources::default(), machines: ids }
    }

    #[test]
    fn a_bar_of_each_resource_has_the_largest_machines_and_the_others() {
        let machines: Vec<Machine> = (1..=7).map(|size| machine(&format!("m{size}"), size, 1024)).collect();
        let mut estate = Estate { machines: machines.clone(), ..Estate::default() };
        estate.sort();
        let stack = host_stack(&estate, &Scenario::default(), &host(&machines, [56_000, 28_672, 0, 0, 0]));
        assert_eq!(stack.parts, ["m7", "m6", "m5", "m4", "m3", "2 other machines"]);
        let labels: Vec<&str> = stack.bars.iter().map(|bar| bar.label.as_str()).collect();
        assert_eq!(labels, ["CPU", "Memory"], "a resource that the host has none of has no bar");
        // 7 of 56 vCPU, …, and 2 + 1 of them; 1 of 28 GiB each.
        assert_eq!(stack.table().rows[0], ["CPU", "12 %", "11 %", "8.9 %", "7.1 %", "5.4 %", "5.4 %", "50 %"]);
        assert_eq!(stack.table().rows[1][1..3], ["3.6 %", "3.6 %"]);
        assert_eq!(stack.table().rows[1][7], "25 %");
    }

    #[test]
    fn a_host_without_machines_is_a_chart_too() {
        let stack = host_stack(&Estate::default(), &Scenario::default(), &host(&[], [1000, 1024, 0, 0, 0]));
        assert!(stack.parts.is_empty());
        assert_eq!(stack.summary(), "CPU 0 %, Memory 0 %");
        assert!(stack.picture(300.0).height > 0.0);
    }
}
