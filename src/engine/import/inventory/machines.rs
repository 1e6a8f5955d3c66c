//! vInfo: one row a machine.

use std::rc::Rc;

use crate::engine::model::{Criticality, FindingCode, Machine, MiB, OsFamily, Power, Storage, tags};

use super::super::columns::Field;
use super::super::findings::Findings;
use super::super::os;
use super::super::sheet::Row;
use super::super::value::date_text;
use super::{GroupId, Inventory, VCenter};

/// Most virtual processors that a machine is believed to have. A bound against typing errors, set at what vSphere 8 is understood to allow; the figure
/// is unchecked (<https://configmax.broadcom.com/> would tell).
pub(super) const MAX_VCPUS: u32 = 768;

/// Most memory that a machine is believed to have, in TiB; as above.
pub(super) const MAX_MEMORY_TIB: u32 = 24;

/// More storage than any machine has, in TiB: 256 disks of 62 TiB, rounded up.
pub(super) const MAX_STORAGE_TIB: u32 = 16_384;

/// A row of vInfo, before it is known which machine it is.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) machine: Machine,
    pub(super) group: GroupId,
    pub(super) vcenter: VCenter,
    pub(super) vm_id: Option<String>,
    pub(super) vm_uuid: Option<String>,
    pub(super) datacenter: Option<String>,
    pub(super) cluster: Option<String>,
    pub(super) host: Option<String>,
    pub(super) disk_total: Option<MiB>,
    /// File and row, for messages.
    pub(super) at: (Rc<str>, u64),
}

impl Inventory {
    /// vSource: the vCenters.
    pub(super) fn read_source(&mut self, group: GroupId, row: &Row<'_>) -> bool {
        let mut vcenter = VCenter::of(row);
        vcenter.server = vcenter.server.or_else(|| row.string(Field::Name));
        self.see_vcenter(group, &vcenter);
        true
    }

    /// vMetaData: the version of RVTools, and when it ran.
    pub(super) fn read_metadata(&mut self, group: GroupId, row: &Row<'_>) -> bool {
        let group = self.group(group);
        let tool_version = row.string(Field::ToolVersion);
        let taken = date_text(row.cell(Field::Taken).0);
        // An export of several vCenters has a row each: the latest counts.
        group.tool_version = group.tool_version.take().max(tool_version);
        group.taken = group.taken.take().max(taken);
        true
    }

    /// vInfo.
    pub(super) fn read_machine(&mut self, group: GroupId, row: &Row<'_>, findings: &mut Findings) -> bool {
        let vm_id = row.string(Field::VmId);
        let vm_uuid = row.text(Field::VmUuid).map(|uuid| uuid.to_lowercase());
        let Some(name) = row.string(Field::Vm).or_else(|| vm_id.clone()).or_else(|| vm_uuid.clone()) else {
            row.remark_row(FindingCode::BadValue, ("VM", "Rows that name no machine are left out."), "", findings);
            return false;
        };
        let vcenter = VCenter::of(row);
        self.see_vcenter(group, &vcenter);
        let machine = read_machine(name, row, findings);
        self.drafts.push(Draft {
            machine,
            group,
            vcenter,
            vm_id,
            vm_uuid,
            datacenter: row.string(Field::Datacenter),
            cluster: row.string(Field::Cluster),
            host: row.string(Field::Host),
            disk_total: row.mib(Field::DiskTotal, MAX_STORAGE_TIB, findings),
            at: (row.file(), row.number),
        });
        true
    }
}

fn read_machine(name: String, row: &Row<'_>, findings: &mut Findings) -> Machine {
    let os = row.string(Field::OsTools).or_else(|| row.string(Field::OsConfig));
    Machine {
        name,
        power: read_power(row, findings),
        template: row.flag(Field::Template, findings).unwrap_or_default(),
        srm_placeholder: row.flag(Field::SrmPlaceholder, findings).unwrap_or_default(),
        orphaned: row.text(Field::Connection).is_some_and(|state| !state.eq_ignore_ascii_case("connected")),
        vcpus: read_vcpus(row, findings).unwrap_or_default(),
        memory: row.mib(Field::Memory, MAX_MEMORY_TIB, findings).unwrap_or_default(),
        memory_active: row.mib(Field::MemoryActive, MAX_MEMORY_TIB, findings),
        storage: Storage {
            provisioned: row.mib(Field::Provisioned, MAX_STORAGE_TIB, findings),
            in_use: row.mib(Field::InUse, MAX_STORAGE_TIB, findings),
            ..Storage::default()
        },
        nics: row.count(Field::Nics, 1000, findings).unwrap_or_default(),
        os_family: os.as_deref().map_or(OsFamily::Unknown, os::family),
        os,
        folder: row.string(Field::Folder),
        resource_pool: row.string(Field::ResourcePool),
        dns_name: row.string(Field::DnsName),
        ip: row.string(Field::Ip),
        tags: row.text(Field::Tags).map(|text| tags(&text)).unwrap_or_default(),
        criticality: read_criticality(row, findings),
        storage_class: row.string(Field::StorageClass),
        ..Machine::default()
    }
}

/// A word that is no level counts as not said, with a remark: the reader knows what `Tier 1` means, and can say so in the table.
fn read_criticality(row: &Row<'_>, findings: &mut Findings) -> Criticality {
    let (cell, place) = row.cell(Field::Criticality);
    let Some(text) = cell.text() else { return Criticality::Unknown };
    Criticality::of(&text).unwrap_or_else(|| {
        row.remark(FindingCode::BadValue, place, findings);
        Criticality::Unknown
    })
}

/// A machine has at least one processor: 0 is as absurd as 10,000.
pub(super) fn read_vcpus(row: &Row<'_>, findings: &mut Findings) -> Option<u32> {
    let vcpus = row.count(Field::Cpus, MAX_VCPUS, findings)?;
    if vcpus == 0 {
        row.remark(FindingCode::AbsurdValue, row.cell(Field::Cpus).1, findings);
        return None;
    }
    Some(vcpus)
}

/// A machine whose state is not said counts as running, so that it is not forgotten.
fn read_power(row: &Row<'_>, findings: &mut Findings) -> Power {
    let (cell, place) = row.cell(Field::Power);
    let Some(text) = cell.text() else { return Power::On };
    let state: String =
        text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match state.as_str() {
        "poweredon" | "on" | "running" | "true" => Power::On,
        "poweredoff" | "off" | "stopped" | "false" => Power::Off,
        "suspended" => Power::Suspended,
        _ => {
            row.remark(FindingCode::BadValue, place, findings);
            Power::On
        }
    }
}
