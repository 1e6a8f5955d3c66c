//! Data of machines that move: each figure computed by hand, in the comments.

use groundwork::engine::catalog::{Destination, EgressTier};
use groundwork::engine::cost::{Ledger, LineKind, Nature};
use groundwork::engine::model::{FootprintId, Leaving, LeavingCharge, Money, RegionId, Transfer};
use groundwork::engine::outcome::Blueprint;

use crate::examples::all_in;
use crate::fixture::{HOME, INSTANCES, NODES, catalog, cluster, estate, line, money, plan, price, scenario};

const DATA: &str = "Data of machines that move";

fn told(ledger: &Ledger, words: &str) -> bool {
    ledger.not_priced.iter().any(|sentence| sentence.contains(words))
}

#[test]
fn data_that_leaves_ones_own_site_is_a_line_and_costs_nothing() {
    // Three machines of 100 GiB.
    for (place, hosts) in [(NODES, 3), (INSTANCES, 0)] {
        let ledger = all_in(place, hosts, 3, &scenario()).ledger;
        let found = line(&ledger, Some(place), DATA);
        assert_eq!((found.quantity_milli, found.total), (300_000, Money::ZERO));
        assert_eq!((found.kind, found.nature, found.months()), (LineKind::Migration, Nature::Migration, 1));
        assert!(!told(&ledger, "ata transfer"), "{:?}", ledger.not_priced);
        assert!(told(&ledger, "A link to move data over"), "{:?}", ledger.not_priced);
    }
    let staying = all_in(HOME, 0, 3, &scenario()).ledger;
    assert!(staying.lines.iter().all(|line| line.label != DATA));
}

#[test]
fn a_link_is_paid_for_the_months_that_data_takes() {
    // 300 GiB are 2,576,980,377,600 bits: at 1 Mbit/s × 80 % 3,221,226 seconds, 37.3 days; a month has 730 × 3,600 = 2,628,000: two of them at 850.
    let mut scenario = scenario();
    scenario.assumptions.finance.transfer =
        Some(Transfer { link_mbps: 1, link_month: money("850"), ..Transfer::default() });
    let ledger = all_in(NODES, 3, 3, &scenario).ledger;
    let found = line(&ledger, None, "Link to move data over");
    assert_eq!((found.quantity_milli, found.total), (2_000, money("1700")));
    assert!(found.source.contains("300 GiB over 1 Mbit/s × 80 % take 37.3 days, so 2 months"), "{}", found.source);
    assert!(!told(&ledger, "link to move data over"), "{:?}", ledger.not_priced);
}

/// The lines of data that moves when all of three machines go to `place` and their cluster is charged so.
fn moved(place: FootprintId, charge: LeavingCharge) -> Vec<(String, i64, String)> {
    let mut scenario = scenario();
    let leaving = vec![Leaving { cluster: cluster(), charge }];
    scenario.assumptions.finance.transfer = Some(Transfer { leaving, ..Transfer::default() });
    let (estate, mut catalog) = (estate(3), catalog());
    let mut extras = (*catalog.extras).clone();
    let to_region =
        EgressTier { region: "aws/*".to_owned(), to: Destination::Region, from_gib: 0, per_gib: price("0.02") };
    extras.egress.push(to_region);
    catalog.extras = extras.into();
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let position = blueprint.problem().places().iter().position(|known| known.footprint == place).expect("a place");
    let ledger = blueprint.outcome(plan(blueprint.problem(), |_| position, |_| (Vec::new(), 0))).ledger;
    let data = ledger.lines.iter().filter(|line| line.label.starts_with(DATA));
    data.map(|line| (line.label[DATA.len()..].to_owned(), line.quantity_milli / 1000, line.total.to_string())).collect()
}

#[test]
fn data_that_leaves_a_cloud_costs_what_leaving_it_costs() {
    let row = |label: &str, gib, total: &str| (label.to_owned(), gib, total.to_owned());
    assert_eq!(moved(NODES, LeavingCharge::PerGib(money("0.1"))), [row("", 300, "30")]);
    // Out of the provider: 100 GiB × 0.09, 200 × 0.05; to another of its regions 300 × 0.02; within a region nothing.
    let out = |region: &str| LeavingCharge::Region(RegionId::from(region));
    assert_eq!(
        moved(crate::fixture::SERVERS, out("aws/eu-central-1")),
        [
            row(", out of aws/eu-central-1 from 0 GiB on", 100, "9"),
            row(", out of aws/eu-central-1 from 100 GiB on", 200, "10"),
        ]
    );
    assert_eq!(moved(NODES, out("aws/eu-central-1")), [row(", out of aws/eu-central-1 from 0 GiB on", 300, "6")]);
    assert_eq!(moved(NODES, out("aws/us-east-1")), [row("", 300, "0")]);
    // A region that nothing is known of is not free.
    assert_eq!(moved(NODES, out("nowhere/x")), []);
}
