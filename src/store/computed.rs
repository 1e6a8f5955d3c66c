//! Final results that are kept: those of the scenarios that are there, and of what they were a moment ago.
//!
//! A final result depends on its inputs alone, not on how one came to them, so going to another scenario, or back by undo, needs no new plan.

use std::rc::Rc;

use super::Shared;
use crate::engine::model::{Estate, Project, Scenario};
use crate::engine::outcome::Outcome;

/// Results of inputs that no scenario has now: enough for a few steps of undo, and small beside an estate.
const SPARE: usize = 4;

/// Final results by their inputs, the newest last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Computed(Vec<Entry>);

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    estate: Rc<Estate>,
    /// Without its name, on which nothing depends.
    scenario: Scenario,
    outcome: Shared<Outcome>,
}

impl Entry {
    fn is_of(&self, estate: &Rc<Estate>, scenario: &Scenario) -> bool {
        Rc::ptr_eq(&self.estate, estate) && same_inputs(&self.scenario, scenario)
    }
}

/// Whether two scenarios give the same result: all but their names is the same.
pub fn same_inputs(a: &Scenario, b: &Scenario) -> bool {
    let Scenario { name: _, policy, footprints, rules, links, edits, assumptions, prices, objective, search } = a;
    *policy == b.policy
        && *footprints == b.footprints
        && *rules == b.rules
        && *links == b.links
        && *edits == b.edits
        && *assumptions == b.assumptions
        && *prices == b.prices
        && *objective == b.objective
        && *search == b.search
}

impl Computed {
    /// The result of these inputs, where it is known.
    pub fn find(&self, estate: &Rc<Estate>, scenario: &Scenario) -> Option<&Shared<Outcome>> {
        self.0.iter().rev().find(|entry| entry.is_of(estate, scenario)).map(|entry| &entry.outcome)
    }

    /// With one more result. What no scenario of `project` has as its inputs is forgotten, but for the newest few.
    pub(super) fn and(
        &self,
        project: &Project,
        estate: Rc<Estate>,
        scenario: &Scenario,
        outcome: Shared<Outcome>,
    ) -> Self {
        let mut entries: Vec<Entry> = self.0.iter().filter(|entry| !entry.is_of(&estate, scenario)).cloned().collect();
        entries.push(Entry { estate, scenario: scenario.clone(), outcome });
        let is_needed = |entry: &Entry| project.scenarios.iter().any(|scenario| entry.is_of(&project.estate, scenario));
        let mut spare = entries.iter().filter(|entry| !is_needed(entry)).count();
        entries.retain(|entry| {
            let keep = is_needed(entry) || spare <= SPARE;
            spare -= usize::from(!is_needed(entry));
            keep
        });
        Self(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(slacks: &[&str]) -> Project {
        let scenarios = slacks.iter().map(|prices| scenario(prices)).collect();
        Project { scenarios, ..Project::default() }
    }

    fn scenario(prices: &str) -> Scenario {
        Scenario { prices: prices.to_owned(), ..Scenario::default() }
    }

    fn outcome() -> Shared<Outcome> {
        Shared::new(Outcome::default())
    }

    #[test]
    fn results_are_found_by_inputs_and_not_by_name() {
        let project = project(&["a"]);
        let computed = Computed::default().and(&project, Rc::clone(&project.estate), &scenario("a"), outcome());
        let renamed = Scenario { name: "Other".to_owned(), ..scenario("a") };
        assert!(computed.find(&project.estate, &renamed).is_some());
        assert!(computed.find(&project.estate, &scenario("b")).is_none());
        assert!(computed.find(&Rc::default(), &scenario("a")).is_none(), "another estate");
    }

    #[test]
    fn the_newest_spare_results_and_all_needed_ones_are_kept() {
        let project = project(&["needed"]);
        let names = ["needed", "1", "2", "3", "4", "5", "6"];
        let computed = names.iter().fold(Computed::default(), |computed, name| {
            computed.and(&project, Rc::clone(&project.estate), &scenario(name), outcome())
        });
        let kept: Vec<bool> =
            names.iter().map(|name| computed.find(&project.estate, &scenario(name)).is_some()).collect();
        assert_eq!(kept, [true, false, false, true, true, true, true]);
    }

    #[test]
    fn a_result_takes_the_place_of_an_earlier_one() {
        let project = project(&["a"]);
        let one = Computed::default().and(&project, Rc::clone(&project.estate), &scenario("a"), outcome());
        let two = one.and(&project, Rc::clone(&project.estate), &scenario("a"), outcome());
        assert_eq!(two.0.len(), 1);
    }
}
