//! Rows from a spreadsheet, as the clipboard has them: which machines they change, and which cells cannot be taken.
//!
//! The first row names the columns, as [`super::listing::tsv`] writes them, so that what was copied out can be changed and pasted back. What a row does not
//! say stays as it is: columns may be left out, and empty cells change nothing. `-` takes a machine out of its application, and takes tags, criticality and
//! storage class away.

use std::collections::BTreeMap;

use super::bulk::gib;
use super::parse::plain_decimal;
use super::select::{cluster_name, storage_by};
use crate::engine::model::{Criticality, Estate, Machine, MachineEdit, MachineId, MiB, Scenario, tags};

/// What pasted rows mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pasted {
    /// The edits of the machines that change, in the order of the rows.
    pub edits: Vec<(MachineId, MachineEdit)>,
    /// Each cell that changes something.
    pub changes: Vec<Change>,
    /// Rows that say what is so already.
    pub unchanged: u64,
    /// What cannot be taken; a row with a problem changes nothing.
    pub problems: Vec<String>,
    /// Heads of columns that are not taken.
    pub ignored: Vec<String>,
}

/// A cell that changes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The machine's name.
    pub machine: String,
    /// What is changed.
    pub what: &'static str,
    /// As it is.
    pub before: String,
    /// As it will be.
    pub after: String,
}

/// Columns that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Cluster,
    Vcpus,
    Memory,
    Storage,
    Iops,
    Application,
    Tags,
    Criticality,
    StorageClass,
    Planned,
}

impl Column {
    /// The column of a head, whatever its case.
    fn of(head: &str) -> Option<Self> {
        let head = head.trim().to_lowercase();
        let (name, unit) = head.split_once(',').unwrap_or((&head, ""));
        Some(match name.trim() {
            "name" | "vm" | "machine" => Self::Name,
            "cluster" => Self::Cluster,
            "vcpu" | "vcpus" | "cpus" => Self::Vcpus,
            "memory" => Self::Memory,
            "iops" => Self::Iops,
            "application" => Self::Application,
            "tags" | "tag" => Self::Tags,
            "criticality" => Self::Criticality,
            "storage class" => Self::StorageClass,
            "planned" => Self::Planned,
            "storage" => Self::Storage,
            _ if unit.trim() == "gib" => Self::Storage,
            _ => return None,
        })
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Cluster => "Cluster",
            Self::Vcpus => "vCPU",
            Self::Memory => "Memory",
            Self::Storage => "Storage",
            Self::Iops => "IOPS",
            Self::Application => "Application",
            Self::Tags => "Tags",
            Self::Criticality => "Criticality",
            Self::StorageClass => "Storage class",
            Self::Planned => "Planned",
        }
    }
}

/// Reads pasted rows.
pub fn read(text: &str, estate: &Estate, scenario: &Scenario) -> Pasted {
    let mut pasted = Pasted::default();
    let mut lines = (1_usize..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let Some((_, head)) = lines.next() else { return pasted };
    let columns: Vec<Option<Column>> = head.split('\t').map(Column::of).collect();
    let not_taken = head.split('\t').zip(&columns).filter(|(_, column)| column.is_none());
    pasted.ignored = not_taken.map(|(head, _)| head.trim().to_owned()).filter(|head| !head.is_empty()).collect();
    if !columns.contains(&Some(Column::Name)) {
        let problem = "Row 1: there is no column Name. The first row names the columns, as a copy of the table does";
        pasted.problems.push(problem.to_owned());
        return pasted;
    }
    let mut by_name: BTreeMap<&str, Vec<&Machine>> = BTreeMap::new();
    for machine in &estate.machines {
        by_name.entry(&machine.name).or_default().push(machine);
    }
    let mut seen: BTreeMap<MachineId, usize> = BTreeMap::new();
    for (row, line) in lines {
        let cells: Vec<(Column, &str)> =
            columns.iter().zip(line.split('\t')).filter_map(|(column, cell)| Some(((*column)?, cell.trim()))).collect();
        let reader = Row { estate, scenario, number: row, cells: &cells };
        let read = reader.machine(&by_name).and_then(|machine| match seen.insert(machine.id, row) {
            Some(before) => Err(format!("Row {row}, Name: the same machine as in row {before}")),
            None => reader.edit(machine),
        });
        match read {
            Ok((_, _, changes)) if changes.is_empty() => pasted.unchanged += 1,
            Ok((id, edit, mut changes)) => {
                pasted.edits.push((id, edit));
                pasted.changes.append(&mut changes);
            }
            Err(problem) => pasted.problems.push(problem),
        }
    }
    pasted
}

/// A row that is read.
struct Row<'a> {
    estate: &'a Estate,
    scenario: &'a Scenario,
    /// Counted from 1.
    number: usize,
    cells: &'a [(Column, &'a str)],
}

type Read = Result<(MachineId, MachineEdit, Vec<Change>), String>;

impl Row<'_> {
    fn cell(&self, of: Column) -> &str {
        self.cells.iter().find(|(column, _)| *column == of).map_or("", |(_, cell)| cell)
    }

    fn problem(&self, column: Column, why: &str) -> String {
        format!("Row {}, {}: {why}", self.number, column.title())
    }

    /// The machine that the row is about.
    fn machine<'m>(&self, by_name: &BTreeMap<&str, Vec<&'m Machine>>) -> Result<&'m Machine, String> {
        let name = self.cell(Column::Name);
        if name.is_empty() {
            return Err(self.problem(Column::Name, "it is empty"));
        }
        // What looked like a formula was copied out behind an apostrophe.
        let found = by_name.get(name).or_else(|| by_name.get(name.strip_prefix('\'')?));
        let Some(found) = found else {
            return Err(self.problem(Column::Name, &format!("no machine is called “{name}”")));
        };
        let cluster = self.cell(Column::Cluster);
        let is_there =
            |machine: &&&Machine| found.len() == 1 || cluster_name(self.estate, machine).unwrap_or_default() == cluster;
        let mut fitting = found.iter().filter(is_there);
        match (fitting.next(), fitting.next()) {
            (Some(machine), None) => Ok(machine),
            (None, _) => {
                let why = format!("{} machines are called “{name}”; the column Cluster tells them apart", found.len());
                Err(self.problem(Column::Cluster, &why))
            }
            _ => Err(self.problem(Column::Name, &format!("several machines of this cluster are called “{name}”"))),
        }
    }

    /// What the row changes about the machine.
    fn edit(&self, machine: &Machine) -> Read {
        let mut edit = self.scenario.edits.get(&machine.id).cloned().unwrap_or_default();
        let mut changes = Vec::new();
        for &(column, cell) in self.cells.iter().filter(|(_, cell)| !cell.is_empty()) {
            let (before, after) = self.take(column, cell, machine, &mut edit)?;
            if before != after {
                changes.push(Change { machine: machine.name.clone(), what: column.title(), before, after });
            }
        }
        Ok((machine.id, edit, changes))
    }

    /// Takes a cell into the edit. Returns what was there and what is now, as they read.
    fn take(
        &self,
        column: Column,
        cell: &str,
        machine: &Machine,
        edit: &mut MachineEdit,
    ) -> Result<(String, String), String> {
        let whole = || {
            let number = plain_decimal(cell).and_then(|text| text.parse::<u32>().ok()).filter(|number| *number > 0);
            number.ok_or_else(|| self.problem(column, &format!("“{cell}” is not a whole number above 0")))
        };
        let size = || {
            let size = mib(cell).filter(|size| size.0 > 0);
            size.ok_or_else(|| self.problem(column, &format!("“{cell}” is not a number of GiB above 0")))
        };
        // What looked like a formula was copied out behind an apostrophe.
        let said = if cell == "-" { "" } else { cell.strip_prefix('\'').unwrap_or(cell) };
        Ok(match column {
            Column::Name | Column::Cluster => (String::new(), String::new()),
            Column::Vcpus => {
                let (before, after) = (edit.vcpus.unwrap_or(machine.vcpus), whole()?);
                edit.vcpus = if before == after { edit.vcpus } else { Some(after).filter(|_| after != machine.vcpus) };
                (before.to_string(), after.to_string())
            }
            Column::Memory => {
                let (before, after) = (edit.memory.unwrap_or(machine.memory), size()?);
                let is_same = gib(before) == gib(after);
                edit.memory = if is_same { edit.memory } else { Some(after).filter(|_| after != machine.memory) };
                (gib(before) + " GiB", gib(after) + " GiB")
            }
            Column::Storage => {
                let own = storage_by(machine, self.scenario.policy.storage_measure);
                let (before, after) = (edit.storage.or(own), size()?);
                let is_same = before.map(gib) == Some(gib(after));
                edit.storage = if is_same { edit.storage } else { Some(after).filter(|_| own != Some(after)) };
                (before.map_or_else(|| "not known".to_owned(), |size| gib(size) + " GiB"), gib(after) + " GiB")
            }
            Column::Iops => {
                let after = whole()?;
                let before = edit.iops.replace(after);
                (before.map_or_else(|| "as it is".to_owned(), |iops| iops.to_string()), after.to_string())
            }
            Column::Application => {
                let before = edit.application.clone();
                edit.application = Some(said.to_owned()).filter(|name| !name.is_empty());
                (or_none(before.as_deref()), or_none(edit.application.as_deref()))
            }
            Column::Tags => {
                let told = |edit: &MachineEdit| or_none(Some(&*MachineEdit::tags(Some(edit), machine).join(", ")));
                let before = told(edit);
                edit.set_tags(machine, tags(said));
                (before, told(edit))
            }
            Column::Criticality => {
                let told = |edit: &MachineEdit| or_none(MachineEdit::criticality(Some(edit), machine).word());
                let before = told(edit);
                let level = if said.is_empty() { Some(Criticality::Unknown) } else { Criticality::of(said) };
                let problem = || self.problem(column, &format!("“{cell}” is none of low, medium, high and critical"));
                edit.set_criticality(machine, level.ok_or_else(problem)?);
                (before, told(edit))
            }
            Column::StorageClass => {
                let told = |edit: &MachineEdit| or_none(MachineEdit::storage_class(Some(edit), machine));
                let before = told(edit);
                edit.set_storage_class(machine, said);
                (before, told(edit))
            }
            Column::Planned => {
                let after = match cell.to_lowercase().as_str() {
                    "yes" | "true" | "1" => true,
                    "no" | "false" | "0" => false,
                    _ => return Err(self.problem(column, &format!("“{cell}” is neither yes nor no"))),
                };
                let before = MachineEdit::plans(Some(edit), machine, self.scenario.policy.scope);
                if before != after {
                    edit.planned = Some(after);
                }
                (yes_no(before), yes_no(after))
            }
        })
    }
}

fn or_none(text: Option<&str>) -> String {
    text.filter(|text| !text.is_empty()).unwrap_or("none").to_owned()
}

fn yes_no(is_planned: bool) -> String {
    if is_planned { "yes" } else { "no" }.to_owned()
}

/// GiB with up to three decimals, to the nearest MiB.
fn mib(text: &str) -> Option<MiB> {
    let text = plain_decimal(text.trim_end_matches("GiB").trim())?;
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals: String = decimals.chars().chain("000".chars()).take(3).collect();
    let thousandths = whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(decimals.parse().ok()?)?;
    Some(MiB(thousandths.checked_mul(1024)?.checked_add(500)? / 1000))
}

#[cfg(test)]
mod tests;
