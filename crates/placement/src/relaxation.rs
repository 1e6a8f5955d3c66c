//! Resource prices: what one unit of each resource is worth in each place (Lagrange multipliers of the capacities).
//!
//! With prices, every machine picks its cheapest place by itself, and every place its best number of hosts; the sum is a lower bound for every plan, and
//! the highest such bound is that of the linear relaxation. Geoffrion, "Lagrangean relaxation for integer programming" (1974).

use std::rc::Rc;

use super::RESOURCES;
use super::climb::Climb;
use super::groups::Groups;
use super::own_hosts::Own;
use super::prepared::{Amounts, HostSite, Prepared, Site};

/// Most numbers of bins of a place that are looked at one by one.
const LISTED: usize = 256;

/// For each place, the price of one unit of each resource, in micro-units of money.
pub(super) type Prices = Vec<Amounts>;

/// How many bins a place may have in one part of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// None.
    Closed,
    /// None, or as many as it may have.
    Free,
    /// From so many to so many.
    Open(usize, usize),
}

/// What a place with hosts may come to in some state.
struct Menu<'a> {
    /// The column of the groups.
    column: usize,
    /// Numbers of bins, what they cost and what they give. Where cost and capacity grow in a straight line, only its ends.
    choices: Vec<Choice>,
    /// Existing hosts one by one, where the bound is to be that of the hosts as they are.
    own: Option<Own<'a>>,
    /// For each resource, the price at which it alone pays for a bin: makes places and resources alike.
    scale: Amounts,
}

struct Choice {
    bins: usize,
    cost: f64,
    capacity: Amounts,
}

/// What an ascent found.
#[derive(Clone)]
pub(super) struct Ascent {
    /// The best prices.
    pub prices: Prices,
    /// The bound at these prices.
    pub value: f64,
    /// How many bins each place with hosts asks for on average, in the order of [`Groups::sites`].
    pub bins: Vec<f64>,
}

/// A machine's price in a place: its own cost and what its resources are worth there.
pub(super) fn priced(cost: f64, demand: &Amounts, prices: &Amounts) -> f64 {
    cost + dot(demand, prices)
}

/// The sum of products.
pub(super) fn dot(a: &Amounts, b: &Amounts) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3] + a[4] * b[4]
}

/// The relaxation of a problem over groups of its machines.
#[derive(Clone)]
pub(super) struct Relaxation<'a> {
    prepared: &'a Prepared,
    /// The machines.
    pub groups: Rc<Groups>,
    total: Amounts,
    /// Whether existing hosts are taken as they are, and not as bins that may stand in for each other: slower, and what the proof does.
    exact: bool,
}

impl<'a> Relaxation<'a> {
    /// The relaxation of this problem.
    pub fn new(prepared: &'a Prepared, groups: Rc<Groups>) -> Self {
        let mut total = [0.0; RESOURCES];
        for demand in &groups.demand {
            for (total, amount) in total.iter_mut().zip(demand) {
                *total += amount;
            }
        }
        Self { prepared, groups, total, exact: false }
    }

    /// The relaxation whose value is that of the proof.
    pub fn exact(prepared: &'a Prepared, groups: Rc<Groups>) -> Self {
        Self { exact: true, ..Self::new(prepared, groups) }
    }

    /// The place behind a column of the groups.
    pub fn hosts(&self, column: usize) -> &'a HostSite {
        match &self.prepared.sites[self.groups.sites[column]] {
            Site::Hosts(hosts) => hosts,
            Site::Instances { .. } => unreachable!("columns are places with hosts"),
        }
    }

    /// The states before any decision.
    pub fn initial_states(&self) -> Vec<State> {
        (0..self.groups.sites.len())
            .map(|column| {
                let hosts = self.hosts(column);
                let free = hosts.totals(hosts.min_bins).0 <= 0.0;
                if free { State::Open(hosts.min_bins, hosts.most_bins()) } else { State::Free }
            })
            .collect()
    }

    /// What everything costs without any host.
    pub fn alone(&self) -> f64 {
        self.groups.alone.iter().sum::<f64>() + self.prepared.constant
    }

    fn menu(&self, column: usize, state: State) -> Option<Menu<'a>> {
        let hosts = self.hosts(column);
        let (low, high) = match state {
            State::Closed => return None,
            State::Free => (hosts.min_bins, hosts.most_bins()),
            State::Open(low, high) => (low, high),
        };
        let straight = hosts.pool.is_empty() && hosts.bins.len() == 1 && high <= hosts.max_bins;
        let listed = if straight { low } else { high.min(low + LISTED) };
        let mut counts: Vec<usize> = (low..=listed).collect();
        counts.extend((high > listed).then_some(high));
        let choice = |bins: usize| {
            let (cost, capacity) = hosts.totals(bins);
            Choice { bins, cost, capacity }
        };
        let mut choices: Vec<Choice> = counts.into_iter().map(choice).collect();
        if state == State::Free {
            choices.push(Choice { bins: 0, cost: 0.0, capacity: [0.0; RESOURCES] });
        }
        let own = hosts.order.as_ref().filter(|_| self.exact).map(|order| Own {
            order,
            spare: hosts.spare,
            hosts: (low + hosts.spare, high + hosts.spare),
            fixed: hosts.fixed,
            storage: hosts.pool(high),
            may_close: state == State::Free,
        });
        Some(Menu { column, choices, own, scale: self.scale(hosts, high) })
    }

    fn scale(&self, hosts: &HostSite, most: usize) -> Amounts {
        let (_, all) = hosts.totals(most);
        let bin = hosts.bin(0);
        let size: Amounts = std::array::from_fn(|resource| {
            let capacity = bin.capacity[resource];
            if capacity.is_finite() { capacity } else { all[resource] / most.max(1) as f64 }
        });
        // Hosts that are paid in any case still have a price where they are scarce: their share of what all machines cost.
        let share = (0..RESOURCES)
            .filter(|&resource| self.total[resource] > 0.0)
            .map(|resource| size[resource] / self.total[resource])
            .fold(1.0, f64::min);
        let worth = bin.cost.max(share * self.alone()).max(1.0);
        size.map(|size| if size > 0.0 { worth / size } else { 0.0 })
    }

    /// Prices at which every bin is worth what it costs, shared among resources by how scarce they are.
    pub fn initial_prices(&self, states: &[State]) -> Prices {
        let mut prices = vec![[0.0; RESOURCES]; self.prepared.sites.len()];
        for (column, &site) in self.groups.sites.iter().enumerate() {
            let Some(menu) = self.menu(column, states[column]) else { continue };
            let cost = self.hosts(column).bin(0).cost;
            let wanted: Amounts = std::array::from_fn(|resource| self.total[resource] * menu.scale[resource]);
            // Squares, so that what is plentiful is nearly free.
            let sum: f64 = wanted.iter().map(|wanted| wanted * wanted).sum();
            for resource in 0..RESOURCES {
                if sum > 0.0 && menu.scale[resource] > 0.0 {
                    let worth = menu.scale[resource].min(cost / self.size_of(column, resource));
                    prices[site][resource] = worth * wanted[resource] * wanted[resource] / sum;
                }
            }
        }
        prices
    }

    fn size_of(&self, column: usize, resource: usize) -> f64 {
        let capacity = self.hosts(column).bin(0).capacity[resource];
        if capacity.is_finite() { capacity.max(1.0) } else { f64::INFINITY }
    }

    /// What one more bin than so many would earn over its cost, as a part of its cost.
    pub fn profit(&self, column: usize, bins: usize, prices: &Prices) -> f64 {
        self.hosts(column).profit(bins, &prices[self.groups.sites[column]])
    }

    /// Looks at a machine in a place that one evaluation takes.
    pub fn looks(&self, states: &[State]) -> u64 {
        let open = states.iter().filter(|&&state| state != State::Closed).count();
        (self.groups.demand.len() * (open + 1)) as u64
    }

    /// Raises the bound in at most `rounds` evaluations, but not beyond `target`. The first step changes prices by about the part `reach` of what they are.
    pub fn ascend(&self, states: &[State], start: &Prices, target: f64, reach: f64, rounds: u32) -> Ascent {
        let menus: Vec<Menu<'_>> = (0..states.len()).filter_map(|column| self.menu(column, states[column])).collect();
        let sites = &self.groups.sites;
        let mut point: Vec<f64> = Vec::with_capacity(menus.len() * RESOURCES);
        for menu in &menus {
            let prices = &start[sites[menu.column]];
            point.extend(
                prices.iter().zip(&menu.scale).map(|(price, &scale)| if scale > 0.0 { price / scale } else { 0.0 }),
            );
        }
        let mut dual = Dual::new(self, &menus);
        let mut climb = Climb::new(point, reach);
        climb.run(rounds, |point, slope| {
            let value = dual.evaluate(point, slope);
            (value, value >= target)
        });
        let mut found = Ascent { prices: start.clone(), value: dual.best_value, bins: vec![0.0; states.len()] };
        for (index, menu) in menus.iter().enumerate() {
            let prices = dual.best[index];
            found.prices[sites[menu.column]] = prices;
            found.bins[menu.column] = menu.wanted(&dual.average[index], &prices);
        }
        found
    }
}

impl Menu<'_> {
    /// The least that the place comes to at these prices, and what it gives then.
    fn least(&self, prices: &Amounts) -> (f64, Amounts) {
        if let Some(own) = &self.own {
            return own.least(prices);
        }
        let mut least = (f64::INFINITY, [0.0; RESOURCES]);
        for choice in &self.choices {
            let sum = choice.cost - dot(&choice.capacity, prices);
            if sum < least.0 {
                least = (sum, choice.capacity);
            }
        }
        least
    }

    /// How many bins this load asks for at these prices.
    fn wanted(&self, load: &Amounts, prices: &Amounts) -> f64 {
        let (mut low, mut high) = (&self.choices[0], &self.choices[0]);
        for choice in &self.choices {
            if choice.bins < low.bins {
                low = choice;
            }
            if choice.bins > high.bins {
                high = choice;
            }
        }
        let (least, most) = (dot(&low.capacity, prices), dot(&high.capacity, prices));
        if most <= least {
            return low.bins as f64;
        }
        let part = ((dot(load, prices) - least) / (most - least)).clamp(0.0, 1.0);
        low.bins as f64 + part * (high.bins - low.bins) as f64
    }
}

/// The function that is to be raised.
struct Dual<'a> {
    relaxation: &'a Relaxation<'a>,
    menus: &'a [Menu<'a>],
    prices: Vec<Amounts>,
    load: Vec<Amounts>,
    /// What each place carries, averaged over the evaluations, the last ones counting most.
    average: Vec<Amounts>,
    best: Vec<Amounts>,
    best_value: f64,
}

impl<'a> Dual<'a> {
    fn new(relaxation: &'a Relaxation<'a>, menus: &'a [Menu<'a>]) -> Self {
        let none = vec![[0.0; RESOURCES]; menus.len()];
        Self {
            relaxation,
            menus,
            prices: none.clone(),
            load: none.clone(),
            average: Vec::new(),
            best: none,
            best_value: f64::NEG_INFINITY,
        }
    }

    /// The bound at a point, and its slope there. Negative coordinates count as 0 and slope upwards.
    fn evaluate(&mut self, point: &[f64], slope: &mut [f64]) -> f64 {
        for (index, menu) in self.menus.iter().enumerate() {
            for resource in 0..RESOURCES {
                self.prices[index][resource] = point[index * RESOURCES + resource].max(0.0) * menu.scale[resource];
            }
        }
        let mut value = self.relaxation.prepared.constant + self.choose();
        for (index, menu) in self.menus.iter().enumerate() {
            let (least, given) = menu.least(&self.prices[index]);
            value += least;
            for (resource, given) in given.iter().enumerate() {
                let at = index * RESOURCES + resource;
                let rise = (self.load[index][resource] - given) * menu.scale[resource];
                slope[at] = if point[at] < 0.0 { rise.abs() + 1e-9 * value.abs() } else { rise };
            }
        }
        if self.average.is_empty() {
            self.average.clone_from(&self.load);
        }
        for (average, load) in self.average.iter_mut().zip(&self.load) {
            for (average, load) in average.iter_mut().zip(load) {
                *average = 0.95 * *average + 0.05 * load;
            }
        }
        if value > self.best_value {
            self.best_value = value;
            self.best.clone_from(&self.prices);
        }
        value
    }

    /// Every group takes its cheapest place; returns the sum and notes what each place carries.
    fn choose(&mut self) -> f64 {
        let groups = &self.relaxation.groups;
        let width = groups.sites.len();
        self.load.fill([0.0; RESOURCES]);
        let mut sum = 0.0;
        for (group, demand) in groups.demand.iter().enumerate() {
            let costs = &groups.cost[group * width..(group + 1) * width];
            let (mut least, mut chosen) = (groups.alone[group], usize::MAX);
            for (index, (menu, prices)) in self.menus.iter().zip(&self.prices).enumerate() {
                let price = costs[menu.column] + dot(demand, prices);
                if price < least {
                    (least, chosen) = (price, index);
                }
            }
            sum += least;
            if let Some(load) = self.load.get_mut(chosen) {
                for (load, amount) in load.iter_mut().zip(demand) {
                    *load += amount;
                }
            }
        }
        sum
    }
}
