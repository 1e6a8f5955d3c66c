//! Plans and proofs that claim more than is so: the checker refuses each.

use super::*;

/// A manipulation: what is claimed, and whether there was anything to change.
type Forgery = (&'static str, fn(&mut Plan) -> Option<()>);

fn first_host(plan: &mut Plan) -> Option<&mut HostPlan> {
    let clusters = plan.places.iter_mut().flat_map(|place| &mut place.clusters);
    clusters.flat_map(|cluster| &mut cluster.hosts).find(|host| !host.machines.is_empty())
}

fn first_cluster(plan: &mut Plan) -> Option<&mut ClusterPlan> {
    plan.places.iter_mut().flat_map(|place| &mut place.clusters).find(|cluster| !cluster.hosts.is_empty())
}

fn first_slot(plan: &mut Plan) -> Option<(u32, &mut u32)> {
    plan.assignments.iter_mut().find_map(|assignment| match &mut assignment.slot {
        Slot::Host { host, .. } => Some((assignment.place, host)),
        Slot::Instance => None,
    })
}

const ONE: Money = Money::from_micros(1);

/// Everything that a plan claims and the checker recomputes, claimed wrongly.
const FORGERIES: &[Forgery] = &[
    ("a lower cost", |plan| {
        plan.cost = plan.cost - ONE;
        Some(())
    }),
    ("a higher cost", |plan| {
        plan.cost += ONE;
        Some(())
    }),
    ("a bound above the cost", |plan| {
        plan.lower_bound = plan.cost + ONE;
        Some(())
    }),
    ("a machine less", |plan| plan.assignments.pop().map(drop)),
    ("a machine twice", |plan| {
        plan.assignments.push(plan.assignments.last()?.clone());
        Some(())
    }),
    ("machines out of order", |plan| (plan.assignments.len() > 1).then(|| plan.assignments.reverse())),
    ("an unknown machine", |plan| {
        plan.assignments.last_mut()?.machine = MachineId(u64::MAX);
        Some(())
    }),
    ("a place that there is not", |plan| {
        plan.assignments.first_mut()?.place = 1000;
        Some(())
    }),
    ("another place", |plan| {
        let width = plan.places.len() as u32;
        let assignment = plan.assignments.first_mut().filter(|_| width > 1)?;
        assignment.place = (assignment.place + 1) % width;
        Some(())
    }),
    ("a host that there is not", |plan| {
        *first_slot(plan)?.1 = 1000;
        Some(())
    }),
    ("another host", |plan| first_slot(plan).map(|(_, host)| *host += 1)),
    ("an instance that is on a host", |plan| {
        let is_hosted = |assignment: &&mut Assignment| assignment.slot != Slot::Instance;
        plan.assignments.iter_mut().find(is_hosted)?.slot = Slot::Instance;
        Some(())
    }),
    ("a host that carries less", |plan| first_host(plan)?.machines.pop().map(drop)),
    ("a host that carries what is nowhere", |plan| {
        first_host(plan)?.machines.push(MachineId(u64::MAX));
        Some(())
    }),
    ("a host that is used less", |plan| {
        first_host(plan)?.used[0] = u64::MAX;
        Some(())
    }),
    ("a larger host", |plan| {
        first_host(plan)?.capacity[0] += 1;
        Some(())
    }),
    ("a host that is saved and used", |plan| {
        first_host(plan)?.retired = true;
        Some(())
    }),
    ("a host of another's", |plan| {
        first_host(plan)?.existing = Some(HostId(u64::MAX));
        Some(())
    }),
    ("a host less", |plan| first_cluster(plan)?.hosts.pop().map(drop)),
    ("a host twice", |plan| {
        let hosts = &mut first_cluster(plan)?.hosts;
        hosts.push(hosts.last()?.clone());
        Some(())
    }),
    ("a cluster that gives more", |plan| {
        first_cluster(plan)?.usable[1] += 1;
        Some(())
    }),
    ("a cluster that is used less", |plan| {
        first_cluster(plan)?.used[1] = u64::MAX;
        Some(())
    }),
    ("a cluster less", |plan| {
        plan.places.iter_mut().find(|place| !place.clusters.is_empty())?.clusters.pop().map(drop)
    }),
    ("an instance more", |plan| {
        plan.places.first_mut()?.instances += 1;
        Some(())
    }),
    ("a place less", |plan| plan.places.pop().map(drop)),
    ("another footprint", |plan| {
        plan.places.first_mut()?.footprint = FootprintId(1000);
        Some(())
    }),
    ("a machine without a place less", |plan| plan.unplaced.pop().map(drop)),
    ("no reason", |plan| plan.unplaced.first_mut()?.rejections.pop().map(drop)),
    ("a place, and none", |plan| {
        let machine = plan.assignments.first()?.machine;
        let places = 0..plan.places.len() as u32;
        let rejections = places.map(|place| Rejection { place, refusal: Refusal::NoCapacity }).collect();
        plan.unplaced.insert(0, Unplaced { machine, rejections, remedy: None });
        Some(())
    }),
];

#[test]
fn every_false_claim_is_refused() {
    let mut tried = vec![0; FORGERIES.len()];
    for seed in 0..120 {
        let problem = problem(seed, 14, 4, 0);
        let plan = solved(&problem, 4);
        for (&(name, forge), tried) in FORGERIES.iter().zip(&mut tried) {
            let mut forged = plan.clone();
            if forge(&mut forged).is_some() && forged != plan {
                *tried += 1;
                assert!(check(&problem, &forged).is_err(), "seed {seed}: {name} is accepted");
            }
        }
    }
    for ((name, _), tried) in FORGERIES.iter().zip(tried) {
        assert!(tried > 10, "{name}: tried {tried} times only");
    }
}

/// Puts a machine on another host and corrects every sum, so that nothing but room, rules and money can be wrong.
fn moved(problem: &Problem, plan: &Plan, machine: MachineId, to: (usize, usize, usize)) -> Option<Plan> {
    let mut plan = plan.clone();
    let demand = problem.items()[problem.item_of(machine)?].demand;
    let position = plan.assignments.iter().position(|assignment| assignment.machine == machine)?;
    let place = plan.assignments[position].place as usize;
    let Slot::Host { cluster, host } = plan.assignments[position].slot else { return None };
    let from = (place, cluster as usize, host as usize);
    if from == to {
        return None;
    }
    for ((place, cluster, host), add) in [(from, false), (to, true)] {
        let cluster = plan.places[place].clusters.get_mut(cluster)?;
        let host = cluster.hosts.get_mut(host)?;
        for (resource, amount) in demand.into_iter().enumerate() {
            for sum in [&mut host.used[resource], &mut cluster.used[resource]] {
                *sum = if add { *sum + amount } else { *sum - amount };
            }
        }
        host.machines.retain(|&other| other != machine);
        if add {
            host.machines.push(machine);
            host.machines.sort_unstable();
        }
    }
    plan.assignments[position].place = to.0 as u32;
    plan.assignments[position].slot = Slot::Host { cluster: to.1 as u32, host: to.2 as u32 };
    let own = |place: usize| problem.options(problem.item_of(machine).unwrap_or_default())[place].ok();
    plan.cost = plan.cost + own(to.0)? - own(from.0)?;
    Some(plan)
}

#[test]
fn a_machine_is_moved_only_where_there_is_room() {
    let (mut refused, mut accepted) = (0, 0);
    for seed in 0..60 {
        let problem = problem(seed, 25, 4, 0);
        let plan = solved(&problem, 6);
        for assignment in &plan.assignments {
            for (place, of_place) in plan.places.iter().enumerate() {
                for (cluster, of_cluster) in of_place.clusters.iter().enumerate() {
                    for (host, found) in of_cluster.hosts.iter().enumerate() {
                        let Some(moved) = moved(&problem, &plan, assignment.machine, (place, cluster, host)) else {
                            continue;
                        };
                        let demand =
                            problem.items()[problem.item_of(assignment.machine).expect("it is planned")].demand;
                        let over = (0..RESOURCES).any(|resource| {
                            // Storage that the cluster shares is no host's own.
                            resource != Resource::Storage as usize
                                && found.used[resource] + demand[resource] > found.capacity[resource]
                        });
                        let verdict = check(&problem, &moved);
                        assert!(!over || verdict.is_err(), "seed {seed}: more than the host gives is accepted");
                        refused += u32::from(verdict.is_err());
                        accepted += u32::from(verdict.is_ok());
                    }
                }
            }
        }
    }
    assert!(refused > 500 && accepted > 50, "{refused} refused, {accepted} accepted");
}

/// Another certificate made of this one: other prices, another tree, or none.
fn other(certificate: &Certificate, places: usize, random: &mut Random) -> Certificate {
    let mut nodes = certificate.nodes.clone();
    let leaf = |random: &mut Random| BoundNode::Leaf {
        prices: (0..places).map(|_| std::array::from_fn(|_| random.below(1 << 40) as u64)).collect(),
    };
    let at = random.below(nodes.len().max(1));
    let split = |random: &mut Random, nodes: usize| BoundNode::Split {
        place: random.below(places + 1) as u32,
        hosts: random.below(5) as u32,
        fewer: random.below(nodes + 2) as u32,
        more: random.below(nodes + 2) as u32,
    };
    match random.below(7) {
        0 => nodes.truncate(at),
        1 => nodes[at] = leaf(random),
        2 => nodes[at] = split(random, nodes.len()),
        3 => nodes.insert(0, split(random, nodes.len())),
        4 => {
            // The least number of hosts is claimed for both sides, and so one side is forgotten.
            let (hosts, place) = (random.below(4) as u32, random.below(places) as u32);
            nodes = vec![BoundNode::Split { place, hosts, fewer: 1, more: 1 }, leaf(random)];
        }
        5 => {
            let (hosts, place) = (random.below(4) as u32, random.below(places) as u32);
            nodes = vec![BoundNode::Split { place, hosts, fewer: 1, more: 2 }, leaf(random), leaf(random)];
        }
        _ => {
            let factor = random.below(9) as u64;
            for node in &mut nodes {
                if let BoundNode::Leaf { prices } = node {
                    prices.iter_mut().flatten().for_each(|price| *price = price.saturating_mul(factor) / 4);
                }
            }
        }
    }
    Certificate { nodes }
}

/// The plan is dearer than the best one, and whatever the certificate, a bound above the best is refused.
#[test]
fn no_certificate_proves_what_is_false() {
    let (mut dearer, mut tried) = (0, 0);
    for seed in 0..400 {
        let problem = exhaustive::small(seed);
        let best = exhaustive::best(&problem).expect("instances take everything");
        // All machines as instances: often not the best, and always a plan.
        let plan = all_instances(&problem);
        assert_eq!(check(&problem, &plan), Ok(()), "seed {seed}");
        if plan.cost <= best {
            continue;
        }
        dearer += 1;
        let proof = solved(&problem, 30);
        let mut random = Random::new(seed);
        for _ in 0..40 {
            let certificate = other(&proof.certificate, problem.places().len(), &mut random);
            let forged = Plan { lower_bound: best + ONE, certificate, ..plan.clone() };
            let found = check(&problem, &forged).expect_err("a bound above the best plan");
            assert!(matches!(found[..], [Violation::Bound { .. }]), "seed {seed}: {found:?}");
            tried += 1;
        }
        // The solver's own proof holds for any plan of the same machines.
        let proven = Plan { lower_bound: proof.lower_bound, certificate: proof.certificate, ..plan };
        assert_eq!(check(&problem, &proven), Ok(()), "seed {seed}");
    }
    assert!(dearer > 50, "{dearer} plans are dearer than the best, {tried} certificates were tried");
}

/// The first place is one of instances: everything runs there, and nothing is proven.
fn all_instances(problem: &Problem) -> Plan {
    let assignment = |item: &Item| Assignment {
        machine: item.machine,
        place: 0,
        slot: Slot::Instance,
        cost: Money::ZERO,
        bind: Bind::Cheapest,
        next_best: None,
        rejections: Vec::new(),
    };
    let empty = |place: &Place| PlacePlan { footprint: place.footprint, clusters: Vec::new(), instances: 0 };
    let mut places: Vec<PlacePlan> = problem.places().iter().map(empty).collect();
    places[0].instances = problem.items().len() as u32;
    let own = |item: usize| problem.options(item)[0].expect("instances take everything");
    let cost = (0..problem.items().len()).map(own).sum();
    let nothing = BoundNode::Leaf { prices: vec![[0; RESOURCES]; places.len()] };
    Plan {
        places,
        assignments: problem.items().iter().map(assignment).collect(),
        unplaced: Vec::new(),
        cost,
        lower_bound: Money::ZERO,
        certificate: Certificate { nodes: vec![nothing] },
    }
}
