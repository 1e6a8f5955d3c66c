//! Gathers what the tabs say into one estate.
//!
//! vInfo gives the machines. Once all of it is read they get their identities ([`Inventory::identify`]); every later tab adds to the machine that its
//! row belongs to, so no tab but vInfo is ever held. Several exports may speak of the same machine: the newest one is believed, in every tab.

mod assemble;
mod details;
mod hosts;
mod identity;
mod machines;
mod remarks;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::engine::model::{Machine, MiB, Source, SourceKind};

use super::columns::{Field, Tab};
use super::findings::Findings;
use super::sheet::{Row, TabReader};

use crate::engine::order::arrange;
use hosts::{ClusterDraft, DatastoreDraft, HostDraft};
use identity::{Ids, Index};
use machines::Draft;
pub(super) use remarks::on_estate;

/// Files that speak of one moment: a workbook, or CSV files exported together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct GroupId(pub(super) u16);

/// What is known of such files.
#[derive(Debug, Default)]
struct Group {
    name: String,
    kind: SourceKind,
    tool_version: Option<String>,
    taken: Option<String>,
    /// vCenters seen, by their keys.
    vcenters: BTreeMap<String, String>,
    /// Tabs that had rows.
    tabs: Vec<Tab>,
}

/// A vCenter as a row names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct VCenter {
    uuid: Option<String>,
    server: Option<String>,
}

impl VCenter {
    fn of(row: &Row<'_>) -> Self {
        Self { uuid: row.text(Field::SdkUuid).map(|uuid| uuid.to_lowercase()), server: row.string(Field::Server) }
    }

    /// What tells it from others: its UUID, else its server's name.
    fn key(&self) -> Option<&str> {
        self.uuid.as_deref().or(self.server.as_deref())
    }
}

/// The estate while it is read.
#[derive(Default)]
pub(super) struct Inventory {
    groups: Vec<Group>,
    clusters: Vec<ClusterDraft>,
    hosts: Vec<HostDraft>,
    datastores: Vec<DatastoreDraft>,
    drafts: Vec<Draft>,
    machines: Vec<Known>,
    index: Index,
}

/// A machine with its identity.
#[derive(Debug)]
struct Known {
    machine: Machine,
    /// Its file and its row of vInfo.
    at: (Rc<str>, u64),
    /// Who says so.
    group: GroupId,
    /// Who said otherwise, earlier.
    outdated: Vec<GroupId>,
    ids: Ids,
    /// What vInfo names, resolved at the end.
    datacenter: Option<String>,
    cluster: Option<String>,
    host: Option<String>,
    vcenter: String,
    /// Hashes of the disks and partitions counted, so that a row that stands twice counts once.
    disks_seen: Vec<u64>,
    partitions_seen: Vec<u64>,
    /// Virtual network cards found in vNetwork.
    nics_seen: u32,
    /// Disk space by vInfo, for want of vDisk.
    disk_total: Option<MiB>,
}

impl Inventory {
    /// Begins a group of files and gives its id.
    pub(super) fn add_group(&mut self, name: &str, kind: SourceKind) -> GroupId {
        // More groups than fit are not possible: an archive has at most 10,000 entries, and a browser refuses as many files.
        let id = GroupId(self.groups.len().try_into().unwrap_or(u16::MAX));
        self.groups.push(Group { name: name.to_owned(), kind, ..Group::default() });
        id
    }

    /// Calls a group by another name.
    pub(super) fn rename_group(&mut self, id: GroupId, name: &str) {
        name.clone_into(&mut self.group(id).name);
    }

    /// Whether vInfo gave any machine.
    pub(super) fn has_machines(&self) -> bool {
        !self.machines.is_empty()
    }

    /// The reader of a tab of a group.
    pub(super) fn reader(&mut self, group: GroupId, tab: Tab) -> impl TabReader + '_ {
        ReadTab { inventory: self, group, tab }
    }

    fn group(&mut self, id: GroupId) -> &mut Group {
        &mut self.groups[usize::from(id.0)]
    }

    /// Remembers the vCenter of a row for rows of the same group that name none, or name it by its server alone.
    fn see_vcenter(&mut self, group: GroupId, vcenter: &VCenter) {
        let vcenters = &mut self.group(group).vcenters;
        match (&vcenter.uuid, &vcenter.server) {
            (Some(uuid), Some(server)) => {
                vcenters.remove(server);
                // Of several names of one vCenter the first in the alphabet is shown, so that the order of rows does not matter.
                let shown = vcenters.entry(uuid.clone()).or_insert_with(|| server.clone());
                if *shown == *uuid || server < &*shown {
                    shown.clone_from(server);
                }
            }
            (Some(uuid), None) => {
                vcenters.entry(uuid.clone()).or_insert_with(|| uuid.clone());
            }
            (None, Some(server)) if !vcenters.values().any(|name| name == server) => {
                vcenters.insert(server.clone(), server.clone());
            }
            (None, _) => {}
        }
    }

    /// The key of a vCenter: its own, else that of its group's only one, else nothing.
    fn vcenter_key(&self, group: GroupId, vcenter: &VCenter) -> String {
        let vcenters = &self.groups[usize::from(group.0)].vcenters;
        match vcenter.key() {
            // A row that knows the server alone belongs to the vCenter of that name, if its UUID is known from other rows.
            Some(key) if vcenter.uuid.is_none() => {
                let named = vcenters.iter().find(|(other, name)| *other != key && name.as_str() == key);
                named.map_or(key, |(other, _)| other).to_owned()
            }
            Some(key) => key.to_owned(),
            None if vcenters.len() == 1 => vcenters.keys().next().cloned().unwrap_or_default(),
            None => String::new(),
        }
    }

    /// The name of the vCenter with this key.
    fn vcenter_name(&self, key: &str) -> Option<String> {
        self.groups.iter().find_map(|group| group.vcenters.get(key).cloned()).filter(|_| !key.is_empty())
    }

    fn sources(&self) -> Vec<Source> {
        let mut sources: Vec<Source> = self
            .groups
            .iter()
            .filter(|group| !group.tabs.is_empty())
            .map(|group| {
                let mut vcenters: Vec<String> = group.vcenters.values().cloned().collect();
                vcenters.sort_unstable();
                vcenters.dedup();
                Source {
                    name: group.name.clone(),
                    kind: group.kind,
                    tool_version: group.tool_version.clone(),
                    taken: group.taken.clone(),
                    vcenters,
                }
            })
            .collect();
        arrange(&mut sources, |a, b| (&a.name, &a.taken).cmp(&(&b.name, &b.taken)));
        sources
    }
}

/// Routes the rows of one tab.
struct ReadTab<'i> {
    inventory: &'i mut Inventory,
    group: GroupId,
    tab: Tab,
}

impl TabReader for ReadTab<'_> {
    fn row(&mut self, row: &Row<'_>, findings: &mut Findings) -> bool {
        let (inventory, group) = (&mut *self.inventory, self.group);
        let tabs = &mut inventory.group(group).tabs;
        if tabs.last() != Some(&self.tab) {
            tabs.push(self.tab);
        }
        match self.tab {
            Tab::Source => inventory.read_source(group, row),
            Tab::MetaData => inventory.read_metadata(group, row),
            Tab::Cluster => inventory.read_cluster(group, row, findings),
            Tab::Host => inventory.read_host(group, row, findings),
            Tab::Datastore => inventory.read_datastore(group, row, findings),
            Tab::Info => inventory.read_machine(group, row, findings),
            tab => inventory.read_detail(group, tab, row, findings),
        }
    }
}
