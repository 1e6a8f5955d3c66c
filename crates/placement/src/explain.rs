//! From what the search found to the plan that people see: real hosts, reasons and the proof.

use super::charges::{RuleCharge, charges};
use super::packing::{Cell, Packing, Spot};
use super::prepared::{Prepared, STORAGE, Site, amounts, fits, micros};
use super::reasons;
use super::relaxation::{Prices, priced};
use super::remedies;
use super::search::Found;
use super::{
    Alternative, Assignment, Bind, ClusterPlan, HostPlan, Place, PlaceKind, PlacePlan, Plan, Problem, RESOURCES,
    Refusal, Rejection, Remedy, Resource, Resources, Slot, Unplaced,
};
use basics::Money;
use basics::order::tidy_by;

/// Writes the plan.
pub(super) fn plan(problem: &Problem, prepared: &Prepared, found: &Found<'_>) -> Plan {
    let mut slots = vec![None; problem.items().len()];
    let places: Vec<PlacePlan> = (0..problem.places().len())
        .map(|place| place_plan(problem, prepared, &found.packing, place, &mut slots))
        .collect();
    let placed: Vec<bool> = slots.iter().map(Option::is_some).collect();
    let explainer = Explainer { problem, prepared, packing: &found.packing, prices: &found.prices };
    let mut assignments = Vec::with_capacity(slots.len());
    let mut unplaced = Vec::new();
    for (index, slot) in slots.into_iter().enumerate() {
        match slot {
            Some((place, slot)) => assignments.push(explainer.assignment(index, place, slot)),
            None => unplaced.push(explainer.unplaced(index)),
        }
    }
    let cost = cost(problem, &places, &assignments);
    let (certificate, bound) = found.tree.certificate(problem, prepared, &placed);
    Plan { lower_bound: to_money(bound).min(cost), places, assignments, unplaced, cost, certificate }
}

/// The same, with what would help those without a place tried.
pub(super) fn final_plan(problem: &Problem, prepared: &Prepared, found: &Found<'_>) -> Plan {
    let mut plan = self::plan(problem, prepared, found);
    let explainer = Explainer { problem, prepared, packing: &found.packing, prices: &found.prices };
    let unplaced = plan.unplaced.iter().filter_map(|one| Some((problem.item_of(one.machine)?, &one.rejections)));
    let candidates: Vec<Vec<Remedy>> = unplaced.map(|(item, refused)| explainer.remedies(item, refused)).collect();
    if !candidates.is_empty() {
        remedies::settle(problem, &found.prices, &mut plan, &candidates);
    }
    plan
}

/// Micro-units as money, rounded down.
fn to_money(micros: f64) -> Money {
    Money::from_micros(libm::floor(micros) as i64)
}

/// The money of all of it, from the problem's own amounts.
fn cost(problem: &Problem, places: &[PlacePlan], assignments: &[Assignment]) -> Money {
    let hosts: Money = problem.places().iter().zip(places).map(|(place, plan)| place_cost(place, plan)).sum();
    let own = |assignment: &Assignment| {
        let index = problem.items().binary_search_by_key(&assignment.machine, |item| item.machine).unwrap_or(0);
        problem.options(index)[assignment.place as usize].unwrap_or(Money::ZERO)
    };
    let charges = charges(problem, places, assignments);
    hosts + assignments.iter().map(own).sum() + charges.iter().map(RuleCharge::total).sum()
}

fn place_cost(place: &Place, plan: &PlacePlan) -> Money {
    let mut hosts = plan.clusters.iter().flat_map(|cluster| &cluster.hosts);
    let used = plan.instances > 0 || hosts.any(|host| !host.machines.is_empty());
    let fixed = if used { place.fixed_cost } else { Money::ZERO };
    let hosts = plan.clusters.iter().flat_map(|cluster| &cluster.hosts);
    match &place.kind {
        PlaceKind::Instances { .. } => fixed,
        PlaceKind::Hosts { host_cost, .. } => fixed + host_cost.times(hosts.count() as u64),
        PlaceKind::Existing { hosts: existing, added_cost, .. } => {
            let price = |plan: &HostPlan| match plan.existing {
                None => *added_cost,
                Some(_) if plan.retired => Money::ZERO,
                Some(id) => existing.iter().find(|host| host.host == id).map_or(Money::ZERO, |host| host.cost),
            };
            fixed + hosts.map(price).sum()
        }
    }
}

/// Where each machine is, by its position in the problem: its place and its slot there.
type Slots = [Option<(usize, Slot)>];

fn place_plan(
    problem: &Problem,
    prepared: &Prepared,
    packing: &Packing<'_>,
    index: usize,
    slots: &mut Slots,
) -> PlacePlan {
    let place = &problem.places()[index];
    let mut plan = PlacePlan { footprint: place.footprint, clusters: Vec::new(), instances: 0 };
    for (machine, spot) in packing.at.iter().enumerate() {
        if *spot == Spot::Instance(index as u32) {
            for &item in prepared.blocks.items(machine) {
                slots[item as usize] = Some((index, Slot::Instance));
                plan.instances += 1;
            }
        }
    }
    match &place.kind {
        PlaceKind::Instances { .. } => {}
        PlaceKind::Hosts { capacity, usable_storage, host_failures, .. } => {
            let pooled = !usable_storage.is_empty();
            let mut capacity = *capacity;
            if pooled {
                capacity[STORAGE] = 0;
            }
            for (number, &cell) in packing.site_cells[index].iter().enumerate() {
                let bins = &packing.cells[cell as usize].bins;
                let loads = bins.iter().map(|&bin| Some(&packing.bins[bin as usize].members));
                let hosts: Vec<HostPlan> = loads
                    .chain((0..*host_failures).map(|_| None))
                    .map(|members| host_plan(problem, prepared, None, capacity, members.map_or(&[][..], Vec::as_slice)))
                    .collect();
                let storage = usable_storage.get(hosts.len()).or(usable_storage.last()).copied();
                let managed = if number == 0 { management(place) } else { [0; RESOURCES] };
                plan.clusters.push(cluster_plan(place, hosts, storage, managed));
            }
        }
        PlaceKind::Existing { shared_storage, .. } => {
            let hosts = existing_hosts(problem, prepared, packing, index);
            if !hosts.is_empty() {
                plan.clusters.push(cluster_plan(place, hosts, Some(*shared_storage), [0; RESOURCES]));
            }
        }
    }
    for (cluster, hosts) in plan.clusters.iter().enumerate() {
        for (host, machines) in hosts.hosts.iter().enumerate() {
            for machine in &machines.machines {
                if let Ok(position) = problem.items().binary_search_by_key(machine, |item| item.machine) {
                    slots[position] = Some((index, Slot::Host { cluster: cluster as u32, host: host as u32 }));
                }
            }
        }
    }
    plan
}

/// What the management machines take.
fn management(place: &Place) -> Resources {
    match place.kind {
        PlaceKind::Hosts { management, .. } => management,
        PlaceKind::Existing { .. } | PlaceKind::Instances { .. } => [0; RESOURCES],
    }
}

/// Hosts that are there, in order of identity, then those that are added.
fn existing_hosts(problem: &Problem, prepared: &Prepared, packing: &Packing<'_>, index: usize) -> Vec<HostPlan> {
    let place = &problem.places()[index];
    let PlaceKind::Existing { hosts, added_capacity, .. } = &place.kind else { return Vec::new() };
    let mut up: Vec<bool> = hosts.iter().map(|host| !host.may_retire).collect();
    let mut load: Vec<&[u32]> = vec![&[]; hosts.len()];
    let mut added: Vec<&[u32]> = Vec::new();
    if let (Site::Hosts(site), Some(&cell)) = (&prepared.sites[index], packing.site_cells[index].first())
        && let Some(order) = &site.order
    {
        for &bin in &packing.cells[cell as usize].bins {
            let bin = &packing.bins[bin as usize];
            let position = order.bins.get(bin.kind as usize).copied().unwrap_or(usize::MAX);
            match up.get_mut(position) {
                Some(up) => {
                    *up = true;
                    load[position] = &bin.members;
                }
                None => added.push(&bin.members),
            }
        }
        for &spare in &order.spares {
            match up.get_mut(spare) {
                Some(up) => *up = true,
                None => added.push(&[]),
            }
        }
    }
    let without_storage = |mut capacity: Resources| {
        capacity[STORAGE] = 0;
        capacity
    };
    let mut plans: Vec<HostPlan> = hosts
        .iter()
        .zip(up.iter().zip(load))
        .map(|(host, (&up, members))| {
            let plan = host_plan(problem, prepared, Some(host.host), without_storage(host.capacity), members);
            HostPlan { retired: !up, ..plan }
        })
        .collect();
    plans.sort_by_key(|plan| plan.existing);
    plans.extend(
        added.into_iter().map(|members| host_plan(problem, prepared, None, without_storage(*added_capacity), members)),
    );
    plans
}

fn host_plan(
    problem: &Problem,
    prepared: &Prepared,
    existing: Option<basics::HostId>,
    capacity: Resources,
    members: &[u32],
) -> HostPlan {
    let mut used = [0; RESOURCES];
    let mut machines = Vec::with_capacity(members.len());
    for &item in members.iter().flat_map(|&member| prepared.blocks.items(member as usize)) {
        let item = &problem.items()[item as usize];
        add(&mut used, &item.demand);
        machines.push(item.machine);
    }
    machines.sort_unstable();
    HostPlan { existing, retired: false, capacity, used, machines }
}

fn add(sum: &mut Resources, amounts: &Resources) {
    for (sum, amount) in sum.iter_mut().zip(amounts) {
        *sum = sum.saturating_add(*amount);
    }
}

fn cluster_plan(place: &Place, hosts: Vec<HostPlan>, storage: Option<u64>, managed: Resources) -> ClusterPlan {
    let (mut used, mut usable) = (managed, [0; RESOURCES]);
    for host in &hosts {
        add(&mut used, &host.used);
        if !host.retired {
            add(&mut usable, &host.capacity);
        }
    }
    if let Some(storage) = storage {
        usable[STORAGE] = storage;
    }
    let count = hosts.iter().filter(|host| !host.retired).count();
    let needs = Resource::ALL.map(|resource| (hosts_for(place, &hosts, resource, used[resource as usize]), resource));
    // The first of equal ones, in the order of resources.
    let (most, limiting) =
        needs.into_iter().fold((0, Resource::Cpu), |best, need| if need.0 > best.0 { need } else { best });
    let fewest = match &place.kind {
        PlaceKind::Hosts { min_hosts, .. } => *min_hosts as usize,
        PlaceKind::Existing { hosts, .. } => hosts.iter().filter(|host| !host.may_retire).count(),
        PlaceKind::Instances { .. } => 0,
    };
    let busy = hosts.iter().any(|host| !host.machines.is_empty());
    ClusterPlan {
        hosts,
        used,
        usable,
        limiting: (busy && most > fewest).then_some(limiting),
        fragmentation_hosts: if busy { count.saturating_sub(most.max(fewest)) as u32 } else { 0 },
    }
}

/// Hosts needed for `amount` of a resource if capacity were one pool, those kept for failures included.
fn hosts_for(place: &Place, hosts: &[HostPlan], resource: Resource, amount: u64) -> usize {
    if amount == 0 {
        return 0;
    }
    match &place.kind {
        PlaceKind::Instances { .. } => 0,
        PlaceKind::Hosts { usable_storage, max_hosts, .. }
            if resource == Resource::Storage && !usable_storage.is_empty() =>
        {
            let last = usable_storage.len() - 1;
            let enough = usable_storage.iter().take(*max_hosts as usize + 1).position(|&storage| storage >= amount);
            enough.unwrap_or(last).min(hosts.len())
        }
        PlaceKind::Hosts { capacity, host_failures, .. } => {
            let capacity = capacity[resource as usize].max(1);
            (amount.div_ceil(capacity) as usize).saturating_add(*host_failures as usize)
        }
        // What all hosts share asks for no more hosts.
        PlaceKind::Existing { .. } if resource == Resource::Storage => 0,
        PlaceKind::Existing { host_failures, .. } => {
            let mut capacities: Vec<u64> =
                hosts.iter().filter(|host| !host.retired).map(|host| host.capacity[resource as usize]).collect();
            capacities.sort_unstable_by(|a, b| b.cmp(a));
            let spare = *host_failures as usize;
            let mut sum = 0_u64;
            let needed = capacities.iter().skip(spare).position(|capacity| {
                sum = sum.saturating_add(*capacity);
                sum >= amount
            });
            needed.map_or(capacities.len(), |position| position + 1 + spare)
        }
    }
}

struct Explainer<'a> {
    problem: &'a Problem,
    prepared: &'a Prepared,
    packing: &'a Packing<'a>,
    prices: &'a Prices,
}

impl Explainer<'_> {
    /// What a machine of the problem costs in a place by price, with what rules charge for it there; `None` where it may not go.
    fn priced(&self, item: usize, place: usize) -> Option<Money> {
        let own = self.problem.options(item)[place].ok()?;
        let price = priced(micros(own), &amounts(&self.problem.items()[item].demand), &self.prices[place]);
        let charged = self.charged(item, place);
        self.prepared.costs(self.prepared.blocks.of(item))[place].is_finite().then(|| to_money(price + charged))
    }

    /// What rules charge for a machine in a place as the others stand: licences that no other machine on its host pays for, and traffic. Machines that must
    /// share a host share what they are charged together.
    fn charged(&self, item: usize, place: usize) -> f64 {
        let block = self.prepared.blocks.of(item);
        if !self.prepared.rules.touches(block) {
            return 0.0;
        }
        let spot = if self.packing.site_of(block) == Some(place) {
            Some(self.packing.at[block])
        } else if self.prepared.rules.is_licensed(block) {
            self.packing.room(block, place)
        } else {
            // Traffic is the same on every host of the place.
            Some(Spot::Instance(place as u32))
        };
        // Without room on any host traffic is the same, and a licence is that of one host more.
        let soft = self.packing.soft(block, spot.unwrap_or(Spot::Instance(place as u32)));
        let shared = soft / self.prepared.blocks.items(block).len() as f64;
        shared + micros(reasons::licences(self.problem, item, place, spot.is_none()))
    }

    fn assignment(&self, machine: usize, place: usize, slot: Slot) -> Assignment {
        let own = self.priced(machine, place).unwrap_or(Money::ZERO);
        let places = 0..self.problem.places().len();
        let other = places
            .clone()
            .filter(|&other| other != place)
            .filter_map(|other| self.priced(machine, other).map(|price| (price, other)))
            .min();
        let rejections: Vec<Rejection> = places
            .filter_map(|place| {
                let refusal = self.prepared.refusal(self.problem, machine, place)?;
                Some(Rejection { place: place as u32, refusal })
            })
            .collect();
        Assignment {
            machine: self.problem.items()[machine].machine,
            place: place as u32,
            slot,
            cost: own,
            bind: self.bind(machine, own, other, &rejections),
            next_best: other.map(|(price, place)| Alternative { place: place as u32, extra: price - own }),
            rejections,
        }
    }

    fn bind(&self, machine: usize, own: Money, other: Option<(Money, usize)>, rejections: &[Rejection]) -> Bind {
        let Some((price, place)) = other else {
            let rule = rejections.iter().find_map(|rejection| match rejection.refusal {
                Refusal::Rule(rule) => Some(rule),
                _ => None,
            });
            return rule.map_or(Bind::OnlyPlace, Bind::Rule);
        };
        if own <= price {
            return Bind::Cheapest;
        }
        let block = self.prepared.blocks.of(machine);
        if let Some(rule) = reasons::ruled_out(self.problem, self.packing, block, place) {
            return Bind::Rule(rule);
        }
        if self.packing.in_use(place) && self.packing.room(block, place).is_none() {
            let resource = self.lacking(machine, place).map_or(Resource::Cpu, |(resource, _)| resource);
            return Bind::CheaperPlaceFull { place: place as u32, resource };
        }
        Bind::SharesHosts
    }

    fn unplaced(&self, machine: usize) -> Unplaced {
        let rejections: Vec<Rejection> = (0..self.problem.places().len())
            .map(|place| Rejection { place: place as u32, refusal: self.unplaced_refusal(machine, place) })
            .collect();
        let remedy = self.remedies(machine, &rejections).first().copied();
        Unplaced { machine: self.problem.items()[machine].machine, rejections, remedy }
    }

    /// What may give a machine a place, the smallest change first.
    fn remedies(&self, machine: usize, rejections: &[Rejection]) -> Vec<Remedy> {
        let found = rejections.iter().filter_map(|rejection| self.remedy(machine, *rejection));
        let mut sized: Vec<(u64, Remedy)> =
            found.map(|remedy| (remedies::size(self.problem, self.packing, remedy), remedy)).collect();
        tidy_by(&mut sized, |sized| *sized);
        sized.into_iter().map(|(_, remedy)| remedy).collect()
    }

    /// What would open a place that refuses a machine for this reason; `None` where no one change is known to.
    fn remedy(&self, machine: usize, rejection: Rejection) -> Option<Remedy> {
        let (place, block) = (rejection.place, self.prepared.blocks.of(machine));
        match rejection.refusal {
            Refusal::Limit { rule, resource, missing } => {
                self.has_room(block, place as usize).then_some(Remedy::RaiseLimit { rule, resource, by: missing })
            }
            Refusal::MachineLimit => Some(Remedy::RaiseMachineLimit { place }),
            Refusal::Full { resource, missing } => {
                Some(match (&self.problem.places()[place as usize].kind, resource) {
                    (PlaceKind::Existing { .. }, Resource::Storage) => Remedy::More { place, resource, by: missing },
                    _ => Remedy::OneMoreHost { place },
                })
            }
            Refusal::LargerThanHost { resource, missing } | Refusal::TooLargeTogether { resource, missing, .. } => {
                Some(Remedy::More { place, resource, by: missing })
            }
            // Dropping one rule helps where no other refuses the place, and there is room.
            Refusal::Rule(rule) => reasons::only_rule(self.problem, self.packing, machine, place as usize, rule)
                .then_some(Remedy::DropRule(rule))
                .filter(|_| self.has_room(block, place as usize)),
            Refusal::NeedsQuote => Some(Remedy::EnterQuote { place }),
            Refusal::NoInstanceType | Refusal::NoCapacity | Refusal::NotSold | Refusal::NeedsRate(_) => None,
        }
    }

    /// Whether a place has room for a machine, rules left aside.
    fn has_room(&self, machine: usize, place: usize) -> bool {
        match &self.prepared.sites[place] {
            Site::Instances { limit } => self.packing.instances[place] < *limit,
            Site::Hosts(hosts) => {
                let demand = &self.prepared.demand[machine];
                let mut cells = self.packing.site_cells[place].iter().map(|&cell| &self.packing.cells[cell as usize]);
                let free = |cell: &Cell| {
                    fits(demand, cell.room())
                        && cell.bins.iter().any(|&bin| fits(demand, &self.packing.bins[bin as usize].free))
                };
                let may_grow = |cell: &Cell| cell.bins.len() < hosts.max_bins;
                (self.packing.site_cells[place].is_empty() && hosts.max_bins > 0)
                    || cells.any(|cell| free(cell) || may_grow(cell))
            }
        }
    }

    fn unplaced_refusal(&self, machine: usize, place: usize) -> Refusal {
        if let Some(refusal) = self.prepared.refusal(self.problem, machine, place) {
            return refusal;
        }
        if let Some(refusal) = reasons::refusal(self.problem, self.packing, self.prepared.blocks.of(machine), place) {
            return refusal;
        }
        match (&self.prepared.sites[place], self.lacking(machine, place)) {
            (Site::Instances { .. }, _) => Refusal::MachineLimit,
            (Site::Hosts(_), Some((resource, missing))) => Refusal::Full { resource, missing },
            (Site::Hosts(_), None) => Refusal::NoCapacity,
        }
    }

    /// What a full place lacks for a machine: on the host, or in the pool, where least is missing as a share of what is asked.
    fn lacking(&self, machine: usize, place: usize) -> Option<(Resource, u64)> {
        let demand = &self.prepared.demand[self.prepared.blocks.of(machine)];
        let mut best: Option<(f64, Resource, u64)> = None;
        for &cell in &self.packing.site_cells[place] {
            let cell = &self.packing.cells[cell as usize];
            for &bin in &cell.bins {
                let free = &self.packing.bins[bin as usize].free;
                let mut worst: Option<(f64, Resource, u64)> = None;
                for resource in Resource::ALL {
                    let index = resource as usize;
                    let missing = demand[index] - free[index].min(cell.room()[index]);
                    let share = if missing > 0.0 { missing / demand[index] } else { 0.0 };
                    if missing > 0.0 && worst.is_none_or(|(most, ..)| share > most) {
                        worst = Some((share, resource, missing as u64));
                    }
                }
                if let Some(worst) = worst
                    && best.is_none_or(|(least, ..)| worst.0 < least)
                {
                    best = Some(worst);
                }
            }
        }
        best.map(|(_, resource, missing)| (resource, missing.max(1)))
    }
}
