//! Who wants which place at prices that just fill it. The best bound is nearly the same at many prices, at some of which a place is asked for far more
//! memory than it has and for less CPU: hosts that are filled by those are full in one resource and empty in another. Here machines choose one after the
//! other, and each choice moves the prices a little: dual descent as in online linear programming, Li, Sun and Ye, "Simple and fast algorithm for binary
//! integer and online linear programming" (2020).

use super::RESOURCES;
use super::prepared::{Amounts, Prepared, STORAGE, Site};
use super::relaxation::{Prices, priced};
use basics::random::Random;

/// How far prices move in each pass, when a place is asked for all it has without having been expected to be: this part of what the place is worth.
const RATES: [f64; 3] = [1.0, 0.5, 0.25];
/// The same for the passes in which numbers of bins are fitted;
const FITTING: [f64; 8] = [1.0, 1.0, 1.0, 0.7, 0.7, 0.5, 0.5, 0.5];
/// they change by so many times what a further bin earns as a part of its cost,
const PROFIT: f64 = 3.0;
/// and by no more than this part.
const MOST_CHANGE: f64 = 0.25;
/// What packing is expected to leave free, as a part of each host.
const LOSS: f64 = 0.003;

/// Who wants what.
pub(super) struct Settled {
    /// Prices at which about as much is asked of each place as it gives.
    pub prices: Prices,
    /// For each machine the place with hosts that it wants, if any.
    pub wanted: Vec<Option<u32>>,
    /// How many looks at a machine in a place that took.
    pub looks: u64,
}

/// Moves `prices` until what is asked of each place is what so many `bins` give. Places without bins count as closed.
pub(super) fn settle(prepared: &Prepared, bins: &[usize], prices: &Prices, random: &mut Random) -> Settled {
    let mut settling = Settling::new(prepared);
    settling.settled.prices.clone_from(prices);
    for rate in RATES {
        settling.pass(prepared, bins, rate, random);
    }
    settling.settled
}

/// Numbers of bins at which one more would cost about what it is worth, for the places that have some in `bins`; and prices for them.
pub(super) fn fit(prepared: &Prepared, bins: &[usize], prices: &Prices, random: &mut Random) -> (Vec<usize>, Settled) {
    let mut settling = Settling::new(prepared);
    settling.settled.prices.clone_from(prices);
    let mut bins = bins.to_vec();
    for rate in FITTING {
        settling.pass(prepared, &bins, rate, random);
        for (site, bins) in bins.iter_mut().enumerate() {
            if let Site::Hosts(hosts) = &prepared.sites[site]
                && *bins > 0
            {
                let profit = hosts.profit(*bins, &settling.settled.prices[site]);
                let by = (PROFIT * profit).clamp(-MOST_CHANGE, MOST_CHANGE) * *bins as f64;
                *bins = ((*bins as f64 + by + 0.5) as usize).clamp(hosts.min_bins, hosts.most_bins());
            }
        }
    }
    (bins, settling.settled)
}

struct Settling {
    order: Vec<u32>,
    settled: Settled,
}

impl Settling {
    fn new(prepared: &Prepared) -> Self {
        let settled = Settled { prices: Prices::new(), wanted: vec![None; prepared.machines()], looks: 0 };
        Self { order: (0..prepared.machines() as u32).collect(), settled }
    }

    /// Every machine chooses once; the prices become their mean over the pass.
    fn pass(&mut self, prepared: &Prepared, bins: &[usize], rate: f64, random: &mut Random) {
        let prices = &mut self.settled.prices;
        let scale = |site: usize| Scale::of(prepared, site, bins[site], &prices[site]);
        let mut open: Vec<Scale> = (0..prepared.sites.len()).filter_map(scale).collect();
        random.shuffle(&mut self.order);
        for &machine in &self.order {
            let chosen = choose(prepared, &open, machine as usize);
            self.settled.wanted[machine as usize] = chosen.map(|index| open[index].site as u32);
            let demand = &prepared.demand[machine as usize];
            for (index, scale) in open.iter_mut().enumerate() {
                scale.move_by(rate, (chosen == Some(index)).then_some(demand));
            }
        }
        for scale in &open {
            prices[scale.site] = scale.sum.map(|sum| sum / self.order.len().max(1) as f64);
        }
        self.settled.looks += (self.order.len() * (open.len() + 1) * 3) as u64;
    }
}

/// The place where a machine is cheapest, by its position in `open`; `None` where it is so by itself.
fn choose(prepared: &Prepared, open: &[Scale], machine: usize) -> Option<usize> {
    let (costs, demand) = (prepared.relaxed(machine), &prepared.demand[machine]);
    let (mut least, mut chosen) = (prepared.alone(machine), None);
    for (index, scale) in open.iter().enumerate() {
        let price = priced(costs[scale.site], demand, &scale.prices);
        if price < least {
            (least, chosen) = (price, Some(index));
        }
    }
    chosen
}

/// A place, and how its prices follow what is asked of it.
struct Scale {
    site: usize,
    prices: Amounts,
    /// The sum of the prices over the machines of a pass.
    sum: Amounts,
    /// What a unit asked for adds to its own price,
    per_unit: Amounts,
    /// and what each machine that chooses takes away.
    expected: Amounts,
}

impl Scale {
    fn of(prepared: &Prepared, site: usize, bins: usize, prices: &Amounts) -> Option<Self> {
        let Site::Hosts(hosts) = &prepared.sites[site] else { return None };
        if bins == 0 || hosts.max_bins == 0 {
            return None;
        }
        let (cost, capacity) = hosts.totals(bins);
        let pooled = |resource: usize| resource == STORAGE && !hosts.pool.is_empty();
        let usable: Amounts =
            std::array::from_fn(|resource| capacity[resource] * if pooled(resource) { 1.0 } else { 1.0 - LOSS });
        let worth = usable.iter().zip(prices).map(|(usable, price)| usable * price).sum::<f64>().max(0.1 * cost);
        // A price that moves by this changes what all of the resource is worth by what the place is worth.
        let per_all = usable.map(|usable| if usable > 0.0 { worth / usable } else { 0.0 });
        Some(Self {
            site,
            prices: *prices,
            sum: [0.0; RESOURCES],
            per_unit: std::array::from_fn(|r| if usable[r] > 0.0 { per_all[r] / usable[r] } else { 0.0 }),
            expected: per_all.map(|all| all / prepared.machines().max(1) as f64),
        })
    }

    /// Moves the prices after one more machine has chosen: this place, where what it `asked` for is given.
    fn move_by(&mut self, rate: f64, asked: Option<&Amounts>) {
        for resource in 0..RESOURCES {
            let added = asked.map_or(0.0, |asked| asked[resource] * self.per_unit[resource]);
            let price = (self.prices[resource] + rate * (added - self.expected[resource])).max(0.0);
            self.prices[resource] = price;
            self.sum[resource] += price;
        }
    }
}
