//! Why constraints keep a machine out of a place as a plan stands.

use super::constraint::ConstraintKind;
use super::packing::Packing;
use super::prepared::{Site, fits};
use super::ruled::{Excess, Obstacle};
use super::{PlaceKind, Problem, Refusal, Resource};
use basics::{Money, RuleId};

/// The rule that keeps a machine out of a place; `None` where none does.
pub(super) fn ruled_out(problem: &Problem, packing: &Packing<'_>, machine: usize, place: usize) -> Option<RuleId> {
    refusal(problem, packing, machine, place).map(|refusal| match refusal {
        Refusal::Limit { rule, .. } | Refusal::Rule(rule) | Refusal::TooLargeTogether { rule, .. } => rule,
        _ => RuleId::default(),
    })
}

/// How constraints keep a machine out of a place; `None` where they do not, or where room is missing anyway.
pub(super) fn refusal(problem: &Problem, packing: &Packing<'_>, machine: usize, place: usize) -> Option<Refusal> {
    let rules = &packing.prepared().rules;
    if !rules.touches(machine) {
        return None;
    }
    if let Some((constraint, excess)) = packing.ruled_out(machine, place) {
        let rule = rules.list[constraint].rule;
        return Some(match excess {
            Excess::Whole => Refusal::Rule(rule),
            Excess::Machines(over) => Refusal::Limit { rule, resource: None, missing: over as u64 },
            Excess::Resource(resource, over) => {
                Refusal::Limit { rule, resource: Some(Resource::ALL[resource]), missing: over as u64 }
            }
        });
    }
    let Site::Hosts(_) = packing.prepared().sites[place] else { return None };
    let demand = &packing.prepared().demand[machine];
    let cells = packing.site_cells[place].iter().map(|&cell| &packing.cells[cell as usize]);
    let bins = cells.filter(|cell| fits(demand, cell.room())).flat_map(|cell| &cell.bins);
    let mut roomy = bins.filter(|&&bin| fits(demand, &packing.bins[bin as usize].free)).peekable();
    if roomy.peek().is_none() {
        // A machine that is bound to a host is refused by that host alone, full or not.
        return packing
            .lost_lock(machine, place)
            .then(|| bound_by(problem, packing, machine))
            .flatten()
            .map(Refusal::Rule);
    }
    let mut first = None;
    for &bin in roomy {
        first = first.or(Some(packing.obstacle(machine, place, bin)?));
    }
    let rule = match first? {
        Obstacle::Constraint(constraint) => Some(rules.list[constraint].rule),
        Obstacle::Bound => bound_by(problem, packing, machine),
        Obstacle::Stranger(other) => isolation(problem, packing, machine, other),
    };
    rule.map(Refusal::Rule)
}

/// What licences charge for a machine of the problem in a place by itself: as an instance, or, where it needs `another_host`, for that.
pub(super) fn licences(problem: &Problem, item: usize, place: usize, another_host: bool) -> Money {
    let (machine, place) = (problem.items()[item].machine, &problem.places()[place]);
    let charged = problem.constraints().iter().filter_map(|constraint| match &constraint.kind {
        ConstraintKind::Licensed { machines, hosts } => {
            let found = machines.binary_search_by_key(&machine, |entry| entry.0).ok()?;
            match place.kind {
                PlaceKind::Instances { .. } => Some(machines[found].1),
                _ if another_host => {
                    hosts.iter().find(|licence| licence.place == place.footprint).map(|licence| licence.new_host)
                }
                _ => None,
            }
        }
        _ => None,
    });
    charged.sum()
}

/// The first rule that binds one of a block's machines to a host.
fn bound_by(problem: &Problem, packing: &Packing<'_>, machine: usize) -> Option<RuleId> {
    let bound = |id| {
        problem.constraints().iter().find_map(|constraint| match &constraint.kind {
            ConstraintKind::OnHost { hosts } => {
                hosts.binary_search_by_key(&id, |entry| entry.0).is_ok().then_some(constraint.rule)
            }
            _ => None,
        })
    };
    let items = packing.prepared().blocks.items(machine);
    items.iter().find_map(|&item| bound(problem.items()[item as usize].machine))
}

/// The first isolation rule that one of two machines is in and the other is not.
fn isolation(problem: &Problem, packing: &Packing<'_>, one: usize, other: usize) -> Option<RuleId> {
    let first = |machine: usize| problem.items()[packing.prepared().blocks.items(machine)[0] as usize].machine;
    let (one, other) = (first(one), first(other));
    problem.constraints().iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::Isolated { machines } => {
            let has = |machine| machines.binary_search(machine).is_ok();
            (has(&one) != has(&other)).then_some(constraint.rule)
        }
        _ => None,
    })
}

/// Whether a rule is the only one that keeps a machine of the problem out of a place, and the place would be open to it without rules.
pub(super) fn only_rule(problem: &Problem, packing: &Packing<'_>, item: usize, place: usize, rule: RuleId) -> bool {
    let machine = problem.items()[item].machine;
    let footprint = problem.places()[place].footprint;
    let shared = matches!(problem.places()[place].kind, PlaceKind::Instances { .. });
    let alone = problem.constraints().iter().all(|constraint| {
        constraint.rule == rule
            || match &constraint.kind {
                ConstraintKind::Only { machines, places } => {
                    machines.binary_search(&machine).is_err() || places.binary_search(&footprint).is_ok()
                }
                ConstraintKind::Isolated { machines } => !shared || machines.binary_search(&machine).is_err(),
                _ => true,
            }
    });
    let block = packing.prepared().blocks.of(item);
    let rules = &packing.prepared().rules;
    let others = packing.ruled_out(block, place).is_none_or(|(constraint, _)| rules.list[constraint].rule == rule);
    problem.unruled_options(item)[place].is_ok() && alone && others
}
