//! The tabs that add to machines.

use crate::engine::model::{Disk, FindingCode, MHz, Machine, MiB, Power};

use super::super::columns::{Field, Tab};
use super::super::findings::Findings;
use super::super::sheet::Row;
use super::machines::{MAX_MEMORY_TIB, MAX_STORAGE_TIB, MAX_VCPUS, read_vcpus};
use super::{GroupId, Inventory};

/// More than the largest virtual disk (62 TiB), with room for raw devices.
const MAX_DISK_TIB: u32 = 1024;

impl Inventory {
    /// Reads a row of any tab about machines other than vInfo.
    pub(super) fn read_detail(&mut self, group: GroupId, tab: Tab, row: &Row<'_>, findings: &mut Findings) -> bool {
        let Some(known) = self.find(group, row, findings) else { return false };
        let machine = &mut known.machine;
        match tab {
            Tab::Cpu => read_cpu(machine, row, findings),
            Tab::Memory => read_memory(machine, row, findings),
            Tab::Disk => return read_disk(machine, &mut known.disks_seen, row, findings),
            Tab::Partition => return read_partition(machine, &mut known.partitions_seen, row, findings),
            Tab::Network => {
                known.nics_seen += 1;
                machine.ip = machine.ip.take().or_else(|| row.string(Field::Ip));
            }
            Tab::Snapshot => {
                machine.snapshots = machine.snapshots.saturating_add(1);
                machine.snapshot_size += row.mib(Field::Size, MAX_STORAGE_TIB, findings).unwrap_or_default();
            }
            Tab::Tools => machine.tools = row.string(Field::Tools).or_else(|| machine.tools.take()),
            Tab::Usb => machine.usb |= is_usb_device(row, findings),
            Tab::Cd => machine.cd_connected |= row.flag(Field::Connected, findings).unwrap_or_default(),
            Tab::Source | Tab::MetaData | Tab::Cluster | Tab::Host | Tab::Info | Tab::Datastore => return false,
        }
        true
    }
}

/// What a machine that is off uses at the time of export says nothing about what it needs.
fn is_measured(machine: &Machine) -> bool {
    machine.power == Power::On
}

fn read_cpu(machine: &mut Machine, row: &Row<'_>, findings: &mut Findings) {
    if machine.vcpus == 0 {
        machine.vcpus = read_vcpus(row, findings).unwrap_or_default();
    }
    // No core is faster than 10 GHz.
    let most = f64::from(MAX_VCPUS) * 10_000.0;
    let used = row.number(Field::CpuUsed, most, findings).map(|mhz| MHz(mhz.ceil() as u64));
    machine.cpu_used = used.filter(|_| is_measured(machine));
}

fn read_memory(machine: &mut Machine, row: &Row<'_>, findings: &mut Findings) {
    if machine.memory == MiB::ZERO {
        machine.memory = row.mib(Field::Memory, MAX_MEMORY_TIB, findings).unwrap_or_default();
    }
    let active = row.mib(Field::MemoryActive, MAX_MEMORY_TIB, findings);
    let consumed = row.mib(Field::MemoryConsumed, MAX_MEMORY_TIB, findings);
    if is_measured(machine) {
        machine.memory_active = active.or(machine.memory_active);
        machine.memory_consumed = consumed;
    }
}

fn read_disk(machine: &mut Machine, seen: &mut Vec<u64>, row: &Row<'_>, findings: &mut Findings) -> bool {
    let label = row.string(Field::Disk).unwrap_or_default();
    let capacity = row.mib(Field::Capacity, MAX_DISK_TIB, findings);
    let path = row.text(Field::DiskPath).unwrap_or_default();
    if is_repeated(seen, [&label, &path, &size_text(capacity)], row, findings) {
        return false;
    }
    machine.raw_disk |= row.flag(Field::Raw, findings).unwrap_or_default();
    machine.shared_disk |= is_shared(row);
    let Some(capacity) = capacity else { return false };
    machine.disks.push(Disk { label, capacity, thin: row.flag(Field::Thin, findings) });
    let total = machine.storage.disk_capacity.get_or_insert_default();
    *total += capacity;
    true
}

/// Several machines may write to it: `sharingMultiWriter`, or a bus shared physically or virtually. RVTools 3 writes numbers here, which say nothing.
fn is_shared(row: &Row<'_>) -> bool {
    let contains = |field, word: &str| row.text(field).is_some_and(|text| text.to_lowercase().contains(word));
    contains(Field::Sharing, "multiwriter")
        || contains(Field::SharedBus, "physical")
        || contains(Field::SharedBus, "virtual")
}

fn read_partition(machine: &mut Machine, seen: &mut Vec<u64>, row: &Row<'_>, findings: &mut Findings) -> bool {
    let disk = row.text(Field::Disk).unwrap_or_default();
    let capacity = row.mib(Field::Capacity, MAX_DISK_TIB, findings);
    let consumed = row.mib(Field::Consumed, MAX_DISK_TIB, findings);
    if is_repeated(seen, [&disk, &size_text(capacity), &size_text(consumed)], row, findings) {
        return false;
    }
    if let Some(capacity) = capacity {
        *machine.storage.partition_capacity.get_or_insert_default() += capacity;
    }
    let Some(consumed) = consumed else { return false };
    *machine.storage.partition_consumed.get_or_insert_default() += consumed;
    machine.partitions += 1;
    true
}

fn size_text(size: Option<MiB>) -> String {
    size.map(|size| size.0.to_string()).unwrap_or_default()
}

/// Whether a machine has a thing of this name and size already. Without a name two rows may well be two things.
fn is_repeated(seen: &mut Vec<u64>, key: [&str; 3], row: &Row<'_>, findings: &mut Findings) -> bool {
    if key[0].is_empty() {
        return false;
    }
    let hash = crate::engine::model::stable_hash(&key);
    if !seen.contains(&hash) {
        seen.push(hash);
        return false;
    }
    let machine = row.string(Field::Vm).unwrap_or_default();
    row.remark_row(
        FindingCode::DuplicateRow,
        ("the machine has one of that name and size already", ""),
        &machine,
        findings,
    );
    true
}

/// A device that is connected; controllers are not devices. Without a column that tells, every row is one.
fn is_usb_device(row: &Row<'_>, findings: &mut Findings) -> bool {
    if row.has(Field::Connected) {
        return row.flag(Field::Connected, findings).unwrap_or_default();
    }
    !row.text(Field::DeviceType).is_some_and(|kind| kind.to_lowercase().contains("controller"))
}
