//! What it would mean to run a machine elsewhere: the edit that says so, and what differs in the plan with it.

use crate::engine::model::{FootprintId, MachineId, Money, Rule, RuleId, RuleKind, Scenario, Selector};
use crate::engine::outcome::Outcome;
use crate::engine::placement::{Assignment, Plan};

use super::update::edit_scenario;
use super::{Edit, places};

/// Where the user wants a machine to run, by a rule of its own; `None` where it is cheapest.
pub fn pinned(scenario: &Scenario, machine: MachineId) -> Option<FootprintId> {
    own_rule(scenario, machine).and_then(|rule| rule.kind.footprints().first().copied())
}

/// The edit that runs a machine in a footprint, or where it is cheapest; `None` where it is so already.
pub fn edit(scenario: &Scenario, machine: MachineId, to: Option<FootprintId>) -> Option<Edit> {
    let own = own_rule(scenario, machine);
    if pinned(scenario, machine) == to {
        return None;
    }
    let Some(footprint) = to else { return own.map(|rule| Edit::RemoveRule(rule.id)) };
    let kind = RuleKind::Pin { machines: Selector::Machines(vec![machine]), footprint };
    let id = own.map(|rule| rule.id);
    let rule = Rule { id: id.unwrap_or(RuleId(0)), enabled: true, kind };
    Some(if id.is_some() { Edit::Rule(rule) } else { Edit::AddRule(rule) })
}

/// The inputs after such an edit.
pub fn after(scenario: &Scenario, edit: Edit) -> Scenario {
    let mut next = scenario.clone();
    edit_scenario(&mut next, edit);
    next
}

fn own_rule(scenario: &Scenario, machine: MachineId) -> Option<&Rule> {
    scenario.rules.iter().find(|rule| match &rule.kind {
        RuleKind::Pin { machines: Selector::Machines(ids), .. } => ids.as_slice() == [machine],
        _ => false,
    })
}

/// How a plan differs from the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The run rate, each month.
    pub monthly: Money,
    /// The total over the horizon.
    pub total: Money,
    /// Hosts that are kept.
    pub hosts: i64,
    /// Position in the plan's places of where the machine is then; `None` where it has no place.
    pub place: Option<u32>,
    /// Other machines that are then in another place.
    pub others: u64,
    /// Machines that have a place now and none then.
    pub lost: Vec<MachineId>,
    /// How many machines have none now and a place then.
    pub gained: u64,
    /// Rules that contradict each other then, and did not before.
    pub conflicts: bool,
}

/// How `then` differs from `now`, for whoever wants `machine` elsewhere. Both are of one scenario, rules left aside.
pub fn difference(now: &Outcome, then: &Outcome, machine: MachineId, scenario: &Scenario) -> Difference {
    let footprint_of = |plan: &Plan, of: &Assignment| plan.places.get(of.place as usize).map(|place| place.footprint);
    let mut others = 0;
    for assignment in then.plan.assignments.iter().filter(|assignment| assignment.machine != machine) {
        if let Some(before) = now.plan.assignment(assignment.machine)
            && footprint_of(&now.plan, before) != footprint_of(&then.plan, assignment)
        {
            others += 1;
        }
    }
    let is_placed = |outcome: &Outcome, id| outcome.plan.assignment(id).is_some();
    let lost = then.plan.unplaced.iter().map(|unplaced| unplaced.machine).filter(|&id| is_placed(now, id)).collect();
    let gained = now.plan.unplaced.iter().filter(|unplaced| is_placed(then, unplaced.machine)).count() as u64;
    Difference {
        monthly: then.ledger.run_rate() - now.ledger.run_rate(),
        total: then.ledger.total() - now.ledger.total(),
        hosts: kept(&then.plan, scenario) - kept(&now.plan, scenario),
        place: then.plan.assignment(machine).map(|assignment| assignment.place),
        others,
        lost,
        gained,
        conflicts: then.conflicts.len() > now.conflicts.len(),
    }
}

fn kept(plan: &Plan, scenario: &Scenario) -> i64 {
    places::of_plan(plan, scenario).0.iter().map(|(_, counts)| counts.hosts.cast_signed()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::placement::{Bind, PlacePlan, Slot, Unplaced};

    const HERE: FootprintId = FootprintId(1);
    const THERE: FootprintId = FootprintId(2);

    fn id(name: &str) -> MachineId {
        MachineId::of(&[name])
    }

    #[test]
    fn a_machine_has_one_rule_of_its_own_which_is_made_changed_and_removed() {
        let scenario = Scenario::default();
        assert!(edit(&scenario, id("a"), None).is_none(), "it is where it is cheapest already");
        let here = after(&scenario, edit(&scenario, id("a"), Some(HERE)).expect("a rule"));
        assert_eq!((here.rules.len(), pinned(&here, id("a")), pinned(&here, id("b"))), (1, Some(HERE), None));
        assert!(edit(&here, id("a"), Some(HERE)).is_none());
        let there = after(&here, edit(&here, id("a"), Some(THERE)).expect("another footprint"));
        assert_eq!((there.rules.len(), pinned(&there, id("a"))), (1, Some(THERE)));
        let free = after(&there, edit(&there, id("a"), None).expect("no rule"));
        assert_eq!(free.rules.len(), 0);
    }

    fn outcome(places: &[FootprintId], at: &[(&str, Option<u32>)]) -> Outcome {
        let mut outcome = Outcome::default();
        let plan = &mut outcome.plan;
        let place = |&footprint| PlacePlan { footprint, clusters: Vec::new(), instances: 0 };
        plan.places = places.iter().map(place).collect();
        for &(name, place) in at {
            match place {
                Some(place) => plan.assignments.push(Assignment {
                    machine: id(name),
                    place,
                    slot: Slot::Instance,
                    cost: Money::ZERO,
                    bind: Bind::SharesHosts,
                    next_best: None,
                    rejections: Vec::new(),
                }),
                None => plan.unplaced.push(Unplaced { machine: id(name), rejections: Vec::new(), remedy: None }),
            }
        }
        plan.assignments.sort_by_key(|assignment| assignment.machine);
        outcome
    }

    #[test]
    fn places_are_compared_by_footprint_and_losses_are_named() {
        let now = outcome(&[HERE, THERE], &[("a", Some(0)), ("b", Some(0)), ("c", Some(1)), ("d", None)]);
        // The same footprints in another order.
        let then = outcome(&[THERE, HERE], &[("a", Some(0)), ("b", Some(1)), ("c", None), ("d", Some(1))]);
        let found = difference(&now, &then, id("a"), &Scenario::default());
        assert_eq!((found.place, found.others, found.lost, found.gained), (Some(0), 0, vec![id("c")], 1));
        assert_eq!(difference(&now, &then, id("b"), &Scenario::default()).others, 1);
    }
}
