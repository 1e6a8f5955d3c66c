//! What happens to the machines of hosts that fail: where each starts again, and which cannot.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::failures::{self, Left, Load};
use super::{HostPlan, Parts, Plan, Problem, RESOURCES, Resource, Resources, rules};
use crate::PlaceKind;
use basics::MachineId;

/// Whether yet another host may fail is found out up to about this much work, counted in looks at a host.
const MOST_WORK: usize = 50_000_000;

/// What the loss of hosts of one cluster means. Positions of hosts are those in the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Machines that start again, and on which host, sorted by host and machine.
    pub restarts: Vec<(u32, MachineId)>,
    /// Machines that do not, and why, sorted by machine.
    pub stranded: Vec<(MachineId, NoRoom)>,
    /// What each host that is left gives and what its machines take then, sorted by host.
    pub left: Vec<(u32, Resources, Resources)>,
    /// Whether any one host more may fail and all machines start again; `None` where that would take too long to find out.
    pub one_more: Option<bool>,
}

/// Why a machine does not start again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoRoom {
    /// No host that is left has so much of a resource free.
    Short {
        /// Of what.
        resource: Resource,
        /// What the machine asks for, with those that must share its host.
        asked: u64,
        /// The most that any host has free.
        most: u64,
    },
    /// Some hosts have enough of each resource, none of all at once.
    NotTogether,
    /// There is room, but only beside machines that a rule keeps apart from it.
    Rules,
    /// No host is left.
    NoHost,
}

/// Plays through that the hosts `down` of a cluster fail: their machines are put on the hosts that are left, the largest first, as [`super::check`] does to see
/// whether the cluster survives. Storage that the cluster shares does not fail with a host. `None` where the plan has no such cluster.
pub fn loss(problem: &Problem, plan: &Plan, place: usize, cluster: usize, down: &[u32]) -> Option<Loss> {
    let found = plan.places.get(place)?.clusters.get(cluster)?;
    let pooled = match &problem.places().get(place)?.kind {
        PlaceKind::Hosts { usable_storage, .. } => !usable_storage.is_empty(),
        PlaceKind::Existing { .. } => true,
        PlaceKind::Instances { .. } => return None,
    };
    let own: Vec<usize> = (0..RESOURCES).filter(|&index| !pooled || index != Resource::Storage as usize).collect();
    let (numbers, up): (Vec<u32>, Vec<&HostPlan>) =
        (0_u32..).zip(&found.hosts).filter(|(_, host)| !host.retired).unzip();
    let down: Vec<usize> = (0..up.len()).filter(|&index| down.contains(&numbers[index])).collect();
    let demands: BTreeMap<MachineId, (usize, &Resources)> =
        problem.items().iter().enumerate().map(|(index, item)| (item.machine, (index, &item.demand))).collect();
    let neighbours = rules::Neighbours::of(problem);
    let parts = Parts { demands: &demands, neighbours: &neighbours };

    let mut left = Left::of(&up, &down, &parts);
    let mut found = Loss { one_more: one_more(&up, &down, &own, &parts), ..Loss::default() };
    for &host in &down {
        restart(failures::loads(up[host], &parts), &mut left, &own, &parts, &mut found);
    }
    for (host, _) in &mut found.restarts {
        *host = numbers[*host as usize];
    }
    found.restarts.sort_unstable();
    found.stranded.sort_unstable_by_key(|(machine, _)| *machine);
    left.sort_by_key(|left| left.host);
    found.left = left.iter().map(|left| after(left, numbers[left.host], up[left.host])).collect();
    Some(found)
}

/// Puts what ran on a host on those that are left.
fn restart(loads: Vec<Load>, left: &mut [Left], own: &[usize], parts: &Parts<'_>, found: &mut Loss) {
    for load in loads {
        let to = left.iter_mut().find(|left| left.has_room(&load, own) && left.may_join(&load, parts));
        if let Some(to) = to {
            to.take(&load, own);
            found.restarts.extend(load.machines.iter().map(|&machine| (to.host as u32, machine)));
        } else {
            let why = refusal(&load, left, own);
            found.stranded.extend(load.machines.iter().map(|&machine| (machine, why)));
        }
    }
}

/// Why none of the hosts takes `load`.
fn refusal(load: &Load, left: &[Left], own: &[usize]) -> NoRoom {
    if left.is_empty() {
        return NoRoom::NoHost;
    }
    let most = |resource: usize| left.iter().map(|left| left.free[resource]).max().unwrap_or_default();
    let short = Resource::ALL.into_iter().filter(|&resource| {
        own.contains(&(resource as usize)) && most(resource as usize) < load.demand[resource as usize]
    });
    // The one that is missed by the greatest part.
    let worst = short.max_by(|&a, &b| {
        let (of_a, of_b) = (u128::from(load.demand[a as usize]), u128::from(load.demand[b as usize]));
        (u128::from(most(b as usize)) * of_a).cmp(&(u128::from(most(a as usize)) * of_b))
    });
    match worst {
        Some(resource) => {
            NoRoom::Short { resource, asked: load.demand[resource as usize], most: most(resource as usize) }
        }
        None if left.iter().any(|left| left.has_room(load, own)) => NoRoom::Rules,
        None => NoRoom::NotTogether,
    }
}

/// Whether all machines start again whichever host fails beside those that are down.
fn one_more(up: &[&HostPlan], down: &[usize], own: &[usize], parts: &Parts<'_>) -> Option<bool> {
    let machines: usize = up.iter().map(|host| host.machines.len()).sum();
    let looks = up.len().saturating_mul(machines.saturating_mul(down.len() + 1) + up.len());
    if looks > MOST_WORK {
        return None;
    }
    let mut others = (0..up.len()).filter(|host| !down.contains(host));
    let holds = |other: usize| {
        let mut down = down.to_vec();
        down.push(other);
        failures::moves(up, &down, own, parts)
    };
    Some(up.len() > down.len() + 1 && others.all(holds))
}

/// What a host gives, and what its machines take after the loss.
fn after(left: &Left, number: u32, host: &HostPlan) -> (u32, Resources, Resources) {
    // Shares of the cluster's storage are not the host's.
    let used = std::array::from_fn(|resource| host.capacity[resource].saturating_sub(left.free[resource]));
    (number, host.capacity, used)
}

#[cfg(test)]
mod tests;
