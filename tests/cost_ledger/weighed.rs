//! What counts beside money leads the search and is paid by nobody.

use groundwork::engine::catalog::{Catalog, Extras, Grid, ProviderCarbon};
use groundwork::engine::cost::Emissions;
use groundwork::engine::model::{FootprintId, Money, Objective, Scenario};
use groundwork::engine::outcome::Blueprint;
use groundwork::engine::placement::{Budget, check};
use groundwork::engine::progress::Silent;
use groundwork::engine::{Outcome, outcome, plan_scenario};

use crate::fixture::{self, HOME, INSTANCES, check_arithmetic, estate, home, instances, scenario};

/// The catalogue with a grid of 100 g in the cloud, another of 900 g elsewhere, and 2 W for each vCPU.
fn catalog() -> Catalog {
    let mut catalog = fixture::catalog();
    let grid =
        |region: &str, grams: u64| Grid { region: region.into(), milligrams_per_kwh: grams * 1000, ..Grid::default() };
    catalog.extras = Extras {
        grids: vec![grid("aws/us-east-1", 100), grid("aws/zz-dirty-1", 900)],
        carbon: vec![ProviderCarbon {
            provider: "aws".to_owned(),
            pue_milli: 1100,
            min_microwatts: 1_000_000,
            max_microwatts: 3_000_000,
            ..ProviderCarbon::default()
        }],
        ..(*catalog.extras).clone()
    }
    .into();
    catalog
}

/// Plans six machines, and checks what holds whatever is weighed.
fn planned(scenario: &Scenario) -> Outcome {
    let (estate, catalog) = (estate(6), catalog());
    let outcome = plan_scenario(&estate, scenario, &catalog, Budget { steps: 20, seed: 1 }, &mut Silent);
    assert_eq!(check(&outcome::problem(&estate, scenario, &catalog), &outcome.plan), Ok(()));
    let nobody_pays = outcome.weighed.carbon + outcome.weighed.moves;
    assert_eq!(outcome.ledger.total() + nobody_pays, outcome.plan.cost, "{:?}", outcome.weighed);
    assert!(outcome.plan.lower_bound <= outcome.plan.cost);
    check_arithmetic(&outcome.ledger);
    outcome
}

/// Home with a grid of its own, and the cloud.
fn between(own_grams: Option<u32>, objective: Objective) -> Scenario {
    let mut scenario = Scenario { footprints: vec![home(), instances()], objective, ..scenario() };
    scenario.assumptions.finance.own_grams_per_kwh = own_grams;
    // By money alone everything stays.
    let site = &mut scenario.assumptions.on_premises;
    (site.server_per_core, site.server_per_gib) = (Money::ZERO, Money::ZERO);
    scenario.assumptions.vmware_per_core_year = Money::ZERO;
    scenario
}

fn per_tonne(units: i64) -> Objective {
    Objective { per_tonne: Money::from_units(units), ..Objective::default() }
}

fn in_place(outcome: &Outcome, footprint: FootprintId) -> usize {
    let of = |place: u32| outcome.plan.places[place as usize].footprint;
    outcome.plan.assignments.iter().filter(|assignment| of(assignment.place) == footprint).count()
}

#[test]
fn without_weights_only_money_counts() {
    let outcome = planned(&between(Some(400), Objective::default()));
    assert_eq!(outcome.weighed, groundwork::engine::cost::Weighed::default());
}

#[test]
fn a_price_of_carbon_moves_machines_to_the_cleaner_grid_and_stands_in_no_ledger() {
    let cheap = planned(&between(Some(900), Objective::default()));
    let clean = planned(&between(Some(900), per_tonne(20_000)));
    assert_eq!((in_place(&cheap, HOME), in_place(&clean, HOME)), (6, 0));
    assert!(clean.ledger.total() > cheap.ledger.total(), "cleaner, and dearer in money");
    let grams = |outcome: &Outcome| outcome.emissions.places.iter().filter_map(|place| place.grams).sum::<u64>();
    assert!(grams(&clean) < grams(&cheap));
    // With a clean grid of one's own there is nothing to leave for.
    assert_eq!(in_place(&planned(&between(Some(0), per_tonne(20_000))), HOME), 6);
}

#[test]
fn what_carbon_counts_as_is_that_of_the_emissions_shown() {
    for own_grams in [0, 50, 900] {
        let outcome = planned(&between(Some(own_grams), per_tonne(1_000)));
        let grams = outcome.emissions.places.iter().filter_map(|place| place.grams).sum::<u64>();
        let shown = Money::from_units(1_000).scale(i128::from(grams) * 36, 1_000_000);
        // Emissions are shown in whole grams a place and month: 36 g at 1,000 a tonne.
        let off = (shown - outcome.weighed.carbon).micros().abs();
        assert!(off <= 3 * 36_000, "{shown} and {}", outcome.weighed.carbon);
    }
}

#[test]
fn a_grid_that_is_not_known_counts_as_the_worst_one() {
    let unknown = planned(&between(None, per_tonne(20_000)));
    let worst = planned(&between(Some(900), per_tonne(20_000)));
    assert_eq!(unknown.plan, worst.plan);
    assert!(unknown.weighed.assumed[0].starts_with("place 1: emissions of the grid"), "{:?}", unknown.weighed);
    assert!(worst.weighed.assumed.is_empty());
}

#[test]
fn the_effort_of_moving_keeps_machines_where_they_are() {
    // Staying costs so much more that all machines leave, unless leaving counts.
    let mut dear = between(Some(0), Objective::default());
    dear.assumptions.vmware_per_core_year = Money::from_units(5_000);
    assert_eq!(in_place(&planned(&dear), HOME), 0);
    dear.objective.per_machine_moved = Money::from_units(500_000);
    let stayed = planned(&dear);
    assert_eq!(in_place(&stayed, HOME), 6);
    assert_eq!(stayed.weighed.moves, Money::ZERO);
    dear.objective.per_machine_moved = Money::from_units(1);
    assert_eq!(planned(&dear).weighed.moves, Money::from_units(6));
}

#[test]
fn energy_and_carbon_of_a_month_are_those_of_the_formulas() {
    // One of three machines in the cloud, two at home on two hosts; 400 g a kilowatt-hour at home, 100 g in the cloud.
    //   servers      20 cores × 18 W × 1.8 × 730 h = 473.04, so 473 kWh each; × 2          = 946,000 Wh
    //   arrays       2 × ⌈100 GiB ÷ 75 %⌉ = 268 GiB × 2 W a TiB × 730 h × 1.8 ÷ 1,024      =     687 Wh
    //   home         946,687 Wh × 400 g ÷ 1,000                                            = 378,674 g
    //   cloud        2 vCPU × (1 + 3) W ÷ 2 × 1.1 × 730 h                                  =   3,212 Wh
    //                3,212 Wh × 100 g ÷ 1,000                                              =     321 g
    //   staying      946,000 Wh + 402 GiB × 2 W × 730 h × 1.8 ÷ 1,024 = 947,031 Wh × 0.4   = 378,812 g
    let (scenario, catalog, estate) = (between(Some(400), Objective::default()), catalog(), estate(3));
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let at = |wanted| blueprint.problem().places().iter().position(|place| place.footprint == wanted).expect("there");
    let (own, cloud) = (at(HOME), at(INSTANCES));
    let hosts = || estate.hosts.iter().map(|host| (host.id, false)).collect();
    let plan = fixture::plan(
        blueprint.problem(),
        |machine| if machine == 0 { cloud } else { own },
        |place| if place == own { (hosts(), 0) } else { (Vec::new(), 0) },
    );
    let outcome = blueprint.outcome(plan);
    let of = |emissions: &Emissions| -> Vec<(Option<FootprintId>, u64, Option<u64>)> {
        emissions.places.iter().map(|place| (place.footprint, place.watt_hours, place.grams)).collect()
    };
    assert_eq!(of(&outcome.emissions), [(Some(HOME), 946_687, Some(378_674)), (Some(INSTANCES), 3_212, Some(321))]);
    assert_eq!(of(&outcome.staying_emissions), [(Some(HOME), 947_031, Some(378_812))]);
    assert!(outcome.emissions.missing.is_empty(), "{:?}", outcome.emissions.missing);
}
