//! What each rule costs: found by solving without it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::charges::{RuleCharge, rule_charges};
use super::{Budget, Plan, Problem, solve_in_turns};
use basics::progress::Progress;
use basics::{MachineId, Money, RuleId};

/// What a rule costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleCost {
    /// Which rule.
    pub rule: RuleId,
    /// What the plan with all rules costs more than the best one that was found without this rule; never below nothing, because a plan that keeps a rule is
    /// one without it, too. Compared only where both leave the same number of machines without a place.
    pub saved: Option<Money>,
    /// No plan without the rule saves more than this, for the machines that have a place; `None` where other machines have one without it.
    pub at_most: Option<Money>,
    /// What the rule itself charges for the plan: licences, traffic.
    pub charged: Money,
    /// Machines without a place, with the rule.
    pub unplaced: u32,
    /// Machines without a place, without it.
    pub unplaced_without: u32,
}

/// What each rule of a problem costs, found in [`basics::turns`] by solving without it under this budget, beside the plan that keeps all of them. Sorted by rule. Stopped by
/// `progress`, it tells of the rules it came to.
pub async fn rule_costs(problem: &Problem, plan: &Plan, budget: Budget, progress: &mut dyn Progress) -> Vec<RuleCost> {
    let mut rules: Vec<RuleId> = problem.constraints().iter().map(|constraint| constraint.rule).collect();
    rules.dedup();
    let charges = rule_charges(problem, plan);
    let mut costs = Vec::with_capacity(rules.len());
    for (done, &rule) in rules.iter().enumerate() {
        if progress.tick("rules", done as u64, rules.len() as u64).is_break() {
            break;
        }
        let without = problem.with_rules(|other| other != rule);
        let without = solve_in_turns(&without, budget, &mut Unheard(progress)).await;
        let charged: Money = charges.iter().filter(|charge| charge.rule == rule).map(RuleCharge::total).sum();
        costs.push(compare(rule, plan, &without, charged));
    }
    costs
}

fn compare(rule: RuleId, plan: &Plan, without: &Plan, charged: Money) -> RuleCost {
    // The plan itself, without what the rule charges, is one without the rule.
    let known = plan.cost - charged;
    let placed = |plan: &Plan| plan.assignments.iter().map(|assignment| assignment.machine).collect::<Vec<MachineId>>();
    let same = placed(plan) == placed(without);
    let as_many = plan.unplaced.len() == without.unplaced.len();
    RuleCost {
        rule,
        saved: as_many.then(|| plan.cost - known.min(without.cost)),
        at_most: same.then(|| plan.cost - without.lower_bound.min(known)),
        charged,
        unplaced: plan.unplaced.len() as u32,
        unplaced_without: without.unplaced.len() as u32,
    }
}

/// Passes on whether to stop, and not how far one of many solutions is.
struct Unheard<'a>(&'a mut dyn Progress);

impl Progress for Unheard<'_> {
    fn tick(&mut self, _phase: &'static str, _done: u64, _total: u64) -> std::ops::ControlFlow<()> {
        self.0.tick("rules", 0, 0)
    }
}
