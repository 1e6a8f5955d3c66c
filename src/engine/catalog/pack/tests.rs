use proptest::prelude::*;

use super::*;
use crate::engine::catalog::fixture::{catalog, packs};
use crate::engine::catalog::{CORE_FILE, instances_file};
use crate::engine::model::{MiB, OfferingId};

const REGION: &str = "instances-a-two.pack";

#[test]
fn what_is_packed_is_what_is_loaded() {
    let catalog = catalog();
    assert_eq!((catalog.as_of.as_str(), catalog.build.len()), ("2026-01-31", 16));
    assert_eq!(core(&catalog), packs()[CORE_FILE]);
    assert_eq!(types(&catalog.build, "a", &catalog.instance_specs["a"]), packs()["types-a.pack"]);
    for (region, table) in &catalog.instances {
        assert_eq!(instances(&catalog.build, &catalog.instance_specs["a"], table), packs()[&instances_file(region)]);
    }
    let disk = catalog.disk(&RegionId::from("a/one")).expect("priced");
    assert_eq!(disk.monthly(MiB::from_gib(100), 4000, 0).map(|money| money.to_string()), Some("13".to_owned()));
    assert_eq!(disk.monthly(MiB::from_gib(100), 4000, 126), None, "throughput has no price in the tables");
    assert!(catalog.host(&OfferingId::from("metal/x")).is_some_and(|host| host.regions.len() == 3));
    let region = catalog.region(&RegionId::from("a/one")).expect("there");
    assert_eq!((region.latitude_milli, region.longitude_milli), (-38_950, -77_500));
}

#[test]
fn files_of_another_kind_version_or_edition_are_refused() {
    let packs = packs();
    let changed = |name: &str, at: usize, to: u8| {
        let mut bytes = packs[name].clone();
        bytes[at] = to;
        bytes
    };
    let mut catalog = load_core(&packs[CORE_FILE]).expect("loads");
    assert_eq!(load_core(b""), Err(CatalogError::Foreign));
    assert_eq!(load_core(&packs["types-a.pack"]), Err(CatalogError::Foreign));
    assert_eq!(load_core(&changed(CORE_FILE, 5, 9)), Err(CatalogError::Format { found: 9, expected: FORMAT }));
    assert_eq!(catalog.load_instances(&packs[CORE_FILE]), Err(CatalogError::Foreign));
    assert_eq!(catalog.load_instances(&packs[REGION]), Err(CatalogError::TypesMissing("a".to_owned())));
    assert_eq!(catalog.load_instances(&packs["types-a.pack"]), Ok(()));
    let edition = catalog.load_instances(&changed(REGION, 7, b'x'));
    assert!(matches!(edition, Err(CatalogError::Edition { found, .. }) if found.starts_with('x')));
    assert!(catalog.instances.is_empty());
    assert_eq!(catalog.load_instances(&packs[REGION]), Ok(()));
    let once = catalog.clone();
    assert_eq!(catalog.load_instances(&packs[REGION]), Ok(()));
    assert_eq!(catalog, once);
}

#[test]
fn a_column_that_claims_more_than_it_has_is_refused() {
    let label = |status| Label { status, currency: Currency::Usd, source: Some(0), note: String::new() };
    let column = |runs: &[(u32, u32)], amounts: &[i64]| Prices {
        labels: vec![label(PriceStatus::Listed), label(PriceStatus::Ask)],
        runs: runs.to_vec(),
        amounts: amounts.to_vec(),
    };
    let unpack = |runs: &[(u32, u32)], amounts: &[i64], count: usize| {
        column(runs, amounts).unpack(count, 1).map(|prices| prices.len())
    };
    assert_eq!(unpack(&[(1, 0), (2, 1)], &[5], 3), Ok(3));
    assert_eq!(
        unpack(&[(u32::MAX, 1), (u32::MAX, 1)], &[], 3),
        Err(CatalogError::Damaged("the number of prices is wrong"))
    );
    assert_eq!(unpack(&[(1, 2)], &[5], 1), Err(CatalogError::Damaged("a price has no label")));
    assert_eq!(unpack(&[(1, 0)], &[], 1), Err(CatalogError::Damaged("a price has no amount")));
    assert_eq!(unpack(&[(1, 0)], &[0], 1), Err(CatalogError::Damaged("a price has no amount")));
    assert_eq!(unpack(&[(1, 1)], &[5], 1), Err(CatalogError::Damaged("there are more amounts than prices")));
    assert_eq!(column(&[(1, 0)], &[5]).unpack(1, 0), Err(CatalogError::Damaged("a price has no source")));
}

proptest! {
    #[test]
    fn any_bytes_are_refused_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..200), file in 0..4_usize) {
        let packs = packs();
        let header = &packs.values().nth(file).expect("four files")[..HEADER];
        let hostile = [header, &bytes[..]].concat();
        let mut catalog = catalog();
        let before = catalog.clone();
        let loaded = (load_core(&hostile).is_ok(), catalog.load_instances(&hostile).is_ok());
        prop_assert!(loaded.1 || catalog == before, "a refused file changed something");
    }

    #[test]
    fn files_with_a_byte_changed_or_cut_off_never_panic(file in 0..4_usize, at in any::<prop::sample::Index>(), to in any::<u8>(), cut in any::<bool>()) {
        let packs = packs();
        let mut bytes = packs.values().nth(file).expect("four files").clone();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = to }
        let mut catalog = catalog();
        let loaded = (load_core(&bytes).is_ok(), catalog.load_instances(&bytes).is_ok());
        prop_assert!(!cut || loaded == (false, false), "a file without its end was taken");
    }
}
