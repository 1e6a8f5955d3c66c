//! What stands in the cells: one function for each kind of thing, by the header of the column.

use crate::company::{Company, Disk, Host, Machine, SITES, Site};

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Blank,
    Number(f64),
    Text(String),
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::from(if value { "True" } else { "False" })
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Into::into)
    }
}

/// When the export was made.
pub const TAKEN: &str = "2026/09/14 06:02:11";

/// A row of a tab: the values of its columns.
pub fn row(columns: &[&str], value: impl Fn(&str) -> Value) -> Vec<Value> {
    columns.iter().map(|column| value(column)).collect()
}

/// Columns that every tab about machines has.
fn common(company: &Company, machine: &Machine, column: &str) -> Value {
    let at = machine.at();
    match column {
        "VM" => (&machine.name).into(),
        "Powerstate" => machine.power.into(),
        "Template" => machine.template.into(),
        "SRM Placeholder" => machine.placeholder.into(),
        "Annotation" => format!("{} / owner {}", machine.application, machine.owner).as_str().into(),
        "Datacenter" => at.datacenter.into(),
        "Cluster" => at.cluster.into(),
        "Host" => (&company.hosts[machine.host].name).into(),
        "Folder" => (&machine.folder).into(),
        "OS according to the configuration file" => machine.os_config.into(),
        "OS according to the VMware Tools" | "OS according to the VMware tools" => machine.os_tools.into(),
        "VM ID" | "VMRef" => (&machine.vm_id).into(),
        "VM UUID" => (&machine.uuid).into(),
        "VI SDK Server" => at.server.into(),
        "VI SDK UUID" => at.server_uuid.into(),
        _ => Value::Blank,
    }
}

/// vInfo.
pub fn info(company: &Company, machine: &Machine, column: &str) -> Value {
    let on = machine.power == "poweredOn";
    match column {
        "Config status" | "Heartbeat" => if on { "green" } else { "gray" }.into(),
        "DNS Name" => machine.ip.as_ref().map(|_| format!("{}.example.com", machine.name)).as_ref().into(),
        "Connection state" => machine.connection.into(),
        "Guest state" => if on && machine.os_tools.is_some() { "running" } else { "notRunning" }.into(),
        "Consolidation Needed" | "Fixed Passthru HotPlug" | "Boot retry enabled" | "Boot BIOS setup" => false.into(),
        "PowerOn" if on => "2026/08/02 21:14:09".into(),
        "Suspend Interval" | "Boot delay" => 0.into(),
        // Machines older than vSphere 6.7 have no date of creation, for which the export writes the beginning of 1970 in local time.
        "Creation date" => {
            if machine.created.starts_with("2014") { "1969/12/31 16:00:00" } else { &machine.created }.into()
        }
        "Change Version" => "2026-09-13T22:40:17.1049Z".into(),
        "CPUs" => machine.vcpus.into(),
        "Overall Cpu Readiness" if on => 0.into(),
        "Memory" => machine.memory_mib.into(),
        "Active Memory" => machine.memory_active_mib.into(),
        "NICs" => u64::from(!machine.placeholder).into(),
        "Disks" => (machine.disks.len() as u64).into(),
        "Total disk capacity MiB" => machine.capacity_mib().into(),
        "Latency Sensitivity" => "normal".into(),
        "EnableUUID" => machine.os_config.contains("Windows").into(),
        "CBT" => on.into(),
        "Primary IP Address" => machine.ip.as_ref().into(),
        "Network #1" => network(machine.at()).as_str().into(),
        "Num Monitors" => 1.into(),
        "Video Ram KiB" => 8192.into(),
        "Resource pool" => format!("/{}/Resources", machine.at().cluster.unwrap_or("Leeds")).as_str().into(),
        "DAS protection" => machine.at().cluster.is_some().into(),
        "FT State" => "notConfigured".into(),
        "Provisioned MiB" => machine.provisioned_mib().into(),
        "In Use MiB" => machine.in_use_mib().into(),
        "Unshared MiB" => machine.in_use_mib().into(),
        "HA Restart Priority" => "medium".into(),
        "HA Isolation Response" => "none".into(),
        "HA VM Monitoring" => "vmMonitoringDisabled".into(),
        "Boot retry delay" => 10_000.into(),
        "Firmware" => if machine.os_config.contains("2008") { "bios" } else { "efi" }.into(),
        "EFI Secure boot" => machine.os_config.contains("2022").into(),
        "HW version" => if machine.os_config.contains("2008") { 10 } else { 19 }.into(),
        "HW upgrade policy" => "never".into(),
        "Path" => format!("[{}] {0}/{0}.vmx", machine.name).as_str().into(),
        "VI SDK Server type" => "VMware vCenter Server".into(),
        "VI SDK API Version" => "8.0.3.0".into(),
        _ => common(company, machine, column),
    }
}

fn network(at: &Site) -> String {
    format!("{}-servers", at.cluster.unwrap_or("LEE").to_lowercase())
}

/// vCPU.
pub fn cpu(company: &Company, machine: &Machine, column: &str) -> Value {
    match column {
        "CPUs" | "Sockets" => machine.vcpus.into(),
        "Cores p/s" => 1.into(),
        "Max" => (machine.vcpus * machine.at().speed_mhz).into(),
        "Overall" => machine.cpu_used_mhz.into(),
        "Level" => "normal".into(),
        "Shares" => (machine.vcpus * 1000).into(),
        "Reservation" | "Entitlement" | "DRS Entitlement" => 0.into(),
        "Limit" => Value::Number(-1.0),
        "Hot Add" => machine.os_config.contains("Windows").into(),
        "Hot Remove" => false.into(),
        _ => common(company, machine, column),
    }
}

/// vMemory.
pub fn memory(company: &Company, machine: &Machine, column: &str) -> Value {
    let on = machine.power == "poweredOn";
    match column {
        "Size MiB" | "Max" => machine.memory_mib.into(),
        "Consumed" | "Private" => if on { machine.memory_mib * 97 / 100 } else { 0 }.into(),
        "Active" => machine.memory_active_mib.into(),
        "Shared" | "Swapped" | "Ballooned" | "Reservation" => 0.into(),
        "Level" => "normal".into(),
        "Limit" => Value::Number(-1.0),
        "Memory Reservation Locked To Max" | "Hot Add" => false.into(),
        _ => common(company, machine, column),
    }
}

/// vDisk.
pub fn disk(company: &Company, machine: &Machine, (index, disk): (usize, &Disk), column: &str) -> Value {
    match column {
        "Disk" => format!("Hard disk {}", index + 1).as_str().into(),
        "Disk Key" => (2000 + index as u64).into(),
        "Disk UUID" => (&disk.uuid).into(),
        "Capacity MiB" => disk.capacity_mib.into(),
        "Raw" => disk.raw.into(),
        "Disk Mode" => if disk.raw { "independent_persistent" } else { "persistent" }.into(),
        "Sharing mode" => if disk.shared { "sharingMultiWriter" } else { "sharingNone" }.into(),
        "Thin" => disk.thin.into(),
        "Eagerly Scrub" | "Split" | "Write Through" => false.into(),
        "Level" => "normal".into(),
        "Shares" => 1000.into(),
        "Controller" => "VMware paravirtual SCSI".into(),
        "Label" => "SCSI controller 0".into(),
        "Unit #" => (index as u64).into(),
        "Shared Bus" => "noSharing".into(),
        "Path" => {
            let suffix = if index == 0 { String::new() } else { format!("_{index}") };
            format!("[{}] {0}/{0}{suffix}.vmdk", machine.name).as_str().into()
        }
        _ => common(company, machine, column),
    }
}

/// vPartition, for disks whose contents are known.
pub fn partition(company: &Company, machine: &Machine, (index, disk): (usize, &Disk), column: &str) -> Value {
    let Some((mount, size, consumed)) = &disk.partition else { return Value::Blank };
    match column {
        "Disk Key" => (2000 + index as u64).into(),
        "Disk" => mount.into(),
        "Capacity MiB" => (*size).into(),
        "Consumed MiB" => (*consumed).into(),
        "Free MiB" => (size - consumed).into(),
        "Free %" => ((size - consumed) * 100 / size).into(),
        _ => common(company, machine, column),
    }
}

/// vNetwork.
pub fn nic(company: &Company, machine: &Machine, column: &str) -> Value {
    match column {
        "NIC label" => "Network adapter 1".into(),
        "Adapter" => "Vmxnet3".into(),
        "Network" => network(machine.at()).as_str().into(),
        "Switch" => "dvs-servers".into(),
        "Connected" | "Starts Connected" => (machine.power == "poweredOn").into(),
        "Mac Address" => {
            format!("00:50:56:{}:{}:{}", &machine.uuid[9..11], &machine.uuid[14..16], &machine.uuid[19..21])
                .as_str()
                .into()
        }
        "Type" => "assigned".into(),
        "IPv4 Address" => machine.ip.as_ref().into(),
        "Direct Path IO" => false.into(),
        _ => common(company, machine, column),
    }
}

/// vCD and vUSB.
pub fn device(company: &Company, machine: &Machine, (node, kind): (&str, &str), column: &str) -> Value {
    match column {
        "Device Node" => node.into(),
        "Device Type" => kind.into(),
        "Connected" | "Starts Connected" => true.into(),
        _ => common(company, machine, column),
    }
}

/// vSnapshot.
pub fn snapshot(company: &Company, machine: &Machine, (name, size): (&str, u64), column: &str) -> Value {
    match column {
        "Name" => name.into(),
        "Date / time" => "2026/06/30 17:45:00".into(),
        "Filename" => format!("{}-Snapshot1.vmsn", machine.name).as_str().into(),
        "Size MiB (vmsn)" => 1.into(),
        "Size MiB (total)" => size.into(),
        "Quiesced" => false.into(),
        "State" => machine.power.into(),
        _ => common(company, machine, column),
    }
}

/// vTools.
pub fn tools(company: &Company, machine: &Machine, column: &str) -> Value {
    match column {
        "VM Version" => 19.into(),
        "Tools" => if machine.power == "poweredOn" { machine.tools } else { "toolsNotRunning" }.into(),
        "Tools Version" => if machine.tools == "toolsOld" { 11_333 } else { 12_416 }.into(),
        "Required Version" => 12_416.into(),
        "Upgradeable" => if machine.tools == "toolsOld" { "Yes" } else { "No" }.into(),
        "Upgrade Policy" => "manual".into(),
        "Sync time" => false.into(),
        _ => common(company, machine, column),
    }
}

/// vHost.
pub fn host(company: &Company, (place, host): (usize, &Host), column: &str) -> Value {
    let at = &SITES[host.site];
    let here = || company.machines.iter().filter(|machine| machine.host == place && !machine.template);
    let running = || here().filter(|machine| machine.power == "poweredOn");
    let cores = at.sockets * at.cores_per_socket;
    let vcpus: u64 = running().map(|machine| machine.vcpus).sum();
    let ram: u64 = running().map(|machine| machine.memory_mib).sum();
    let used: u64 = running().map(|machine| machine.cpu_used_mhz).sum();
    match column {
        "Host" => (&host.name).into(),
        "Datacenter" => at.datacenter.into(),
        "Cluster" => at.cluster.into(),
        "Config status" => "green".into(),
        "in Maintenance Mode" => host.in_maintenance.into(),
        "in Quarantine Mode" | "DHCP" => false.into(),
        "CPU Model" => at.cpu_model.into(),
        "Speed" => at.speed_mhz.into(),
        "HT Available" | "HT Active" | "VMotion support" | "Storage VMotion support" | "NTPD running" => true.into(),
        "# CPU" => at.sockets.into(),
        "Cores per CPU" => at.cores_per_socket.into(),
        "# Cores" => cores.into(),
        "CPU usage %" => (used * 100 / at.host_mhz()).into(),
        "# Memory" => at.host_memory_mib.into(),
        "Memory Tiering Type" => "noTiering".into(),
        "Memory usage %" => (ram * 100 / at.host_memory_mib).into(),
        "Console" | "VM Memory Swapped" | "VM Memory Ballooned" => 0.into(),
        "# NICs" => 4.into(),
        "# HBAs" => 3.into(),
        "# VMs total" => (here().count() as u64).into(),
        "# VMs" => (running().count() as u64).into(),
        "VMs per Core" => Value::Number(ratio(running().count() as u64, cores)),
        "# vCPUs" => vcpus.into(),
        "vCPUs per Core" => Value::Number(ratio(vcpus, cores)),
        "vRAM" => ram.into(),
        "VM Used memory" => running().map(|machine| machine.memory_active_mib).sum::<u64>().into(),
        "Current CPU power man. policy" => "High performance".into(),
        "ESX Version" => at.esx.into(),
        "Boot time" => "2026/07/19 02:11:40".into(),
        "NTP Server(s)" => "ntp.example.com".into(),
        "Time Zone" | "Time Zone Name" => "UTC".into(),
        "GMT Offset" => 0.into(),
        "Vendor" => at.host_model.0.into(),
        "Model" => at.host_model.1.into(),
        "Serial number" | "Service tag" => (&host.serial).into(),
        "Object ID" => format!("host-{}", 20 + place).as_str().into(),
        "UUID" => (&host.uuid).into(),
        "VI SDK Server" => at.server.into(),
        "VI SDK UUID" => at.server_uuid.into(),
        _ => Value::Blank,
    }
}

/// To three places, as a spreadsheet shows it.
fn ratio(part: u64, whole: u64) -> f64 {
    (part * 1000 / whole) as f64 / 1000.0
}

/// vCluster.
pub fn cluster(company: &Company, (place, at): (usize, &Site), column: &str) -> Value {
    let hosts = company.hosts_of(place).count() as u64;
    let cores = hosts * at.sockets * at.cores_per_socket;
    match column {
        "Name" => at.cluster.into(),
        "Config status" | "OverallStatus" => "green".into(),
        "NumHosts" | "numEffectiveHosts" => hosts.into(),
        "TotalCpu" => (cores * at.speed_mhz).into(),
        "NumCpuCores" => cores.into(),
        "NumCpuThreads" => (cores * 2).into(),
        "Effective Cpu" => (cores * at.speed_mhz * 92 / 100).into(),
        "TotalMemory" => (hosts * at.host_memory_mib).into(),
        "Effective Memory" => (hosts * at.host_memory_mib * 95 / 100).into(),
        "HA enabled" | "AdmissionControlEnabled" | "DRS enabled" => true.into(),
        "Failover Level" => 1.into(),
        "Host monitoring" => "enabled".into(),
        "DRS default VM behavior" => "fullyAutomated".into(),
        "DPM enabled" => false.into(),
        "Object ID" => format!("domain-c{}", 8 + place).as_str().into(),
        "VI SDK Server" => at.server.into(),
        "VI SDK UUID" => at.server_uuid.into(),
        _ => Value::Blank,
    }
}

/// A datastore: shared by the hosts of a site, or of one host.
pub struct Datastore {
    pub name: String,
    pub kind: &'static str,
    pub capacity_mib: u64,
    pub in_use_mib: u64,
    pub provisioned_mib: u64,
    pub hosts: Vec<String>,
    pub site: usize,
}

/// vDatastore.
pub fn datastore(datastore: &Datastore, column: &str) -> Value {
    let at = &SITES[datastore.site];
    match column {
        "Name" => (&datastore.name).into(),
        "Config status" => "green".into(),
        "Accessible" => true.into(),
        "Type" => datastore.kind.into(),
        "Capacity MiB" => datastore.capacity_mib.into(),
        "Provisioned MiB" => datastore.provisioned_mib.into(),
        "In Use MiB" => datastore.in_use_mib.into(),
        "Free MiB" => (datastore.capacity_mib - datastore.in_use_mib).into(),
        "Free %" => ((datastore.capacity_mib - datastore.in_use_mib) * 100 / datastore.capacity_mib).into(),
        "# Hosts" => (datastore.hosts.len() as u64).into(),
        "Hosts" => datastore.hosts.join(", ").as_str().into(),
        "Block size" => 1.into(),
        "Version" => if datastore.kind == "VMFS" { "6.82" } else { "" }.into(),
        "URL" => format!("ds:///vmfs/volumes/{}/", datastore.name).as_str().into(),
        "VI SDK Server" => at.server.into(),
        "VI SDK UUID" => at.server_uuid.into(),
        _ => Value::Blank,
    }
}

/// vSource and vMetaData, one row for each vCenter.
pub fn vcenter((server, uuid): (&str, &str), column: &str) -> Value {
    match column {
        "Name" => "VMware vCenter Server".into(),
        "OS type" => "linux-x64".into(),
        "API type" => "VirtualCenter".into(),
        "API version" => "8.0.3.0".into(),
        "Version" | "Product version" => "8.0.3".into(),
        "Build" => "24322831".into(),
        "Fullname" => "VMware vCenter Server 8.0.3 build-24322831".into(),
        "Product line" => "vpx".into(),
        "Vendor" => "VMware, Inc.".into(),
        "RVTools major version" => "4.7".into(),
        "RVTools version" => "4.7.1.4".into(),
        "xlsx creation datetime" => TAKEN.into(),
        "Server" | "VI SDK Server" => server.into(),
        "VI SDK UUID" => uuid.into(),
        _ => Value::Blank,
    }
}

/// vRP: the root pool of each site.
pub fn pool((place, at): (usize, &Site), company: &Company, column: &str) -> Value {
    let here = company.machines.iter().filter(|machine| machine.site == place);
    match column {
        "Resource Pool name" => "Resources".into(),
        "Resource Pool path" => format!("/{}/Resources", at.cluster.unwrap_or("Leeds")).as_str().into(),
        "Status" => "green".into(),
        "# VMs total" => (here.count() as u64).into(),
        "VI SDK Server" => at.server.into(),
        "VI SDK UUID" => at.server_uuid.into(),
        _ => Value::Blank,
    }
}

/// vHealth: a message about a machine.
pub fn health(machine: &Machine, message: &str, column: &str) -> Value {
    match column {
        "Name" => (&machine.name).into(),
        "Message" => message.into(),
        "Message type" => "Info".into(),
        "VI SDK Server" => machine.at().server.into(),
        "VI SDK UUID" => machine.at().server_uuid.into(),
        _ => Value::Blank,
    }
}
