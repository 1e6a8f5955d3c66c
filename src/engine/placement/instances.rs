//! Readers of benchmark files, so that the solver can be measured on what others publish.

use serde::Deserialize;

use super::{Place, PlaceKind, Problem, RESOURCES, Refusal, Resources};
use crate::engine::model::{FootprintId, MachineId, Money, RuleId};

/// Amounts are read in thousandths, so that fractions of a GiB stay exact.
const THOUSANDTHS: f64 = 1000.0;

/// Why a benchmark file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// Not the JSON that was expected.
    #[error("not a planner10k file: {0}")]
    Json(#[from] serde_json::Error),
    /// Something that is not a number, or not there.
    #[error("number {position} of the file is missing or not a whole number")]
    Number {
        /// Counted from 1.
        position: usize,
    },
    /// More resources than a problem has.
    #[error("{found} resources, at most {RESOURCES} can be read")]
    Resources {
        /// How many there are.
        found: u64,
    },
}

#[derive(Deserialize)]
struct PlannerFile {
    footprints: Vec<PlannerFootprint>,
    machines: Vec<PlannerMachine>,
}

#[derive(Deserialize)]
struct PlannerFootprint {
    capacity: [f64; RESOURCES],
    host_cost: f64,
    fixed_cost: f64,
    min_hosts: u32,
    max_hosts: u32,
    spare_hosts: u32,
}

#[derive(Deserialize)]
struct PlannerMachine {
    demand: [f64; RESOURCES],
    allowed: u64,
    instance_cost: f64,
    extra_cost: Vec<f64>,
}

/// Reads a `planner10k` file (JSON, not compressed): footprints of equal hosts and one instance price for each machine.
pub fn planner10k(json: &[u8]) -> Result<Problem, InstanceError> {
    let file: PlannerFile = serde_json::from_slice(json)?;
    let mut places: Vec<Place> = file.footprints.iter().enumerate().map(planner_place).collect();
    let instances = FootprintId(places.len() as u32);
    places.push(Place {
        footprint: instances,
        kind: PlaceKind::Instances { max_machines: None },
        fixed_cost: Money::ZERO,
    });
    let mut builder = Problem::builder(places);
    builder.reserve(file.machines.len());
    for (index, machine) in file.machines.iter().enumerate() {
        // Demands are rounded up and capacities down, so that what fits here fits there.
        let demand = machine.demand.map(|amount| (amount * THOUSANDTHS).ceil() as u64);
        builder.machine(MachineId(index as u64), demand, |place| {
            let footprint = place.footprint.0;
            if place.footprint == instances {
                Ok(money(machine.instance_cost))
            } else if machine.allowed.checked_shr(footprint).is_some_and(|bits| bits & 1 == 1) {
                Ok(money(machine.extra_cost.get(footprint as usize).copied().unwrap_or(0.0)))
            } else {
                Err(Refusal::Rule(RuleId(0)))
            }
        });
    }
    Ok(builder.build())
}

fn planner_place((index, footprint): (usize, &PlannerFootprint)) -> Place {
    Place {
        footprint: FootprintId(index as u32),
        kind: PlaceKind::Hosts {
            capacity: footprint.capacity.map(|amount| (amount * THOUSANDTHS).floor() as u64),
            host_cost: money(footprint.host_cost),
            min_hosts: footprint.min_hosts,
            max_hosts: footprint.max_hosts,
            max_clusters: 1,
            max_total: footprint.max_hosts,
            management: [0; RESOURCES],
            usable_storage: Vec::new(),
            host_failures: footprint.spare_hosts,
        },
        fixed_cost: money(footprint.fixed_cost),
    }
}

fn money(units: f64) -> Money {
    Money::from_micros((units * 1e6).round() as i64)
}

/// Reads a `.vbp` file of vector bin packing, as `VPSolver` does: the number of resources, the capacity of a bin, the number of item types, then for each
/// type what it takes and how many there are. Each bin costs one unit of money.
pub fn vbp(text: &str) -> Result<Problem, InstanceError> {
    let mut numbers = text.split_ascii_whitespace().enumerate();
    let mut next = || -> Result<u64, InstanceError> {
        let (index, word) = numbers.next().ok_or(InstanceError::Number { position: 0 })?;
        word.parse().map_err(|_word| InstanceError::Number { position: index + 1 })
    };
    let found = next()?;
    if found > RESOURCES as u64 {
        return Err(InstanceError::Resources { found });
    }
    let vector = |next: &mut dyn FnMut() -> Result<u64, InstanceError>| -> Result<Resources, InstanceError> {
        let mut amounts = [0; RESOURCES];
        for amount in amounts.iter_mut().take(found as usize) {
            *amount = next()?;
        }
        Ok(amounts)
    };
    let capacity = vector(&mut next)?;
    let mut machines: Vec<Resources> = Vec::new();
    for _ in 0..next()? {
        let demand = vector(&mut next)?;
        let count = next()?;
        machines.extend((0..count).map(|_| demand));
    }
    let mut builder = Problem::builder(vec![Place {
        footprint: FootprintId(0),
        kind: PlaceKind::Hosts {
            capacity,
            host_cost: Money::from_units(1),
            min_hosts: 1,
            max_hosts: u32::MAX,
            max_clusters: 1,
            max_total: u32::MAX,
            management: [0; RESOURCES],
            usable_storage: Vec::new(),
            host_failures: 0,
        },
        fixed_cost: Money::ZERO,
    }]);
    builder.reserve(machines.len());
    for (index, demand) in machines.into_iter().enumerate() {
        builder.machine(MachineId(index as u64), demand, |_place| Ok(Money::ZERO));
    }
    Ok(builder.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_planner_file() {
        let json = br#"{"footprints":[{"capacity":[4.0,16.3,100.0,9.0,9.0],"host_cost":1.5,"fixed_cost":2.0,"min_hosts":2,"max_hosts":5,"spare_hosts":1}],
            "machines":[{"demand":[1.0,2.5,3.0,4.0,5.0],"allowed":0,"instance_cost":0.25,"extra_cost":[0.5]},
                        {"demand":[1.0,2.5,3.0,4.0,5.0],"allowed":1,"instance_cost":0.25,"extra_cost":[0.5]}]}"#;
        let problem = planner10k(json).expect("reads");
        let quarter = Ok(Money::from_micros(250_000));
        assert_eq!(problem.options(0), [Err(Refusal::Rule(RuleId(0))), quarter]);
        assert_eq!(problem.options(1), [Ok(Money::from_micros(500_000)), quarter]);
        assert_eq!(problem.items()[0].demand, [1000, 2500, 3000, 4000, 5000]);
        let PlaceKind::Hosts { capacity, host_failures, .. } = &problem.places()[0].kind else { panic!("hosts") };
        assert_eq!((capacity[1], *host_failures), (16300, 1));
    }

    #[test]
    fn reads_a_packing_file_and_names_what_is_wrong() {
        let problem = vbp("2\n10 20\n2\n3 4 2\n5 6 1\n").expect("reads");
        let demands: Vec<Resources> = problem.items().iter().map(|item| item.demand).collect();
        assert_eq!(demands, [[3, 4, 0, 0, 0], [3, 4, 0, 0, 0], [5, 6, 0, 0, 0]]);
        assert!(matches!(vbp("2\n10 x\n"), Err(InstanceError::Number { position: 3 })));
        assert!(matches!(vbp("7\n"), Err(InstanceError::Resources { found: 7 })));
        assert!(matches!(vbp("1\n10\n1\n"), Err(InstanceError::Number { .. })));
    }
}
