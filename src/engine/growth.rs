//! When what a plan places outgrows its hosts, month by month, and how many hosts are added when.
//!
//! The demand of every cluster grows by the same factor, `(1 + growth)^(month ÷ 12)`. A cluster is full when that is more than its hosts give once as many of
//! them failed as its policy says. Capacity counts as one pool here: whole machines may need a host a little earlier, which the plan of that day would show.
//! Management machines of a service grow along, as what a cluster carries is known as a sum.

mod mix;
mod staying;

use super::catalog::Catalog;
use super::model::{Estate, Footprint, FootprintKind, Scenario};
use super::order::in_order;
use super::placement::{ClusterPlan, PlacePlan, Plan, RESOURCES, Resource, Resources};
pub use mix::{Mix, growth_of};
pub use staying::staying;

use super::sizing::{STORAGE, UNLIMITED, host_capacity, hosts_size};

/// A cluster of a plan as it grows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterGrowth {
    /// Position in [`Plan::places`].
    pub place: u32,
    /// Position in [`PlacePlan::clusters`].
    pub cluster: u32,
    /// Hosts that are up today.
    pub hosts: u32,
    /// What is asked of what the hosts of that month give, by the fullest resource, per thousand; from month 0, which is today, to the last.
    pub filled: Vec<u32>,
    /// The resource that is full first; `None` where nothing is limited.
    pub limiting: Option<Resource>,
    /// The first month in which the hosts of today are not enough.
    pub full: Option<u32>,
    /// Hosts that are added, by month.
    pub additions: Vec<Addition>,
    /// The first month in which the cluster is full and may have no more hosts, or none that would help.
    pub stuck: Option<u32>,
    /// What no host brings more of, where that ends it; `None` where there may be no more hosts. It need not be what was full first.
    pub short_of: Option<Resource>,
}

/// Hosts that are added to a cluster in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addition {
    /// When, in months from today.
    pub month: u32,
    /// How many.
    pub hosts: u32,
    /// Whether they are there today: hosts that the plan would switch off.
    pub is_kept: bool,
    /// What asks for them.
    pub resource: Resource,
}

/// Every cluster of `plan` that carries anything, in its order, over so many months.
pub fn growth(
    plan: &Plan,
    estate: &Estate,
    scenario: &Scenario,
    catalog: &Catalog,
    growth_permille_year: u32,
    months: u32,
) -> Vec<ClusterGrowth> {
    let mut all = Vec::new();
    for (place, found) in plan.places.iter().enumerate() {
        let Some(footprint) = scenario.footprint(found.footprint) else { continue };
        let source = Source::of(footprint, found, estate, scenario, catalog);
        let mix = mix_of(place, plan, estate, scenario, growth_permille_year);
        for (cluster, found) in found.clusters.iter().enumerate() {
            if found.used.iter().any(|&used| used > 0) {
                let mut grown = Growing::new(found, &source).over(&mix, months);
                // Stretched clusters are planned in pairs of hosts, and told in hosts.
                grown.hosts *= footprint.hosts_in_one();
                grown.additions.iter_mut().for_each(|addition| addition.hosts *= footprint.hosts_in_one());
                all.push(ClusterGrowth { place: place as u32, cluster: cluster as u32, ..grown });
            }
        }
    }
    all
}

/// What the machines of a place grow like; they weigh as many virtual processors as they have.
fn mix_of(place: usize, plan: &Plan, estate: &Estate, scenario: &Scenario, overall: u32) -> Mix {
    if scenario.assumptions.finance.application_growth.is_empty() {
        return Mix::alike(overall);
    }
    let mut mix = Mix::default();
    for assignment in plan.assignments.iter().filter(|assignment| assignment.place as usize == place) {
        let found = estate.machines.binary_search_by_key(&assignment.machine, |machine| machine.id);
        let vcpus = found.map_or(1, |found| estate.machines[found].vcpus);
        let vcpus = scenario.edits.get(&assignment.machine).and_then(|edit| edit.vcpus).unwrap_or(vcpus);
        mix.add(growth_of(assignment.machine, scenario, overall), u64::from(vcpus));
    }
    mix
}

/// Where more hosts of a place come from.
struct Source {
    /// What one of them gives, storage left out.
    capacity: Resources,
    /// How many more there may be in one cluster.
    most: u32,
    /// Storage of a cluster of `n` hosts, where it depends on them.
    usable_storage: Vec<u64>,
    /// Host failures to survive.
    failures: u32,
}

impl Source {
    fn of(footprint: &Footprint, place: &PlacePlan, estate: &Estate, scenario: &Scenario, catalog: &Catalog) -> Self {
        let policy = scenario.policy.with(&footprint.policy);
        let nothing = |failures| Self { capacity: [0; RESOURCES], most: 0, usable_storage: Vec::new(), failures };
        match &footprint.kind {
            FootprintKind::Cluster(chosen) => {
                let standalone = estate.cluster(chosen.cluster).is_some_and(|cluster| cluster.standalone);
                let failures = if standalone { 0 } else { policy.host_failures };
                let Some(server) = chosen.add.as_ref().and_then(|add| catalog.host(add)) else {
                    return nothing(failures);
                };
                let bought = hosts(place).filter(|host| host.existing.is_none()).count() as u32;
                Self {
                    capacity: host_capacity(server.cores, server.speed, server.memory, server.network_mbps, &policy),
                    most: chosen.max_added.saturating_sub(bought),
                    ..nothing(failures)
                }
            }
            FootprintKind::Hosts(chosen) => match catalog.host(&chosen.offering) {
                Some(offering) => Self::rented(&hosts_size(offering, chosen, &policy), place),
                None => nothing(policy.host_failures),
            },
            FootprintKind::Instances(_) => nothing(0),
        }
    }

    fn rented(size: &super::sizing::HostsSize, place: &PlacePlan) -> Self {
        Self {
            capacity: size.capacity,
            // Clusters of one place share what is left of its limit; each is told of the whole of it, as which grows first is not known.
            most: size.max_total.saturating_sub(hosts(place).count() as u32),
            usable_storage: size.usable_storage.clone(),
            failures: size.host_failures,
        }
    }
}

fn hosts(place: &PlacePlan) -> impl Iterator<Item = &super::placement::HostPlan> {
    place.clusters.iter().flat_map(|cluster| &cluster.hosts)
}

/// A cluster while it grows.
struct Growing<'a> {
    source: &'a Source,
    /// What it carries today.
    used: Resources,
    /// What each host that is up gives.
    up: Vec<Resources>,
    /// What hosts that the plan switches off would give.
    retired: Vec<Resources>,
    /// Its storage where that does not depend on the number of hosts.
    storage: u64,
    added: u32,
}

impl<'a> Growing<'a> {
    fn new(cluster: &ClusterPlan, source: &'a Source) -> Self {
        let of = |retired: bool| {
            let hosts = cluster.hosts.iter().filter(move |host| host.retired == retired);
            hosts.map(|host| host.capacity).collect()
        };
        Self {
            source,
            used: cluster.used,
            up: of(false),
            retired: of(true),
            storage: cluster.usable[STORAGE],
            added: 0,
        }
    }

    fn over(mut self, mix: &Mix, months: u32) -> ClusterGrowth {
        let hosts = self.up.len() as u32;
        let mut grown = ClusterGrowth {
            place: 0,
            cluster: 0,
            hosts,
            filled: Vec::with_capacity(months as usize + 1),
            limiting: self.fullest(1_000_000).map(|(resource, _)| resource),
            full: None,
            additions: Vec::new(),
            stuck: None,
            short_of: None,
        };
        for month in 0..=months {
            let factor = mix.ppm(month);
            let mut fullest = self.fullest(factor);
            while let Some((resource, filled)) = fullest.filter(|&(_, filled)| filled > 1000)
                && grown.stuck.is_none()
            {
                if grown.full.is_none() {
                    (grown.full, grown.limiting) = (Some(month), Some(resource));
                }
                let added = self.add(resource);
                if let Some(is_kept) = added {
                    note(&mut grown.additions, Addition { month, hosts: 1, is_kept, resource });
                }
                let now = self.fullest(factor);
                // Where no host came, or one that brings nothing of what is short, this ends it.
                if now.is_some_and(|(_, now)| now >= filled) {
                    grown.stuck = Some(month);
                    grown.short_of = (added.is_some() || self.is_fixed(resource)).then_some(resource);
                }
                fullest = now;
            }
            grown.filled.push(fullest.map_or(0, |(_, filled)| filled));
        }
        grown
    }

    /// Whether no host brings more of it: storage that stands beside the hosts.
    fn is_fixed(&self, resource: Resource) -> bool {
        resource == Resource::Storage && self.source.usable_storage.is_empty()
    }

    /// Adds a host: one that is there where there is any. Whether it is; `None` where there may be no more, or none would help.
    fn add(&mut self, short_of: Resource) -> Option<bool> {
        if self.is_fixed(short_of) {
            return None;
        }
        if let Some(host) = self.retired.pop() {
            self.up.push(host);
            return Some(true);
        }
        let clusters_end = self.source.usable_storage.len().checked_sub(1);
        if self.added == self.source.most || clusters_end.is_some_and(|most| self.up.len() >= most) {
            return None;
        }
        self.added += 1;
        self.up.push(self.source.capacity);
        Some(false)
    }

    /// The resource of which the most is asked beside what there is, and how much of it, per thousand, rounded up.
    fn fullest(&self, factor_ppm: u64) -> Option<(Resource, u32)> {
        let mut fullest = None;
        for resource in Resource::ALL {
            let there = self.there(resource);
            let asked = u128::from(self.used[resource as usize]) * u128::from(factor_ppm);
            if asked == 0 || there >= UNLIMITED {
                continue;
            }
            let filled = asked.div_ceil(u128::from(there.max(1)) * 1000).min(9_999) as u32;
            if fullest.is_none_or(|(_, most)| filled > most) {
                fullest = Some((resource, filled));
            }
        }
        fullest
    }

    /// What there is of a resource after the failures that are to be survived: of each the largest hosts are taken away.
    fn there(&self, resource: Resource) -> u64 {
        let index = resource as usize;
        if index == STORAGE {
            let by_hosts = self.source.usable_storage.get(self.up.len()).copied();
            return by_hosts.unwrap_or(self.storage);
        }
        let given: Vec<u64> = self.up.iter().map(|host| host[index]).collect();
        in_order(&given, |a, b| b.cmp(a))
            .iter()
            .skip(self.source.failures as usize)
            .fold(0, |sum: u64, &one| sum.saturating_add(one))
    }
}

/// Adds to the addition of the same month and kind, if there is one.
fn note(additions: &mut Vec<Addition>, new: Addition) {
    match additions.last_mut() {
        Some(last) if (last.month, last.is_kept) == (new.month, new.is_kept) => last.hosts += new.hosts,
        _ => additions.push(new),
    }
}

#[cfg(test)]
mod tests;
