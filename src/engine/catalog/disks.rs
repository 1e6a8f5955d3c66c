//! Prices of disks beside instances.

use super::DiskPrice;
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
    /// Capacity is paid by the GiB begun, performance beyond what each disk includes by the unit. A size or a performance that one disk does not reach
    /// takes several disks of equal size, which are then striped.
    pub fn units(&self, size: MiB, iops: u32, mibps: u32) -> DiskUnits {
        let gib = size.0.div_ceil(1024);
        let most = |needed: u64, of_one: u32| needed.div_ceil(u64::from(of_one).max(1));
        let disks = most(gib, self.max_gib)
            .max(most(u64::from(iops), self.max_iops))
            .max(most(u64::from(mibps), self.max_mibps))
            .max(1);
        let extra =
            |needed: u32, included: u32| u64::from(needed).saturating_sub(disks.saturating_mul(u64::from(included)));
        DiskUnits {
            gib: gib.max(disks.saturating_mul(u64::from(self.min_gib))),
            extra_iops: extra(iops, self.included_iops),
            extra_mibps: extra(mibps, self.included_mibps),
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
    fn a_price_that_is_needed_and_not_known_makes_the_sum_unknown() {
        assert_eq!(gp3("").monthly(MiB::from_gib(1), 3001, 0), None);
        assert_eq!(gp3("").monthly(MiB::from_gib(1), 3000, 0).map(|money| money.to_string()), Some("0.08".to_owned()));
    }
}
