//! Every system of the catalogue with one worked example, computed by hand from the figures of the catalogue that is shipped.
//!
//! People, backup and the work of moving cost nothing here, so that what is left is the system's own. A year has 12 × 730 hours. The machines have 2 vCPU,
//! 8 GiB and 100 GiB each, the first with Linux, the second with Windows. Of one's own site `examples::a_cluster_of_ones_own` is the example.

use std::fs;
use std::path::Path;

use groundwork::engine::catalog::{Catalog, PriceStatus, load_core};
use groundwork::engine::cost::{Ledger, LineKind, over_time};
use groundwork::engine::model::{
    CommittedSpend, Currency, Disk, Estate, ExternalUse, Footprint, FootprintKind, InstanceOs, InstancesFootprint,
    MachineEdit, MiB, Money, PriceChanges, Quote, RegionId, Scenario, ServiceUse, StorageMeasure, StorageQuote,
    SupportPlan, Term,
};
use groundwork::engine::outcome::Blueprint;
use groundwork::engine::placement::Budget;
use groundwork::engine::plan_scenario;
use groundwork::engine::progress::Silent;

use crate::fixture::{INSTANCES, NODES, check_arithmetic, estate, footprint, hosts, money, plan};

/// The shipped catalogue with the instances of these regions.
pub fn shipped(footprints: &[Footprint]) -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/catalog");
    let read = |name: &str| fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut catalog = load_core(&read("core.pack")).expect("the core loads");
    for name in catalog.needed_files(footprints) {
        catalog.load_instances(&read(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    catalog
}

/// A scenario of a year with one place, in which only the place itself costs anything.
pub fn bare(place: Footprint) -> Scenario {
    let mut scenario = Scenario { footprints: vec![place], ..Scenario::default() };
    let assumptions = &mut scenario.assumptions;
    assumptions.horizon_months = 12;
    assumptions.relocate_per_machine = Money::ZERO;
    assumptions.convert_per_machine = Money::ZERO;
    assumptions.on_premises.admin_year = Money::ZERO;
    assumptions.on_premises.backup_per_machine_year = Money::ZERO;
    scenario
}

/// The ledger of all machines in the one place of a scenario, on so many hosts.
pub fn ledger(scenario: &Scenario, machines: u32, host_count: u32) -> Ledger {
    ledger_of(&estate(machines), scenario, host_count)
}

/// The same of another estate.
pub fn ledger_of(estate: &Estate, scenario: &Scenario, host_count: u32) -> Ledger {
    let catalog = shipped(&scenario.footprints);
    let blueprint = Blueprint::new(estate, scenario, &catalog);
    for item in 0..estate.machines.len() {
        assert!(blueprint.problem().options(item)[0].is_ok(), "{:?}", blueprint.problem().options(item));
    }
    let plan = plan(blueprint.problem(), |_| 0, |_| (Vec::new(), host_count));
    let ledger = blueprint.outcome(plan).ledger;
    check_arithmetic(&ledger);
    ledger
}

/// Checks what is paid for each kind of thing; kinds that cost nothing are left out.
#[track_caller]
pub fn check(ledger: &Ledger, expected: &[(LineKind, &str)]) {
    let mut found = ledger.by_kind();
    found.retain(|(_, amount)| *amount != Money::ZERO);
    let expected: Vec<(LineKind, Money)> = expected.iter().map(|&(kind, amount)| (kind, money(amount))).collect();
    assert_eq!(found, expected, "{:#?}", ledger.lines);
    assert_eq!(ledger.total(), expected.iter().map(|(_, amount)| *amount).sum(), "the sum of the lines is the total");
}

pub fn rented(offering: &str, region: &str, term: Term) -> Footprint {
    let mut place = hosts(NODES, offering, region);
    if let FootprintKind::Hosts(chosen) = &mut place.kind {
        chosen.term = term;
    }
    place
}

pub fn quoted(offering: &str, region: &str, per_host_month: &str, currency: Currency) -> Footprint {
    let mut place = hosts(NODES, offering, region);
    if let FootprintKind::Hosts(chosen) = &mut place.kind {
        let note = "Offer 4711".to_owned();
        chosen.quote = Some(Quote { per_host_month: money(per_host_month), currency, note });
    }
    place
}

fn instances(region: &str, family: &str) -> InstancesFootprint {
    InstancesFootprint {
        region: RegionId::from(region),
        families: vec![family.to_owned()],
        term: Term::OnDemand,
        os: InstanceOs::LicenceIncluded,
        max_machines: None,
        disks: Vec::new(),
        committed_pct: 100,
    }
}

fn place(instances: InstancesFootprint) -> Footprint {
    footprint(INSTANCES, FootprintKind::Instances(instances))
}

/// The same edit for every machine.
fn edited(mut scenario: Scenario, machines: u32, edit: MachineEdit) -> Scenario {
    scenario.edits = estate(machines).machines.iter().map(|machine| (machine.id, edit.clone())).collect();
    scenario
}

#[test]
fn vmware_cloud_on_aws() {
    // i3.metal in Oregon at its launch price: 8.3681 × 730 = 6,108.713; × 4 hosts × 12 = 293,218.224. VMware is included.
    let launch = bare(rented("vmc-aws/i3.metal", "aws/us-west-2", Term::OnDemand));
    check(&ledger(&launch, 2, 4), &[(LineKind::Hosts, "293218.224")]);
    // i4i.metal by quote: 10,000 × 3 × 12.
    let quote = bare(quoted("vmc-aws/i4i.metal", "aws/eu-central-1", "10000", Currency::Usd));
    check(&ledger(&quote, 2, 3), &[(LineKind::Hosts, "360000")]);
}

#[test]
fn storage_beside_hosts() {
    // FSx for NetApp ONTAP by quote at 0.14 a GiB. A machine of 100 GiB takes 100 ÷ 75 % = 134 GiB; 2 × 134 × 0.14 × 12 = 450.24; hosts 9,000 × 2 × 12.
    let mut place = quoted("vmc-aws/m7i.metal-24xl", "aws/us-east-1", "9000", Currency::Usd);
    if let FootprintKind::Hosts(chosen) = &mut place.kind {
        let name = "FSx for NetApp ONTAP".to_owned();
        let quote =
            StorageQuote { name, per_gib_month: money("0.14"), currency: Currency::Usd, used: ExternalUse::Always };
        chosen.external_storage = Some(Box::new(quote));
    }
    check(&ledger(&bare(place), 2, 2), &[(LineKind::Hosts, "216000"), (LineKind::Storage, "450.24")]);
}

#[test]
fn hosts_without_disks_take_no_machine_without_a_price_for_storage() {
    let scenario = bare(quoted("vmc-aws/m7i.metal-24xl", "aws/us-east-1", "9000", Currency::Usd));
    let (estate, catalog) = (estate(1), shipped(&scenario.footprints));
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    assert!(blueprint.problem().options(0)[0].is_err());
}

#[test]
fn amazon_evs() {
    // i4i.metal: 10.982 × 730 = 8,016.86; × 4 × 12 = 384,809.28. VMware: 350 ÷ 12 = 29.166667; 64 cores × 4 × 12 × 29.166667 = 89,600.001024.
    let evs = ledger(&bare(rented("evs/i4i.metal", "aws/us-east-1", Term::OnDemand)), 2, 4);
    check(&evs, &[(LineKind::Hosts, "384809.28"), (LineKind::Licences, "89600.001024")]);
    let is_told =
        |ledger: &Ledger| ledger.not_priced.iter().any(|told| told.contains("The fixed charge of Amazon EVS"));
    assert!(is_told(&evs), "{evs:?}");
    // The control plane by a quote of 1.25 an hour: × 730 × 12 = 10,950 for one environment.
    let mut scenario = bare(rented("evs/i4i.metal", "aws/us-east-1", Term::OnDemand));
    scenario.assumptions.finance.services = vec![ServiceUse {
        footprint: NODES,
        service: "Amazon EVS".to_owned(),
        item: "control plane".to_owned(),
        quantity: 1,
        quote: Some(money("1.25")),
    }];
    let evs = ledger(&scenario, 2, 4);
    let expected = [(LineKind::Hosts, "384809.28"), (LineKind::Licences, "89600.001024"), (LineKind::Service, "10950")];
    check(&evs, &expected);
    assert!(!is_told(&evs), "{evs:?}");
}

#[test]
fn ec2_virtual_machines() {
    // m7i.large: Linux 0.1008 × 730 = 73.584, Windows 0.1928 × 730 = 140.744; × 12 = 883.008 + 1,688.928. gp3: 2 × 100 × 0.08 × 12 = 192.
    let scenario = bare(place(instances("aws/us-east-1", "m7i")));
    check(&ledger(&scenario, 2, 0), &[(LineKind::Instances, "2571.936"), (LineKind::Storage, "192")]);
    // Licences brought along: twice Linux, 2 × 883.008.
    let own = InstancesFootprint { os: InstanceOs::BringYourOwn, ..instances("aws/us-east-1", "m7i") };
    check(&ledger(&bare(place(own)), 2, 0), &[(LineKind::Instances, "1766.016"), (LineKind::Storage, "192")]);
}

#[test]
fn ec2_bare_metal() {
    // m6i.metal: 6.144 × 730 = 4,485.12; × 2 × 12 = 107,642.88. VMware: 64 × 2 × 12 × 29.166667 = 44,800.000512. gp3: 2 × 134 GiB × 0.08 × 12 = 257.28.
    check(
        &ledger(&bare(rented("ec2-metal/m6i.metal", "aws/us-east-1", Term::OnDemand)), 2, 2),
        &[(LineKind::Hosts, "107642.88"), (LineKind::Storage, "257.28"), (LineKind::Licences, "44800.000512")],
    );
}

#[test]
fn ebs_and_friends() {
    let of_kind = |kind: &str, iops: u32| {
        let chosen = InstancesFootprint { disks: vec![kind.to_owned()], ..instances("aws/us-east-1", "m7i") };
        let edit = MachineEdit { iops: Some(iops), ..MachineEdit::default() };
        edited(bare(place(chosen)), 1, edit)
    };
    // 883.008 for the machine. io2 with 20,000 operations: (100 × 0.125 + 20,000 × 0.065) × 12 = (12.5 + 1,300) × 12.
    check(&ledger(&of_kind("io2", 20_000), 1, 0), &[(LineKind::Instances, "883.008"), (LineKind::Storage, "15750")]);
    // gp3 with as many: two disks of 16,000 at most include 6,000; (8 + 14,000 × 0.005) × 12 = 78 × 12. Chosen where both are allowed.
    check(&ledger(&of_kind("gp3", 20_000), 1, 0), &[(LineKind::Instances, "883.008"), (LineKind::Storage, "936")]);
    let edit = MachineEdit { iops: Some(20_000), ..MachineEdit::default() };
    let either = edited(bare(place(instances("aws/us-east-1", "m7i"))), 1, edit);
    check(&ledger(&either, 1, 0), &[(LineKind::Instances, "883.008"), (LineKind::Storage, "936")]);
    // Machines do not start from st1: the one disk is gp3, 100 × 0.08 × 12.
    check(&ledger(&of_kind("st1", 0), 1, 0), &[(LineKind::Instances, "883.008"), (LineKind::Storage, "96")]);
}

/// One machine with Linux and disks of these sizes, each of which counts whole.
fn with_disks(gib: &[u64], mut place: InstancesFootprint, kinds: &[&str], per_tib: (u32, u32)) -> Ledger {
    let mut estate = estate(1);
    let disk = |&gib: &u64| Disk { capacity: MiB::from_gib(gib), ..Disk::default() };
    estate.machines[0].disks = gib.iter().map(disk).collect();
    estate.machines[0].storage.disk_capacity = Some(MiB::from_gib(gib.iter().sum()));
    place.disks = kinds.iter().map(|&kind| kind.to_owned()).collect();
    let mut scenario = bare(footprint(INSTANCES, FootprintKind::Instances(place)));
    scenario.policy.storage_measure = StorageMeasure::DiskCapacity;
    (scenario.policy.iops_per_tib, scenario.policy.mibps_per_tib) = per_tib;
    ledger_of(&estate, &scenario, 0)
}

#[test]
fn disks_of_ec2_are_chosen_one_by_one() {
    let of = |gib: &[u64], kinds: &[&str], per_tib| with_disks(gib, instances("aws/us-east-1", "m7i"), kinds, per_tib);
    let machine = (LineKind::Instances, "883.008");
    // The first disk is gp3, 40 × 0.08 = 3.2; the second st1 of 160 × 0.045 = 7.2, or sc1 of 160 × 0.015 = 2.4. Each × 12.
    check(&of(&[40, 160], &["gp3", "st1"], (0, 0)), &[machine, (LineKind::Storage, "124.8")]);
    check(&of(&[40, 160], &["gp3", "st1", "sc1"], (0, 0)), &[machine, (LineKind::Storage, "67.2")]);
    // st1 and sc1 are not smaller than 125 GiB: 125 × 0.045 = 5.625, (3.2 + 5.625) × 12. gp3 of 50 GiB costs less: (3.2 + 4) × 12.
    check(&of(&[40, 50], &["st1"], (0, 0)), &[machine, (LineKind::Storage, "105.9")]);
    check(&of(&[40, 50], &["gp3", "st1"], (0, 0)), &[machine, (LineKind::Storage, "86.4")]);
    // 100 MiB/s a TiB are 20 for 200 GiB, 4 and 16 of them. st1 gives 16 from 16 ÷ 0.039 = 411 GiB on, for 18.495, sc1 from 1,455 GiB on, for 21.825;
    // gp3 has 125 in any case, for 160 × 0.08 = 12.8: (3.2 + 12.8) × 12.
    check(&of(&[40, 160], &["gp3", "st1", "sc1"], (0, 100)), &[machine, (LineKind::Storage, "192")]);
    // 35 MiB/s a TiB are 142 for 4,136 GiB, 2 and 141 of them. st1 of 4,096 GiB gives 159 for 184.32; sc1 would have to have 141 ÷ 0.011 = 12,819 GiB, for
    // 192.285; gp3 costs 4,096 × 0.08 + 16 × 0.04 = 328.32. (3.2 + 184.32) × 12.
    check(&of(&[40, 4096], &["gp3", "st1", "sc1"], (0, 35)), &[machine, (LineKind::Storage, "2250.24")]);
    // gp3 alone, 300 MiB/s a TiB: 59 for 200 GiB, which it includes; for 4,136 GiB 1,212, of which 12 and 1,201. 1,201 take two disks of 1,000, which
    // include 250, and 1,201 × 4 = 4,804 operations, of which they include all: 4,096 × 0.08 + 951 × 0.04 = 365.72. (3.2 + 365.72) × 12.
    check(&of(&[40, 160], &["gp3"], (0, 300)), &[machine, (LineKind::Storage, "192")]);
    check(&of(&[40, 4096], &["gp3"], (0, 300)), &[machine, (LineKind::Storage, "4427.04")]);
    // 25,000 operations a TiB: 4,883 for 200 GiB, 977 and 3,907 of them; gp3 pays for 907: (3.2 + 12.8 + 907 × 0.005) × 12 = 20.535 × 12.
    check(&of(&[40, 160], &[], (25_000, 0)), &[machine, (LineKind::Storage, "246.42")]);
}

#[test]
fn disks_of_azure_and_google_are_chosen_one_by_one() {
    let azure = |per_tib| with_disks(&[40, 160], instances("azure/eastus", "Dsv5"), &[], per_tib);
    // E4 of 32 GiB at 2.40: two and five of them, 16.8 × 12. Of 20,000 operations a TiB, 3,907 for 200 GiB, the second disk gets 3,126: seven E4 of 500
    // each, 16.8; the first 782: two, 4.8. 21.6 × 12. Standard_D2s_v5: 840.96.
    check(&azure((0, 0)), &[(LineKind::Instances, "840.96"), (LineKind::Storage, "201.6")]);
    check(&azure((20_000, 0)), &[(LineKind::Instances, "840.96"), (LineKind::Storage, "259.2")]);
    let google = |gib: &[u64], per_tib| with_disks(gib, instances("gcp/us-central1", "n2"), &[], per_tib);
    // pd-balanced of 50 GiB gives 3,000 operations and 6 a GiB: 5 × 12. For 20,000 it would have to have 2,834 GiB, for 283.40; pd-ssd gives 6,000 and 30
    // a GiB: 467 GiB × 0.17 = 79.39, × 12. n2-standard-2: 680.773092.
    check(&google(&[50], (0, 0)), &[(LineKind::Instances, "680.773092"), (LineKind::Storage, "60")]);
    check(&google(&[50], (409_600, 0)), &[(LineKind::Instances, "680.773092"), (LineKind::Storage, "952.68")]);
}

#[test]
fn azure_vmware_solution() {
    // AV36P, indicative: 17.62 × 0.50 for three years = 8.81; × 730 = 6,431.3; × 3 × 12 = 231,526.8. VMware is included.
    let scenario = bare(rented("avs/av36p", "azure/eastus", Term::ThreeYears));
    check(&ledger(&scenario, 2, 3), &[(LineKind::Hosts, "231526.8")]);
}

#[test]
fn azure_virtual_machines() {
    // Standard_D2s_v5: Linux 0.096 × 730 = 70.08, Windows 0.188 × 730 = 137.24; × 12 = 840.96 + 1,646.88.
    // Disks: four E4 of 32 GiB at 2.40; 2 × 9.60 × 12 = 230.4. One P10 would be 19.71.
    let scenario = bare(place(instances("azure/eastus", "Dsv5")));
    check(&ledger(&scenario, 2, 0), &[(LineKind::Instances, "2487.84"), (LineKind::Storage, "230.4")]);
    // Azure Hybrid Benefit: licences brought along.
    let hybrid = InstancesFootprint { os: InstanceOs::BringYourOwn, ..instances("azure/eastus", "Dsv5") };
    check(&ledger(&bare(place(hybrid)), 2, 0), &[(LineKind::Instances, "1681.92"), (LineKind::Storage, "230.4")]);
}

#[test]
fn google_cloud_vmware_engine() {
    // ve1-standard-72 by quote: 9,000 × 3 × 12.
    let scenario = bare(quoted("gcve/ve1-standard-72", "gcp/europe-west3", "9000", Currency::Usd));
    check(&ledger(&scenario, 2, 3), &[(LineKind::Hosts, "324000")]);
}

#[test]
fn google_compute_engine() {
    // n2-standard-2: 0.097118 × 730 × 0.8002 for running all month = 56.731091; with Windows 2 × 0.046 × 730 = 67.16 more, 123.891091;
    // × 12 = 680.773092 + 1,486.693092. pd-balanced: 2 × 100 × 0.10 × 12 = 240.
    let scenario = bare(place(instances("gcp/us-central1", "n2")));
    check(&ledger(&scenario, 2, 0), &[(LineKind::Instances, "2167.466184"), (LineKind::Storage, "240")]);
    // A custom shape of E2 with 2 vCPU and 3 GiB: 0.021812 × 730 = 15.92276 a vCPU, 0.002924 × 730 = 2.13452, to thousandths 2.135, a GiB;
    // (2 × 15.92276 + 3 × 2.135) × 12 = 459.00624. e2-standard-2 would be 0.067011 × 730 × 12 = 587.02.
    let edit = MachineEdit { memory: Some(MiB::from_gib(3)), ..MachineEdit::default() };
    let custom = edited(bare(place(instances("gcp/us-central1", "e2"))), 1, edit);
    check(&ledger(&custom, 1, 0), &[(LineKind::Instances, "459.00624"), (LineKind::Storage, "120")]);
}

#[test]
fn ibm_cloud_vcf() {
    // By what is paid: 4,200 × 4 × 12. Closed to new customers, which the catalogue says.
    let scenario = bare(quoted("ibm-vcf/2x-gold-6248", "ibm/eu-de", "4200", Currency::Usd));
    check(&ledger(&scenario, 2, 4), &[(LineKind::Hosts, "201600")]);
    let catalog = shipped(&scenario.footprints);
    assert!(catalog.hosts.iter().filter(|host| host.provider == "ibm").all(|host| !host.open_to_new));
}

#[test]
fn ovhcloud_hosted_private_cloud() {
    // By quote in euros, reckoned in euros: 1,900 × 3 × 12.
    let mut scenario = bare(quoted("ovh/vsan-host", "ovh/eu-west-gra", "1900", Currency::Eur));
    scenario.assumptions.currency = Currency::Eur;
    check(&ledger(&scenario, 2, 3), &[(LineKind::Hosts, "68400")]);
}

#[test]
fn oracle_cloud() {
    // BM.DenseIO2.52 by quote: 7,000 × 3 × 12.
    let dense = bare(quoted("ocvs/bm.denseio2.52", "oci/eu-frankfurt-1", "7000", Currency::Usd));
    check(&ledger(&dense, 2, 3), &[(LineKind::Hosts, "252000")]);
    // A cluster has 3 to 64 dense hosts, a deployment 6 clusters; fewer cannot be asked for, and nothing is sold without a quote, on any term.
    let catalog = shipped(&dense.footprints);
    let sold: Vec<_> = catalog.hosts.iter().filter(|host| host.id.as_str().starts_with("ocvs/")).collect();
    assert!(!sold.is_empty());
    for host in sold {
        assert_eq!(
            (host.min_hosts, host.max_hosts, host.max_clusters, host.max_hosts_total),
            (3, 64, 6, 384),
            "{}",
            host.id
        );
        for term in [Term::OnDemand, Term::OneYear, Term::ThreeYears] {
            let price = catalog.host_price(&host.id, &RegionId::from("oci/eu-frankfurt-1"), term).expect("a row");
            assert_eq!((price.amount, price.status), (None, PriceStatus::Ask), "{}, {term:?}", host.id);
        }
    }
    let mut two = quoted("ocvs/bm.denseio2.52", "oci/eu-frankfurt-1", "7000", Currency::Usd);
    let FootprintKind::Hosts(chosen) = &mut two.kind else { panic!("hosts are expected") };
    chosen.min_hosts = Some(2);
    let (one, scenario) = (estate(1), bare(two));
    let outcome = plan_scenario(&one, &scenario, &catalog, Budget { steps: 5, seed: 1 }, &mut Silent);
    assert_eq!(outcome.plan.places[0].clusters[0].hosts.len(), 3, "one machine, and three hosts all the same");
    // A flexible E5 shape with 1 OCPU (2 vCPU) and 8 GB: 0.03 × 730 = 21.9 and 8 × 0.002 × 730 = 11.68; block volume: 100 × (0.0255 + 10 × 0.0017) = 4.25;
    // × 12 = 402.96 + 51.
    let flexible = bare(place(instances("oci/eu-frankfurt-1", "E5")));
    check(&ledger(&flexible, 1, 0), &[(LineKind::Instances, "402.96"), (LineKind::Storage, "51")]);
}

#[test]
fn a_provider_of_ones_own() {
    // 3.25 × 730 = 2,372.5; × 3 × 12 = 85,410. VMware is included, as the list says.
    let mut scenario = bare(rented("own/large", "own/berlin", Term::OnDemand));
    scenario.prices = "what,id,region,country,cores,memory_gib,raw_storage_gb,vsan,min_hosts,vmware_included,amount\n\
                       host,own/large,own/berlin,DE,64,1024,30000,esa,3,yes,3.25\n"
        .to_owned();
    check(&ledger(&scenario, 2, 3), &[(LineKind::Hosts, "85410")]);
    // A list with a mistake is not applied by halves, and the plan says so.
    scenario.prices.push_str("host_price,no/such,own/berlin,,,,,,,,1\n");
    let (estate, catalog) = (estate(1), shipped(&scenario.footprints));
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    assert!(blueprint.problem().options(0)[0].is_err());
}

#[test]
fn what_depends_on_the_plan_as_a_whole() {
    let mut scenario = bare(place(instances("aws/us-east-1", "m7i")));
    let finance = &mut scenario.assumptions.finance;
    finance.internet_gib_per_machine = 6_000;
    finance.support_plans = vec![SupportPlan { provider: "aws".to_owned(), plan: "business".to_owned() }];
    let service = |item: &str, quantity| ServiceUse {
        footprint: INSTANCES,
        service: "Direct Connect".to_owned(),
        item: item.to_owned(),
        quantity,
        quote: None,
    };
    finance.services = vec![service("port of 1 Gbit/s", 2), service("no such port", 1)];
    finance.double_running_months = 3;
    let found = ledger(&scenario, 2, 0);
    // Traffic: 12,000 GiB; 10,240 × 0.09 = 921.60 and 1,760 × 0.085 = 149.60; two ports × 0.30 × 730 = 438. A month: 1,509.2; × 12 = 18,110.4.
    // The month at AWS: 214.328 instances + 16 disks + 1,509.2 = 1,739.528; Business: 10 % = 173.9528; × 12 = 2,087.4336.
    // Double running: 2 machines × 3 months at half of staying: the two hosts of `a_cluster_of_ones_own` a month, 3 × 2 × (run rate ÷ 2).
    let staying = {
        let (estate, catalog) = (estate(2), shipped(&scenario.footprints));
        let blueprint = Blueprint::new(&estate, &scenario, &catalog);
        blueprint.outcome(plan(blueprint.problem(), |_| 0, |_| (Vec::new(), 0))).staying.run_rate()
    };
    let twice = staying.scale(1, 2).times(6).to_string();
    check(
        &found,
        &[
            (LineKind::Instances, "2571.936"),
            (LineKind::Storage, "192"),
            (LineKind::Network, "18110.4"),
            (LineKind::Service, "2087.4336"),
            (LineKind::Migration, &twice),
        ],
    );
    let left_out = |word: &str| found.not_priced.iter().any(|sentence| sentence.contains(word));
    assert!(left_out("no such port") && !left_out("support plans"), "{:?}", found.not_priced);
}

/// A year of one machine with Linux, and of links: service, item, how many, and a price of one's own.
fn with_links(place: Footprint, links: &[(&str, &str, u32, Option<&str>)]) -> Ledger {
    let mut scenario = bare(place);
    let used = |&(service, item, quantity, quote): &(&str, &str, u32, Option<&str>)| ServiceUse {
        footprint: INSTANCES,
        service: service.to_owned(),
        item: item.to_owned(),
        quantity,
        quote: quote.map(money),
    };
    scenario.assumptions.finance.services = links.iter().map(used).collect();
    ledger(&scenario, 1, 0)
}

#[test]
fn dedicated_links() {
    let told = |ledger: &Ledger, words: &str| ledger.not_priced.iter().any(|sentence| sentence.contains(words));
    // Two ports at 2.25 × 730 = 1,642.5, and 1,000 GiB a month at 0.02: (3,285 + 20) × 12. m7i.large and gp3 as in `ec2_virtual_machines`.
    let aws = place(instances("aws/us-east-1", "m7i"));
    let links = [("Direct Connect", "port of 10 Gbit/s", 2, None), ("Direct Connect", "data out", 1_000, None)];
    let rest = [(LineKind::Instances, "883.008"), (LineKind::Storage, "96")];
    check(&with_links(aws, &links), &[rest[0], rest[1], (LineKind::Network, "39660")]);
    // Traffic over the link has no public price in Frankfurt; with 0.03 of one's own 1,000 × 0.03 × 12, beside a port at 0.30 × 730 × 12 = 2,628.
    let frankfurt = |quote| {
        let links = [("Direct Connect", "port of 1 Gbit/s", 1, None), ("Direct Connect", "data out", 1_000, quote)];
        with_links(place(instances("aws/eu-central-1", "m7i")), &links)
    };
    let network = |ledger: &Ledger| ledger.by_kind().into_iter().find(|(kind, _)| *kind == LineKind::Network);
    let asked = frankfurt(None);
    assert_eq!(network(&asked), Some((LineKind::Network, money("2628"))));
    assert!(told(&asked, "Direct Connect: data out has no public price"), "{:?}", asked.not_priced);
    assert_eq!(network(&frankfurt(Some("0.03"))), Some((LineKind::Network, money("2988"))));
    // ExpressRoute: a gateway at 0.42 × 730 = 306.6, a connection at 0.05 × 730 = 36.5, a circuit by quote at 300: × 12 = 7,717.2.
    let express = |circuit| {
        let links = [
            ("ExpressRoute", "gateway of 2 Gbit/s", 1, None),
            ("ExpressRoute", "connection", 1, None),
            ("ExpressRoute", "circuit", 1, circuit),
        ];
        with_links(place(instances("azure/westeurope", "Dsv5")), &links)
    };
    assert_eq!(network(&express(Some("300"))), Some((LineKind::Network, money("7717.2"))));
    assert!(told(&express(None), "ExpressRoute: circuit has no public price"));
    // Interconnect: a circuit at 1,700, an attachment at 0.2 × 730 = 146, 500 GiB at 0.02 = 10: × 12 = 22,272.
    let google = [
        ("Dedicated Interconnect", "circuit of 10 Gbit/s", 1, None),
        ("Dedicated Interconnect", "VLAN attachment of 20 Gbit/s", 1, None),
        ("Dedicated Interconnect", "data out in Europe", 500, None),
    ];
    let found = with_links(place(instances("gcp/europe-west3", "n2")), &google);
    assert_eq!(network(&found), Some((LineKind::Network, money("22272"))));
}

#[test]
fn gateways_and_transit() {
    let told = |ledger: &Ledger, words: &str| ledger.not_priced.iter().any(|sentence| sentence.contains(words));
    let network = |ledger: &Ledger| ledger.by_kind().into_iter().find(|(kind, _)| *kind == LineKind::Network);
    let of = |amount: &str| Some((LineKind::Network, money(amount)));
    // Two gateways at 0.045 × 730 = 32.85, 1,000 GiB at 0.045 = 45, three attachments at 0.05 × 730 = 36.5, 500 GiB at 0.02 = 10: 230.2 × 12.
    let aws = [
        ("NAT gateway", "gateway", 2, None),
        ("NAT gateway", "data", 1_000, None),
        ("Transit Gateway", "attachment", 3, None),
        ("Transit Gateway", "data", 500, None),
    ];
    assert_eq!(network(&with_links(place(instances("aws/us-east-1", "m7i")), &aws)), of("2762.4"));
    // Elsewhere their prices have to be asked for: told, and 0.052 × 730 × 12 by a quote.
    let frankfurt =
        |quote| with_links(place(instances("aws/eu-central-1", "m7i")), &[("NAT gateway", "gateway", 1, quote)]);
    assert!(told(&frankfurt(None), "NAT gateway: gateway has no public price"));
    assert!(told(&frankfurt(Some("0")), "NAT gateway: gateway has no public price"), "nothing is free");
    assert_eq!(network(&frankfurt(Some("0.052"))), of("455.52"));
    // A hub at 0.25 × 730 and 1,000 GiB at 0.02, both quoted: (182.5 + 20) × 12.
    let azure = [("Virtual WAN", "hub", 1, Some("0.25")), ("Virtual WAN", "data", 1_000, Some("0.02"))];
    assert_eq!(network(&with_links(place(instances("azure/westeurope", "Dsv5")), &azure)), of("2430"));
    // Cloud NAT is listed: 0.0448 × 730 = 32.704 and 100 GiB at 0.045 = 4.5; a spoke of the transit by quote, 0.1 × 730 = 73: 110.204 × 12.
    let google = [
        ("Cloud NAT", "gateway", 1, None),
        ("Cloud NAT", "data", 100, None),
        ("Network Connectivity Center", "spoke", 1, Some("0.1")),
    ];
    assert_eq!(network(&with_links(place(instances("gcp/europe-west3", "n2")), &google)), of("1322.448"));
}

#[test]
fn snapshots_are_a_share_of_the_disks() {
    //   machines    as `ec2_virtual_machines`                          2,571.936
    //   disks       2 × 100 GiB           × 0.08 × 12 months         =   192
    //   snapshots   2 × 100 GiB × 50 %    × 0.05 × 12 months         =    60
    let mut scenario = bare(place(instances("aws/us-east-1", "m7i")));
    scenario.assumptions.finance.snapshot_pct = 50;
    let found = ledger(&scenario, 2, 0);
    check(&found, &[(LineKind::Instances, "2571.936"), (LineKind::Storage, "252")]);
    let snapshots = found.lines.iter().find(|line| line.label.contains("snapshot")).expect("a line");
    assert_eq!((snapshots.quantity_milli, snapshots.unit_price), (100_000, money("0.05")));
    assert_eq!((snapshots.months(), snapshots.total), (12, money("60")));
}

#[test]
fn a_commitment_of_google_follows_from_a_price_on_demand_of_ones_own() {
    // 10 USD an hour on demand; three years less 42.5 %: 5.75 × 730 = 4,197.5 × 3 hosts × 12 = 151,110.
    let mut scenario = bare(rented("gcve/ve1-standard-72", "gcp/europe-west3", Term::ThreeYears));
    scenario.prices =
        "what,id,region,term,amount\nhost_price,gcve/ve1-standard-72,gcp/europe-west3,on_demand,10\n".to_owned();
    let found = ledger(&scenario, 2, 3);
    check(&found, &[(LineKind::Hosts, "151110")]);
    let line = found.lines.iter().find(|line| line.kind == LineKind::Hosts).expect("hosts");
    assert_eq!(line.status, PriceStatus::Derived);
    assert!(line.source.contains("10 on demand less 42.5 %. Paid monthly"), "{}", line.source);
}

#[test]
fn a_node_of_google_takes_a_quote_for_each_term_as_those_of_others_do() {
    // For an hour of one of 3 nodes, × 730 × 12: 10 on demand 262,800; 8 for a year 210,240; 6 for three 157,680. Not derived: 10 less 24.4 and 42.5 %.
    let prices = "what,id,region,term,amount\n\
                  host_price,gcve/ve1-standard-72,gcp/europe-west3,on_demand,10\n\
                  host_price,gcve/ve1-standard-72,gcp/europe-west3,one_year,8\n\
                  host_price,gcve/ve1-standard-72,gcp/europe-west3,three_years,6\n";
    for (term, total) in [(Term::OnDemand, "262800"), (Term::OneYear, "210240"), (Term::ThreeYears, "157680")] {
        let mut scenario = bare(rented("gcve/ve1-standard-72", "gcp/europe-west3", term));
        prices.clone_into(&mut scenario.prices);
        let found = ledger(&scenario, 2, 3);
        check(&found, &[(LineKind::Hosts, total)]);
        let line = found.lines.iter().find(|line| line.kind == LineKind::Hosts).expect("hosts");
        assert_eq!(line.status, PriceStatus::Quote);
    }
}

#[test]
fn windows_server_on_hosts_is_licensed_by_the_core() {
    // AV36P has 2 processors and 36 cores, m6i.metal 64: 60 a core and year are 5 a month; 36 × 3 × 5 × 12 = 6,480 and 64 × 2 × 5 × 12 = 7,680.
    let with = |place| {
        let mut scenario = bare(place);
        scenario.assumptions.finance.windows_per_core_year = Some(money("60"));
        scenario
    };
    let avs = ledger(&with(rented("avs/av36p", "azure/eastus", Term::ThreeYears)), 2, 3);
    check(&avs, &[(LineKind::Hosts, "231526.8"), (LineKind::Licences, "6480")]);
    let metal = ledger(&with(rented("ec2-metal/m6i.metal", "aws/us-east-1", Term::OnDemand)), 2, 2);
    // VMware as in `ec2_bare_metal`: 44,800.000512.
    check(
        &metal,
        &[(LineKind::Hosts, "107642.88"), (LineKind::Storage, "257.28"), (LineKind::Licences, "52480.000512")],
    );
    let told = |ledger: &Ledger, words: &str| ledger.not_priced.iter().any(|sentence| sentence.contains(words));
    assert!(!told(&avs, "Windows Server") && told(&avs, "SQL Server"), "{:?}", avs.not_priced);
    // Instances have a price of Windows of their own.
    let instances = ledger(&with(place(instances("aws/us-east-1", "m7i"))), 2, 0);
    check(&instances, &[(LineKind::Instances, "2571.936"), (LineKind::Storage, "192")]);
}

#[test]
fn committed_spend_that_is_not_used_is_paid_all_the_same() {
    // 2,571.936 + 192 a year at AWS; of 4,000 promised 333.333333 − 230.328 = 103.005333 a month are not used: × 12 = 1,236.063996.
    let mut scenario = bare(place(instances("aws/us-east-1", "m7i")));
    let promise =
        |provider: &str, per_year| CommittedSpend { provider: provider.to_owned(), per_year: money(per_year) };
    let rented = [(LineKind::Instances, "2571.936"), (LineKind::Storage, "192")];
    scenario.assumptions.finance.committed_spend = vec![promise("aws", "4000")];
    check(&ledger(&scenario, 2, 0), &[rented[0], rented[1], (LineKind::Service, "1236.063996")]);
    // What is used up costs nothing more; a promise to somebody else is lost whole.
    scenario.assumptions.finance.committed_spend = vec![promise("aws", "2000")];
    check(&ledger(&scenario, 2, 0), &rented);
    scenario.assumptions.finance.committed_spend = vec![promise("azure", "1200")];
    check(&ledger(&scenario, 2, 0), &[rented[0], rented[1], (LineKind::Service, "1200")]);
    // Where all stays it is lost too: 4,000 ÷ 12, rounded, × 12.
    scenario.assumptions.finance.committed_spend = vec![promise("aws", "4000")];
    let (estate, catalog) = (estate(2), shipped(&scenario.footprints));
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let staying = blueprint.outcome(plan(blueprint.problem(), |_| 0, |_| (Vec::new(), 0))).staying;
    let lost = staying.lines.iter().find(|line| line.label.starts_with("Committed spend")).map(|line| line.total);
    assert_eq!(lost, Some(money("3999.999996")));
}

#[test]
fn what_is_left_of_committed_spend_follows_growth_year_by_year() {
    // 2,571.936 + 192 = 2,763.936 in the first year, a fifth more in each that follows; 4,000 a year are promised, 4,000 ÷ 12 = 333.333333 a month.
    // Year 1:           2,763.936 ÷ 12           = 230.328;   333.333333 − 230.328   = 103.005333; × 12 = 1,236.063996
    // Year 2:           2,763.936 × 1.2 ÷ 12     = 276.3936;  333.333333 − 276.3936  =  56.939733; × 12 =   683.276796
    // Year 3:           2,763.936 × 1.44 ÷ 12    = 331.67232; 333.333333 − 331.67232 =   1.661013; × 12 =    19.932156
    // Half of year 4:   2,763.936 × 1.728 ÷ 12   = 398.006784: nothing is left.
    let mut scenario = bare(place(instances("aws/us-east-1", "m7i")));
    scenario.assumptions.horizon_months = 42;
    let finance = &mut scenario.assumptions.finance;
    finance.committed_spend = vec![CommittedSpend { provider: "aws".to_owned(), per_year: money("4000") }];
    finance.growth_permille_year = 200;
    let steady = ledger(&scenario, 2, 0);
    let grown = over_time(&steady, &scenario.assumptions.finance);
    check_arithmetic(&grown);
    let left = |ledger: &Ledger| -> Vec<(String, u32, u32, String)> {
        let lines = ledger.lines.iter().filter(|line| line.label.starts_with("Committed spend"));
        lines.map(|line| (line.label.clone(), line.from_month, line.to_month, line.total.to_string())).collect()
    };
    let expected = |label: &str, from: u32, to: u32, total: &str| (label.to_owned(), from, to, total.to_owned());
    assert_eq!(
        left(&grown),
        [
            expected("Committed spend of Amazon Web Services that is not used", 0, 12, "1236.063996"),
            expected("Committed spend of Amazon Web Services that is not used, year 2", 12, 24, "683.276796"),
            expected("Committed spend of Amazon Web Services that is not used, year 3", 24, 36, "19.932156"),
        ]
    );
    // Prices that rise use it up as well: 2,763.936 × 1.5 = 4,145.904 in the second year.
    let changed = &mut scenario.assumptions.finance;
    changed.growth_permille_year = 0;
    (changed.price_changes.compute, changed.price_changes.storage) = (500, 500);
    let dearer = left(&over_time(&steady, &scenario.assumptions.finance));
    assert_eq!(dearer, [expected("Committed spend of Amazon Web Services that is not used", 0, 12, "1236.063996")]);
    // Without either it is the same in each year: 103.005333 × 42.
    scenario.assumptions.finance.price_changes = PriceChanges::default();
    let even = left(&over_time(&steady, &scenario.assumptions.finance));
    assert_eq!(even, [expected("Committed spend of Amazon Web Services that is not used", 0, 42, "4326.223986")]);
}

#[test]
fn every_system_is_in_the_catalogue() {
    let catalog = shipped(&[]);
    for (service, types) in [
        ("VMware Cloud on AWS", 4),
        ("Amazon EVS", 5),
        ("EC2 bare metal", 15),
        ("Azure VMware Solution", 6),
        ("Google Cloud VMware Engine", 6),
        ("IBM Cloud for VMware Cloud Foundation, classic", 9),
        ("OVHcloud Hosted Private Cloud", 1),
        ("Oracle Cloud VMware Solution", 4),
        ("Server to buy", 3),
    ] {
        let found = catalog.hosts.iter().filter(|host| host.service == service).count();
        assert!(found >= types, "{service}: {found}");
    }
    for (provider, regions) in [("aws", 33), ("azure", 57), ("gcp", 43), ("oci", 20)] {
        let sold = |region: &&RegionId| region.as_str().starts_with(&format!("{provider}/"));
        let found = catalog.instance_regions.iter().filter(sold).count();
        assert!(found >= regions, "{provider}: {found}");
    }
    let known = |service: &str| catalog.extras.services.iter().any(|price| price.service == service);
    assert!(known("FSx for NetApp ONTAP") && known("Azure NetApp Files"));
}
