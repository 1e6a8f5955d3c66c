//! The independent checker: accepts a plan only if it can recompute everything the plan claims. It shares no code with the solver.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    BoundNode, ClusterPlan, HostPlan, LoadedHost, Place, PlaceKind, PlacePlan, Plan, Problem, RESOURCES, Resource,
    Resources, Slot,
};
use basics::{MachineId, Money, RuleId};

mod failures;
mod loss;
mod proof;
mod rules;

pub use loss::{Loss, NoRoom, loss};

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// The plan's places are not those of the problem.
    #[error("the places of the plan are not those of the problem")]
    OtherPlaces,
    /// A machine is missing, unknown, named twice or out of order.
    #[error("machine {0} is missing, unknown, named twice or out of order")]
    Machine(MachineId),
    /// A machine is where it may not be, or its slot does not exist.
    #[error("machine {0} is where it may not be")]
    Misplaced(MachineId),
    /// A machine without a place has no reason for one of the places.
    #[error("machine {0} has no place, and not a reason for every place")]
    Unexplained(MachineId),
    /// A host of the plan is not one that the place has, or is retired with machines or although it may not be.
    #[error("place {place}: host {host} of cluster {cluster} is not one the place has, or may not be retired")]
    Host {
        /// Position in the plan.
        place: usize,
        /// Position in the place.
        cluster: usize,
        /// Position in the cluster.
        host: usize,
    },
    /// What a host, a cluster or a place is said to carry is not what it carries.
    #[error("place {place}: what it is said to carry or give is not what it does")]
    Sum {
        /// Position in the plan.
        place: usize,
    },
    /// More is asked of a host or cluster than it gives.
    #[error("place {place}, cluster {cluster}: more {resource:?} is asked than there is")]
    Over {
        /// Position in the plan.
        place: usize,
        /// Position in the place.
        cluster: usize,
        /// Of what.
        resource: Resource,
    },
    /// Too few or too many hosts, clusters or instances.
    #[error("place {place}: too few or too many hosts, clusters or machines")]
    Count {
        /// Position in the plan.
        place: usize,
    },
    /// The loss of hosts could not be survived.
    #[error("place {place}, cluster {cluster}: its machines find no room after host failures")]
    Failure {
        /// Position in the plan.
        place: usize,
        /// Position in the place.
        cluster: usize,
    },
    /// A rule is broken.
    #[error("rule {} is broken", .0.0)]
    Rule(RuleId),
    /// The cost is not the sum of its parts.
    #[error("the cost is {claimed}, its parts come to {found}")]
    Cost {
        /// What the plan says.
        claimed: Money,
        /// What the parts come to.
        found: Money,
    },
    /// The certificate proves less than the plan claims.
    #[error("a lower bound of {claimed} is claimed, {proven:?} is proven")]
    Bound {
        /// What the plan says.
        claimed: Money,
        /// What the certificate proves, if anything.
        proven: Option<Money>,
    },
}

/// Checks a plan against its problem: every machine is somewhere it may be or is refused with reasons; no host and no cluster carries more than it gives,
/// also when as many hosts fail as the policy says; limits on hosts, clusters and machines hold, and every constraint; the cost is the sum of its parts, and
/// the lower bound follows from the certificate.
///
/// # Errors
/// Everything found to be wrong, in the order of the list above.
pub fn check(problem: &Problem, plan: &Plan) -> Result<(), Vec<Violation>> {
    let same = |(place, plan): (&Place, &PlacePlan)| place.footprint == plan.footprint;
    if problem.places().len() != plan.places.len() || !problem.places().iter().zip(&plan.places).all(same) {
        return Err(vec![Violation::OtherPlaces]);
    }
    let mut violations = Vec::new();
    let demands: BTreeMap<MachineId, (usize, &Resources)> =
        problem.items().iter().enumerate().map(|(index, item)| (item.machine, (index, &item.demand))).collect();
    check_machines(problem, plan, &demands, &mut violations);
    let neighbours = rules::Neighbours::of(problem);
    for (index, (place, plan)) in problem.places().iter().zip(&plan.places).enumerate() {
        check_place(index, place, plan, &Parts { demands: &demands, neighbours: &neighbours }, &mut violations);
    }
    let charged = rules::check(problem, plan, &mut violations);
    // Sums and positions below rely on what was checked so far.
    if violations.is_empty() {
        let found = cost(problem, plan, &demands) + charged;
        if found != plan.cost {
            violations.push(Violation::Cost { claimed: plan.cost, found });
        }
        let placed: BTreeSet<MachineId> = plan.assignments.iter().map(|assignment| assignment.machine).collect();
        let proven = proof::proven(problem, &placed, &plan.certificate);
        if proven.is_none_or(|proven| plan.lower_bound > proven) || plan.lower_bound > plan.cost {
            violations.push(Violation::Bound { claimed: plan.lower_bound, proven });
        }
    }
    if violations.is_empty() { Ok(()) } else { Err(violations) }
}

type Demands<'a> = BTreeMap<MachineId, (usize, &'a Resources)>;

/// What is known of machines.
struct Parts<'a> {
    demands: &'a Demands<'a>,
    neighbours: &'a rules::Neighbours,
}

fn check_machines(problem: &Problem, plan: &Plan, demands: &Demands<'_>, violations: &mut Vec<Violation>) {
    let mut seen = BTreeSet::new();
    let assigned: Vec<MachineId> = plan.assignments.iter().map(|assignment| assignment.machine).collect();
    let unplaced: Vec<MachineId> = plan.unplaced.iter().map(|unplaced| unplaced.machine).collect();
    for list in [&assigned, &unplaced] {
        for (index, machine) in list.iter().enumerate() {
            let in_order = index == 0 || list[index - 1] < *machine;
            if !in_order || !demands.contains_key(machine) || !seen.insert(*machine) {
                violations.push(Violation::Machine(*machine));
            }
        }
    }
    violations
        .extend(demands.keys().filter(|machine| !seen.contains(machine)).map(|machine| Violation::Machine(*machine)));
    let (mut instances, mut on_hosts) = (vec![0_u32; plan.places.len()], 0);
    for assignment in &plan.assignments {
        let Some(&(item, _)) = demands.get(&assignment.machine) else { continue };
        let place = assignment.place as usize;
        let allowed = place < plan.places.len() && problem.options(item)[place].is_ok();
        let there = allowed
            && match (assignment.slot, &problem.places()[place].kind) {
                (Slot::Instance, PlaceKind::Instances { .. }) => {
                    instances[place] += 1;
                    true
                }
                (Slot::Host { cluster, host }, PlaceKind::Existing { .. } | PlaceKind::Hosts { .. }) => {
                    on_hosts += 1;
                    let cluster = plan.places[place].clusters.get(cluster as usize);
                    cluster
                        .and_then(|cluster| cluster.hosts.get(host as usize))
                        .is_some_and(|host| host.machines.binary_search(&assignment.machine).is_ok())
                }
                _ => false,
            };
        if !there {
            violations.push(Violation::Misplaced(assignment.machine));
        }
    }
    let mut hosted = 0;
    for (index, place) in plan.places.iter().enumerate() {
        hosted +=
            place.clusters.iter().flat_map(|cluster| &cluster.hosts).map(|host| host.machines.len()).sum::<usize>();
        if place.instances != instances[index] {
            violations.push(Violation::Sum { place: index });
        }
    }
    if hosted != on_hosts {
        violations.push(Violation::Sum { place: plan.places.len() });
    }
    for unplaced in &plan.unplaced {
        let places: BTreeSet<u32> = unplaced.rejections.iter().map(|rejection| rejection.place).collect();
        if !(0..plan.places.len() as u32).all(|place| places.contains(&place)) {
            violations.push(Violation::Unexplained(unplaced.machine));
        }
    }
}

fn check_place(index: usize, place: &Place, plan: &PlacePlan, parts: &Parts<'_>, violations: &mut Vec<Violation>) {
    match &place.kind {
        PlaceKind::Instances { max_machines } => {
            if !plan.clusters.is_empty() || max_machines.is_some_and(|most| plan.instances > most) {
                violations.push(Violation::Count { place: index });
            }
        }
        PlaceKind::Hosts { min_hosts, max_hosts, max_clusters, max_total, .. } => {
            let counts: Vec<usize> = plan.clusters.iter().map(|cluster| cluster.hosts.len()).collect();
            let within = counts.iter().all(|&hosts| hosts >= *min_hosts as usize && hosts <= *max_hosts as usize);
            if !within || counts.len() > *max_clusters as usize || counts.iter().sum::<usize>() > *max_total as usize {
                violations.push(Violation::Count { place: index });
            }
        }
        PlaceKind::Existing { hosts, max_added, .. } => {
            let planned: Vec<&HostPlan> = plan.clusters.iter().flat_map(|cluster| &cluster.hosts).collect();
            let named: BTreeSet<_> = planned.iter().filter_map(|host| host.existing).collect();
            let added = planned.iter().filter(|host| host.existing.is_none()).count();
            let all_there = hosts.iter().all(|host| named.contains(&host.host)) && named.len() + added == planned.len();
            if plan.clusters.len() > 1 || !all_there || named.len() != hosts.len() || added > *max_added as usize {
                violations.push(Violation::Count { place: index });
            }
        }
    }
    for (number, cluster) in plan.clusters.iter().enumerate() {
        check_cluster(index, number, place, cluster, parts, violations);
    }
}

/// What a host of the plan gives, and whether it may be as the plan says; `None` if the place has no such host.
fn host_capacity(place: &Place, host: &HostPlan) -> Option<Resources> {
    let mut capacity = match (&place.kind, host.existing) {
        (PlaceKind::Hosts { capacity, usable_storage, .. }, None) if !host.retired => {
            if usable_storage.is_empty() {
                return Some(*capacity);
            }
            *capacity
        }
        (PlaceKind::Existing { added_capacity, .. }, None) if !host.retired => *added_capacity,
        (PlaceKind::Existing { hosts, .. }, Some(id)) => {
            let known: &LoadedHost = hosts.iter().find(|known| known.host == id)?;
            if host.retired && !(known.may_retire && host.machines.is_empty()) {
                return None;
            }
            known.capacity
        }
        _ => return None,
    };
    capacity[Resource::Storage as usize] = 0;
    Some(capacity)
}

fn check_cluster(
    index: usize,
    number: usize,
    place: &Place,
    cluster: &ClusterPlan,
    parts: &Parts<'_>,
    violations: &mut Vec<Violation>,
) {
    let demands = parts.demands;
    let before = violations.len();
    let (pool, reserved, host_failures) = match &place.kind {
        PlaceKind::Hosts { usable_storage, management, host_failures, .. } => {
            let reserved = if number == 0 { *management } else { [0; RESOURCES] };
            let pool = usable_storage.get(cluster.hosts.len()).or(usable_storage.last()).copied();
            (pool, reserved, *host_failures)
        }
        PlaceKind::Existing { shared_storage, host_failures, .. } => {
            (Some(*shared_storage), [0; RESOURCES], *host_failures)
        }
        PlaceKind::Instances { .. } => (None, [0; RESOURCES], 0),
    };
    // Resources that each host has for itself.
    let own = |resource: Resource| resource != Resource::Storage || pool.is_none();
    let mut used = reserved;
    let mut usable = [0_u64; RESOURCES];
    for (position, host) in cluster.hosts.iter().enumerate() {
        let Some(capacity) = host_capacity(place, host) else {
            violations.push(Violation::Host { place: index, cluster: number, host: position });
            continue;
        };
        let mut load = [0_u64; RESOURCES];
        for machine in &host.machines {
            let Some((_, demand)) = demands.get(machine) else { continue };
            load = plus(&load, demand);
        }
        if load != host.used || capacity != host.capacity || !host.machines.is_sorted() {
            violations.push(Violation::Sum { place: index });
        }
        for resource in Resource::ALL.into_iter().filter(|&resource| own(resource)) {
            if load[resource as usize] > capacity[resource as usize] {
                violations.push(Violation::Over { place: index, cluster: number, resource });
            }
        }
        used = plus(&used, &load);
        if !host.retired {
            usable = plus(&usable, &capacity);
        }
    }
    if let Some(pool) = pool {
        usable[Resource::Storage as usize] = pool;
    }
    if used != cluster.used || usable != cluster.usable {
        violations.push(Violation::Sum { place: index });
    }
    for resource in Resource::ALL {
        if used[resource as usize] > usable[resource as usize] {
            violations.push(Violation::Over { place: index, cluster: number, resource });
        }
    }
    if violations.len() == before
        && !failures::survives(cluster, &reserved, pool.is_some(), host_failures as usize, parts)
    {
        violations.push(Violation::Failure { place: index, cluster: number });
    }
}

fn plus(a: &Resources, b: &Resources) -> Resources {
    std::array::from_fn(|resource| a[resource].saturating_add(b[resource]))
}

/// The cost of a plan whose machines and hosts are in order.
fn cost(problem: &Problem, plan: &Plan, demands: &Demands<'_>) -> Money {
    let mut total = Money::ZERO;
    let mut used = vec![false; plan.places.len()];
    for assignment in &plan.assignments {
        let place = assignment.place as usize;
        used[place] = true;
        if let Some((item, _)) = demands.get(&assignment.machine) {
            total += problem.options(*item)[place].unwrap_or(Money::ZERO);
        }
    }
    for ((place, plan), used) in problem.places().iter().zip(&plan.places).zip(used) {
        if used {
            total += place.fixed_cost;
        }
        for host in plan.clusters.iter().flat_map(|cluster| &cluster.hosts).filter(|host| !host.retired) {
            total += match &place.kind {
                PlaceKind::Hosts { host_cost, .. } => *host_cost,
                PlaceKind::Existing { hosts, added_cost, .. } => host
                    .existing
                    .and_then(|id| hosts.iter().find(|known| known.host == id))
                    .map_or(*added_cost, |known| known.cost),
                PlaceKind::Instances { .. } => Money::ZERO,
            };
        }
    }
    total
}
