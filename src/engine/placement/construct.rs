//! A plan from prices and numbers of bins.

use super::packing::{Packing, Spot};
use super::prepared::{Prepared, Site};
use super::random::Random;
use super::relaxation::{Prices, priced};
use super::units::{place_units, price_moves};
use crate::engine::order::in_order;

/// In which order machines are put on hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The largest by price.
    Size,
    /// At random.
    Shuffled,
    /// At random, but the large ones first: sorting all by size leaves hosts full in one resource and empty in another.
    LargeFirst,
}

/// Machines that take more of a host than one part in this many count as large.
const LARGE_PART: f64 = 8.0;

/// Opens so many bins in each place and puts every machine where it is cheapest by these prices; where there is no room, in its next-best place. Machines
/// that find no room at all may open further bins.
pub(super) fn construct<'a>(
    prepared: &'a Prepared,
    prices: &Prices,
    bins: &[usize],
    order: Order,
    random: &mut Random,
) -> Packing<'a> {
    let mut packing = Packing::new(prepared);
    for (site, &wanted) in bins.iter().enumerate() {
        packing.open_bins(site, wanted);
    }
    let mut ranked: Vec<(f64, usize)> = Vec::new();
    let mut sequence = sequence(prepared, prices, &packing, order, random);
    if !prepared.rules.is_empty() {
        price_moves(prepared, &mut packing, prices);
        place_units(prepared, &mut packing, prices);
        // Those that are hard to please come first, while hosts are still free.
        let ease = |machine: &usize| prepared.rules.ease(*machine, prepared.blocks.items(*machine).len());
        sequence = in_order(&sequence, |a, b| ease(a).cmp(&ease(b)));
    }
    for machine in sequence {
        if packing.at[machine] == Spot::Nowhere {
            place(prepared, &mut packing, prices, machine, &mut ranked);
        }
    }
    packing
}

/// Puts a machine that is nowhere in the cheapest place by price with room among the places in use; opens bins, or a place, where there is none.
fn place(
    prepared: &Prepared,
    packing: &mut Packing<'_>,
    prices: &Prices,
    machine: usize,
    ranked: &mut Vec<(f64, usize)>,
) {
    ranked.clear();
    let touched = prepared.rules.touches(machine);
    for (site, &cost) in prepared.relaxed(machine).iter().enumerate() {
        if cost.is_finite() {
            // Places in use first, by a mark in the number of the place.
            let later = if packing.in_use(site) { 0 } else { prepared.sites.len() };
            let leaning = if touched { packing.leaning(machine, site) } else { 0.0 };
            ranked.push((priced(cost, &prepared.demand[machine], &prices[site]) + leaning, site + later));
        }
    }
    let width = prepared.sites.len();
    ranked.sort_unstable_by(|a, b| (a.1 >= width).cmp(&(b.1 >= width)).then(a.0.total_cmp(&b.0)).then(a.1.cmp(&b.1)));
    let room = ranked.iter().filter(|ranked| ranked.1 < width).find_map(|&(_, site)| packing.room(machine, site));
    let spot = room.or_else(|| ranked.iter().find_map(|&(_, site)| packing.open(machine, site % width)));
    if let Some(spot) = spot {
        packing.put(machine, spot);
    }
}

fn sequence(
    prepared: &Prepared,
    prices: &Prices,
    packing: &Packing<'_>,
    order: Order,
    random: &mut Random,
) -> Vec<usize> {
    match order {
        Order::Shuffled => shuffled(prepared, random, f64::INFINITY),
        Order::LargeFirst => shuffled(prepared, random, 1.0 / LARGE_PART),
        Order::Size => {
            let mut keyed: Vec<(f64, usize)> =
                (0..prepared.machines()).map(|machine| (size(prepared, prices, packing, machine), machine)).collect();
            keyed.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            keyed.into_iter().map(|(_, machine)| machine).collect()
        }
    }
}

/// A machine's size by the prices of its best place among those in use.
fn size(prepared: &Prepared, prices: &Prices, packing: &Packing<'_>, machine: usize) -> f64 {
    let mut best = (f64::INFINITY, 0.0);
    for (site, &cost) in prepared.costs(machine).iter().enumerate() {
        if cost < best.0 && packing.in_use(site) {
            let price = priced(cost, &prepared.demand[machine], &prices[site]);
            if price < best.0 {
                best = (price, price - cost);
            }
        }
    }
    best.1
}

/// The largest part of any host that a machine may need.
fn largest_part(prepared: &Prepared, machine: usize) -> f64 {
    let demand = &prepared.demand[machine];
    let parts = prepared.sites.iter().zip(prepared.costs(machine)).filter_map(|(site, cost)| match site {
        Site::Hosts(hosts) if cost.is_finite() => {
            let capacity = hosts.bin(0).capacity;
            Some(demand.iter().zip(&capacity).map(|(demand, capacity)| demand / capacity.max(1.0)).fold(0.0, f64::max))
        }
        _ => None,
    });
    parts.fold(0.0, f64::max)
}

/// Machines at random, after those that take more than this part of a host.
fn shuffled(prepared: &Prepared, random: &mut Random, large_part: f64) -> Vec<usize> {
    let mut large: Vec<(f64, usize)> = Vec::new();
    let mut rest: Vec<usize> = Vec::with_capacity(prepared.machines());
    for machine in 0..prepared.machines() {
        let part = if large_part.is_finite() { largest_part(prepared, machine) } else { 0.0 };
        if part > large_part {
            large.push((part, machine));
        } else {
            rest.push(machine);
        }
    }
    large.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for index in (1..rest.len()).rev() {
        rest.swap(index, random.below(index + 1));
    }
    large.into_iter().map(|(_, machine)| machine).chain(rest).collect()
}
