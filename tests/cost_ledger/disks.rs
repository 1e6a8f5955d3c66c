//! Storage beside rented hosts where a footprint leaves the disks to the plan: both ways are worked out, and the better one is the plan.

use groundwork::engine::cost::LineKind;
use groundwork::engine::model::{
    Currency, Estate, ExternalUse, Footprint, FootprintKind, MiB, Money, Scenario, StorageQuote,
};
use groundwork::engine::placement::Refusal;
use groundwork::engine::{Outcome, outcome::StorageChoice};

use crate::fixture::{NODES, estate, hosts, money, scenario};
use crate::planned::planned;

/// Ten machines with 8 TiB each: as many hosts as their disks ask for are many more than their processors and memory do.
fn large() -> Estate {
    let mut estate = estate(10);
    for machine in &mut estate.machines {
        machine.storage.in_use = Some(MiB::from_gib(8 * 1024));
    }
    estate
}

fn beside(per_gib_month: &str, used: ExternalUse) -> StorageQuote {
    StorageQuote { name: "Array".to_owned(), per_gib_month: money(per_gib_month), currency: Currency::Usd, used }
}

fn nodes(storage: Option<StorageQuote>) -> Footprint {
    let mut place = hosts(NODES, "test/node", "aws/us-east-1");
    if let FootprintKind::Hosts(hosts) = &mut place.kind {
        hosts.external_storage = storage.map(Box::new);
    }
    place
}

fn with(storage: Option<StorageQuote>) -> Outcome {
    planned(&large(), &Scenario { footprints: vec![nodes(storage)], ..scenario() })
}

fn storage_lines(outcome: &Outcome) -> usize {
    outcome.ledger.lines.iter().filter(|line| line.kind == LineKind::Storage).count()
}

#[track_caller]
fn check(per_gib_month: &str, is_beside: bool) -> StorageChoice {
    let own = with(None);
    let always = with(Some(beside(per_gib_month, ExternalUse::Always)));
    let chosen = with(Some(beside(per_gib_month, ExternalUse::WhereCheaper)));
    let (better, other) = if is_beside { (always, own) } else { (own, always) };
    assert!(better.plan.cost < other.plan.cost, "the price decides");
    assert_eq!((&chosen.plan, storage_lines(&chosen)), (&better.plan, storage_lines(&better)));
    let [choice] = chosen.storage_choices[..] else { panic!("{:?}", chosen.storage_choices) };
    assert_eq!((choice.footprint, choice.beside), (NODES, is_beside));
    assert!(choice.saves > Some(Money::ZERO), "{choice:?}");
    choice
}

#[test]
fn storage_beside_the_hosts_takes_the_place_of_hosts_for_their_disks() {
    let choice = check("0.02", true);
    assert!(choice.proven, "{choice:?}");
}

#[test]
fn dear_storage_beside_the_hosts_is_left_alone() {
    check("5", false);
}

#[test]
fn nothing_is_chosen_where_nothing_is_left_open_or_the_place_is_not_used() {
    assert_eq!(with(Some(beside("0.02", ExternalUse::Always))).storage_choices, []);
    assert_eq!(with(None).storage_choices, []);
    let mut quote = beside("0.02", ExternalUse::WhereCheaper);
    // A currency without a rate: only the hosts' own disks can be reckoned with.
    quote.currency = Currency::Jpy;
    let outcome = with(Some(quote));
    assert!(outcome.plan.unplaced.is_empty());
    assert!(
        outcome.plan.assignments.iter().all(|one| one.rejections.iter().all(|it| it.refusal != Refusal::NeedsQuote))
    );
    assert_eq!(
        outcome.storage_choices.iter().map(|choice| (choice.beside, choice.saves)).collect::<Vec<_>>(),
        [(false, None)]
    );
}
