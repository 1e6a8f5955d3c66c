//! Places of every kind as cells of bins.
//!
//! Hosts that are kept free for failures never appear as bins: a cell of `b` bins stands for a cluster of `b` + spare hosts, each spare at least as large
//! in every resource as any bin, so that whatever `spare` hosts fail, the machines of each lost host move as one onto a spare.

use super::prepared::{Amounts, MOST, STORAGE, amounts, micros};
use super::relaxation::dot;
use super::{Place, PlaceKind, RESOURCES};
use basics::HostId;

/// A place.
pub(super) enum Site {
    /// Each machine for itself.
    Instances {
        /// At most so many machines.
        limit: usize,
    },
    /// Bins to fill.
    Hosts(Box<HostSite>),
}

/// A place with hosts.
pub(super) struct HostSite {
    /// Cost of using it at all.
    pub fixed: f64,
    /// Cost of each cell, before its bins: the hosts kept free.
    pub cell_cost: f64,
    /// Bins in the order in which they are opened; the last entry stands for all further ones too. Never empty.
    pub bins: Vec<BinKind>,
    /// What none, one, two … of them cost and give, what is without limit left out.
    sums: Vec<BinKind>,
    /// Fewest bins of a cell.
    pub min_bins: usize,
    /// Most bins of a cell.
    pub max_bins: usize,
    /// Most cells.
    pub max_cells: usize,
    /// Most hosts, spare ones included.
    pub max_total: usize,
    /// Hosts kept free in each cell.
    pub spare: usize,
    /// What the first cell must leave free.
    pub management: Amounts,
    /// Storage of a cell of so many bins, the last entry for all further ones; empty where each bin has its own.
    pub pool: Vec<f64>,
    /// For places of existing hosts: what the bins and spares are.
    pub order: Option<Box<ExistingOrder>>,
}

/// A kind of bin.
#[derive(Clone, Copy)]
pub(super) struct BinKind {
    /// What it holds.
    pub capacity: Amounts,
    /// What it costs.
    pub cost: f64,
}

impl BinKind {
    /// Adds so many of it to a cost and to what is given, what is without limit left out.
    fn add_to(&self, cost: &mut f64, capacity: &mut Amounts, number: f64) {
        *cost += self.cost * number;
        for (capacity, amount) in capacity.iter_mut().zip(&self.capacity).filter(|(_, amount)| amount.is_finite()) {
            *capacity += amount * number;
        }
    }
}

/// What the first none, one, two … bins cost and give together. All are whole numbers, so that it is the same whatever is added first.
fn sums(bins: &[BinKind]) -> Vec<BinKind> {
    let mut sum = BinKind { capacity: [0.0; RESOURCES], cost: 0.0 };
    let mut sums = vec![sum];
    for bin in bins {
        bin.add_to(&mut sum.cost, &mut sum.capacity, 1.0);
        sums.push(sum);
    }
    sums
}

/// How existing hosts became bins. Numbers up to the count of hosts are positions in the problem's list; the same or above are added hosts.
pub(super) struct ExistingOrder {
    /// Hosts kept free.
    pub spares: Vec<usize>,
    /// The host behind each bin.
    pub bins: Vec<usize>,
    /// All hosts as they are: what each gives, and what keeping it costs, nothing where it is paid in any case.
    pub hosts: Vec<OwnHost>,
    /// What an added host gives and costs.
    pub added: OwnHost,
    /// At most so many are added.
    pub max_added: usize,
}

/// A host that is there, or may be added.
pub(super) struct OwnHost {
    /// What it gives, storage left out.
    pub capacity: Amounts,
    /// What it costs.
    pub cost: f64,
    /// Whether it stays in any case.
    pub must_stay: bool,
}

impl HostSite {
    /// The kind of bin number `index` of a cell.
    pub fn bin(&self, index: usize) -> &BinKind {
        &self.bins[index.min(self.bins.len() - 1)]
    }

    /// Storage of a cell of so many bins; infinite where each bin has its own.
    pub fn pool(&self, bins: usize) -> f64 {
        self.pool.get(bins).or(self.pool.last()).copied().unwrap_or(f64::INFINITY)
    }

    /// What one more bin than so many would earn at these prices over its cost, as a part of its cost.
    pub fn profit(&self, bins: usize, prices: &Amounts) -> f64 {
        let ((cost, capacity), (next_cost, next)) = (self.totals(bins), self.totals(bins + 1));
        (dot(&next, prices) - dot(&capacity, prices)) / (next_cost - cost).max(1.0) - 1.0
    }

    /// Most bins over all cells.
    pub fn most_bins(&self) -> usize {
        let most_in = |cells: usize| {
            let cells = cells.clamp(1, self.max_cells.max(1));
            cells.saturating_mul(self.max_bins).min(self.max_total.saturating_sub(cells.saturating_mul(self.spare)))
        };
        let full = self.max_total / (self.max_bins + self.spare).max(1);
        most_in(full).max(most_in(full.saturating_add(1))).max(self.min_bins)
    }

    /// What so many bins cost, the place itself included, and what they give over the management machines, in as few cells as can be.
    pub fn totals(&self, bins: usize) -> (f64, Amounts) {
        let cells = bins.div_ceil(self.max_bins.max(1)).max(1);
        let (full, rest) = (cells - 1, bins - (cells - 1) * self.max_bins);
        let mut cost = self.fixed + self.cell_cost * cells as f64;
        let mut capacity: Amounts = self.management.map(|amount| -amount);
        for (count, times) in [(self.max_bins, full), (rest, 1)] {
            let listed = count.min(self.bins.len());
            for (bin, number) in [(&self.sums[listed], times), (self.bin(listed), (count - listed) * times)] {
                if number > 0 {
                    bin.add_to(&mut cost, &mut capacity, number as f64);
                }
            }
            if !self.pool.is_empty() {
                capacity[STORAGE] += self.pool(count) * times as f64;
            }
        }
        (cost, capacity)
    }

    /// The largest bin, resource by resource, and what a cell's pool holds at most.
    pub fn largest(&self) -> Amounts {
        let mut most = [0.0_f64; RESOURCES];
        for bin in &self.bins {
            for (most, &capacity) in most.iter_mut().zip(&bin.capacity) {
                *most = most.max(capacity);
            }
        }
        if !self.pool.is_empty() {
            most[STORAGE] =
                (0..=self.max_bins.min(self.pool.len() - 1)).map(|bins| self.pool(bins)).fold(0.0, f64::max);
        }
        most
    }
}

/// The most hosts that any of `hosts` machines could need; keeps limits such as "no limit" within reason.
fn cap(limit: u32, most: usize) -> usize {
    (limit as usize).min(most)
}

/// A place for so many machines. Machines are bound to the `locked` hosts.
pub(super) fn site(place: &Place, machines: usize, locked: &[HostId]) -> Site {
    match &place.kind {
        PlaceKind::Instances { max_machines } => {
            Site::Instances { limit: max_machines.map_or(machines, |limit| cap(limit, machines)) }
        }
        PlaceKind::Hosts { .. } => Site::Hosts(Box::new(rented(place, machines))),
        PlaceKind::Existing { .. } => Site::Hosts(Box::new(existing(place, machines, locked))),
    }
}

/// A place that takes nothing.
fn closed() -> HostSite {
    let bins = vec![BinKind { capacity: [0.0; RESOURCES], cost: 0.0 }];
    HostSite {
        fixed: 0.0,
        cell_cost: 0.0,
        sums: sums(&bins),
        bins,
        min_bins: 0,
        max_bins: 0,
        max_cells: 0,
        max_total: 0,
        spare: 0,
        management: [0.0; RESOURCES],
        pool: Vec::new(),
        order: None,
    }
}

fn rented(place: &Place, machines: usize) -> HostSite {
    let PlaceKind::Hosts {
        capacity,
        host_cost,
        min_hosts,
        max_hosts,
        max_clusters,
        max_total,
        management,
        usable_storage,
        host_failures,
    } = &place.kind
    else {
        return closed();
    };
    let spare = *host_failures as usize;
    // One machine a bin is the most that any plan could use, and the management block some more.
    let most = machines.saturating_add(1 << 12).saturating_add(spare).max(*min_hosts as usize);
    let (most_total, most_hosts) = (cap(*max_total, usize::MAX), cap(*max_hosts, most).min(cap(*max_total, most)));
    if most_hosts <= spare || most_hosts < *min_hosts as usize || *max_clusters == 0 {
        return closed();
    }
    let mut bin = BinKind { capacity: amounts(capacity), cost: micros(*host_cost) };
    let pool: Vec<f64> =
        usable_storage.iter().skip(spare).take(most_hosts + 1).map(|&mib| mib.min(MOST << 8) as f64).collect();
    let pool = match (usable_storage.last(), pool.is_empty()) {
        (None, _) => Vec::new(),
        (Some(&last), true) => vec![last.min(MOST << 8) as f64],
        (Some(_), false) => pool,
    };
    if !pool.is_empty() {
        bin.capacity[STORAGE] = f64::INFINITY;
    }
    let mut site = HostSite {
        fixed: micros(place.fixed_cost),
        cell_cost: bin.cost * spare as f64,
        bins: vec![bin],
        sums: sums(&[bin]),
        min_bins: (*min_hosts as usize).saturating_sub(spare).max(1),
        max_bins: most_hosts - spare,
        max_cells: cap(*max_clusters, machines.max(1)),
        max_total: most_total,
        spare,
        management: amounts(management),
        pool,
        order: None,
    };
    let holds_management = (site.min_bins..=site.max_bins).any(|bins| holds_management(&site, bins));
    if !holds_management {
        site.max_bins = 0;
    }
    site
}

/// Whether a first cell of so many bins has room for its management machines.
fn holds_management(site: &HostSite, bins: usize) -> bool {
    (0..RESOURCES).all(|resource| {
        let room = if resource == STORAGE && !site.pool.is_empty() {
            site.pool(bins)
        } else {
            (0..bins.min(site.bins.len())).map(|index| site.bin(index).capacity[resource]).sum::<f64>()
                + bins.saturating_sub(site.bins.len()) as f64 * site.bin(bins).capacity[resource]
        };
        site.management[resource] <= room
    })
}

fn existing(place: &Place, machines: usize, locked: &[HostId]) -> HostSite {
    let PlaceKind::Existing { hosts, added_capacity, added_cost, max_added, shared_storage, host_failures } =
        &place.kind
    else {
        return closed();
    };
    let spare = *host_failures as usize;
    let added = cap(*max_added, machines.saturating_add(spare));
    if hosts.len() + added <= spare {
        return closed();
    }
    // Positions in `hosts`, and then the added ones.
    let known = hosts.len();
    let capacity = |position: usize| if position < known { &hosts[position].capacity } else { added_capacity };
    let price = |position: usize| match hosts.get(position) {
        Some(host) if !host.may_retire => 0.0,
        Some(host) => micros(host.cost),
        None => micros(*added_cost),
    };
    let largest: Amounts = std::array::from_fn(|resource| {
        (0..=known).filter(|&p| p < known || added > 0).map(|p| amounts(capacity(p))[resource]).fold(1.0, f64::max)
    });
    // The largest by the sum of shares, then the cheapest to keep, then by identity.
    let share = |position: usize| -> f64 {
        (0..RESOURCES).filter(|&r| r != STORAGE).map(|r| amounts(capacity(position))[r] / largest[r]).sum()
    };
    let identity = |position: usize| (position >= known, hosts.get(position).map(|host| host.host), position);
    // Hosts that are there stand by for failures, however small: nobody buys a server to leave it empty. Bought ones do only where there are too few.
    // Those that a machine is bound to cannot.
    let bound = |position: usize| hosts.get(position).is_some_and(|host| locked.binary_search(&host.host).is_ok());
    let mut by_size: Vec<usize> = (0..known).filter(|&position| !bound(position)).collect();
    if known <= spare || by_size.len() < spare {
        by_size.extend((0..added.min(spare)).map(|index| known + index));
    }
    if by_size.len() < spare {
        return closed();
    }
    by_size.sort_by(|&a, &b| {
        share(b).total_cmp(&share(a)).then(price(a).total_cmp(&price(b))).then(identity(a).cmp(&identity(b)))
    });
    let spares: Vec<usize> = by_size[..spare].to_vec();
    let mut limit = [f64::INFINITY; RESOURCES];
    for &position in &spares {
        for (limit, amount) in limit.iter_mut().zip(amounts(capacity(position))) {
            *limit = limit.min(amount);
        }
    }
    // Hosts that machines are bound to come first, then those that are paid anyway, then the cheapest for their size.
    let mut order: Vec<usize> = (0..known).filter(|position| !spares.contains(position)).collect();
    let dearness =
        |position: usize| if share(position) > 0.0 { price(position) / share(position) } else { f64::INFINITY };
    order.sort_by(|&a, &b| {
        let paid = |position: usize| hosts[position].may_retire;
        bound(b)
            .cmp(&bound(a))
            .then(paid(a).cmp(&paid(b)))
            .then(dearness(a).total_cmp(&dearness(b)))
            .then(identity(a).cmp(&identity(b)))
    });
    let paid = order.iter().filter(|&&position| !hosts[position].may_retire).count();
    let spare_added = spares.iter().filter(|&&position| position >= known).count();
    order.extend((0..added - spare_added).map(|index| known + spare_added + index).take(1));
    let bins: Vec<BinKind> = order
        .iter()
        .map(|&position| {
            let mut capacity = amounts(capacity(position));
            capacity[STORAGE] = f64::INFINITY;
            for (resource, capacity) in capacity.iter_mut().enumerate().filter(|&(resource, _)| resource != STORAGE) {
                *capacity = capacity.min(limit[resource]);
            }
            BinKind { capacity, cost: price(position) }
        })
        .collect();
    let max_bins = hosts.len() + added - spare;
    let own_host = |position: usize| {
        let mut capacity = amounts(capacity(position));
        capacity[STORAGE] = 0.0;
        OwnHost { capacity, cost: price(position), must_stay: hosts.get(position).is_some_and(|host| !host.may_retire) }
    };
    // By identity: which of two equal ones comes first must not hang on the order of the problem.
    let mut by_identity: Vec<usize> = (0..known).collect();
    by_identity.sort_by_key(|&position| identity(position));
    let (own, own_added) = (by_identity.into_iter().map(own_host).collect(), own_host(known));
    HostSite {
        fixed: micros(place.fixed_cost),
        cell_cost: spares.iter().map(|&position| price(position)).sum(),
        sums: sums(&bins),
        bins,
        min_bins: paid.clamp(1, max_bins),
        max_bins,
        max_cells: 1,
        max_total: usize::MAX,
        spare,
        management: [0.0; RESOURCES],
        pool: vec![(*shared_storage).min(MOST << 8) as f64],
        order: Some(Box::new(ExistingOrder { spares, bins: order, hosts: own, added: own_added, max_added: added })),
    }
}
