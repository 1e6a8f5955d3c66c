//! What pages derive from the state: filtered and sorted rows.

use std::cmp::Ordering;

use crate::engine::letters::{fold, folded};
use crate::engine::model::{Estate, Machine, MachineEdit, MiB, Scenario, StorageMeasure};
use crate::engine::order::in_order;

/// Columns by which machines can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MachineColumn {
    /// By name.
    #[default]
    Name,
    /// By the name of the cluster.
    Cluster,
    /// By virtual processors.
    Vcpus,
    /// By memory.
    Memory,
    /// By the storage that counts.
    Storage,
    /// By guest system.
    Os,
    /// By power state.
    Power,
}

/// How rows are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// By which column.
    pub column: MachineColumn,
    /// Largest first.
    pub descending: bool,
}

impl Sort {
    /// The order after a click on `column`: the other way round where it was the order already.
    #[must_use]
    pub fn clicked(self, column: MachineColumn) -> Self {
        Self { column, descending: self.column == column && !self.descending }
    }
}

/// Which machines a table shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// All.
    #[default]
    All,
    /// Those that are planned.
    Planned,
    /// Those that are left out.
    SetAside,
}

/// Positions in `estate.machines` of the machines that match every word of `query`, in order. Equal rows keep the order of their ids.
pub fn machine_rows(estate: &Estate, scenario: &Scenario, query: &str, show: Show, sort: Sort) -> Vec<u32> {
    let words: Vec<String> = query.split_whitespace().map(folded).collect();
    let rows: Vec<u32> = (0..estate.machines.len() as u32)
        .filter(|&index| {
            let machine = &estate.machines[index as usize];
            is_shown(machine, scenario, show) && words.iter().all(|word| mentions(estate, scenario, machine, word))
        })
        .collect();
    let measure = scenario.policy.storage_measure;
    in_order(&rows, |&a, &b| {
        let (a, b) = (&estate.machines[a as usize], &estate.machines[b as usize]);
        let order = compare(estate, scenario, measure, sort.column, a, b);
        if sort.descending { order.reverse() } else { order }
    })
}

fn is_shown(machine: &Machine, scenario: &Scenario, show: Show) -> bool {
    let planned = || MachineEdit::plans(scenario.edits.get(&machine.id), machine, scenario.policy.scope);
    match show {
        Show::All => true,
        Show::Planned => planned(),
        Show::SetAside => !planned(),
    }
}

fn mentions(estate: &Estate, scenario: &Scenario, machine: &Machine, word: &str) -> bool {
    let holds = |text: &str| folded(text).contains(word);
    holds(&machine.name)
        || machine.os.as_deref().is_some_and(holds)
        || cluster_name(estate, machine).is_some_and(holds)
        || machine.ip.as_deref().is_some_and(holds)
        || scenario.edits.get(&machine.id).and_then(|edit| edit.application.as_deref()).is_some_and(holds)
}

/// The name of a machine's cluster.
pub fn cluster_name<'a>(estate: &'a Estate, machine: &Machine) -> Option<&'a str> {
    estate.cluster(machine.cluster).map(|cluster| cluster.name.as_str())
}

/// The storage of a machine by one measure, as imported; `None` where the file did not say.
pub fn storage_by(machine: &Machine, measure: StorageMeasure) -> Option<MiB> {
    match measure {
        StorageMeasure::Provisioned => machine.storage.provisioned,
        StorageMeasure::InUse => machine.storage.in_use,
        StorageMeasure::DiskCapacity => machine.storage.disk_capacity,
        StorageMeasure::PartitionConsumed => machine.storage.partition_consumed,
    }
}

fn compare(
    estate: &Estate,
    scenario: &Scenario,
    measure: StorageMeasure,
    column: MachineColumn,
    a: &Machine,
    b: &Machine,
) -> Ordering {
    let edited = |machine: &Machine| scenario.edits.get(&machine.id).cloned().unwrap_or_default();
    match column {
        MachineColumn::Name => natural(&a.name, &b.name),
        MachineColumn::Cluster => cluster_name(estate, a).cmp(&cluster_name(estate, b)),
        MachineColumn::Vcpus => edited(a).vcpus.unwrap_or(a.vcpus).cmp(&edited(b).vcpus.unwrap_or(b.vcpus)),
        MachineColumn::Memory => edited(a).memory.unwrap_or(a.memory).cmp(&edited(b).memory.unwrap_or(b.memory)),
        MachineColumn::Storage => {
            let storage = |machine: &Machine| edited(machine).storage.or_else(|| storage_by(machine, measure));
            storage(a).cmp(&storage(b))
        }
        MachineColumn::Os => a.os.cmp(&b.os),
        MachineColumn::Power => a.power.cmp(&b.power),
    }
}

/// The order in which people expect names: case does not matter, and `web-9` comes before `web-10`.
pub fn natural(a: &str, b: &str) -> Ordering {
    let start = alike(a, b);
    let (mut rest_a, mut rest_b) = (&a[start..], &b[start..]);
    loop {
        let (Some(next_a), Some(next_b)) = (rest_a.chars().next(), rest_b.chars().next()) else {
            return rest_a.len().cmp(&rest_b.len()).then_with(|| a.cmp(b));
        };
        let order = if next_a.is_ascii_digit() && next_b.is_ascii_digit() {
            let (number_a, number_b) = (leading_digits(rest_a), leading_digits(rest_b));
            (rest_a, rest_b) = (&rest_a[number_a.len()..], &rest_b[number_b.len()..]);
            let (number_a, number_b) = (number_a.trim_start_matches('0'), number_b.trim_start_matches('0'));
            number_a.len().cmp(&number_b.len()).then_with(|| number_a.cmp(number_b))
        } else {
            (rest_a, rest_b) = (&rest_a[next_a.len_utf8()..], &rest_b[next_b.len_utf8()..]);
            fold(next_a).cmp(&fold(next_b))
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// How many bytes at the start are the same, numbers that go on behind them left out: names of an estate share long beginnings, and a table compares a
/// quarter of a million pairs.
fn alike(a: &str, b: &str) -> usize {
    let mut count = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while count > 0 && (a.as_bytes()[count - 1].is_ascii_digit() || !a.is_char_boundary(count)) {
        count -= 1;
    }
    count
}

fn leading_digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{MachineId, Power};

    #[test]
    fn names_sort_as_people_expect() {
        let mut names = ["web-10", "Web-9", "web-09", "db", "web", "web-9a"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["db", "web", "Web-9", "web-09", "web-9a", "web-10"]);
        let mut names =
            ["srv-100", "srv-10", "srv-1é", "srv-1è", "srv-1", "srv-099", "srv-", "srv-2-é", "srv-2-è10", "srv-2-è9"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(
            names,
            ["srv-", "srv-1", "srv-1è", "srv-1é", "srv-2-è9", "srv-2-è10", "srv-2-é", "srv-10", "srv-099", "srv-100"]
        );
    }

    fn estate() -> Estate {
        let machine = |name: &str, vcpus, power| Machine {
            id: MachineId::of(&[name]),
            name: name.to_owned(),
            vcpus,
            power,
            os: Some(format!("Microsoft Windows {vcpus}")),
            ..Machine::default()
        };
        let mut estate = Estate {
            machines: vec![
                machine("sql-2", 8, Power::On),
                machine("sql-10", 4, Power::On),
                machine("old", 2, Power::Off),
            ],
            ..Estate::default()
        };
        estate.sort();
        estate
    }

    #[track_caller]
    fn check(query: &str, show: Show, sort: Sort, expected: &[&str]) {
        let estate = estate();
        let rows = machine_rows(&estate, &Scenario::default(), query, show, sort);
        let names: Vec<&str> = rows.iter().map(|&row| estate.machines[row as usize].name.as_str()).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn rows_match_every_word_and_are_in_order() {
        let by = |column| Sort::default().clicked(column);
        let vcpus = by(MachineColumn::Vcpus);
        check("", Show::All, Sort::default(), &["old", "sql-2", "sql-10"]);
        check("SQL windows", Show::All, Sort::default(), &["sql-2", "sql-10"]);
        check("sql linux", Show::All, Sort::default(), &[]);
        check("", Show::Planned, vcpus, &["sql-10", "sql-2"]);
        check("", Show::All, vcpus.clicked(MachineColumn::Vcpus), &["sql-2", "sql-10", "old"]);
        check("", Show::SetAside, Sort::default(), &["old"]);
    }
}
