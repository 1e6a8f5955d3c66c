//! The constraints of a problem as the search wants them: by machine, with positions instead of ids.

use super::blocks::{Blocks, Sets};
use super::constraint::{Constraint, ConstraintKind, HostLicence, Level};
use super::prepared::{Amounts, Site, amounts, micros};
use super::{PlaceKind, Problem, RESOURCES};
use basics::order::{Tally, tidy_by};
use basics::{HostId, MachineId, RuleId};

/// The constraints of a problem that are about more than one machine alone. "Machine" is a block here: see [`Blocks`].
#[derive(Default)]
pub(super) struct Rules {
    /// What each says.
    pub list: Vec<Compiled>,
    /// Where the links of each machine begin; empty where there are none.
    starts: Vec<u32>,
    links: Vec<Link>,
    /// What machines under quotas take.
    amounts: Vec<Amounts>,
    /// For each machine the set of isolation rules it is in, by number; empty where there are none. Machines of different classes share no host.
    pub class: Vec<u32>,
    /// Machine, place and kind of bin: where the machine is in the place, it is in that bin. Sorted.
    locks: Vec<(u32, u32, u32)>,
    /// Machines that should move as one.
    pub units: Vec<Unit>,
    /// Whether each machine must be asked about; empty where none must.
    touched: Vec<bool>,
    /// The number of the site that each place is at.
    pub site_of: Vec<u32>,
}

/// A constraint.
pub(super) struct Compiled {
    /// The rule it comes from.
    pub rule: RuleId,
    /// What it says.
    pub form: Form,
}

/// What a constraint says, in positions.
pub(super) enum Form {
    /// All in one cluster or place, or at one site.
    Together(Level),
    /// No two in one host, cluster or place, or at one site.
    Apart(Level),
    /// For each place, what each kind of bin costs more; the last entry for all further kinds.
    Licensed(Vec<Vec<f64>>),
    /// Whether two places are too far from each other, row by row.
    Near(Vec<bool>),
    /// What a pair costs by the places of its two sides, row by row.
    Traffic(Vec<f64>),
    /// The place, the most machines, and the most of each resource.
    Quota(usize, f64, Amounts),
    /// At most so many away from home; the home of each machine of the problem, `None` for those that do not count.
    Moves(f64, Vec<Option<usize>>),
}

/// That a constraint touches a machine.
#[derive(Clone, Copy)]
pub(super) struct Link {
    /// Position in [`Rules::list`].
    pub constraint: u32,
    /// How many machines of the block are of the first list,
    pub weight: u32,
    /// and of the other, for constraints with two.
    pub other: u32,
    /// What those of the first list take, for quotas: position in [`Rules::amounts`].
    amounts: u32,
}

/// Machines that should move as one.
pub(super) struct Unit {
    /// Which, in order.
    pub machines: Vec<u32>,
    /// Whether a rule asks for one place; otherwise being in one place is only good.
    pub strict: bool,
}

/// No home.
pub(super) const NOWHERE: usize = usize::MAX;

impl Rules {
    /// Compiles the constraints of a problem.
    pub fn new(problem: &Problem, blocks: &Blocks, sites: &[Site]) -> Self {
        let site_of = problem.places().iter().map(|place| place.site).collect();
        let mut rules = Self { site_of, ..Self::default() };
        if problem.constraints().is_empty() {
            return rules;
        }
        let mut links: Vec<(u32, Link)> = Vec::new();
        let mut isolated: Vec<Vec<RuleId>> = vec![Vec::new(); problem.items().len()];
        for constraint in problem.constraints() {
            if let ConstraintKind::Isolated { machines } = &constraint.kind {
                for item in machines.iter().filter_map(|&machine| problem.item_of(machine)) {
                    isolated[item].push(constraint.rule);
                }
            }
            rules.locks(problem, blocks, sites, constraint);
            let Some(form) = form(problem, sites, &constraint.kind) else { continue };
            let position = rules.list.len() as u32;
            let mut weights: Vec<(u32, u32)> = vec![(0, 0); blocks.len()];
            let (machines, others) = sides(&constraint.kind);
            for item in machines.iter().filter_map(|&machine| problem.item_of(machine)) {
                weights[blocks.of(item)].0 += 1;
            }
            for item in others.iter().filter_map(|&machine| problem.item_of(machine)) {
                weights[blocks.of(item)].1 += 1;
            }
            for (block, (weight, other)) in weights.into_iter().enumerate().filter(|(_, weight)| *weight != (0, 0)) {
                let amounts = rules.amounts.len() as u32;
                if matches!(form, Form::Quota(..)) {
                    rules.amounts.push(taken(problem, blocks, block, &machines));
                }
                links.push((block as u32, Link { constraint: position, weight, other, amounts }));
            }
            rules.list.push(Compiled { rule: constraint.rule, form });
        }
        tidy_by(&mut rules.locks, |lock| *lock);
        if isolated.iter().any(|rules| !rules.is_empty()) {
            rules.classes(blocks, &isolated);
        }
        rules.link(blocks.len(), links);
        rules.units = units(&rules, blocks.len());
        let any = !rules.list.is_empty() || !rules.class.is_empty() || !rules.locks.is_empty();
        if any {
            let asked =
                |machine| !rules.class.is_empty() || !rules.links(machine).is_empty() || rules.is_locked(machine);
            rules.touched = (0..blocks.len()).map(asked).collect();
        }
        rules
    }

    /// Links come constraint by constraint, and so stay for each machine.
    fn link(&mut self, machines: usize, links: Vec<(u32, Link)>) {
        self.starts = vec![0; machines + 1];
        for (machine, _) in &links {
            self.starts[*machine as usize + 1] += 1;
        }
        for machine in 0..machines {
            self.starts[machine + 1] += self.starts[machine];
        }
        let mut next = self.starts.clone();
        self.links = vec![Link { constraint: 0, weight: 0, other: 0, amounts: 0 }; links.len()];
        for (machine, link) in links {
            let at = &mut next[machine as usize];
            self.links[*at as usize] = link;
            *at += 1;
        }
    }

    fn locks(&mut self, problem: &Problem, blocks: &Blocks, sites: &[Site], constraint: &Constraint) {
        let ConstraintKind::OnHost { hosts } = &constraint.kind else { return };
        for &(machine, host) in hosts {
            let Some(item) = problem.item_of(machine) else { continue };
            for (place, site) in sites.iter().enumerate() {
                let PlaceKind::Existing { hosts: known, .. } = &problem.places()[place].kind else { continue };
                let Some(position) = known.iter().position(|known| known.host == host) else { continue };
                let order = match site {
                    Site::Hosts(site) => site.order.as_deref(),
                    Site::Instances { .. } => None,
                };
                // A host that is not among the bins takes nothing.
                let kind = order.and_then(|order| order.bins.iter().position(|&bin| bin == position));
                let kind = kind.map_or(u32::MAX, |kind| kind as u32);
                self.locks.push((blocks.of(item) as u32, place as u32, kind));
            }
        }
    }

    /// Numbers the sets of isolation rules that machines are in; 0 is none.
    fn classes(&mut self, blocks: &Blocks, isolated: &[Vec<RuleId>]) {
        let mut known: Vec<&[RuleId]> = vec![&[]];
        for block in 0..blocks.len() {
            let rules = isolated[blocks.items(block)[0] as usize].as_slice();
            let number = known.iter().position(|other| *other == rules).unwrap_or(known.len());
            if number == known.len() {
                known.push(rules);
            }
            self.class.push(number as u32);
        }
    }

    /// Whether a block can be anywhere: its machines must not be kept apart from each other.
    pub fn possible(&self, problem: &Problem, blocks: &Blocks, block: usize) -> bool {
        let items = blocks.items(block);
        if items.len() == 1 {
            return true;
        }
        let apart = |link: &Link| link.weight > 1 && matches!(self.list[link.constraint as usize].form, Form::Apart(_));
        if self.links(block).iter().any(apart) {
            return false;
        }
        let rules_of = |item: u32| -> Vec<RuleId> {
            let machine = problem.items()[item as usize].machine;
            let isolated = problem.constraints().iter().filter(|constraint| {
                matches!(&constraint.kind, ConstraintKind::Isolated { machines } if machines.binary_search(&machine).is_ok())
            });
            isolated.map(|constraint| constraint.rule).collect()
        };
        self.class.is_empty() || items.windows(2).all(|pair| rules_of(pair[0]) == rules_of(pair[1]))
    }

    /// Whether there is nothing to ask.
    pub fn is_empty(&self) -> bool {
        self.touched.is_empty()
    }

    /// Whether a machine must be asked about.
    pub fn touches(&self, machine: usize) -> bool {
        self.touched.get(machine).copied().unwrap_or(false)
    }

    /// What touches a machine.
    pub fn links(&self, machine: usize) -> &[Link] {
        match self.starts.get(machine + 1) {
            Some(&end) => &self.links[self.starts[machine] as usize..end as usize],
            None => &[],
        }
    }

    /// What the machines of a block that are under a quota take.
    pub fn taken(&self, link: Link) -> Amounts {
        self.amounts.get(link.amounts as usize).copied().unwrap_or_default()
    }

    fn is_locked(&self, machine: usize) -> bool {
        let first = self.locks.partition_point(|lock| (lock.0 as usize) < machine);
        self.locks.get(first).is_some_and(|lock| lock.0 as usize == machine)
    }

    /// Whether a machine may be in this kind of bin of this place.
    pub fn unlocked(&self, machine: usize, site: usize, kind: u32) -> bool {
        let key = (machine as u32, site as u32);
        let first = self.locks.partition_point(|lock| (lock.0, lock.1) < key);
        self.locks[first..].iter().take_while(|lock| (lock.0, lock.1) == key).all(|lock| lock.2 == kind)
    }

    /// How easily a machine finds a host, least first: bound to one, larger for standing for several, alone with its like, under a licence, kept apart.
    pub fn ease(&self, machine: usize, items: usize) -> (u8, u32) {
        if self.is_locked(machine) {
            return (0, 0);
        }
        if items > 1 {
            return (1, u32::MAX - items as u32);
        }
        let class = self.class.get(machine).copied().unwrap_or(0);
        if class > 0 {
            return (2, class);
        }
        if self.is_licensed(machine) {
            return (3, 0);
        }
        let apart = |link: &Link| matches!(self.list[link.constraint as usize].form, Form::Apart(_));
        if self.links(machine).iter().any(apart) { (4, 0) } else { (5, 0) }
    }

    /// Whether hosts pay for licences.
    pub fn has_licences(&self) -> bool {
        self.list.iter().any(|compiled| matches!(compiled.form, Form::Licensed(_)))
    }

    /// Whether a machine's hosts are licensed.
    pub fn is_licensed(&self, machine: usize) -> bool {
        self.links(machine).iter().any(|link| matches!(self.list[link.constraint as usize].form, Form::Licensed(_)))
    }
}

/// What those of a block take that are in this list.
fn taken(problem: &Problem, blocks: &Blocks, block: usize, machines: &[MachineId]) -> Amounts {
    let mut sum = [0.0; RESOURCES];
    for &item in blocks.items(block) {
        let item = &problem.items()[item as usize];
        if machines.binary_search(&item.machine).is_ok() {
            for (sum, amount) in sum.iter_mut().zip(amounts(&item.demand)) {
                *sum += amount;
            }
        }
    }
    sum
}

/// The lists of machines of a constraint that is about more than one machine.
fn sides(kind: &ConstraintKind) -> (Vec<MachineId>, &[MachineId]) {
    match kind {
        ConstraintKind::Near { machines, others, .. } | ConstraintKind::Traffic { machines, others, .. } => {
            (machines.clone(), others)
        }
        other => (other.machines(), &[]),
    }
}

fn form(problem: &Problem, sites: &[Site], kind: &ConstraintKind) -> Option<Form> {
    let width = sites.len();
    Some(match kind {
        ConstraintKind::Only { .. }
        | ConstraintKind::Isolated { .. }
        | ConstraintKind::OnHost { .. }
        | ConstraintKind::Together { level: Level::Host, .. } => return None,
        ConstraintKind::Together { level, .. } => Form::Together(*level),
        ConstraintKind::Apart { level, .. } => Form::Apart(*level),
        ConstraintKind::Licensed { hosts, .. } => Form::Licensed(
            sites.iter().enumerate().map(|(place, site)| licence_of_bins(problem, place, site, hosts)).collect(),
        ),
        ConstraintKind::Near { far, .. } => {
            let mut table = vec![false; width * width];
            for &(one, other) in far {
                if let (Some(one), Some(other)) = (problem.place_of(one), problem.place_of(other)) {
                    table[one * width + other] = true;
                    table[other * width + one] = true;
                }
            }
            Form::Near(table)
        }
        ConstraintKind::Traffic { costs, .. } => {
            let mut table = vec![0.0; width * width];
            for &(from, to, money) in costs {
                if let (Some(from), Some(to)) = (problem.place_of(from), problem.place_of(to)) {
                    table[from * width + to] = micros(money);
                }
            }
            Form::Traffic(table)
        }
        ConstraintKind::Quota { place, most_machines, most, .. } => {
            let limit = |most: Option<u64>| most.map_or(f64::INFINITY, |most| most as f64);
            let most: Amounts = std::array::from_fn(|resource| limit(most[resource]));
            Form::Quota(problem.place_of(*place)?, limit(*most_machines), most)
        }
        ConstraintKind::Moves { homes, most } => {
            let mut of_items = vec![None; problem.items().len()];
            for &(machine, home) in homes {
                if let Some(item) = problem.item_of(machine) {
                    of_items[item] = Some(home.and_then(|home| problem.place_of(home)).unwrap_or(NOWHERE));
                }
            }
            Form::Moves(*most as f64, of_items)
        }
    })
}

/// What each kind of bin of a place costs more under a licence.
fn licence_of_bins(problem: &Problem, place: usize, site: &Site, hosts: &[HostLicence]) -> Vec<f64> {
    let place = &problem.places()[place];
    let Some(licence) = hosts.iter().find(|licence| licence.place == place.footprint) else { return vec![0.0] };
    let (Site::Hosts(site), PlaceKind::Existing { hosts: known, .. }) = (site, &place.kind) else {
        return vec![micros(licence.new_host)];
    };
    let bins = site.order.iter().flat_map(|order| &order.bins);
    let existing = |position: usize| -> Option<HostId> { known.get(position).map(|host| host.host) };
    let mut costs: Vec<f64> = bins.map(|&position| micros(licence.of(existing(position)))).collect();
    costs.push(micros(licence.new_host));
    costs
}

/// Machines that should move as one: those that must be in one place or cluster, and those that are better off so.
fn units(rules: &Rules, machines: usize) -> Vec<Unit> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); rules.list.len()];
    for machine in 0..machines {
        for link in rules.links(machine) {
            members[link.constraint as usize].push(machine);
        }
    }
    let mut sets = Sets::new(machines);
    for (compiled, members) in rules.list.iter().zip(&members) {
        if matches!(compiled.form, Form::Together(_)) {
            sets.unite(members.iter().copied());
        }
    }
    let mut together: Vec<Vec<u32>> = vec![Vec::new(); machines];
    for machine in 0..machines {
        together[sets.first(machine)].push(machine as u32);
    }
    let mut units: Vec<Unit> =
        together.iter().filter(|set| set.len() > 1).map(|set| Unit { machines: set.clone(), strict: true }).collect();
    for (compiled, members) in rules.list.iter().zip(&members) {
        if matches!(compiled.form, Form::Near(_) | Form::Traffic(_)) {
            let mut firsts: Vec<usize> = members.iter().map(|&machine| sets.first(machine)).collect();
            tidy_by(&mut firsts, |first| *first);
            let mut machines: Vec<u32> = firsts.iter().flat_map(|&first| &together[first]).copied().collect();
            tidy_by(&mut machines, |machine| *machine);
            if machines.len() > 1 && !units.iter().any(|unit| unit.machines == machines) {
                units.push(Unit { machines, strict: false });
            }
        }
    }
    units
}

/// For each machine of the problem that is under a licence, what it can be charged by itself in each place so that hosts together are never charged more
/// than their licences cost: on hosts its share of the largest host in the resource that is scarcest for all machines of the licence there, of the
/// cheapest licence; as an instance what that costs. In micro-units, rounded down.
pub(super) fn licence_shares(problem: &Problem) -> Tally<usize, Vec<u64>> {
    let width = problem.places().len();
    let mut shares: Tally<usize, Vec<u64>> = Tally::default();
    for constraint in problem.constraints() {
        let ConstraintKind::Licensed { machines, hosts } = &constraint.kind else { continue };
        let items: Vec<(usize, u64)> = machines
            .iter()
            .filter_map(|&(machine, alone)| Some((problem.item_of(machine)?, alone.micros().unsigned_abs())))
            .collect();
        for (place, kind) in problem.places().iter().map(|place| &place.kind).enumerate() {
            let licence = hosts.iter().find(|licence| licence.place == problem.places()[place].footprint);
            let mut add = |item: usize, amount: u64| {
                let shares = shares.at(item);
                shares.resize(width, 0);
                let share = &mut shares[place];
                *share = share.saturating_add(amount);
            };
            if matches!(kind, PlaceKind::Instances { .. }) {
                for &(item, alone) in &items {
                    add(item, alone);
                }
            } else if let Some((cost, capacity, resource)) =
                licence.and_then(|licence| scarcest(problem, kind, licence, &items))
            {
                for &(item, _) in &items {
                    let demand = u128::from(problem.items()[item].demand[resource]);
                    add(item, (u128::from(cost) * demand / u128::from(capacity)).min(u128::from(u64::MAX)) as u64);
                }
            }
        }
    }
    shares
}

/// The cheapest licence of a place's hosts, and the size of its largest host in the resource of which the machines take most; `None` where some host is
/// free of it.
fn scarcest(
    problem: &Problem,
    kind: &PlaceKind,
    licence: &HostLicence,
    items: &[(usize, u64)],
) -> Option<(u64, u64, usize)> {
    let (cost, largest) = match kind {
        PlaceKind::Instances { .. } => return None,
        PlaceKind::Hosts { capacity, .. } => (licence.new_host, *capacity),
        PlaceKind::Existing { hosts, added_capacity, max_added, .. } => {
            let added = (*max_added > 0).then_some((licence.new_host, *added_capacity));
            let all = hosts.iter().map(|host| (licence.of(Some(host.host)), host.capacity)).chain(added);
            all.reduce(|a, b| (a.0.min(b.0), std::array::from_fn(|resource| a.1[resource].max(b.1[resource]))))?
        }
    };
    let total = |resource: usize| -> u128 {
        items.iter().map(|&(item, _)| u128::from(problem.items()[item].demand[resource])).sum()
    };
    // Storage may be shared by all hosts: it says nothing about their number here.
    let storage = super::Resource::Storage as usize;
    let resource =
        (0..RESOURCES).filter(|&resource| resource != storage && largest[resource] > 0).max_by(|&a, &b| {
            let (left, right) = (total(a) * u128::from(largest[b]), total(b) * u128::from(largest[a]));
            left.cmp(&right).then(b.cmp(&a))
        })?;
    (cost.micros() > 0).then(|| (cost.micros().unsigned_abs(), largest[resource], resource))
}
