//! vCluster, vHost and vDatastore.

use std::collections::BTreeMap;

use crate::engine::model::{Datastore, FindingCode, Host, MHz, MiB};

use super::super::columns::Field;
use super::super::findings::{Findings, Subject};
use super::super::sheet::Row;
use super::machines::MAX_STORAGE_TIB;
use super::{GroupId, Inventory, VCenter};

/// Most cores that a host is believed to have.
const MAX_CORES: u32 = 4096;

/// More memory in a host is taken for another unit: 64 TiB, in MiB.
const MAX_HOST_MIB: f64 = 64.0 * 1_048_576.0;

/// Less memory in a host is not believed when another unit is tried: 2 GiB, in MiB.
const MIN_HOST_MIB: f64 = 2048.0;

/// More than any host has for each core, in MiB: a TiB. The largest servers have a few per cent of it.
const MAX_MIB_PER_CORE: f64 = 1_048_576.0;

/// More than any datastore has, in TiB: an exbibyte.
const MAX_DATASTORE_TIB: u32 = 1_048_576;

/// A row of vCluster.
#[derive(Debug)]
pub(super) struct ClusterDraft {
    pub(super) name: String,
    pub(super) group: GroupId,
    pub(super) vcenter: VCenter,
    pub(super) datacenter: Option<String>,
    pub(super) ha_enabled: Option<bool>,
}

/// A row of vHost.
#[derive(Debug)]
pub(super) struct HostDraft {
    pub(super) host: Host,
    pub(super) group: GroupId,
    pub(super) vcenter: VCenter,
    pub(super) datacenter: Option<String>,
    pub(super) cluster: Option<String>,
    pub(super) memory: HostMemory,
    pub(super) at: crate::engine::model::Location,
}

/// Memory of a host as its cell has it.
#[derive(Debug, Default)]
pub(super) struct HostMemory {
    /// The number, whatever it counts.
    written: f64,
    /// How many of what it counts are a MiB: 1, or more where the amount shows that it is KiB or bytes.
    unit: f64,
    at: crate::engine::model::Location,
}

/// A tab has one unit: where some hosts show that theirs is not MiB, those that could be either are read as the same.
pub(super) fn settle_units(hosts: &mut [HostDraft], findings: &mut Findings) {
    let tab = |draft: &HostDraft| (draft.at.file.clone(), draft.at.tab.clone());
    let mut units = BTreeMap::new();
    for draft in hosts.iter().filter(|draft| draft.memory.unit > 1.0) {
        let unit = units.entry(tab(draft)).or_insert(draft.memory.unit);
        *unit = unit.min(draft.memory.unit);
    }
    for draft in hosts.iter_mut().filter(|draft| draft.memory.unit <= 1.0) {
        let Some(&unit) = units.get(&tab(draft)) else { continue };
        let memory = &mut draft.memory;
        if memory.written / unit >= MIN_HOST_MIB {
            memory.unit = unit;
            draft.host.memory = MiB((memory.written / unit).floor() as u64);
            let what = memory.at.column.clone().unwrap_or_default();
            let subject = Subject { place: memory.at.tab.clone().unwrap_or_default(), what, effect: "" };
            findings.remark(FindingCode::SuspectUnit, subject, || std::mem::take(&mut memory.at));
        }
    }
}

/// A row of vDatastore.
#[derive(Debug)]
pub(super) struct DatastoreDraft {
    pub(super) datastore: Datastore,
    pub(super) group: GroupId,
    pub(super) vcenter: VCenter,
    /// Names of the hosts that see it.
    pub(super) hosts: Vec<String>,
    /// Tells two of the same name apart.
    pub(super) url: String,
    pub(super) at: crate::engine::model::Location,
}

impl Inventory {
    /// vCluster.
    pub(super) fn read_cluster(&mut self, group: GroupId, row: &Row<'_>, findings: &mut Findings) -> bool {
        let Some(name) = row.string(Field::Name) else { return false };
        let vcenter = VCenter::of(row);
        self.see_vcenter(group, &vcenter);
        let ha_enabled = row.flag(Field::HaEnabled, findings);
        self.clusters.push(ClusterDraft {
            name,
            group,
            vcenter,
            datacenter: row.string(Field::Datacenter),
            ha_enabled,
        });
        true
    }

    /// vHost.
    pub(super) fn read_host(&mut self, group: GroupId, row: &Row<'_>, findings: &mut Findings) -> bool {
        let Some(name) = row.string(Field::Host) else { return false };
        let vcenter = VCenter::of(row);
        self.see_vcenter(group, &vcenter);
        let sockets = row.count(Field::Sockets, 256, findings).unwrap_or_default();
        let cores = row.count(Field::Cores, MAX_CORES, findings).or_else(|| {
            let each = row.count(Field::CoresPerSocket, 1024, findings)?;
            Some(sockets * each)
        });
        let cores = cores.unwrap_or_default();
        let percent = |field, findings: &mut Findings| row.count(field, 100, findings);
        let memory = host_memory(row, cores, findings);
        let host = Host {
            name: name.clone(),
            cpu_model: row.string(Field::CpuModel),
            sockets,
            cores,
            speed: MHz(row.number(Field::Speed, 20_000.0, findings).unwrap_or_default().round() as u64),
            memory: MiB((memory.written / memory.unit.max(1.0)).floor() as u64),
            hardware: hardware(row),
            esx_version: row.string(Field::EsxVersion),
            in_maintenance: row.flag(Field::Maintenance, findings).unwrap_or_default(),
            cpu_usage_pct: percent(Field::CpuUsage, findings),
            memory_usage_pct: percent(Field::MemoryUsage, findings),
            ..Host::default()
        };
        self.hosts.push(HostDraft {
            host,
            group,
            vcenter,
            datacenter: row.string(Field::Datacenter),
            cluster: row.string(Field::Cluster),
            memory,
            at: row.location(name),
        });
        true
    }

    /// vDatastore.
    pub(super) fn read_datastore(&mut self, group: GroupId, row: &Row<'_>, findings: &mut Findings) -> bool {
        let Some(name) = row.string(Field::Name) else { return false };
        let mib = |field, findings: &mut Findings| row.mib(field, MAX_DATASTORE_TIB.max(MAX_STORAGE_TIB), findings);
        let hosts: Vec<String> = row
            .text(Field::Hosts)
            .map(|hosts| {
                hosts.split([',', ';']).map(|host| host.trim().to_owned()).filter(|host| !host.is_empty()).collect()
            })
            .unwrap_or_default();
        let capacity = mib(Field::Capacity, findings).unwrap_or_default();
        let free = mib(Field::Free, findings);
        let in_use = mib(Field::InUse, findings).or_else(|| Some(capacity.saturating_sub(free?)));
        let datastore = Datastore {
            name: name.clone(),
            kind: row.string(Field::Type).unwrap_or_default(),
            capacity,
            provisioned: mib(Field::Provisioned, findings).unwrap_or_default(),
            in_use: in_use.unwrap_or_default(),
            host_count: row.count(Field::HostCount, 10_000, findings).unwrap_or(hosts.len() as u32),
            ..Datastore::default()
        };
        self.datastores.push(DatastoreDraft {
            datastore,
            group,
            vcenter: VCenter::of(row),
            hosts,
            url: row.string(Field::Url).unwrap_or_default(),
            at: row.location(name),
        });
        true
    }
}

/// Maker and model, without naming the maker twice (`HPE ProLiant`, but not `Dell Inc. Dell Inc. R740`).
fn hardware(row: &Row<'_>) -> Option<String> {
    match (row.string(Field::Vendor), row.string(Field::Model)) {
        (Some(vendor), Some(model)) if !model.starts_with(&vendor) => Some(format!("{vendor} {model}")),
        (vendor, model) => model.or(vendor),
    }
}

/// Memory of a host with so many cores. Some exports write KiB or bytes under the same header; an amount no host has is read as the first of these that one
/// can have.
fn host_memory(row: &Row<'_>, cores: u32, findings: &mut Findings) -> HostMemory {
    let Some(written) = row.raw_number(Field::Memory, findings) else { return HostMemory::default() };
    let place = row.cell(Field::Memory).1;
    let most = if cores == 0 { MAX_HOST_MIB } else { MAX_HOST_MIB.min(f64::from(cores) * MAX_MIB_PER_CORE) };
    let at = row.located(place);
    if (1.0..=most).contains(&written) {
        return HostMemory { written, unit: 1.0, at };
    }
    let plausible = [1024.0, 1_048_576.0].into_iter().find(|unit| (MIN_HOST_MIB..=most).contains(&(written / unit)));
    let code = if plausible.is_some() { FindingCode::SuspectUnit } else { FindingCode::AbsurdValue };
    row.remark(code, place, findings);
    plausible.map_or_else(HostMemory::default, |unit| HostMemory { written, unit, at })
}
