//! Sizing against figures that others published: each test names its source.
#![cfg(not(target_arch = "wasm32"))]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::path::Path;

use groundwork::engine::catalog::VsanArchitecture::{self, Esa, Osa};
use groundwork::engine::model::StoragePolicyChoice::{Auto, Raid1Ftt1, Raid1Ftt2, Raid1Ftt3, Raid5Ftt1, Raid6Ftt2};
use groundwork::engine::model::{MHz, MiB, Policy, PolicyOverride, StoragePolicyChoice};
use groundwork::engine::placement::Resources;
use groundwork::engine::sizing::{
    CPU, MEMORY, Protection, host_capacity, minimum_hosts, pooled_hosts, protection, usable_storage, usable_table,
    use_after_evacuation,
};
use proptest::prelude::*;

const CHOICES: [StoragePolicyChoice; 6] = [Auto, Raid1Ftt1, Raid5Ftt1, Raid1Ftt2, Raid6Ftt2, Raid1Ftt3];

/// Hosts, usable MiB, and the policy as the table names it.
type Row = (u32, u64, String);

/// True where `value` is within `ppm` millionths of `expected`.
fn near(value: u64, expected: u64, ppm: u64) -> bool {
    u128::from(value.abs_diff(expected)) * 1_000_000 <= u128::from(expected) * u128::from(ppm)
}

#[track_caller]
fn check_factor(choice: StoragePolicyChoice, architecture: VsanArchitecture, hosts: u32, expected_pct: Option<u32>) {
    let factor = protection(choice, architecture, hosts, 3).map(Protection::factor_pct);
    assert_eq!(factor, expected_pct, "{choice:?} on {hosts} hosts, {architecture:?}");
}

#[test]
fn factors_and_fewest_hosts_are_those_of_the_avs_assessment() {
    // https://github.com/MicrosoftDocs/azure-docs, concepts-azure-vmware-solution-assessment-calculation.md, 2024-08-07:
    // RAID-1 FTT1 3 hosts 2.0; RAID-5 4, 1.3333; RAID-1 FTT2 5, 3.0; RAID-6 6, 1.5; RAID-1 FTT3 7, 4.0.
    for (choice, fewest, factor) in
        [(Raid1Ftt1, 3, 200), (Raid5Ftt1, 4, 133), (Raid1Ftt2, 5, 300), (Raid6Ftt2, 6, 150), (Raid1Ftt3, 7, 400)]
    {
        check_factor(choice, Osa, fewest - 1, None);
        check_factor(choice, Osa, fewest, Some(factor));
        check_factor(choice, Osa, 16, Some(factor));
    }
}

#[test]
fn esa_parity_depends_on_the_number_of_hosts() {
    // fjacquet/vcf-sizer, src/engine/storage.ts: RAID-5 is 2+1 with 3 to 5 hosts and 4+1 from 6; RAID-6 is 4+2 from 6.
    for (hosts, raid5, raid6) in [
        (2, None, None),
        (3, Some(150), None),
        (5, Some(150), None),
        (6, Some(125), Some(150)),
        (16, Some(125), Some(150)),
    ] {
        check_factor(Raid5Ftt1, Esa, hosts, raid5);
        check_factor(Raid6Ftt2, Esa, hosts, raid6);
    }
}

#[test]
fn auto_follows_the_service_levels() {
    for (architecture, hosts, name) in [
        (Osa, 3, "RAID-1 FTT1"),
        (Osa, 4, "RAID-5 FTT1"),
        (Osa, 5, "RAID-5 FTT1"),
        (Osa, 6, "RAID-6 FTT2"),
        (Osa, 16, "RAID-6 FTT2"),
        (Esa, 3, "RAID-5 FTT1"),
        (Esa, 5, "RAID-5 FTT1"),
        (Esa, 6, "RAID-6 FTT2"),
    ] {
        let found = protection(Auto, architecture, hosts, 3).map(Protection::name);
        assert_eq!(found.as_deref(), Some(name), "{architecture:?}, {hosts} hosts");
    }
    assert_eq!(protection(Auto, Osa, 2, 3), None, "two hosts need a service that runs the witness");
    assert_eq!(protection(Auto, Osa, 2, 2).map(Protection::name).as_deref(), Some("RAID-1 FTT1"));
}

#[test]
fn fewest_hosts_are_those_of_ovh_and_ibm() {
    // OVHcloud: three hosts for vSAN (https://docs.ovh.com/gb/en/private-cloud/vmware-vsan/). IBM Cloud for Classic: four for OSA and three for ESA under
    // its default RAID-5 (ibm-cloud-docs/vmwaresolutions, conref.md, 2026-08-21).
    assert_eq!(minimum_hosts(Raid1Ftt1, Osa, 3), 3);
    assert_eq!(minimum_hosts(Raid5Ftt1, Osa, 3), 4);
    assert_eq!(minimum_hosts(Raid5Ftt1, Esa, 3), 3);
}

#[test]
fn three_av36_hold_what_the_documented_order_gives() {
    // 3 × 15.2 TB ÷ 2.0 (RAID-1 FTT1) × 1.5 (Azure Migrate's deduplication) × 75 % = 25.65 TB.
    let raid1 = protection(Raid1Ftt1, Osa, 3, 3).expect("three hosts are enough");
    let usable = usable_storage(MiB::from_decimal_gb(15_200), 3, raid1, Osa, 25, 150);
    assert!(near(usable.0, MiB::from_decimal_gb(25_650).0, 10), "{}", usable.tib());
}

#[test]
fn ocvs_datastores_keep_a_fifth_free() {
    // https://blogs.oracle.com/cloud-infrastructure/post/ocvs-sizing-scaling: three hosts of 51 TB raw give 122.22 TB, three of 54.4 TB give 129.9 TB: their
    // raw capacity less 20 %. RAID-1 then halves it, so twice our usable storage is the datastore.
    let raid1 = protection(Raid1Ftt1, Osa, 3, 3).expect("three hosts are enough");
    for (raw_gb, datastore_gb) in [(51_000, 122_220), (54_400, 129_900)] {
        let usable = usable_storage(MiB::from_decimal_gb(raw_gb), 3, raid1, Osa, 20, 100);
        assert!(near(usable.0 * 2, MiB::from_decimal_gb(datastore_gb).0, 6_000), "{}", usable.tib());
    }
}

#[test]
fn esa_overheads_are_those_of_vcf_sizer() {
    // vcf-sizer: usable per host = H × (0.87 × D ÷ M − 0.10) × 0.70. Six hosts of 10,000,000 MiB, RAID-6 (M 1.5), D 1.2, slack 30 %:
    // 6 × 10,000,000 × (0.87 × 1.2 ÷ 1.5 − 0.10) × 0.70 = 60,000,000 × 0.596 × 0.70 = 25,032,000.
    let raid6 = protection(Raid6Ftt2, Esa, 6, 3).expect("six hosts are enough");
    assert_eq!(usable_storage(MiB(10_000_000), 6, raid6, Esa, 30, 120), MiB(25_032_000));
}

#[test]
fn evacuating_one_of_four_hosts_takes_70_percent_to_93() {
    // https://livevirtually.net/2018/06/05/what-capacity-utilization-will-i-have-after-i-evacuate-a-vsan-host/
    assert_eq!(use_after_evacuation(70_000, 4, 1), Some(93_334), "70 % × 4 ÷ 3 = 93.33 %, rounded up");
    assert_eq!(use_after_evacuation(70_000, 4, 4), None);
    assert_eq!(use_after_evacuation(70_000, 4, 5), None);
    assert_eq!(use_after_evacuation(u64::MAX, u32::MAX, 1), Some(u64::MAX));
}

#[test]
fn memory_hosts_follow_the_published_formula() {
    // https://blogs.vmware.com/cloud/?p=6943: hosts = RAM per machine × machines × (utilisation ÷ target ratio) ÷ RAM per host.
    // 16 GiB × 200 × (100 % ÷ 1.25) ÷ 512 GiB = 5: exactly five hosts, and one machine more asks for a sixth.
    let policy = Policy { memory_overcommit_pct: 125, memory_headroom_pct: 0, ..Policy::default() };
    let capacity = host_capacity(36, MHz(0), MiB::from_gib(512), 0, &policy);
    let hosts = |machines: u64| {
        let demand: Resources = [0, machines * MiB::from_gib(16).0, 0, 0, 0];
        pooled_hosts(&demand, &capacity, &[]).map(|hosts| hosts.memory)
    };
    assert_eq!(hosts(200), Some(5));
    assert_eq!(hosts(201), Some(6));
}

#[test]
fn an_av36p_gives_what_the_open_source_planner_computes() {
    // kimvaddi/avs-migration-planner, src/models/avsNode.ts: cores × 4; RAM × (1 − 0.10); raw ÷ 1.33 × (1 − 0.25) × 1.8; one more node for failures.
    // AV36P: 144 vCPU; 691.2 GiB; 19.2 TB ÷ 4⁄3 × 0.75 × 1.8 = 19.44 TB a node (with its rounded 1.33: 19.49).
    let policy = Policy { cpu_headroom_pct: 0, dedup_pct: 180, storage_policy: Raid5Ftt1, ..Policy::default() };
    let capacity = host_capacity(36, MHz(0), MiB::from_gib(768), 0, &policy);
    assert_eq!(capacity[CPU], 144_000);
    assert_eq!(capacity[MEMORY], 707_788, "691.2 GiB, rounded down to a MiB");
    let table = usable_table(MiB::from_decimal_gb(19_200), 16, Osa, &policy, 3);
    assert!(near(table[4], 4 * MiB::from_decimal_gb(19_440).0, 10));
    // 1,000 vCPU, 5,000 GiB, 100 TB: ⌈1,000 ÷ 144⌉ = 7, ⌈5,000 ÷ 691.2⌉ = 8, ⌈100 ÷ 19.44⌉ = 6.
    let demand = [1_000_000, MiB::from_gib(5_000).0, MiB::from_decimal_gb(100_000).0, 0, 0];
    let hosts = pooled_hosts(&demand, &capacity, &table).expect("fits");
    assert_eq!((hosts.cpu, hosts.memory, hosts.storage, hosts.largest(3)), (7, 8, 6, 8));
}

#[test]
fn storage_hosts_are_the_fixed_point_of_the_policy_that_changes_with_them() {
    // Auto, OSA, 10 TiB raw: 3 hosts RAID-1 hold 11.25 TiB, 4 hosts RAID-5 22.5. 12 TiB so take 4 hosts, not ⌈12 ÷ 3.75⌉ = 4 by RAID-1 nor 3 by RAID-5.
    let policy = Policy::default();
    let table = usable_table(MiB::from_gib(10 * 1024), 16, Osa, &policy, 3);
    let hosts = |tib: u64| pooled_hosts(&[0, 0, tib << 20, 0, 0], &[0; 5], &table).map(|hosts| hosts.storage);
    assert_eq!([hosts(11), hosts(12), hosts(22), hosts(23)], [Some(3), Some(4), Some(4), Some(5)]);
    // The largest cluster, 16 hosts with RAID-6, holds 80 TiB; 100 TiB are one of 16 hosts and one of 4.
    assert_eq!(hosts(80), Some(16));
    assert_eq!(hosts(100), Some(20));
}

/// Figures of <https://jameskilby.co.uk/2025/05/vmc-quick-sizing-guide/> (2026-07-11): usable TiB × 100 of VMware Cloud on AWS. Its formula is
/// `hosts × base ÷ factor`, with a base that hides the service's own overhead; the base is therefore taken from its first row.
#[test]
fn usable_storage_of_vmware_cloud_on_aws_has_the_published_shape() {
    for (architecture, first, rows) in [
        (Osa, (2, 1848), [(3, 2771), (4, 5557), (5, 6946), (6, 7390), (16, 19707)]),
        (Esa, (2, 2098), [(3, 4196), (4, 5594), (5, 6993), (6, 8391), (16, 22377)]),
    ] {
        check_shape(architecture, first, &rows);
    }
}

#[track_caller]
fn check_shape(architecture: VsanArchitecture, (first_hosts, first_usable): (u32, u64), rows: &[(u32, u64)]) {
    let factor = |hosts| {
        let protection = protection(Auto, architecture, hosts, 2).expect("sold from two hosts");
        (u64::from(protection.stored), u64::from(protection.data))
    };
    let (stored, data) = factor(first_hosts);
    for &(hosts, expected) in rows {
        let (stored_here, data_here) = factor(hosts);
        let usable =
            first_usable * stored * data_here * u64::from(hosts) / (data * stored_here * u64::from(first_hosts));
        assert!(near(usable, expected, 4_000), "{architecture:?}, {hosts} hosts: {usable}, published {expected}");
    }
}

#[test]
fn the_whole_published_table_has_our_shape() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalog/vmc_usable_storage.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let mut rows_of = BTreeMap::<(String, String), Vec<Row>>::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let tib: f64 = cells[3].parse().expect("a number");
        let row = (cells[2].parse().expect("a number"), (tib * 100.0).round() as u64, cells[4].to_owned());
        rows_of.entry((cells[0].to_owned(), cells[1].to_owned())).or_default().push(row);
    }
    assert!(rows_of.len() >= 6, "{} host types", rows_of.len());
    for ((vsan, _), rows) in &rows_of {
        let architecture = if vsan == "ESA" { Esa } else { Osa };
        let figures: Vec<(u32, u64)> = rows.iter().map(|(hosts, usable, _)| (*hosts, *usable)).collect();
        check_shape(architecture, figures[0], &figures[1..]);
        for (hosts, _, policy) in rows {
            let ours = protection(Auto, architecture, *hosts, 2).expect("sold").name();
            let (raid, ftt) = ours.split_once(' ').expect("two words");
            assert_eq!(*policy, format!("{ftt} {}", raid.replace('-', "")), "{vsan}, {hosts} hosts");
        }
    }
}

#[test]
fn a_footprint_overrides_the_policy_where_it_says_so_and_only_there() {
    let policy = Policy::default();
    assert_eq!(policy.with(&PolicyOverride::default()), policy);
    let change = PolicyOverride {
        vcpu_per_core_pct: Some(200),
        memory_overcommit_pct: Some(125),
        storage_policy: Some(Raid6Ftt2),
        slack_pct: Some(20),
        dedup_pct: Some(150),
        host_failures: Some(2),
        host_iops: Some(90_000),
        host_network_mbps: Some(10_000),
    };
    let expected = Policy {
        vcpu_per_core_pct: 200,
        memory_overcommit_pct: 125,
        storage_policy: Raid6Ftt2,
        slack_pct: 20,
        dedup_pct: 150,
        host_failures: 2,
        host_iops: Some(90_000),
        host_network_mbps: Some(10_000),
        ..policy.clone()
    };
    assert_eq!(policy.with(&change), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_hosts_never_hold_less_and_the_policys_minimum_is_kept(
        raw in 1_u64..100_000_000, slack in 0_u32..=100, dedup in 100_u32..500, choice in 0..CHOICES.len(), esa: bool, smallest in 2_u32..5,
    ) {
        let architecture = if esa { Esa } else { Osa };
        let policy = Policy { storage_policy: CHOICES[choice], slack_pct: slack, dedup_pct: dedup, ..Policy::default() };
        let table = usable_table(MiB(raw), 64, architecture, &policy, smallest);
        prop_assert!(table.is_sorted());
        let fewest = minimum_hosts(policy.storage_policy, architecture, smallest) as usize;
        prop_assert!(table[..fewest].iter().all(|&usable| usable == 0));
    }

    #[test]
    fn more_slack_never_asks_for_fewer_hosts(
        storage in 0_u64..1 << 40, slack in 0_u32..99, esa: bool,
    ) {
        let architecture = if esa { Esa } else { Osa };
        let hosts = |slack_pct| {
            let policy = Policy { slack_pct, ..Policy::default() };
            let table = usable_table(MiB::from_gib(20 << 10), 16, architecture, &policy, 3);
            pooled_hosts(&[0, 0, storage, 0, 0], &[0; 5], &table).map(|hosts| hosts.storage)
        };
        prop_assert!(hosts(slack) <= hosts(slack + 1), "{:?} and {:?}", hosts(slack), hosts(slack + 1));
    }

    #[test]
    fn absurd_values_never_overflow(
        raw: u64, hosts in 0_u32..200, slack: u32, dedup: u32, cores: u32, memory: u64, ratio: u32, headroom: u32, demand: [u64; 5], capacity: [u64; 5], choice in 0..CHOICES.len(), esa: bool,
    ) {
        let architecture = if esa { Esa } else { Osa };
        let policy = Policy {
            vcpu_per_core_pct: ratio,
            memory_overcommit_pct: ratio,
            cpu_headroom_pct: headroom,
            memory_headroom_pct: headroom,
            slack_pct: slack,
            dedup_pct: dedup,
            storage_policy: CHOICES[choice],
            ..Policy::default()
        };
        let given = host_capacity(cores, MHz(0), MiB(memory), u32::MAX, &policy);
        prop_assert!(headroom < 100 || (given[CPU] == 0 && given[MEMORY] == 0));
        let table = usable_table(MiB(raw), hosts, architecture, &policy, cores);
        prop_assert_eq!(table.len(), hosts as usize + 1);
        // Either there is an answer, or a resource is asked for that no host has.
        if pooled_hosts(&demand, &capacity, &table).is_none() {
            let nothing = table.last() == Some(&0) && demand[2] > 0;
            prop_assert!(nothing || (capacity[CPU] == 0 && demand[CPU] > 0) || (capacity[MEMORY] == 0 && demand[MEMORY] > 0));
        }
    }
}
