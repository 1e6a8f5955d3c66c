//! What each disk of a machine asks for.

use super::demand::per_tib;
use super::{Demand, IOPS, STORAGE};
use crate::engine::model::{Machine, MiB, Policy};

/// What one disk asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskNeed {
    /// Its size.
    pub size: MiB,
    /// Operations per second.
    pub iops: u32,
    /// Throughput in MiB/s.
    pub mibps: u32,
}

/// What the disks of a machine ask for, in the order of the inventory, the one that it starts from first.
///
/// How much storage counts is a matter of the policy's measure, or of what was typed; how large each disk is of all of them is what the inventory says. So
/// each gets its share by capacity, and so do operations per second and throughput; shares are rounded up. A machine whose disks are not known has one.
pub fn disk_needs(machine: &Machine, demand: &Demand, policy: &Policy) -> Vec<DiskNeed> {
    let (storage, iops) = (demand.resources[STORAGE], demand.resources[IOPS]);
    let mibps = per_tib(MiB(storage), policy.mibps_per_tib);
    let all: u128 = machine.disks.iter().map(|disk| u128::from(disk.capacity.0)).sum();
    let part = |amount: u64, of: u64| {
        u64::try_from((u128::from(amount) * u128::from(of)).div_ceil(all.max(1))).unwrap_or(u64::MAX)
    };
    let narrow = |amount: u64| u32::try_from(amount).unwrap_or(u32::MAX);
    let share = |of: u64| DiskNeed {
        size: MiB(part(storage, of)),
        iops: narrow(part(iops, of)),
        mibps: narrow(part(mibps, of)),
    };
    if all == 0 {
        return vec![DiskNeed { size: MiB(storage), iops: narrow(iops), mibps: narrow(mibps) }];
    }
    machine.disks.iter().map(|disk| disk.capacity.0).filter(|&capacity| capacity > 0).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Disk, Storage, StorageMeasure};
    use crate::engine::sizing::demand;

    fn machine(gib: &[u64]) -> Machine {
        let disk = |&gib: &u64| Disk { capacity: MiB::from_gib(gib), ..Disk::default() };
        let all = gib.iter().sum();
        let storage =
            Storage { in_use: Some(MiB::from_gib(50)), disk_capacity: Some(MiB::from_gib(all)), ..Storage::default() };
        Machine { disks: gib.iter().map(disk).collect(), storage, ..Machine::default() }
    }

    fn needs(machine: &Machine, policy: &Policy) -> Vec<(u64, u32, u32)> {
        let needs = disk_needs(machine, &demand(machine, None, policy, None), policy);
        needs.into_iter().map(|need| (need.size.0, need.iops, need.mibps)).collect()
    }

    #[test]
    fn disks_share_what_counts_by_their_capacity() {
        let whole = Policy { storage_measure: StorageMeasure::DiskCapacity, ..Policy::default() };
        assert_eq!(needs(&machine(&[40, 160]), &whole), [(40 * 1024, 0, 0), (160 * 1024, 0, 0)]);
        // 50 GiB in use of 200: a quarter of each.
        assert_eq!(needs(&machine(&[40, 160]), &Policy::default()), [(10 * 1024, 0, 0), (40 * 1024, 0, 0)]);
        // Without disks there is one of what is in use; a disk of nothing is none.
        assert_eq!(needs(&machine(&[]), &Policy::default()), [(50 * 1024, 0, 0)]);
        assert_eq!(needs(&machine(&[0, 200]), &whole), [(200 * 1024, 0, 0)]);
    }

    #[test]
    fn what_is_assumed_for_each_tib_is_shared_too_and_what_was_measured_goes_before_it() {
        let policy = Policy {
            storage_measure: StorageMeasure::DiskCapacity,
            iops_per_tib: 1_000,
            mibps_per_tib: 100,
            ..Policy::default()
        };
        // 200 GiB: 1,000 × 200 ÷ 1,024 = 195.3, so 196 operations; 100 × 200 ÷ 1,024 = 19.5, so 20 MiB/s. A fifth and four fifths, rounded up.
        assert_eq!(needs(&machine(&[40, 160]), &policy), [(40 * 1024, 40, 4), (160 * 1024, 157, 16)]);
        let measured = Machine { iops: Some(10), ..machine(&[40, 160]) };
        assert_eq!(needs(&measured, &policy), [(40 * 1024, 2, 4), (160 * 1024, 8, 16)]);
    }
}
