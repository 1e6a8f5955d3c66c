//! What vSAN leaves of raw capacity, as a function of the number of hosts.
//!
//! Factors and fewest hosts (factor = stored ÷ data):
//!
//! | policy | OSA | ESA |
//! |---|---|---|
//! | RAID-1, one failure | 2.00 from 3 hosts | 2.00 from 3 hosts |
//! | RAID-5, one failure | 1.33 (3 data + 1 parity) from 4 | 1.50 (2 + 1) with 3 to 5, 1.25 (4 + 1) from 6 |
//! | RAID-1, two failures | 3.00 from 5 | 3.00 from 5 |
//! | RAID-6, two failures | 1.50 (4 + 2) from 6 | 1.50 (4 + 2) from 6 |
//! | RAID-1, three failures | 4.00 from 7 | 4.00 from 7 |
//!
//! Sources: OSA: Azure Migrate, assessment of Azure VMware Solution, 2024-08-07
//! (<https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/migrate/concepts-azure-vmware-solution-assessment-calculation.md>), the same fewest hosts in
//! the documentation of VMware Cloud on AWS; ESA parity: `fjacquet/vcf-sizer`, `src/engine/storage.ts`, read 2026-11-22. The factors are kept as fractions,
//! 4⁄3 and not 1.33. A service that sells clusters of two hosts runs the witness of RAID-1 itself, so that policy starts at two there.

use super::LARGEST;
use crate::engine::catalog::VsanArchitecture;
use crate::engine::model::{MiB, Policy, StoragePolicyChoice};

/// How data is protected in a cluster with a certain number of hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    /// The policy; never `Auto`.
    pub policy: StoragePolicyChoice,
    /// Parts stored …
    pub stored: u32,
    /// … for so many parts of data.
    pub data: u32,
}

impl Protection {
    /// Capacity taken by one unit of data, in hundredths, rounded: 133 for RAID-5 over four hosts.
    pub const fn factor_pct(self) -> u32 {
        (self.stored * 200 + self.data) / (self.data * 2)
    }

    /// Host failures after which all data is still there.
    pub const fn failures(self) -> u32 {
        match self.policy {
            StoragePolicyChoice::Auto | StoragePolicyChoice::Raid1Ftt1 | StoragePolicyChoice::Raid5Ftt1 => 1,
            StoragePolicyChoice::Raid1Ftt2 | StoragePolicyChoice::Raid6Ftt2 => 2,
            StoragePolicyChoice::Raid1Ftt3 => 3,
        }
    }

    /// The policy as people write it, with its layout where that is parity.
    pub fn name(self) -> String {
        let raid = match self.policy {
            StoragePolicyChoice::Raid5Ftt1 => "RAID-5",
            StoragePolicyChoice::Raid6Ftt2 => "RAID-6",
            _ => "RAID-1",
        };
        format!("{raid} FTT{}", self.failures())
    }
}

/// The policy that holds in a cluster of `hosts`, `None` where it needs more hosts. `smallest_sold` is the smallest cluster the service sells.
///
/// `Auto` is RAID-1 FTT1 below 4 hosts, RAID-5 FTT1 with 4 and 5, RAID-6 FTT2 from 6; on ESA RAID-5 already from 3. That is the default of VMware Cloud on
/// AWS as <https://jameskilby.co.uk/2025/05/vmc-quick-sizing-guide/> (2026-07-11) tabulates it and of IBM Cloud for Classic (RAID-5, RAID-6 from 6 hosts);
/// Azure VMware Solution asks for two failures above 6 hosts.
pub fn protection(
    choice: StoragePolicyChoice,
    architecture: VsanArchitecture,
    hosts: u32,
    smallest_sold: u32,
) -> Option<Protection> {
    use StoragePolicyChoice::{Auto, Raid1Ftt1, Raid1Ftt2, Raid1Ftt3, Raid5Ftt1, Raid6Ftt2};
    let policy = match (choice, architecture) {
        (Auto, _) if hosts >= 6 => Raid6Ftt2,
        (Auto, VsanArchitecture::Osa) if hosts >= 4 => Raid5Ftt1,
        (Auto, VsanArchitecture::Esa) if hosts >= 3 => Raid5Ftt1,
        (Auto, _) => Raid1Ftt1,
        (chosen, _) => chosen,
    };
    let (stored, data) = match (policy, architecture) {
        (Auto | Raid1Ftt1, _) => (2, 1),
        (Raid5Ftt1, VsanArchitecture::Osa) => (4, 3),
        (Raid5Ftt1, VsanArchitecture::Esa) if hosts >= 6 => (5, 4),
        (Raid5Ftt1, VsanArchitecture::Esa) => (3, 2),
        (Raid1Ftt2, _) => (3, 1),
        (Raid6Ftt2, _) => (6, 4),
        (Raid1Ftt3, _) => (4, 1),
    };
    (hosts >= minimum_hosts(policy, architecture, smallest_sold)).then_some(Protection { policy, stored, data })
}

/// Fewest hosts of a cluster under a policy; see the table of this module.
///
/// ```
/// use groundwork::engine::catalog::VsanArchitecture;
/// use groundwork::engine::model::StoragePolicyChoice;
/// use groundwork::engine::sizing::minimum_hosts;
///
/// let raid_5 = |architecture| minimum_hosts(StoragePolicyChoice::Raid5Ftt1, architecture, 2);
/// assert_eq!((raid_5(VsanArchitecture::Osa), raid_5(VsanArchitecture::Esa)), (4, 3));
/// ```
pub fn minimum_hosts(choice: StoragePolicyChoice, architecture: VsanArchitecture, smallest_sold: u32) -> u32 {
    match (choice, architecture) {
        (StoragePolicyChoice::Auto | StoragePolicyChoice::Raid1Ftt1, _) => smallest_sold.clamp(2, 3),
        (StoragePolicyChoice::Raid5Ftt1, VsanArchitecture::Esa) => 3,
        (StoragePolicyChoice::Raid5Ftt1, VsanArchitecture::Osa) => 4,
        (StoragePolicyChoice::Raid1Ftt2, _) => 5,
        (StoragePolicyChoice::Raid6Ftt2, _) => 6,
        (StoragePolicyChoice::Raid1Ftt3, _) => 7,
    }
}

/// Data that a cluster of `hosts` holds as the guests see it:
/// `hosts × raw ÷ factor × deduplication × (1 − slack)`, on ESA less its overheads (`esa_net`).
///
/// `raw_per_host` is the capacity tier of one host. Rounded down: a capacity is never rounded up.
pub fn usable_storage(
    raw_per_host: MiB,
    hosts: u32,
    protection: Protection,
    architecture: VsanArchitecture,
    slack_pct: u32,
    dedup_pct: u32,
) -> MiB {
    let raw = u128::from(raw_per_host.0.min(LARGEST)) * u128::from(hosts);
    let (stored, data) = (u128::from(protection.stored), u128::from(protection.data));
    // Data for each `stored × 10,000` of raw, so that there is one division and one rounding.
    let logical = match architecture {
        VsanArchitecture::Osa => data * u128::from(dedup_pct) * 100,
        VsanArchitecture::Esa => esa_net(stored, data, u128::from(dedup_pct)),
    };
    let usable = raw * logical * u128::from(100 - slack_pct.min(100)) / (stored * 1_000_000);
    MiB(usable.min(u128::from(LARGEST)) as u64)
}

/// Data that `stored × 10,000` of raw capacity of an ESA cluster holds before slack: `raw × (0.87 × D ÷ M − 0.10)`, with deduplication and compression `D`
/// and factor `M = stored ÷ data`. The log-structured file system takes 13 % of what is usable, metadata 10 % of raw.
///
/// Source: `fjacquet/vcf-sizer`, `src/engine/storage.ts`, read 2026-11-22. For VMware Cloud on AWS it is cautious: with RAID-6 it leaves 0.48 of raw, where
/// the usable storage published for i4i.metal (<https://jameskilby.co.uk/2025/05/vmc-quick-sizing-guide/>) is 0.51 of it.
fn esa_net(stored: u128, data: u128, dedup_pct: u128) -> u128 {
    (87 * dedup_pct * data).saturating_sub(1000 * stored)
}

/// [`usable_storage`] of a cluster of 0, 1, … `max_hosts` hosts under a policy; 0 where the policy needs more hosts.
pub fn usable_table(
    raw_per_host: MiB,
    max_hosts: u32,
    architecture: VsanArchitecture,
    policy: &Policy,
    smallest_sold: u32,
) -> Vec<u64> {
    (0..=max_hosts)
        .map(|hosts| {
            protection(policy.storage_policy, architecture, hosts, smallest_sold).map_or(0, |protection| {
                usable_storage(raw_per_host, hosts, protection, architecture, policy.slack_pct, policy.dedup_pct).0
            })
        })
        .collect()
}

/// How data is protected on each of two sites with `hosts` hosts each, beside the copy at the other site; `None` where the policy needs more hosts.
///
/// `Auto` adds nothing with one or two hosts a site, where the copy at the other site is the only one, and is that of a cluster of `hosts` hosts from three on.
/// Sources: VMware Cloud on AWS asks for 6 hosts (3 and 3) to keep failure tolerance within each site, and mirrors between sites only below that
/// (<https://blogs.vmware.com/cloud/?p=11524>, 2021).
pub fn site_protection(
    choice: StoragePolicyChoice,
    architecture: VsanArchitecture,
    hosts: u32,
) -> Option<SiteProtection> {
    match (choice, hosts) {
        (_, 0) => None,
        (StoragePolicyChoice::Auto, 1 | 2) => Some(SiteProtection::MirrorOnly),
        _ => protection(choice, architecture, hosts, SMALLEST_PROTECTED).map(SiteProtection::Within),
    }
}

/// Fewest hosts that protect data among themselves without a witness.
const SMALLEST_PROTECTED: u32 = 3;

/// How data is protected on each of two sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteProtection {
    /// The copy at the other site is the only one.
    MirrorOnly,
    /// As in a cluster of this site's hosts.
    Within(Protection),
}

impl SiteProtection {
    /// Parts stored on one site, for so many parts of data.
    const fn parts(self) -> Protection {
        match self {
            // One part stored for one of data: the policy has no name of its own.
            Self::MirrorOnly => Protection { policy: StoragePolicyChoice::Raid1Ftt1, stored: 1, data: 1 },
            Self::Within(protection) => protection,
        }
    }

    /// Capacity that one unit of data takes on both sites together, in hundredths.
    pub const fn factor_pct(self) -> u32 {
        self.parts().factor_pct() * 2
    }

    /// The policy as people write it.
    pub fn name(self) -> String {
        match self {
            Self::MirrorOnly => "a copy on each site".to_owned(),
            Self::Within(protection) => format!("a copy on each site, {} within", protection.name()),
        }
    }
}

/// Data that a cluster with 0, 1, … `max_hosts` hosts on each of two sites holds: what one site holds, since each has all of it.
///
/// The same as `fjacquet/vcf-sizer` reckons, which halves what all hosts hold.
pub fn mirrored_table(raw_per_host: MiB, max_hosts: u32, architecture: VsanArchitecture, policy: &Policy) -> Vec<u64> {
    (0..=max_hosts)
        .map(|hosts| {
            site_protection(policy.storage_policy, architecture, hosts).map_or(0, |protection| {
                let (slack, dedup) = (policy.slack_pct, policy.dedup_pct);
                usable_storage(raw_per_host, hosts, protection.parts(), architecture, slack, dedup).0
            })
        })
        .collect()
}

/// How full a cluster becomes when `leaving` of its `hosts` are evacuated: `use × n ÷ (n − leaving)`, in the unit of `used`, rounded up; `None` where no host
/// is left.
///
/// Source: <https://livevirtually.net/2018/06/05/what-capacity-utilization-will-i-have-after-i-evacuate-a-vsan-host/>: 70 % on four hosts become 93.3 %.
pub fn use_after_evacuation(used: u64, hosts: u32, leaving: u32) -> Option<u64> {
    let left = hosts.checked_sub(leaving).filter(|&left| left > 0)?;
    Some((u128::from(used) * u128::from(hosts)).div_ceil(u128::from(left)).min(u128::from(u64::MAX)) as u64)
}
