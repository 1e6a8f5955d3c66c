//! Licences that are counted by the machine: each figure computed by hand, in the comments.

use groundwork::engine::catalog::{InstanceTable, InstanceType, PriceStatus};
use groundwork::engine::cost::{Ledger, Line};
use groundwork::engine::model::{
    Currency, FootprintId, FootprintKind, InstanceOs, Licences, MachineEdit, MiB, RegionId, Scenario, Selector,
    SqlEdition, SqlLicence,
};
use groundwork::engine::outcome::Blueprint;

use crate::examples::all_in;
use crate::fixture::{HOME, INSTANCES, NODES, catalog, estate, line, money, plan, price, scenario};

const ENTERPRISE: &str = "SQL Server Enterprise, by the machine";

/// A licence of Enterprise for `vm-000` at 1,200 a core and year on one's own sites, and 600 elsewhere.
fn licensed() -> Scenario {
    let mut scenario = scenario();
    let sql = vec![SqlLicence {
        edition: SqlEdition::Enterprise,
        machines: Selector::Name("vm-000".to_owned()),
        per_core_year: Some(money("1200")),
        elsewhere_per_core_year: Some(money("600")),
    }];
    scenario.assumptions.finance.machine_licences = Some(Licences { sql, windows_brought_per_core_year: None });
    scenario
}

fn bring_windows(scenario: &mut Scenario, region: &str) {
    for footprint in &mut scenario.footprints {
        if let FootprintKind::Instances(chosen) = &mut footprint.kind {
            (chosen.os, chosen.region) = (InstanceOs::BringYourOwn, RegionId::from(region));
        }
    }
}

fn figures(line: &Line) -> (i64, String, String) {
    (line.quantity_milli, line.unit_price.to_string(), line.total.to_string())
}

fn told(ledger: &Ledger, words: &str) -> bool {
    ledger.not_priced.iter().any(|sentence| sentence.contains(words))
}

#[test]
fn a_machine_with_sql_server_is_licensed_by_its_cores_wherever_it_runs() {
    // 2 vCPU are 4 cores at least. At home 1,200 ÷ 12 = 100: × 4 × 36 = 14,400; elsewhere 600 ÷ 12 = 50: × 4 × 36 = 7,200.
    let scenario = licensed();
    for (place, hosts, price, total) in
        [(HOME, 0, "100", "14400"), (NODES, 3, "50", "7200"), (INSTANCES, 0, "50", "7200")]
    {
        let outcome = all_in(place, hosts, 2, &scenario);
        let found = line(&outcome.ledger, Some(place), ENTERPRISE);
        assert_eq!(figures(found), (4_000, price.to_owned(), total.to_owned()), "{}", found.source);
        assert_eq!(found.status, PriceStatus::Assumed);
        assert_eq!(figures(line(&outcome.staying, Some(HOME), ENTERPRISE)).2, "14400");
        assert!(!told(&outcome.ledger, "SQL Server, Red Hat"), "{:?}", outcome.ledger.not_priced);
    }
    assert!(told(&all_in(HOME, 0, 2, &crate::fixture::scenario()).ledger, "SQL Server, Red Hat"));
}

#[test]
fn licences_are_sold_in_packs_of_two_cores() {
    // 5 vCPU are 6 cores: × 100 × 36 = 21,600.
    let mut scenario = licensed();
    let machine = estate(1).machines[0].id;
    scenario.edits.insert(machine, MachineEdit { vcpus: Some(5), ..MachineEdit::default() });
    let outcome = all_in(HOME, 0, 1, &scenario);
    assert_eq!(figures(line(&outcome.ledger, Some(HOME), ENTERPRISE)).2, "21600");
}

#[test]
fn without_a_price_the_list_counts_and_says_so() {
    // 1,418 ÷ 2 = 709 a core and year, ÷ 12 = 59.083333: × 4 × 36 = 8,507.999952.
    let mut scenario = licensed();
    let sql = &mut scenario.assumptions.finance.machine_licences.as_mut().expect("licences").sql[0];
    (sql.edition, sql.per_core_year, sql.elsewhere_per_core_year) = (SqlEdition::Standard, None, None);
    let outcome = all_in(HOME, 0, 2, &scenario);
    let found = line(&outcome.ledger, Some(HOME), "SQL Server Standard, by the machine");
    assert_eq!(figures(found), (4_000, "59.083333".to_owned(), "8507.999952".to_owned()));
    assert_eq!(found.status, PriceStatus::Indicative);
    assert!(found.source.contains("redresscompliance.com, 2026"), "{}", found.source);
    // What is listed in dollars is nothing that euros can be reckoned with, and is not free.
    scenario.assumptions.currency = Currency::Eur;
    let outcome = all_in(HOME, 0, 2, &scenario);
    assert!(told(&outcome.ledger, "SQL Server Standard by the machine is not priced"), "{:?}", outcome.ledger);
}

#[test]
fn windows_brought_along_pays_the_linux_price_and_its_own_licence() {
    // 216 ÷ 12 = 18 a core; vm-001 runs Windows on 2 vCPU, which are 8 cores at least: × 18 × 36 = 5,184.
    let mut scenario = scenario();
    bring_windows(&mut scenario, "aws/us-east-1");
    scenario.assumptions.finance.machine_licences =
        Some(Licences { windows_brought_per_core_year: Some(money("216")), ..Licences::default() });
    let outcome = all_in(INSTANCES, 0, 2, &scenario);
    assert_eq!(line(&outcome.ledger, Some(INSTANCES), "m7i.large, on demand").quantity_milli, 2_000);
    let found = line(&outcome.ledger, Some(INSTANCES), "Windows Server brought along");
    assert_eq!(figures(found), (8_000, "18".to_owned(), "5184".to_owned()));
    assert!(!told(&outcome.ledger, "Windows licences brought along"), "{:?}", outcome.ledger.not_priced);
    assert!(told(&outcome.ledger, "brought along to AWS on dedicated hosts only"), "{:?}", outcome.ledger.not_priced);
    // It is what is paid beside instances without the licence, and nothing else.
    for footprint in &mut scenario.footprints {
        if let FootprintKind::Instances(chosen) = &mut footprint.kind {
            chosen.os = InstanceOs::LicenceIncluded;
        }
    }
    for (place, hosts) in [(INSTANCES, 0), (NODES, 3), (HOME, 0)] {
        let ledger = all_in(place, hosts, 2, &scenario).ledger;
        assert!(ledger.lines.iter().all(|line| !line.label.contains("brought along")), "{place:?}");
    }
}

#[test]
fn windows_may_be_brought_along_to_azure() {
    let mut scenario = scenario();
    bring_windows(&mut scenario, "azure/westeurope");
    scenario.assumptions.finance.machine_licences =
        Some(Licences { windows_brought_per_core_year: Some(money("216")), ..Licences::default() });
    let region = RegionId::from("azure/westeurope");
    let mut catalog = catalog();
    let table = catalog.instances.values().next().expect("a table").clone();
    catalog.instances.insert(region.clone(), InstanceTable { region: region.clone(), ..table });
    catalog.disks[0].region = region;
    let estate = estate(2);
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let place = place_of(&blueprint, INSTANCES);
    let ledger = blueprint.outcome(plan(blueprint.problem(), |_| place, |_| (Vec::new(), 0))).ledger;
    assert_eq!(figures(line(&ledger, Some(INSTANCES), "Windows Server brought along")).2, "5184");
    assert!(!told(&ledger, "dedicated hosts"), "{:?}", ledger.not_priced);
}

fn place_of(blueprint: &Blueprint<'_>, footprint: FootprintId) -> usize {
    let places = blueprint.problem().places();
    places.iter().position(|place| place.footprint == footprint).expect("a place")
}

#[test]
fn a_dearer_instance_with_fewer_processors_is_the_cheaper_one_with_licences() {
    // Four processors at 0.30 an hour, eight at 0.20: 219 and 146 a month. With 50 a core 219 + 4 × 50 = 419 against 146 + 8 × 50 = 546.
    let mut scenario = licensed();
    let mut catalog = catalog();
    let table = catalog.instances.values_mut().next().expect("a table");
    let sold = |name: &str, vcpus, hourly: &str| InstanceType {
        name: name.to_owned(),
        vcpus,
        memory: MiB::from_gib(32),
        linux: [price(hourly), price(""), price("")],
        windows: [price(hourly), price(""), price("")],
        ..table.types[0].clone()
    };
    table.types = vec![sold("m7i.few", 4, "0.3"), sold("m7i.many", 8, "0.2")];
    let estate = estate(2);
    for machine in &estate.machines {
        scenario.edits.insert(machine.id, MachineEdit { vcpus: Some(4), ..MachineEdit::default() });
    }
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let place = place_of(&blueprint, INSTANCES);
    let outcome = blueprint.outcome(plan(blueprint.problem(), |_| place, |_| (Vec::new(), 0)));
    let chosen = |name: &str| {
        let id = estate.machines.iter().find(|machine| machine.name == name).expect("a machine").id;
        let choice = outcome.instance_choices.iter().find(|choice| choice.machine == id).expect("an instance");
        // 8 a month for the disk: what is shown of an instance is without licences of one's own.
        (choice.type_name.clone(), choice.monthly.to_string())
    };
    assert_eq!(chosen("vm-000"), ("m7i.few".to_owned(), "227".to_owned()));
    assert_eq!(chosen("vm-001"), ("m7i.many".to_owned(), "154".to_owned()));
    // What the solver compares is what the ledger lists.
    let seen: i64 = (0..2).map(|item| blueprint.problem().options(item)[place].as_ref().expect("room").micros()).sum();
    let of_place: i64 = outcome.ledger.of(Some(INSTANCES)).map(|line| line.total.micros()).sum();
    assert_eq!(seen, of_place);
}
