//! A base on a term with growth on demand, worked out by hand.

use groundwork::engine::catalog::HostPrice;
use groundwork::engine::cost::over_time;
use groundwork::engine::model::{FootprintKind, OfferingId, RegionId, Term};
use groundwork::engine::outcome::Blueprint;

use crate::fixture::{INSTANCES, NODES, catalog, check_arithmetic, estate, line, plan, price, scenario};

#[test]
fn the_base_is_on_three_years_and_growth_on_demand() {
    // Nodes at 10.982 USD an hour on demand and at 6 USD for three years; machines at 0.1008 and 0.06. A fifth more each year.
    let mut catalog = catalog();
    let region = RegionId::from("aws/us-east-1");
    let three_years = HostPrice {
        offering: OfferingId::from("test/node"),
        region: region.clone(),
        term: Term::ThreeYears,
        price: price("6"),
    };
    catalog.host_prices.push(three_years);
    catalog.host_prices.sort_by(|a, b| (&a.offering, &a.region, a.term).cmp(&(&b.offering, &b.region, b.term)));
    let types = &mut catalog.instances.get_mut(&region).expect("a table").types;
    types[0].linux[2] = price("0.06");
    let mut scenario = scenario();
    scenario.assumptions.finance.growth_permille_year = 200;
    for footprint in &mut scenario.footprints {
        match &mut footprint.kind {
            FootprintKind::Hosts(hosts) if footprint.id == NODES => hosts.term = Term::ThreeYears,
            FootprintKind::Instances(instances) => instances.term = Term::ThreeYears,
            _ => {}
        }
    }
    let estate = estate(10);
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let ledger_of = |id, hosts| {
        let places = blueprint.problem().places();
        let place = places.iter().position(|place| place.footprint == id).expect("a place");
        let ledger = blueprint
            .outcome(plan(blueprint.problem(), |_| place, |at| (Vec::new(), if at == place { hosts } else { 0 })))
            .ledger;
        let grown = over_time(&ledger, &scenario.assumptions.finance);
        check_arithmetic(&grown);
        grown
    };

    // 6 × 730 = 4,380 a month for each of the four of today, in every year: 4 × 4,380 × 12 = 210,240.
    // Year 2: 4.8, which are 5: one more at 10.982 × 730 = 8,016.86: × 12 = 96,202.32. Year 3: 5.76, which are 6: two more: 192,404.64.
    let hosts = ledger_of(NODES, 4);
    for (label, quantity, unit, total) in [
        ("node.metal, 3-year term", 4_000, "4380", "210240"),
        ("node.metal, 3-year term, year 2", 4_000, "4380", "210240"),
        ("node.metal, on demand, growth, year 2", 1_000, "8016.86", "96202.32"),
        ("node.metal, 3-year term, year 3", 4_000, "4380", "210240"),
        ("node.metal, on demand, growth, year 3", 2_000, "8016.86", "192404.64"),
    ] {
        let found = line(&hosts, Some(NODES), label);
        let figures = (found.quantity_milli, found.unit_price.to_string(), found.total.to_string());
        assert_eq!(figures, (quantity, unit.to_owned(), total.to_owned()), "{label}");
    }

    // Five Linux machines at 0.06 × 730 = 43.8: × 5 × 12 = 2,628. A fifth more is one at 0.1008 × 730 = 73.584: × 12 = 883.008; then 2.2 of them: 1,942.6176.
    // Windows has no price for three years, and so those machines none: they are not in the ledger.
    let instances = ledger_of(INSTANCES, 0);
    for (label, quantity, total) in [
        ("m7i.large, 3-year term, year 3", 5_000, "2628"),
        ("m7i.large, on demand, growth, year 2", 1_000, "883.008"),
        ("m7i.large, on demand, growth, year 3", 2_200, "1942.6176"),
    ] {
        let found = line(&instances, Some(INSTANCES), label);
        assert_eq!((found.quantity_milli, found.total.to_string()), (quantity, total.to_owned()), "{label}");
    }
}
