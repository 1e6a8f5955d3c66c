//! Guest systems by the end of their support.

use std::collections::BTreeMap;

use crate::engine::cost::{System, system_of, systems_of};
use crate::engine::model::{Estate, Machine, MachineEdit, Scenario};
use crate::engine::order::arrange;

/// How many machines have a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemCount {
    /// What it is called, such as `Windows Server 2016`; for one whose end is not known, as the inventory names it.
    pub name: String,
    /// Machines that have it.
    pub machines: u64,
    /// What is known of its support.
    pub system: Option<&'static System>,
}

impl SystemCount {
    /// Where its support stands in a month, year × 12 + month − 1.
    pub fn standing(&self, month: u32) -> Standing {
        match self.system {
            None => Standing::NotKnown,
            Some(system) if system.ends < month && system.sold_until() <= month => Standing::Gone,
            Some(system) if system.ends < month => Standing::Ended,
            Some(system) if system.ends - month <= SOON => Standing::Ending,
            Some(_) => Standing::Supported,
        }
    }
}

/// Support that ends within so many months is to be acted on now: about as long as a move of many machines takes.
const SOON: u32 = 12;

/// Where the support of a system stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has ended, and no updates are sold any more.
    Gone,
    /// It has ended; updates are sold.
    Ended,
    /// It ends within a year.
    Ending,
    /// It goes on for longer than a year.
    Supported,
    /// Its end is not in the table of [`crate::engine::cost`].
    NotKnown,
}

/// The systems of an estate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Systems {
    /// Those with a known end of support by that end, the earliest first; behind them the others, the most frequent first.
    pub counts: Vec<SystemCount>,
    /// Planned machines whose system the inventory does not name.
    pub unnamed: u64,
}

impl Systems {
    /// Machines whose system stands like this in a month.
    pub fn machines(&self, month: u32, standing: Standing) -> u64 {
        self.counts.iter().filter(|count| count.standing(month) == standing).map(|count| count.machines).sum()
    }
}

/// The systems of the planned machines: Windows Server as the inventory names it, SQL Server as the user says where it runs, all others by their names.
pub fn systems(estate: &Estate, scenario: &Scenario) -> Systems {
    let updates = &scenario.assumptions.finance.updates;
    let mut known: BTreeMap<u8, u64> = BTreeMap::new();
    let mut others: BTreeMap<&str, u64> = BTreeMap::new();
    let mut unnamed = 0;
    for machine in &estate.machines {
        let edit = scenario.edits.get(&machine.id);
        if !MachineEdit::plans(edit, machine, scenario.policy.scope) {
            continue;
        }
        let found = systems_of(machine, edit, updates);
        found.into_iter().flatten().for_each(|system| *known.entry(system).or_default() += 1);
        match name(machine) {
            _ if found[0].is_some() => {}
            Some(name) => *others.entry(name).or_default() += 1,
            None => unnamed += 1,
        }
    }
    let known = known.into_iter().filter_map(|(position, machines)| Some((system_of(position)?, machines)));
    let mut counts: Vec<SystemCount> = known
        .map(|(system, machines)| SystemCount { name: system.name.to_owned(), machines, system: Some(system) })
        .chain(others.into_iter().map(|(name, machines)| SystemCount { name: name.to_owned(), machines, system: None }))
        .collect();
    arrange(&mut counts, |a, b| rank(a).cmp(&rank(b)));
    Systems { counts, unnamed }
}

fn name(machine: &Machine) -> Option<&str> {
    machine.os.as_deref().map(str::trim).filter(|name| !name.is_empty())
}

/// By the end of support, then by the number of machines, then by name.
fn rank(count: &SystemCount) -> (u32, u64, &str) {
    (count.system.map_or(u32::MAX, |system| system.ends), u64::MAX - count.machines, &count.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{MachineId, OsFamily, Power, Selector, SqlServers};

    fn machine(number: u64, os: Option<&str>, os_family: OsFamily) -> Machine {
        Machine {
            id: MachineId(number),
            name: format!("vm-{number}"),
            os: os.map(str::to_owned),
            os_family,
            ..Machine::default()
        }
    }

    fn estate() -> Estate {
        let windows = |number, year: &str| {
            machine(number, Some(&format!("Microsoft Windows Server {year} (64-bit)")), OsFamily::WindowsServer)
        };
        let off = Machine { power: Power::Off, ..windows(9, "2012") };
        Estate {
            machines: vec![
                windows(1, "2019"),
                windows(2, "2012"),
                windows(3, "2012"),
                machine(4, Some("Ubuntu Linux (64-bit)"), OsFamily::Linux),
                machine(5, Some(" "), OsFamily::Unknown),
                machine(6, None, OsFamily::Unknown),
                windows(7, "2016 or later"),
                machine(8, Some("Ubuntu Linux (64-bit)"), OsFamily::Linux),
                off,
            ],
            ..Estate::default()
        }
    }

    #[test]
    fn systems_are_counted_by_the_end_of_their_support() {
        let systems = systems(&estate(), &Scenario::default());
        let found: Vec<(&str, u64)> = systems.counts.iter().map(|count| (&*count.name, count.machines)).collect();
        assert_eq!(
            found,
            [
                ("Windows Server 2012", 2),
                ("Windows Server 2019", 1),
                ("Ubuntu Linux (64-bit)", 2),
                ("Microsoft Windows Server 2016 or later (64-bit)", 1)
            ]
        );
        assert_eq!(systems.unnamed, 2, "what is powered off is not planned and not counted");
    }

    #[test]
    fn a_machine_has_the_sql_server_that_the_user_says_beside_its_system() {
        let mut scenario = Scenario::default();
        scenario.assumptions.finance.updates.sql =
            vec![SqlServers { version: 2016, machines: Selector::Name("vm-1".to_owned()) }];
        let found = systems(&estate(), &scenario);
        let sql: Vec<_> = found.counts.iter().filter(|count| count.name.starts_with("SQL")).collect();
        assert_eq!((sql.len(), sql[0].machines, &*sql[0].name), (1, 1, "SQL Server 2016"));
    }

    #[test]
    fn support_stands_by_the_month() {
        let systems = systems(&estate(), &Scenario::default());
        let (windows_2012, other) = (&systems.counts[0], &systems.counts[2]);
        // It ended in October 2023, and updates are sold for three years.
        for (year, month, standing) in [
            (2022, 9, Standing::Supported),
            (2022, 10, Standing::Ending),
            (2023, 10, Standing::Ending),
            (2023, 11, Standing::Ended),
            (2026, 9, Standing::Ended),
            (2026, 10, Standing::Gone),
        ] {
            assert_eq!(windows_2012.standing(year * 12 + month - 1), standing, "{year}-{month}");
        }
        assert_eq!(other.standing(2030 * 12), Standing::NotKnown);
        assert_eq!(systems.machines(2024 * 12, Standing::Ended), 2);
    }
}
