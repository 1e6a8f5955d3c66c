//! What there is: sources, clusters, hosts, datastores and machines.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ClusterId, Criticality, DatastoreId, HostId, MHz, MachineId, MiB};
use crate::engine::order::arrange;

/// All that was imported or typed in. Every list is sorted by id, so that the order of rows in a file never matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Estate {
    /// The files and vCenters it came from.
    pub sources: Vec<Source>,
    /// Clusters, a pseudo cluster per datacenter for stand-alone hosts included.
    pub clusters: Vec<Cluster>,
    /// ESXi hosts.
    pub hosts: Vec<Host>,
    /// Datastores.
    pub datastores: Vec<Datastore>,
    /// Virtual machines, those that are set aside by default included.
    pub machines: Vec<Machine>,
}

impl Estate {
    /// The cluster with this id.
    pub fn cluster(&self, id: ClusterId) -> Option<&Cluster> {
        self.clusters.binary_search_by_key(&id, |cluster| cluster.id).ok().map(|index| &self.clusters[index])
    }

    /// The machine with this id.
    pub fn machine(&self, id: MachineId) -> Option<&Machine> {
        self.machines.binary_search_by_key(&id, |machine| machine.id).ok().map(|index| &self.machines[index])
    }

    /// The hosts of a cluster, in the order of their ids.
    pub fn hosts_of(&self, cluster: ClusterId) -> impl Iterator<Item = &Host> {
        self.hosts.iter().filter(move |host| host.cluster == cluster)
    }

    /// Sorts every list by id; importers call it last.
    pub fn sort(&mut self) {
        arrange(&mut self.clusters, |a, b| a.id.cmp(&b.id));
        arrange(&mut self.hosts, |a, b| a.id.cmp(&b.id));
        arrange(&mut self.datastores, |a, b| a.id.cmp(&b.id));
        arrange(&mut self.machines, |a, b| a.id.cmp(&b.id));
    }

    /// True where there is no machine and no host.
    pub fn is_empty(&self) -> bool {
        self.machines.is_empty() && self.hosts.is_empty()
    }
}

/// Where a part of the estate came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Source {
    /// The file's name without its folder; for totals, what the user called them.
    pub name: String,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// The version of the tool that wrote it, such as `4.7.1`.
    pub tool_version: Option<String>,
    /// When it was taken, as written in the file.
    pub taken: Option<String>,
    /// The vCenter servers named in it.
    pub vcenters: Vec<String>,
}

/// The kinds of source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// An RVTools workbook.
    #[default]
    RvtoolsXlsx,
    /// RVTools CSV files, one for each tab.
    RvtoolsCsv,
    /// Totals or size classes typed in.
    Totals,
}

/// A vSphere cluster, or the stand-alone hosts of one datacenter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Cluster {
    /// Stable identity.
    pub id: ClusterId,
    /// Its name, such as `Production Cluster`.
    pub name: String,
    /// The datacenter it is in.
    pub datacenter: Option<String>,
    /// The vCenter that manages it.
    pub vcenter: Option<String>,
    /// True for the pseudo cluster of hosts that are in none.
    pub standalone: bool,
    /// Whether vSphere HA is on, where known.
    pub ha_enabled: Option<bool>,
}

/// An ESXi host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Host {
    /// Stable identity.
    pub id: HostId,
    /// Its name.
    pub name: String,
    /// The cluster it is in.
    pub cluster: ClusterId,
    /// Processor model as written by the host.
    pub cpu_model: Option<String>,
    /// Processor sockets.
    pub sockets: u32,
    /// Physical cores over all sockets.
    pub cores: u32,
    /// Clock of one core.
    pub speed: MHz,
    /// Installed memory.
    pub memory: MiB,
    /// Maker and model, such as `Dell Inc. PowerEdge R740`.
    pub hardware: Option<String>,
    /// ESXi version.
    pub esx_version: Option<String>,
    /// True while in maintenance mode.
    pub in_maintenance: bool,
    /// CPU use at the time of export, per cent.
    pub cpu_usage_pct: Option<u32>,
    /// Memory use at the time of export, per cent.
    pub memory_usage_pct: Option<u32>,
}

impl Host {
    /// All cores times the clock of one.
    pub fn cpu(&self) -> MHz {
        MHz(self.speed.0 * u64::from(self.cores))
    }
}

/// A datastore.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Datastore {
    /// Stable identity.
    pub id: DatastoreId,
    /// Its name.
    pub name: String,
    /// `VMFS`, `NFS`, `vsan`, … as written.
    pub kind: String,
    /// Size.
    pub capacity: MiB,
    /// Promised to machines.
    pub provisioned: MiB,
    /// In use.
    pub in_use: MiB,
    /// The clusters whose hosts see it, sorted.
    pub clusters: Vec<ClusterId>,
    /// How many hosts see it; 1 means that it is local to a host.
    pub host_count: u32,
}

/// A virtual machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the machine")]
pub struct Machine {
    /// Stable identity.
    pub id: MachineId,
    /// Its name in the inventory.
    pub name: String,
    /// The cluster it runs in.
    pub cluster: ClusterId,
    /// The host it ran on.
    pub host: Option<HostId>,
    /// Power state.
    pub power: Power,
    /// Whether it is a template.
    pub template: bool,
    /// Whether it is a Site Recovery placeholder, which holds no data of its own.
    pub srm_placeholder: bool,
    /// Whether vCenter calls it orphaned, inaccessible, invalid or disconnected.
    pub orphaned: bool,
    /// Virtual processors.
    pub vcpus: u32,
    /// Configured memory.
    pub memory: MiB,
    /// Processor time used at the time of export.
    pub cpu_used: Option<MHz>,
    /// Guest memory touched recently, at the time of export.
    pub memory_active: Option<MiB>,
    /// Host memory behind the guest's, at the time of export.
    pub memory_consumed: Option<MiB>,
    /// Storage by each measure.
    pub storage: Storage,
    /// Virtual disks.
    pub disks: Vec<Disk>,
    /// Number of partitions in the guest whose contents are known.
    pub partitions: u32,
    /// Virtual network cards.
    pub nics: u32,
    /// Input and output operations per second, where measured.
    pub iops: Option<u32>,
    /// Guest system as VMware Tools report it, else as configured.
    pub os: Option<String>,
    /// Family of the guest system, for licences.
    pub os_family: OsFamily,
    /// Inventory folder.
    pub folder: Option<String>,
    /// Resource pool.
    pub resource_pool: Option<String>,
    /// Name in DNS.
    pub dns_name: Option<String>,
    /// First IP address.
    pub ip: Option<String>,
    /// Number of snapshots.
    pub snapshots: u32,
    /// Space held by snapshots.
    pub snapshot_size: MiB,
    /// State of VMware Tools as written, such as `toolsOk`.
    pub tools: Option<String>,
    /// Whether a USB device is connected.
    pub usb: bool,
    /// Whether a CD is connected.
    pub cd_connected: bool,
    /// Whether a disk is a raw device mapping.
    pub raw_disk: bool,
    /// Whether a disk is shared with another machine.
    pub shared_disk: bool,
    /// Tags that the inventory gives it, as [`super::tags`] reads them.
    pub tags: Vec<String>,
    /// How much depends on it, where the inventory says so.
    pub criticality: Criticality,
    /// The class of storage that its owner calls its disks, such as `gold`. It decides nothing by itself: what disks cost follows from their size, operations
    /// and throughput. Rules may select by it.
    pub storage_class: Option<String>,
}

impl Machine {
    /// Why it is not planned by default; `None` for a machine that is. One reason a machine, the strongest first, so that the counts add up.
    pub fn set_aside(&self) -> Option<SetAside> {
        if self.template {
            Some(SetAside::Template)
        } else if self.srm_placeholder {
            Some(SetAside::SrmPlaceholder)
        } else if self.is_vcls() {
            Some(SetAside::Vcls)
        } else if self.orphaned {
            Some(SetAside::Orphaned)
        } else if self.power != Power::On {
            Some(SetAside::PoweredOff)
        } else {
            None
        }
    }

    /// By its name, letter by letter: asked for every machine whenever a table is filtered, and a call of the comparison costs several times more than that.
    fn is_vcls(&self) -> bool {
        matches!(self.name.as_bytes(), [b'v', b'C', b'L', b'S', b'-', ..] | [b'v', b'C', b'L', b'S', b' ', b'(', ..])
    }
}

/// Why a machine is left out unless the user includes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SetAside {
    /// A template.
    Template,
    /// A Site Recovery placeholder.
    SrmPlaceholder,
    /// An agent machine of vSphere Cluster Services.
    Vcls,
    /// Orphaned, inaccessible, invalid or disconnected.
    Orphaned,
    /// Powered off or suspended.
    PoweredOff,
}

impl SetAside {
    /// Every reason, in the order in which it is tested.
    pub const ALL: [Self; 5] = [Self::Template, Self::SrmPlaceholder, Self::Vcls, Self::Orphaned, Self::PoweredOff];
}

/// Power state of a machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Power {
    /// Running.
    #[default]
    On,
    /// Powered off.
    Off,
    /// Suspended.
    Suspended,
}

/// Storage of a machine by the measures that a VMware inventory holds. They differ widely, so all are kept and shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Storage {
    /// vInfo `Provisioned`: promised, swap and snapshots included.
    pub provisioned: Option<MiB>,
    /// vInfo `In Use`: taken on the datastores.
    pub in_use: Option<MiB>,
    /// Sum of vDisk `Capacity`.
    pub disk_capacity: Option<MiB>,
    /// Sum of vPartition `Capacity`: the file systems inside the guest.
    pub partition_capacity: Option<MiB>,
    /// Sum of vPartition `Consumed`: what the file systems inside the guest hold.
    pub partition_consumed: Option<MiB>,
}

/// A virtual disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Disk {
    /// Its label, such as `Hard disk 1`.
    pub label: String,
    /// Size.
    pub capacity: MiB,
    /// Whether it is thin.
    pub thin: Option<bool>,
}

/// Families of guest systems that differ in licence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OsFamily {
    /// Windows Server.
    WindowsServer,
    /// Windows of a desktop.
    WindowsDesktop,
    /// Red Hat Enterprise Linux.
    Rhel,
    /// SUSE Linux Enterprise.
    Sles,
    /// Any other Linux.
    Linux,
    /// Anything else: appliances, BSD, Solaris, …
    Other,
    /// Not said.
    #[default]
    Unknown,
}
