//! A small estate and a small catalogue, made by hand with figures that are easy to reckon with.

use groundwork::engine::catalog::{
    Billing, Catalog, Destination, DiskPrice, DiskScaling, EgressTier, Extras, HostOffering, HostPrice, InstanceTable,
    InstanceType, ManagementReserve, Price, PriceStatus, Provider, Region, SourceDoc, VsanArchitecture,
};
use groundwork::engine::cost::{Ledger, Line};
use groundwork::engine::model::{
    Cluster, ClusterFootprint, ClusterId, Currency, Estate, Footprint, FootprintId, FootprintKind, Host, HostId,
    HostsFootprint, InstanceOs, InstancesFootprint, MHz, Machine, MachineId, MiB, Money, OfferingId, OsFamily,
    PolicyOverride, RegionId, Scenario, Storage, Term,
};
use groundwork::engine::placement::{
    Assignment, Bind, ClusterPlan, HostPlan, PlacePlan, Plan, Problem, Resources, Slot,
};

pub const HOME: FootprintId = FootprintId(1);
pub const NODES: FootprintId = FootprintId(2);
pub const INSTANCES: FootprintId = FootprintId(3);
pub const SERVERS: FootprintId = FootprintId(4);

pub fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

pub fn price(text: &str) -> Price {
    let amount = text.parse().ok();
    let status = if amount.is_some() { PriceStatus::Listed } else { PriceStatus::Ask };
    Price { amount, currency: Currency::Usd, status, source: Some(0), note: String::new() }
}

pub fn cluster() -> ClusterId {
    ClusterId::of(&["prod"])
}

/// One cluster with two hosts of 20 cores in two sockets and 256 GiB, and machines of 2 vCPU, 8 GiB and 100 GiB.
pub fn estate(machines: u32) -> Estate {
    let host = |number: u32| Host {
        id: HostId::of(&["esx", &number.to_string()]),
        name: format!("esx-{number}"),
        cluster: cluster(),
        sockets: 2,
        cores: 20,
        speed: MHz(2_500),
        memory: MiB::from_gib(256),
        ..Host::default()
    };
    let mut estate = Estate {
        clusters: vec![Cluster { id: cluster(), name: "Production".to_owned(), ..Cluster::default() }],
        hosts: vec![host(1), host(2)],
        machines: (0..machines).map(machine).collect(),
        ..Estate::default()
    };
    estate.sort();
    estate
}

pub fn machine(number: u32) -> Machine {
    Machine {
        id: MachineId::of(&["vm", &number.to_string()]),
        name: format!("vm-{number:03}"),
        cluster: cluster(),
        vcpus: 2,
        memory: MiB::from_gib(8),
        storage: Storage { in_use: Some(MiB::from_gib(100)), ..Storage::default() },
        os_family: if number.is_multiple_of(2) { OsFamily::Linux } else { OsFamily::WindowsServer },
        ..Machine::default()
    }
}

/// Traffic out of the cloud from a volume on.
fn egress(from_gib: u64, text: &str) -> EgressTier {
    EgressTier { region: "aws/*".to_owned(), to: Destination::Internet, from_gib, per_gib: price(text) }
}

/// Nodes at 10.982 USD an hour without VMware and with a fee of 0.50 USD an hour, a server at 25,600 USD, four instance types, gp3 disks.
pub fn catalog() -> Catalog {
    let region = RegionId::from("aws/us-east-1");
    let nodes = HostOffering {
        id: OfferingId::from("test/node"),
        service: "Test Nodes".to_owned(),
        host_type: "node.metal".to_owned(),
        open_to_new: true,
        availability: "sold".to_owned(),
        sockets: 2,
        cores: 64,
        speed: MHz(2_900),
        memory: MiB::from_gib(1024),
        raw_storage: MiB::from_gib(20 * 1024),
        vsan: vec![VsanArchitecture::Osa],
        min_hosts: 3,
        max_hosts: 16,
        max_clusters: 4,
        max_hosts_total: 64,
        management: ManagementReserve { vcpus: 10, memory: MiB::from_gib(64), storage: MiB::from_gib(1024) },
        deployment_fee: Some(price("0.5")),
        regions: vec![region.clone()],
        ..HostOffering::default()
    };
    let server = HostOffering {
        id: OfferingId::from("server/big"),
        service: "Server to buy".to_owned(),
        host_type: "2 × 32 cores".to_owned(),
        open_to_new: true,
        sockets: 2,
        cores: 64,
        memory: MiB::from_gib(1024),
        min_hosts: 2,
        max_hosts: 64,
        max_clusters: 10,
        max_hosts_total: 640,
        billing: Billing::Purchase,
        regions: vec![RegionId::from("site")],
        ..HostOffering::default()
    };
    let host_price = |offering: &HostOffering, region: &RegionId, text: &str| HostPrice {
        offering: offering.id.clone(),
        region: region.clone(),
        term: Term::OnDemand,
        price: price(text),
    };
    let instance = |name: &str, vcpus, gib, linux: &str, windows: &str| InstanceType {
        name: name.to_owned(),
        family: name.split('.').next().unwrap_or_default().to_owned(),
        vcpus,
        memory: MiB::from_gib(gib),
        network_mbps: 0,
        arm: false,
        by_default: true,
        linux: [price(linux), price(""), price("")],
        windows: [price(windows), price(""), price("")],
    };
    let types = vec![
        instance("m7i.large", 2, 8, "0.1008", "0.1928"),
        instance("m7i.xlarge", 4, 16, "0.2016", "0.3856"),
        instance("r7i.large", 2, 16, "0.1323", "0.2243"),
        instance("x9.huge", 64, 512, "", ""),
    ];
    let extras = Extras { egress: vec![egress(0, "0.09"), egress(100, "0.05")], ..Extras::default() };
    Catalog {
        extras: extras.into(),
        as_of: "2026-11-22".to_owned(),
        sources: vec![SourceDoc {
            title: "Price list".to_owned(),
            as_of: "2026-07-20".to_owned(),
            url: "https://example.com/prices".to_owned(),
            ..SourceDoc::default()
        }],
        providers: vec![Provider { id: "aws".to_owned(), name: "Amazon Web Services".to_owned() }],
        regions: vec![Region {
            id: region.clone(),
            name: "N. Virginia".to_owned(),
            country: "US".to_owned(),
            ..Region::default()
        }],
        host_prices: vec![host_price(&server, &RegionId::from("site"), "25600"), host_price(&nodes, &region, "10.982")],
        hosts: vec![server, nodes],
        disks: vec![DiskPrice {
            region: region.clone(),
            kind: "gp3".to_owned(),
            per_gib_month: price("0.08"),
            included_iops: 3000,
            per_iops_month: price("0.005"),
            included_mibps: 125,
            per_mibps_month: price("0.04"),
            min_gib: 1,
            max_gib: 16_384,
            max_iops: 16_000,
            max_mibps: 1000,
            scaling: DiskScaling::default(),
        }],
        instance_regions: vec![region.clone()],
        instances: [(region.clone(), InstanceTable { region, types })].into(),
        ..Catalog::default()
    }
}

pub fn footprint(id: FootprintId, kind: FootprintKind) -> Footprint {
    Footprint { id, name: format!("place {}", id.0), enabled: true, kind, policy: PolicyOverride::default() }
}

pub fn home() -> Footprint {
    let add = Some(OfferingId::from("server/big"));
    footprint(
        HOME,
        FootprintKind::Cluster(ClusterFootprint {
            may_retire: true,
            add,
            max_added: 2,
            ..ClusterFootprint::kept(cluster())
        }),
    )
}

pub fn hosts(id: FootprintId, offering: &str, region: &str) -> Footprint {
    let kind = HostsFootprint::new(OfferingId::from(offering), RegionId::from(region));
    footprint(id, FootprintKind::Hosts(kind))
}

pub fn instances() -> Footprint {
    let kind = InstancesFootprint {
        region: RegionId::from("aws/us-east-1"),
        families: Vec::new(),
        term: Term::OnDemand,
        os: InstanceOs::LicenceIncluded,
        max_machines: None,
        disks: Vec::new(),
        committed_pct: 100,
    };
    footprint(INSTANCES, FootprintKind::Instances(kind))
}

pub fn scenario() -> Scenario {
    let footprints =
        vec![home(), hosts(NODES, "test/node", "aws/us-east-1"), instances(), hosts(SERVERS, "server/big", "site")];
    Scenario { footprints, ..Scenario::default() }
}

/// A plan that puts each machine in the place `place_of` says and has the hosts `hosts_of` says: for each place the existing hosts with whether they are
/// retired, and how many new ones there are. Whether it is valid does not matter to money.
pub fn plan(
    problem: &Problem,
    mut place_of: impl FnMut(usize) -> usize,
    hosts_of: impl Fn(usize) -> (Vec<(HostId, bool)>, u32),
) -> Plan {
    let mut plan = Plan::default();
    for (position, place) in problem.places().iter().enumerate() {
        let (existing, new) = hosts_of(position);
        let host = |existing, retired| HostPlan {
            existing,
            retired,
            capacity: Resources::default(),
            used: Resources::default(),
            machines: Vec::new(),
        };
        let hosts: Vec<HostPlan> = existing
            .into_iter()
            .map(|(id, retired)| host(Some(id), retired))
            .chain((0..new).map(|_| host(None, false)))
            .collect();
        let cluster = ClusterPlan {
            hosts,
            used: Resources::default(),
            usable: Resources::default(),
            limiting: None,
            fragmentation_hosts: 0,
        };
        let clusters = if cluster.hosts.is_empty() { Vec::new() } else { vec![cluster] };
        plan.places.push(PlacePlan { footprint: place.footprint, clusters, instances: 0 });
    }
    for (index, item) in problem.items().iter().enumerate() {
        let place = place_of(index);
        let instance = problem.places()[place].footprint == INSTANCES;
        plan.assignments.push(Assignment {
            machine: item.machine,
            place: place as u32,
            slot: if instance { Slot::Instance } else { Slot::Host { cluster: 0, host: 0 } },
            cost: Money::ZERO,
            bind: Bind::Cheapest,
            next_best: None,
            rejections: Vec::new(),
        });
    }
    plan
}

/// The line with this label, and that it is the only one.
#[track_caller]
pub fn line<'a>(ledger: &'a Ledger, footprint: Option<FootprintId>, label: &str) -> &'a Line {
    let found: Vec<&Line> = ledger.of(footprint).filter(|line| line.label == label).collect();
    let labels: Vec<&str> = ledger.of(footprint).map(|line| line.label.as_str()).collect();
    assert_eq!(found.len(), 1, "{label:?} among {labels:#?}");
    found[0]
}

/// Every line is quantity × unit price × months.
#[track_caller]
pub fn check_arithmetic(ledger: &Ledger) {
    for line in &ledger.lines {
        let factor = i128::from(line.quantity_milli) * i128::from(line.months());
        assert_eq!(line.unit_price.scale(factor, 1000), line.total, "{line:#?}");
        assert!(line.quantity_milli > 0, "{line:#?}");
    }
}
