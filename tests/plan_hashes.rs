//! The same input gives the same plan, bit for bit: here natively, in `wasm_worker/determinism.rs` in a browser, with the same constants.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/estates.rs"]
mod estates;
#[path = "common/hashes.rs"]
mod hashes;

use groundwork::engine::model::FootprintKind;

#[test]
fn plans_have_the_known_hashes() {
    let results = estates::results();
    let expected = hashes::PLAN_HASHES.map(|(name, hash, plan, staying)| (name, hash.to_owned(), plan, staying));
    let lines: String = results.iter().map(|result| format!("    {result:?},\n")).collect();
    assert_eq!(results, expected, "if plans are meant to change, put these into tests/common/hashes.rs:\n{lines}");
}

#[test]
fn the_estates_are_worth_hashing() {
    let catalog = estates::catalog();
    let mut kinds_used = [false; 3];
    for case in estates::cases() {
        let plan = case.plan(&catalog).plan;
        assert!(plan.assignments.len() >= 20, "{}: {} machines are placed", case.name, plan.assignments.len());
        for assignment in &plan.assignments {
            let footprint = plan.places[assignment.place as usize].footprint;
            let footprint = case.scenario.footprint(footprint).expect("plans use footprints of the scenario");
            kinds_used[match footprint.kind {
                FootprintKind::Cluster(_) => 0,
                FootprintKind::Hosts(_) => 1,
                FootprintKind::Instances(_) => 2,
            }] = true;
        }
    }
    assert_eq!(kinds_used, [true; 3], "existing clusters, rented hosts, instances");
}
