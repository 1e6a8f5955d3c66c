//! The lower bound, computed exactly from integer prices.
//!
//! For any prices λ ≥ 0 of the resources of each place, a plan costs at least what it costs when capacity is sold at these prices: every machine takes its
//! cheapest place, `min_t (e_it + λ_t·a_it)`, and every place its best number of hosts, `min(0, fixed_t + λ_t·management_t + min_n (cost_t(n) −
//! λ_t·capacity_t(n)))`, where the capacity is what `n` hosts give after the failures they must survive.
//!
//! Machines that must share a host are one machine here, and a machine under a licence counts with its share of it (`rules::licence_shares`). Whatever
//! else constraints ask for or charge is left out, which only lowers the bound.

use super::prepared::{Amounts, Prepared};
use super::relaxation::{Prices, priced};
use super::{LoadedHost, Place, PlaceKind, Problem, RESOURCES, Resource, Resources};

/// Prices in a certificate are in 2⁻²⁰ of a micro-unit.
const ONE: i128 = 1 << 20;
/// Storage's position in [`Resources`].
const STORAGE: usize = Resource::Storage as usize;

/// Prices as a certificate holds them.
pub(super) fn to_integers(prices: &Prices) -> Vec<Resources> {
    prices.iter().map(|place| place.map(|price| (price * ONE as f64) as u64)).collect()
}

/// What [`to_integers`] made integers of.
pub(super) fn to_prices(integers: &[Resources]) -> Prices {
    integers.iter().map(|place| place.map(|price| price as f64 / ONE as f64)).collect()
}

/// An amount in 2⁻²⁰ of a micro-unit as micro-units.
fn to_micros(amount: i128) -> f64 {
    amount as f64 / ONE as f64
}

/// How many hosts a place may have: from so many to so many. 0 means that it is not used.
pub(super) type Window = (u32, u32);

/// Any number of hosts.
pub(super) const ANY: Window = (0, u32::MAX);

/// What may be lost by adding up to 100,000 machines in floating point, as a part of the sum of all terms: 2⁻⁵³ a term, and ten times that for safety.
const ROUNDING: f64 = 1e-10;

/// The bound that these prices prove for all plans within these windows that place the machines of the problem for which `placed` is true, in micro-units of money;
/// `None` where there is no such plan. It is below the exact value by no more than floating-point numbers may err.
pub(super) fn bound(
    problem: &Problem,
    prepared: &Prepared,
    placed: &[bool],
    prices: &[Resources],
    windows: &[Window],
) -> Option<f64> {
    let (mut sum, mut size) = (0.0, 0.0);
    let mut usable = Vec::with_capacity(prices.len());
    for ((place, prices), window) in problem.places().iter().zip(prices).zip(windows) {
        let unused = (window.0 == 0).then(|| unused_cost(place));
        let used = if window.1 == 0 { None } else { least_of_place(place, prices, *window) };
        usable.push(used.is_some());
        let least = to_micros(match (unused, used) {
            (Some(unused), Some(used)) => unused.min(used),
            (one, other) => one.or(other)?,
        });
        sum += least;
        size += least.abs();
    }
    let worth: Vec<Amounts> = prices.iter().map(|prices| prices.map(|price| price as f64 / ONE as f64)).collect();
    let mut further = prepared.unused.iter().peekable();
    for (machine, demand) in prepared.demand.iter().enumerate() {
        let mut least = f64::INFINITY;
        for (place, &cost) in prepared.relaxed(machine).iter().enumerate() {
            if cost < least && usable[place] {
                least = least.min(priced(cost, demand, &worth[place]));
            }
        }
        while let Some(&(_, place, cost)) = further.next_if(|&&(of, ..)| of as usize == machine) {
            if usable[place as usize] {
                least = least.min(priced(cost, demand, &worth[place as usize]));
            }
        }
        // Of machines that share a host either all are placed or none.
        if placed[prepared.blocks.items(machine)[0] as usize] {
            if least.is_infinite() {
                return None;
            }
            sum += least;
            size += least.abs();
        }
    }
    // One micro-unit more covers the rounding of prices; sums of nothing are exact.
    Some(if size > 0.0 { sum - ROUNDING * size - 1.0 } else { sum })
}

/// What a place costs that is not used: the hosts that cannot be saved.
fn unused_cost(place: &Place) -> i128 {
    match &place.kind {
        PlaceKind::Existing { hosts, .. } => {
            hosts.iter().filter(|host| !host.may_retire).map(|host| i128::from(host.cost.micros()) * ONE).sum()
        }
        PlaceKind::Hosts { .. } | PlaceKind::Instances { .. } => 0,
    }
}

/// Whether a place has a host, or a pool, that is large enough for this machine alone.
pub(super) fn may_hold(place: &Place, demand: &Resources) -> bool {
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

/// The least a place that is used can come to when its capacity is sold at these prices; `None` where it cannot be used. Whatever carries a machine has more
/// hosts than may fail.
fn least_of_place(place: &Place, prices: &Resources, window: Window) -> Option<i128> {
    let fixed = i128::from(place.fixed_cost.micros()) * ONE;
    match &place.kind {
        PlaceKind::Instances { max_machines } => (*max_machines != Some(0)).then_some(0),
        PlaceKind::Hosts { .. } => least_of_rented(place, prices, window).map(|least| fixed + least),
        PlaceKind::Existing { hosts, shared_storage, host_failures, .. } => {
            let storage = i128::from(*shared_storage) * i128::from(prices[STORAGE]);
            let window = (window.0.max(host_failures.saturating_add(1)), window.1);
            least_of_existing(&place.kind, hosts, prices, window).map(|least| fixed + least - storage)
        }
    }
}

/// What compute, without storage, is worth at these prices.
fn compute_worth(capacity: &Resources, prices: &Resources) -> i128 {
    let worth = |resource: usize| i128::from(capacity[resource]) * i128::from(prices[resource]);
    (0..RESOURCES).filter(|&resource| resource != STORAGE).map(worth).sum()
}

/// The least over all numbers of clusters and hosts in the window, management included; `None` where there is none.
fn least_of_rented(place: &Place, prices: &Resources, window: Window) -> Option<i128> {
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
    let total = (*max_total).min(window.1);
    let (fewest, most) = ((*min_hosts).max(host_failures.saturating_add(1)), (*max_hosts).min(total));
    if fewest > most || *max_clusters == 0 {
        return None;
    }
    let clusters = (*max_clusters).min(total / fewest);
    if u64::from(clusters) * u64::from(most) < u64::from(window.0) {
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
    let candidates = |fewest: u32| {
        let listed = most.min(fewest.max(usable_storage.len() as u32).max(*host_failures));
        (fewest..=listed).chain([most]).map(|hosts| (hosts, one_cluster(hosts)))
    };
    let alone = fewest.max(window.0);
    let single = if alone <= most { candidates(alone).map(|(_, value)| value).min() } else { None };
    // Several clusters: no less than the best one so many times, and no less than the best rate per host for so many hosts.
    let several = (clusters >= 2).then(|| {
        let best = candidates(fewest).map(|(_, value)| value).min().unwrap_or(0);
        let by_count = best * if best < 0 { i128::from(clusters) } else { 2 };
        let low = i128::from(window.0).max(i128::from(fewest) * 2);
        let high = i128::from(total).min(i128::from(clusters) * i128::from(most));
        let by_hosts = candidates(fewest)
            .map(|(hosts, value)| (value * if value < 0 { high } else { low }).div_euclid(i128::from(hosts)));
        by_count.max(by_hosts.min().unwrap_or(by_count))
    });
    let managed: i128 =
        (0..RESOURCES).map(|resource| i128::from(management[resource]) * i128::from(prices[resource])).sum();
    let least = match (single, several) {
        (Some(single), Some(several)) => single.min(several),
        (one, other) => one.or(other)?,
    };
    Some(managed + least)
}

/// The least over which existing hosts are kept and how many are added, hosts in the window. The most valuable hosts kept, as many as may fail, give
/// nothing. `None` where no number of hosts is in the window.
fn least_of_existing(kind: &PlaceKind, hosts: &[LoadedHost], prices: &Resources, window: Window) -> Option<i128> {
    let PlaceKind::Existing { added_capacity, added_cost, max_added, host_failures, .. } = kind else { return None };
    let failures = *host_failures as usize;
    let mut all: Vec<(i128, i128, bool)> = hosts
        .iter()
        .map(|host| (compute_worth(&host.capacity, prices), i128::from(host.cost.micros()) * ONE, !host.may_retire))
        .collect();
    let added = (compute_worth(added_capacity, prices), i128::from(added_cost.micros()) * ONE);
    let listed = (*max_added).min(*host_failures);
    all.extend(std::iter::repeat_n((added.0, added.1, false), listed as usize));
    all.sort_unstable_by(|a, b| b.cmp(a));
    // `least[kept]`: going from the most valuable host down, the first kept ones are those that fail.
    let mut least: Vec<Option<i128>> = vec![None; all.len() + 1];
    least[0] = Some(0);
    for (seen, &(worth, cost, must_stay)) in all.iter().enumerate() {
        for kept in (0..=seen + 1).rev() {
            let before = kept.checked_sub(1).and_then(|before| least[before]);
            let gives = if kept > failures { worth } else { 0 };
            let taken = before.map(|sum| sum + cost - gives);
            let left = if must_stay { None } else { least[kept] };
            least[kept] = match (taken, left) {
                (Some(taken), Some(left)) => Some(taken.min(left)),
                (one, other) => one.or(other),
            };
        }
    }
    // Further added hosts are all worth what they are worth; as many as the window allows, or as few.
    let (low, high) = (i128::from(window.0), i128::from(window.1));
    let rest = i128::from(max_added - listed);
    let each = added.1 - added.0;
    let with_further = |(kept, sum): (usize, Option<i128>)| {
        let (fewest, most) = ((low - kept as i128).max(0), (high - kept as i128).min(rest));
        let further = if each < 0 { most } else { fewest };
        sum.filter(|_| fewest <= most).map(|sum| sum + each * further)
    };
    least.into_iter().enumerate().filter_map(with_further).min()
}
