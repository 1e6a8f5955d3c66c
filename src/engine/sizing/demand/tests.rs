use super::*;
use crate::engine::sizing::{CPU, IOPS, MEMORY, STORAGE};

/// 8 vCPU and 32 GiB, of which 3,000 MHz and 10 GiB are used.
fn machine() -> Machine {
    Machine {
        vcpus: 8,
        memory: MiB::from_gib(32),
        cpu_used: Some(MHz(3_000)),
        memory_active: Some(MiB::from_gib(10)),
        storage: Storage { provisioned: Some(MiB(400)), in_use: Some(MiB(300)), ..Storage::default() },
        ..Machine::default()
    }
}

fn measured() -> Policy {
    let right_sizing = RightSizing::Measured { cpu_headroom_pct: 25, memory_headroom_pct: 20 };
    Policy { right_sizing, ..Policy::default() }
}

#[track_caller]
fn check(machine: &Machine, policy: &Policy, speed: Option<u64>, cpu: u64, memory: u64) -> Demand {
    let demand = demand(machine, None, policy, speed.map(MHz));
    assert_eq!((demand.resources[CPU], demand.resources[MEMORY]), (cpu, memory));
    demand
}

#[test]
fn a_machine_as_provisioned_keeps_its_size() {
    let demand = check(&machine(), &Policy::default(), Some(2_500), 8_000, 32_768);
    assert!(!demand.cpu_measured && !demand.memory_measured);
}

#[test]
fn measured_use_gets_headroom() {
    // 3,000 MHz ÷ 2,500 MHz = 1.2 vCPU; × 1.25 = 1.5. 10 GiB × 1.2 = 12 GiB.
    let demand = check(&machine(), &measured(), Some(2_500), 1_500, 12_288);
    assert!(demand.cpu_measured && demand.memory_measured);
}

#[test]
fn measured_use_stays_between_the_floor_and_the_configuration() {
    let idle = Machine { cpu_used: Some(MHz(0)), memory_active: Some(MiB(100)), ..machine() };
    check(&idle, &measured(), Some(2_500), 1_000, 8_192);
    let busy = Machine { cpu_used: Some(MHz(90_000)), memory_active: Some(MiB::from_gib(40)), ..machine() };
    check(&busy, &measured(), Some(2_500), 8_000, 32_768);
    let tiny = Machine { memory: MiB(512), memory_active: Some(MiB(10)), vcpus: 1, ..machine() };
    check(&tiny, &measured(), Some(2_500), 1_000, 512);
}

#[test]
fn what_was_not_measured_keeps_its_size() {
    // Without a clock the CPU cannot be converted; the memory still is.
    let demand = check(&machine(), &measured(), None, 8_000, 12_288);
    assert!(!demand.cpu_measured && demand.memory_measured);
    check(&machine(), &measured(), Some(0), 8_000, 12_288);
    let off = Machine { power: Power::Off, ..machine() };
    check(&off, &measured(), Some(2_500), 8_000, 32_768);
}

#[test]
fn edits_win() {
    let edit = MachineEdit {
        vcpus: Some(2),
        memory: Some(MiB(4_096)),
        storage: Some(MiB(7)),
        iops: Some(900),
        ..MachineEdit::default()
    };
    let demand = demand(&machine(), Some(&edit), &measured(), Some(MHz(2_500)));
    assert_eq!(demand.resources, [2_000, 4_096, 7, 900, 0]);
    assert!(!demand.cpu_measured && !demand.memory_measured && demand.storage_measure.is_none());
}

#[test]
fn a_missing_measure_falls_back_to_the_next_larger_then_to_the_next_smaller() {
    use StorageMeasure::{DiskCapacity, InUse, PartitionConsumed, Provisioned};
    let all = Storage {
        provisioned: Some(MiB(4)),
        in_use: Some(MiB(2)),
        disk_capacity: Some(MiB(3)),
        partition_capacity: Some(MiB(9)),
        partition_consumed: Some(MiB(1)),
    };
    let without_in_use = Storage { in_use: None, ..all };
    let only_partitions = Storage { partition_consumed: Some(MiB(1)), ..Storage::default() };
    let zero = Storage { in_use: Some(MiB(0)), ..all };
    for (storage, wanted, expected) in [
        (all, PartitionConsumed, (1, Some(PartitionConsumed))),
        (all, Provisioned, (4, Some(Provisioned))),
        (without_in_use, InUse, (3, Some(DiskCapacity))),
        (zero, InUse, (3, Some(DiskCapacity))),
        (Storage { provisioned: None, ..without_in_use }, Provisioned, (3, Some(DiskCapacity))),
        (Storage { provisioned: None, disk_capacity: None, ..all }, DiskCapacity, (2, Some(InUse))),
        (only_partitions, Provisioned, (1, Some(PartitionConsumed))),
        (Storage::default(), InUse, (0, None)),
    ] {
        assert_eq!(storage_of(&storage, wanted), (MiB(expected.0), expected.1), "{wanted:?} of {storage:?}");
    }
}

#[test]
fn absurd_values_neither_overflow_nor_vanish() {
    let absurd = Machine {
        vcpus: u32::MAX,
        memory: MiB(u64::MAX),
        cpu_used: Some(MHz(u64::MAX)),
        memory_active: Some(MiB(u64::MAX)),
        iops: Some(u32::MAX),
        storage: Storage { in_use: Some(MiB(u64::MAX)), ..Storage::default() },
        ..Machine::default()
    };
    let right_sizing = RightSizing::Measured { cpu_headroom_pct: u32::MAX, memory_headroom_pct: u32::MAX };
    let demand = demand(&absurd, None, &Policy { right_sizing, ..Policy::default() }, Some(MHz(1)));
    assert_eq!(demand.resources[CPU], u64::from(u32::MAX) * 1000);
    assert_eq!((demand.resources[MEMORY], demand.resources[STORAGE]), (LARGEST, LARGEST));
    assert_eq!(demand.resources[IOPS], u64::from(u32::MAX));
}

#[test]
fn the_clock_is_that_of_the_host_or_of_the_slowest_in_the_cluster() {
    use crate::engine::model::Host;
    let host = |name, speed| Host { id: HostId::of(&[name]), speed: MHz(speed), ..Host::default() };
    let estate = Estate { hosts: vec![host("a", 2_600), host("b", 2_100), host("c", 0)], ..Estate::default() };
    let clocks = SourceClocks::of_estate(&estate);
    let on = |name| Machine { host: Some(HostId::of(&[name])), ..Machine::default() };
    assert_eq!(clocks.of(&on("a")), Some(MHz(2_600)));
    assert_eq!(clocks.of(&on("c")), Some(MHz(2_100)), "a host without a clock");
    assert_eq!(clocks.of(&Machine::default()), Some(MHz(2_100)), "a machine without a host");
    assert_eq!(clocks.of(&Machine { cluster: ClusterId(9), ..Machine::default() }), None);
}
