//! Traffic between applications as a grid: the rules about it ([`RuleKind::Traffic`]) between two applications, read and written by cells.

use std::collections::BTreeMap;

use super::Edit;
use crate::engine::model::{Estate, Rule, RuleId, RuleKind, Scenario, Selector};

/// An application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// What it is called.
    pub name: String,
    /// Its machines; 0 where only rules name it.
    pub machines: usize,
    /// GiB a month that it sends to all others and to itself.
    pub sends: u64,
    /// GiB a month that it receives.
    pub receives: u64,
}

/// What one application sends to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// GiB a month.
    pub gib: u64,
    /// The rules that say so.
    pub rules: Vec<RuleId>,
    /// A rule between the two that says nothing of this way.
    spare: Option<RuleId>,
}

impl Flow {
    /// Whether it can be changed here: what several rules say is changed where they stand.
    pub const fn can_be_set(&self) -> bool {
        self.rules.len() < 2
    }
}

/// All applications of a scenario, and what they send each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// The applications, in the order of their names.
    pub applications: Vec<Application>,
    /// From and to, by their positions.
    flows: BTreeMap<(usize, usize), Flow>,
    /// GiB a month between all of them.
    pub total: u64,
    /// Rules about traffic that are not between two applications, or are off: they are not in the grid.
    pub elsewhere: usize,
}

/// The two applications that a rule is between, and the GiB a month there and back; `None` where it is another rule, or is off.
fn between(rule: &Rule) -> Option<(&str, &str, [u64; 2])> {
    match &rule.kind {
        RuleKind::Traffic {
            machines: Selector::Application(from),
            others: Selector::Application(to),
            gib_per_month,
            gib_per_month_back,
        } if rule.enabled => Some((from, to, [*gib_per_month, *gib_per_month_back])),
        _ => None,
    }
}

impl Traffic {
    /// What `scenario` says of the machines of `estate`.
    pub fn of(estate: &Estate, scenario: &Scenario) -> Self {
        let mut machines: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, edit) in &scenario.edits {
            if let Some(name) = &edit.application
                && estate.machine(*id).is_some()
            {
                *machines.entry(name).or_default() += 1;
            }
        }
        for (from, to, _) in scenario.rules.iter().filter_map(between) {
            machines.entry(from).or_default();
            machines.entry(to).or_default();
        }
        let positions: BTreeMap<&str, usize> = machines.keys().zip(0..).map(|(name, at)| (*name, at)).collect();
        let application = |(name, &machines): (&&str, &usize)| Application {
            name: (*name).to_owned(),
            machines,
            sends: 0,
            receives: 0,
        };
        let mut traffic = Self { applications: machines.iter().map(application).collect(), ..Self::default() };
        for rule in &scenario.rules {
            match between(rule) {
                Some((from, to, gib)) => traffic.add(rule.id, (positions[from], positions[to]), gib),
                None => traffic.elsewhere += usize::from(matches!(rule.kind, RuleKind::Traffic { .. })),
            }
        }
        traffic
    }

    fn add(&mut self, rule: RuleId, (from, to): (usize, usize), [there, back]: [u64; 2]) {
        // Within an application there is no direction.
        let ways = if from == to {
            vec![(from, to, there.saturating_add(back))]
        } else {
            vec![(from, to, there), (to, from, back)]
        };
        for (from, to, gib) in ways {
            let flow = self.flows.entry((from, to)).or_default();
            flow.gib = flow.gib.saturating_add(gib);
            if gib > 0 {
                flow.rules.push(rule);
            } else {
                flow.spare = flow.spare.or(Some(rule));
            }
            self.applications[from].sends = self.applications[from].sends.saturating_add(gib);
            self.applications[to].receives = self.applications[to].receives.saturating_add(gib);
            self.total = self.total.saturating_add(gib);
        }
    }

    /// What one application sends to another, by their positions.
    pub fn flow(&self, from: usize, to: usize) -> Flow {
        self.flows.get(&(from, to)).cloned().unwrap_or_default()
    }

    /// The positions of those whose name has `text` in it, at most so many: those with traffic first, then those with most machines; in the order of names.
    pub fn shown(&self, text: &str, most: usize) -> Vec<usize> {
        let text = crate::engine::letters::folded(text.trim());
        let found = |at: &usize| crate::engine::letters::folded(&self.applications[*at].name).contains(&text);
        let mut positions: Vec<usize> = (0..self.applications.len()).filter(found).collect();
        positions.sort_by_key(|&at| {
            let application = &self.applications[at];
            let is_quiet = application.sends == 0 && application.receives == 0;
            (is_quiet, std::cmp::Reverse(application.machines), at)
        });
        positions.truncate(most);
        positions.sort_unstable();
        positions
    }

    /// The edit after which an application sends so much to another: one step, whether that needs a rule, changes one, or needs none any more. `None` where
    /// nothing changes, or several rules say it.
    pub fn set(&self, scenario: &Scenario, from: usize, to: usize, gib: u64) -> Option<Edit> {
        let flow = self.flow(from, to);
        if flow.gib == gib || !flow.can_be_set() {
            return None;
        }
        let [name_from, name_to] = [from, to].map(|at| self.applications.get(at).map(|it| it.name.clone()));
        let (name_from, name_to) = (name_from?, name_to?);
        let Some(id) = flow.rules.first().or(flow.spare.as_ref()) else {
            let kind = RuleKind::Traffic {
                machines: Selector::Application(name_from),
                others: Selector::Application(name_to),
                gib_per_month: gib,
                gib_per_month_back: 0,
            };
            return Some(Edit::AddRule(Rule { id: RuleId(0), enabled: true, kind }));
        };
        let mut rule = scenario.rules.iter().find(|rule| rule.id == *id)?.clone();
        if let RuleKind::Traffic { machines, gib_per_month, gib_per_month_back, .. } = &mut rule.kind {
            if from == to {
                (*gib_per_month, *gib_per_month_back) = (gib, 0);
            } else if *machines == Selector::Application(name_from) {
                *gib_per_month = gib;
            } else {
                *gib_per_month_back = gib;
            }
            if *gib_per_month == 0 && *gib_per_month_back == 0 {
                return Some(Edit::RemoveRule(rule.id));
            }
        }
        Some(Edit::Rule(rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Machine, MachineEdit, MachineId};

    fn project(of: &[(&str, &str)]) -> (Estate, Scenario) {
        let machine = |&(name, _): &(&str, &str)| Machine {
            id: MachineId::of(&[name]),
            name: name.to_owned(),
            ..Machine::default()
        };
        let mut estate = Estate { machines: of.iter().map(machine).collect(), ..Estate::default() };
        estate.sort();
        let mut scenario = Scenario::default();
        for (name, application) in of {
            let edit = MachineEdit { application: Some((*application).to_owned()), ..MachineEdit::default() };
            scenario.edits.insert(MachineId::of(&[name]), edit);
        }
        (estate, scenario)
    }

    fn rule(id: u32, from: &str, to: &str, gib: [u64; 2]) -> Rule {
        let of = |name: &str| Selector::Application(name.to_owned());
        let [gib_per_month, gib_per_month_back] = gib;
        let kind = RuleKind::Traffic { machines: of(from), others: of(to), gib_per_month, gib_per_month_back };
        Rule { id: RuleId(id), enabled: true, kind }
    }

    fn sample() -> (Estate, Scenario) {
        let (estate, mut scenario) = project(&[("a1", "ERP"), ("a2", "ERP"), ("b1", "Shop"), ("c1", "Web")]);
        scenario.rules =
            vec![rule(1, "Shop", "ERP", [100, 20]), rule(2, "Shop", "Shop", [5, 2]), rule(3, "Gone", "Web", [1, 0])];
        (estate, scenario)
    }

    #[test]
    fn rules_between_applications_are_the_grid_and_its_sums() {
        let (estate, mut scenario) = sample();
        let off = Rule { enabled: false, ..rule(4, "ERP", "Web", [1000, 0]) };
        let mut other = rule(5, "ERP", "Web", [1000, 0]);
        if let RuleKind::Traffic { others, .. } = &mut other.kind {
            *others = Selector::All;
        }
        scenario.rules.extend([off, other]);
        let traffic = Traffic::of(&estate, &scenario);
        let told: Vec<_> =
            traffic.applications.iter().map(|it| (&*it.name, it.machines, it.sends, it.receives)).collect();
        assert_eq!(told, [("ERP", 2, 20, 100), ("Gone", 0, 1, 0), ("Shop", 1, 107, 27), ("Web", 1, 0, 1)]);
        assert_eq!((traffic.total, traffic.elsewhere), (128, 2));
        assert_eq!(traffic.flow(2, 0).gib, 100);
        assert_eq!(traffic.flow(0, 2).gib, 20);
        assert_eq!(traffic.flow(2, 2).gib, 7, "within an application there is no direction");
        assert_eq!(traffic.flow(0, 3), Flow::default());
    }

    #[test]
    fn a_cell_is_one_edit_whatever_rule_it_needs() {
        let (estate, scenario) = sample();
        let traffic = Traffic::of(&estate, &scenario);
        let set = |from, to, gib| traffic.set(&scenario, from, to, gib);
        let changed = |edit: Option<Edit>| match edit {
            Some(Edit::Rule(rule)) => rule,
            other => panic!("{other:?}"),
        };
        assert_eq!(changed(set(2, 0, 7)), rule(1, "Shop", "ERP", [7, 20]));
        assert_eq!(changed(set(0, 2, 7)), rule(1, "Shop", "ERP", [100, 7]), "the way back is in the same rule");
        assert_eq!(changed(set(2, 2, 9)), rule(2, "Shop", "Shop", [9, 0]));
        assert!(
            matches!(set(3, 0, 4), Some(Edit::AddRule(made)) if made == Rule { id: RuleId(0), ..rule(0, "Web", "ERP", [4, 0]) })
        );
        assert!(matches!(set(1, 3, 0), Some(Edit::RemoveRule(RuleId(3)))), "a rule that says nothing is no rule");
        assert!(set(2, 0, 100).is_none() && set(3, 0, 0).is_none(), "the same is no step");
    }

    #[test]
    fn what_several_rules_say_is_changed_where_they_stand() {
        let (estate, mut scenario) = sample();
        scenario.rules.push(rule(6, "ERP", "Shop", [3, 0]));
        let traffic = Traffic::of(&estate, &scenario);
        assert_eq!(traffic.flow(0, 2), Flow { gib: 23, rules: vec![RuleId(1), RuleId(6)], spare: None });
        assert!(!traffic.flow(0, 2).can_be_set() && traffic.set(&scenario, 0, 2, 1).is_none());
    }

    #[test]
    fn those_with_traffic_are_shown_first_and_in_the_order_of_names() {
        let (estate, mut scenario) = sample();
        scenario.rules.retain(|rule| rule.id == RuleId(3));
        let traffic = Traffic::of(&estate, &scenario);
        let names = |text, most| -> Vec<&str> {
            traffic.shown(text, most).into_iter().map(|at| &*traffic.applications[at].name).collect()
        };
        assert_eq!(names("", 9), ["ERP", "Gone", "Shop", "Web"]);
        assert_eq!(names("", 3), ["ERP", "Gone", "Web"], "of those without, the one with most machines");
        assert_eq!(names(" sh", 9), ["Shop"]);
        assert!(names("x", 9).is_empty());
    }
}
