//! What rules charge for a plan: licences of hosts and instances, and traffic between places.

use super::constraint::ConstraintKind;
use super::{Assignment, PlacePlan, Plan, Problem, Slot};
use basics::order::Tally;
use basics::{MachineId, Money, RuleId};

/// So many units of something that a rule charges for, all at the same price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleCharge {
    /// Which rule.
    pub rule: RuleId,
    /// The place, by position.
    pub place: usize,
    /// What is counted.
    pub kind: ChargeKind,
    /// What one costs over the horizon.
    pub each: Money,
    /// How many.
    pub count: u64,
}

/// What rules charge for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChargeKind {
    /// Hosts under a licence.
    Hosts,
    /// Instances under a licence.
    Instances,
    /// Pairs of a machine in the place and one in another, by its position, with traffic between them.
    Pairs(usize),
}

impl RuleCharge {
    /// What all of them cost.
    pub fn total(&self) -> Money {
        self.each.times(self.count)
    }
}

/// What rules charge for a plan of this problem, sorted; nothing that costs nothing.
pub fn rule_charges(problem: &Problem, plan: &Plan) -> Vec<RuleCharge> {
    if problem.constraints().is_empty() {
        return Vec::new();
    }
    charges(problem, &plan.places, &plan.assignments)
}

/// The same from where machines are; assignments are sorted by machine.
pub(super) fn charges(problem: &Problem, places: &[PlacePlan], assignments: &[Assignment]) -> Vec<RuleCharge> {
    let mut counts: Tally<(RuleId, usize, ChargeKind, Money), u64> = Tally::default();
    let mut add = |rule: RuleId, place: usize, kind: ChargeKind, each: Money, count: u64| {
        if each > Money::ZERO && count > 0 {
            *counts.at((rule, place, kind, each)) += count;
        }
    };
    for constraint in problem.constraints() {
        match &constraint.kind {
            ConstraintKind::Licensed { machines, hosts } => {
                for &(machine, alone) in machines {
                    if let Some((place, Slot::Instance)) = spot(assignments, machine) {
                        add(constraint.rule, place, ChargeKind::Instances, alone, 1);
                    }
                }
                let licensed = |machine: &MachineId| machines.binary_search_by_key(machine, |entry| entry.0).is_ok();
                for (place, plan) in places.iter().enumerate() {
                    let Some(licence) = hosts.iter().find(|licence| licence.place == plan.footprint) else { continue };
                    for host in plan.clusters.iter().flat_map(|cluster| &cluster.hosts) {
                        if host.machines.iter().any(licensed) {
                            add(constraint.rule, place, ChargeKind::Hosts, licence.of(host.existing), 1);
                        }
                    }
                }
            }
            ConstraintKind::Traffic { machines, others, costs } => {
                let (ones, others) = (by_place(machines, assignments), by_place(others, assignments));
                for &(from, to, each) in costs {
                    if let (Some(from), Some(to)) = (problem.place_of(from), problem.place_of(to)) {
                        let count = |counts: &Tally<usize, u64>, place| counts.get(&place).copied().unwrap_or(0);
                        let pairs = count(&ones, from).saturating_mul(count(&others, to));
                        add(constraint.rule, from, ChargeKind::Pairs(to), each, pairs);
                    }
                }
            }
            _ => {}
        }
    }
    counts
        .0
        .into_iter()
        .map(|((rule, place, kind, each), count)| RuleCharge { rule, place, kind, each, count })
        .collect()
}

/// Where a machine is.
fn spot(assignments: &[Assignment], machine: MachineId) -> Option<(usize, Slot)> {
    let found = assignments.binary_search_by_key(&machine, |assignment| assignment.machine).ok()?;
    Some((assignments[found].place as usize, assignments[found].slot))
}

fn by_place(machines: &[MachineId], assignments: &[Assignment]) -> Tally<usize, u64> {
    let mut counts = Tally::default();
    for (place, _) in machines.iter().filter_map(|&machine| spot(assignments, machine)) {
        *counts.at(place) += 1;
    }
    counts
}
