//! Many machines at once: one change to all of them, and their rows for a spreadsheet.

use super::select::{cluster_name, storage_by};
use super::words;
use crate::engine::model::{Estate, Machine, MachineEdit, MachineId, MiB, Scenario};
use crate::export::csv::guarded;

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
    /// Whether they are planned.
    pub planned: Planned,
}

/// The edits of these machines after a change: one step, whatever each of them had before.
pub fn edits(
    scenario: &Scenario,
    machines: impl IntoIterator<Item = MachineId>,
    change: &Change,
) -> Vec<(MachineId, MachineEdit)> {
    let changed = |id: MachineId| {
        let mut edit = scenario.edits.get(&id).cloned().unwrap_or_default();
        if let Some(application) = &change.application {
            edit.application = Some(application.trim().to_owned()).filter(|name| !name.is_empty());
        }
        match change.planned {
            Planned::Unchanged => {}
            Planned::Yes => edit.planned = Some(true),
            Planned::No => edit.planned = Some(false),
            Planned::ByPolicy => edit.planned = None,
        }
        (id, edit)
    };
    machines.into_iter().map(changed).collect()
}

/// The rows of these machines as spreadsheets take them from the clipboard: a line each, cells apart by tabs. Sizes are in GiB.
pub fn tsv<'a>(estate: &Estate, scenario: &Scenario, machines: impl IntoIterator<Item = &'a Machine>) -> String {
    let measure = scenario.policy.storage_measure;
    let storage = format!("{}, GiB", words::storage_measure(measure));
    let heads = ["Name", "Cluster", "vCPU", "Memory, GiB", &storage, "Guest system", "Power", "Application", "Planned"];
    let mut text = heads.join("\t");
    for machine in machines {
        let edit = scenario.edits.get(&machine.id).cloned().unwrap_or_default();
        let planned = MachineEdit::plans(Some(&edit), machine, scenario.policy.scope);
        let size = edit.storage.or_else(|| storage_by(machine, measure));
        let cells = [
            cell(&machine.name),
            cell(cluster_name(estate, machine).unwrap_or_default()),
            edit.vcpus.unwrap_or(machine.vcpus).to_string(),
            gib(edit.memory.unwrap_or(machine.memory)),
            size.map_or_else(String::new, gib),
            cell(machine.os.as_deref().unwrap_or_default()),
            words::power(machine.power).to_owned(),
            cell(edit.application.as_deref().unwrap_or_default()),
            if planned { "yes" } else { "no" }.to_owned(),
        ];
        text.push('\n');
        text.push_str(&cells.join("\t"));
    }
    text.push('\n');
    text
}

/// A text that is one cell and no formula.
fn cell(text: &str) -> String {
    guarded(&text.replace(['\t', '\n', '\r'], " "))
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
    use crate::engine::model::Power;

    fn machine(name: &str) -> Machine {
        Machine {
            id: MachineId::of(&[name]),
            name: name.to_owned(),
            vcpus: 2,
            memory: MiB(1536),
            power: Power::On,
            ..Machine::default()
        }
    }

    #[test]
    fn a_change_leaves_the_rest_of_each_machine_as_it_was() {
        let (a, b) = (MachineId::of(&["a"]), MachineId::of(&["b"]));
        let mut scenario = Scenario::default();
        let before = MachineEdit { vcpus: Some(8), application: Some("Shop".to_owned()), ..MachineEdit::default() };
        scenario.edits.insert(a, before.clone());
        let change = Change { application: Some(" ERP ".to_owned()), planned: Planned::No };
        let erp = MachineEdit {
            application: Some("ERP".to_owned()),
            planned: Some(false),
            vcpus: Some(8),
            ..MachineEdit::default()
        };
        assert_eq!(edits(&scenario, [a, b], &change), [(a, erp.clone()), (b, MachineEdit { vcpus: None, ..erp })]);
        let emptied = Change { application: Some(String::new()), planned: Planned::ByPolicy };
        assert_eq!(edits(&scenario, [a], &emptied)[0].1, MachineEdit { vcpus: Some(8), ..MachineEdit::default() });
        assert_eq!(edits(&scenario, [a], &Change::default())[0].1, before);
    }

    #[test]
    fn rows_are_cells_of_a_spreadsheet_and_never_formulas() {
        let estate = Estate::default();
        let machines = [machine("=cmd|\t1"), machine("web")];
        let text = tsv(&estate, &Scenario::default(), &machines);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("Name\tCluster\tvCPU\tMemory, GiB\t"), "{}", lines[0]);
        let first: Vec<&str> = lines[1].split('\t').collect();
        assert_eq!(first[..5], ["'=cmd| 1", "", "2", "1.5", ""]);
        assert!(lines.iter().all(|line| line.split('\t').count() == 9), "{text}");
    }
}
