//! Existing clusters, shared storage and host failures against every plan there is: every machine on every host or as an instance, every choice of hosts that
//! are kept, and after every failure every way of starting machines again.

use super::*;

/// A host that a machine may be on.
struct Slot {
    place: usize,
    capacity: Resources,
    cost: Money,
    /// Whether it is paid for and up in any case.
    always: bool,
    /// Whether it is the same as the host before it, so that it is used after that one only.
    twin: bool,
}

fn slots(problem: &Problem) -> Vec<Slot> {
    let mut slots = Vec::new();
    for (place, found) in problem.places().iter().enumerate() {
        match &found.kind {
            PlaceKind::Instances { .. } => {}
            PlaceKind::Existing { hosts, added_capacity, added_cost, max_added, .. } => {
                slots.extend(hosts.iter().map(|host| Slot {
                    place,
                    capacity: host.capacity,
                    cost: host.cost,
                    always: !host.may_retire,
                    twin: false,
                }));
                slots.extend((0..*max_added).map(|number| Slot {
                    place,
                    capacity: *added_capacity,
                    cost: *added_cost,
                    always: false,
                    twin: number > 0,
                }));
            }
            PlaceKind::Hosts { capacity, host_cost, max_hosts, .. } => {
                slots.extend((0..*max_hosts).map(|number| Slot {
                    place,
                    capacity: *capacity,
                    cost: *host_cost,
                    always: false,
                    twin: number > 0,
                }));
            }
        }
    }
    slots
}

/// The least cost of placing all machines, survivable as every place asks; machines are put one by one.
struct Every<'a> {
    problem: &'a Problem,
    slots: Vec<Slot>,
    /// The slot of each machine so far; `None` for the instances of place 0.
    at: Vec<Option<usize>>,
    least: Option<Money>,
}

impl Every<'_> {
    fn go(&mut self) {
        let item = self.at.len();
        if item == self.problem.items().len() {
            if let Some(cost) = self.cost() {
                self.least = Some(self.least.map_or(cost, |least| least.min(cost)));
            }
            return;
        }
        for slot in std::iter::once(None).chain((0..self.slots.len()).map(Some)) {
            let unused = |slot: usize| !self.at.contains(&Some(slot));
            if slot.is_some_and(|slot| self.slots[slot].twin && unused(slot) && unused(slot - 1)) {
                continue;
            }
            self.at.push(slot);
            self.go();
            self.at.pop();
        }
    }

    fn cost(&self) -> Option<Money> {
        let place = |slot: &Option<usize>| slot.map_or(0, |slot| self.slots[slot].place);
        let own = self.at.iter().enumerate().map(|(item, slot)| self.problem.options(item)[place(slot)]);
        let mut total = own.sum::<Result<Money, Refusal>>().ok()?;
        for number in 0..self.problem.places().len() {
            total += self.cost_of_place(number)?;
        }
        Some(total)
    }

    /// The cheapest choice of hosts of a place that are up; `None` where none carries what is there.
    fn cost_of_place(&self, number: usize) -> Option<Money> {
        let place = &self.problem.places()[number];
        let loads: Vec<(usize, Resources)> = self
            .at
            .iter()
            .zip(self.problem.items())
            .filter_map(|(slot, item)| slot.map(|slot| (slot, item.demand)))
            .filter(|(slot, _)| self.slots[*slot].place == number)
            .collect();
        let fixed = if loads.is_empty() { Money::ZERO } else { place.fixed_cost };
        let (failures, fewest, most, pool): (_, _, _, Box<dyn Fn(usize) -> Option<u64>>) = match &place.kind {
            PlaceKind::Instances { .. } => {
                return Some(if self.at.contains(&None) { place.fixed_cost } else { Money::ZERO });
            }
            PlaceKind::Existing { host_failures, shared_storage, .. } => {
                (*host_failures, 0, usize::MAX, Box::new(|_| Some(*shared_storage)))
            }
            PlaceKind::Hosts { host_failures, min_hosts, max_total, usable_storage, .. } => {
                if loads.is_empty() {
                    return Some(Money::ZERO);
                }
                (
                    *host_failures,
                    *min_hosts as usize,
                    *max_total as usize,
                    Box::new(|hosts| usable_storage.get(hosts).copied()),
                )
            }
        };
        let own: Vec<usize> = (0..self.slots.len()).filter(|&slot| self.slots[slot].place == number).collect();
        let ups = (0..1_u32 << own.len()).map(|mask| -> Vec<usize> {
            own.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, &slot)| slot).collect()
        });
        let fits = |up: &Vec<usize>| {
            let pool = pool(up.len());
            own.iter().all(|slot| up.contains(slot) || !self.slots[*slot].always)
                && loads.iter().all(|(slot, _)| up.contains(slot))
                && (fewest..=most).contains(&up.len())
                && pool.is_none_or(|pool| loads.iter().map(|(_, demand)| demand[STORAGE]).sum::<u64>() <= pool)
                && self.survives(up, &loads, failures as usize, pool.is_some())
        };
        let cost = |up: Vec<usize>| up.into_iter().map(|slot| self.slots[slot].cost).sum::<Money>();
        ups.filter(fits).map(cost).min().map(|hosts| hosts + fixed)
    }

    /// Whether all machines run with all hosts, and after the loss of any `lost` of them.
    fn survives(&self, up: &[usize], loads: &[(usize, Resources)], lost: usize, pooled: bool) -> bool {
        let free = |down: u32| -> Option<Vec<Resources>> {
            let mut free: Vec<Resources> = up.iter().map(|&slot| self.slots[slot].capacity).collect();
            for (slot, demand) in loads {
                let index = up.iter().position(|other| other == slot)?;
                take(&mut free[index], demand, pooled)?;
            }
            free.iter_mut()
                .enumerate()
                .filter(|(index, _)| down >> index & 1 == 1)
                .for_each(|(_, free)| *free = NOTHING);
            Some(free)
        };
        if free(0).is_none() {
            return false;
        }
        if loads.is_empty() || lost == 0 {
            return true;
        }
        up.len() > lost
            && (0..1_u32 << up.len()).filter(|down| down.count_ones() as usize == lost).all(|down| {
                let is_down = |slot: &usize| {
                    up.iter().position(|other| other == slot).is_some_and(|index| down >> index & 1 == 1)
                };
                let homeless: Vec<&Resources> =
                    loads.iter().filter(|(slot, _)| is_down(slot)).map(|load| &load.1).collect();
                free(down).is_some_and(|free| start_again(&homeless, &free, down, pooled))
            })
    }
}

const STORAGE: usize = Resource::Storage as usize;
const NOTHING: Resources = [0; RESOURCES];

/// Takes room; `None` where there is too little. Storage in a pool is counted elsewhere.
fn take(free: &mut Resources, demand: &Resources, pooled: bool) -> Option<()> {
    for resource in (0..RESOURCES).filter(|&resource| !(pooled && resource == STORAGE)) {
        free[resource] = free[resource].checked_sub(demand[resource])?;
    }
    Some(())
}

/// Whether there is any way to start these machines on the hosts that are not down.
fn start_again(homeless: &[&Resources], free: &[Resources], down: u32, pooled: bool) -> bool {
    let Some((first, others)) = homeless.split_first() else { return true };
    (0..free.len()).filter(|index| down >> index & 1 == 0).any(|index| {
        let mut free = free.to_vec();
        take(&mut free[index], first, pooled).is_some() && start_again(others, &free, down, pooled)
    })
}

/// Instances, a cluster of one to three hosts of their own sizes that may grow, and now and then rented hosts.
fn failing(seed: u64) -> Problem {
    let mut random = Random::new(seed);
    let place =
        |number: usize, kind, fixed_cost| Place { footprint: FootprintId(number as u32), kind, fixed_cost, site: 0 };
    let host = |random: &mut Random| resources(random, 50).map(|amount| amount + 40);
    let hosts = (0..=random.below(3) as u64).map(|id| LoadedHost {
        host: HostId(id),
        capacity: host(&mut random),
        cost: money(&mut random, 30),
        may_retire: random.below(3) > 0,
    });
    let existing = PlaceKind::Existing {
        hosts: hosts.collect(),
        added_capacity: host(&mut random),
        added_cost: money(&mut random, 40),
        max_added: random.below(2) as u32,
        shared_storage: between(&mut random, 40, 200),
        host_failures: random.below(3).min(1) as u32,
    };
    let mut places = vec![place(0, PlaceKind::Instances { max_machines: None }, Money::ZERO)];
    places.push(place(1, existing, money(&mut random, 10)));
    if random.below(2) == 0 {
        let capacity = host(&mut random);
        let table = || (0..=3).map(|hosts| capacity[STORAGE] * hosts / 2).collect();
        let kind = PlaceKind::Hosts {
            capacity,
            host_cost: money(&mut random, 40),
            min_hosts: between(&mut random, 1, 3) as u32,
            max_hosts: 3,
            max_clusters: 1,
            max_total: 3,
            management: NOTHING,
            usable_storage: if random.below(2) == 0 { table() } else { Vec::new() },
            host_failures: random.below(2) as u32,
        };
        places.push(place(2, kind, money(&mut random, 10)));
    }
    let mut builder = Problem::builder(places);
    for machine in 0..=random.below(5) as u64 {
        let demand = resources(&mut random, 40).map(|amount| amount + 1);
        let own = [money(&mut random, 40), money(&mut random, 4), money(&mut random, 4)];
        builder.machine(MachineId(machine), demand, |place| Ok(own[place.footprint.0 as usize]));
    }
    builder.build()
}

#[test]
fn existing_clusters_and_failures_are_solved_close_to_the_best() {
    let (mut exact, cases) = (0, 1000);
    let (mut ours, mut theirs, mut on_hosts) = (0, 0, 0);
    for seed in 0..cases {
        let problem = failing(seed);
        let plan = solved(&problem, 60);
        let mut every = Every { problem: &problem, slots: slots(&problem), at: Vec::new(), least: None };
        every.go();
        let best = every.least.expect("instances take everything");
        assert_eq!(plan.unplaced, [], "seed {seed}");
        assert!(plan.lower_bound <= best, "seed {seed}: the bound {} is above the best {best}", plan.lower_bound);
        assert!(plan.cost >= best, "seed {seed}: {} is below the best {best}", plan.cost);
        exact += u32::from(plan.cost == best);
        on_hosts += plan.assignments.iter().filter(|assignment| assignment.slot != crate::Slot::Instance).count();
        ours += plan.cost.micros();
        theirs += best.micros();
    }
    let excess_ppm = (ours - theirs) * 1_000_000 / theirs;
    println!("{exact} of {cases} best, {excess_ppm} ppm above in sum, {on_hosts} machines on hosts");
    assert!(on_hosts > 500, "{on_hosts} machines are on hosts");
    // Less than where no host may fail: a spare host for one or two machines is dear, and prices say little about it.
    assert!(u64::from(exact) * 100 >= cases * 85, "{exact} of {cases} are best");
    assert!(excess_ppm <= 25_000, "{excess_ppm} ppm above the best in sum");
}
