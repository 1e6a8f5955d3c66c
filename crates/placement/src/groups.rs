//! Machines that are much alike, taken together, so that prices can be tried a thousand times a second.

use super::RESOURCES;
use super::prepared::{Amounts, Prepared, Site};
use basics::random::Random;

/// Groups of machines with the sums of what they take and cost.
pub(super) struct Groups {
    /// Places with hosts, by their position in the problem: the columns of `cost`.
    pub sites: Vec<usize>,
    /// What each group takes.
    pub demand: Vec<Amounts>,
    /// What each group costs without any host: as instances, or left out.
    pub alone: Vec<f64>,
    /// What each group costs in each place with hosts; infinite where it may not go.
    pub cost: Vec<f64>,
}

/// Features by which machines are compared: the mix of resources, and what a machine costs alone for its size.
type Features = [f64; RESOURCES + 1];

/// How much more than the mix of resources it counts what a machine costs alone: that decides where it goes.
const WORTH: f64 = 3.0;

impl Groups {
    /// Every machine by itself.
    pub fn single(prepared: &Prepared) -> Self {
        Self::new(prepared, (0..prepared.machines()).map(|machine| [machine]))
    }

    /// About `wanted` groups. Machines of a group may go to the same places, and take and cost about the same in proportion: prices then move them
    /// together whatever their size.
    pub fn alike(prepared: &Prepared, wanted: usize) -> Self {
        if prepared.machines() <= wanted {
            return Self::single(prepared);
        }
        let features = features(prepared);
        let masks: Vec<u64> = (0..prepared.machines()).map(|machine| mask(prepared, machine)).collect();
        let mut order: Vec<usize> = (0..prepared.machines()).collect();
        order.sort_by_key(|&machine| (masks[machine], machine));
        let most = prepared.machines().div_ceil(wanted).max(1);
        let mut groups: Vec<&[usize]> = Vec::new();
        for same in order.chunk_by_mut(|&a, &b| masks[a] == masks[b]) {
            split(same, &features, most, &mut groups);
        }
        Self::new(prepared, groups)
    }

    fn new(prepared: &Prepared, groups: impl IntoIterator<Item = impl AsRef<[usize]>>) -> Self {
        let sites: Vec<usize> = (0..prepared.sites.len())
            .filter(|&site| matches!(&prepared.sites[site], Site::Hosts(hosts) if hosts.max_bins > 0))
            .collect();
        let (mut demand, mut alone, mut cost) = (Vec::new(), Vec::new(), Vec::new());
        let total = total(prepared);
        let size = |machine: usize| -> f64 {
            prepared.demand[machine].iter().zip(&total).map(|(amount, total)| amount / total).sum()
        };
        let mut chosen = Random::new(0);
        for group in groups {
            // One machine stands for all of its group: a mean would be content with one place where its members want different ones.
            let group = group.as_ref();
            let machine = group[chosen.below(group.len())];
            let weight = group.iter().map(|&member| size(member)).sum::<f64>() / size(machine).max(1e-12);
            let weight = if group.len() == 1 { 1.0 } else { weight };
            demand.push(prepared.demand[machine].map(|amount| amount * weight));
            alone.push(prepared.alone(machine) * weight);
            cost.extend(sites.iter().map(|&site| prepared.relaxed(machine)[site] * weight));
        }
        Self { sites, demand, alone, cost }
    }
}

/// Which places a machine may go to, folded into one number.
fn mask(prepared: &Prepared, machine: usize) -> u64 {
    prepared.costs(machine).iter().fold(0, |mask: u64, cost| mask.rotate_left(1) ^ u64::from(cost.is_finite()))
}

/// What all machines take, at least 1 of each resource.
fn total(prepared: &Prepared) -> Amounts {
    let mut total = [1.0; RESOURCES];
    for demand in &prepared.demand {
        for (total, amount) in total.iter_mut().zip(demand) {
            *total += amount;
        }
    }
    total
}

fn features(prepared: &Prepared) -> Vec<Features> {
    let total = total(prepared);
    let all_alone: f64 = (0..prepared.machines()).map(|machine| prepared.alone(machine)).sum();
    let feature = |machine: usize| -> Features {
        let shares: Amounts = std::array::from_fn(|resource| prepared.demand[machine][resource] / total[resource]);
        let size = shares.iter().sum::<f64>().max(1e-12);
        let worth = prepared.alone(machine) / all_alone.max(1.0);
        std::array::from_fn(
            |index| if index < RESOURCES { shares[index] / size } else { WORTH * worth / (worth + size) },
        )
    };
    (0..prepared.machines()).map(feature).collect()
}

/// Halves `machines` by the feature that varies most until parts have at most `most`.
fn split<'a>(machines: &'a mut [usize], features: &[Features], most: usize, groups: &mut Vec<&'a [usize]>) {
    if machines.len() <= most {
        groups.push(machines);
        return;
    }
    let spread = |feature: usize| {
        let values = machines.iter().map(|&machine| features[machine][feature]);
        let (sum, squares) = values.fold((0.0, 0.0), |(sum, squares), value| (sum + value, squares + value * value));
        squares - sum * sum / machines.len() as f64
    };
    let widest = (0..=RESOURCES)
        .map(|feature| (spread(feature), feature))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let feature = widest.map_or(0, |(_, feature)| feature);
    let middle = machines.len() / 2;
    machines
        .select_nth_unstable_by(middle, |&a, &b| features[a][feature].total_cmp(&features[b][feature]).then(a.cmp(&b)));
    let (low, high) = machines.split_at_mut(middle);
    split(low, features, most, groups);
    split(high, features, most, groups);
}
