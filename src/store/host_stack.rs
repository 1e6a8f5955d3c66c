//! What hosts of a plan hold: all of a cluster side by side, of one resource, and one of them resource by resource.

use crate::chart::rack::{Rack, Stack};
use crate::chart::stacked_bars::{Bar, StackedBars};
use crate::engine::model::{Estate, Scenario};
use crate::engine::order::in_order;
use crate::engine::placement::{ClusterPlan, HostPlan, RESOURCES, Resource, Resources};
use crate::engine::sizing::{SourceClocks, demand};
use crate::store::{format, words};

/// Machines that have a part of their own; with the others together there are as many parts as colours.
const NAMED: usize = 5;

/// The resources of which each host of a cluster has some of its own.
pub fn racked(cluster: &ClusterPlan) -> Vec<Resource> {
    let has = |of: &Resource| cluster.hosts.iter().any(|host| !host.retired && host.capacity[*of as usize] > 0);
    [Resource::Cpu, Resource::Memory, Resource::Storage].into_iter().filter(has).collect()
}

/// The hosts of a cluster that are kept, `most` of them at most: what each of their machines takes of a resource, and what must stay free so that as many
/// hosts as `failures` may fail. That is as much as the largest of them give; it lies on hosts without machines first, and the rest where there is room, in
/// proportion. `chosen` is the position of a host in the cluster, where one is.
pub fn rack(
    (estate, scenario): (&Estate, &Scenario),
    cluster: &ClusterPlan,
    resource: Resource,
    failures: u32,
    (most, chosen): (usize, Option<usize>),
) -> Rack {
    let (clocks, of) = (SourceClocks::of_estate(estate), resource as usize);
    let is_kept = |(_, host): &(usize, &HostPlan)| !host.retired && host.capacity[of] > 0;
    let (numbers, kept): (Vec<usize>, Vec<&HostPlan>) = cluster.hosts.iter().enumerate().filter(is_kept).unzip();
    let reserves = reserves(&kept, of, failures as usize);
    let stack = |((host, at), reserve): ((&&HostPlan, &usize), f64)| {
        let capacity = host.capacity[of] as f64;
        let taken: Vec<(String, u64)> =
            asked(estate, scenario, &clocks, host).into_iter().map(|(name, takes)| (name, takes[of])).collect();
        let taken = in_order(&taken, |(_, a), (_, b)| b.cmp(a));
        let machines = taken.into_iter().map(|(name, takes)| (name, takes as f64 / capacity)).collect();
        Stack { number: at + 1, machines, reserve }
    };
    Rack {
        resource: words::resource(resource).to_owned(),
        hosts: kept.iter().zip(&numbers).zip(reserves).take(most).map(stack).collect(),
        chosen: numbers.iter().take(most).position(|&at| Some(at) == chosen),
        format: |share| format::percent(share, 1.0),
    }
}

/// The share of each host that must stay free.
fn reserves(hosts: &[&HostPlan], of: usize, failures: usize) -> Vec<f64> {
    let given: Vec<u64> = hosts.iter().map(|host| host.capacity[of]).collect();
    let mut wanted: f64 = in_order(&given, |a, b| b.cmp(a)).iter().take(failures).map(|&one| one as f64).sum();
    let free = |host: &HostPlan| host.capacity[of].saturating_sub(host.used[of]) as f64;
    let mut shares = vec![0.0; hosts.len()];
    for without_machines in [true, false] {
        let those = || hosts.iter().enumerate().filter(|(_, host)| host.machines.is_empty() == without_machines);
        let room: f64 = those().map(|(_, host)| free(host)).sum();
        let share = if room > 0.0 { (wanted / room).min(1.0) } else { 0.0 };
        for (at, host) in those() {
            shares[at] = share * free(host) / host.capacity[of] as f64;
        }
        wanted -= share * room;
    }
    shares
}

/// A bar for each resource that the host has, in per cent of what it gives, up to the whole at least: what is not filled is free.
pub fn host_stack(estate: &Estate, scenario: &Scenario, host: &HostPlan) -> StackedBars {
    let asked = asked(estate, scenario, &SourceClocks::of_estate(estate), host);
    let machines = in_order(&asked, |(_, a), (_, b)| largest(b, host).cmp(&largest(a, host)));
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
fn asked(estate: &Estate, scenario: &Scenario, clocks: &SourceClocks, host: &HostPlan) -> Vec<(String, Resources)> {
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
    fn a_rack_has_each_machine_and_what_must_stay_free() {
        let machines: Vec<Machine> = (1..=3).map(|size| machine(&format!("m{size}"), size, 1024)).collect();
        let mut estate = Estate { machines: machines.clone(), ..Estate::default() };
        estate.sort();
        let of = |machines: &[Machine], used: u64| {
            let capacity = [0, 4096, 0, 0, 0];
            HostPlan { used: [0, used, 0, 0, 0], ..host(machines, capacity) }
        };
        let mut retired = of(&[], 0);
        retired.retired = true;
        let hosts = vec![retired, of(&machines[..2], 2048), of(&machines[2..], 1024), of(&[], 0)];
        let cluster = ClusterPlan {
            hosts,
            used: Resources::default(),
            usable: Resources::default(),
            limiting: None,
            fragmentation_hosts: 0,
        };
        assert_eq!(racked(&cluster), [Resource::Memory]);
        let permille = |share: f64| (share * 1000.0).round() as u32;
        let reserves = |failures| -> Vec<u32> {
            let scenario = Scenario::default();
            let rack = rack((&estate, &scenario), &cluster, Resource::Memory, failures, (10, Some(2)));
            assert_eq!((rack.hosts.len(), rack.chosen), (3, Some(1)), "without the one that is switched off");
            assert_eq!(rack.hosts[0].number, 2);
            let shares: Vec<u32> = rack.hosts[0].machines.iter().map(|(_, share)| permille(*share)).collect();
            assert_eq!(shares, [250, 250]);
            rack.hosts.iter().map(|stack| permille(stack.reserve)).collect()
        };
        assert_eq!(reserves(0), [0, 0, 0]);
        assert_eq!(reserves(1), [0, 0, 1000], "the host without machines is what must stay free");
        // One host more: 4 GiB of the 5 that are free on the two others.
        assert_eq!(reserves(2), [400, 600, 1000]);
        assert_eq!(reserves(9), [500, 750, 1000], "no more than is free");
    }

    #[test]
    fn a_host_without_machines_is_a_chart_too() {
        let stack = host_stack(&Estate::default(), &Scenario::default(), &host(&[], [1000, 1024, 0, 0, 0]));
        assert!(stack.parts.is_empty());
        assert_eq!(stack.summary(), "CPU 0 %, Memory 0 %");
        assert!(stack.picture(300.0).height > 0.0);
    }
}
