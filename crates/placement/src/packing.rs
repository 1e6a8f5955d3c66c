//! A plan under construction: machines in bins, bins in cells, with room and money kept up to date.

use std::cell::Cell as Counter;

use super::RESOURCES;
use super::prepared::{Amounts, HostSite, Prepared, STORAGE, Site, fits};
use super::ruled::Tally;

/// Where a machine is: a bin, a place of instances, or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// Nowhere.
    Nowhere,
    /// An instance of this place.
    Instance(u32),
    /// This bin.
    Bin(u32),
}

/// A cell of bins: a cluster.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its place.
    pub site: u32,
    /// Its bins, in the order in which they were opened.
    pub bins: Vec<u32>,
    /// What is left of the whole cell, management machines and the pool of storage counted.
    free: Amounts,
}

impl Cell {
    /// What is left of the whole cell; not less than what is left in any bin.
    pub const fn room(&self) -> &Amounts {
        &self.free
    }
}

/// A bin: a host that carries machines.
#[derive(Clone, Debug)]
pub(super) struct Bin {
    /// Its cell.
    pub cell: u32,
    /// Which of the place's bins it is.
    pub kind: u32,
    /// What is left.
    pub free: Amounts,
    /// Its machines.
    pub members: Vec<u32>,
}

/// A plan under construction.
#[derive(Clone)]
pub(super) struct Packing<'a> {
    prepared: &'a Prepared,
    /// Every cell ever opened; those that were closed again have no bins.
    pub cells: Vec<Cell>,
    /// Every bin ever opened; those that were closed again are in no cell.
    pub bins: Vec<Bin>,
    /// The cells of each place.
    pub site_cells: Vec<Vec<u32>>,
    /// Where each machine is.
    pub at: Vec<Spot>,
    /// How many instances each place has.
    pub instances: Vec<usize>,
    /// Micro-units of money.
    pub cost: f64,
    /// Machines that are nowhere.
    pub unplaced: usize,
    /// Looks at a bin so far: the measure of work.
    pub looks: Counter<u64>,
    /// What constraints stand at.
    pub tally: Tally,
}

impl<'a> Packing<'a> {
    /// Nothing placed.
    pub fn new(prepared: &'a Prepared) -> Self {
        let sites = prepared.sites.len();
        Self {
            prepared,
            cells: Vec::new(),
            bins: Vec::new(),
            site_cells: vec![Vec::new(); sites],
            at: vec![Spot::Nowhere; prepared.machines()],
            instances: vec![0; sites],
            cost: prepared.constant,
            unplaced: prepared.machines(),
            looks: Counter::new(0),
            tally: Tally::new(&prepared.rules.list, sites),
        }
    }

    /// The problem that it answers.
    pub const fn prepared(&self) -> &'a Prepared {
        self.prepared
    }

    /// Whether machines may be put in this place without opening it.
    pub fn in_use(&self, site: usize) -> bool {
        matches!(self.prepared.sites[site], Site::Instances { .. }) || !self.site_cells[site].is_empty()
    }

    /// Opens so many bins of a place, cell by cell; fewer where it may not have so many.
    pub fn open_bins(&mut self, site: usize, wanted: usize) {
        let mut count = 0;
        while count < wanted {
            let Some(cell) = self.open_cell(site) else { return };
            count += self.cells[cell as usize].bins.len();
            while count < wanted && self.open_bin(cell).is_some() {
                count += 1;
            }
        }
    }

    /// Whether this is better than `other`: more machines placed, or as many at less cost.
    pub fn beats(&self, other: &Self) -> bool {
        (self.unplaced, self.cost) < (other.unplaced, other.cost)
    }

    /// The place a machine is in.
    pub fn site_of(&self, machine: usize) -> Option<usize> {
        match self.at[machine] {
            Spot::Nowhere => None,
            Spot::Instance(site) => Some(site as usize),
            Spot::Bin(bin) => Some(self.cells[self.bins[bin as usize].cell as usize].site as usize),
        }
    }

    pub(super) fn hosts(&self, site: usize) -> Option<&'a HostSite> {
        match &self.prepared.sites[site] {
            Site::Hosts(hosts) if hosts.max_bins > 0 => Some(hosts),
            _ => None,
        }
    }

    /// Where in this place the machine fits as it stands, without opening anything.
    pub fn room(&self, machine: usize, site: usize) -> Option<Spot> {
        if self.prepared.costs(machine)[site].is_infinite() {
            return None;
        }
        if self.prepared.rules.touches(machine) {
            return self.ruled_room(machine, site);
        }
        if let Site::Instances { limit } = self.prepared.sites[site] {
            return (self.instances[site] < limit).then_some(Spot::Instance(site as u32));
        }
        let demand = &self.prepared.demand[machine];
        for &cell in &self.site_cells[site] {
            let cell = &self.cells[cell as usize];
            if fits(demand, &cell.free) {
                let found = cell.bins.iter().position(|&bin| fits(demand, &self.bins[bin as usize].free));
                self.looks.set(self.looks.get() + found.map_or(cell.bins.len(), |position| position + 1) as u64);
                if let Some(position) = found {
                    return Some(Spot::Bin(cell.bins[position]));
                }
            }
        }
        None
    }

    /// Puts a machine that is nowhere there.
    pub fn put(&mut self, machine: usize, spot: Spot) {
        let site = match spot {
            Spot::Nowhere => return,
            Spot::Instance(site) => {
                self.instances[site as usize] += 1;
                site as usize
            }
            Spot::Bin(index) => {
                let bin = &mut self.bins[index as usize];
                let cell = &mut self.cells[bin.cell as usize];
                for (resource, amount) in self.prepared.demand[machine].iter().enumerate() {
                    bin.free[resource] -= amount;
                    cell.free[resource] -= amount;
                }
                bin.members.push(machine as u32);
                cell.site as usize
            }
        };
        self.at[machine] = spot;
        self.cost += self.prepared.costs(machine)[site];
        self.unplaced -= 1;
        if self.prepared.rules.touches(machine) {
            self.cost += self.count_in(machine, spot);
        }
    }

    /// Takes a machine from where it is, and returns where that was.
    pub fn take(&mut self, machine: usize) -> Spot {
        let spot = self.at[machine];
        let site = match spot {
            Spot::Nowhere => return spot,
            Spot::Instance(site) => {
                self.instances[site as usize] -= 1;
                site as usize
            }
            Spot::Bin(index) => {
                let bin = &mut self.bins[index as usize];
                let cell = &mut self.cells[bin.cell as usize];
                for (resource, amount) in self.prepared.demand[machine].iter().enumerate() {
                    bin.free[resource] += amount;
                    cell.free[resource] += amount;
                }
                if let Some(position) = bin.members.iter().position(|&member| member as usize == machine) {
                    bin.members.swap_remove(position);
                }
                cell.site as usize
            }
        };
        self.at[machine] = Spot::Nowhere;
        self.cost -= self.prepared.costs(machine)[site];
        self.unplaced += 1;
        if self.prepared.rules.touches(machine) {
            self.cost -= self.count_out(machine, spot);
        }
        spot
    }

    /// Opens bins, or a cell, until the machine fits in this place; undoes it and returns `None` where that cannot be.
    pub fn open(&mut self, machine: usize, site: usize) -> Option<Spot> {
        let hosts = self.hosts(site)?;
        if self.prepared.costs(machine)[site].is_infinite() {
            return None;
        }
        if self.prepared.rules.touches(machine) {
            return self.ruled_open(machine, site);
        }
        let demand = &self.prepared.demand[machine];
        for position in 0..self.site_cells[site].len() {
            let cell = self.site_cells[site][position];
            let before = self.cells[cell as usize].bins.len();
            while let Some(bin) = self.open_bin(cell) {
                if fits(demand, &self.bins[bin as usize].free) && fits(demand, &self.cells[cell as usize].free) {
                    return Some(Spot::Bin(bin));
                }
            }
            self.close_bins(cell, before);
        }
        if self.site_cells[site].len() >= hosts.max_cells {
            return None;
        }
        let cell = self.open_cell(site)?;
        loop {
            if fits(demand, &self.cells[cell as usize].free) {
                let bins = &self.cells[cell as usize].bins;
                if let Some(&bin) = bins.iter().find(|&&bin| fits(demand, &self.bins[bin as usize].free)) {
                    return Some(Spot::Bin(bin));
                }
            }
            if self.open_bin(cell).is_none() {
                self.close_cell(cell);
                return None;
            }
        }
    }

    fn hosts_open(&self, site: usize, spare: usize) -> usize {
        self.site_cells[site].iter().map(|&cell| self.cells[cell as usize].bins.len() + spare).sum()
    }

    /// Opens a cell with the fewest bins it may have.
    pub fn open_cell(&mut self, site: usize) -> Option<u32> {
        let hosts = self.hosts(site)?;
        let index = self.cells.len() as u32;
        let first = self.site_cells[site].is_empty();
        if self.hosts_open(site, hosts.spare) + hosts.spare + hosts.min_bins > hosts.max_total {
            return None;
        }
        let mut free = [0.0; RESOURCES];
        if first {
            self.cost += hosts.fixed;
            for (free, reserved) in free.iter_mut().zip(&hosts.management) {
                *free -= reserved;
            }
        }
        if !hosts.pool.is_empty() {
            free[STORAGE] += hosts.pool(0);
        }
        self.cost += hosts.cell_cost;
        self.cells.push(Cell { site: site as u32, bins: Vec::new(), free });
        self.site_cells[site].push(index);
        loop {
            let cell = &self.cells[index as usize];
            if cell.bins.len() >= hosts.min_bins && cell.free.iter().all(|&free| free >= 0.0) {
                return Some(index);
            }
            if self.open_bin(index).is_none() {
                self.close_cell(index);
                return None;
            }
        }
    }

    /// Opens a bin of a cell.
    pub fn open_bin(&mut self, cell: u32) -> Option<u32> {
        let site = self.cells[cell as usize].site as usize;
        let hosts = self.hosts(site)?;
        let count = self.cells[cell as usize].bins.len();
        if count >= hosts.max_bins || self.hosts_open(site, hosts.spare) >= hosts.max_total {
            return None;
        }
        let cell_bins = &self.cells[cell as usize].bins;
        // The first kind that is not open. Beyond the listed kinds all are alike.
        let kind = if hosts.bins.len() == 1 {
            count
        } else {
            let open = |kind: usize| cell_bins.iter().any(|&bin| self.bins[bin as usize].kind as usize == kind);
            (0..count).find(|&kind| !open(kind)).unwrap_or(count)
        };
        let bin = hosts.bin(kind);
        self.cost += bin.cost;
        let index = self.bins.len() as u32;
        self.bins.push(Bin { cell, kind: kind as u32, free: bin.capacity, members: Vec::new() });
        let cell = &mut self.cells[cell as usize];
        cell.bins.push(index);
        resize(cell, hosts, &bin.capacity, 1.0, count, count + 1);
        Some(index)
    }

    /// Closes the bins of a cell opened after the first `keep`, which must be empty.
    pub(super) fn close_bins(&mut self, cell: u32, keep: usize) {
        while self.cells[cell as usize].bins.len() > keep {
            let last = self.cells[cell as usize].bins.len() - 1;
            let bin = self.cells[cell as usize].bins[last];
            self.close_at(cell, last);
            if bin as usize + 1 == self.bins.len() {
                self.bins.pop();
            }
        }
    }

    fn close_at(&mut self, cell: u32, position: usize) {
        let site = self.cells[cell as usize].site as usize;
        let Some(hosts) = self.hosts(site) else { return };
        let cell = &mut self.cells[cell as usize];
        let count = cell.bins.len();
        let index = cell.bins.remove(position);
        let bin = hosts.bin(self.bins[index as usize].kind as usize);
        self.cost -= bin.cost;
        resize(cell, hosts, &bin.capacity, -1.0, count, count - 1);
    }

    /// Closes an empty bin where the cell can do without it.
    pub fn close_bin(&mut self, bin: u32) -> bool {
        let cell = self.bins[bin as usize].cell;
        let site = self.cells[cell as usize].site as usize;
        let Some(hosts) = self.hosts(site) else { return false };
        let count = self.cells[cell as usize].bins.len();
        if !self.bins[bin as usize].members.is_empty() || count <= hosts.min_bins {
            return false;
        }
        let Some(position) = self.cells[cell as usize].bins.iter().position(|&other| other == bin) else {
            return false;
        };
        let before = self.cells[cell as usize].free;
        self.close_at(cell, position);
        let cell = &mut self.cells[cell as usize];
        if cell.free.iter().all(|&free| free >= 0.0) {
            return true;
        }
        cell.bins.insert(position, bin);
        cell.free = before;
        self.cost += hosts.bin(self.bins[bin as usize].kind as usize).cost;
        false
    }

    /// Closes a cell whose bins are empty, unless it is the first of several: the management machines are there.
    pub fn close_cell(&mut self, cell: u32) -> bool {
        let site = self.cells[cell as usize].site as usize;
        let Some(hosts) = self.hosts(site) else { return false };
        let first = self.site_cells[site].first() == Some(&cell);
        let empty = self.cells[cell as usize].bins.iter().all(|&bin| self.bins[bin as usize].members.is_empty());
        if !empty || (first && self.site_cells[site].len() > 1) {
            return false;
        }
        self.close_bins(cell, 0);
        self.site_cells[site].retain(|&other| other != cell);
        self.cost -= hosts.cell_cost + if first { hosts.fixed } else { 0.0 };
        true
    }

    /// The bins that are open, in no order that means anything.
    pub fn open_bin_list(&self) -> Vec<u32> {
        let cells = self.site_cells.iter().flatten();
        cells.flat_map(|&cell| self.cells[cell as usize].bins.iter().copied()).collect()
    }

    /// The place of a bin.
    pub fn site_of_bin(&self, bin: u32) -> usize {
        self.cells[self.bins[bin as usize].cell as usize].site as usize
    }

    /// Whether a machine fits in this bin, and may go there.
    pub fn takes(&self, machine: usize, bin: u32) -> bool {
        let demand = &self.prepared.demand[machine];
        let open = &self.bins[bin as usize];
        fits(demand, &open.free)
            && fits(demand, &self.cells[open.cell as usize].free)
            && (!self.prepared.rules.touches(machine) || self.ruled_takes(machine, bin))
    }

    /// Lets an empty bin take nothing until it is unblocked with what this returns.
    pub fn block(&mut self, bin: u32) -> Amounts {
        std::mem::replace(&mut self.bins[bin as usize].free, [f64::NEG_INFINITY; RESOURCES])
    }

    /// Undoes [`Self::block`].
    pub fn unblock(&mut self, bin: u32, free: Amounts) {
        self.bins[bin as usize].free = free;
    }

    /// Opens a bin of its cell again that was closed, if it was.
    pub fn reopen(&mut self, bin: u32) {
        let cell = self.bins[bin as usize].cell;
        let Some(hosts) = self.hosts(self.cells[cell as usize].site as usize) else { return };
        let kind = hosts.bin(self.bins[bin as usize].kind as usize);
        let cell = &mut self.cells[cell as usize];
        if !cell.bins.contains(&bin) {
            let count = cell.bins.len();
            cell.bins.push(bin);
            resize(cell, hosts, &kind.capacity, 1.0, count, count + 1);
            self.cost += kind.cost;
        }
    }

    /// What the cell would save by closing this bin, were it empty; `None` where it cannot.
    pub fn saved_by_closing(&self, bin: u32) -> Option<f64> {
        let cell = &self.cells[self.bins[bin as usize].cell as usize];
        let hosts = self.hosts(cell.site as usize)?;
        (cell.bins.len() > hosts.min_bins).then(|| hosts.bin(self.bins[bin as usize].kind as usize).cost)
    }
}

/// Counts a bin in or out of a cell's room.
fn resize(cell: &mut Cell, hosts: &HostSite, capacity: &Amounts, sign: f64, before: usize, after: usize) {
    for (resource, free) in cell.free.iter_mut().enumerate() {
        if resource == STORAGE && !hosts.pool.is_empty() {
            *free += hosts.pool(after) - hosts.pool(before);
        } else {
            *free += sign * capacity[resource];
        }
    }
}
