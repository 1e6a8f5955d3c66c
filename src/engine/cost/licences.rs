//! What licences cost that are counted by the machine: see [`Licences`] for the rules and where they come from.

use super::rate::{Charge, Rate};
use super::tariff::{Load, Tariff};
use super::{LineKind, Nature, Unit};
use crate::engine::catalog::{PriceStatus, Region};
use crate::engine::model::{
    Assumptions, Currency, FootprintKind, Licences, Machine, MachineEdit, Money, OsFamily, RegionId, SqlLicence,
};

/// Licences are sold for so many cores at a time.
const PACK: u64 = 2;
/// Fewest cores of a machine with SQL Server.
const LEAST_SQL: u64 = 4;
/// Fewest cores of an instance to which Windows Server is brought along.
const LEAST_WINDOWS: u64 = 8;

/// How the lines of SQL Server begin; nothing else does.
pub(super) const SQL: &str = "SQL Server ";
/// What Windows Server on instances is called whose price is without it.
const BROUGHT: &str = "Windows Server brought along";

/// Where the list prices of SQL Server are from.
const LIST: &str = "list price of a subscription of SQL Server 2022, half of a pack of two cores; redresscompliance.com, 2026, which calls it approximate";

/// The licences that a machine needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// Whether it runs Windows Server.
    windows_server: bool,
    /// Which of the scenario's licences of SQL Server it has, by position.
    sql: Option<usize>,
}

impl Needs {
    /// Those of a machine: Windows Server as the inventory names it, SQL Server as the user does.
    pub fn of(machine: &Machine, edit: Option<&MachineEdit>, licences: Option<&Licences>) -> Self {
        let sql = licences.map_or(&[][..], |licences| &licences.sql);
        Self {
            windows_server: machine.os_family == OsFamily::WindowsServer,
            sql: sql.iter().position(|licence| licence.machines.selects(machine, edit)),
        }
    }
}

/// The rates of licences in a place.
#[derive(Clone, Debug, Default)]
pub(super) struct LicenceRates {
    /// Of the scenario's licences of SQL Server, in their order; `None` where one has no price.
    sql: Vec<Option<PerCore>>,
    /// Of Windows Server that is brought along; `None` where it is in the price, counted by the host, or not known.
    windows: Option<PerCore>,
}

/// A rate, and what a core costs by it over the horizon.
type PerCore = (usize, Money);

/// Where a place is, as far as licences care.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// A site of one's own.
    Own,
    /// Somebody else's hosts.
    RentedHosts,
    /// Instances whose price is with Windows Server.
    WithWindows,
    /// Instances whose price is without.
    WithoutWindows,
}

impl Ground {
    /// Of a kind of footprint other than instances.
    pub fn of_hosts(kind: &FootprintKind) -> Self {
        match kind {
            FootprintKind::Hosts(hosts) if hosts.region.as_str() != "site" => Self::RentedHosts,
            _ => Self::Own,
        }
    }
}

impl LicenceRates {
    /// The rates of a place, which are added to its tariff; and what of them has no price, which is said there.
    pub fn add(tariff: &mut Tariff, ground: Ground, assumptions: &Assumptions) -> Self {
        let Some(licences) = &assumptions.finance.machine_licences else { return Self::default() };
        let mut add = |rate: Rate| {
            let cost = rate.amount(1000);
            (tariff.rate(rate), cost)
        };
        let sql: Vec<_> =
            licences.sql.iter().map(|licence| sql_rate(licence, ground, assumptions).map(&mut add)).collect();
        let brought = licences.windows_brought_per_core_year.filter(|_| ground == Ground::WithoutWindows);
        let windows = brought.map(|yearly| {
            let formula = format!(
                "virtual processors of each instance, {LEAST_WINDOWS} at least, in packs of {PACK}; what goes on being paid for licences that are brought along"
            );
            add(by_core(BROUGHT.to_owned(), yearly, PriceStatus::Assumed, &formula, assumptions))
        });
        for (licence, _) in licences.sql.iter().zip(&sql).filter(|(_, rate)| rate.is_none()) {
            let name = licence.edition.name();
            tariff.not_priced.push(format!(
                "{name} by the machine is not priced: its list price is in USD, which has no rate in the currency of the totals."
            ));
        }
        Self { sql, windows }
    }

    /// Whether a machine costs more on an instance with more virtual processors.
    pub fn has_any(&self) -> bool {
        self.windows.is_some() || self.sql.iter().any(Option::is_some)
    }

    /// Whether a machine needs one that has a price here.
    pub fn needs_any(&self, load: &Load) -> bool {
        self.of(load).next().is_some()
    }

    /// What the licences of a machine with so many virtual processors cost over the horizon.
    pub fn cost(&self, load: &Load, vcpus: u64) -> Money {
        self.of(load).map(|((_, cost), least)| cost.times(cores(vcpus, least))).sum()
    }

    /// What it is charged for them.
    pub fn charges(&self, load: &Load, vcpus: u64, tell: &mut dyn FnMut(Charge)) {
        for ((rate, _), least) in self.of(load) {
            tell(Charge { rate, quantity_milli: cores(vcpus, least).saturating_mul(1000) });
        }
    }

    fn of(&self, load: &Load) -> impl Iterator<Item = (PerCore, u64)> {
        let Needs { windows_server, sql } = load.licences;
        let sql = sql.and_then(|position| *self.sql.get(position)?);
        let windows = self.windows.filter(|_| windows_server);
        sql.map(|rate| (rate, LEAST_SQL)).into_iter().chain(windows.map(|rate| (rate, LEAST_WINDOWS)))
    }
}

/// The cores that are licensed of a machine: its virtual processors, so many at least, in whole packs.
fn cores(vcpus: u64, least: u64) -> u64 {
    vcpus.max(least).div_ceil(PACK).saturating_mul(PACK)
}

/// The rate of a core of SQL Server; `None` where its list price cannot be turned into the scenario's currency.
fn sql_rate(licence: &SqlLicence, ground: Ground, assumptions: &Assumptions) -> Option<Rate> {
    let SqlLicence { edition, per_core_year, elsewhere_per_core_year, .. } = licence;
    let elsewhere = elsewhere_per_core_year.filter(|_| ground != Ground::Own);
    let (yearly, status, source) = if let Some(yearly) = elsewhere.or(*per_core_year) {
        (yearly, PriceStatus::Assumed, String::new())
    } else {
        let listed = assumptions.exchange(edition.list_per_core_year(), Currency::Usd)?;
        let rates = assumptions.exchange_in_words(Currency::Usd);
        let source = if rates.is_empty() { format!("; {LIST}") } else { format!("; {LIST}; {rates}") };
        (listed, PriceStatus::Indicative, source)
    };
    let formula = format!("virtual processors of each machine, {LEAST_SQL} at least, in packs of {PACK}{source}");
    Some(by_core(format!("{}, by the machine", edition.name()), yearly, status, &formula, assumptions))
}

fn by_core(label: String, yearly: Money, status: PriceStatus, formula: &str, assumptions: &Assumptions) -> Rate {
    Rate {
        kind: LineKind::Licences,
        nature: Nature::Operating,
        label,
        unit: Unit::CoreMonth,
        unit_price: yearly.scale(1, 12).max(Money::ZERO),
        status,
        source: format!("Assumptions: {yearly} per core and year ÷ 12; {formula}"),
        from_month: 0,
        months: assumptions.horizon(),
    }
}

/// What is to be said of Windows Server that is brought along to instances of a region.
pub(super) fn brought_not_priced(region: &RegionId, assumptions: &Assumptions) -> Vec<String> {
    let mut sentences = Vec::new();
    let licences = assumptions.finance.machine_licences.as_ref();
    if licences.is_none_or(|licences| licences.windows_brought_per_core_year.is_none()) {
        sentences.push("Windows licences brought along to instances are not priced.".to_owned());
    }
    let seller = match Region::provider_of(region) {
        "aws" => "AWS",
        "gcp" => "Google Cloud",
        _ => return sentences,
    };
    // https://docs.aws.amazon.com/prescriptive-guidance/latest/optimize-costs-microsoft-workloads/byol-ded-hosts.html (read 2026-11-27), and for both:
    // https://redresscompliance.com/microsoft-licensing-implications-for-cloud-migration-azure-aws-gcp.html (2026).
    sentences.push(format!(
        "Windows Server may be brought along to {seller} on dedicated hosts only, by Microsoft's terms; what these cost more than instances is not priced."
    ));
    sentences
}
