//! What a certificate proves: the bound, recomputed from its prices alone.
//!
//! Written apart from the solver's own computation, and more plainly. Amounts are in 2⁻²⁰ of a micro-unit of money throughout.

use std::collections::{BTreeMap, BTreeSet};

use super::{BoundNode, LoadedHost, Place, PlaceKind, Problem, RESOURCES, Resource, Resources};
use crate::{Certificate, ConstraintKind, HostLicence, Level};
use basics::{MachineId, Money};

const FRACTION_BITS: u32 = 20;
const STORAGE: usize = Resource::Storage as usize;

/// How many hosts a place may have in one part of the tree; 0 means that it is not used.
#[derive(Clone, Copy)]
struct Window {
    least: u64,
    most: u64,
}

/// The bound that the certificate proves for plans that place these machines; `None` where it proves nothing.
pub(super) fn proven(problem: &Problem, placed: &BTreeSet<MachineId>, certificate: &Certificate) -> Option<Money> {
    let task = Task::new(problem, placed);
    let mut windows: Vec<Option<Vec<Window>>> = vec![None; certificate.nodes.len()];
    let everything = vec![Window { least: 0, most: u64::MAX }; problem.places().len()];
    *windows.first_mut()? = Some(everything);
    let mut least: Option<i128> = None;
    for (index, node) in certificate.nodes.iter().enumerate() {
        // A node that nothing leads to proves nothing and does no harm.
        let Some(window) = windows[index].clone() else { continue };
        match node {
            BoundNode::Split { place, hosts, fewer, more } => {
                let (place, fewer, more) = (*place as usize, *fewer as usize, *more as usize);
                if place >= window.len() || fewer <= index || more <= index || fewer == more {
                    return None;
                }
                let (mut below, mut above) = (window.clone(), window);
                below[place].most = below[place].most.min(u64::from(*hosts));
                above[place].least = above[place].least.max(u64::from(*hosts) + 1);
                for (target, part) in [(fewer, below), (more, above)] {
                    let slot = windows.get_mut(target)?;
                    if slot.is_some() {
                        return None;
                    }
                    *slot = Some(part);
                }
            }
            BoundNode::Leaf { prices } => {
                if prices.len() != window.len() {
                    return None;
                }
                // A leaf in which there is no plan at all says nothing about the least.
                if let Some(value) = leaf(&task, prices, &window) {
                    least = Some(least.map_or(value, |least| least.min(value)));
                }
            }
        }
    }
    // Every node that a split names must be there, which `get_mut` above made sure of.
    let micros = (least? >> FRACTION_BITS).clamp(i128::from(i64::MIN), i128::from(i64::MAX));
    Some(Money::from_micros(micros as i64))
}

fn fine(money: Money) -> i128 {
    i128::from(money.micros()) << FRACTION_BITS
}

/// The least cost in one part of the tree with capacity sold at these prices; `None` where no plan is in that part.
fn leaf(task: &Task<'_>, prices: &[Resources], windows: &[Window]) -> Option<i128> {
    let problem = task.problem;
    let mut total = 0;
    let mut usable = Vec::new();
    for ((place, prices), window) in problem.places().iter().zip(prices).zip(windows) {
        let unused = (window.least == 0).then(|| fine(unused_cost(place)));
        let used = if window.most == 0 { None } else { used_cost(place, prices, *window) };
        usable.push(used.is_some());
        total += match (unused, used) {
            (Some(unused), Some(used)) => unused.min(used),
            (one, other) => one.or(other)?,
        };
    }
    for party in &task.parties {
        let mut least: Option<i128> = None;
        for (place, kind) in problem.places().iter().enumerate() {
            let Some((own, demand)) = task.in_place(party, place) else { continue };
            if usable[place] && large_enough(kind, &demand) {
                // Instances sell no capacity that could be worth something: a price on it would only raise the sum.
                let rented = matches!(kind.kind, PlaceKind::Instances { .. });
                let price = if rented { own } else { own + dot(&demand, &prices[place]) };
                least = Some(least.map_or(price, |least| least.min(price)));
            }
        }
        total += least?;
    }
    Some(total)
}

/// What is to be placed: machines that must share a host are one party, and every other machine is one by itself.
struct Task<'a> {
    problem: &'a Problem,
    /// Positions of machines, in parties.
    parties: Vec<Vec<usize>>,
    /// For each machine, for each place: what it is charged for licences there at the least.
    licences: BTreeMap<usize, Vec<i128>>,
}

impl<'a> Task<'a> {
    fn new(problem: &'a Problem, placed: &BTreeSet<MachineId>) -> Self {
        // The party of each machine, named by one of its members.
        let mut party: BTreeMap<MachineId, MachineId> = placed.iter().map(|&machine| (machine, machine)).collect();
        for constraint in problem.constraints() {
            let ConstraintKind::Together { machines, level: Level::Host } = &constraint.kind else { continue };
            let names: BTreeSet<MachineId> =
                machines.iter().filter_map(|machine| party.get(machine).copied()).collect();
            if let Some(&name) = names.first() {
                party.values_mut().filter(|of| names.contains(of)).for_each(|of| *of = name);
            }
        }
        let mut parties: BTreeMap<MachineId, Vec<usize>> = BTreeMap::new();
        for (index, item) in problem.items().iter().enumerate() {
            if let Some(&name) = party.get(&item.machine) {
                parties.entry(name).or_default().push(index);
            }
        }
        let mut licences: BTreeMap<usize, Vec<i128>> = BTreeMap::new();
        for constraint in problem.constraints() {
            let ConstraintKind::Licensed { machines, hosts } = &constraint.kind else { continue };
            let under: BTreeMap<MachineId, Money> = machines.iter().copied().collect();
            for (place, at) in problem.places().iter().enumerate() {
                let licence = hosts.iter().find(|licence| licence.place == at.footprint);
                for (item, least) in least_licence(problem, at, licence, &under) {
                    licences.entry(item).or_insert_with(|| vec![0; problem.places().len()])[place] += least;
                }
            }
        }
        Self { problem, parties: parties.into_values().collect(), licences }
    }

    /// What a party costs by itself in a place and what it takes; `None` where one of it may not be there.
    fn in_place(&self, party: &[usize], place: usize) -> Option<(i128, Resources)> {
        let (mut own, mut demand) = (0, [0; RESOURCES]);
        for &index in party {
            own += fine(self.problem.options(index)[place].ok()?);
            own += self.licences.get(&index).map_or(0, |licences| licences[place]);
            demand = plus(&demand, &self.problem.items()[index].demand);
        }
        Some((own, demand))
    }
}

/// What each machine of a licence is charged in a place at the least: as an instance its own money; on hosts as large a share of the cheapest licence as it
/// takes of the largest host, since so many machines need at least so many hosts. Any one resource would do; it is the one in which they are largest.
fn least_licence(
    problem: &Problem,
    place: &Place,
    licence: Option<&HostLicence>,
    under: &BTreeMap<MachineId, Money>,
) -> Vec<(usize, i128)> {
    let items = || problem.items().iter().enumerate().filter(|(_, item)| under.contains_key(&item.machine));
    let hosts: Vec<(Money, Resources)> = match (&place.kind, licence) {
        (PlaceKind::Instances { .. }, _) => {
            return items().map(|(index, item)| (index, fine(under[&item.machine]))).collect();
        }
        (_, None) => return Vec::new(),
        (PlaceKind::Hosts { capacity, .. }, Some(licence)) => vec![(licence.new_host, *capacity)],
        (PlaceKind::Existing { hosts, added_capacity, max_added, .. }, Some(licence)) => {
            let known = hosts.iter().map(|host| (licence.of(Some(host.host)), host.capacity));
            known.chain((*max_added > 0).then_some((licence.new_host, *added_capacity))).collect()
        }
    };
    let cheapest = hosts.iter().map(|(cost, _)| cost.micros()).min().unwrap_or(0);
    let mut best: Option<(usize, u128, u128)> = None;
    for resource in (0..RESOURCES).filter(|&resource| resource != STORAGE) {
        let size = hosts.iter().map(|(_, capacity)| u128::from(capacity[resource])).max().unwrap_or(0);
        let asked: u128 = items().map(|(_, item)| u128::from(item.demand[resource])).sum();
        if size > 0 && best.is_none_or(|(_, most, of)| asked * of > most * size) {
            best = Some((resource, asked, size));
        }
    }
    let Some((resource, _, size)) = best else { return Vec::new() };
    let share = |demand: &Resources| {
        let micros = u128::from(cheapest.max(0).unsigned_abs()) * u128::from(demand[resource]) / size;
        i128::try_from(micros.min(u128::from(u64::MAX))).unwrap_or(0) << FRACTION_BITS
    };
    items().map(|(index, item)| (index, share(&item.demand))).collect()
}

fn plus(a: &Resources, b: &Resources) -> Resources {
    std::array::from_fn(|resource| a[resource].saturating_add(b[resource]))
}

fn dot(amounts: &Resources, prices: &Resources) -> i128 {
    amounts.iter().zip(prices).map(|(amount, price)| i128::from(*amount) * i128::from(*price)).sum()
}

/// The same without storage, for hosts that have none of their own.
fn dot_compute(amounts: &Resources, prices: &Resources) -> i128 {
    dot(amounts, prices) - i128::from(amounts[STORAGE]) * i128::from(prices[STORAGE])
}

fn unused_cost(place: &Place) -> Money {
    match &place.kind {
        PlaceKind::Existing { hosts, .. } => hosts.iter().filter(|host| !host.may_retire).map(|host| host.cost).sum(),
        _ => Money::ZERO,
    }
}

/// Whether any host, and any pool of storage, of the place is as large as this machine.
fn large_enough(place: &Place, demand: &Resources) -> bool {
    let below = |capacity: &Resources, resource: usize| demand[resource] <= capacity[resource];
    let compute =
        |capacity: &Resources| (0..RESOURCES).all(|resource| resource == STORAGE || below(capacity, resource));
    match &place.kind {
        PlaceKind::Instances { .. } => true,
        PlaceKind::Hosts { capacity, usable_storage, .. } if usable_storage.is_empty() => {
            compute(capacity) && below(capacity, STORAGE)
        }
        PlaceKind::Hosts { capacity, usable_storage, max_hosts, max_total, .. } => {
            let count = (*max_hosts).min(*max_total) as usize;
            let last = usable_storage.len() - 1;
            compute(capacity)
                && (0..=count.min(last)).chain([last]).any(|hosts| demand[STORAGE] <= usable_storage[hosts])
        }
        PlaceKind::Existing { hosts, added_capacity, max_added, shared_storage, .. } => {
            let known = hosts.iter().any(|host| compute(&host.capacity));
            demand[STORAGE] <= *shared_storage && (known || (*max_added > 0 && compute(added_capacity)))
        }
    }
}

/// The least a place comes to if it is used with a number of hosts in the window; `None` where it cannot be.
fn used_cost(place: &Place, prices: &Resources, window: Window) -> Option<i128> {
    match &place.kind {
        PlaceKind::Instances { max_machines } => (*max_machines != Some(0)).then_some(0),
        PlaceKind::Hosts { .. } => rented_cost(place, prices, window).map(|cost| fine(place.fixed_cost) + cost),
        PlaceKind::Existing { hosts, shared_storage, host_failures, .. } => {
            let storage = i128::from(*shared_storage) * i128::from(prices[STORAGE]);
            // A cluster that carries a machine survives the loss of so many hosts only with one more.
            let window = Window { least: window.least.max(u64::from(*host_failures) + 1), ..window };
            existing_cost(place, hosts, prices, window).map(|cost| fine(place.fixed_cost) + cost - storage)
        }
    }
}

fn rented_cost(place: &Place, prices: &Resources, window: Window) -> Option<i128> {
    let PlaceKind::Hosts {
        capacity,
        host_cost,
        min_hosts,
        max_hosts,
        max_clusters,
        max_total,
        management,
        usable_storage,
        host_failures,
    } = &place.kind
    else {
        return None;
    };
    let total_most = window.most.min(u64::from(*max_total));
    let least = u64::from(*min_hosts).max(u64::from(*host_failures) + 1);
    let most = u64::from(*max_hosts).min(total_most);
    if least > most || *max_clusters == 0 {
        return None;
    }
    let clusters = u64::from(*max_clusters).min(total_most / least);
    if clusters.saturating_mul(most) < window.least {
        return None;
    }
    let cluster = |hosts: u64| -> i128 {
        let up = i128::from(hosts.saturating_sub(u64::from(*host_failures)));
        let storage = match usable_storage.last() {
            None => i128::from(capacity[STORAGE]) * up,
            Some(&last) => i128::from(usable_storage.get(hosts as usize).copied().unwrap_or(last)),
        };
        fine(*host_cost) * i128::from(hosts)
            - dot_compute(capacity, prices) * up
            - storage * i128::from(prices[STORAGE])
    };
    // From the last entry of the table and the failing hosts on, the value is linear in the number of hosts, and an end is the least.
    let counts = |from: u64, to: u64| {
        let bend = (usable_storage.len() as u64).max(u64::from(*host_failures)).clamp(from, to);
        (from..=bend).chain([to])
    };
    let reserved = dot(management, prices);
    let single_from = least.max(window.least);
    let single = if single_from <= most { counts(single_from, most).map(cluster).min() } else { None };
    let several = (clusters >= 2).then(|| {
        // `k` clusters cost at least `k` times the cheapest one; and all hosts together at least the best rate per host.
        let cheapest = counts(least, most).map(cluster).min().unwrap_or(0);
        let by_count = if cheapest < 0 { cheapest * i128::from(clusters) } else { cheapest * 2 };
        let (fewest_hosts, most_hosts) = (window.least.max(2 * least), total_most.min(clusters.saturating_mul(most)));
        let by_rate = counts(least, most).map(|hosts| {
            let value = cluster(hosts);
            let total = if value < 0 { most_hosts } else { fewest_hosts };
            (value * i128::from(total)).div_euclid(i128::from(hosts))
        });
        by_count.max(by_rate.min().unwrap_or(by_count))
    });
    let value = match (single, several) {
        (Some(single), Some(several)) => single.min(several),
        (one, other) => one.or(other)?,
    };
    Some(reserved + value)
}

/// Existing hosts: those that may be retired are kept where that pays, hosts are added where that pays, and the most valuable of the kept ones, as many as
/// may fail, count as giving nothing. Hosts that are up, added ones included, are counted against the window; `None` where no number is in it.
fn existing_cost(place: &Place, hosts: &[LoadedHost], prices: &Resources, window: Window) -> Option<i128> {
    struct Choice {
        worth: i128,
        cost: i128,
        must_keep: bool,
    }
    let PlaceKind::Existing { added_capacity, added_cost, max_added, host_failures, .. } = &place.kind else {
        return None;
    };
    let failures = *host_failures as usize;
    let mut choices: Vec<Choice> = hosts
        .iter()
        .map(|host| Choice {
            worth: dot_compute(&host.capacity, prices),
            cost: fine(host.cost),
            must_keep: !host.may_retire,
        })
        .collect();
    // Added hosts beyond those that may fail all give their worth, so that they need not be listed one by one.
    let (added_worth, added_fine) = (dot_compute(added_capacity, prices), fine(*added_cost));
    let listed = (*max_added as usize).min(failures);
    choices.extend((0..listed).map(|_| Choice { worth: added_worth, cost: added_fine, must_keep: false }));
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.worth));
    // best[k]: the least so far with `k` hosts kept.
    let mut best: Vec<Option<i128>> = vec![Some(0)];
    let merge = |old: Option<i128>, new: i128| Some(old.map_or(new, |old| old.min(new)));
    for choice in choices {
        let mut after: Vec<Option<i128>> = vec![None; best.len() + 1];
        for (kept, value) in best.iter().enumerate() {
            let Some(value) = value else { continue };
            if !choice.must_keep {
                after[kept] = merge(after[kept], *value);
            }
            let gives = if kept < failures { 0 } else { choice.worth };
            after[kept + 1] = merge(after[kept + 1], value + choice.cost - gives);
        }
        best = after;
    }
    let further = u64::from(*max_added) - listed as u64;
    let mut least: Option<i128> = None;
    for (kept, value) in best.into_iter().enumerate() {
        let Some(value) = value else { continue };
        let kept = kept as u64;
        // The value is linear in the number of further hosts: its ends suffice.
        let (fewest, most) = (window.least.saturating_sub(kept), further.min(window.most.saturating_sub(kept)));
        if kept <= window.most && fewest <= most {
            for count in [fewest, most] {
                least = merge(least, value + (added_fine - added_worth) * i128::from(count));
            }
        }
    }
    least
}
