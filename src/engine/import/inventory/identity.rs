//! Which machine a row is about.
//!
//! A row names its machine in up to four ways; the surest one that is there counts: `VM ID` with the vCenter, `VM UUID`, server with name and host, the
//! name alone. Names of ids: `vm-42` is unique in a vCenter only, two vCenters may both have it.

use std::cmp::Ordering;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::engine::model::{FindingCode, Location, Machine, MachineId, stable_hash};

use super::super::columns::Field;
use super::super::findings::Findings;
use super::super::sheet::Row;
use super::machines::Draft;
use super::{GroupId, Inventory, Known};
use crate::engine::order::arrange;

/// How a machine is recognised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// Its id in the vCenter.
    Id { vcenter: String, vm_id: String },
    /// Its id in a vCenter that is not named (RVTools 3): not unique by itself, so the name is part of it.
    IdAndName { vm_id: String, name: String },
    /// Its UUID.
    Uuid(String),
    /// Where it runs.
    Place { server: String, name: String, host: String },
    /// Its name, for want of anything better.
    Name(String),
}

impl Key {
    fn of(draft: &Draft, vcenter: &str) -> Self {
        let name = draft.machine.name.clone();
        match (&draft.vm_id, &draft.vm_uuid, &draft.host) {
            (Some(vm_id), ..) if !vcenter.is_empty() => Self::Id { vcenter: vcenter.to_owned(), vm_id: vm_id.clone() },
            (_, Some(uuid), _) => Self::Uuid(uuid.clone()),
            (Some(vm_id), ..) => Self::IdAndName { vm_id: vm_id.clone(), name },
            (.., Some(host)) => Self::Place { server: vcenter.to_owned(), name, host: host.clone() },
            _ => Self::Name(name),
        }
    }

    /// Whether it would be the same after the machine moved to another host or folder.
    const fn is_sure(&self) -> bool {
        matches!(self, Self::Id { .. } | Self::IdAndName { .. } | Self::Uuid(_))
    }

    fn id(&self) -> MachineId {
        match self {
            Self::Id { vcenter, vm_id } => MachineId::of(&[vcenter, vm_id]),
            Self::IdAndName { vm_id, name } => MachineId::of(&["", vm_id, name, ""]),
            Self::Uuid(uuid) => MachineId::of(&[uuid]),
            Self::Place { server, name, host } => MachineId::of(&[server, name, host]),
            Self::Name(name) => MachineId::of(&[name]),
        }
    }
}

impl Inventory {
    /// Gives every machine of vInfo its identity. Called once, when all of vInfo is read.
    ///
    /// Rows with the same key are the same machine if an id says so, if they come from different exports, or if they are equal in all that is read: the
    /// newest export is believed and the machine counts once. Otherwise they are different machines that share a name, and are kept apart.
    pub(in super::super) fn identify(&mut self, findings: &mut Findings) {
        let drafts = std::mem::take(&mut self.drafts);
        let mut keyed: Vec<(Key, String, Draft)> = drafts
            .into_iter()
            .map(|draft| {
                let vcenter = self.vcenter_key(draft.group, &draft.vcenter);
                (Key::of(&draft, &vcenter), vcenter, draft)
            })
            .collect();
        arrange(&mut keyed, |a, b| a.0.cmp(&b.0).then_with(|| self.precedence(&a.2, &b.2)));
        let mut unsure = 0;
        let mut examples = Vec::new();
        let mut start = 0;
        while start < keyed.len() {
            let end = start + keyed[start..].iter().take_while(|other| other.0 == keyed[start].0).count();
            if !keyed[start].0.is_sure() {
                unsure += (end - start) as u64;
                let draft = &keyed[start].2;
                examples.push(location(&draft.at, &draft.machine));
                examples.truncate(5);
            }
            start = end;
        }
        super::remarks::missing_ids(unsure, examples, findings);
        let mut last: Option<(Key, usize, u32)> = None;
        for (key, vcenter, draft) in keyed {
            match &mut last {
                Some((known, first, twins)) if *known == key => {
                    if !self.repeats(*first, &key, &draft, findings) {
                        *twins += 1;
                        let twin = twins.to_string();
                        self.add(MachineId::of(&[&key.id().to_string(), &draft.machine.name, &twin]), vcenter, draft);
                    }
                }
                _ => {
                    last = Some((key.clone(), self.machines.len(), 1));
                    self.add(key.id(), vcenter, draft);
                }
            }
        }
        self.index = Index::of(&self.machines);
    }

    /// The newest export first, then by content, so that the order of files and rows does not matter.
    fn precedence(&self, a: &Draft, b: &Draft) -> Ordering {
        let taken = |draft: &Draft| self.groups[usize::from(draft.group.0)].taken.clone();
        taken(b).cmp(&taken(a)).then_with(|| content(a).cmp(&content(b))).then_with(|| a.group.cmp(&b.group))
    }

    /// Whether `draft` tells of one of the machines with the same key, the first of which is at `first`, once more.
    fn repeats(&mut self, first: usize, key: &Key, draft: &Draft, findings: &mut Findings) -> bool {
        let twin = self.machines[first..].iter_mut().find(|known| {
            let other_export = known.group != draft.group;
            let same_name = known.machine.name == draft.machine.name;
            (same_name && (other_export || key.is_sure())) || same_content(known, draft)
        });
        let Some(twin) = twin else { return false };
        let what = if twin.group == draft.group {
            "the same machine stands in two rows"
        } else {
            if !twin.outdated.contains(&draft.group) {
                twin.outdated.push(draft.group);
            }
            "the same machine stands in two exports; the newer one is believed"
        };
        findings.repeated("vInfo", what, location(&draft.at, &draft.machine), location(&twin.at, &twin.machine));
        true
    }

    fn add(&mut self, id: MachineId, vcenter: String, draft: Draft) {
        let Draft {
            mut machine, at, group, vm_id, vm_uuid, datacenter, cluster, host, disk_total, vcenter: named, ..
        } = draft;
        machine.id = id;
        self.machines.push(Known {
            machine,
            at,
            group,
            outdated: Vec::new(),
            ids: Ids { vm_id, vm_uuid, uuid: named.uuid, server: named.server },
            datacenter,
            cluster,
            host,
            vcenter,
            disks_seen: Vec::new(),
            partitions_seen: Vec::new(),
            nics_seen: 0,
            disk_total,
        });
    }

    /// The machine that a row of another tab is about; a row that fits none is remarked.
    pub(super) fn find(&mut self, group: GroupId, row: &Row<'_>, findings: &mut Findings) -> Option<&mut Known> {
        let found = self.index.find(group, row);
        let Some(found) = found else {
            let name = row.string(Field::Vm).or_else(|| row.string(Field::VmId)).unwrap_or_default();
            row.remark_row(FindingCode::UnmatchedRow, ("", ""), &name, findings);
            return None;
        };
        let known = &mut self.machines[found as usize];
        // What an older export says of a machine is passed over in every tab.
        (!known.outdated.contains(&group)).then_some(known)
    }
}

/// The ids of a machine as its row gives them, for finding it again.
#[derive(Debug, Default)]
pub(super) struct Ids {
    vm_id: Option<String>,
    vm_uuid: Option<String>,
    uuid: Option<String>,
    server: Option<String>,
}

fn location((file, row): &(Rc<str>, u64), machine: &Machine) -> Location {
    Location {
        file: file.to_string(),
        tab: Some("vInfo".into()),
        row: Some(*row),
        value: Some(machine.name.clone()),
        ..Location::default()
    }
}

/// All that was read of a row, as bytes that can be compared.
fn content(draft: &Draft) -> Vec<u8> {
    let place = (&draft.datacenter, &draft.cluster, &draft.host, draft.disk_total);
    // Plain data into memory: this cannot fail, and an empty answer would only cost the order of equals.
    postcard::to_stdvec(&(&draft.machine, place)).unwrap_or_default()
}

fn same_content(known: &Known, draft: &Draft) -> bool {
    let mut machine = known.machine.clone();
    machine.id = draft.machine.id;
    machine == draft.machine
        && (&known.datacenter, &known.cluster, &known.host) == (&draft.datacenter, &draft.cluster, &draft.host)
}

/// Finds machines by each way of naming them.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_key: FxHashMap<u64, u32>,
}

/// Stands for several machines.
const SEVERAL: u32 = u32::MAX;

impl Index {
    fn of(machines: &[Known]) -> Self {
        let mut index = Self::default();
        index.by_key.reserve(machines.len() * 5);
        for (at, known) in (0_u32..).zip(machines) {
            let name = known.machine.name.as_str();
            let ids = &known.ids;
            let groups = std::iter::once(known.group).chain(known.outdated.iter().copied());
            if let (Some(vm_id), Some(uuid)) = (&ids.vm_id, &ids.uuid) {
                index.put(at, &["id", vm_id, uuid]);
            }
            if let Some(uuid) = &ids.vm_uuid {
                index.put(at, &["uuid", uuid]);
            }
            if let Some(host) = &known.host {
                index.put(at, &["place", ids.server.as_deref().unwrap_or_default(), name, host]);
            }
            for group in groups {
                let group = group.0.to_string();
                if let Some(vm_id) = &ids.vm_id {
                    index.put(at, &["group id", &group, vm_id]);
                }
                index.put(at, &["group name", &group, name]);
            }
            index.put(at, &["name", name]);
        }
        index
    }

    fn put(&mut self, at: u32, key: &[&str]) {
        self.by_key
            .entry(stable_hash(key))
            .and_modify(|other| *other = if *other == at { at } else { SEVERAL })
            .or_insert(at);
    }

    fn get(&self, key: &[&str]) -> Option<u32> {
        self.by_key.get(&stable_hash(key)).copied().filter(|&at| at != SEVERAL)
    }

    /// By the surest way that leads to exactly one machine.
    fn find(&self, group: GroupId, row: &Row<'_>) -> Option<u32> {
        let text = |field| row.text(field);
        let (vm_id, name) = (text(Field::VmId), text(Field::Vm));
        let group = group.0.to_string();
        let by_id = || {
            let uuid = text(Field::SdkUuid)?.to_lowercase();
            self.get(&["id", vm_id.as_deref()?, &uuid])
        };
        let by_group_id = || self.get(&["group id", &group, vm_id.as_deref()?]);
        let by_uuid = || self.get(&["uuid", &text(Field::VmUuid)?.to_lowercase()]);
        let by_place = || {
            let server = text(Field::Server).unwrap_or_default();
            self.get(&["place", &server, name.as_deref()?, &text(Field::Host)?])
        };
        let by_group_name = || self.get(&["group name", &group, name.as_deref()?]);
        let by_name = || self.get(&["name", name.as_deref()?]);
        by_id().or_else(by_group_id).or_else(by_uuid).or_else(by_place).or_else(by_group_name).or_else(by_name)
    }
}
