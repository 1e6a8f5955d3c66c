//! Three estates, made from a seed, with every kind of footprint between them; and the real catalogue.

use groundwork::engine::catalog::{Catalog, load_core};
use groundwork::engine::model::{
    Assumptions, Cluster, ClusterFootprint, ClusterId, Currency, Disk, Estate, ExchangeRate, Footprint, FootprintId,
    FootprintKind, Host, HostId, HostsFootprint, InstanceOs, InstancesFootprint, MHz, Machine, MachineId, MiB, Money,
    OsFamily, Policy, PolicyOverride, Quote, RightSizing, Rule, RuleId, RuleKind, Scenario, Selector, Storage, Term,
};
use groundwork::engine::placement::Budget;
use groundwork::engine::progress::Silent;
use groundwork::engine::{Outcome, plan_scenario};

/// An estate and what to plan of it.
pub struct Case {
    /// What it is called.
    pub name: &'static str,
    /// What there is.
    pub estate: Estate,
    /// Where it may go.
    pub scenario: Scenario,
}

impl Case {
    /// Plans it, with little work.
    pub fn plan(&self, catalog: &Catalog) -> Outcome {
        plan_scenario(&self.estate, &self.scenario, catalog, Budget { steps: 100, seed: 1 }, &mut Silent)
    }
}

/// What is compared between targets: for each estate its plan's hash and the totals of both ledgers, as in `hashes.rs`.
pub fn results() -> [(&'static str, String, i64, i64); 3] {
    let catalog = catalog();
    cases().map(|case| {
        let outcome = case.plan(&catalog);
        (case.name, outcome.plan_hash, outcome.ledger.total().micros(), outcome.staying.total().micros())
    })
}

/// The catalogue with the instance prices of Frankfurt and London.
pub fn catalog() -> Catalog {
    let mut catalog = load_core(include_bytes!("../../static/catalog/core.pack")).expect("the core loads");
    for pack in [
        include_bytes!("../../static/catalog/types-aws.pack").as_slice(),
        include_bytes!("../../static/catalog/instances-aws-eu-central-1.pack"),
        include_bytes!("../../static/catalog/instances-aws-eu-west-2.pack"),
    ] {
        catalog.load_instances(pack).expect("the instances load");
    }
    catalog
}

/// The three estates.
pub fn cases() -> [Case; 3] {
    [office(), two_sites(), campus()]
}

/// A cluster that may shrink, and instances.
fn office() -> Case {
    let mut maker = Maker::new(1);
    maker.cluster("Office", 3, 24);
    let footprints = vec![existing(1, "Office", None), instances(2, "aws/eu-central-1", Term::OneYear)];
    Case { name: "office", estate: maker.estate(), scenario: Scenario { footprints, ..Scenario::default() } }
}

/// Two clusters and rented hosts, sized by what was measured, with rules.
fn two_sites() -> Case {
    let mut maker = Maker::new(2);
    maker.cluster("North", 6, 90);
    maker.cluster("South", 4, 60);
    let footprints = vec![
        existing(1, "North", None),
        existing(2, "South", Some("server/2s-64c-1024")),
        hosts(3, "evs/i4i.metal", "aws/eu-central-1", None),
    ];
    let rule = |id, kind| Rule { id: RuleId(id), enabled: true, kind };
    let scenario = Scenario {
        policy: Policy {
            right_sizing: RightSizing::Measured { cpu_headroom_pct: 50, memory_headroom_pct: 25 },
            ..Policy::default()
        },
        footprints,
        rules: vec![
            rule(1, RuleKind::Pin { machines: Selector::Name("north-1?".to_owned()), footprint: FootprintId(1) }),
            rule(2, RuleKind::Forbid { machines: Selector::Cluster(cluster_id("South")), footprint: FootprintId(3) }),
        ],
        ..Scenario::default()
    };
    Case { name: "two sites", estate: maker.estate(), scenario }
}

/// Every kind of footprint at once, in euros.
fn campus() -> Case {
    let mut maker = Maker::new(3);
    maker.cluster("Campus", 12, 260);
    maker.cluster("Labs", 6, 140);
    let quote = Quote { per_host_month: Money::from_units(6_900), currency: Currency::Eur, note: "Offer".to_owned() };
    let footprints = vec![
        existing(1, "Campus", None),
        existing(2, "Labs", None),
        hosts(3, "evs/i4i.metal", "aws/eu-west-2", None),
        hosts(4, "avs/av36p", "azure/germanywestcentral", Some(quote)),
        hosts(5, "server/2s-64c-1024", "site", None),
        instances(6, "aws/eu-central-1", Term::ThreeYears),
        instances(7, "aws/eu-west-2", Term::OnDemand),
    ];
    let rate = ExchangeRate { currency: Currency::Eur, usd_per_unit_nanos: 1_160_000_000, as_of: String::new() };
    let assumptions = Assumptions { currency: Currency::Eur, rates: vec![rate], ..Assumptions::default() };
    Case {
        name: "campus",
        estate: maker.estate(),
        scenario: Scenario { footprints, assumptions, ..Scenario::default() },
    }
}

fn footprint(id: u32, name: &str, kind: FootprintKind) -> Footprint {
    Footprint { id: FootprintId(id), name: name.to_owned(), enabled: true, kind, policy: PolicyOverride::default() }
}

fn existing(id: u32, cluster: &str, add: Option<&str>) -> Footprint {
    let kind = ClusterFootprint {
        may_retire: true,
        max_added: if add.is_some() { 4 } else { 0 },
        add: add.map(Into::into),
        ..ClusterFootprint::kept(cluster_id(cluster))
    };
    footprint(id, cluster, FootprintKind::Cluster(kind))
}

fn hosts(id: u32, offering: &str, region: &str, quote: Option<Quote>) -> Footprint {
    let kind = HostsFootprint { quote, ..HostsFootprint::new(offering.into(), region.into()) };
    footprint(id, offering, FootprintKind::Hosts(kind))
}

fn instances(id: u32, region: &str, term: Term) -> Footprint {
    let kind = InstancesFootprint {
        region: region.into(),
        families: Vec::new(),
        term,
        os: InstanceOs::LicenceIncluded,
        max_machines: None,
        disks: Vec::new(),
        committed_pct: 100,
    };
    footprint(id, region, FootprintKind::Instances(kind))
}

fn cluster_id(name: &str) -> ClusterId {
    ClusterId::of(&["vc", name])
}

/// Makes estates from a seed, with integers only.
struct Maker {
    state: u64,
    estate: Estate,
}

impl Maker {
    fn new(seed: u64) -> Self {
        Self { state: seed, estate: Estate::default() }
    }

    /// `SplitMix64`, <https://prng.di.unimi.it/splitmix64.c> (public domain).
    fn below(&mut self, limit: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn cluster(&mut self, name: &str, hosts: u64, machines: u64) {
        let cluster = cluster_id(name);
        self.estate.clusters.push(Cluster { id: cluster, name: name.to_owned(), ..Cluster::default() });
        for number in 0..hosts {
            let name = format!("{}-esx{number}", name.to_lowercase());
            self.estate.hosts.push(Host {
                id: HostId::of(&["vc", &name]),
                name,
                cluster,
                sockets: 2,
                cores: 40,
                speed: MHz(2_100),
                memory: MiB::from_gib(512),
                ..Host::default()
            });
        }
        for number in 0..machines {
            let machine = self.machine(format!("{}-{number}", name.to_lowercase()), cluster);
            self.estate.machines.push(machine);
        }
    }

    fn machine(&mut self, name: String, cluster: ClusterId) -> Machine {
        let vcpus = 1_u64 << self.below(4);
        let memory = MiB::from_gib(vcpus << (1 + self.below(3)));
        let disk = MiB::from_gib(40 + 20 * self.below(20));
        let in_use = MiB(disk.0 * (30 + self.below(60)) / 100);
        let os_family = [OsFamily::WindowsServer, OsFamily::Linux, OsFamily::Rhel][self.below(3) as usize];
        Machine {
            id: MachineId::of(&["vc", &name]),
            name,
            cluster,
            vcpus: vcpus as u32,
            memory,
            cpu_used: (self.below(10) > 0).then(|| MHz(100 + self.below(500 * vcpus))),
            memory_active: Some(MiB(memory.0 * (10 + self.below(60)) / 100)),
            storage: Storage { in_use: Some(in_use), disk_capacity: Some(disk), ..Storage::default() },
            disks: vec![Disk { label: "Hard disk 1".to_owned(), capacity: disk, thin: Some(true) }],
            nics: 1,
            iops: (self.below(4) == 0).then(|| (50 + self.below(4_000)) as u32),
            os_family,
            ..Machine::default()
        }
    }

    fn estate(mut self) -> Estate {
        self.estate.sort();
        self.estate
    }
}
