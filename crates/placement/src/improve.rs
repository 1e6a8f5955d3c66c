//! Changes to a finished plan that make it cheaper.

use std::ops::ControlFlow;

use super::packing::{Packing, Spot};
use super::prepared::{Prepared, Site};

/// Improves a plan until nothing here makes it cheaper, at most a few times over.
pub(super) fn improve(prepared: &Prepared, packing: &mut Packing<'_>) {
    for _ in 0..2 {
        let before = packing.cost;
        pull(prepared, packing);
        empty_bins(prepared, packing);
        close_sites(prepared, packing);
        if packing.cost >= before {
            break;
        }
    }
}

/// The cheapest spot with room for a machine among what is open already, at less than `limit`.
fn cheapest_spot(
    prepared: &Prepared,
    packing: &Packing<'_>,
    machine: usize,
    limit: f64,
    ranked: &mut Vec<(f64, usize)>,
) -> Option<(f64, Spot)> {
    ranked.clear();
    for (site, &cost) in prepared.costs(machine).iter().enumerate() {
        if cost < limit && packing.in_use(site) {
            ranked.push((cost, site));
        }
    }
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    if !prepared.rules.touches(machine) {
        return ranked.iter().find_map(|&(cost, site)| packing.room(machine, site).map(|spot| (cost, spot)));
    }
    let mut best: Option<(f64, Spot)> = None;
    for &(cost, site) in &*ranked {
        if best.is_none_or(|(least, _)| cost < least)
            && let Some(spot) = packing.room(machine, site)
        {
            let cost = cost + packing.soft(machine, spot);
            if cost < limit && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, spot));
            }
        }
    }
    best
}

/// What a machine costs where it is, by itself and by constraints; infinite where it is nowhere.
fn cost_now(prepared: &Prepared, packing: &Packing<'_>, machine: usize) -> f64 {
    let own = packing.site_of(machine).map_or(f64::INFINITY, |site| prepared.costs(machine)[site]);
    if prepared.rules.touches(machine) { own + packing.soft(machine, packing.at[machine]) } else { own }
}

/// Moves machines to cheaper places that have room.
fn pull(prepared: &Prepared, packing: &mut Packing<'_>) {
    let mut ranked = Vec::new();
    let mut wishes: Vec<(f64, usize)> = Vec::new();
    for machine in 0..prepared.machines() {
        let now = cost_now(prepared, packing, machine);
        let least = prepared
            .costs(machine)
            .iter()
            .enumerate()
            .filter(|&(site, _)| packing.in_use(site))
            .map(|(_, &cost)| cost)
            .fold(f64::INFINITY, f64::min);
        if least < now {
            wishes.push((now - least, machine));
        }
    }
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, machine) in wishes {
        let now = cost_now(prepared, packing, machine);
        if let Some((_, spot)) = cheapest_spot(prepared, packing, machine, now, &mut ranked) {
            packing.take(machine);
            packing.put(machine, spot);
        }
    }
}

/// Empties bins whose machines can go elsewhere for less than the bin costs.
fn empty_bins(prepared: &Prepared, packing: &mut Packing<'_>) {
    for bin in (0..packing.bins.len() as u32).rev() {
        let cell = packing.bins[bin as usize].cell;
        if !packing.cells[cell as usize].bins.contains(&bin) {
            continue;
        }
        let Some(saved) = packing.saved_by_closing(bin) else { continue };
        let members = packing.bins[bin as usize].members.clone();
        if let ControlFlow::Continue(undo) = move_out(prepared, packing, &members, &[bin], saved)
            && !packing.close_bin(bin)
        {
            undo_moves(packing, &undo);
        }
    }
}

/// Closes cells, last ones first, whose machines can go elsewhere for less than the cell costs.
fn close_sites(prepared: &Prepared, packing: &mut Packing<'_>) {
    for site in 0..prepared.sites.len() {
        while let Some(&cell) = packing.site_cells[site].last() {
            let Site::Hosts(hosts) = &prepared.sites[site] else { break };
            let bins = packing.cells[cell as usize].bins.clone();
            let own: f64 = bins.iter().map(|&bin| hosts.bin(packing.bins[bin as usize].kind as usize).cost).sum();
            let fixed = if packing.site_cells[site].len() == 1 { hosts.fixed } else { 0.0 };
            let members: Vec<u32> = bins.iter().flat_map(|&bin| packing.bins[bin as usize].members.clone()).collect();
            match move_out(prepared, packing, &members, &bins, own + hosts.cell_cost + fixed) {
                ControlFlow::Continue(undo) => {
                    if !packing.close_cell(cell) {
                        undo_moves(packing, &undo);
                        break;
                    }
                }
                ControlFlow::Break(()) => break,
            }
        }
    }
}

/// Moves all of `members` out of `bins` at less extra cost than `saved`; returns where they were, or breaks with all where it was.
fn move_out(
    prepared: &Prepared,
    packing: &mut Packing<'_>,
    members: &[u32],
    bins: &[u32],
    saved: f64,
) -> ControlFlow<(), Vec<(usize, Spot)>> {
    let before = packing.cost;
    // While the machines look for room, the bins they leave must not take them.
    let mut ranked = Vec::new();
    let mut undo: Vec<(usize, Spot)> = Vec::new();
    let mut members: Vec<u32> = members.to_vec();
    let size = |machine: u32| prepared.demand[machine as usize].iter().sum::<f64>();
    members.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
    let shut: Vec<_> = bins
        .iter()
        .map(|&bin| {
            (bin, std::mem::replace(&mut packing.bins[bin as usize].free, [f64::NEG_INFINITY; super::RESOURCES]))
        })
        .collect();
    let mut fine = true;
    for &machine in &members {
        let machine = machine as usize;
        let Some((_, spot)) = cheapest_spot(prepared, packing, machine, f64::INFINITY, &mut ranked) else {
            fine = false;
            break;
        };
        undo.push((machine, packing.take(machine)));
        packing.put(machine, spot);
        if packing.cost - before >= saved {
            fine = false;
            break;
        }
    }
    // Restore the room of the bins: what is left plus what moved out.
    for (bin, mut free) in shut {
        for &(machine, spot) in &undo {
            if spot == Spot::Bin(bin) {
                for (free, amount) in free.iter_mut().zip(&prepared.demand[machine]) {
                    *free += amount;
                }
            }
        }
        packing.bins[bin as usize].free = free;
    }
    if fine {
        return ControlFlow::Continue(undo);
    }
    undo_moves(packing, &undo);
    ControlFlow::Break(())
}

fn undo_moves(packing: &mut Packing<'_>, moves: &[(usize, Spot)]) {
    for &(machine, _) in moves.iter().rev() {
        packing.take(machine);
    }
    for &(machine, spot) in moves {
        packing.put(machine, spot);
    }
}
