//! Prices of disks beside instances.

use super::{DiskPrice, DiskScaling};
use crate::engine::model::{MiB, Money};

/// What is paid for in a disk, or in the disks that stand in for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskUnits {
    /// GiB, each one begun.
    pub gib: u64,
    /// Operations per second beyond those included.
    pub extra_iops: u64,
    /// MiB/s beyond those included.
    pub extra_mibps: u64,
}

impl DiskPrice {
    /// What is paid for in a disk of `size` with `iops` operations per second and `mibps` of throughput.
    ///
    /// Capacity is paid by the GiB begun, performance beyond what each disk includes by the unit. Where performance comes with size, the disk is made as
    /// large as what is asked takes. A size or a performance that one disk does not reach takes several disks of equal size, which are then striped.
    pub fn units(&self, size: MiB, iops: u32, mibps: u32) -> DiskUnits {
        let asked = self.scaling.asked(iops, mibps);
        let disks = most(asked.iops, self.max_iops).max(most(asked.mibps, self.max_mibps)).max(1);
        let included = |disks: u64| Asked {
            iops: disks.saturating_mul(u64::from(self.included_iops)),
            mibps: disks.saturating_mul(u64::from(self.included_mibps)),
        };
        let gib = size.0.div_ceil(1024).max(self.scaling.least_gib(asked, included(disks)));
        let disks = disks.max(most(gib, self.max_gib));
        let gib = gib.max(disks.saturating_mul(u64::from(self.min_gib)));
        let included = included(disks);
        DiskUnits {
            gib,
            extra_iops: asked.iops.saturating_sub(with_size(included.iops, gib, self.scaling.milli_iops_per_gib)),
            extra_mibps: asked.mibps.saturating_sub(with_size(included.mibps, gib, self.scaling.milli_mibps_per_gib)),
        }
    }

    /// What [`Self::units`] cost for one month. `None` where a price that is needed has to be asked for.
    pub fn monthly(&self, size: MiB, iops: u32, mibps: u32) -> Option<Money> {
        let units = self.units(size, iops, mibps);
        let charge = |price: &super::Price, units: u64| {
            if units == 0 { Some(Money::ZERO) } else { price.amount.map(|amount| amount.times(units)) }
        };
        Some(
            charge(&self.per_gib_month, units.gib)?
                + charge(&self.per_iops_month, units.extra_iops)?
                + charge(&self.per_mibps_month, units.extra_mibps)?,
        )
    }
}

/// Performance that is asked of disks, or that they include.
#[derive(Clone, Copy)]
struct Asked {
    iops: u64,
    mibps: u64,
}

impl DiskScaling {
    /// What is asked, with the operations that the throughput takes.
    fn asked(self, iops: u32, mibps: u32) -> Asked {
        let for_mibps = match self.milli_mibps_per_iops {
            0 => 0,
            each => (u64::from(mibps) * 1000).div_ceil(u64::from(each)),
        };
        Asked { iops: u64::from(iops).max(for_mibps), mibps: u64::from(mibps) }
    }

    /// The GiB that give what is asked, beyond what disks include at any size.
    fn least_gib(self, asked: Asked, included: Asked) -> u64 {
        let (iops, mibps) = (asked.iops.saturating_sub(included.iops), asked.mibps.saturating_sub(included.mibps));
        let by_size = |beyond: u64, milli: u32| if milli == 0 { 0 } else { (beyond * 1000).div_ceil(u64::from(milli)) };
        let allowed = if iops == 0 || self.max_iops_per_gib == 0 { 0 } else { most(asked.iops, self.max_iops_per_gib) };
        by_size(iops, self.milli_iops_per_gib).max(by_size(mibps, self.milli_mibps_per_gib)).max(allowed)
    }
}

/// How many of so many each `needed` takes.
fn most(needed: u64, of_one: u32) -> u64 {
    let of_one = u64::from(of_one).max(1);
    // Nearly always one is enough, and a division costs many times a comparison.
    if needed <= of_one { u64::from(needed > 0) } else { needed.div_ceil(of_one) }
}

/// What is included, with what comes with each of `gib`, in thousandths.
fn with_size(included: u64, gib: u64, milli_per_gib: u32) -> u64 {
    included.saturating_add(gib.saturating_mul(u64::from(milli_per_gib)) / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::{Price, PriceStatus};
    use crate::engine::model::{Currency, RegionId};

    fn price(text: &str) -> Price {
        let amount = text.parse().ok();
        let status = if amount.is_some() { PriceStatus::Listed } else { PriceStatus::Ask };
        Price { amount, currency: Currency::Usd, status, source: Some(0), note: String::new() }
    }

    fn gp3(iops: &str) -> DiskPrice {
        DiskPrice {
            region: RegionId::from("aws/us-east-1"),
            kind: "gp3".to_owned(),
            per_gib_month: price("0.08"),
            included_iops: 3000,
            per_iops_month: price(iops),
            included_mibps: 125,
            per_mibps_month: price("0.04"),
            min_gib: 1,
            max_gib: 16_384,
            max_iops: 16_000,
            max_mibps: 1000,
            scaling: DiskScaling { max_iops_per_gib: 500, milli_mibps_per_iops: 250, ..DiskScaling::default() },
        }
    }

    #[track_caller]
    fn check(gib: u64, iops: u32, mibps: u32, expected: &str) {
        let monthly = gp3("0.005").monthly(MiB::from_gib(gib), iops, mibps).expect("priced");
        assert_eq!(monthly.to_string(), expected, "{gib} GiB, {iops} IOPS, {mibps} MiB/s");
    }

    #[test]
    fn capacity_is_paid_by_the_gib_and_performance_beyond_what_is_included() {
        check(100, 0, 0, "8");
        check(100, 3000, 125, "8");
        check(100, 4000, 0, "13"); // 8 + 1,000 × 0.005
        check(100, 4000, 225, "17"); // 13 + 100 × 0.04
        check(0, 0, 0, "0.08"); // no disk is smaller than 1 GiB
    }

    #[test]
    fn what_one_disk_does_not_reach_takes_several() {
        check(16_384, 6000, 0, "1325.72"); // one disk: 16,384 × 0.08 + 3,000 × 0.005
        check(16_385, 6000, 0, "1310.8"); // two disks include 6,000 IOPS
        check(100, 20_000, 0, "78"); // two disks: 8 + 14,000 × 0.005
    }

    #[test]
    fn operations_and_throughput_take_size_and_each_other() {
        check(1, 4000, 0, "5.64"); // 4,000 ÷ 500 = 8 GiB: 0.64 + 1,000 × 0.005
        check(100, 0, 1000, "48"); // 1,000 MiB/s take 4,000 operations: 8 + 1,000 × 0.005 + 875 × 0.04
    }

    /// Hard disks of 0.045 a GiB, whose performance comes with their size alone.
    #[test]
    fn a_disk_is_made_as_large_as_what_is_asked_takes() {
        let scaling = DiskScaling { milli_iops_per_gib: 39, milli_mibps_per_gib: 39, ..DiskScaling::default() };
        let st1 = DiskPrice {
            per_gib_month: price("0.045"),
            per_mibps_month: price(""),
            min_gib: 125,
            max_iops: 500,
            max_mibps: 500,
            included_iops: 0,
            included_mibps: 0,
            scaling,
            ..gp3("")
        };
        let gib = |size, iops, mibps| st1.units(MiB::from_gib(size), iops, mibps);
        assert_eq!(gib(100, 0, 0), DiskUnits { gib: 125, extra_iops: 0, extra_mibps: 0 });
        assert_eq!(gib(100, 0, 40), DiskUnits { gib: 1026, extra_iops: 0, extra_mibps: 0 }); // 40 ÷ 0.039 = 1,025.6
        assert_eq!(gib(2000, 20, 40).gib, 2000);
        assert_eq!(gib(100, 0, 600).gib, 15_385); // two disks: 600 ÷ 0.039
        assert_eq!(st1.monthly(MiB::from_gib(100), 0, 40).map(|money| money.to_string()), Some("46.17".to_owned()));
    }

    #[test]
    fn a_price_that_is_needed_and_not_known_makes_the_sum_unknown() {
        assert_eq!(gp3("").monthly(MiB::from_gib(1), 3001, 0), None);
        assert_eq!(gp3("").monthly(MiB::from_gib(1), 3000, 0).map(|money| money.to_string()), Some("0.08".to_owned()));
    }
}
