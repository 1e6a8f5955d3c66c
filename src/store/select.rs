//! What pages derive from the state: filtered and sorted rows.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::filter::Filter;
use crate::engine::letters::fold;
use crate::engine::model::{Estate, Machine, MachineEdit, MiB, Scenario, StorageMeasure};
use crate::engine::order::{Tally, sorted};

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
    /// By application.
    Application,
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

/// Positions in `estate.machines` of the machines that `query` asks for, as [`Filter`] reads it, in order. `by_name` is [`machines_by_name`] of the estate;
/// equal rows keep that order.
pub fn machine_rows(
    estate: &Estate,
    by_name: &[u32],
    scenario: &Scenario,
    query: &str,
    show: Show,
    sort: Sort,
) -> Vec<u32> {
    let filter = Filter::read(query);
    let machine = |row: u32| &estate.machines[row as usize];
    let is_wanted = |row: &u32| {
        let machine = machine(*row);
        is_shown(machine, scenario, show) && filter.wants(estate, scenario, machine)
    };
    let mut rows: Vec<u32> = by_name.iter().copied().filter(is_wanted).collect();
    if sort.column == MachineColumn::Name {
        if sort.descending {
            rows.reverse();
        }
        return rows;
    }
    let keys = keys(estate, scenario, sort.column, &rows);
    let order = sorted(rows.len(), &|a, b| {
        let order = keys[a].cmp(&keys[b]);
        if sort.descending { order.reverse() } else { order }
    });
    order.into_iter().map(|position| rows[position]).collect()
}

thread_local! {
    /// The last order of names, and the estate it is of.
    static BY_NAME: RefCell<(Weak<Estate>, Rc<Vec<u32>>)> = RefCell::default();
}

/// Positions in `estate.machines` in the order of the names. It costs more than any other order, and names never change while the estate stays: it is made
/// once, for all tables.
pub fn machines_by_name(estate: &Rc<Estate>) -> Rc<Vec<u32>> {
    BY_NAME.with_borrow_mut(|(known, order)| {
        if Weak::as_ptr(known) != Rc::as_ptr(estate) {
            let positions = in_order_of_names(estate.machines.len(), &|at| &estate.machines[at].name);
            *order = Rc::new(positions.into_iter().map(|at| at as u32).collect());
            // As long as it is remembered, no other estate gets the address.
            *known = Rc::downgrade(estate);
        }
        Rc::clone(order)
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

/// For each row a number that orders it by a column.
fn keys(estate: &Estate, scenario: &Scenario, column: MachineColumn, rows: &[u32]) -> Vec<u64> {
    let measure = scenario.policy.storage_measure;
    let machine = |row: u32| &estate.machines[row as usize];
    let number = |row: &u32| {
        let machine = machine(*row);
        let edit = scenario.edits.get(&machine.id);
        match column {
            MachineColumn::Vcpus => u64::from(edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus)),
            MachineColumn::Memory => edit.and_then(|edit| edit.memory).unwrap_or(machine.memory).0,
            // What is not known comes before what is nothing.
            MachineColumn::Storage => edit
                .and_then(|edit| edit.storage)
                .or_else(|| storage_by(machine, measure))
                .map_or(0, |size| size.0.saturating_add(1)),
            _ => machine.power as u64,
        }
    };
    match column {
        MachineColumn::Cluster => ranks(rows, &|row| cluster_name(estate, machine(row))),
        MachineColumn::Application => {
            ranks(rows, &|row| scenario.edits.get(&machine(row).id).and_then(|edit| edit.application.as_deref()))
        }
        MachineColumn::Os => ranks(rows, &|row| machine(row).os.as_deref()),
        _ => rows.iter().map(number).collect(),
    }
}

/// For each row the place of its text among all of them, of which there are few.
fn ranks<'e>(rows: &[u32], text: &dyn Fn(u32) -> Option<&'e str>) -> Vec<u64> {
    let mut texts = Tally::<Option<&str>, ()>::default();
    for &row in rows {
        let _placed = texts.at(text(row));
    }
    rows.iter().map(|&row| texts.0.partition_point(|(other, ())| *other < text(row)) as u64).collect()
}

/// The positions `0..count` in the order in which people expect names: case does not matter, and `web-9` comes before `web-10`.
pub fn in_order_of_names<'n>(count: usize, name: &dyn Fn(usize) -> &'n str) -> Vec<usize> {
    // Keys that compare as bytes, and of each the first sixteen as a number: there are as many comparisons as names times fourteen for ten thousand of them.
    let (mut keys, mut ends, mut firsts) = (Vec::new(), vec![0], Vec::new());
    for at in 0..count {
        let start = keys.len();
        push_key(name(at), &mut keys);
        ends.push(keys.len());
        firsts.push(first_bytes(&keys[start..]));
    }
    let key = |at: usize| &keys[ends[at]..ends[at + 1]];
    sorted(count, &|a, b| firsts[a].cmp(&firsts[b]).then_with(|| key(a).cmp(key(b))).then_with(|| name(a).cmp(name(b))))
}

/// The first bytes of a key as a number that compares as they do.
fn first_bytes(key: &[u8]) -> u128 {
    let mut bytes = [0; size_of::<u128>()];
    let length = key.len().min(bytes.len());
    bytes[..length].copy_from_slice(&key[..length]);
    u128::from_be_bytes(bytes)
}

/// Adds the key of a name: letters folded, and before the digits of each number how many they are, zeros at its start left out.
fn push_key(name: &str, keys: &mut Vec<u8>) {
    let mut rest = name;
    // Nearly all names are of ASCII: their letters need no decoding.
    while let Some(&byte) = rest.as_bytes().first()
        && byte.is_ascii()
        && !byte.is_ascii_digit()
    {
        keys.push(byte.to_ascii_lowercase());
        rest = &rest[1..];
    }
    while let Some(next) = rest.chars().next() {
        if next.is_ascii_digit() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let digits = rest[..length].trim_start_matches('0');
            // Any digit stands where all of them do among other letters.
            keys.extend([b'0', u8::try_from(digits.len()).unwrap_or(u8::MAX)]);
            keys.extend(digits.bytes());
            rest = &rest[length..];
        } else {
            keys.extend(fold(next).encode_utf8(&mut [0; 4]).bytes());
            rest = &rest[next.len_utf8()..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{MachineId, Power};

    #[track_caller]
    fn check_names(names: &[&str], expected: &[&str]) {
        let order = in_order_of_names(names.len(), &|at| names[at]);
        assert_eq!(order.into_iter().map(|at| names[at]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn names_sort_as_people_expect() {
        check_names(
            &["web-10", "Web-9", "web-09", "db", "web", "web-9a"],
            &["db", "web", "Web-9", "web-09", "web-9a", "web-10"],
        );
        check_names(
            &["srv-100", "srv-10", "srv-1é", "srv-1è", "srv-1", "srv-099", "srv-", "srv-2-é", "srv-2-è10", "srv-2-è9"],
            &["srv-", "srv-1", "srv-1è", "srv-1é", "srv-2-è9", "srv-2-è10", "srv-2-é", "srv-10", "srv-099", "srv-100"],
        );
        check_names(&["a0", "a", "a-", "a9", "aa", "a000", "a10"], &["a", "a-", "a0", "a000", "a9", "a10", "aa"]);
    }

    #[test]
    fn the_order_of_names_is_that_of_the_estate_asked_for() {
        let of = |names: &[&str]| {
            let machine = |name: &&str| Machine { name: (*name).to_owned(), ..Machine::default() };
            Rc::new(Estate { machines: names.iter().map(machine).collect(), ..Estate::default() })
        };
        let (a, b) = (of(&["b", "a"]), of(&["c", "d", "a"]));
        for _ in 0..2 {
            assert_eq!(*machines_by_name(&a), [1, 0]);
            assert_eq!(*machines_by_name(&b), [2, 0, 1]);
        }
        drop(b);
        // Another estate in its place in memory is another estate.
        assert_eq!(*machines_by_name(&of(&["a", "b", "c"])), [0, 1, 2]);
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
        let estate = Rc::new(estate());
        let rows = machine_rows(&estate, &machines_by_name(&estate), &Scenario::default(), query, show, sort);
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
