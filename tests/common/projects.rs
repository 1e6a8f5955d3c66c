//! A small project in which every kind of thing occurs once.

use std::rc::Rc;

use groundwork::engine::model::{
    ApplicationGrowth, Assumptions, BookValue, Cluster, ClusterFootprint, ClusterId, CommittedSpend, CpuMeasure,
    Criticality, Currency, Datastore, DatastoreId, Disk, Estate, ExchangeRate, ExternalUse, FileReport, Finance,
    Finding, FindingCode, Footprint, FootprintId, FootprintKind, Host, HostId, HostsFootprint, ImportReport, Input,
    InputRange, InstanceOs, InstancesFootprint, Leaving, LeavingCharge, Licences, Link, Location, MHz, Machine,
    MachineEdit, MachineId, MeasuredPower, MiB, Money, Objective, OsFamily, Policy, PolicyOverride, Power,
    PriceChanges, Project, ProviderRange, QuotaLimits, Quote, RegionId, RightSizing, Rule, RuleId, RuleKind, RuleLevel,
    Scenario, Search, SecurityUpdates, Selector, ServiceUse, Severity, SiteFigures, Source, SourceKind, SqlEdition,
    SqlLicence, SqlServers, Storage, StorageMeasure, StoragePolicyChoice, StorageQuote, SupportPlan, TabReport, Term,
    Transfer,
};

/// A small project in which every kind of thing occurs once.
pub fn small() -> Project {
    Project {
        name: "Small “office” \\ 小".to_owned(),
        estate: Rc::new(estate()),
        report: Rc::new(report()),
        scenarios: vec![scenario(), Scenario { name: "As it comes".to_owned(), ..Scenario::default() }],
    }
}

/// The same with rates of exchange, the terms of VMware, and growth of applications.
pub fn with_rates() -> Project {
    let mut project = with_money();
    let assumptions = &mut project.scenarios[0].assumptions;
    assumptions.rates = vec![rate(Currency::Eur, 1_160_000_000, "2026-11-26, ECB"), rate(Currency::Jpy, 6_543_210, "")];
    (assumptions.vmware_min_cores_per_cpu, assumptions.vmware_min_order_cores) = (16, 72);
    let application = |name: &str, permille_year| ApplicationGrowth { application: name.to_owned(), permille_year };
    assumptions.finance.application_growth = vec![application("Archive", 0), application("Shop", 150)];
    project
}

/// The same with what counts beside money, and other ways to count.
pub fn with_weights() -> Project {
    let mut project = with_rates();
    project.scenarios[0].objective =
        Objective { per_tonne: Money::from_units(120), per_machine_moved: Money::from_micros(35_500_000) };
    project.scenarios[0].search = Search { steps: 900, seed: 7, keep_ppm: 15_000 };
    project.scenarios[0].policy = Policy {
        cpu_measure: CpuMeasure::Clock,
        iops_per_machine: 30,
        network_mbps_per_machine: 20,
        host_iops: Some(250_000),
        host_network_mbps: Some(25_000),
        ..project.scenarios[0].policy.clone()
    };
    for footprint in &mut project.scenarios[0].footprints {
        footprint.policy.host_iops = Some(400_000);
        if let FootprintKind::Hosts(hosts) = &mut footprint.kind
            && let Some(storage) = &mut hosts.external_storage
        {
            storage.used = ExternalUse::WhereCheaper;
        }
    }
    project
}

/// The same with what ends within the horizon, promises and ranges of single providers.
pub fn with_ends() -> Project {
    let mut project = with_weights();
    let scenario = &mut project.scenarios[0];
    (scenario.policy.iops_per_tib, scenario.policy.mibps_per_tib) = (500, 20);
    for footprint in &mut scenario.footprints {
        if let FootprintKind::Cluster(cluster) = &mut footprint.kind {
            cluster.supported_months = Some(30);
            cluster.site = Some(Box::new(SiteFigures {
                near: Some(RegionId::from("aws/eu-central-1")),
                per_kwh: Some(Money::from_micros(240_000)),
                pue_pct: Some(140),
                ..SiteFigures::default()
            }));
            cluster.measured_power = Some(MeasuredPower::PerHost(380));
            cluster.book = Some(BookValue { amount: Money::from_units(21_000), months: 14 });
        }
    }
    let assumptions = &mut scenario.assumptions;
    assumptions.on_premises.supported_months = Some(20);
    let finance = &mut assumptions.finance;
    finance.services[0].quote = Some(Money::from_units(2));
    finance.provider_ranges = vec![ProviderRange { provider: "aws".to_owned(), low_permille: 750, high_permille: 900 }];
    finance.committed_spend = vec![CommittedSpend { provider: "aws".to_owned(), per_year: Money::from_units(9_000) }];
    finance.windows_per_core_year = Some(Money::from_units(80));
    finance.first_month = Some(2027 * 12);
    finance.updates = SecurityUpdates {
        windows_per_core_year: Some(Money::from_units(60)),
        sql_per_core_year: Some(Money::from_units(900)),
        least_cores: 4,
        sql: vec![SqlServers { version: 2016, machines: Selector::Name("sql-*".to_owned()) }],
    };
    finance.machine_licences = Some(Licences {
        sql: vec![SqlLicence {
            edition: SqlEdition::Enterprise,
            machines: Selector::Name("sql-*".to_owned()),
            per_core_year: Some(Money::from_units(1_900)),
            elsewhere_per_core_year: Some(Money::from_units(2_100)),
        }],
        windows_brought_per_core_year: Some(Money::from_units(18)),
    });
    finance.transfer = Some(Transfer {
        leaving: vec![Leaving {
            cluster: ClusterId::of(&["vc", "dc", "Main"]),
            charge: LeavingCharge::Region(RegionId::from("aws/eu-central-1")),
        }],
        link_mbps: 1_000,
        link_use_pct: 70,
        link_month: Money::from_units(850),
    });
    with_tags(project)
}

/// The same with what is said of machines, and rules that select by it.
fn with_tags(mut project: Project) -> Project {
    let estate = Rc::make_mut(&mut project.estate);
    let tagged = &mut estate.machines[0];
    tagged.tags = vec!["backup/daily".to_owned(), "prod".to_owned()];
    tagged.criticality = Criticality::Low;
    tagged.storage_class = Some("gold".to_owned());
    let scenario = &mut project.scenarios[0];
    for edit in scenario.edits.values_mut() {
        edit.tags = Some(Vec::new());
        edit.criticality = Some(Criticality::High);
        edit.storage_class = Some("silver".to_owned());
    }
    let kinds = [
        RuleKind::Lock { machines: Selector::Tag("backup/*".to_owned()), on_host: false },
        RuleKind::Apart { machines: Selector::Criticality(Criticality::High), level: RuleLevel::Host },
        RuleKind::Isolate { machines: Selector::StorageClass("gold".to_owned()) },
    ];
    let first = scenario.rules.last().map_or(1, |rule| rule.id.0 + 1);
    scenario.rules.extend(kinds.into_iter().zip(first..).map(|(kind, id)| Rule {
        id: RuleId(id),
        enabled: true,
        kind,
    }));
    project
}

fn rate(currency: Currency, usd_per_unit_nanos: u64, as_of: &str) -> ExchangeRate {
    ExchangeRate { currency, usd_per_unit_nanos, as_of: as_of.to_owned() }
}

/// The same with prices, offerings and looks at money of every kind.
pub fn with_money() -> Project {
    let mut project = with_every_rule();
    let scenario = &mut project.scenarios[0];
    "what,id,amount\ndiscount,aws,7.5\n".clone_into(&mut scenario.prices);
    scenario.assumptions.egress_per_gib = Some(Money::from_micros(50_000));
    *scenario.assumptions.finance = Finance {
        growth_permille_year: 50,
        application_growth: Vec::new(),
        discount_permille_year: 80,
        price_changes: PriceChanges { compute: -20, power: 30, ..PriceChanges::default() },
        double_running_months: 2,
        exit_per_host: Money::from_units(400),
        book_months: 18,
        snapshot_pct: 30,
        internet_gib_per_machine: 10,
        support_plans: vec![SupportPlan { provider: "aws".to_owned(), plan: "Business".to_owned() }],
        services: vec![ServiceUse {
            footprint: FootprintId(5),
            service: "Direct Connect".to_owned(),
            item: "port of 10 Gbit/s".to_owned(),
            quantity: 2,
            quote: None,
        }],
        own_grams_per_kwh: Some(380),
        ranges: vec![InputRange { input: Input::Power, low_permille: 700, high_permille: 1600 }],
        ..Finance::default()
    };
    for footprint in &mut scenario.footprints {
        match &mut footprint.kind {
            FootprintKind::Cluster(_) => {}
            FootprintKind::Hosts(hosts) => {
                hosts.committed_pct = 70;
                hosts.external_storage = Some(Box::new(StorageQuote {
                    name: "Azure NetApp Files".to_owned(),
                    per_gib_month: Money::from_micros(140_000),
                    currency: Currency::Eur,
                    used: ExternalUse::Always,
                }));
            }
            FootprintKind::Instances(instances) => {
                instances.committed_pct = 60;
                instances.disks = vec!["gp3".to_owned(), "io2".to_owned()];
            }
        }
    }
    project
}

/// The same with rules and selectors of every kind, and links.
pub fn with_every_rule() -> Project {
    let mut project = small();
    let name = |text: &str| Selector::Name(text.to_owned());
    let (main, avs, ec2) = (FootprintId(1), FootprintId(2), FootprintId(5));
    let kinds = [
        RuleKind::Allow { machines: Selector::All, footprints: vec![main, ec2] },
        RuleKind::Residency { machines: name("db*"), countries: vec!["DE".to_owned()], own_sites: true },
        RuleKind::Together { machines: Selector::Application("shop".to_owned()), level: RuleLevel::Footprint },
        RuleKind::Apart { machines: Selector::Folder("*/web".to_owned()), level: RuleLevel::Host },
        RuleKind::Isolate { machines: Selector::ResourcePool("secret".to_owned()) },
        RuleKind::Licence {
            machines: Selector::Os(OsFamily::WindowsServer),
            per_core_year: Money::from_units(95),
            per_host_year: Money::ZERO,
        },
        RuleKind::Latency { machines: name("db*"), others: name("web*"), most_micros: 5_000 },
        RuleKind::Traffic { machines: name("db*"), others: name("web*"), gib_per_month: 900, gib_per_month_back: 40 },
        RuleKind::Quota {
            machines: Selector::All,
            footprint: avs,
            most: QuotaLimits { machines: Some(40), memory: Some(MiB::from_gib(512)), ..QuotaLimits::default() },
        },
        RuleKind::MoveLimit { machines: Selector::All, most: 25 },
        RuleKind::Lock { machines: name("db*"), on_host: true },
    ];
    let scenario = &mut project.scenarios[0];
    scenario.rules.extend(kinds.into_iter().zip(4..).map(|(kind, id)| Rule {
        id: RuleId(id),
        enabled: id % 2 == 0,
        kind,
    }));
    scenario.links = vec![
        Link { from: main, to: avs, latency_micros: Some(12_500), per_gib: None },
        Link { from: avs, to: main, latency_micros: None, per_gib: Some(Money::from_micros(20_000)) },
    ];
    project
}

fn estate() -> Estate {
    let cluster = ClusterId::of(&["vc", "dc", "Main"]);
    let hosts = ["esx1", "esx2"].map(|name| Host {
        id: HostId::of(&["vc", name]),
        name: name.to_owned(),
        cluster,
        cpu_model: Some("Intel(R) Xeon(R) Gold 6230 CPU @ 2.10GHz".to_owned()),
        sockets: 2,
        cores: 40,
        speed: MHz(2_095),
        memory: MiB::from_gib(384),
        ..Host::default()
    });
    let machines = [("db1", Power::On, false), ("web1", Power::Off, false), ("golden image", Power::Off, true)];
    let machines = machines.map(|(name, power, template)| Machine {
        id: MachineId::of(&["vc", name]),
        name: name.to_owned(),
        cluster,
        host: Some(hosts[0].id),
        power,
        template,
        vcpus: 4,
        memory: MiB::from_gib(16),
        cpu_used: Some(MHz(812)),
        storage: Storage { provisioned: Some(MiB(120_000)), in_use: Some(MiB(64_000)), ..Storage::default() },
        disks: vec![Disk { label: "Hard disk 1".to_owned(), capacity: MiB::from_gib(100), thin: Some(true) }],
        os_family: OsFamily::WindowsServer,
        ..Machine::default()
    });
    let datastore = Datastore {
        id: DatastoreId::of(&["vc", "lun1"]),
        name: "lun1".to_owned(),
        kind: "VMFS".to_owned(),
        capacity: MiB::from_gib(4_096),
        clusters: vec![cluster],
        host_count: 2,
        ..Datastore::default()
    };
    let mut estate = Estate {
        sources: vec![Source {
            name: "office.xlsx".to_owned(),
            kind: SourceKind::RvtoolsXlsx,
            tool_version: Some("4.7.1".to_owned()),
            taken: None,
            vcenters: vec!["vc".to_owned()],
        }],
        clusters: vec![Cluster { id: cluster, name: "Main".to_owned(), ha_enabled: Some(true), ..Cluster::default() }],
        hosts: hosts.to_vec(),
        datastores: vec![datastore],
        machines: machines.to_vec(),
    };
    estate.sort();
    estate
}

fn report() -> ImportReport {
    let tab = TabReport { name: "vInfo".to_owned(), rows: 3, columns_used: 20, columns_ignored: 51, rows_skipped: 0 };
    ImportReport {
        files: vec![FileReport {
            name: "office.xlsx".to_owned(),
            bytes: 51_234,
            kind: Some(SourceKind::RvtoolsXlsx),
            tabs: vec![tab],
            tabs_ignored: vec!["vHealth".to_owned()],
        }],
        findings: vec![Finding {
            code: FindingCode::BadValue,
            severity: Severity::Warning,
            message: "A cell is not a number.".to_owned(),
            effect: "It counts as 0.".to_owned(),
            count: 1,
            examples: vec![Location {
                file: "office.xlsx".to_owned(),
                tab: Some("vInfo".to_owned()),
                row: Some(2),
                column: Some("CPUs".to_owned()),
                value: Some("n/a".to_owned()),
                counts: None,
            }],
        }],
    }
}

fn scenario() -> Scenario {
    let (machine, cluster) = (MachineId::of(&["vc", "db1"]), ClusterId::of(&["vc", "dc", "Main"]));
    let rule = |id, kind| Rule { id: RuleId(id), enabled: id != 3, kind };
    Scenario {
        name: "Cloud".to_owned(),
        policy: Policy {
            right_sizing: RightSizing::Measured { cpu_headroom_pct: 30, memory_headroom_pct: 20 },
            storage_measure: StorageMeasure::PartitionConsumed,
            storage_policy: StoragePolicyChoice::Raid5Ftt1,
            ..Policy::default()
        },
        footprints: footprints(cluster),
        links: Vec::new(),
        rules: vec![
            rule(1, RuleKind::Pin { machines: Selector::Machines(vec![machine]), footprint: FootprintId(1) }),
            rule(2, RuleKind::Forbid { machines: Selector::Cluster(cluster), footprint: FootprintId(2) }),
            rule(3, RuleKind::Forbid { machines: Selector::Name("web*".to_owned()), footprint: FootprintId(5) }),
        ],
        edits: [(machine, MachineEdit { vcpus: Some(8), memory: Some(MiB::from_gib(32)), ..MachineEdit::default() })]
            .into(),
        assumptions: Assumptions {
            currency: Currency::Eur,
            rates: vec![rate(Currency::Eur, 1_160_000_000, "")],
            ..Assumptions::default()
        },
        ..Scenario::default()
    }
}

fn footprints(cluster: ClusterId) -> Vec<Footprint> {
    let footprint = |id, name: &str, kind| Footprint {
        id: FootprintId(id),
        name: name.to_owned(),
        enabled: true,
        kind,
        policy: PolicyOverride { slack_pct: Some(20), ..PolicyOverride::default() },
    };
    let hosts = HostsFootprint {
        term: Term::ThreeYears,
        quote: Some(Quote {
            per_host_month: Money::from_units(4_500),
            currency: Currency::Eur,
            note: "Offer 4711".to_owned(),
        }),
        min_hosts: Some(3),
        ..HostsFootprint::new("avs/av36p".into(), "azure/germanywestcentral".into())
    };
    let instances = InstancesFootprint {
        region: "aws/eu-central-1".into(),
        families: vec!["m7i".to_owned()],
        term: Term::OneYear,
        os: InstanceOs::BringYourOwn,
        max_machines: Some(50),
        disks: Vec::new(),
        committed_pct: 100,
    };
    let existing = ClusterFootprint {
        may_retire: true,
        add: Some("server/2s-64c-1024".into()),
        max_added: 4,
        ..ClusterFootprint::kept(cluster)
    };
    vec![
        footprint(1, "Main", FootprintKind::Cluster(existing)),
        footprint(2, "AVS Frankfurt", FootprintKind::Hosts(hosts)),
        footprint(5, "EC2 Frankfurt", FootprintKind::Instances(instances)),
    ]
}
