//! What ends within the horizon: support of systems, whose updates are then paid for, and support of hosts, which are then bought again.

use groundwork::engine::cost::{Ledger, LineKind, Nature, Unit};
use groundwork::engine::model::{
    Currency, Estate, Footprint, FootprintKind, InstanceOs, InstancesFootprint, RegionId, Scenario, Selector,
    SqlServers, Term,
};
use groundwork::engine::outcome::{Blueprint, Outcome};

use crate::fixture::{HOME, INSTANCES, catalog, check_arithmetic, estate, footprint, line, money, plan, scenario};
use crate::systems::{bare, check, ledger_of, quoted, rented};

/// Two machines of 2 vCPU, one with Linux, the other with this system.
fn with_windows(name: &str) -> Estate {
    let mut estate = estate(2);
    for machine in &mut estate.machines {
        machine.os =
            Some(if machine.name == "vm-001" { name.to_owned() } else { "Debian GNU/Linux 12 (64-bit)".to_owned() });
    }
    estate
}

fn instances(region: &str, family: &str) -> Footprint {
    let kind = InstancesFootprint {
        region: RegionId::from(region),
        families: vec![family.to_owned()],
        term: Term::OnDemand,
        os: InstanceOs::LicenceIncluded,
        max_machines: None,
        disks: Vec::new(),
        committed_pct: 100,
    };
    footprint(INSTANCES, FootprintKind::Instances(kind))
}

/// A year in one place, from November 2026, with updates of Windows Server at 60 and of SQL Server at 900 a core and year.
fn year_in(place: Footprint) -> Scenario {
    let mut scenario = bare(place);
    scenario.assumptions.finance.first_month = Some(2026 * 12 + 10);
    let updates = &mut scenario.assumptions.finance.updates;
    (updates.windows_per_core_year, updates.sql_per_core_year) = (Some(money("60")), Some(money("900")));
    scenario
}

const WINDOWS_2016: &str = "Microsoft Windows Server 2016 (64-bit)";

#[test]
fn updates_are_paid_for_from_the_end_of_support_on_and_free_on_azure() {
    // Support of Windows Server 2016 ends in January 2027, the third month: 10 months. 8 cores at least for the machine of 2: 8 × 60 ÷ 12 × 10 = 400.
    // m7i.large: Linux 883.008 + Windows 1,688.928; gp3: 2 × 100 × 0.08 × 12 = 192.
    let on_ec2 = ledger_of(&with_windows(WINDOWS_2016), &year_in(instances("aws/us-east-1", "m7i")), 0);
    let machines = (LineKind::Instances, "2571.936");
    check(&on_ec2, &[machines, (LineKind::Storage, "192"), (LineKind::Licences, "400")]);
    let updates = line(&on_ec2, Some(INSTANCES), "Extended security updates of Windows Server 2016");
    assert_eq!((updates.from_month, updates.to_month, updates.quantity_milli), (2, 12, 8_000));
    assert!(on_ec2.by_month()[1] < on_ec2.by_month()[2]);
    // On rented hosts elsewhere the same: 10,000 × 3 × 12.
    let hosts = quoted("vmc-aws/i4i.metal", "aws/eu-central-1", "10000", Currency::Usd);
    let on_hosts = ledger_of(&with_windows(WINDOWS_2016), &year_in(hosts), 3);
    check(&on_hosts, &[(LineKind::Hosts, "360000"), (LineKind::Licences, "400")]);
    // On Azure nothing: as `systems::azure_virtual_machines` and `systems::azure_vmware_solution`.
    let on_azure = ledger_of(&with_windows(WINDOWS_2016), &year_in(instances("azure/eastus", "Dsv5")), 0);
    check(&on_azure, &[(LineKind::Instances, "2487.84"), (LineKind::Storage, "230.4")]);
    let avs = year_in(rented("avs/av36p", "azure/eastus", Term::ThreeYears));
    check(&ledger_of(&with_windows(WINDOWS_2016), &avs, 3), &[(LineKind::Hosts, "231526.8")]);
    // A system whose support goes on costs nothing.
    let supported = ledger_of(
        &with_windows("Microsoft Windows Server 2022 (64-bit)"),
        &year_in(instances("aws/us-east-1", "m7i")),
        0,
    );
    check(&supported, &[machines, (LineKind::Storage, "192")]);
}

#[test]
fn sql_server_is_where_the_user_says_it_is() {
    // Support of SQL Server 2016 ended in July 2026; both machines have it: 2 × 8 × 900 ÷ 12 × 12 = 14,400. And Windows as above.
    let mut scenario = year_in(instances("aws/us-east-1", "m7i"));
    let machines = Selector::Name("VM-*".to_owned());
    scenario.assumptions.finance.updates.sql = vec![SqlServers { version: 2016, machines }];
    let found = ledger_of(&with_windows(WINDOWS_2016), &scenario, 0);
    check(&found, &[(LineKind::Instances, "2571.936"), (LineKind::Storage, "192"), (LineKind::Licences, "14800")]);
    // From March 2027 on Windows is paid for all year: 8 × 5 × 12 = 480. Two cores at least: 2 × 75 × 2 × 12 = 3,600 and 2 × 5 × 12 = 120.
    scenario.assumptions.finance.first_month = Some(2027 * 12 + 2);
    let found = ledger_of(&with_windows(WINDOWS_2016), &scenario, 0);
    check(&found, &[(LineKind::Instances, "2571.936"), (LineKind::Storage, "192"), (LineKind::Licences, "14880")]);
    scenario.assumptions.finance.updates.least_cores = 0;
    let found = ledger_of(&with_windows(WINDOWS_2016), &scenario, 0);
    check(&found, &[(LineKind::Instances, "2571.936"), (LineKind::Storage, "192"), (LineKind::Licences, "3720")]);
}

#[test]
fn updates_without_a_price_or_a_seller_are_told() {
    let told = |ledger: &Ledger, words: &str| ledger.not_priced.iter().any(|sentence| sentence.contains(words));
    let mut scenario = year_in(instances("aws/us-east-1", "m7i"));
    scenario.assumptions.finance.updates.windows_per_core_year = None;
    let unpriced = ledger_of(&with_windows(WINDOWS_2016), &scenario, 0);
    check(&unpriced, &[(LineKind::Instances, "2571.936"), (LineKind::Storage, "192")]);
    assert!(
        told(&unpriced, "1 machine runs Windows Server 2016 outside of Azure (8 cores), whose support ends in 2027-01"),
        "{:?}",
        unpriced.not_priced
    );
    let gone = "1 machine runs Windows Server 2012, for which no security updates are sold after 2026-10";
    for place in [instances("aws/us-east-1", "m7i"), instances("azure/eastus", "Dsv5")] {
        let ledger = ledger_of(&with_windows("Microsoft Windows Server 2012 (64-bit)"), &year_in(place), 0);
        assert!(told(&ledger, gone), "{:?}", ledger.not_priced);
    }
    let on_azure = ledger_of(&with_windows(WINDOWS_2016), &year_in(instances("azure/eastus", "Dsv5")), 0);
    assert!(!told(&on_azure, "Windows Server 2016"), "{:?}", on_azure.not_priced);
}

/// All machines on the two hosts that are there; the second is retired or not.
pub fn at_home(scenario: &Scenario, retired: bool) -> Outcome {
    let (estate, catalog) = (estate(3), catalog());
    let blueprint = Blueprint::new(&estate, scenario, &catalog);
    let hosts = || estate.hosts.iter().enumerate().map(|(at, host)| (host.id, retired && at == 1)).collect();
    let home = blueprint.problem().places().iter().position(|place| place.footprint == HOME).expect("there");
    let plan = plan(blueprint.problem(), |_| home, |at| if at == home { (hosts(), 0) } else { (Vec::new(), 0) });
    let outcome = blueprint.outcome(plan);
    check_arithmetic(&outcome.ledger);
    outcome
}

#[test]
fn hosts_are_bought_again_when_their_support_ends() {
    // As `examples::a_cluster_of_ones_own`, 113,731.352028 for 36 months, of which hardware 13,065.287976. With support that ends after 10 months that is paid
    // for already, and 2 servers of 8,710.192 are bought in the eleventh: 113,731.352028 − 13,065.287976 + 17,420.384 = 118,086.448052.
    let mut scenario = scenario();
    scenario.assumptions.on_premises.supported_months = Some(10);
    let label = "Bought again in month 11: servers of 20 cores and 256 GiB";
    let Outcome { ledger, staying, .. } = at_home(&scenario, false);
    assert_eq!(ledger.total(), money("118086.448052"));
    assert_eq!(ledger.lines, staying.lines);
    let bought = line(&ledger, Some(HOME), label);
    assert_eq!((bought.nature, bought.unit, bought.from_month, bought.to_month), (Nature::Capital, Unit::Host, 10, 11));
    assert_eq!(
        (bought.quantity_milli, bought.unit_price, bought.total),
        (2_000, money("8710.192"), money("17420.384"))
    );
    let months = ledger.by_month();
    assert_eq!(months[10] - months[9], money("17420.384"));
    // A usual month does not have it: 100,666.064052 ÷ 36.
    assert_eq!(ledger.run_rate().times(36), money("100666.064052"));
    // Who is retired is not bought again.
    assert_eq!(line(&at_home(&scenario, true).ledger, Some(HOME), label).quantity_milli, 1_000);
    // What lasts a year is bought in the months 11, 23 and 35: 113,731.352028 − 13,065.287976 + 3 × 17,420.384; storage is written off in a year too:
    // 402 GiB × 36 × (2 ÷ 12 − 2 ÷ 48 = 0.166667 − 0.041667) = 1,809.
    scenario.assumptions.on_premises.server_life_years = 1;
    assert_eq!(at_home(&scenario, false).ledger.total(), money("154736.216052"));
}

#[test]
fn a_cluster_may_be_supported_otherwise_than_the_rest() {
    let mut scenario = scenario();
    scenario.assumptions.on_premises.supported_months = Some(10);
    for place in &mut scenario.footprints {
        if let FootprintKind::Cluster(chosen) = &mut place.kind {
            chosen.supported_months = Some(40);
        }
    }
    // Supported beyond the horizon: nothing is bought, and what is there is paid for. 113,731.352028 − 13,065.287976.
    let Outcome { ledger, staying, .. } = at_home(&scenario, false);
    assert_eq!((ledger.total(), staying.total()), (money("100666.064052"), money("100666.064052")));
}
