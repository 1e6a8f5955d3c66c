//! Benchmarks of the engine, natively: each figure is the median of some runs, beside its target. `cargo xtask bench` runs them.
//!
//! The placement has a benchmark of its own: `placement`.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::time::Instant;

use calamine::{Reader, Xlsx};
use groundwork::engine::catalog::{Catalog, load_core};
use groundwork::engine::cost::{self, Candidate};
use groundwork::engine::import::{InputFile, import};
use groundwork::engine::model::{
    Cluster, ClusterFootprint, ClusterId, Estate, Footprint, FootprintId, FootprintKind, Host, HostId, HostsFootprint,
    InstanceOs, InstancesFootprint, MHz, Machine, MachineId, MiB, Money, OsFamily, PolicyOverride, Quote, Scenario,
    Storage, Term,
};
use groundwork::engine::outcome::Blueprint;
use groundwork::engine::placement::{self, Budget};
use groundwork::engine::progress::Silent;

fn main() {
    sample();
    inventory();
    money();
}

/// Milliseconds of `work`, the median of five runs.
fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn sample() {
    let name = "groundwork-sample.xlsx";
    let bytes = include_bytes!("../static/sample/groundwork-sample.xlsx");
    let mut machines = 0;
    let time = median(|| machines = import(&[InputFile { name, bytes }], &mut Silent).estate.machines.len());
    println!("import   {name:24} {machines:>6} machines  {time:>8.1} ms");
}

/// A large inventory, where one was made (`cargo run --example make_estate`), and the same workbook read by a general reader, which does nothing with the cells.
fn inventory() {
    let name = "estate-10000.xlsx";
    let Ok(bytes) = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(name)) else { return };
    let mut machines = 0;
    let ours = median(|| machines = import(&[InputFile { name, bytes: &bytes }], &mut Silent).estate.machines.len());
    println!("import   {name:24} {machines:>6} machines  {ours:>8.1} ms   target 350 ms (in the browser)");
    let mut cells = 0;
    let general = median(|| cells = cells_of(&bytes));
    println!("read     {name:24} {cells:>6} cells     {general:>8.1} ms   by calamine");
}

/// How many cells calamine finds in a workbook.
#[expect(clippy::expect_used, reason = "without its file there is nothing to measure")]
fn cells_of(workbook: &[u8]) -> usize {
    let mut workbook = Xlsx::new(Cursor::new(workbook)).expect("opens");
    let mut count = 0;
    for sheet in workbook.sheet_names() {
        let mut cells = workbook.worksheet_cells_reader(&sheet).expect("is there");
        while cells.next_cell().expect("reads").is_some() {
            count += 1;
        }
    }
    count
}

/// The cost of a plan of ten thousand machines over ten footprints, and draws of its uncertainty.
fn money() {
    let (estate, footprints) = (estate(10_000), footprints());
    let catalog = catalog(&footprints);
    let scenario = Scenario { footprints, ..Scenario::default() };
    let price = median(|| drop(Blueprint::new(&estate, &scenario, &catalog)));
    println!("cost     prices of 10,000 machines × 10 footprints    {price:>8.1} ms");
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let plan = placement::solve(blueprint.problem(), Budget { steps: 0, seed: 1 }, &mut Silent);
    let mut outcome = blueprint.outcome(plan.clone());
    let recost = median(|| outcome = blueprint.outcome(plan.clone()));
    println!("cost     ledgers of a plan and of staying             {recost:>8.1} ms   target 20 ms");
    let candidate = |name, ledger| Candidate { name, ledger, scenario: &scenario };
    let candidates = [candidate("plan", &outcome.ledger), candidate("staying", &outcome.staying)];
    let draws = median(|| drop(cost::confidence(&candidates, 10_000, 1, &mut Silent)));
    println!("cost     10,000 Monte Carlo draws                     {draws:>8.1} ms   target 1,000 ms");
    let finance = &scenario.assumptions.finance;
    let outlook = median(|| drop(cost::outlook(&outcome.ledger, &outcome.staying, finance)));
    println!("cost     cash flow, present value, break-even         {outlook:>8.1} ms");
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
fn footprints() -> Vec<Footprint> {
    let existing = ClusterFootprint { cluster: ClusterId::of(&["bench"]), may_retire: true, add: None, max_added: 0 };
    let hosts = |offering: &str, region: &str, quote: i64| {
        let per_host_month = Money::from_units(quote);
        let quote = Quote { per_host_month, currency: groundwork::engine::model::Currency::Usd, note: String::new() };
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

/// The shipped catalogue with the instances that the footprints need.
#[expect(clippy::expect_used, reason = "without its catalogue there is nothing to measure")]
fn catalog(footprints: &[Footprint]) -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/catalog");
    let read = |name: &str| fs::read(folder.join(name)).expect("the catalogue is there");
    let mut catalog = load_core(&read("core.pack")).expect("it loads");
    for name in catalog.needed_files(footprints) {
        catalog.load_instances(&read(&name)).expect("it loads");
    }
    catalog
}
