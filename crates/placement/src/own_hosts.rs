//! Which existing hosts to keep and how many to add at given prices, as the proof counts it: the most valuable of those kept, as many as may fail, give
//! nothing.

use super::RESOURCES;
use super::prepared::{Amounts, ExistingOrder, OwnHost, STORAGE};
use super::relaxation::dot;

/// A cluster of existing hosts with a window for the number of those that are up.
pub(super) struct Own<'a> {
    /// The hosts.
    pub order: &'a ExistingOrder,
    /// How many may fail.
    pub spare: usize,
    /// Fewest and most hosts that are up.
    pub hosts: (usize, usize),
    /// Cost of using the cluster at all.
    pub fixed: f64,
    /// Storage of the whole cluster.
    pub storage: f64,
    /// Whether it may be left unused.
    pub may_close: bool,
}

impl Own<'_> {
    /// The least that the cluster comes to at these prices, and what it gives then.
    pub fn least(&self, prices: &Amounts) -> (f64, Amounts) {
        let added = &self.order.added;
        let listed = self.order.max_added.min(self.spare);
        let mut all: Vec<(f64, &OwnHost)> = (self.order.hosts.iter())
            .chain(std::iter::repeat_n(added, listed))
            .map(|host| (dot(&host.capacity, prices), host))
            .collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let width = all.len() + 1;
        // `least[kept]`, going from the most valuable host down; `taken` tells for each step whether the host is among the kept.
        let mut least = vec![f64::INFINITY; width];
        let mut taken = vec![false; width * all.len()];
        least[0] = 0.0;
        for (seen, &(worth, host)) in all.iter().enumerate() {
            for kept in (0..=seen + 1).rev() {
                let left = if host.must_stay { f64::INFINITY } else { least[kept] };
                let gives = if kept > self.spare { worth } else { 0.0 };
                let with = if kept > 0 { least[kept - 1] + host.cost - gives } else { f64::INFINITY };
                taken[seen * width + kept] = with < left;
                least[kept] = with.min(left);
            }
        }
        let rest = self.order.max_added - listed;
        let each = added.cost - dot(&added.capacity, prices);
        let mut best = (f64::INFINITY, 0, 0);
        for (kept, &sum) in least.iter().enumerate() {
            let (fewest, most) = (self.hosts.0.saturating_sub(kept), self.hosts.1.saturating_sub(kept).min(rest));
            let further = if each < 0.0 { most } else { fewest };
            let total = sum + each * further as f64;
            if kept <= self.hosts.1 && fewest <= most && total < best.0 {
                best = (total, kept, further);
            }
        }
        let (sum, mut kept, further) = best;
        let value = sum + self.fixed - self.storage * prices[STORAGE];
        if self.may_close && value >= 0.0 {
            return (0.0, [0.0; RESOURCES]);
        }
        let mut capacity: Amounts = added.capacity.map(|amount| amount * further as f64);
        capacity[STORAGE] = self.storage;
        for (seen, &(_, host)) in all.iter().enumerate().rev() {
            if taken[seen * width + kept] {
                if kept > self.spare {
                    for (capacity, amount) in capacity.iter_mut().zip(&host.capacity) {
                        *capacity += amount;
                    }
                }
                kept -= 1;
            }
        }
        (value, capacity)
    }
}
