//! What single sites cost otherwise than all of them, and power that was measured: each figure computed by hand, in the comments.

use groundwork::engine::cost::Ledger;
use groundwork::engine::model::{ClusterFootprint, FootprintKind, MeasuredPower, Scenario, SiteFigures};

use crate::examples::all_in;
use crate::fixture::{HOME, SERVERS, line, money, scenario};

const SERVERS_OF: &str = "servers of 20 cores and 256 GiB";

fn with(edit: impl Fn(&mut ClusterFootprint)) -> Scenario {
    let mut scenario = scenario();
    for place in &mut scenario.footprints {
        if let FootprintKind::Cluster(chosen) = &mut place.kind {
            edit(chosen);
        }
    }
    scenario
}

/// What of a line of the servers there is, what it costs, and its formula.
fn of(ledger: &Ledger, what: &str) -> (i64, String, String) {
    let found = line(ledger, Some(HOME), &format!("{what}: {SERVERS_OF}"));
    (found.quantity_milli, found.total.to_string(), found.source.clone())
}

#[test]
fn a_site_has_figures_of_its_own_and_the_rest_of_all_sites() {
    // Electricity: 20 × 18 W × 1.5 × 730 h = 394.2, so 394 kWh; 788 × 0.30 × 36 = 8,510.4. People: 90,000 ÷ 150 ÷ 12 = 50 × 3 × 36 = 5,400.
    // Against 113,731.352028: + 8,510.4 − 6,470.64 − 600.000048. Arrays: 2 W × 730 h × 1.5 × 0.30 a kWh ÷ 1,024 = 0.000642 × 14,472 − 7.062336
    // = 9.291024 − 7.062336 = + 2.228688.
    let scenario = with(|chosen| {
        chosen.site = Some(Box::new(SiteFigures {
            per_kwh: Some(money("0.30")),
            pue_pct: Some(150),
            admin_year: Some(money("90000")),
            ..SiteFigures::default()
        }));
    });
    let outcome = all_in(HOME, 0, 3, &scenario);
    assert_eq!(of(&outcome.ledger, "Electricity").1, "8510.4");
    assert_eq!(line(&outcome.ledger, Some(HOME), "Administrators").total, money("5400"));
    assert_eq!(outcome.ledger.total(), money("115173.340668"));
    // Staying is charged by the same figures.
    assert_eq!(outcome.staying.lines, outcome.ledger.lines);
    // Another site has those of all sites: electricity of its servers at 0.19.
    let elsewhere = all_in(SERVERS, 2, 3, &scenario).ledger;
    assert_eq!(line(&elsewhere, Some(SERVERS), "Electricity: bought servers, 2 × 32 cores").unit_price, money("0.19"));
}

#[test]
fn servers_that_are_bought_have_a_site_too() {
    // 64 cores × 18 W × 1.2 × 730 h = 1,009.152, so 1,009 kWh each.
    let mut scenario = scenario();
    let place = scenario.footprints.iter_mut().find(|place| place.id == SERVERS).expect("there");
    place.set_site(SiteFigures { pue_pct: Some(120), ..SiteFigures::default() });
    let ledger = all_in(SERVERS, 2, 3, &scenario).ledger;
    assert_eq!(line(&ledger, Some(SERVERS), "Electricity: bought servers, 2 × 32 cores").quantity_milli, 2_018_000);
}

#[test]
fn power_that_was_measured_takes_the_place_of_the_estimate() {
    // 400 W × 1.8 × 730 h = 525.6, so 526 kWh of each of two hosts; 1,052 × 0.19 × 36 = 7,195.68. Room: 400 ÷ 0.6 = 666 W; 1.332 kW × 180 × 36 = 8,631.36.
    let scenario = with(|chosen| chosen.measured_power = Some(MeasuredPower::PerHost(400)));
    let outcome = all_in(HOME, 0, 3, &scenario);
    let (quantity, total, source) = of(&outcome.ledger, "Electricity");
    assert_eq!((quantity, total.as_str()), (1_052_000, "7195.68"));
    assert!(source.contains("400 W measured × PUE 1.8"), "{source}");
    let (quantity, total, source) = of(&outcome.ledger, "Room and cooling");
    assert_eq!((quantity, total.as_str()), (1_332, "8631.36"));
    assert!(source.contains("400 W measured ÷ (1 − 40 % of capacity unused)"), "{source}");
    assert_eq!(outcome.staying.lines, outcome.ledger.lines);
}

#[test]
fn what_was_measured_of_a_cluster_is_shared_out_by_cores() {
    // 1,000 W × 20 ÷ 40 cores = 500 W; × 1.8 × 730 h = 657 kWh each; 1,314 × 0.19 × 36 = 8,987.76.
    let scenario = with(|chosen| chosen.measured_power = Some(MeasuredPower::Cluster(1_000)));
    let (quantity, total, source) = of(&all_in(HOME, 0, 3, &scenario).ledger, "Electricity");
    assert_eq!((quantity, total.as_str()), (1_314_000, "8987.76"));
    assert!(source.contains("1,000 W measured of all hosts × 20 of 40 cores × PUE 1.8"), "{source}");
}
