//! Carrying the data of machines that move: what leaving costs, and a link for as long as it takes.

use std::collections::BTreeMap;

use super::{Beside, Draft, region_of};
use crate::engine::catalog::{Destination, PriceStatus, Region};
use crate::engine::cost::Tariff;
use crate::engine::cost::rate::{HOURS_PER_MONTH, known, source_of};
use crate::engine::cost::{LineKind, Nature, Unit};
use crate::engine::model::{ClusterId, FootprintId, LeavingCharge, Money, RegionId, Transfer};
use crate::engine::sizing::STORAGE;
use crate::engine::sizing::text::{count, decimal};

/// Data that goes from a cluster to a place.
struct Way {
    to: Option<FootprintId>,
    cluster: ClusterId,
    gib: u64,
}

impl Beside<'_> {
    /// Adds the lines of the data that moves.
    pub(super) fn transfer(&mut self) {
        let ways = self.ways();
        let gib: u64 = ways.iter().map(|way| way.gib).sum();
        let mut free: BTreeMap<Option<FootprintId>, u64> = BTreeMap::new();
        let mut left: BTreeMap<(RegionId, bool), u64> = BTreeMap::new();
        for way in ways {
            let mut leaving = self.finance().transfer.iter().flat_map(|transfer| &transfer.leaving);
            let charge = leaving.find(|leaving| leaving.cluster == way.cluster).map(|found| found.charge.clone());
            match charge {
                None => *free.entry(way.to).or_default() += way.gib,
                Some(LeavingCharge::PerGib(each)) => {
                    let source = "Assumptions: what a GiB costs that leaves the cluster".to_owned();
                    self.moved_data(way.to, "", way.gib, (each, PriceStatus::Assumed, source));
                }
                Some(LeavingCharge::Region(region)) => self.out_of(&region, &way, &mut left),
            }
        }
        for (to, gib) in free {
            let source = "Assumptions: nothing is charged for what leaves one's own sites, and by clouds for what comes in; GiB are the storage that is planned with";
            self.moved_data(to, "", gib, (Money::ZERO, PriceStatus::Assumed, source.to_owned()));
        }
        self.link(gib);
    }

    /// Whole GiB by cluster and place, in their order.
    fn ways(&self) -> Vec<Way> {
        let planned = self.planned;
        let mut mib: BTreeMap<(u32, ClusterId), u64> = BTreeMap::new();
        for one in &planned.plan.assignments {
            let Ok(found) = planned.loads.binary_search_by_key(&one.machine, |load| load.machine) else { continue };
            let load = &planned.loads[found];
            if planned.tariffs.get(one.place as usize).is_some_and(|tariff| tariff.moves(load)) {
                *mib.entry((one.place, load.cluster)).or_default() += load.demand[STORAGE];
            }
        }
        let ways = mib.into_iter().filter(|&(_, mib)| mib > 0).map(|((place, cluster), mib)| Way {
            to: planned.tariffs.get(place as usize).and_then(Tariff::footprint),
            cluster,
            gib: mib.div_ceil(1024),
        });
        ways.collect()
    }

    /// A line for each tier that is reached of what a region charges for data that leaves it. What went before counts towards the tiers.
    fn out_of(&mut self, from: &RegionId, way: &Way, left: &mut BTreeMap<(RegionId, bool), u64>) {
        let planned = self.planned;
        let to = region_of(planned.scenario, way.to);
        if to == Some(from) {
            let source = format!("Assumptions: data stays in {from}");
            return self.moved_data(way.to, "", way.gib, (Money::ZERO, PriceStatus::Assumed, source));
        }
        let within = to.is_some_and(|to| Region::provider_of(to) == Region::provider_of(from));
        let before = left.entry((from.clone(), within)).or_default();
        let (begin, end) = (*before, before.saturating_add(way.gib));
        *before = end;
        let destination = if within { Destination::Region } else { Destination::Internet };
        let tiers = planned.catalog.extras.egress(from, destination);
        if tiers.is_empty() {
            self.not_priced.push(format!("Data that leaves {from} has no public price: moving it is not priced."));
        }
        let assumptions = &planned.scenario.assumptions;
        for (index, tier) in tiers.iter().enumerate() {
            let until = tiers.get(index + 1).map_or(u64::MAX, |next| next.from_gib);
            let gib = end.min(until).saturating_sub(begin.max(tier.from_gib));
            if gib == 0 {
                continue;
            }
            let price = known(&tier.per_gib).and_then(|each| assumptions.exchange(each, tier.per_gib.currency));
            let Some(price) = price else {
                self.not_priced.push(format!("Data that leaves {from} has no public price: moving it is not priced."));
                continue;
            };
            let source = source_of(planned.catalog, &tier.per_gib, "as if all left in one month", assumptions);
            let what = format!(", out of {from} from {} GiB on", tier.from_gib);
            self.moved_data(way.to, &what, gib, (price, tier.per_gib.status, source));
        }
    }

    fn moved_data(
        &mut self,
        to: Option<FootprintId>,
        what: &str,
        gib: u64,
        (each, status, source): (Money, PriceStatus, String),
    ) {
        self.add(Draft {
            footprint: to,
            kind: LineKind::Migration,
            nature: Nature::Migration,
            label: format!("Data of machines that move{what}"),
            quantity: gib,
            unit: Unit::TrafficGib,
            unit_price: each,
            status,
            source,
            months: 1,
        });
    }

    /// The link for as long as so much data takes, in whole months.
    fn link(&mut self, gib: u64) {
        let Transfer { link_mbps, link_use_pct, link_month, .. } = self.finance().transfer.clone().unwrap_or_default();
        if gib == 0 {
            return;
        }
        if link_mbps == 0 {
            self.not_priced.push("A link to move data over, and how long that takes, are not priced.".to_owned());
            return;
        }
        let seconds = seconds_of(gib, link_mbps, link_use_pct);
        let days = decimal(u64::try_from(seconds).unwrap_or(u64::MAX), 86_400, 1);
        let months = u64::try_from(seconds.div_ceil(u128::from(HOURS_PER_MONTH) * 3600)).unwrap_or(u64::MAX).max(1);
        self.add(Draft {
            footprint: None,
            kind: LineKind::Migration,
            nature: Nature::Migration,
            label: "Link to move data over".to_owned(),
            quantity: months,
            unit: Unit::Month,
            unit_price: link_month,
            status: PriceStatus::Assumed,
            source: format!(
                "Assumptions: {} GiB over {} Mbit/s × {link_use_pct} % take {days} days, so {}",
                decimal(gib, 1, 0),
                decimal(u64::from(link_mbps), 1, 0),
                count(months, "month", "months")
            ),
            months: 1,
        });
    }
}

/// Seconds that data takes over a link: bits ÷ (bits a second × used share), as AWS has it
/// (<https://docs.aws.amazon.com/datasync/latest/userguide/datasync-large-migration-timelines.html>, read 2026-11-27), all day long.
fn seconds_of(gib: u64, mbps: u32, use_pct: u32) -> u128 {
    let bits = u128::from(gib) * (1 << 30) * 8;
    (bits * 100).div_ceil(u128::from(mbps.max(1)) * 1_000_000 * u128::from(use_pct.max(1)))
}

#[cfg(test)]
mod tests {
    use super::seconds_of;

    #[test]
    fn data_takes_its_bits_over_the_link() {
        // 20 TiB are 175,921,860,444,160 bits; over 150 Mbit/s 1,172,813 seconds, and 1,466,016 at 80 per cent.
        assert_eq!(seconds_of(20 * 1024, 150, 100), 1_172_813);
        assert_eq!(seconds_of(20 * 1024, 150, 80), 1_466_016);
        assert!(seconds_of(u64::MAX, 0, 0) > 0);
    }
}
