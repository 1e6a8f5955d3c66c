//! What the accounts hold for the hosts of a cluster: worked by hand.

use groundwork::engine::cost::{Basis, Ledger, LineKind, Nature, Unit, over_time};
use groundwork::engine::model::{BookValue, FootprintKind, PriceChanges, Scenario};

use crate::ends::at_home;
use crate::examples::all_in;
use crate::fixture::{HOME, NODES, line, money, scenario};

/// 24,000 for the two hosts of 20 cores, written off over 15 months.
fn with_book(months: u32) -> Scenario {
    let mut scenario = scenario();
    for place in &mut scenario.footprints {
        if let FootprintKind::Cluster(chosen) = &mut place.kind {
            chosen.book = Some(BookValue { amount: money("24000"), months });
        }
    }
    scenario
}

const KEPT: &str = "Book value written off: hosts of 20 cores";
const GONE: &str = "Book value written off at once: hosts of 20 cores";
const HARDWARE: &str = "Hardware: servers of 20 cores and 256 GiB";

fn hosts(ledger: &Ledger, label: &str) -> Option<(i64, u32, u32, String)> {
    let found = ledger.of(Some(HOME)).find(|line| line.label == label)?;
    Some((found.quantity_milli / 1000, found.from_month, found.to_month, found.total.to_string()))
}

#[test]
fn hosts_that_are_kept_are_written_off_as_the_accounts_have_it() {
    // As `examples::a_cluster_of_ones_own`, 113,731.352028 for 36 months, of which hardware 2 × 181.462333 × 36 = 13,065.287976. Now:
    //   book value   24,000 × 20 ÷ 40 cores ÷ 15 months = 800 a host; 2 × 800 × 15      = 24,000
    //   hardware     from the sixteenth month on:       2 × 181.462333 × 21             =  7,621.417986
    //   all the rest 113,731.352028 − 13,065.287976                                     = 100,666.064052
    let outcome = at_home(&with_book(15), false);
    let (ledger, staying) = (&outcome.ledger, &outcome.staying);
    assert_eq!(hosts(ledger, KEPT), Some((2, 0, 15, "24000".to_owned())));
    assert_eq!(hosts(ledger, HARDWARE), Some((2, 15, 36, "7621.417986".to_owned())));
    assert_eq!(ledger.total(), money("132287.482038"));
    assert_eq!(ledger.lines, staying.lines, "nothing is given up");
    let book = line(ledger, Some(HOME), KEPT);
    assert_eq!((book.kind, book.nature, book.unit), (LineKind::Hosts, Nature::Capital, Unit::HostMonth));
    assert_eq!((book.basis, book.unit_price), (Basis::Accounts, money("800")));
    assert_eq!(book.source, "Accounts: 24000 × 20 of 40 cores ÷ 15 months");
    // A usual month of the first year has what is written off, and not what comes after it.
    let rest = outcome.ledger.run_rate() - money("1600");
    assert_eq!(rest.times(36), money("100666.064052"));
}

#[test]
fn hosts_that_are_given_up_are_written_off_at_once() {
    // One of the two: 800 × 15 for the one that is kept, 24,000 × 20 ÷ 40 = 12,000 at once for the other.
    let outcome = at_home(&with_book(15), true);
    assert_eq!(hosts(&outcome.ledger, KEPT), Some((1, 0, 15, "12000".to_owned())));
    assert_eq!(hosts(&outcome.ledger, GONE), Some((1, 0, 1, "12000".to_owned())));
    let gone = line(&outcome.ledger, Some(HOME), GONE);
    assert_eq!((gone.nature, gone.unit), (Nature::Exit, Unit::Host));
    assert_eq!(gone.source, "Accounts: 24000 × 20 of 40 cores, for hosts that are given up");
    // What the accounts hold is known, so nothing is assumed of it, and nothing is missing.
    let mut assumed = with_book(15);
    assumed.assumptions.finance.book_months = 12;
    for scenario in [with_book(15), assumed] {
        let ledger = all_in(NODES, 4, 10, &scenario).ledger;
        assert_eq!(hosts(&ledger, GONE), Some((2, 0, 1, "24000".to_owned())));
        assert!(!ledger.lines.iter().any(|line| line.label.starts_with("Still written off")), "not twice");
        assert!(!ledger.not_priced.iter().any(|told| told.contains("still worth")), "{:?}", ledger.not_priced);
    }
}

#[test]
fn a_cluster_that_is_no_place_of_the_plan_is_given_up() {
    let mut scenario = with_book(15);
    scenario.footprints[0].enabled = false;
    let outcome = all_in(NODES, 4, 10, &scenario);
    assert_eq!(hosts(&outcome.ledger, GONE), Some((2, 0, 1, "24000".to_owned())));
    assert_eq!(hosts(&outcome.staying, KEPT), Some((2, 0, 15, "24000".to_owned())));
}

#[test]
fn the_end_of_support_and_the_accounts_do_not_count_the_same_twice() {
    // Support ends after 10 months: 2 servers of 8,710.192 in the eleventh, and the old ones are written off until the fifteenth; no share of a price beside.
    let mut scenario = with_book(15);
    scenario.assumptions.on_premises.supported_months = Some(10);
    let ledger = at_home(&scenario, false).ledger;
    assert_eq!(hosts(&ledger, KEPT), Some((2, 0, 15, "24000".to_owned())));
    assert_eq!(hosts(&ledger, HARDWARE), None);
    // 100,666.064052 + 24,000 + 17,420.384.
    assert_eq!(ledger.total(), money("142086.448052"));
}

#[test]
fn what_is_left_after_the_horizon_is_told() {
    // 24,000 ÷ 60 × 36 = 14,400; given up, all 24,000 are written off.
    let outcome = at_home(&with_book(60), false);
    assert_eq!(hosts(&outcome.ledger, KEPT), Some((2, 0, 36, "14400".to_owned())));
    assert_eq!(hosts(&outcome.ledger, HARDWARE), None);
    let told = "What the accounts hold for the hosts of Production at the end of the horizon is not counted.";
    assert!(outcome.ledger.not_priced.iter().any(|sentence| sentence == told), "{:?}", outcome.ledger.not_priced);
    assert_eq!(hosts(&all_in(NODES, 4, 10, &with_book(60)).ledger, GONE), Some((2, 0, 1, "24000".to_owned())));
}

#[test]
fn it_neither_grows_nor_changes_its_price() {
    let mut scenario = with_book(30);
    let finance = &mut scenario.assumptions.finance;
    finance.growth_permille_year = 500;
    finance.price_changes = PriceChanges { compute: 100, ..PriceChanges::default() };
    let grown = over_time(&at_home(&scenario, false).ledger, &scenario.assumptions.finance);
    assert_eq!(hosts(&grown, KEPT), Some((2, 0, 30, "24000".to_owned())));
}

#[test]
fn it_is_no_reason_to_keep_a_host_nor_to_give_one_up() {
    // Two places to choose from, with and without the book value: the plan is the same, whatever the accounts hold.
    let estate = crate::fixture::estate(4);
    let hash = |months| crate::planned::found(&estate, &with_book(months)).plan_hash;
    assert_eq!(hash(36), hash(84));
}
