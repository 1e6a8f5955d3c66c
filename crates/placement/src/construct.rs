//! A plan from prices and numbers of bins.

use super::packing::{Packing, Spot};
use super::prepared::{Prepared, Site};
use super::relaxation::{Prices, priced};
use super::units::{place_units, price_moves};
use basics::order::in_order;
use basics::random::Random;

/// In which order machines are put on hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// At random.
    Shuffled,
    /// The largest first: where hosts carry few machines, small ones must not be in the way. Where they carry many, it leaves hosts full in one resource
    /// and empty in another.
    Size,
}

/// Opens so many bins in each place and puts every machine in its `wanted` place, as [`super::settle`] tells; those for which there is no room there go
/// where it is cheapest by these prices among what has room. Machines that find no room at all may open further bins.
pub(super) fn construct<'a>(
    prepared: &'a Prepared,
    prices: &Prices,
    wanted: &[Option<u32>],
    bins: &[usize],
    order: Order,
    random: &mut Random,
) -> Packing<'a> {
    let mut packing = Packing::new(prepared);
    for (site, &count) in bins.iter().enumerate() {
        packing.open_bins(site, count);
    }
    let mut ranked: Vec<(f64, usize)> = Vec::new();
    let mut sequence: Vec<usize> = (0..prepared.machines()).collect();
    random.shuffle(&mut sequence);
    if order == Order::Size {
        let parts: Vec<f64> = (0..prepared.machines()).map(|machine| largest_part(prepared, machine)).collect();
        sequence.sort_by(|&a, &b| parts[b].total_cmp(&parts[a]));
    }
    if !prepared.rules.is_empty() {
        price_moves(prepared, &mut packing, prices);
        place_units(prepared, &mut packing, prices);
        // Those that are hard to please come first, while hosts are still free.
        let ease = |machine: &usize| prepared.rules.ease(*machine, prepared.blocks.items(*machine).len());
        sequence = in_order(&sequence, |a, b| ease(a).cmp(&ease(b)));
    }
    let mut later = Vec::new();
    for machine in sequence {
        if packing.at[machine] != Spot::Nowhere {
            continue;
        }
        let site = wanted[machine].filter(|_| !prepared.rules.touches(machine));
        match site.and_then(|site| packing.room(machine, site as usize)) {
            Some(spot) => packing.put(machine, spot),
            None => later.push(machine),
        }
    }
    for machine in later {
        place(prepared, &mut packing, prices, machine, &mut ranked);
    }
    packing
}

/// Puts a machine that is nowhere in the cheapest place by price with room among the places in use; opens bins, or a place, where there is none.
pub(super) fn place(
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
