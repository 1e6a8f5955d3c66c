//! An invented company: its sites, services, hosts and machines.

use crate::random::Random;

/// A place with hosts: a cluster, or hosts in none.
pub struct Site {
    /// The vCenter's name.
    pub server: &'static str,
    /// The vCenter's UUID.
    pub server_uuid: &'static str,
    pub datacenter: &'static str,
    /// `None`: its hosts are in no cluster.
    pub cluster: Option<&'static str>,
    /// Share of all machines, per cent.
    share: u64,
    /// What runs here.
    kind: Kind,
    pub cpu_model: &'static str,
    pub host_model: (&'static str, &'static str),
    pub sockets: u64,
    pub cores_per_socket: u64,
    pub speed_mhz: u64,
    pub host_memory_mib: u64,
    pub esx: &'static str,
    /// vSAN, or VMFS on an array.
    pub vsan: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Production,
    Databases,
    Test,
    Branch,
}

/// The sites, the largest first.
pub const SITES: [Site; 6] = [
    Site {
        server: "vcenter01.fra.example.com",
        server_uuid: "5f0c2a1e-7c1d-4a55-9a3e-2f1f6f3b9d01",
        datacenter: "Frankfurt",
        cluster: Some("FRA-PROD-01"),
        share: 38,
        kind: Kind::Production,
        cpu_model: "Intel(R) Xeon(R) Gold 6348 CPU @ 2.60GHz",
        host_model: ("Dell Inc.", "PowerEdge R750"),
        sockets: 2,
        cores_per_socket: 28,
        speed_mhz: 2594,
        host_memory_mib: 1_048_188,
        esx: "VMware ESXi 8.0.3 build-24022510",
        vsan: true,
    },
    Site {
        server: "vcenter01.fra.example.com",
        server_uuid: "5f0c2a1e-7c1d-4a55-9a3e-2f1f6f3b9d01",
        datacenter: "Frankfurt",
        cluster: Some("FRA-DB-01"),
        share: 12,
        kind: Kind::Databases,
        cpu_model: "Intel(R) Xeon(R) Gold 6334 CPU @ 3.60GHz",
        host_model: ("Dell Inc.", "PowerEdge R750"),
        sockets: 2,
        cores_per_socket: 8,
        speed_mhz: 3592,
        host_memory_mib: 1_572_476,
        esx: "VMware ESXi 8.0.3 build-24022510",
        vsan: false,
    },
    Site {
        server: "vcenter01.fra.example.com",
        server_uuid: "5f0c2a1e-7c1d-4a55-9a3e-2f1f6f3b9d01",
        datacenter: "Frankfurt",
        cluster: Some("FRA-TEST-01"),
        share: 18,
        kind: Kind::Test,
        cpu_model: "Intel(R) Xeon(R) Gold 6140 CPU @ 2.30GHz",
        host_model: ("HPE", "ProLiant DL380 Gen10"),
        sockets: 2,
        cores_per_socket: 18,
        speed_mhz: 2295,
        host_memory_mib: 785_980,
        esx: "VMware ESXi 7.0.3 build-23794027",
        vsan: false,
    },
    Site {
        server: "vcenter02.lon.example.com",
        server_uuid: "c9a77b60-1f0e-4b8e-8d3c-77a0d6b0e202",
        datacenter: "London",
        cluster: Some("LON-PROD-01"),
        share: 24,
        kind: Kind::Production,
        cpu_model: "AMD EPYC 7543 32-Core Processor",
        host_model: ("HPE", "ProLiant DL385 Gen10 Plus v2"),
        sockets: 2,
        cores_per_socket: 32,
        speed_mhz: 2794,
        host_memory_mib: 1_048_060,
        esx: "VMware ESXi 8.0.2 build-23305546",
        vsan: true,
    },
    Site {
        server: "vcenter02.lon.example.com",
        server_uuid: "c9a77b60-1f0e-4b8e-8d3c-77a0d6b0e202",
        datacenter: "London",
        cluster: Some("LON-DMZ-01"),
        share: 6,
        kind: Kind::Production,
        cpu_model: "Intel(R) Xeon(R) Silver 4314 CPU @ 2.40GHz",
        host_model: ("Lenovo", "ThinkSystem SR650 V2"),
        sockets: 2,
        cores_per_socket: 16,
        speed_mhz: 2394,
        host_memory_mib: 523_900,
        esx: "VMware ESXi 7.0.3 build-23794027",
        vsan: false,
    },
    Site {
        server: "vcenter02.lon.example.com",
        server_uuid: "c9a77b60-1f0e-4b8e-8d3c-77a0d6b0e202",
        datacenter: "Leeds branch",
        cluster: None,
        share: 2,
        kind: Kind::Branch,
        cpu_model: "Intel(R) Xeon(R) E-2278G CPU @ 3.40GHz",
        host_model: ("Dell Inc.", "PowerEdge T340"),
        sockets: 1,
        cores_per_socket: 8,
        speed_mhz: 3400,
        host_memory_mib: 131_036,
        esx: "VMware ESXi 6.7.0 build-20497097",
        vsan: false,
    },
];

/// A host.
pub struct Host {
    pub name: String,
    /// Its place in [`SITES`].
    pub site: usize,
    pub number: usize,
    pub in_maintenance: bool,
    pub serial: String,
    pub uuid: String,
}

/// A virtual disk with the partition on it.
pub struct Disk {
    pub capacity_mib: u64,
    pub thin: bool,
    pub raw: bool,
    pub shared: bool,
    pub uuid: String,
    /// Mount point, size and contents, where VMware Tools told.
    pub partition: Option<(String, u64, u64)>,
}

/// A machine.
pub struct Machine {
    pub name: String,
    /// Its place in [`SITES`].
    pub site: usize,
    /// Its place among the hosts.
    pub host: usize,
    pub power: &'static str,
    pub template: bool,
    pub placeholder: bool,
    pub connection: &'static str,
    pub vcpus: u64,
    pub memory_mib: u64,
    pub cpu_used_mhz: u64,
    pub memory_active_mib: u64,
    pub disks: Vec<Disk>,
    pub os_config: &'static str,
    pub os_tools: Option<&'static str>,
    pub tools: &'static str,
    pub folder: String,
    pub application: &'static str,
    pub owner: &'static str,
    pub snapshots: Vec<(String, u64)>,
    pub usb: bool,
    pub cd: bool,
    pub ip: Option<String>,
    pub vm_id: String,
    pub uuid: String,
    pub created: String,
}

impl Machine {
    /// What it runs as: the place of its host.
    pub const fn at(&self) -> &'static Site {
        &SITES[self.site]
    }

    /// All of its disks.
    pub fn capacity_mib(&self) -> u64 {
        self.disks.iter().map(|disk| disk.capacity_mib).sum()
    }

    /// What its disks and snapshots take on the datastores.
    pub fn in_use_mib(&self) -> u64 {
        if self.placeholder {
            return 1;
        }
        let of_disk = |disk: &Disk| match (&disk.partition, disk.thin) {
            (Some((_, _, consumed)), true) => (consumed + consumed / 8).min(disk.capacity_mib),
            (None, true) => disk.capacity_mib * 6 / 10,
            (_, false) => disk.capacity_mib,
        };
        let disks: u64 = self.disks.iter().filter(|disk| !disk.raw).map(of_disk).sum();
        disks + self.snapshots_mib() + self.swap_mib()
    }

    /// What it may take: disks in full, swap, snapshots.
    pub fn provisioned_mib(&self) -> u64 {
        self.capacity_mib() + self.memory_mib + self.snapshots_mib()
    }

    fn snapshots_mib(&self) -> u64 {
        self.snapshots.iter().map(|(_, size)| size).sum()
    }

    fn swap_mib(&self) -> u64 {
        if self.power == "poweredOn" { self.memory_mib } else { 0 }
    }
}

/// Everything there is.
pub struct Company {
    pub hosts: Vec<Host>,
    pub machines: Vec<Machine>,
}

/// One kind of machine of a service.
struct Tier {
    name: &'static str,
    /// Sizes to choose from: weight, vCPU and memory in GiB.
    sizes: &'static [(u64, (u64, u64))],
    /// Disks after the first one: fewest, most, and their size in GiB from and to.
    data: (u64, u64, u64, u64),
    systems: &'static [(u64, (&'static str, &'static str))],
}

const WINDOWS: &[(u64, (&str, &str))] = &[
    (6, ("Microsoft Windows Server 2008 R2 (64-bit)", "Microsoft Windows Server 2008 R2 (64-bit)")),
    (14, ("Microsoft Windows Server 2012 (64-bit)", "Microsoft Windows Server 2012 R2 (64-bit)")),
    (30, ("Microsoft Windows Server 2016 (64-bit)", "Microsoft Windows Server 2016 (64-bit)")),
    (34, ("Microsoft Windows Server 2019 (64-bit)", "Microsoft Windows Server 2019 (64-bit)")),
    (16, ("Microsoft Windows Server 2022 (64-bit)", "Microsoft Windows Server 2022 (64-bit)")),
];

const MIXED: &[(u64, (&str, &str))] = &[
    (4, ("Microsoft Windows Server 2012 (64-bit)", "Microsoft Windows Server 2012 R2 (64-bit)")),
    (14, ("Microsoft Windows Server 2016 (64-bit)", "Microsoft Windows Server 2016 (64-bit)")),
    (20, ("Microsoft Windows Server 2019 (64-bit)", "Microsoft Windows Server 2019 (64-bit)")),
    (6, ("CentOS 7 (64-bit)", "CentOS 7 (64-bit)")),
    (8, ("Red Hat Enterprise Linux 7 (64-bit)", "Red Hat Enterprise Linux 7 (64-bit)")),
    (20, ("Red Hat Enterprise Linux 8 (64-bit)", "Red Hat Enterprise Linux 8 (64-bit)")),
    (10, ("Red Hat Enterprise Linux 9 (64-bit)", "Red Hat Enterprise Linux 9 (64-bit)")),
    (6, ("SUSE Linux Enterprise 15 (64-bit)", "SUSE Linux Enterprise 15 (64-bit)")),
    (12, ("Ubuntu Linux (64-bit)", "Ubuntu Linux (64-bit)")),
];

const APPLIANCE: &[(u64, (&str, &str))] = &[
    (5, ("VMware Photon OS (64-bit)", "VMware Photon OS (64-bit)")),
    (4, ("Other 3.x or later Linux (64-bit)", "Other 3.x or later Linux (64-bit)")),
    (2, ("FreeBSD 12 or later versions (64-bit)", "FreeBSD 12 or later versions (64-bit)")),
];

const SMALL: &[(u64, (u64, u64))] = &[(30, (1, 2)), (40, (2, 4)), (20, (2, 8)), (8, (4, 8)), (2, (4, 16))];
const MEDIUM: &[(u64, (u64, u64))] = &[(25, (2, 8)), (40, (4, 16)), (20, (4, 32)), (12, (8, 32)), (3, (12, 64))];
const LARGE: &[(u64, (u64, u64))] =
    &[(20, (4, 32)), (38, (8, 64)), (22, (12, 96)), (14, (16, 128)), (5, (24, 256)), (1, (32, 512))];

const TIERS: [Tier; 6] = [
    Tier { name: "web", sizes: SMALL, data: (0, 1, 10, 60), systems: MIXED },
    Tier { name: "app", sizes: MEDIUM, data: (0, 2, 40, 200), systems: MIXED },
    Tier { name: "db", sizes: LARGE, data: (1, 4, 100, 900), systems: MIXED },
    Tier { name: "svc", sizes: SMALL, data: (0, 1, 20, 80), systems: WINDOWS },
    Tier { name: "file", sizes: SMALL, data: (1, 4, 400, 2400), systems: WINDOWS },
    Tier { name: "gw", sizes: SMALL, data: (0, 0, 1, 1), systems: APPLIANCE },
];

/// Services, and who owns them.
const SERVICES: [(&str, &str); 20] = [
    ("crm", "Sales"),
    ("erp", "Finance"),
    ("hr", "People"),
    ("mail", "Workplace"),
    ("dwh", "Finance"),
    ("shop", "Sales"),
    ("pay", "Finance"),
    ("wms", "Logistics"),
    ("mes", "Production"),
    ("plm", "Engineering"),
    ("cad", "Engineering"),
    ("wiki", "Workplace"),
    ("git", "Engineering"),
    ("ci", "Engineering"),
    ("mon", "Operations"),
    ("log", "Operations"),
    ("idm", "Operations"),
    ("print", "Workplace"),
    ("bkp", "Operations"),
    ("bi", "Finance"),
];

impl Company {
    /// A company with `count` machines.
    pub fn new(count: u64, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut machines = Vec::new();
        let mut numbers = std::collections::BTreeMap::new();
        for site in 0..SITES.len() {
            for _ in 0..share(count, site) {
                machines.push(machine(site, machines.len() as u64, &mut numbers, &mut random));
            }
        }
        let mut company = Self { hosts: hosts(&machines, &mut random), machines };
        company.spread();
        company
    }

    /// The hosts of a site, by their places.
    pub fn hosts_of(&self, site: usize) -> impl Iterator<Item = (usize, &Host)> {
        self.hosts.iter().enumerate().filter(move |(_, host)| host.site == site)
    }

    /// Puts the machines of each site on its hosts as vSphere balances them: the largest first, each where the fullest resource is then the least full, none
    /// on a host in maintenance.
    fn spread(&mut self) {
        for site in 0..SITES.len() {
            let mut usable: Vec<(usize, Load)> = self
                .hosts_of(site)
                .filter(|(_, host)| !host.in_maintenance)
                .map(|(at, _)| (at, Load::default()))
                .collect();
            let mut here: Vec<&mut Machine> = self.machines.iter_mut().filter(|machine| machine.site == site).collect();
            here.sort_by_key(|machine| std::cmp::Reverse(Load::default().with(machine).fullest(machine.at())));
            for machine in here {
                let fullest = |load: &Load| load.with(machine).fullest(machine.at());
                let Some((at, load)) = usable.iter_mut().min_by_key(|(at, load)| (fullest(load), load.machines, *at))
                else {
                    continue;
                };
                machine.host = *at;
                *load = load.with(machine);
            }
        }
    }
}

/// What runs on a host.
#[derive(Clone, Copy, Default)]
struct Load {
    machines: u64,
    cpu_used_mhz: u64,
    memory_mib: u64,
}

impl Load {
    fn with(self, machine: &Machine) -> Self {
        let running = u64::from(machine.power == "poweredOn");
        Self {
            machines: self.machines + 1,
            cpu_used_mhz: self.cpu_used_mhz + running * machine.cpu_used_mhz,
            memory_mib: self.memory_mib + running * machine.memory_mib,
        }
    }

    /// The share that is used of the resource that is used most, in thousandths.
    fn fullest(self, at: &Site) -> u64 {
        (self.cpu_used_mhz * 1000 / at.host_mhz()).max(self.memory_mib * 1000 / at.host_memory_mib)
    }
}

impl Site {
    /// What the processors of a host give.
    pub const fn host_mhz(&self) -> u64 {
        self.sockets * self.cores_per_socket * self.speed_mhz
    }
}

/// How many of `count` machines are at a site; the first one takes what does not divide.
fn share(count: u64, site: usize) -> u64 {
    let of = |site: &Site| count * site.share / 100;
    match site {
        0 => count - SITES[1..].iter().map(of).sum::<u64>(),
        other => of(&SITES[other]),
    }
}

/// As many hosts as the machines need with one to spare, at about 3 vCPU for each core and three quarters of the memory.
fn hosts(machines: &[Machine], random: &mut Random) -> Vec<Host> {
    let mut hosts = Vec::new();
    for (site, at) in SITES.iter().enumerate() {
        let here = || machines.iter().filter(|machine| machine.site == site && machine.power == "poweredOn");
        let vcpus: u64 = here().map(|machine| machine.vcpus).sum();
        let memory: u64 = here().map(|machine| machine.memory_mib).sum();
        let by_cpu = vcpus.div_ceil(at.sockets * at.cores_per_socket * 3);
        let by_memory = memory.div_ceil(at.host_memory_mib * 3 / 4);
        let least = if at.cluster.is_some() { 3 } else { 2 };
        let count = (by_cpu.max(by_memory) + 1).max(least);
        for number in 1..=count {
            let name = format!("esx{number:02}-{}.example.com", prefix(at).to_lowercase());
            // One host of the test cluster is being patched.
            let in_maintenance = at.kind == Kind::Test && number == count && count > 3;
            let serial = format!("{:07X}", random.bits() & 0xfff_ffff);
            hosts.push(Host {
                name,
                site,
                number: number as usize,
                in_maintenance,
                serial,
                uuid: random.uuid(0x4c4c_4544),
            });
        }
    }
    hosts
}

fn prefix(site: &Site) -> &'static str {
    site.cluster.unwrap_or("LEE-BR")
}

fn machine(
    site: usize,
    number: u64,
    numbers: &mut std::collections::BTreeMap<String, u64>,
    random: &mut Random,
) -> Machine {
    let at = &SITES[site];
    let (application, owner) = *random.pick(&SERVICES);
    let tier = tier(at.kind, random);
    let (vcpus, memory_gib) = *random.weighted(tier.sizes);
    let (os_config, os_tools) = *random.weighted(tier.systems);
    let stem = match at.kind {
        Kind::Test => format!("t-{application}-{}", tier.name),
        Kind::Branch => format!("lee-{application}-{}", tier.name),
        Kind::Production | Kind::Databases => format!("{application}-{}", tier.name),
    };
    let mut machine = Machine {
        name: String::new(),
        site,
        host: 0,
        power: "poweredOn",
        template: false,
        placeholder: false,
        connection: "connected",
        vcpus,
        memory_mib: memory_gib * 1024,
        cpu_used_mhz: 0,
        memory_active_mib: 0,
        disks: Vec::new(),
        os_config,
        os_tools: Some(os_tools),
        tools: *random.weighted(&[(78, "toolsOk"), (16, "toolsOld"), (6, "toolsNotInstalled")]),
        folder: format!("{}/{owner}", if at.kind == Kind::Test { "Test" } else { "Production" }),
        application,
        owner,
        snapshots: Vec::new(),
        usb: random.between(1, 400) == 1,
        cd: random.chance(4),
        ip: None,
        vm_id: format!("vm-{}", 1000 + number * 3),
        uuid: random.uuid(0x5012_0000 + (number as u32 & 0xffff)),
        created: format!(
            "{}/{:02}/{:02} {:02}:12:41",
            random.between(2014, 2025),
            random.between(1, 12),
            random.between(1, 28),
            random.between(7, 19)
        ),
    };
    make_special(&mut machine, number, random);
    let stem = if machine.template { format!("tmpl-{}", short_system(os_config)) } else { stem };
    if machine.name.is_empty() {
        let next = numbers.entry(stem.clone()).or_insert(0);
        *next += 1;
        machine.name = format!("{stem}-{next:02}");
    }
    add_disks(&mut machine, tier, random);
    if machine.power == "poweredOn" {
        measure(&mut machine, random);
    }
    machine
}

fn tier(kind: Kind, random: &mut Random) -> &'static Tier {
    let weights: [u64; 6] = match kind {
        Kind::Production => [30, 32, 6, 20, 6, 6],
        Kind::Databases => [0, 4, 90, 6, 0, 0],
        Kind::Test => [34, 40, 16, 10, 0, 0],
        Kind::Branch => [0, 20, 0, 50, 30, 0],
    };
    let weighted: Vec<(u64, &'static Tier)> = weights.into_iter().zip(&TIERS).collect();
    *random.weighted(&weighted)
}

fn short_system(os: &str) -> &'static str {
    if os.contains("Windows") {
        "win"
    } else if os.contains("Red Hat") {
        "rhel"
    } else {
        "linux"
    }
}

/// What every inventory has besides running servers.
fn make_special(machine: &mut Machine, number: u64, random: &mut Random) {
    match random.between(1, 1000) {
        1..=14 => {
            machine.template = true;
            machine.power = "poweredOff";
            machine.folder = "Templates".into();
        }
        15..=90 => machine.power = "poweredOff",
        91..=94 => machine.power = "suspended",
        95..=104 if machine.at().cluster.is_some() => {
            machine.placeholder = true;
            machine.power = "poweredOff";
            machine.tools = "toolsNotInstalled";
        }
        105..=106 => {
            machine.connection = "orphaned";
            machine.power = "poweredOff";
        }
        107..=122 if machine.at().cluster.is_some() => {
            machine.name = format!("vCLS-{}", random.uuid(number as u32));
            machine.vcpus = 1;
            machine.memory_mib = 128;
            machine.os_config = "Other 3.x or later Linux (64-bit)";
            machine.folder = "vCLS".into();
        }
        123..=190 => {
            let name = *random.pick(&["before patch", "upgrade test", "2024-11 rollback", "do not delete"]);
            machine.snapshots.push((name.into(), random.between(2, 180) * 1024));
        }
        _ => {}
    }
    if machine.tools == "toolsNotInstalled" {
        machine.os_tools = None;
    }
}

fn add_disks(machine: &mut Machine, tier: &Tier, random: &mut Random) {
    if machine.placeholder {
        return;
    }
    let is_agent = machine.folder == "vCLS";
    let windows = machine.os_config.contains("Windows");
    let system_gib = if is_agent { 2 } else { *random.pick(if windows { &[60, 80, 100] } else { &[16, 30, 40, 50] }) };
    let (fewest, most, from, to) = tier.data;
    let extra = if is_agent { 0 } else { random.between(fewest, most) };
    // Tools tell nothing while a machine is off, and some systems never do.
    let told = machine.os_tools.is_some() && machine.power == "poweredOn" && !random.chance(5);
    for index in 0..=extra {
        let gib = if index == 0 { system_gib } else { random.between(from, to) };
        let capacity_mib = gib * 1024;
        let size = capacity_mib - capacity_mib / 50;
        let consumed = size * random.between(12, 88) / 100;
        let mount = match (windows, index) {
            (true, at) => format!("{}:\\", char::from(b'C' + at as u8)),
            (false, 0) => "/".into(),
            (false, at) => format!("/data{at:02}"),
        };
        let special = index > 0 && tier.name == "db";
        machine.disks.push(Disk {
            capacity_mib,
            thin: random.chance(70),
            raw: special && random.chance(3),
            shared: special && random.chance(2),
            uuid: random.uuid(0x6000_c290),
            partition: told.then_some((mount, size, consumed)),
        });
    }
}

/// Use at the time of export: a tenth idles, most are far from busy.
fn measure(machine: &mut Machine, random: &mut Random) {
    let percent = *random.weighted(&[(10, 1), (30, 5), (30, 12), (20, 28), (8, 55), (2, 90)]);
    // More virtual processors than the host has cores get no more than the cores give.
    let most = (machine.vcpus * machine.at().speed_mhz).min(machine.at().host_mhz());
    machine.cpu_used_mhz = (most * percent / 100).max(8) + random.between(0, 40);
    machine.memory_active_mib = machine.memory_mib * random.between(4, 45) / 100;
    if machine.os_tools.is_some() && machine.folder != "vCLS" {
        let net = 10 + machine.site as u64;
        machine.ip = Some(format!("10.{net}.{}.{}", random.between(1, 60), random.between(10, 250)));
    }
}
