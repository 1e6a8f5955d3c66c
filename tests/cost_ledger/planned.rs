//! The whole chain with real plans: the checker accepts them, and their cost is the total of their ledger.

use groundwork::engine::model::{
    Estate, FootprintId, FootprintKind, MachineEdit, MiB, Money, Rule, RuleId, RuleKind, Scenario, Selector,
};
use groundwork::engine::placement::{Budget, Refusal, check};
use groundwork::engine::progress::Silent;
use groundwork::engine::{Outcome, outcome, plan_scenario};
use proptest::prelude::*;

use crate::fixture::{HOME, INSTANCES, NODES, SERVERS, catalog, check_arithmetic, estate, home, scenario};

const BUDGET: Budget = Budget { steps: 20, seed: 1 };

/// Plans.
pub fn found(estate: &Estate, scenario: &Scenario) -> Outcome {
    plan_scenario(estate, scenario, &catalog(), BUDGET, &mut Silent)
}

/// Plans, and checks what holds for every plan without lines beside what the solver sees.
pub fn planned(estate: &Estate, scenario: &Scenario) -> Outcome {
    let outcome = found(estate, scenario);
    let (catalog, budget) = (catalog(), BUDGET);
    let problem = outcome::problem(estate, scenario, &catalog);
    assert_eq!(check(&problem, &outcome.plan), Ok(()));
    assert_eq!(outcome.ledger.total(), outcome.plan.cost);
    check_arithmetic(&outcome.ledger);
    assert_eq!(outcome.plan.assignments.len() + outcome.plan.unplaced.len(), problem.items().len());
    assert_eq!(plan_scenario(estate, scenario, &catalog, budget, &mut Silent), outcome, "the same again");
    outcome
}

#[test]
fn a_small_estate_stays_where_it_is_paid_for() {
    let outcome = planned(&estate(6), &Scenario { footprints: vec![home()], ..scenario() });
    assert!(outcome.plan.unplaced.is_empty());
    assert!(outcome.ledger.total() <= outcome.staying.total());
}

#[test]
fn pinned_machines_go_where_they_are_pinned_and_pay_there() {
    let mut scenario = scenario();
    let pin = |id, name: &str, footprint| Rule {
        id: RuleId(id),
        enabled: true,
        kind: RuleKind::Pin { machines: Selector::Name(name.to_owned()), footprint },
    };
    scenario.rules =
        vec![pin(1, "vm-000", INSTANCES), pin(2, "vm-001", NODES), pin(3, "vm-002", SERVERS), pin(4, "vm-003", HOME)];
    let outcome = planned(&estate(4), &scenario);
    assert!(outcome.plan.unplaced.is_empty(), "{:?}", outcome.plan.unplaced);
    for footprint in [HOME, NODES, INSTANCES, SERVERS] {
        assert!(outcome.ledger.of(Some(footprint)).next().is_some(), "{footprint:?}");
    }
    assert_eq!(outcome.instance_choices.len(), 1);
}

#[test]
fn a_contradiction_is_named_by_both_of_its_rules() {
    let pin = |id, footprint| Rule {
        id: RuleId(id),
        enabled: true,
        kind: RuleKind::Pin { machines: Selector::Name("*".to_owned()), footprint },
    };
    let scenario = Scenario { rules: vec![pin(1, HOME), pin(2, NODES)], ..scenario() };
    let outcome = planned(&estate(1), &scenario);
    let refusals: Vec<Refusal> =
        outcome.plan.unplaced[0].rejections.iter().map(|rejection| rejection.refusal).collect();
    let (first, second) = (Refusal::Rule(RuleId(1)), Refusal::Rule(RuleId(2)));
    assert_eq!(refusals, [second, first, first, first]);
    assert!(outcome.ledger.not_priced.iter().any(|sentence| sentence.starts_with("1 machine has no place")));
}

#[test]
fn an_estate_with_nothing_in_it_costs_nothing() {
    let outcome = planned(&Estate::default(), &Scenario::default());
    assert_eq!((outcome.ledger.total(), outcome.staying.total()), (Money::ZERO, Money::ZERO));
    // A scenario without places leaves its machines without one.
    let outcome = planned(&estate(3), &Scenario::default());
    assert_eq!(outcome.plan.unplaced.len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_is_valid_and_costs_what_its_ledger_says(
        sizes in proptest::collection::vec((1_u32..12, 1_u64..64, 1_u64..3_000), 0..24),
        off in proptest::collection::vec(1_u32..5, 0..2), may_retire: bool, host_failures in 0_u32..3, overcommit in 100_u32..500,
    ) {
        let (estate, mut scenario) = (estate(sizes.len() as u32), scenario());
        for (machine, &(vcpus, memory, storage)) in estate.machines.iter().zip(&sizes) {
            let edit = MachineEdit {
                vcpus: Some(vcpus),
                memory: Some(MiB::from_gib(memory)),
                storage: Some(MiB::from_gib(storage)),
                ..MachineEdit::default()
            };
            scenario.edits.insert(machine.id, edit);
        }
        for footprint in &mut scenario.footprints {
            footprint.enabled = !off.iter().any(|&id| FootprintId(id) == footprint.id);
            if let FootprintKind::Cluster(chosen) = &mut footprint.kind {
                chosen.may_retire = may_retire;
            }
        }
        scenario.policy.host_failures = host_failures;
        scenario.policy.vcpu_per_core_pct = overcommit;
        let outcome = planned(&estate, &scenario);
        prop_assert!(outcome.plan.lower_bound <= outcome.plan.cost);
    }
}
