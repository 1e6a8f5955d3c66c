//! Readers of benchmark files, so that the solver can be measured on what others publish.

use serde::Deserialize;

use super::vector::{self, BinType, ItemType};
use super::{Place, PlaceKind, Problem, RESOURCES, Refusal};
use basics::{FootprintId, MachineId, Money, RuleId};

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
    /// No dimension, or more than the file has numbers.
    #[error("{found} dimensions: the file should have at least one, and the numbers for them")]
    Dimensions {
        /// How many there are said to be.
        found: u64,
    },
    /// Something behind the last item type.
    #[error("number {position} of the file is one too many: the item types end before it")]
    More {
        /// Counted from 1.
        position: usize,
    },
    /// An item type that can take one of several forms.
    #[error(
        "number {position} of the file: an item type with {forms} forms, and only types with one form can be packed"
    )]
    Forms {
        /// Counted from 1.
        position: usize,
        /// How many it has.
        forms: u64,
    },
    /// Numbers that make no instance.
    #[error(transparent)]
    Packing(#[from] vector::InstanceError),
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
        site: 0,
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
        site: 0,
    }
}

fn money(units: f64) -> Money {
    Money::from_micros((units * 1e6).round() as i64)
}

/// Reads a `.vbp` file of vector bin packing, as `VPSolver` does: the number of dimensions, the capacity of a bin, the number of item types, then for each
/// type what it takes and how many there are. Each bin costs 1.
pub fn vbp(text: &str) -> Result<vector::Instance, InstanceError> {
    let mut numbers = Numbers::new(text);
    let dimensions = numbers.dimensions()?;
    let capacity = numbers.vector(dimensions)?;
    let mut items = Vec::new();
    for _ in 0..numbers.next()? {
        items.push(ItemType { size: numbers.vector(dimensions)?, count: numbers.count()? });
    }
    numbers.end()?;
    Ok(vector::Instance::new(dimensions, vec![BinType { capacity, cost: 1, limit: None }], items)?)
}

/// Reads a `.mvp` file of vector bin packing with several types of bin, as `VPSolver` does: the number of dimensions, the number of bin types, for each its
/// capacity, cost and number (-1 for any); the number of item types, for each the number of its forms (1 is all that can be read) and how many there are,
/// then what it takes.
pub fn mvp(text: &str) -> Result<vector::Instance, InstanceError> {
    let mut numbers = Numbers::new(text);
    let dimensions = numbers.dimensions()?;
    let mut bins = Vec::new();
    for _ in 0..numbers.next()? {
        let (capacity, cost) = (numbers.vector(dimensions)?, numbers.next()?);
        bins.push(BinType { capacity, cost, limit: numbers.limit()? });
    }
    let mut items = Vec::new();
    for _ in 0..numbers.next()? {
        let forms = numbers.next()?;
        if forms != 1 {
            return Err(InstanceError::Forms { position: numbers.read, forms });
        }
        let count = numbers.count()?;
        items.push(ItemType { size: numbers.vector(dimensions)?, count });
    }
    numbers.end()?;
    Ok(vector::Instance::new(dimensions, bins, items)?)
}

/// The numbers of a file, one after the other.
struct Numbers<'a> {
    words: std::str::SplitAsciiWhitespace<'a>,
    read: usize,
}

impl<'a> Numbers<'a> {
    fn new(text: &'a str) -> Self {
        Self { words: text.split_ascii_whitespace(), read: 0 }
    }

    fn word(&mut self) -> Result<&'a str, InstanceError> {
        self.read += 1;
        self.words.next().ok_or(InstanceError::Number { position: self.read })
    }

    fn next(&mut self) -> Result<u64, InstanceError> {
        let word = self.word()?;
        word.parse().map_err(|_word| InstanceError::Number { position: self.read })
    }

    fn count(&mut self) -> Result<u32, InstanceError> {
        u32::try_from(self.next()?).map_err(|_large| InstanceError::Number { position: self.read })
    }

    fn limit(&mut self) -> Result<Option<u32>, InstanceError> {
        let word = self.word()?;
        if word == "-1" {
            return Ok(None);
        }
        word.parse().map(Some).map_err(|_word| InstanceError::Number { position: self.read })
    }

    fn vector(&mut self, dimensions: usize) -> Result<Vec<u64>, InstanceError> {
        (0..dimensions).map(|_| self.next()).collect()
    }

    /// The number of dimensions; so many that they cannot be in the file are refused before room is made for them.
    fn dimensions(&mut self) -> Result<usize, InstanceError> {
        let found = self.next()?;
        if found == 0 || found > self.words.clone().count() as u64 {
            return Err(InstanceError::Dimensions { found });
        }
        Ok(found as usize)
    }

    /// Nothing may follow but the options of `VPSolver`, such as `VTYPE{I};`.
    fn end(&mut self) -> Result<(), InstanceError> {
        match self.words.next() {
            Some(word) if !word.starts_with(|letter: char| letter.is_ascii_alphabetic()) => {
                Err(InstanceError::More { position: self.read + 1 })
            }
            _ => Ok(()),
        }
    }
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
        let instance = vbp("2\n10 20\n2\n3 4 2\n5 6 1\n").expect("reads");
        let items: Vec<(&[u64], u32)> = instance.items().iter().map(|item| (&item.size[..], item.count)).collect();
        assert_eq!(items, [(&[3, 4][..], 2), (&[5, 6][..], 1)]);
        assert_eq!(vbp("7\n1 1 1 1 1 1 1\n0\n").expect("reads").dimensions(), 7);
        let error = |text: &str| vbp(text).expect_err("refused").to_string();
        assert_eq!(error("2\n10 x\n"), "number 3 of the file is missing or not a whole number");
        assert_eq!(error("1\n10\n1\n"), "number 4 of the file is missing or not a whole number");
        assert_eq!(error("1\n10\n1\n3 1 9"), "number 6 of the file is one too many: the item types end before it");
        assert!(vbp("1\n10\n1\n3 1\nVTYPE{I};").is_ok());
        assert!(error("99999999999\n10\n1\n3 1 9").starts_with("99999999999 dimensions"));
        assert!(error("1\n10\n1\n11 1").starts_with("item type 1 does not fit into any empty bin: 11 in dimension 1"));
        assert_eq!(error(""), "number 1 of the file is missing or not a whole number");
    }

    #[test]
    fn reads_a_packing_file_with_several_types_of_bin() {
        let instance = mvp("1 2  100 7 -1  50 4 3  2  1 5 20  1 1 90").expect("reads");
        assert_eq!(instance.bins()[1], BinType { capacity: vec![50], cost: 4, limit: Some(3) });
        assert_eq!((instance.bins()[0].limit, instance.total()), (None, 6));
        assert!(matches!(mvp("1 1  100 7 -1  1  2 5 20 30"), Err(InstanceError::Forms { forms: 2, .. })));
    }
}
