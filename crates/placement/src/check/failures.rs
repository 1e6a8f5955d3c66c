//! Whether the machines of a cluster find room on the hosts that are left, whichever hosts fail.

use super::{ClusterPlan, HostPlan, Parts, RESOURCES, Resource, Resources, plus};
use basics::MachineId;

/// Up to about this much work, counted in looks at a host, every combination of failing hosts is played through.
const MOST_WORK: u64 = 50_000_000;

/// Whether the cluster survives the loss of any `lost` of its hosts: the machines of the lost hosts are put, one by one, on the hosts that are left, and
/// the `reserved` block must still find room in what is then free. Machines that are kept together, apart or isolated on hosts are so on the new hosts
/// too. Storage in a pool does not fail with a host.
///
/// Where there are too many combinations to play through, the proof is that enough hosts are empty and each is as large as every host in use: then each
/// lost host moves as one.
pub(super) fn survives(
    cluster: &ClusterPlan,
    reserved: &Resources,
    pooled: bool,
    lost: usize,
    parts: &Parts<'_>,
) -> bool {
    let up: Vec<&HostPlan> = cluster.hosts.iter().filter(|host| !host.retired).collect();
    let machines: usize = up.iter().map(|host| host.machines.len()).sum();
    if lost == 0 || (machines == 0 && reserved.iter().all(|&amount| amount == 0)) {
        return true;
    }
    if up.len() <= lost {
        return false;
    }
    let own: Vec<usize> =
        (0..RESOURCES).filter(|&resource| !pooled || resource != Resource::Storage as usize).collect();
    if !block_fits(&up, reserved, lost, &own) {
        return false;
    }
    let hosts = up.len() as u64;
    let combinations =
        (0..lost as u64).fold(1_u64, |product, index| product.saturating_mul(hosts - index) / (index + 1));
    let work = combinations.saturating_mul(machines as u64 * lost as u64 + hosts);
    if work <= MOST_WORK {
        every_combination(&up, lost, |down| moves(&up, down, &own, parts))
    } else {
        enough_spares(&up, lost, &own)
    }
}

/// Whether, with the largest hosts lost, enough is free in sum for the block, after all machines.
fn block_fits(up: &[&HostPlan], reserved: &Resources, lost: usize, own: &[usize]) -> bool {
    own.iter().all(|&resource| {
        let mut capacities: Vec<u64> = up.iter().map(|host| host.capacity[resource]).collect();
        capacities.sort_unstable();
        let left: u64 = capacities[..up.len() - lost].iter().fold(0, |sum, capacity| sum.saturating_add(*capacity));
        let used: u64 = up.iter().fold(reserved[resource], |sum, host| sum.saturating_add(host.used[resource]));
        used <= left
    })
}

/// Whether `holds` for every choice of `lost` hosts.
fn every_combination(up: &[&HostPlan], lost: usize, mut holds: impl FnMut(&[usize]) -> bool) -> bool {
    let mut down: Vec<usize> = (0..lost).collect();
    loop {
        if !holds(&down) {
            return false;
        }
        // The next choice in order: advance the last position that can be.
        let Some(position) = (0..lost).rev().find(|&position| down[position] < up.len() - lost + position) else {
            return true;
        };
        down[position] += 1;
        for later in position + 1..lost {
            down[later] = down[later - 1] + 1;
        }
    }
}

/// A host that is left.
pub(super) struct Left {
    /// Position among the hosts that were up.
    pub host: usize,
    empty: bool,
    pub free: Resources,
    machines: Vec<MachineId>,
}

impl Left {
    /// The hosts that are not `down`, those in use before empty ones.
    pub fn of(up: &[&HostPlan], down: &[usize], parts: &Parts<'_>) -> Vec<Self> {
        let ruled = !parts.neighbours.is_empty();
        let mut left: Vec<Self> = up
            .iter()
            .enumerate()
            .filter(|(index, _)| !down.contains(index))
            .map(|(index, host)| Self {
                host: index,
                empty: host.machines.is_empty(),
                free: std::array::from_fn(|resource| host.capacity[resource].saturating_sub(host.used[resource])),
                machines: if ruled { host.machines.clone() } else { Vec::new() },
            })
            .collect();
        left.sort_by_key(|left| left.empty);
        left
    }

    /// Whether there is room for what `load` asks for.
    pub fn has_room(&self, load: &Load, own: &[usize]) -> bool {
        own.iter().all(|&resource| load.demand[resource] <= self.free[resource])
    }

    /// Whether its machines let those of `load` join them.
    pub fn may_join(&self, load: &Load, parts: &Parts<'_>) -> bool {
        parts.neighbours.is_empty()
            || load.machines.iter().all(|&machine| parts.neighbours.may_join(machine, &self.machines))
    }

    /// Takes `load`.
    pub fn take(&mut self, load: &Load, own: &[usize]) {
        for &resource in own {
            self.free[resource] -= load.demand[resource];
        }
        self.machines.extend(&load.machines);
    }
}

/// What moves as one: a machine, or several that must share a host.
pub(super) struct Load {
    pub demand: Resources,
    pub machines: Vec<MachineId>,
}

/// Whether the machines of the hosts that are `down` fit on the others: host by host, largest machine first, hosts in use before empty ones.
pub(super) fn moves(up: &[&HostPlan], down: &[usize], own: &[usize], parts: &Parts<'_>) -> bool {
    let mut left = Left::of(up, down, parts);
    for &host in down {
        for load in loads(up[host], parts) {
            let takes = |left: &&mut Left| left.has_room(&load, own) && left.may_join(&load, parts);
            let Some(left) = left.iter_mut().find(takes) else { return false };
            left.take(&load, own);
        }
    }
    true
}

/// What is to be moved off a host, largest first.
pub(super) fn loads(host: &HostPlan, parts: &Parts<'_>) -> Vec<Load> {
    let mut loads: Vec<Load> = Vec::new();
    let mut parties: Vec<(usize, usize)> = Vec::new();
    for machine in &host.machines {
        let Some(&(_, demand)) = parts.demands.get(machine) else { continue };
        let party = parts.neighbours.party(*machine);
        let known = party.and_then(|party| parties.iter().find(|known| known.0 == party));
        if let Some(&(_, at)) = known {
            loads[at].demand = plus(&loads[at].demand, demand);
            loads[at].machines.push(*machine);
        } else {
            parties.extend(party.map(|party| (party, loads.len())));
            loads.push(Load { demand: *demand, machines: vec![*machine] });
        }
    }
    loads.sort_unstable_by(|a, b| (&b.demand, &b.machines).cmp(&(&a.demand, &a.machines)));
    loads
}

/// Whether so many hosts are empty, and each at least as large as every host in use.
fn enough_spares(up: &[&HostPlan], lost: usize, own: &[usize]) -> bool {
    let (empty, used): (Vec<&&HostPlan>, Vec<&&HostPlan>) = up.iter().partition(|host| host.machines.is_empty());
    let covers = |spare: &HostPlan| used.iter().all(|host| own.iter().all(|&r| host.used[r] <= spare.capacity[r]));
    empty.into_iter().filter(|spare| covers(spare)).count() >= lost
}
