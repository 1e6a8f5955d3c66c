//! The lower bound, computed exactly from integer prices.
//!
//! For any prices λ ≥ 0 of the resources of each place, a plan costs at least what it costs when capacity is sold at these prices: every machine takes its
//! cheapest place, `min_t (e_it + λ_t·a_it)`, and every place its best number of hosts, `min(0, fixed_t + λ_t·management_t + min_n (cost_t(n) −
//! λ_t·capacity_t(n)))`, where the capacity is what `n` hosts give after the failures they must survive.

use super::prices::Prices;
use super::{LoadedHost, Place, PlaceKind, Problem, RESOURCES, Resource, Resources};
use crate::engine::model::Money;

/// Prices in a certificate are in 2⁻²⁰ of a micro-unit.
const ONE: i128 = 1 << 20;
/// Storage's position in [`Resources`].
const STORAGE: usize = Resource::Storage as usize;

/// Prices as a certificate holds them.
pub(super) fn to_integers(prices: &Prices) -> Vec<Resources> {
    prices.iter().map(|place| place.map(|price| (price * ONE as f64) as u64)).collect()
}

/// A machine's price in a place, in 2⁻²⁰ of a micro-unit.
pub(super) fn priced(cost: Money, demand: &Resources, prices: &Resources) -> i128 {
    let worth: i128 = (0..RESOURCES).map(|resource| i128::from(demand[resource]) * i128::from(prices[resource])).sum();
    i128::from(cost.micros()) * ONE + worth
}

/// An amount in 2⁻²⁰ of a micro-unit as money, rounded down.
pub(super) fn to_money(amount: i128) -> Money {
    Money::from_micros(amount.div_euclid(ONE).clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
}

/// The bound that these prices prove for all plans that place the machines for which `placed` is true.
pub(super) fn bound(problem: &Problem, placed: &[bool], prices: &[Resources]) -> Money {
    let mut sum: i128 = problem.places().iter().zip(prices).map(|(place, prices)| least_of_place(place, prices)).sum();
    for (index, item) in problem.items().iter().enumerate().filter(|&(index, _)| placed[index]) {
        let options = problem.options(index).iter().zip(problem.places()).zip(prices);
        let least = options
            .filter(|((_, place), _)| may_hold(place, &item.demand))
            .filter_map(|((option, _), prices)| option.ok().map(|cost| priced(cost, &item.demand, prices)))
            .min();
        sum += least.unwrap_or(0);
    }
    to_money(sum)
}

/// Whether a place has a host, or a pool, that is large enough for this machine alone.
fn may_hold(place: &Place, demand: &Resources) -> bool {
    let in_host = |capacity: &Resources| {
        (0..RESOURCES).filter(|&resource| resource != STORAGE).all(|resource| demand[resource] <= capacity[resource])
    };
    match &place.kind {
        PlaceKind::Instances { max_machines } => *max_machines != Some(0),
        PlaceKind::Hosts { capacity, min_hosts, max_hosts, max_clusters, max_total, usable_storage, .. } => {
            let most = (*max_hosts).min(*max_total);
            let storage = match usable_storage.iter().take(most as usize + 1).max() {
                Some(&storage) => storage.max(usable_storage[usable_storage.len() - 1]),
                None => capacity[STORAGE],
            };
            *max_clusters > 0 && (*min_hosts).max(1) <= most && in_host(capacity) && demand[STORAGE] <= storage
        }
        PlaceKind::Existing { hosts, added_capacity, max_added, shared_storage, .. } => {
            let fits = hosts.iter().any(|host| in_host(&host.capacity)) || (*max_added > 0 && in_host(added_capacity));
            fits && demand[STORAGE] <= *shared_storage
        }
    }
}

/// The least a place can come to when its capacity is sold at these prices.
fn least_of_place(place: &Place, prices: &Resources) -> i128 {
    let fixed = i128::from(place.fixed_cost.micros()) * ONE;
    match &place.kind {
        PlaceKind::Instances { .. } => 0,
        PlaceKind::Hosts { .. } => least_of_rented(place, prices).map_or(0, |least| (fixed + least).min(0)),
        PlaceKind::Existing { hosts, shared_storage, .. } => {
            let closed: i128 =
                hosts.iter().filter(|host| !host.may_retire).map(|host| i128::from(host.cost.micros()) * ONE).sum();
            let storage = i128::from(*shared_storage) * i128::from(prices[STORAGE]);
            closed.min(fixed + least_of_existing(&place.kind, hosts, prices) - storage)
        }
    }
}

/// What compute, without storage, is worth at these prices.
fn compute_worth(capacity: &Resources, prices: &Resources) -> i128 {
    let worth = |resource: usize| i128::from(capacity[resource]) * i128::from(prices[resource]);
    (0..RESOURCES).filter(|&resource| resource != STORAGE).map(worth).sum()
}

/// The least over all numbers of clusters and hosts, management included; `None` where no cluster can be.
fn least_of_rented(place: &Place, prices: &Resources) -> Option<i128> {
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
    let (fewest, most) = ((*min_hosts).max(1), (*max_hosts).min(*max_total));
    if fewest > most || *max_clusters == 0 {
        return None;
    }
    let cost = i128::from(host_cost.micros()) * ONE;
    let compute = compute_worth(capacity, prices);
    let one_cluster = |hosts: u32| -> i128 {
        let up = i128::from(hosts.saturating_sub(*host_failures));
        let storage = match usable_storage.get(hosts as usize).or(usable_storage.last()) {
            Some(&mib) => i128::from(mib),
            None => i128::from(capacity[STORAGE]) * up,
        };
        cost * i128::from(hosts) - compute * up - storage * i128::from(prices[STORAGE])
    };
    // Beyond the table of storage and the hosts that may fail, everything is linear: the ends suffice.
    let listed = most.min(fewest.max(usable_storage.len() as u32).max(*host_failures));
    let candidates = || (fewest..=listed).chain([most]).map(|hosts| (hosts, one_cluster(hosts)));
    let single = candidates().map(|(_, value)| value).min()?;
    let clusters = (*max_clusters).min(max_total / fewest);
    // Several clusters: no less than the best one so many times, and no less than the best rate per host for so many hosts.
    let several = (clusters >= 2).then(|| {
        let by_count = single * if single < 0 { i128::from(clusters) } else { 2 };
        let by_hosts = candidates()
            .map(|(hosts, value)| {
                let total = if value < 0 {
                    i128::from(*max_total).min(i128::from(clusters) * i128::from(most))
                } else {
                    i128::from(fewest) * 2
                };
                (value * total).div_euclid(i128::from(hosts))
            })
            .min()
            .unwrap_or(0);
        by_count.max(by_hosts)
    });
    let managed: i128 =
        (0..RESOURCES).map(|resource| i128::from(management[resource]) * i128::from(prices[resource])).sum();
    Some(managed + several.map_or(single, |several| single.min(several)))
}

/// The least over which existing hosts are kept and how many are added. The most valuable hosts kept, as many as may fail, give nothing.
fn least_of_existing(kind: &PlaceKind, hosts: &[LoadedHost], prices: &Resources) -> i128 {
    let PlaceKind::Existing { added_capacity, added_cost, max_added, host_failures, .. } = kind else { return 0 };
    let failures = *host_failures as usize;
    let alone = (*max_added as usize).min(failures);
    let mut all: Vec<(i128, i128, bool)> = hosts
        .iter()
        .map(|host| (compute_worth(&host.capacity, prices), i128::from(host.cost.micros()) * ONE, !host.may_retire))
        .collect();
    let added = (compute_worth(added_capacity, prices), i128::from(added_cost.micros()) * ONE);
    all.extend(std::iter::repeat_n((added.0, added.1, false), alone));
    let bulk = (added.1 - added.0).min(0) * (i128::from(*max_added) - alone as i128);
    all.sort_by(|a, b| b.cmp(a));
    // `least[lost]`: the least so far with so many of the kept hosts lost; going from the most valuable down, the first kept are the lost.
    let mut least = vec![None; failures + 1];
    least[0] = Some(0_i128);
    for (worth, cost, kept) in all {
        let mut next = vec![None; failures + 1];
        let mut offer = |lost: usize, sum: i128| {
            next[lost] = Some(next[lost].map_or(sum, |old: i128| old.min(sum)));
        };
        for (lost, sum) in least.iter().enumerate().filter_map(|(lost, sum)| sum.map(|sum| (lost, sum))) {
            if !kept {
                offer(lost, sum);
            }
            if lost < failures { offer(lost + 1, sum + cost) } else { offer(lost, sum + cost - worth) }
        }
        least = next;
    }
    least.into_iter().flatten().min().unwrap_or(0) + bulk
}
