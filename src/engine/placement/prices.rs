//! Resource prices: what one unit of each resource is worth in each place (Lagrange multipliers of the capacities).
//!
//! With prices, every machine picks its cheapest place by itself, and every place its best number of hosts; the sum is a lower bound for every plan, the
//! highest such bound is that of the linear relaxation. Geoffrion, "Lagrangean relaxation for integer programming" (1974); the ascent is the deflected
//! subgradient method with Polyak's step, Camerini, Fratta and Maffioli (1975).

use super::prepared::{Amounts, HostSite, Prepared, STORAGE, Site};
use super::{RESOURCES, Resource};

/// For each place, the price of one unit of each resource, in micro-units of money.
pub(super) type Prices = Vec<Amounts>;

/// The value of the relaxation at some prices, with a direction in which it rises.
struct Evaluation {
    value: f64,
    /// Load minus capacity, for each place.
    slope: Prices,
}

/// What leaving a machine out counts for: more than any place charges.
pub(super) fn penalty(prepared: &Prepared) -> f64 {
    let dearest = prepared.cost.iter().copied().filter(|cost| cost.is_finite()).fold(0.0, f64::max);
    let opening = prepared
        .sites
        .iter()
        .map(|site| match site {
            Site::Hosts(hosts) => hosts.fixed + hosts.cell_cost + hosts.bin(0).cost * hosts.min_bins as f64,
            Site::Instances { .. } => 0.0,
        })
        .fold(0.0, f64::max);
    2.0 * (dearest.max(0.0) + opening.max(0.0)) + 1.0
}

/// A machine's price in a place: its own cost and what its resources are worth there.
pub(super) fn priced(cost: f64, demand: &Amounts, prices: &Amounts) -> f64 {
    let mut sum = cost;
    for (amount, price) in demand.iter().zip(prices) {
        sum += amount * price;
    }
    sum
}

/// Prices at which every host is worth what it costs, shared among resources by how scarce they are.
pub(super) fn initial(prepared: &Prepared) -> Prices {
    let mut total = [0.0; RESOURCES];
    for demand in &prepared.demand {
        for (total, amount) in total.iter_mut().zip(demand) {
            *total += amount;
        }
    }
    prepared
        .sites
        .iter()
        .map(|site| {
            let Site::Hosts(hosts) = site else { return [0.0; RESOURCES] };
            let capacity = per_bin(hosts);
            let hosts_for = |resource: usize| {
                if capacity[resource] > 0.0 { total[resource] / capacity[resource] } else { 0.0 }
            };
            let sum: f64 = (0..RESOURCES).map(hosts_for).sum();
            let cost = mean_cost(hosts);
            std::array::from_fn(|resource| {
                if sum > 0.0 && capacity[resource] > 0.0 {
                    cost * hosts_for(resource) / sum / capacity[resource]
                } else {
                    0.0
                }
            })
        })
        .collect()
}

/// Raises the bound in `rounds` evaluations over the places that are `open`; `target` is the cost of the best plan known. Returns the best prices.
pub(super) fn ascend(prepared: &Prepared, open: &[bool], start: Prices, target: f64, rounds: u32) -> (Prices, f64) {
    let penalty = penalty(prepared);
    let scale = scales(prepared);
    let mut prices = start;
    let mut best = (prices.clone(), f64::NEG_INFINITY);
    let mut direction = vec![[0.0; RESOURCES]; prices.len()];
    let (mut agility, mut idle) = (1.0, 0);
    for _ in 0..rounds {
        let now = evaluate(prepared, open, &prices, penalty);
        if now.value > best.1 {
            best = (prices.clone(), now.value);
            idle = 0;
        } else {
            idle += 1;
            if idle >= 4 {
                idle = 0;
                agility *= 0.7;
            }
        }
        let mut norm = 0.0;
        for ((direction, slope), scale) in direction.iter_mut().zip(&now.slope).zip(&scale) {
            for resource in 0..RESOURCES {
                let scaled = slope[resource] * scale[resource];
                direction[resource] = 0.5 * direction[resource] + 0.5 * scaled;
                norm += direction[resource] * direction[resource];
            }
        }
        let step = agility * (target - now.value).max(target.abs() * 1e-4 + 1.0) / norm.max(1e-9);
        for ((prices, direction), scale) in prices.iter_mut().zip(&direction).zip(&scale) {
            for resource in 0..RESOURCES {
                prices[resource] = (prices[resource] + step * direction[resource] * scale[resource]).max(0.0);
            }
        }
    }
    best
}

/// The value of the relaxation and its slope.
fn evaluate(prepared: &Prepared, open: &[bool], prices: &Prices, penalty: f64) -> Evaluation {
    let mut value = prepared.constant;
    let mut slope: Prices = vec![[0.0; RESOURCES]; prices.len()];
    for (site, hosts) in prepared.sites.iter().enumerate() {
        let Site::Hosts(hosts) = hosts else { continue };
        if open[site] {
            value += hosts_value(hosts, &prices[site], &mut slope[site]);
        }
    }
    for (machine, demand) in prepared.demand.iter().enumerate() {
        let (mut least, mut chosen) = (penalty, None);
        for (site, &cost) in prepared.costs(machine).iter().enumerate() {
            if cost < least && open[site] {
                let price = priced(cost, demand, &prices[site]);
                if price < least {
                    (least, chosen) = (price, Some(site));
                }
            }
        }
        value += least;
        if let Some(site) = chosen {
            for (slope, amount) in slope[site].iter_mut().zip(demand) {
                *slope += amount;
            }
        }
    }
    Evaluation { value, slope }
}

/// The least a place with hosts can come to when its capacity is sold at these prices; takes that capacity from `slope`.
fn hosts_value(hosts: &HostSite, prices: &Amounts, slope: &mut Amounts) -> f64 {
    if hosts.max_bins == 0 {
        return 0.0;
    }
    let worth = |capacity: &Amounts| -> f64 {
        (0..RESOURCES).filter(|&r| capacity[r].is_finite()).map(|r| capacity[r] * prices[r]).sum()
    };
    let pool = |bins: usize| if hosts.pool.is_empty() { 0.0 } else { hosts.pool(bins) };
    // One cell: the best number of bins. Beyond the tables everything is linear, so that the two ends suffice.
    let listed = hosts.max_bins.min(hosts.bins.len().max(hosts.pool.len()) + hosts.min_bins);
    let (mut sum, mut best) = (hosts.cell_cost, (f64::INFINITY, 0));
    for bins in 1..=listed {
        let bin = hosts.bin(bins - 1);
        sum += bin.cost - worth(&bin.capacity);
        let value = sum - prices[STORAGE] * pool(bins);
        if bins >= hosts.min_bins && value < best.0 {
            best = (value, bins);
        }
    }
    if hosts.max_bins > listed {
        let bin = hosts.bin(listed);
        let value = sum + (hosts.max_bins - listed) as f64 * (bin.cost - worth(&bin.capacity))
            - prices[STORAGE] * pool(hosts.max_bins);
        if value < best.0 {
            best = (value, hosts.max_bins);
        }
    }
    let fit = (hosts.max_total / (best.1 + hosts.spare)).max(1);
    let cells = if best.0 < 0.0 { hosts.max_cells.min(fit) } else { 1 };
    let managed: f64 = (0..RESOURCES).map(|r| hosts.management[r] * prices[r]).sum();
    let value = hosts.fixed + managed + best.0 * cells as f64;
    if value >= 0.0 {
        return 0.0;
    }
    for (resource, slope) in slope.iter_mut().enumerate() {
        *slope += hosts.management[resource];
        if resource == STORAGE && !hosts.pool.is_empty() {
            *slope -= pool(best.1) * cells as f64;
        } else {
            let sum: f64 = (0..best.1.min(hosts.bins.len())).map(|index| hosts.bin(index).capacity[resource]).sum();
            let rest = best.1.saturating_sub(hosts.bins.len()) as f64 * hosts.bin(best.1).capacity[resource];
            *slope -= (sum + rest) * cells as f64;
        }
    }
    value
}

/// What a typical bin holds, its share of the pool included.
pub(super) fn per_bin(hosts: &HostSite) -> Amounts {
    let mut capacity = hosts.bin(hosts.min_bins.saturating_sub(1)).capacity;
    if !hosts.pool.is_empty() {
        let bins = hosts.min_bins.max(hosts.bins.len()).clamp(1, hosts.max_bins.max(1));
        capacity[Resource::Storage as usize] = hosts.pool(bins) / bins as f64;
    }
    capacity
}

/// What a typical bin costs.
fn mean_cost(hosts: &HostSite) -> f64 {
    hosts.bins.iter().map(|bin| bin.cost).sum::<f64>() / hosts.bins.len() as f64
}

/// Scales that make the prices of all places and resources alike: the price at which one resource alone pays for a host.
fn scales(prepared: &Prepared) -> Prices {
    prepared
        .sites
        .iter()
        .map(|site| {
            let Site::Hosts(hosts) = site else { return [0.0; RESOURCES] };
            let capacity = per_bin(hosts);
            // Hosts that are paid in any case still have a price where they are scarce.
            let cost = mean_cost(hosts).max(1.0);
            std::array::from_fn(|resource| if capacity[resource] > 0.0 { cost / capacity[resource] } else { 0.0 })
        })
        .collect()
}
