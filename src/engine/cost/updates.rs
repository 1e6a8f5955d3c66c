//! Security updates of systems whose support has ended.
//!
//! Support of a system ends on a known day. Updates are then sold for three years, by the core; on Azure they are free of charge, which includes Azure VMware
//! Solution (<https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/azure-vmware/extended-security-updates-windows-sql-server.md>, 2024-04-04).

use std::collections::BTreeMap;

use super::rate::{Charge, Rate};
use super::tariff::{Load, Tariff};
use super::{LineKind, Nature, Unit};
use crate::engine::catalog::{Catalog, PriceStatus};
use crate::engine::model::{Assumptions, Machine, MachineEdit, Money, OsFamily, SecurityUpdates};
use crate::engine::sizing::CPU;
use crate::engine::sizing::text::count;

/// A system whose support ends.
#[derive(Debug, PartialEq, Eq)]
pub struct System {
    /// What it is called.
    pub name: &'static str,
    /// The version by its year.
    version: u32,
    is_sql: bool,
    /// The month in which its support ends, as year × 12 + month − 1.
    pub ends: u32,
}

impl System {
    /// The first month for which no updates are sold any more, as year × 12 + month − 1.
    pub const fn sold_until(&self) -> u32 {
        self.ends + SOLD_MONTHS
    }
}

/// The system at a position that [`systems_of`] gives.
pub(in crate::engine) fn system_of(position: u8) -> Option<&'static System> {
    SYSTEMS.get(usize::from(position))
}

/// Systems by the end of their extended support, as Microsoft's lifecycle pages have it (<https://learn.microsoft.com/en-us/lifecycle/products/>, 2026-11-22).
pub(super) static SYSTEMS: [System; 12] = [
    windows("Windows Server 2003", 2003, 2015, 7),
    windows("Windows Server 2008", 2008, 2020, 1),
    windows("Windows Server 2012", 2012, 2023, 10),
    windows("Windows Server 2016", 2016, 2027, 1),
    windows("Windows Server 2019", 2019, 2029, 1),
    windows("Windows Server 2022", 2022, 2031, 10),
    sql("SQL Server 2012", 2012, 2022, 7),
    sql("SQL Server 2014", 2014, 2024, 7),
    sql("SQL Server 2016", 2016, 2026, 7),
    sql("SQL Server 2017", 2017, 2027, 10),
    sql("SQL Server 2019", 2019, 2030, 1),
    sql("SQL Server 2022", 2022, 2033, 1),
];

/// Months for which updates are sold after the end of support.
const SOLD_MONTHS: u32 = 36;

const fn windows(name: &'static str, version: u32, year: u32, month: u32) -> System {
    System { name, version, is_sql: false, ends: year * 12 + month - 1 }
}

const fn sql(name: &'static str, version: u32, year: u32, month: u32) -> System {
    System { name, version, is_sql: true, ends: year * 12 + month - 1 }
}

/// The versions of SQL Server that are known, by their years.
pub fn sql_versions() -> impl Iterator<Item = u32> {
    SYSTEMS.iter().filter(|system| system.is_sql).map(|system| system.version)
}

/// The systems of a machine that will need updates, by their position: Windows Server as the inventory names it, SQL Server as the user does.
pub(in crate::engine) fn systems_of(
    machine: &Machine,
    edit: Option<&MachineEdit>,
    updates: &SecurityUpdates,
) -> [Option<u8>; 2] {
    let position = |is_sql: bool, version: u32| {
        let found = SYSTEMS.iter().position(|system| (system.is_sql, system.version) == (is_sql, version));
        found.and_then(|found| u8::try_from(found).ok())
    };
    let windows = machine.os.as_deref().filter(|_| machine.os_family == OsFamily::WindowsServer);
    [
        windows.and_then(windows_version).and_then(|version| position(false, version)),
        updates
            .sql
            .iter()
            .find(|servers| servers.machines.selects(machine, edit))
            .and_then(|servers| position(true, servers.version)),
    ]
}

/// The version of Windows Server by its year, in a name such as `Microsoft Windows Server 2012 (64-bit)` or `windows9Server64Guest`. `None` for `2016 or later`,
/// which says too little.
fn windows_version(name: &str) -> Option<u32> {
    let name = name.to_ascii_lowercase();
    if name.contains("or later") {
        return None;
    }
    let names: [(&str, u32); 15] = [
        ("2003", 2003),
        ("2008", 2008),
        ("2012", 2012),
        ("2016", 2016),
        ("2019srvnext", 2022),
        ("2019", 2019),
        ("2022srvnext", 2025),
        ("2022", 2022),
        ("2025", 2025),
        ("winnet", 2003),
        ("winlonghorn", 2008),
        ("windows7server", 2008),
        ("windows8server", 2012),
        ("windows9server", 2016),
        ("longhorn", 2008),
    ];
    names.into_iter().find(|(part, _)| name.contains(part)).map(|(_, version)| version)
}

/// The first month of the horizon, as year × 12 + month − 1: what the user says, else that of the catalogue.
pub fn first_month(catalog: &Catalog, assumptions: &Assumptions) -> Option<u32> {
    assumptions.finance.first_month.or_else(|| {
        let (year, rest) = catalog.as_of.split_once('-')?;
        let month: u32 = rest.get(..2)?.parse().ok()?;
        Some(year.parse::<u32>().ok()?.checked_mul(12)? + month.checked_sub(1)?)
    })
}

/// What updates cost in a place that charges for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Updates {
    least_cores: u64,
    /// System, rate and what a core costs over the horizon.
    rates: Vec<(u8, usize, Money)>,
    /// Systems whose updates are sold within the horizon at a price that is not known.
    unpriced: Vec<u8>,
    /// Systems for which no updates are sold any more when the horizon begins.
    gone: Vec<u8>,
}

/// Adds what updates cost to a place outside of Azure; on Azure only those that nobody has any more are told.
pub(super) fn add(tariff: &mut Tariff, is_azure: bool, catalog: &Catalog, assumptions: &Assumptions) {
    let Some(first) = first_month(catalog, assumptions) else { return };
    let terms = &assumptions.finance.updates;
    let end = first.saturating_add(assumptions.horizon());
    let mut updates = Updates { least_cores: u64::from(terms.least_cores), ..Updates::default() };
    for (position, system) in (0_u8..).zip(&SYSTEMS) {
        let sold_until = system.sold_until();
        let (from, until) = (system.ends.max(first), sold_until.min(end));
        if sold_until <= first {
            updates.gone.push(position);
        } else if from < until && !is_azure {
            let yearly = if system.is_sql { terms.sql_per_core_year } else { terms.windows_per_core_year };
            match yearly {
                Some(yearly) => {
                    let rate = rate(system, yearly, (from - first, until - from));
                    let cost = rate.amount(1000);
                    updates.rates.push((position, tariff.rate(rate), cost));
                }
                None => updates.unpriced.push(position),
            }
        }
    }
    tariff.updates = updates;
}

fn rate(system: &System, yearly: Money, (from_month, months): (u32, u32)) -> Rate {
    Rate {
        kind: LineKind::Licences,
        nature: Nature::Operating,
        label: format!("Extended security updates of {}", system.name),
        unit: Unit::CoreMonth,
        unit_price: yearly.scale(1, 12).max(Money::ZERO),
        status: PriceStatus::Assumed,
        source: format!(
            "Assumptions: {yearly} per virtual processor and year ÷ 12; support ends in {}, updates are sold for {SOLD_MONTHS} months, free of charge on Azure",
            in_words(system.ends)
        ),
        from_month,
        months,
    }
}

/// A month in words, such as `2027-01`.
fn in_words(month: u32) -> String {
    format!("{}-{:02}", month / 12, month % 12 + 1)
}

impl Updates {
    /// What the updates of a machine cost over the horizon.
    pub fn cost(&self, load: &Load) -> Money {
        self.of(load).map(|(_, cost)| cost.times(self.cores(load))).sum()
    }

    /// What it is charged for them.
    pub fn charges(&self, load: &Load, tell: &mut dyn FnMut(Charge)) {
        let quantity_milli = self.cores(load).saturating_mul(1000);
        self.of(load).for_each(|(rate, _)| tell(Charge { rate, quantity_milli }));
    }

    fn of(&self, load: &Load) -> impl Iterator<Item = (usize, Money)> {
        let needs = |system: u8| load.systems.contains(&Some(system));
        self.rates.iter().filter(move |(system, ..)| needs(*system)).map(|&(_, rate, cost)| (rate, cost))
    }

    /// The cores that are paid for of a machine.
    fn cores(&self, load: &Load) -> u64 {
        load.demand[CPU].div_ceil(1000).max(self.least_cores)
    }
}

/// Machines whose updates are not priced, or not to be had.
#[derive(Clone, Debug, Default)]
pub(super) struct NotUpdated {
    /// Machines and cores, by system.
    unpriced: BTreeMap<u8, (u64, u64)>,
    /// Machines, by system.
    gone: BTreeMap<u8, u64>,
}

impl NotUpdated {
    /// Counts a machine in a place.
    pub fn count(&mut self, updates: &Updates, load: &Load) {
        for system in load.systems.into_iter().flatten() {
            if updates.unpriced.contains(&system) {
                let (machines, cores) = self.unpriced.entry(system).or_default();
                (*machines, *cores) = (*machines + 1, *cores + updates.cores(load));
            } else if updates.gone.contains(&system) {
                *self.gone.entry(system).or_default() += 1;
            }
        }
    }

    /// What is to be said of them.
    pub fn sentences(&self) -> Vec<String> {
        let of = |system: u8| &SYSTEMS[usize::from(system)];
        let unpriced = self.unpriced.iter().map(|(&system, &(machines, cores))| {
            let System { name, ends, .. } = of(system);
            let machines = count(machines, "machine runs", "machines run");
            let cores = count(cores, "core", "cores");
            format!(
                "{machines} {name} outside of Azure ({cores}), whose support ends in {}: extended security updates have no price and are not priced.",
                in_words(*ends)
            )
        });
        let gone = self.gone.iter().map(|(&system, &machines)| {
            let System { name, .. } = of(system);
            let machines = count(machines, "machine runs", "machines run");
            format!(
                "{machines} {name}, for which no security updates are sold after {}.",
                in_words(of(system).sold_until())
            )
        });
        unpriced.chain(gone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Selector, SqlServers};

    #[test]
    fn systems_are_told_by_the_names_that_inventories_have() {
        for (name, version) in [
            ("Microsoft Windows Server 2012 (64-bit)", Some(2012)),
            ("Microsoft Windows Server 2008 R2 (64-bit)", Some(2008)),
            ("Microsoft Windows Server 2016 or later (64-bit)", None),
            ("Microsoft Windows Server 2016 (64-bit)", Some(2016)),
            ("windows2019srvNext_64Guest", Some(2022)),
            ("windows2019srv_64Guest", Some(2019)),
            ("windows9Server64Guest", Some(2016)),
            ("winNetEnterpriseGuest", Some(2003)),
            ("Microsoft Windows Server", None),
        ] {
            assert_eq!(windows_version(name), version, "{name}");
        }
        let machine = |name: &str, os: &str| Machine {
            name: name.to_owned(),
            os: Some(os.to_owned()),
            os_family: OsFamily::WindowsServer,
            ..Machine::default()
        };
        let servers = vec![SqlServers { version: 2016, machines: Selector::Name("SQL*".to_owned()) }];
        let updates = SecurityUpdates { sql: servers, ..SecurityUpdates::default() };
        let names = |machine: &Machine| {
            systems_of(machine, None, &updates).map(|found| found.map_or("", |found| SYSTEMS[usize::from(found)].name))
        };
        assert_eq!(names(&machine("sql-01", "Windows Server 2012")), ["Windows Server 2012", "SQL Server 2016"]);
        assert_eq!(names(&machine("web", "Windows Server 2025")), ["", ""]);
        let desktop = Machine { os_family: OsFamily::WindowsDesktop, ..machine("pc", "Windows 2012") };
        assert_eq!(names(&desktop), ["", ""]);
    }

    #[test]
    fn the_first_month_is_that_of_the_catalogue_unless_the_user_says_otherwise() {
        let mut catalog = Catalog { as_of: "2026-11-27".to_owned(), ..Catalog::default() };
        let mut assumptions = Assumptions::default();
        assert_eq!(first_month(&catalog, &assumptions), Some(2026 * 12 + 10));
        assumptions.finance.first_month = Some(2027 * 12);
        assert_eq!(first_month(&catalog, &assumptions), Some(2027 * 12));
        assumptions.finance.first_month = None;
        for text in ["", "2026", "2026-00-01", "x-11-01"] {
            text.clone_into(&mut catalog.as_of);
            assert_eq!(first_month(&catalog, &assumptions), None, "{text}");
        }
    }
}
