//! What rules say about one machine in one place.

use rustc_hash::FxHashSet;

use crate::engine::model::{FootprintId, Machine, MachineId, Rule, RuleKind, Scenario, Selector};
use crate::engine::placement::Refusal;

/// The rules that plans obey, in the order of their ids.
pub(super) struct RuleBook<'a> {
    rules: Vec<Entry<'a>>,
}

struct Entry<'a> {
    rule: &'a Rule,
    /// The machines of a rule that lists them, for a quick look.
    listed: Option<FxHashSet<MachineId>>,
}

impl<'a> RuleBook<'a> {
    /// The enabled rules of a scenario.
    pub fn of(scenario: &'a Scenario) -> Self {
        let mut rules: Vec<Entry<'a>> = scenario
            .rules
            .iter()
            .filter(|rule| rule.enabled)
            .map(|rule| {
                let listed = match rule.kind.selector() {
                    Selector::Machines(ids) => Some(ids.iter().copied().collect()),
                    Selector::Cluster(_) | Selector::Name(_) => None,
                };
                Entry { rule, listed }
            })
            .collect();
        rules.sort_by_key(|entry| entry.rule.id);
        Self { rules }
    }

    /// Positions of the rules that touch a machine.
    pub fn of_machine(&self, machine: &Machine) -> Vec<usize> {
        let touches = |entry: &Entry<'_>| match &entry.listed {
            Some(listed) => listed.contains(&machine.id),
            None => entry.rule.kind.selector().selects(machine),
        };
        self.rules.iter().enumerate().filter(|(_, entry)| touches(entry)).map(|(position, _)| position).collect()
    }

    /// The first of the rules at `positions` that keeps a machine out of a place. Two pins to different places so refuse every place, each naming the other.
    pub fn refuses(&self, positions: &[usize], footprint: FootprintId) -> Option<Refusal> {
        positions.iter().map(|&position| self.rules[position].rule).find_map(|rule| {
            let refused = match &rule.kind {
                RuleKind::Pin { footprint: pinned, .. } => *pinned != footprint,
                RuleKind::Forbid { footprint: forbidden, .. } => *forbidden == footprint,
            };
            refused.then_some(Refusal::Rule(rule.id))
        })
    }
}
