use proptest::prelude::*;

use super::*;
use crate::engine::catalog::PriceStatus;
use crate::engine::model::{Currency, RegionId};

fn price(micros: Option<i64>) -> Price {
    let status = if micros.is_some() { PriceStatus::Listed } else { PriceStatus::Ask };
    Price {
        amount: micros.map(Money::from_micros),
        currency: Currency::Usd,
        status,
        source: Some(0),
        note: String::new(),
    }
}

/// A type of a family, with a Linux price on demand; Windows costs ten times as much, and commitments have to be asked for.
fn instance(name: &str, family: &str, vcpus: u32, gib: u64, micros: Option<i64>) -> InstanceType {
    InstanceType {
        name: name.to_owned(),
        family: family.to_owned(),
        vcpus,
        memory: MiB::from_gib(gib),
        network_mbps: 0,
        arm: family == "g",
        by_default: family == "m",
        linux: [price(micros), price(None), price(None)],
        windows: [price(micros.map(|micros| micros * 10)), price(None), price(None)],
    }
}

fn table(types: Vec<InstanceType>) -> InstanceTable {
    InstanceTable { region: RegionId::from("a/one"), types }
}

#[track_caller]
fn check(table: &InstanceTable, vcpus: u32, gib: u64, families: &[&str], expected: Option<&str>) {
    let families: Vec<String> = families.iter().map(|&family| family.to_owned()).collect();
    let found = table.cheapest(vcpus, MiB::from_gib(gib), false, &families, Term::OnDemand);
    assert_eq!(found.map(|(instance, _price)| instance.name.as_str()), expected);
}

#[test]
fn the_cheapest_type_that_fits_is_chosen() {
    let table = table(vec![
        instance("g.large", "g", 2, 8, Some(50)),
        instance("m.2xlarge", "m", 8, 32, Some(400)),
        instance("m.large", "m", 2, 8, Some(100)),
        instance("m.xlarge", "m", 4, 16, Some(200)),
        instance("r.large", "r", 2, 16, Some(130)),
    ]);
    check(&table, 1, 1, &[], Some("m.large"));
    check(&table, 2, 9, &[], Some("m.xlarge"));
    check(&table, 2, 9, &["m", "r"], Some("r.large"));
    check(&table, 1, 1, &["g"], Some("g.large"));
    check(&table, 9, 1, &[], None);
    check(&table, 1, 1, &["none"], None);
    let windows = table.cheapest(1, MiB::from_gib(1), true, &[], Term::OnDemand).expect("found");
    assert_eq!(windows.1.amount, Some(Money::from_micros(1000)));
}

#[test]
fn equal_prices_are_decided_by_name() {
    let table = table(vec![
        instance("m.b", "m", 2, 8, Some(100)),
        instance("m.a", "m", 2, 8, Some(100)),
        instance("m.c", "m", 4, 8, Some(100)),
    ]);
    check(&table, 2, 8, &[], Some("m.a"));
    check(&table, 3, 8, &[], Some("m.c"));
}

#[test]
fn a_price_to_ask_for_is_never_the_cheapest_but_is_told_apart_from_being_too_large() {
    let table = table(vec![instance("m.large", "m", 2, 8, Some(100)), instance("m.huge", "m", 64, 512, None)]);
    let choices = table.choices(&[], false, Term::OnDemand);
    assert_eq!(choices.cheapest(3, MiB::from_gib(8)).map(|found| found.0.name.as_str()), None);
    assert!(choices.fits_unpriced(3, MiB::from_gib(8)));
    assert!(!choices.fits_unpriced(65, MiB::from_gib(8)));
    assert_eq!(choices.largest(), (64, MiB::from_gib(512)));
    assert!(table.choices(&[], false, Term::OneYear).cheapest(1, MiB(1)).is_none());
}

proptest! {
    #[test]
    fn leaving_out_dominated_types_changes_no_answer(
        sizes in prop::collection::vec((1..9_u32, 1..9_u64, 1..6_i64), 1..30),
        vcpus in 1..9_u32,
        gib in 1..9_u64,
    ) {
        let types = sizes.iter().enumerate().map(|(at, &(vcpus, gib, micros))| instance(&format!("m.{at:02}"), "m", vcpus, gib, Some(micros)));
        let table = table(types.collect());
        let fits = table.types.iter().filter(|instance| instance.vcpus >= vcpus && instance.memory >= MiB::from_gib(gib));
        let expected = fits.min_by_key(|instance| (instance.linux[0].amount, &instance.name)).map(|instance| &instance.name);
        let found = table.cheapest(vcpus, MiB::from_gib(gib), false, &[], Term::OnDemand).map(|found| &found.0.name);
        prop_assert_eq!(found, expected);
    }
}
