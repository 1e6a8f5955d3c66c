//! Machines that should be in one place, moved as one.

use super::improve::improve;
use super::packing::{Packing, Spot};
use super::prepared::Prepared;
use super::relaxation::{Prices, priced};
use super::rules::{Form, Unit};
use basics::order::in_order;
use basics::random::Random;

/// Most machines of a unit for which single moves are tried; larger ones are placed machine by machine where no rule asks for one place.
const LARGE: usize = 2_000;

/// Most machines without a place that are tried again after a unit moved.
const LEFT_OUT: usize = 64;

/// Puts the units that a rule asks to be in one place, the largest first, each where it costs least by these prices. Machines of other units follow one by
/// one, and so do those for which no place has room as a whole.
pub(super) fn place_units(prepared: &Prepared, packing: &mut Packing<'_>, prices: &Prices) {
    let mut units: Vec<&Unit> =
        prepared.rules.units.iter().filter(|unit| unit.strict || is_near(prepared, unit)).collect();
    units = in_order(&units, |a, b| {
        let size = |unit: &Unit| (unit.strict, unit.machines.len());
        size(b).cmp(&size(a)).then(a.machines[0].cmp(&b.machines[0]))
    });
    for unit in units {
        let missing: Vec<u32> =
            unit.machines.iter().copied().filter(|&machine| packing.at[machine as usize] == Spot::Nowhere).collect();
        let mut best: Option<(usize, Packing<'_>)> = None;
        for (_, site) in ranked_sites(prepared, packing, prices, &missing, unit.strict) {
            let mut attempt = packing.clone();
            put_all(prepared, &mut attempt, prices, &missing, site);
            let left = missing.iter().filter(|&&machine| attempt.at[machine as usize] == Spot::Nowhere).count();
            if best.as_ref().is_none_or(|(least, _)| left < *least) {
                best = Some((left, attempt));
            }
            if left == 0 {
                break;
            }
        }
        // Where no place takes all of them, machines that need not be in one place are better off by themselves.
        if let Some((left, attempt)) = best
            && (left == 0 || unit.strict)
        {
            packing.looks.set(attempt.looks.get());
            *packing = attempt;
        }
    }
}

/// Whether a unit must not be spread too far.
fn is_near(prepared: &Prepared, unit: &Unit) -> bool {
    let near = |machine: &u32| {
        let links = prepared.rules.links(*machine as usize);
        links.iter().any(|link| matches!(prepared.rules.list[link.constraint as usize].form, Form::Near(_)))
    };
    unit.machines.len() <= LARGE && unit.machines.iter().any(near)
}

/// Places by what all of the machines cost there; places that some may not go to come last, or not at all unless `partly`.
fn ranked_sites(
    prepared: &Prepared,
    packing: &Packing<'_>,
    prices: &Prices,
    machines: &[u32],
    partly: bool,
) -> Vec<((usize, f64), usize)> {
    let ranked: Vec<((usize, f64), usize)> = (0..prepared.sites.len())
        .map(|site| {
            let (mut closed, mut sum) = (0, 0.0);
            for &machine in machines {
                let machine = machine as usize;
                let cost = prepared.relaxed(machine)[site];
                if cost.is_finite() {
                    sum += priced(cost, &prepared.demand[machine], &prices[site]) + packing.leaning(machine, site);
                } else {
                    closed += 1;
                }
            }
            ((closed, sum), site)
        })
        .filter(|((closed, _), _)| *closed == 0 || (partly && *closed < machines.len()))
        .collect();
    in_order(&ranked, |a, b| (a.0.0).cmp(&b.0.0).then(a.0.1.total_cmp(&b.0.1)))
}

/// Puts machines that are nowhere in one place, large before small, as far as there is room.
fn put_all(prepared: &Prepared, packing: &mut Packing<'_>, prices: &Prices, machines: &[u32], site: usize) {
    let size = |machine: u32| priced(0.0, &prepared.demand[machine as usize], &prices[site]);
    for machine in in_order(machines, |&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b))) {
        let machine = machine as usize;
        if let Some(spot) = packing.room(machine, site).or_else(|| packing.open(machine, site)) {
            packing.put(machine, spot);
        }
    }
}

/// Tries to move one unit, chosen at random, to another place; keeps that where the plan gets better.
pub(super) fn move_unit(prepared: &Prepared, packing: &mut Packing<'_>, prices: &Prices, random: &mut Random) {
    let units = &prepared.rules.units;
    if units.is_empty() {
        return;
    }
    let unit = &units[random.below(units.len())];
    if unit.machines.len() > LARGE && !unit.strict {
        return;
    }
    let mut attempt = packing.clone();
    for &machine in &unit.machines {
        attempt.take(machine as usize);
    }
    let sites = ranked_sites(prepared, &attempt, prices, &unit.machines, true);
    if sites.is_empty() {
        return;
    }
    // Mostly one of the best three.
    let (_, site) = sites[random.below(sites.len()).min(random.below(3))];
    put_all(prepared, &mut attempt, prices, &unit.machines, site);
    place_left_out(prepared, &mut attempt, prices);
    improve(prepared, &mut attempt);
    packing.looks.set(attempt.looks.get() + prepared.machines() as u64);
    if attempt.beats(packing) {
        attempt.looks.set(packing.looks.get());
        *packing = attempt;
    }
}

/// Puts machines that are nowhere where they cost least by these prices, as far as there is room: the unit may have stood in their way.
fn place_left_out(prepared: &Prepared, packing: &mut Packing<'_>, prices: &Prices) {
    if packing.unplaced == 0 {
        return;
    }
    let nowhere = (0..prepared.machines()).filter(|&machine| packing.at[machine] == Spot::Nowhere);
    let nowhere: Vec<usize> = nowhere.take(LEFT_OUT).collect();
    for machine in nowhere {
        for (_, site) in ranked_sites(prepared, packing, prices, &[machine as u32], false) {
            if let Some(spot) = packing.room(machine, site).or_else(|| packing.open(machine, site)) {
                packing.put(machine, spot);
                break;
            }
        }
    }
}

/// Sets what a move away from home counts for, so that at these prices about as many machines want to move as may.
pub(super) fn price_moves(prepared: &Prepared, packing: &mut Packing<'_>, prices: &Prices) {
    for compiled in &prepared.rules.list {
        let Form::Moves(most, homes) = &compiled.form else { continue };
        let mut gains: Vec<f64> = Vec::new();
        for machine in 0..prepared.machines() {
            let home = homes[prepared.blocks.items(machine)[0] as usize];
            let price = |site: usize| priced(prepared.relaxed(machine)[site], &prepared.demand[machine], &prices[site]);
            let Some(home) = home else { continue };
            let least = (0..prepared.sites.len()).map(price).fold(f64::INFINITY, f64::min);
            let stays = if home < prepared.sites.len() { price(home) } else { f64::INFINITY };
            gains.push(if least.is_finite() { stays - least } else { 0.0 });
        }
        gains = in_order(&gains, |a, b| b.total_cmp(a));
        let price = gains.get(*most as usize).copied().unwrap_or(0.0).max(0.0);
        packing.tally.move_price = if price.is_finite() { price } else { prepared.penalty };
    }
}
