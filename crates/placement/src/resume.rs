//! A plan begun from an earlier one: every machine stays where it was, as far as that is still allowed.

use super::bound::to_prices;
use super::construct::place;
use super::packing::{Packing, Spot};
use super::prepared::{Prepared, Site};
use super::relaxation::Prices;
use super::units::price_moves;
use super::{BoundNode, ClusterPlan, HostPlan, PlaceKind, Plan, Problem, Slot};
use basics::MachineId;

/// An earlier plan, of the same problem or of one that is much like it.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// It is kept, changed no more than it must be, where it costs at most this part more than the best plan that was found, in millionths. With 0 it is
    /// only where the first plan comes from, and the last one is the same as without it.
    pub keep_ppm: u32,
}

/// The prices that proved the bound of a plan, at one of the leaves of its tree; nothing where the places are others by now.
pub(super) fn prices_of(problem: &Problem, plan: &Plan) -> Option<Prices> {
    let leaf = plan.certificate.nodes.iter().find_map(|node| match node {
        BoundNode::Leaf { prices } => Some(prices),
        BoundNode::Split { .. } => None,
    })?;
    let of_place = |footprint| {
        let place = plan.places.iter().position(|place| place.footprint == footprint)?;
        leaf.get(place).copied()
    };
    let found: Option<Vec<_>> = problem.places().iter().map(|place| of_place(place.footprint)).collect();
    Some(to_prices(&found?))
}

/// The earlier plan with no more changes than it needs to be valid, and how many bins of each place it had; machines that must move, and new ones, go where
/// these prices lead them.
pub(super) fn resume<'a>(
    prepared: &'a Prepared,
    problem: &Problem,
    plan: &Plan,
    prices: &Prices,
) -> (Packing<'a>, Vec<usize>) {
    let mut packing = Packing::new(prepared);
    if !prepared.rules.is_empty() {
        price_moves(prepared, &mut packing, prices);
    }
    let mut resuming = Resuming { prepared, problem, packing };
    for place in &plan.places {
        if let Some(site) = problem.place_of(place.footprint) {
            for cluster in &place.clusters {
                resuming.cluster(site, cluster);
            }
        }
    }
    for assignment in plan.assignments.iter().filter(|assignment| assignment.slot == Slot::Instance) {
        let footprint = plan.places[assignment.place as usize].footprint;
        if let (Some(site), Some(machine)) = (problem.place_of(footprint), resuming.nowhere(assignment.machine))
            && let Some(spot) = resuming.packing.room(machine, site).filter(|spot| matches!(spot, Spot::Instance(_)))
        {
            resuming.packing.put(machine, spot);
        }
    }
    let mut packing = resuming.packing;
    let carry = |cell: &u32| {
        let bins = &packing.cells[*cell as usize].bins;
        bins.iter().filter(|&&bin| !packing.bins[bin as usize].members.is_empty()).count()
    };
    let bins = packing.site_cells.iter().map(|cells| cells.iter().map(carry).sum()).collect();
    let mut ranked = Vec::new();
    for machine in 0..prepared.machines() {
        if packing.at[machine] == Spot::Nowhere {
            place(prepared, &mut packing, prices, machine, &mut ranked);
        }
    }
    for bin in packing.open_bin_list() {
        packing.close_bin(bin);
    }
    let cells: Vec<u32> = packing.site_cells.concat();
    for cell in cells.into_iter().rev() {
        packing.close_cell(cell);
    }
    (packing, bins)
}

struct Resuming<'a, 'p> {
    prepared: &'a Prepared,
    problem: &'p Problem,
    packing: Packing<'a>,
}

impl Resuming<'_, '_> {
    /// Opens a cluster as large as it was used, and puts the machines on its hosts.
    fn cluster(&mut self, site: usize, cluster: &ClusterPlan) {
        let carrying: Vec<&HostPlan> =
            cluster.hosts.iter().filter(|host| !host.retired && !host.machines.is_empty()).collect();
        if carrying.is_empty() {
            return;
        }
        let Some(cell) = self.packing.open_cell(site) else { return };
        // Existing hosts differ: bins are opened until each host that carries machines is among them. Rented ones may also be there for their storage.
        let up = cluster.hosts.iter().filter(|host| !host.retired).count();
        let wanted = match &self.prepared.sites[site] {
            Site::Hosts(hosts) if hosts.order.is_some() => carrying.len() + hosts.bins.len(),
            Site::Hosts(hosts) => carrying.len().max(up.saturating_sub(hosts.spare)),
            Site::Instances { .. } => return,
        };
        while self.packing.cells[cell as usize].bins.len() < wanted && self.packing.open_bin(cell).is_some() {}
        let mut bins = self.packing.cells[cell as usize].bins.clone();
        let mut others = Vec::new();
        for host in carrying {
            match bins.iter().position(|&bin| self.is_host(site, bin, host)) {
                Some(position) => self.fill(bins.remove(position), host),
                None => others.push(host),
            }
        }
        for (host, bin) in others.into_iter().zip(bins) {
            self.fill(bin, host);
        }
    }

    /// Whether a bin is this existing host.
    fn is_host(&self, site: usize, bin: u32, host: &HostPlan) -> bool {
        let (Site::Hosts(hosts), PlaceKind::Existing { hosts: existing, .. }) =
            (&self.prepared.sites[site], &self.problem.places()[site].kind)
        else {
            return false;
        };
        let kind = self.packing.bins[bin as usize].kind as usize;
        let position = hosts.order.as_ref().and_then(|order| order.bins.get(kind));
        position.and_then(|&position| existing.get(position)).map(|existing| existing.host) == host.existing
    }

    fn fill(&mut self, bin: u32, host: &HostPlan) {
        let site = self.packing.site_of_bin(bin);
        for &machine in &host.machines {
            if let Some(machine) = self.nowhere(machine)
                && self.prepared.costs(machine)[site].is_finite()
                && self.packing.takes(machine, bin)
            {
                self.packing.put(machine, Spot::Bin(bin));
            }
        }
    }

    /// The machine as the solver knows it, where it has no place yet.
    fn nowhere(&self, machine: MachineId) -> Option<usize> {
        let machine = self.prepared.blocks.of(self.problem.item_of(machine)?);
        (self.packing.at[machine] == Spot::Nowhere).then_some(machine)
    }
}
