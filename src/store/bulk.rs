//! Many machines at once: one change to all of them.

use crate::engine::model::{Criticality, Estate, Machine, MachineEdit, MachineId, MiB, Scenario, tags};

/// Whether machines are planned after a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Planned {
    /// As it is, for each of them.
    #[default]
    Unchanged,
    /// Plan them.
    Yes,
    /// Leave them out.
    No,
    /// As the sizing policy says.
    ByPolicy,
}

/// What is changed about machines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The application; an empty one takes them out of theirs, `None` leaves it as it is.
    pub application: Option<String>,
    /// All tags of each of them; `None` leaves them as they are.
    pub tags: Option<Vec<String>>,
    /// Tags that each of them gets beside its own.
    pub tags_added: Vec<String>,
    /// Tags that each of them loses.
    pub tags_removed: Vec<String>,
    /// How much depends on them; `None` leaves it as it is.
    pub criticality: Option<Criticality>,
    /// The class of their storage; an empty one takes it away, `None` leaves it as it is.
    pub storage_class: Option<String>,
    /// Whether they are planned.
    pub planned: Planned,
}

impl Change {
    /// Changes what is said of a machine.
    fn apply(&self, machine: &Machine, edit: &mut MachineEdit) {
        if let Some(application) = &self.application {
            edit.application = Some(application.trim().to_owned()).filter(|name| !name.is_empty());
        }
        let mut now = self.tags.clone().unwrap_or_else(|| MachineEdit::tags(Some(edit), machine).to_vec());
        now.extend_from_slice(&self.tags_added);
        now.retain(|tag| !self.tags_removed.contains(tag));
        edit.set_tags(machine, tags(&now.join(",")));
        if let Some(criticality) = self.criticality {
            edit.set_criticality(machine, criticality);
        }
        if let Some(class) = &self.storage_class {
            edit.set_storage_class(machine, class);
        }
        match self.planned {
            Planned::Unchanged => {}
            Planned::Yes => edit.planned = Some(true),
            Planned::No => edit.planned = Some(false),
            Planned::ByPolicy => edit.planned = None,
        }
    }
}

/// The edits of these machines after a change: one step, whatever each of them had before. Machines that are not there any more stay out of it.
pub fn edits(
    estate: &Estate,
    scenario: &Scenario,
    machines: impl IntoIterator<Item = MachineId>,
    change: &Change,
) -> Vec<(MachineId, MachineEdit)> {
    let changed = |id: MachineId| {
        let mut edit = scenario.edits.get(&id).cloned().unwrap_or_default();
        change.apply(estate.machine(id)?, &mut edit);
        Some((id, edit))
    };
    machines.into_iter().filter_map(changed).collect()
}

/// GiB with as many of three decimals as it needs, a point before them.
pub(super) fn gib(size: MiB) -> String {
    let thousandths = (u128::from(size.0) * 1000 + 512) / 1024;
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estate() -> Estate {
        let machine = |name: &str| Machine {
            id: MachineId::of(&[name]),
            name: name.to_owned(),
            tags: tags("prod, web"),
            criticality: Criticality::Low,
            ..Machine::default()
        };
        let mut estate = Estate { machines: ["a", "b"].map(machine).to_vec(), ..Estate::default() };
        estate.sort();
        estate
    }

    #[test]
    fn a_change_leaves_the_rest_of_each_machine_as_it_was() {
        let (a, b) = (MachineId::of(&["a"]), MachineId::of(&["b"]));
        let (estate, mut scenario) = (estate(), Scenario::default());
        let before = MachineEdit { vcpus: Some(8), application: Some("Shop".to_owned()), ..MachineEdit::default() };
        scenario.edits.insert(a, before.clone());
        let edits = |machines: &[MachineId], change: &Change| edits(&estate, &scenario, machines.to_vec(), change);
        let change = Change { application: Some(" ERP ".to_owned()), planned: Planned::No, ..Change::default() };
        let erp = MachineEdit {
            application: Some("ERP".to_owned()),
            planned: Some(false),
            vcpus: Some(8),
            ..MachineEdit::default()
        };
        assert_eq!(edits(&[a, b], &change), [(a, erp.clone()), (b, MachineEdit { vcpus: None, ..erp })]);
        let emptied = Change { application: Some(String::new()), planned: Planned::ByPolicy, ..Change::default() };
        assert_eq!(edits(&[a], &emptied)[0].1, MachineEdit { vcpus: Some(8), ..MachineEdit::default() });
        assert_eq!(edits(&[a], &Change::default())[0].1, before);
        assert_eq!(edits(&[MachineId::of(&["gone"])], &change), []);
    }

    #[test]
    fn tags_are_added_and_taken_away_beside_those_that_each_machine_has() {
        let (a, b) = (MachineId::of(&["a"]), MachineId::of(&["b"]));
        let (estate, mut scenario) = (estate(), Scenario::default());
        let own = MachineEdit { tags: Some(tags("own")), ..MachineEdit::default() };
        scenario.edits.insert(a, own);
        let edits = |change: &Change| -> Vec<Option<Vec<String>>> {
            edits(&estate, &scenario, [a, b], change).into_iter().map(|(_, edit)| edit.tags).collect()
        };
        let change = Change { tags_added: tags("new"), tags_removed: tags("web"), ..Change::default() };
        assert_eq!(edits(&change), [Some(tags("new, own")), Some(tags("new, prod"))]);
        let all = Change { tags: Some(tags("web, prod")), ..Change::default() };
        assert_eq!(edits(&all), [None, None], "as imported is no edit");
        assert_eq!(edits(&Change { tags: Some(Vec::new()), ..Change::default() }), [Some(vec![]), Some(vec![])]);
    }

    #[test]
    fn criticality_and_storage_class_are_edits_where_they_differ_from_the_import() {
        let (estate, a) = (estate(), MachineId::of(&["a"]));
        let edit = |criticality, class: &str| {
            let change =
                Change { criticality: Some(criticality), storage_class: Some(class.to_owned()), ..Change::default() };
            edits(&estate, &Scenario::default(), [a], &change).remove(0).1
        };
        assert_eq!(edit(Criticality::Low, " "), MachineEdit::default());
        let expected = MachineEdit {
            criticality: Some(Criticality::Critical),
            storage_class: Some("Gold".to_owned()),
            ..MachineEdit::default()
        };
        assert_eq!(edit(Criticality::Critical, " Gold "), expected);
    }
}
