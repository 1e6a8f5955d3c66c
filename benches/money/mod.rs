//! What money is measured on, natively and in the browser: 10,000 machines and 10 footprints.

use groundwork::engine::catalog::Catalog;
use groundwork::engine::cost::{self, Candidate};
use groundwork::engine::model::{
    Cluster, ClusterFootprint, ClusterId, Currency, Estate, Footprint, FootprintId, FootprintKind, Host, HostId,
    HostsFootprint, InstanceOs, InstancesFootprint, MHz, Machine, MachineId, MiB, Money, OsFamily, PolicyOverride,
    Quote, Scenario, Storage, Term,
};
use groundwork::engine::outcome::Blueprint;
use groundwork::engine::placement::{self, Budget};
use groundwork::engine::progress::Silent;

/// One measurement.
#[derive(Debug)]
pub struct Figure {
    /// What was done.
    pub what: &'static str,
    /// The median of five runs.
    pub milliseconds: f64,
    /// The most it should be.
    pub target: Option<f64>,
}

/// Milliseconds of `work` by a clock in milliseconds, the median of five runs.
fn median(clock: &dyn Fn() -> f64, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let start = clock();
            work();
            clock() - start
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// What money takes, by a clock in milliseconds. The catalogue has the instances of [`footprints`].
pub fn figures(catalog: &Catalog, clock: &dyn Fn() -> f64) -> Vec<Figure> {
    let (estate, footprints) = (estate(10_000), footprints());
    let scenario = Scenario { footprints, ..Scenario::default() };
    let prices = median(clock, || drop(Blueprint::new(&estate, &scenario, catalog)));
    let blueprint = Blueprint::new(&estate, &scenario, catalog);
    let plan = placement::solve(blueprint.problem(), Budget { steps: 0, seed: 1 }, &mut Silent);
    let mut outcome = blueprint.outcome(plan.clone());
    let ledgers = median(clock, || outcome = blueprint.outcome(plan.clone()));
    let candidate = |name, ledger| Candidate { name, ledger, scenario: &scenario };
    let candidates = [candidate("plan", &outcome.ledger), candidate("staying", &outcome.staying)];
    let draws = median(clock, || drop(cost::confidence(&candidates, 10_000, 1, &mut Silent)));
    let finance = &scenario.assumptions.finance;
    let years = median(clock, || drop(cost::outlook(&outcome.ledger, &outcome.staying, finance)));
    let figure = |what, milliseconds, target| Figure { what, milliseconds, target };
    vec![
        figure("prices of 10,000 machines × 10 footprints", prices, None),
        figure("ledgers of a plan and of staying", ledgers, Some(20.0)),
        figure("10,000 Monte Carlo draws", draws, Some(1_000.0)),
        figure("cash flow, present value, break-even", years, None),
    ]
}

/// Machines of a few sizes on hosts of one cluster.
fn estate(count: u32) -> Estate {
    let cluster = ClusterId::of(&["bench"]);
    let host = |number: u32| Host {
        id: HostId::of(&["esx", &number.to_string()]),
        name: format!("esx-{number}"),
        cluster,
        sockets: 2,
        cores: 64,
        speed: MHz(2_600),
        memory: MiB::from_gib(1024),
        ..Host::default()
    };
    let machine = |number: u32| Machine {
        id: MachineId::of(&["vm", &number.to_string()]),
        name: format!("vm-{number}"),
        cluster,
        vcpus: [1, 2, 2, 4, 4, 8, 16][number as usize % 7],
        memory: MiB::from_gib([2, 4, 8, 8, 16, 24, 64, 128][number as usize % 8]),
        storage: Storage { in_use: Some(MiB::from_gib(20 + u64::from(number % 37) * 13)), ..Storage::default() },
        os_family: if number.is_multiple_of(3) { OsFamily::WindowsServer } else { OsFamily::Linux },
        ..Machine::default()
    };
    let mut estate = Estate {
        clusters: vec![Cluster { id: cluster, name: "bench".to_owned(), ..Cluster::default() }],
        hosts: (0..count / 40).map(host).collect(),
        machines: (0..count).map(machine).collect(),
        ..Estate::default()
    };
    estate.sort();
    estate
}

/// One cluster, five kinds of hosts and four of instances.
pub fn footprints() -> Vec<Footprint> {
    let existing = ClusterFootprint { may_retire: true, ..ClusterFootprint::kept(ClusterId::of(&["bench"])) };
    let hosts = |offering: &str, region: &str, quote: i64| {
        let per_host_month = Money::from_units(quote);
        let quote = Quote { per_host_month, currency: Currency::Usd, note: String::new() };
        let hosts = HostsFootprint::new(offering.into(), region.into());
        FootprintKind::Hosts(HostsFootprint { quote: Some(quote), ..hosts })
    };
    let instances = |region: &str, term| {
        FootprintKind::Instances(InstancesFootprint {
            region: region.into(),
            families: Vec::new(),
            term,
            os: InstanceOs::LicenceIncluded,
            max_machines: None,
            disks: Vec::new(),
            committed_pct: 100,
        })
    };
    let kinds = vec![
        FootprintKind::Cluster(existing),
        hosts("evs/i4i.metal", "aws/us-east-1", 8_000),
        hosts("vmc-aws/i4i.metal", "aws/us-east-1", 12_000),
        hosts("avs/av64-gen2", "azure/eastus", 16_000),
        hosts("gcve/ve2-standard-96", "gcp/us-east4", 15_000),
        hosts("ocvs/bm.denseio2.52", "oci/us-ashburn-1", 9_000),
        instances("aws/us-east-1", Term::OneYear),
        instances("azure/eastus", Term::ThreeYears),
        instances("gcp/us-east4", Term::OneYear),
        instances("oci/us-ashburn-1", Term::OnDemand),
    ];
    kinds
        .into_iter()
        .zip(1..)
        .map(|(kind, id)| Footprint {
            id: FootprintId(id),
            name: format!("place {id}"),
            enabled: true,
            kind,
            policy: PolicyOverride::default(),
        })
        .collect()
}
