//! What would give a place to machines that have none: how large each change is, and whether it really does.

use super::constraint::{Constraint, ConstraintKind};
use super::packing::{Packing, Spot};
use super::prepared::Prepared;
use super::problem::{Place, PlaceKind, Problem};
use super::relaxation::Prices;
use super::resume::{prices_of, resume};
use super::{Plan, Remedy, Resource, Resources};
use basics::RuleId;
use basics::order::Tally;

/// Machines that are looked at in all to try remedies: what has no place is told within the time of a few steps.
const LOOKS: usize = 20_000;

/// The whole of something, in millionths.
const WHOLE: u64 = 1_000_000;

/// How large a change is, in millionths of what it changes: a limit, the hosts of a place, what one host gives, the machines that a rule is about. A quote
/// that is missing is a whole place.
pub(super) fn size(problem: &Problem, packing: &Packing<'_>, remedy: Remedy) -> u64 {
    let part = |by: u64, of: u64| {
        (u128::from(by) * u128::from(WHOLE) / u128::from(of.max(1))).min(u128::from(u64::MAX)) as u64
    };
    match remedy {
        Remedy::RaiseLimit { rule, resource, by } => part(by, limit(problem, rule, resource)),
        Remedy::RaiseMachineLimit { place } => part(1, packing.instances[place as usize] as u64),
        Remedy::OneMoreHost { place } => {
            let cells = packing.site_cells[place as usize].iter();
            part(1, cells.map(|&cell| packing.cells[cell as usize].bins.len() as u64).sum())
        }
        Remedy::More { place, resource, by } => part(by, given(&problem.places()[place as usize].kind, resource)),
        Remedy::DropRule(rule) => {
            let about = problem.constraints().iter().filter(|constraint| constraint.rule == rule);
            part(about.map(|constraint| constraint.kind.machines().len() as u64).sum(), problem.items().len() as u64)
        }
        Remedy::EnterQuote { .. } => WHOLE,
    }
}

/// The limit that a rule sets; the first one where it sets several.
fn limit(problem: &Problem, rule: RuleId, resource: Option<Resource>) -> u64 {
    let mut limits = problem.constraints().iter().filter(|constraint| constraint.rule == rule);
    let of = |kind: &ConstraintKind| match (kind, resource) {
        (ConstraintKind::Quota { most_machines, .. }, None) => *most_machines,
        (ConstraintKind::Quota { most, .. }, Some(resource)) => most[resource as usize],
        (ConstraintKind::Moves { most, .. }, None) => Some(*most),
        _ => None,
    };
    limits.find_map(|constraint| of(&constraint.kind)).unwrap_or_default()
}

/// The most that one host of a place gives of a resource, or all of them where they share it.
fn given(kind: &PlaceKind, resource: Resource) -> u64 {
    let at = resource as usize;
    match kind {
        PlaceKind::Instances { .. } => 0,
        PlaceKind::Existing { shared_storage, .. } if resource == Resource::Storage => *shared_storage,
        PlaceKind::Existing { hosts, .. } => hosts.iter().map(|host| host.capacity[at]).max().unwrap_or_default(),
        PlaceKind::Hosts { usable_storage, .. } if resource == Resource::Storage && !usable_storage.is_empty() => {
            usable_storage.last().copied().unwrap_or_default()
        }
        PlaceKind::Hosts { capacity, .. } => capacity[at],
    }
}

/// Tries what would give machines a place, the smallest change first: the plan as it is, with the change, must find room for the machine and lose none.
/// A machine for which nothing that was tried does that has no remedy; once all tries are spent the smallest change stays as it is.
pub(super) fn settle(problem: &Problem, prices: &Prices, plan: &mut Plan, candidates: &[Vec<Remedy>]) {
    // Those that an edit would begin from, so that making the change comes to the same.
    let resumed = prices_of(problem, plan);
    let prices = resumed.as_ref().unwrap_or(prices);
    let tries = (LOOKS / problem.items().len().max(1)).max(1);
    let mut known: Tally<(Remedy, Resources), bool> = Tally::default();
    let mut settled = Vec::with_capacity(candidates.len());
    for (unplaced, candidates) in plan.unplaced.iter().zip(candidates) {
        let Some(item) = problem.item_of(unplaced.machine) else { continue };
        let demand = problem.items()[item].demand;
        let mut holds = |remedy: Remedy| {
            let key = (remedy, demand);
            if known.get(&key).is_none() && known.0.len() < tries {
                *known.at(key) = helps(problem, prices, plan, item, remedy);
            }
            // What was not tried is neither known to help nor known not to.
            known.get(&key).copied().unwrap_or(true)
        };
        settled.push(candidates.iter().copied().find(|&remedy| holds(remedy)));
    }
    for (unplaced, remedy) in plan.unplaced.iter_mut().zip(settled) {
        unplaced.remedy = remedy;
    }
}

/// Whether the plan with a change has a place for a machine of the problem, and for all that had one.
fn helps(problem: &Problem, prices: &Prices, plan: &Plan, item: usize, remedy: Remedy) -> bool {
    let changed = changed(problem, item, remedy);
    let prepared = Prepared::new(&changed);
    let (packing, _) = resume(&prepared, &changed, plan, prices);
    let placed = |item: usize| packing.at[prepared.blocks.of(item)] != Spot::Nowhere;
    placed(item) && plan.assignments.iter().all(|one| changed.item_of(one.machine).is_none_or(placed))
}

/// The problem with a change.
pub(super) fn changed(problem: &Problem, item: usize, remedy: Remedy) -> Problem {
    match remedy {
        Remedy::DropRule(rule) => problem.with_rules(|other| other != rule),
        Remedy::EnterQuote { place } => problem.opened(item, place as usize),
        Remedy::RaiseLimit { rule, resource, by } => problem.changed(|_places, constraints| {
            for constraint in constraints.iter_mut().filter(|constraint| constraint.rule == rule) {
                raise(constraint, resource, by);
            }
        }),
        Remedy::RaiseMachineLimit { place } | Remedy::OneMoreHost { place } => {
            problem.changed(|places, _constraints| one_more(&mut places[place as usize]))
        }
        Remedy::More { place, resource, by } => {
            problem.changed(|places, _constraints| enlarge(&mut places[place as usize].kind, resource, by))
        }
    }
}

fn raise(constraint: &mut Constraint, resource: Option<Resource>, by: u64) {
    let most = match (&mut constraint.kind, resource) {
        (ConstraintKind::Quota { most_machines, .. }, None) => most_machines.as_mut(),
        (ConstraintKind::Quota { most, .. }, Some(resource)) => most[resource as usize].as_mut(),
        (ConstraintKind::Moves { most, .. }, None) => Some(most),
        _ => None,
    };
    if let Some(most) = most {
        *most = most.saturating_add(by);
    }
}

/// One more instance or one more host, like the largest there is where the place names none.
fn one_more(place: &mut Place) {
    match &mut place.kind {
        PlaceKind::Instances { max_machines } => *max_machines = max_machines.map(|most| most.saturating_add(1)),
        PlaceKind::Hosts { max_hosts, max_total, .. } => {
            (*max_hosts, *max_total) = (max_hosts.saturating_add(1), max_total.saturating_add(1));
        }
        PlaceKind::Existing { hosts, added_capacity, max_added, .. } => {
            if *added_capacity == Resources::default() {
                let largest = hosts
                    .iter()
                    .map(|host| host.capacity)
                    .max_by_key(|capacity| capacity.map(u128::from).iter().sum::<u128>());
                *added_capacity = largest.unwrap_or_default();
            }
            *max_added = max_added.saturating_add(1);
        }
    }
}

/// Every host, or what they share, with so much more of a resource.
fn enlarge(kind: &mut PlaceKind, resource: Resource, by: u64) {
    let at = resource as usize;
    let more = |amount: &mut u64| *amount = amount.saturating_add(by);
    match kind {
        PlaceKind::Instances { .. } => {}
        PlaceKind::Existing { shared_storage, .. } if resource == Resource::Storage => more(shared_storage),
        PlaceKind::Existing { hosts, added_capacity, .. } => {
            for host in hosts {
                more(&mut host.capacity[at]);
            }
            more(&mut added_capacity[at]);
        }
        PlaceKind::Hosts { usable_storage, .. } if resource == Resource::Storage && !usable_storage.is_empty() => {
            for usable in usable_storage {
                more(usable);
            }
        }
        PlaceKind::Hosts { capacity, .. } => more(&mut capacity[at]),
    }
}
