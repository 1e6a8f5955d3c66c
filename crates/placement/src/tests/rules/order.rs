//! The same task put together in another order has the same plan.

use super::super::super::conflicts;
use super::*;

/// The same task: places, their hosts, machines, rules and every list of a rule in an order of their own.
fn turned(problem: &Problem, seed: u64) -> Problem {
    let mut random = Random::new(seed);
    let mut places = problem.places().to_vec();
    random.shuffle(&mut places);
    for place in &mut places {
        if let PlaceKind::Existing { hosts, .. } = &mut place.kind {
            random.shuffle(hosts);
        }
    }
    let mut items: Vec<usize> = (0..problem.items().len()).collect();
    random.shuffle(&mut items);
    let mut rules = problem.constraints().to_vec();
    random.shuffle(&mut rules);
    let mut builder = Problem::builder(places);
    // Rules may be named before what they name.
    for constraint in &mut rules {
        turn(&mut constraint.kind, &mut random);
        builder.constraint(constraint.rule, constraint.kind.clone());
    }
    for item in items {
        let options = problem.unruled_options(item);
        let Item { machine, demand } = problem.items()[item];
        let option = |place: &Place| options[problem.place_of(place.footprint).expect("the same places")];
        builder.machine(machine, demand, option);
    }
    builder.build()
}

/// Puts every list in another order, and names what may be named twice again.
fn turn(kind: &mut ConstraintKind, random: &mut Random) {
    fn twice<T: Clone>(list: &mut Vec<T>, random: &mut Random) {
        list.extend(list.first().cloned());
        random.shuffle(list);
    }
    match kind {
        ConstraintKind::Only { machines, places } => {
            twice(machines, random);
            twice(places, random);
        }
        ConstraintKind::OnHost { hosts } => twice(hosts, random),
        ConstraintKind::Together { machines, .. }
        | ConstraintKind::Apart { machines, .. }
        | ConstraintKind::Isolated { machines }
        | ConstraintKind::Quota { machines, .. } => twice(machines, random),
        ConstraintKind::Licensed { machines, hosts } => {
            twice(machines, random);
            twice(hosts, random);
            for licence in hosts {
                twice(&mut licence.existing, random);
            }
        }
        ConstraintKind::Near { machines, others, far } => {
            twice(machines, random);
            twice(others, random);
            twice(far, random);
            // Far is far both ways.
            for pair in far {
                *pair = (pair.1, pair.0);
            }
        }
        ConstraintKind::Traffic { machines, others, costs } => {
            twice(machines, random);
            twice(others, random);
            twice(costs, random);
        }
        ConstraintKind::Moves { homes, .. } => twice(homes, random),
    }
}

/// The kind of a constraint and its level, by number.
fn number(kind: &ConstraintKind) -> usize {
    match kind {
        ConstraintKind::Only { .. } => 0,
        ConstraintKind::OnHost { .. } => 1,
        ConstraintKind::Isolated { .. } => 2,
        ConstraintKind::Licensed { .. } => 3,
        ConstraintKind::Near { .. } => 4,
        ConstraintKind::Traffic { .. } => 5,
        ConstraintKind::Quota { .. } => 6,
        ConstraintKind::Moves { .. } => 7,
        ConstraintKind::Together { level, .. } => 8 + *level as usize,
        ConstraintKind::Apart { level, .. } => 12 + *level as usize,
    }
}

#[test]
fn no_order_of_places_hosts_machines_or_rules_matters() {
    let mut kinds = [0; 16];
    for seed in 0..250 {
        let plain = problem(seed, 25, 4, 0);
        let problem = with(&plain, constraints(seed, &plain));
        problem.constraints().iter().for_each(|constraint| kinds[number(&constraint.kind)] += 1);
        let other = turned(&problem, seed + 1);
        // Existing hosts are the one list of a problem whose order is kept.
        assert_eq!(problem.constraints(), other.constraints(), "seed {seed}");
        assert_eq!(solved(&problem, 6), solved(&other, 6), "seed {seed}");
        assert_eq!(conflicts(&problem), conflicts(&other), "seed {seed}");
    }
    assert!(kinds.iter().all(|&count| count >= 10), "every kind and level is among them: {kinds:?}");
}
