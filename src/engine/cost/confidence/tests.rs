use super::*;
use crate::engine::catalog::PriceStatus;
use crate::engine::cost::{Basis, Line, LineKind, Nature, Unit};
use crate::engine::model::{
    Footprint, FootprintId, FootprintKind, HostsFootprint, InputRange, PolicyOverride, ProviderRange,
};
use crate::engine::progress::Silent;

fn line(kind: LineKind, nature: Nature, units: i64) -> Line {
    let total = Money::from_units(units);
    Line {
        footprint: None,
        kind,
        nature,
        label: String::new(),
        quantity_milli: 1000,
        unit: Unit::Month,
        unit_price: total,
        status: PriceStatus::Assumed,
        source: String::new(),
        from_month: 0,
        to_month: 1,
        total,
        basis: Basis::Use,
    }
}

fn ledger(lines: &[(LineKind, Nature, i64)]) -> Ledger {
    let lines = lines.iter().map(|&(kind, nature, units)| line(kind, nature, units)).collect();
    Ledger { lines, horizon_months: 12, ..Ledger::default() }
}

const RUN: Nature = Nature::Operating;

fn compare(plan: &Ledger, staying: &Ledger, scenario: &Scenario, draws: u32) -> Confidence {
    let candidate = |name, ledger| Candidate { name, ledger, scenario };
    confidence(&[candidate("plan", plan), candidate("staying", staying)], draws, 7, &mut Silent)
}

#[test]
fn the_tornado_tells_what_each_input_does_and_where_it_turns() {
    let plan = ledger(&[(LineKind::Licences, RUN, 300), (LineKind::Migration, Nature::Migration, 200)]);
    let staying = ledger(&[(LineKind::Licences, RUN, 400), (LineKind::Power, RUN, 300)]);
    let mut scenario = Scenario::default();
    let range = |input, low_permille, high_permille| InputRange { input, low_permille, high_permille };
    scenario.assumptions.finance.ranges =
        vec![range(Input::Licences, 500, 1500), range(Input::Power, 800, 1200), range(Input::Moving, 500, 2000)];
    let bars = compare(&plan, &staying, &scenario, 10).tornado;
    let short: Vec<_> = bars
        .iter()
        .map(|bar| (bar.input, bar.saved_at_low.to_string(), bar.saved_at_high.to_string(), bar.break_even_permille))
        .collect();
    // 200 are saved. Moving: 200 − 200 × (m − 1): 300 at half, 0 at double. Power: 200 + 300 × (m − 1): 140 to 260, nothing saved at a third.
    // Licences: 200 + 100 × (m − 1): 150 to 250; below nothing they cannot go.
    assert_eq!(
        short,
        [
            (Input::Moving, "300".to_owned(), "0".to_owned(), Some(2000)),
            (Input::Power, "140".to_owned(), "260".to_owned(), Some(334)),
            (Input::Licences, "150".to_owned(), "250".to_owned(), None),
        ]
    );
}

#[test]
fn draws_spread_around_what_is_assumed() {
    let plan = ledger(&[(LineKind::People, RUN, 1000)]);
    let staying = ledger(&[(LineKind::Power, RUN, 1000)]);
    let mut scenario = Scenario::default();
    let range = |input| InputRange { input, low_permille: 800, high_permille: 1200 };
    scenario.assumptions.finance.ranges = vec![range(Input::People), range(Input::Power)];
    let confidence = compare(&plan, &staying, &scenario, 10_000);
    let spread = &confidence.candidates[0];
    // A triangle from 800 to 1,200: a tenth lies below 800 + 200 × √0.2 = 889.44, as much above 1,110.56.
    let near = |amount: Money, expected: f64| (amount.as_f64() - expected).abs() < 0.5;
    assert_eq!(
        [spread.percentiles[10], spread.percentiles[50], spread.percentiles[90]],
        [spread.p10, spread.p50, spread.p90]
    );
    assert!(spread.percentiles.len() == 101 && spread.percentiles.is_sorted());
    assert!(near(spread.p10, 889.44) && near(spread.p50, 1000.0) && near(spread.p90, 1110.56), "{spread:?}");
    // Two of the same spread: each is cheaper in about half of the draws.
    let halves = [confidence.candidates[0].cheapest_permille, confidence.candidates[1].cheapest_permille];
    assert!(halves.iter().all(|permille| (480..=520).contains(permille)), "{halves:?}");
    assert_eq!(compare(&plan, &staying, &scenario, 10_000), confidence, "the same seed gives the same figures");
}

#[test]
fn the_same_input_turns_out_the_same_in_all_candidates() {
    let (plan, staying) = (ledger(&[(LineKind::People, RUN, 900)]), ledger(&[(LineKind::People, RUN, 1000)]));
    let confidence = compare(&plan, &staying, &Scenario::default(), 500);
    assert_eq!((confidence.candidates[0].cheapest_permille, confidence.saved.cheapest_permille), (1000, 1000));
}

#[test]
fn scenarios_are_drawn_together() {
    let ledgers = [(LineKind::People, 900), (LineKind::Power, 1000), (LineKind::People, 950)];
    let ledgers = ledgers.map(|(kind, total)| ledger(&[(kind, RUN, total)]));
    let mut scenario = Scenario::default();
    let range = |input| InputRange { input, low_permille: 800, high_permille: 1200 };
    scenario.assumptions.finance.ranges = vec![range(Input::People), range(Input::Power)];
    // A range of another scenario than the first does not count.
    let mut other = scenario.clone();
    other.assumptions.finance.ranges.clear();
    let candidate = |at: usize, name, scenario| Candidate { name, ledger: &ledgers[at], scenario };
    let three = [candidate(0, "A", &scenario), candidate(1, "B", &other), candidate(2, "C", &other)];
    let found = question_among(&three, 10_000, 7).answer(&mut Silent);
    let permille: Vec<u32> = found.candidates.iter().map(|spread| spread.cheapest_permille).collect();
    // C has the wages of A and more of them, so it is never the cheapest. A is where 900 × wages < 1,000 × electricity: both spread by triangles of a fifth
    // on each side, which is so in 81.2 % of a numeric integration.
    assert!((802..=822).contains(&permille[0]), "{permille:?}");
    assert_eq!((permille[0] + permille[1], permille[2]), (999, 0), "rounded down each");
    // As for one alone: a tenth of the draws lie below 0.88944.
    let near = |amount: Money, expected: f64| (amount.as_f64() - expected).abs() < 0.5;
    assert!(near(found.candidates[0].p10, 800.49) && near(found.candidates[2].p10, 844.97), "{found:?}");
    assert_eq!(question_among(&three, 10_000, 7).answer(&mut Silent), found, "the same seed gives the same figures");

    let same = [candidate(0, "A", &scenario), candidate(0, "copy of A", &other)];
    let found = question_among(&same, 100, 7).answer(&mut Silent);
    let permille: Vec<u32> = found.candidates.iter().map(|spread| spread.cheapest_permille).collect();
    assert_eq!(permille, [1000, 1000], "neither is cheaper than the other");
    assert_eq!(question_among(&[], 10, 1).answer(&mut Silent), Confidence::default());
}

#[test]
fn every_input_has_its_place() {
    for (index, (input, low, high, source)) in RANGES.iter().enumerate() {
        assert_eq!(*input as usize, index);
        assert!(*low < 1000 && *high > 1000 && !source.is_empty(), "{input:?}");
    }
    assert_eq!(confidence(&[], 10, 1, &mut Silent), Confidence::default());
}

#[test]
fn beside_staying_it_counts_what_the_years_bring() {
    let mut year = line(LineKind::People, RUN, 120);
    (year.unit_price, year.to_month) = (Money::from_units(10), 24);
    year.total = Money::from_units(240);
    let plan = Ledger { lines: vec![year], horizon_months: 24, ..Ledger::default() };
    let mut scenario = Scenario::default();
    scenario.assumptions.finance.price_changes.people = 100;
    let candidate = Candidate { name: "plan", ledger: &plan, scenario: &scenario };
    let found = question_beside(candidate, &plan, 10, 1).answer(&mut Silent);
    // 12 × 10 + 12 × 11 = 252 on both sides.
    assert_eq!(found.candidates[0].assumed, Money::from_units(252));
    assert_eq!((found.candidates[1].assumed, found.saved.assumed), (Money::from_units(252), Money::ZERO));
}

/// A discount of 10 to 25 % at one of two providers: of 1,000 there, 750 to 900, most often 825; the other stays as it is.
#[test]
fn a_provider_may_have_a_range_of_its_own() {
    let place = |id: u32, region: &str| Footprint {
        id: FootprintId(id),
        name: region.to_owned(),
        enabled: true,
        kind: FootprintKind::Hosts(HostsFootprint::new("test/node".into(), region.into())),
        policy: PolicyOverride::default(),
    };
    let mut scenario = Scenario { footprints: vec![place(1, "aws/one"), place(2, "azure/one")], ..Scenario::default() };
    let finance = &mut scenario.assumptions.finance;
    finance.ranges = vec![InputRange { input: Input::RentedCompute, low_permille: 1000, high_permille: 1000 }];
    finance.provider_ranges = vec![ProviderRange { provider: "aws".to_owned(), low_permille: 750, high_permille: 900 }];
    let at = |id: u32, kind| Line { footprint: Some(FootprintId(id)), ..line(kind, RUN, 500) };
    let lines = vec![at(1, LineKind::Hosts), at(1, LineKind::Storage), at(2, LineKind::Hosts)];
    let plan = Ledger { lines, horizon_months: 12, ..Ledger::default() };
    let found = compare(&plan, &ledger(&[]), &scenario, 10_000);
    // A triangle on each side of 825: a tenth below 750 + 75 × √0.2 = 783.54, as much above 866.46; and 500 at the other.
    let spread = &found.candidates[0];
    let near = |amount: Money, expected: f64| (amount.as_f64() - expected).abs() < 0.5;
    assert!(near(spread.p10, 1283.54) && near(spread.p50, 1325.0) && near(spread.p90, 1366.46), "{spread:?}");
    assert_eq!(spread.assumed, Money::from_units(1500));
    let bars: Vec<_> = found.tornado.iter().map(|bar| (bar.input, bar.provider.as_str(), bar.saved_at_low)).collect();
    // Nothing is paid for staying: at 750 of 1,000, 1,250 more than nothing.
    assert_eq!(bars[0], (Input::RentedCompute, "aws", Money::from_units(-1250)));
    assert_eq!(bars.len(), 2, "{bars:?}");
}

#[test]
fn what_is_stopped_tells_of_the_draws_so_far() {
    struct Stop;
    impl crate::engine::progress::Progress for Stop {
        fn tick(&mut self, _phase: &'static str, done: u64, _total: u64) -> std::ops::ControlFlow<()> {
            if done > 0 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
        }
    }
    let (plan, scenario) = (ledger(&[(LineKind::People, RUN, 900)]), Scenario::default());
    let candidate = Candidate { name: "plan", ledger: &plan, scenario: &scenario };
    assert_eq!(confidence(&[candidate], 5000, 1, &mut Stop).draws, 1000);
}

/// A line of two years, as ledgers have it before growth: so many units at so much a month.
fn two_years(kind: LineKind, footprint: Option<FootprintId>, quantity: i64, price: i64) -> Line {
    let unit_price = Money::from_units(price);
    Line {
        footprint,
        quantity_milli: quantity * 1000,
        unit: Unit::MachineMonth,
        unit_price,
        to_month: 24,
        total: unit_price.scale(i128::from(quantity) * 24, 1),
        ..line(kind, RUN, 0)
    }
}

fn years(lines: Vec<Line>) -> Ledger {
    Ledger { lines, horizon_months: 24, ..Ledger::default() }
}

fn range(input: Input, low_permille: u32, high_permille: u32) -> InputRange {
    InputRange { input, low_permille, high_permille }
}

#[test]
fn growth_and_changes_of_prices_have_ranges_without_another_plan() {
    let plan = years(vec![two_years(LineKind::People, None, 10, 5)]);
    let staying = years(vec![two_years(LineKind::Power, None, 10, 10)]);
    let mut scenario = Scenario::default();
    let finance = &mut scenario.assumptions.finance;
    finance.growth_permille_year = 100;
    finance.ranges = vec![range(Input::Growth, 1000, 1200), range(Input::PowerChange, 900, 1300)];
    let candidate = Candidate { name: "plan", ledger: &plan, scenario: &scenario };
    let found = question_beside(candidate, &staying, 2000, 3).answer(&mut Silent);
    // As assumed: 600 + 660 against 1,200 + 1,320: 1,260 are saved. Without growth 1,200 against 2,400; at 20 % 600 + 720 against 1,200 + 1,440.
    // Electricity at −10 %: 1,200 + 1,320 × 0.9 = 2,388; at +30 %: 1,200 + 1,716 = 2,916.
    let bar = |input| {
        let bar = found.tornado.iter().find(|bar| bar.input == input).expect("a bar");
        (bar.saved_at_low.to_string(), bar.saved_at_high.to_string(), bar.break_even_permille, bar.source.clone())
    };
    assert_eq!(found.saved.assumed, Money::from_units(1260));
    assert_eq!(bar(Input::Growth), ("1200".to_owned(), "1320".to_owned(), None, "your range".to_owned()));
    assert_eq!(bar(Input::PowerChange), ("1128".to_owned(), "1656".to_owned(), None, "your range".to_owned()));
    // Prices as assumed, the draws of staying keep within both at their ends: 2,400 to (1,440 × 1.3 + 1,200) = 3,072, times electricity's own range.
    let spread = &found.candidates[1];
    assert!(spread.percentiles[0] > Money::from_units(1100) && spread.percentiles[100] < Money::from_units(4464));
    let none = Scenario {
        assumptions: {
            let mut same = scenario.assumptions.clone();
            same.finance.ranges.clear();
            same
        },
        ..Scenario::default()
    };
    let without = question_beside(Candidate { scenario: &none, ..candidate }, &staying, 2000, 3).answer(&mut Silent);
    assert!(without.tornado.iter().all(|bar| !Input::OTHERS.contains(&bar.input)));
    let width = |spread: &Spread| spread.p90 - spread.p10;
    assert!(width(spread) > width(&without.candidates[1]), "{spread:?}");
}

#[test]
fn growth_of_applications_is_shifted_with_that_of_all() {
    let mut plan = years(vec![two_years(LineKind::People, None, 10, 5)]);
    plan.growth = vec![crate::engine::cost::PlaceGrowth { footprint: None, by_year_ppm: vec![1_000_000, 1_320_000] }];
    let mut scenario = Scenario::default();
    scenario.assumptions.finance.growth_permille_year = 100;
    // 1.32 × 1.2 ÷ 1.1 = 1.44: 600 + 864.
    assert_eq!(others::turned(&plan, &scenario, Input::Growth, 1200).total(), Money::from_units(1464));
    assert_eq!(others::turned(&plan, &scenario, Input::Growth, 1100).total(), Money::from_units(1392));
}

#[test]
fn what_is_left_of_administration_elsewhere_changes_what_is_rented_only() {
    let kind = FootprintKind::Hosts(HostsFootprint::new("test/node".into(), "aws/us-east-1".into()));
    let rented =
        Footprint { id: FootprintId(1), name: String::new(), enabled: true, kind, policy: PolicyOverride::default() };
    let mut scenario = Scenario { footprints: vec![rented], ..Scenario::default() };
    scenario.assumptions.finance.ranges = vec![range(Input::AdminElsewhere, 500, 2000)];
    let plan =
        years(vec![two_years(LineKind::People, Some(FootprintId(1)), 10, 5), two_years(LineKind::People, None, 1, 50)]);
    let staying = years(vec![two_years(LineKind::People, None, 10, 10)]);
    let candidate = Candidate { name: "plan", ledger: &plan, scenario: &scenario };
    let found = question_beside(candidate, &staying, 0, 3).answer(&mut Silent);
    let bar = found.tornado.iter().find(|bar| bar.input == Input::AdminElsewhere).expect("a bar");
    // Staying 2,400; the plan 1,200 + 1,200 × m: it saves 600 at half, −1,200 at double, and nothing as assumed.
    assert_eq!((bar.saved_at_low.to_string(), bar.saved_at_high.to_string()), ("600".to_owned(), "-1200".to_owned()));
    assert_eq!(bar.break_even_permille, Some(1000));
}

#[test]
fn an_input_that_is_no_price_turns_where_the_line_between_its_values_does() {
    let knots = [500, 750, 1000, 1500, 2000];
    let units = |amounts: [i64; 5]| amounts.map(Money::from_units);
    assert_eq!(others::turning(&knots, units([-60, -30, 10, 20, 30])), Some(938));
    assert_eq!(others::turning(&knots, units([10, 20, 30, 40, 50])), None);
    assert_eq!(others::between(&knots, units([0, 10, 20, 30, 40]), 1_250_000), Money::from_units(25));
    assert_eq!(others::between(&knots, units([0, 10, 20, 30, 40]), 2_000_000), Money::from_units(40));
    let same = [1000; 5];
    assert_eq!(others::between(&same, units([7, 7, 7, 7, 7]), 1_000_000), Money::from_units(7));
}

/// A plan that spends 400 of 1,000 promised a year, over a year: with prices at half 200 are spent and 800 are paid for nothing, with prices at three times
/// 1,200 and nothing is.
#[test]
fn what_is_left_of_a_promise_follows_drawn_prices() {
    let kind = FootprintKind::Hosts(HostsFootprint::new("test/node".into(), "aws/one".into()));
    let place =
        Footprint { id: FootprintId(1), name: String::new(), enabled: true, kind, policy: PolicyOverride::default() };
    let mut scenario = Scenario { footprints: vec![place], ..Scenario::default() };
    scenario.assumptions.finance.ranges = vec![range(Input::RentedCompute, 500, 3000)];
    let spent = Line { footprint: Some(FootprintId(1)), to_month: 12, ..line(LineKind::Hosts, RUN, 400) };
    let promised = crate::engine::cost::PromisedSpend {
        provider: "AWS".to_owned(),
        per_year: Money::from_units(1000),
        footprints: vec![FootprintId(1)],
    };
    let left = Line { basis: Basis::Promise, to_month: 12, ..line(LineKind::Service, RUN, 600) };
    let plan = Ledger { promised: vec![promised], horizon_months: 12, lines: vec![spent, left], ..Ledger::default() };
    let staying = ledger(&[(LineKind::People, Nature::Operating, 1100)]);
    let found = compare(&plan, &staying, &scenario, 2000);
    // Whatever the price, 1,000 are paid at least; with prices at two and a half of what is assumed, that is what is spent.
    let spread = &found.candidates[0];
    assert_eq!((spread.assumed, spread.percentiles[0]), (Money::from_units(1000), Money::from_units(1000)));
    assert!(spread.percentiles[100] > Money::from_units(1170) && spread.percentiles[100] <= Money::from_units(1200));
    let bar = found.tornado.iter().find(|bar| bar.input == Input::RentedCompute).expect("a bar");
    // 1,100 − 1,000, 1,100 − 3 × 400; both cost the same at 1,100 ÷ 400.
    assert_eq!((bar.saved_at_low, bar.saved_at_high), (Money::from_units(100), Money::from_units(-100)));
    assert_eq!(bar.break_even_permille, Some(2750));
}

#[test]
fn what_the_accounts_hold_is_the_same_in_every_draw() {
    let mut plan = ledger(&[(LineKind::Hosts, Nature::Capital, 700)]);
    plan.lines[0].basis = Basis::Accounts;
    let found = compare(&plan, &ledger(&[]), &Scenario::default(), 100);
    assert!(found.candidates[0].percentiles.iter().all(|&amount| amount == Money::from_units(700)), "{found:?}");
}
