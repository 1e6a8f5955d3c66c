//! What it would mean to run machines elsewhere: the edit that says so, and what differs in the plan with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::cost::over_time;
use crate::engine::model::{FootprintId, MachineId, Money, Rule, RuleId, RuleKind, Scenario, Selector};
use crate::engine::outcome::Outcome;
use crate::engine::placement::Plan;

use super::update::edit_scenario;
use super::{Edit, places};

/// Where machines are to run: in a footprint, or where it is cheapest.
pub type Wanted = Vec<(Option<FootprintId>, Vec<MachineId>)>;

/// Where the user wants machines to run that are named one by one in rules.
pub fn pins(scenario: &Scenario) -> BTreeMap<MachineId, FootprintId> {
    let mut pins = BTreeMap::new();
    for rule in scenario.rules.iter().filter(|rule| rule.enabled) {
        if let RuleKind::Pin { machines: Selector::Machines(ids), footprint } = &rule.kind {
            pins.extend(ids.iter().map(|&id| (id, *footprint)));
        }
    }
    pins
}

/// Where the user wants a machine to run; `None` where it is cheapest.
pub fn pinned(scenario: &Scenario, machine: MachineId) -> Option<FootprintId> {
    pins(scenario).get(&machine).copied()
}

/// The edit that runs machines in a footprint, or where it is cheapest; `None` where all are told so already.
pub fn edit(scenario: &Scenario, machines: &[MachineId], to: Option<FootprintId>) -> Option<Edit> {
    let pins = pins(scenario);
    let others: Vec<MachineId> = machines.iter().copied().filter(|id| pins.get(id).copied() != to).collect();
    (!others.is_empty()).then(|| Edit::Run(vec![(to, others)]))
}

/// The edit that keeps machines where the plan has them, whatever is cheaper later; `None` where all are kept already.
pub fn lock(scenario: &Scenario, plan: &Plan, machines: &[MachineId]) -> Option<Edit> {
    let pins = pins(scenario);
    let mut wanted: BTreeMap<FootprintId, Vec<MachineId>> = BTreeMap::new();
    for &machine in machines {
        let place = plan.assignment(machine).and_then(|assignment| plan.places.get(assignment.place as usize));
        if let Some(place) = place.filter(|place| pins.get(&machine) != Some(&place.footprint)) {
            wanted.entry(place.footprint).or_default().push(machine);
        }
    }
    let wanted: Wanted = wanted.into_iter().map(|(footprint, machines)| (Some(footprint), machines)).collect();
    (!wanted.is_empty()).then_some(Edit::Run(wanted))
}

/// Carries that out: the machines leave the rules that name them, and get one for each footprint.
pub(super) fn run(scenario: &mut Scenario, wanted: Wanted) {
    let moved: BTreeSet<MachineId> = wanted.iter().flat_map(|(_, machines)| machines.iter().copied()).collect();
    scenario.rules.retain_mut(|rule| {
        let RuleKind::Pin { machines: Selector::Machines(ids), .. } = &mut rule.kind else { return true };
        let before = ids.len();
        ids.retain(|id| !moved.contains(id));
        !ids.is_empty() || before == 0
    });
    for (footprint, machines) in wanted {
        if let Some(footprint) = footprint {
            let kind = RuleKind::Pin { machines: Selector::Machines(machines), footprint };
            edit_scenario(scenario, Edit::AddRule(Rule { id: RuleId(0), enabled: true, kind }));
        }
    }
}

/// The inputs after such an edit.
pub fn after(scenario: &Scenario, edit: Edit) -> Scenario {
    let mut next = scenario.clone();
    edit_scenario(&mut next, edit);
    next
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
    /// Where the machines are then: position in the plan's places, `None` for no place, and how many. Most first.
    pub there: Vec<(Option<u32>, u64)>,
    /// Other machines that are then in another place.
    pub others: u64,
    /// Machines that have a place now and none then.
    pub lost: Vec<MachineId>,
    /// How many machines have none now and a place then.
    pub gained: u64,
    /// Rules that contradict each other then, and did not before.
    pub conflicts: bool,
}

/// How `then` differs from `now`, for whoever wants `machines` elsewhere. Both are of one scenario, rules left aside.
pub fn difference(now: &Outcome, then: &Outcome, machines: &[MachineId], scenario: &Scenario) -> Difference {
    let moved: BTreeSet<MachineId> = machines.iter().copied().collect();
    let footprint = |plan: &Plan, place: u32| plan.places.get(place as usize).map(|place| place.footprint);
    let mut others = 0;
    let mut there: BTreeMap<Option<u32>, u64> = BTreeMap::new();
    for assignment in &then.plan.assignments {
        if moved.contains(&assignment.machine) {
            *there.entry(Some(assignment.place)).or_default() += 1;
        } else if let Some(before) = now.plan.assignment(assignment.machine)
            && footprint(&now.plan, before.place) != footprint(&then.plan, assignment.place)
        {
            others += 1;
        }
    }
    let placed: u64 = there.values().sum();
    if placed < moved.len() as u64 {
        there.insert(None, moved.len() as u64 - placed);
    }
    let mut there: Vec<(Option<u32>, u64)> = there.into_iter().collect();
    there.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let total = |outcome: &Outcome| over_time(&outcome.ledger, &scenario.assumptions.finance).total();
    let is_placed = |outcome: &Outcome, id| outcome.plan.assignment(id).is_some();
    let lost = then.plan.unplaced.iter().map(|unplaced| unplaced.machine).filter(|&id| is_placed(now, id)).collect();
    let gained = now.plan.unplaced.iter().filter(|unplaced| is_placed(then, unplaced.machine)).count() as u64;
    Difference {
        monthly: then.ledger.run_rate() - now.ledger.run_rate(),
        total: total(then) - total(now),
        hosts: kept(&then.plan, scenario) - kept(&now.plan, scenario),
        there,
        others,
        lost,
        gained,
        conflicts: then.conflicts.len() > now.conflicts.len(),
    }
}

fn kept(plan: &Plan, scenario: &Scenario) -> i64 {
    places::hosts_in_use(plan, scenario).0.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::placement::{Assignment, Bind, PlacePlan, Slot, Unplaced};

    const HERE: FootprintId = FootprintId(1);
    const THERE: FootprintId = FootprintId(2);

    fn id(name: &str) -> MachineId {
        MachineId::of(&[name])
    }

    #[test]
    fn a_machine_has_one_rule_of_its_own_which_is_made_changed_and_removed() {
        let scenario = Scenario::default();
        assert!(edit(&scenario, &[id("a")], None).is_none(), "it is where it is cheapest already");
        let here = after(&scenario, edit(&scenario, &[id("a")], Some(HERE)).expect("a rule"));
        assert_eq!((here.rules.len(), pinned(&here, id("a")), pinned(&here, id("b"))), (1, Some(HERE), None));
        assert!(edit(&here, &[id("a")], Some(HERE)).is_none());
        let there = after(&here, edit(&here, &[id("a")], Some(THERE)).expect("another footprint"));
        assert_eq!((there.rules.len(), pinned(&there, id("a"))), (1, Some(THERE)));
        let free = after(&there, edit(&there, &[id("a")], None).expect("no rule"));
        assert_eq!(free.rules.len(), 0);
    }

    #[test]
    fn several_machines_share_a_rule_and_leave_those_that_named_them() {
        let all = [id("a"), id("b"), id("c")];
        let here = after(&Scenario::default(), edit(&Scenario::default(), &all, Some(HERE)).expect("a rule"));
        assert_eq!((here.rules.len(), pins(&here).len()), (1, 3));
        // One of them goes elsewhere, the others stay in their rule.
        let apart = after(&here, edit(&here, &[id("b")], Some(THERE)).expect("a rule"));
        assert_eq!((apart.rules.len(), pinned(&apart, id("a")), pinned(&apart, id("b"))), (2, Some(HERE), Some(THERE)));
        // Only those that are not there yet are told to go.
        let back = edit(&apart, &all, Some(HERE)).expect("one to move");
        assert!(matches!(&back, Edit::Run(wanted) if wanted.as_slice() == [(Some(HERE), vec![id("b")])]));
        assert_eq!(pins(&after(&apart, back)).into_values().collect::<Vec<_>>(), [HERE; 3]);
        // A rule that is switched off holds nobody.
        let mut off = here;
        off.rules[0].enabled = false;
        assert_eq!(pinned(&off, id("a")), None);
    }

    #[test]
    fn machines_are_locked_where_the_plan_has_them() {
        let plan = outcome(&[HERE, THERE], &[("a", Some(0)), ("b", Some(1)), ("c", None), ("d", Some(1))]).plan;
        let machines = ["a", "b", "c", "d"].map(id);
        let locked = after(&Scenario::default(), lock(&Scenario::default(), &plan, &machines).expect("three to lock"));
        assert_eq!(locked.rules.len(), 2);
        assert_eq!(
            ["a", "b", "c", "d"].map(|name| pinned(&locked, id(name))),
            [Some(HERE), Some(THERE), None, Some(THERE)]
        );
        assert!(lock(&locked, &plan, &machines).is_none(), "what has a place is locked already");
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
        // The same footprints in another order: a stays, b goes there or stays with it.
        let then = outcome(&[THERE, HERE], &[("a", Some(1)), ("b", Some(0)), ("c", None), ("d", Some(1))]);
        let found = difference(&now, &then, &[id("a")], &Scenario::default());
        assert_eq!((found.there, found.others), (vec![(Some(1), 1)], 1));
        assert_eq!((found.lost, found.gained), (vec![id("c")], 1));
        let several = difference(&now, &then, &[id("a"), id("b"), id("c")], &Scenario::default());
        assert_eq!((several.there, several.others), (vec![(None, 1), (Some(0), 1), (Some(1), 1)], 0));
    }
}
