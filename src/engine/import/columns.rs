//! Which tabs and columns are read, and the names they go by.
//!
//! Columns are found by name, never by position: custom attributes stand between others, and old versions lack many. Names are those of RVTools 3.x to
//! 4.7.1 (headers printed from real exports) and of the dialect that prefixes each with its tab (`vInfoVMName`, `vHostCpuMhz`), as listed in
//! <https://github.com/sbroenne/RvToolsMerge> (`docs/rvtools-column-mappings.md`).

/// A tab that is read, in the order of reading: what others refer to comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tab {
    Source,
    MetaData,
    Cluster,
    Host,
    Info,
    Cpu,
    Memory,
    Disk,
    Partition,
    Network,
    Snapshot,
    Tools,
    Usb,
    Cd,
    Datastore,
}

impl Tab {
    pub(super) const ALL: [Self; 15] = [
        Self::Source,
        Self::MetaData,
        Self::Cluster,
        Self::Host,
        Self::Info,
        Self::Cpu,
        Self::Memory,
        Self::Disk,
        Self::Partition,
        Self::Network,
        Self::Snapshot,
        Self::Tools,
        Self::Usb,
        Self::Cd,
        Self::Datastore,
    ];

    /// As RVTools writes it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Source => "vSource",
            Self::MetaData => "vMetaData",
            Self::Cluster => "vCluster",
            Self::Host => "vHost",
            Self::Info => "vInfo",
            Self::Cpu => "vCPU",
            Self::Memory => "vMemory",
            Self::Disk => "vDisk",
            Self::Partition => "vPartition",
            Self::Network => "vNetwork",
            Self::Snapshot => "vSnapshot",
            Self::Tools => "vTools",
            Self::Usb => "vUSB",
            Self::Cd => "vCD",
            Self::Datastore => "vDatastore",
        }
    }

    /// The tab of a worksheet or file of this name: `vInfo`, `vCpu`, `tabvInfo`, `RVTools_tabvInfo`.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL.into_iter().find(|tab| {
            name.len().checked_sub(tab.name().len()).is_some_and(|start| {
                let is_tab = name.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(tab.name()));
                let before = name.get(..start).unwrap_or_default().to_ascii_lowercase();
                is_tab
                    && (before.is_empty()
                        || before == "tab"
                        || before.ends_with("rvtools_tab")
                        || before.ends_with("_tab"))
            })
        })
    }

    /// Whether its rows are about machines, so that they carry the machine's name and ids.
    pub(super) const fn is_about_machines(self) -> bool {
        !matches!(self, Self::Source | Self::MetaData | Self::Cluster | Self::Host | Self::Datastore)
    }

    /// The columns read, each with its names in the form of [`compact`].
    fn columns(self) -> &'static [(Field, &'static [&'static str])] {
        use Field as F;
        match self {
            Self::Source => &[(F::Name, &["name"]), (F::Server, SERVER), (F::SdkUuid, SDK_UUID)],
            Self::MetaData => &[
                (F::ToolVersion, &["rvtoolsversion"]),
                (F::Taken, &["xlsxcreationdatetime", "creationdatetime"]),
                (F::Server, &["server", "visdkserver"]),
            ],
            Self::Cluster => &[
                (F::Name, &["name", "cluster", "clustername"]),
                (F::Datacenter, DATACENTER),
                (F::HaEnabled, &["haenabled"]),
                (F::Server, SERVER),
                (F::SdkUuid, SDK_UUID),
            ],
            Self::Host => &[
                (F::Host, &["host", "name", "hostname"]),
                (F::Datacenter, DATACENTER),
                (F::Cluster, CLUSTER),
                (F::Maintenance, &["inmaintenancemode", "maintenancemode"]),
                (F::CpuModel, &["cpumodel"]),
                (F::Speed, &["speed", "cpumhz"]),
                (F::Sockets, &["#cpu", "numcpu", "cpus", "#cpus"]),
                (F::CoresPerSocket, &["corespercpu"]),
                (F::Cores, &["#cores", "numcpucores", "cores"]),
                (F::CpuUsage, &["cpuusage%", "overallcpuusage"]),
                (F::Memory, &["#memory", "memorysize", "memory"]),
                (F::MemoryUsage, &["memoryusage%", "overallmemoryusage"]),
                (F::EsxVersion, &["esxversion", "fullname"]),
                (F::Vendor, &["vendor"]),
                (F::Model, &["model"]),
                (F::Server, SERVER),
                (F::SdkUuid, SDK_UUID),
            ],
            Self::Info => &[
                (F::Vm, VM),
                (F::Power, POWER),
                (F::Template, TEMPLATE),
                (F::SrmPlaceholder, &["srmplaceholder"]),
                (F::Connection, &["connectionstate"]),
                (F::DnsName, &["dnsname", "guesthostname"]),
                (F::Cpus, &["cpus", "vcpus", "cpu", "vcpu", "numcpu", "numcpus"]),
                (F::Memory, &["memory", "memorysize"]),
                (F::MemoryActive, &["activememory"]),
                (F::Nics, &["nics"]),
                (F::DiskCount, &["disks", "numvirtualdisks"]),
                (F::DiskTotal, &["totaldiskcapacity"]),
                (F::Ip, &["primaryipaddress", "primaryip"]),
                (F::ResourcePool, &["resourcepool"]),
                (F::Folder, FOLDER),
                (F::Provisioned, &["provisioned", "provisionedspace"]),
                (F::InUse, &["inuse", "usedspace"]),
                (F::Datacenter, DATACENTER),
                (F::Cluster, CLUSTER),
                (F::Host, HOST),
                (F::OsConfig, &["osaccordingtotheconfigurationfile", "osaccordingtotheconfigfile", "os", "guestos"]),
                (F::OsTools, &["osaccordingtothevmwaretools", "ostools"]),
                (F::VmId, VM_ID),
                (F::VmUuid, VM_UUID),
                (F::Server, SERVER),
                (F::SdkUuid, SDK_UUID),
                // RVTools has none of these: they are custom attributes, whose names everybody chooses.
                (F::Tags, &["tags", "tag", "vmtags", "vspheretags", "assignedtags"]),
                (F::Criticality, &["criticality", "businesscriticality", "vmcriticality", "businessimpact"]),
                (F::StorageClass, &["storageclass", "storagetier", "storagepolicy", "vmstoragepolicy"]),
            ],
            Self::Cpu => &with_identity![(F::Cpus, &["cpus", "vcpus"]), (F::CpuUsed, &["overall", "overallcpuusage"])],
            Self::Memory => &with_identity![
                (F::Memory, &["size", "memory"]),
                (F::MemoryActive, &["active"]),
                (F::MemoryConsumed, &["consumed"])
            ],
            Self::Disk => &with_identity![
                (F::Disk, &["disk", "name"]),
                (F::Capacity, &["capacity"]),
                (F::Raw, &["raw"]),
                (F::Sharing, &["sharingmode"]),
                (F::SharedBus, &["sharedbus"]),
                (F::Thin, &["thin"]),
                (F::DiskPath, &["path"])
            ],
            Self::Partition => {
                &with_identity![(F::Disk, &["disk"]), (F::Capacity, &["capacity"]), (F::Consumed, &["consumed"])]
            }
            Self::Network => &with_identity![(F::Ip, &["ipv4address", "ipaddress"])],
            Self::Snapshot => &with_identity![(F::Size, &["sizetotal", "size"])],
            Self::Tools => &with_identity![(F::Tools, &["tools", "toolsstatus"])],
            Self::Usb => &with_identity![(F::Connected, &["connected"]), (F::DeviceType, &["devicetype"])],
            Self::Cd => &with_identity![(F::Connected, &["connected"])],
            Self::Datastore => &[
                (F::Name, &["name", "datastore"]),
                (F::Type, &["type"]),
                (F::Capacity, &["capacity"]),
                (F::Provisioned, &["provisioned"]),
                (F::InUse, &["inuse", "used"]),
                (F::Free, &["free", "freespace"]),
                (F::HostCount, &["#hosts"]),
                (F::Hosts, &["hosts"]),
                (F::Url, &["url"]),
                (F::Server, SERVER),
                (F::SdkUuid, SDK_UUID),
            ],
        }
    }

    /// What a header of this tab stands for.
    pub(super) fn column(self, header: &str) -> Option<Meaning> {
        let (name, unit) = compact(header);
        self.named(&name, unit).or_else(|| {
            let unprefixed = name.strip_prefix(self.name().to_ascii_lowercase().as_str())?;
            self.named(unprefixed, unit).or_else(|| {
                let (stem, unit) = Unit::suffix(unprefixed)?;
                self.named(stem, unit)
            })
        })
    }

    fn named(self, name: &str, unit: Unit) -> Option<Meaning> {
        self.columns().iter().find_map(|&(field, names)| {
            let rank = names.iter().position(|&other| other == name)?;
            Some(Meaning { field, unit, rank: rank as u8 })
        })
    }

    /// The columns without which the tab says little, by their titles, and what it means that one is not there.
    pub(super) const fn needed(self) -> &'static [(Field, &'static str, &'static str)] {
        match self {
            Self::Info => &[
                (Field::Power, "Powerstate", "Every machine counts as running."),
                (Field::Cpus, "CPUs", "Machines count 0 vCPU unless the vCPU tab says how many."),
                (Field::Memory, "Memory", "Machines count no memory unless the vMemory tab says how much."),
                (Field::InUse, "In Use MiB", "Provisioned storage is used in its place, which is larger."),
            ],
            Self::Disk => &[(Field::Capacity, "Capacity MiB", "Virtual disks are not counted.")],
            Self::Partition => {
                &[(Field::Consumed, "Consumed MiB", "What guests hold is not known; the in-use size is used.")]
            }
            Self::Host => &[
                (Field::Cores, "# Cores", "Hosts count no cores, so existing clusters hold nothing."),
                (Field::Memory, "# Memory", "Hosts count no memory, so existing clusters hold nothing."),
                (Field::Speed, "Speed", "The processor speed of hosts is not known."),
            ],
            _ => &[],
        }
    }
}

const VM: &[&str] = &["vm", "vmname", "virtualmachine", "name"];
const POWER: &[&str] = &["powerstate"];
const TEMPLATE: &[&str] = &["template"];
const VM_ID: &[&str] = &["vmid", "moref"];
const VM_UUID: &[&str] = &["vmuuid", "uuid"];
const SERVER: &[&str] = &["visdkserver", "vcenterserver", "vcenter"];
const SDK_UUID: &[&str] = &["visdkuuid", "vcenteruuid"];
const HOST: &[&str] = &["host", "hostname"];
const CLUSTER: &[&str] = &["cluster", "clustername"];
const DATACENTER: &[&str] = &["datacenter", "datacentre"];
const FOLDER: &[&str] = &["folder"];

/// The columns by which a row of a tab about machines finds its machine, and more.
macro_rules! with_identity {
    ($($column:expr),+) => {
        [
            (F::Vm, &["vm", "vmname"] as &[&str]),
            (F::Host, HOST),
            (F::VmId, VM_ID),
            (F::VmUuid, VM_UUID),
            (F::Server, SERVER),
            (F::SdkUuid, SDK_UUID),
            $($column),+
        ]
    };
}
use with_identity;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Field {
    Vm,
    VmId,
    VmUuid,
    Server,
    SdkUuid,
    Host,
    Cluster,
    Datacenter,
    Name,
    Power,
    Template,
    SrmPlaceholder,
    Connection,
    DnsName,
    Cpus,
    Memory,
    MemoryActive,
    MemoryConsumed,
    CpuUsed,
    Nics,
    DiskCount,
    DiskTotal,
    Ip,
    ResourcePool,
    Folder,
    Provisioned,
    InUse,
    OsConfig,
    OsTools,
    Disk,
    DiskPath,
    Capacity,
    Consumed,
    Raw,
    Sharing,
    SharedBus,
    Thin,
    Size,
    Tools,
    Connected,
    DeviceType,
    Maintenance,
    CpuModel,
    Speed,
    Sockets,
    CoresPerSocket,
    Cores,
    CpuUsage,
    MemoryUsage,
    EsxVersion,
    Vendor,
    Model,
    HaEnabled,
    Type,
    Free,
    HostCount,
    Hosts,
    Url,
    ToolVersion,
    Tags,
    Criticality,
    StorageClass,
    Taken,
}

impl Field {
    /// How many there are.
    pub(super) const COUNT: usize = Self::Taken as usize + 1;
}

/// What a header stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) field: Field,
    pub(super) unit: Unit,
    /// How far down the list of names it was found: RVTools' own name has 0, and wins over custom attributes that sound alike.
    pub(super) rank: u8,
}

/// The unit that a header names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Unit {
    /// None named: the one RVTools means, MiB or MHz.
    #[default]
    Unsaid,
    Bytes,
    Kib,
    Mib,
    Gib,
    Tib,
    Mhz,
    Ghz,
}

impl Unit {
    /// The unit of this name. RVTools means binary units by `MB` as well as by `MiB`.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "b" | "byte" | "bytes" => Self::Bytes,
            "kb" | "kib" => Self::Kib,
            "mb" | "mib" => Self::Mib,
            "gb" | "gib" => Self::Gib,
            "tb" | "tib" => Self::Tib,
            "mhz" => Self::Mhz,
            "ghz" => Self::Ghz,
            _ => return None,
        })
    }

    /// Splits a unit off the end of a name written as one word.
    fn suffix(name: &str) -> Option<(&str, Self)> {
        ["bytes", "kib", "mib", "gib", "tib", "kb", "mb", "gb", "tb", "mhz", "ghz"]
            .into_iter()
            .find_map(|suffix| Some((name.strip_suffix(suffix)?, Self::of(suffix)?)))
    }

    /// What one of it is in the unit that RVTools means.
    pub(super) const fn scale(self) -> f64 {
        match self {
            Self::Unsaid | Self::Mib | Self::Mhz => 1.0,
            Self::Bytes => 1.0 / 1_048_576.0,
            Self::Kib => 1.0 / 1024.0,
            Self::Gib => 1024.0,
            Self::Tib => 1_048_576.0,
            Self::Ghz => 1000.0,
        }
    }
}

/// A header in lower case, without blanks and punctuation, and the unit it named apart: `In Use MiB` is `inuse`, `Free % ` is `free%`.
fn compact(header: &str) -> (String, Unit) {
    let mut name = String::with_capacity(header.len());
    let mut unit = Unit::Unsaid;
    let words = header.split(|character: char| !character.is_alphanumeric() && !matches!(character, '#' | '%'));
    for word in words.filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if word == "optional" {
            continue;
        }
        match Unit::of(&word) {
            // A header that is nothing but a unit is a name.
            Some(found) if !name.is_empty() => unit = found,
            _ => name.push_str(&word),
        }
    }
    (name, unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tab: Tab, header: &str, expected: Option<(Field, Unit)>) {
        let found = tab.column(header).map(|meaning| (meaning.field, meaning.unit));
        assert_eq!(found, expected, "{header:?} of {}", tab.name());
    }

    #[test]
    fn units_are_kept_apart_from_names() {
        for (header, unit) in [
            ("Provisioned MB", Unit::Mib),
            ("Provisioned MiB", Unit::Mib),
            (" provisioned  mib ", Unit::Mib),
            ("Provisioned (GB)", Unit::Gib),
            ("Provisioned", Unit::Unsaid),
            ("vInfoProvisioned", Unit::Unsaid),
            ("vInfoProvisionedMiB", Unit::Mib),
        ] {
            check(Tab::Info, header, Some((Field::Provisioned, unit)));
        }
        check(Tab::Info, "In use MiB", Some((Field::InUse, Unit::Mib)));
        check(Tab::Snapshot, "Size MiB (total)", Some((Field::Size, Unit::Mib)));
        check(Tab::Snapshot, "Size MiB (vmsn)", None);
    }

    #[test]
    fn names_of_the_prefixed_dialect_are_known() {
        check(Tab::Info, "vInfoVMName", Some((Field::Vm, Unit::Unsaid)));
        check(Tab::Info, "vInfoOSTools", Some((Field::OsTools, Unit::Unsaid)));
        check(Tab::Info, "vInfoGuestHostName", Some((Field::DnsName, Unit::Unsaid)));
        check(Tab::Info, "vInfoVISDKServer", Some((Field::Server, Unit::Unsaid)));
        check(Tab::Host, "vHostName", Some((Field::Host, Unit::Unsaid)));
        check(Tab::Host, "vHostCpuMhz", Some((Field::Speed, Unit::Unsaid)));
        check(Tab::Host, "vHostNumCPU", Some((Field::Sockets, Unit::Unsaid)));
        check(Tab::Host, "vHostMemorySize", Some((Field::Memory, Unit::Unsaid)));
        check(Tab::Partition, "vPartitionConsumedMiB", Some((Field::Consumed, Unit::Mib)));
        check(Tab::Memory, "vMemorySizeMiB", Some((Field::Memory, Unit::Mib)));
    }

    #[test]
    fn spellings_that_occur_are_known() {
        check(Tab::Usb, "OS according to the VMware tools", None);
        check(Tab::Info, "OS according to the VMware tools", Some((Field::OsTools, Unit::Unsaid)));
        check(Tab::Info, "vCenter UUID", Some((Field::SdkUuid, Unit::Unsaid)));
        check(Tab::Info, "Annotation", None);
        check(Tab::Info, "Business Criticality", Some((Field::Criticality, Unit::Unsaid)));
        check(Tab::Info, "vm-tags", Some((Field::Tags, Unit::Unsaid)));
        check(Tab::Info, "Storage Class", Some((Field::StorageClass, Unit::Unsaid)));
        check(Tab::Host, "# Memory", Some((Field::Memory, Unit::Unsaid)));
        check(Tab::Host, "CPU usage %", Some((Field::CpuUsage, Unit::Unsaid)));
        check(Tab::Cluster, "Cluster", Some((Field::Name, Unit::Unsaid)));
        check(Tab::Info, "", None);
    }

    #[test]
    fn tabs_are_known_by_any_case_and_by_file_names() {
        assert_eq!(Tab::of("vCpu"), Some(Tab::Cpu));
        assert_eq!(Tab::of("tabvInfo"), Some(Tab::Info));
        assert_eq!(Tab::of("RVTools_tabvInfo"), Some(Tab::Info));
        assert_eq!(Tab::of("vc1_RVTools_tabvDisk"), Some(Tab::Disk));
        assert_eq!(Tab::of("dvSwitch"), None);
        assert_eq!(Tab::of("näme"), None);
        assert_eq!(Tab::of("Overview of vInfo"), None);
    }

    #[test]
    fn no_name_stands_for_two_columns_of_a_tab() {
        for tab in Tab::ALL {
            let mut names: Vec<&str> = tab.columns().iter().flat_map(|(_, names)| names.iter().copied()).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{}", tab.name());
        }
    }
}
