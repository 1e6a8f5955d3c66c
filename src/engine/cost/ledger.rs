//! The ledger.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::catalog::PriceStatus;
use crate::engine::model::{FootprintId, Money};

/// Line items of one way to run the estate, in the scenario's currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ledger {
    /// The lines, sorted by footprint, kind and label.
    pub lines: Vec<Line>,
    /// Months over which it runs.
    pub horizon_months: u32,
    /// What is known to cost money and is not in it, as sentences.
    pub not_priced: Vec<String>,
    /// How what each footprint runs grows, where applications grow otherwise than the rest; empty: all of it grows alike.
    pub growth: Vec<PlaceGrowth>,
    /// What rented things cost that come by growth, where those of today are on a term: a commitment holds for what there is when it is made.
    #[serde(default)]
    pub on_demand: Vec<GrowthPrice>,
    /// What was promised to providers: with growth and changes of prices less of it is left, or more.
    #[serde(default)]
    pub promised: Vec<PromisedSpend>,
}

/// Spend that was promised to a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PromisedSpend {
    /// What it is called, such as `Amazon Web Services`.
    pub provider: String,
    /// Of a year.
    pub per_year: Money,
    /// The footprints whose lines count towards it, each once, sorted.
    pub footprints: Vec<FootprintId>,
}

impl PromisedSpend {
    /// Whether a line counts towards it: what the provider bills month by month.
    pub(super) fn counts(&self, line: &Line) -> bool {
        line.basis != Basis::Promise
            && line.is_billed()
            && line.footprint.is_some_and(|id| self.footprints.binary_search(&id).is_ok())
    }
}

/// What one more unit of a line costs that comes by growth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GrowthPrice {
    /// The footprint of the line.
    pub footprint: Option<FootprintId>,
    /// The label of the line.
    pub of: String,
    /// What it is called itself.
    pub label: String,
    /// For one unit and month.
    pub unit_price: Money,
    /// How far the price can be relied on.
    pub status: PriceStatus,
    /// Where the price comes from.
    pub source: String,
}

/// How what a footprint runs grows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceGrowth {
    /// Which; `None` for lines that belong to none, which grow as all machines do.
    pub footprint: Option<FootprintId>,
    /// What there is in the first, the second, … year, in millionths of today.
    pub by_year_ppm: Vec<u64>,
}

/// One line item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The footprint it belongs to; `None` for what belongs to all.
    pub footprint: Option<FootprintId>,
    /// What it is paid for.
    pub kind: LineKind,
    /// How it is paid.
    pub nature: Nature,
    /// What it is, in words, such as `8 × i4i.metal, 3-year term`.
    pub label: String,
    /// How many units a month (or once), in thousandths.
    pub quantity_milli: i64,
    /// What is counted.
    pub unit: Unit,
    /// For one unit.
    pub unit_price: Money,
    /// How far the price can be relied on.
    pub status: PriceStatus,
    /// Where the price comes from, in words with a date; and the formula of a quantity that is computed.
    pub source: String,
    /// First month it is paid, from 0.
    pub from_month: u32,
    /// The month after the last; `from_month + 1` for what is paid once.
    pub to_month: u32,
    /// What it adds up to: quantity × unit price × months, rounded once.
    pub total: Money,
    /// What it is reckoned from.
    #[serde(default)]
    pub basis: Basis,
}

/// What a line is reckoned from, and so what it follows over the years and when prices turn out otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// What is run: it grows with that, and its price changes.
    #[default]
    Use,
    /// The smallest order, which is filled up whatever is run; its price changes.
    SmallestOrder,
    /// What was promised to a provider, less what is spent there.
    Promise,
    /// What the accounts hold, which neither grows nor changes.
    Accounts,
}

impl Line {
    /// The order of lines in a ledger.
    pub(super) fn order(&self, other: &Self) -> std::cmp::Ordering {
        let key = |line: &Self| (line.footprint, line.kind);
        let by_words =
            || (&self.label, &self.source, self.from_month).cmp(&(&other.label, &other.source, other.from_month));
        key(self).cmp(&key(other)).then_with(by_words)
    }

    /// What it is in a usual month of the first year: nothing where it is paid for moving, for leaving or once, or only from a later year on.
    pub fn usual_month(&self) -> Money {
        let is_usual = self.nature.is_running() && self.unit != Unit::Host && self.from_month < 12;
        if is_usual { self.total.scale(1, i128::from(self.months().max(1))) } else { Money::ZERO }
    }

    /// Whether it is of what providers bill as one goes, whoever that is.
    pub(super) fn is_billed(&self) -> bool {
        let kinds = [LineKind::Hosts, LineKind::Instances, LineKind::Storage, LineKind::Network, LineKind::Service];
        kinds.contains(&self.kind) && self.nature == Nature::Operating
    }

    /// Months in which it is paid.
    pub const fn months(&self) -> u32 {
        self.to_month.saturating_sub(self.from_month)
    }

    /// What of it is paid from one month until before another. Parts that follow each other add up to the whole of it exactly.
    pub(super) fn within(&self, from_month: u32, to_month: u32) -> Money {
        let paid_before = |month: u32| {
            let paid = month.min(self.to_month).saturating_sub(self.from_month);
            self.total.scale(i128::from(paid), i128::from(self.months().max(1)))
        };
        paid_before(to_month.max(from_month)) - paid_before(from_month)
    }
}

/// What a line is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Hosts, rented or one's own.
    Hosts,
    /// Instances.
    Instances,
    /// Storage.
    Storage,
    /// Network gear and traffic.
    Network,
    /// Software licences and subscriptions.
    Licences,
    /// Electricity.
    Power,
    /// Room, racks and cooling.
    Facilities,
    /// Administrators.
    People,
    /// Backup.
    Backup,
    /// Fixed charges of a service.
    Service,
    /// Moving machines.
    Migration,
}

/// How a line is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Bought and written off: its monthly share is in the ledger, or its price in the month in which it is bought again.
    Capital,
    /// Paid as one goes.
    Operating,
    /// Paid once for moving.
    Migration,
    /// Paid for leaving what is given up.
    Exit,
}

impl Nature {
    /// Whether it is part of a usual month: neither paid for moving nor for leaving.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Capital | Self::Operating)
    }
}

/// What a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hosts for a month.
    HostMonth,
    /// Instances of one type for a month.
    InstanceMonth,
    /// GiB for a month.
    GibMonth,
    /// Operations per second for a month.
    IopsMonth,
    /// MiB/s of throughput for a month.
    MibpsMonth,
    /// Cores for a month.
    CoreMonth,
    /// Virtual processors for a month.
    VcpuMonth,
    /// Kilowatt-hours a month.
    KwhMonth,
    /// Kilowatts for a month.
    KwMonth,
    /// Machines for a month.
    MachineMonth,
    /// Machines, once.
    Machine,
    /// Hosts, once.
    Host,
    /// GiB of traffic, a month or once.
    TrafficGib,
    /// Deployments for a month.
    DeploymentMonth,
    /// Months, or a month's share of what was bought.
    Month,
    /// Pairs of machines with traffic between them, for a month.
    PairMonth,
}

impl Ledger {
    /// Everything over the horizon.
    pub fn total(&self) -> Money {
        self.lines.iter().map(|line| line.total).sum()
    }

    /// A month's share of an amount over the horizon.
    pub fn a_month_of(&self, amount: Money) -> Money {
        amount.scale(1, i128::from(self.horizon_months.max(1)))
    }

    /// What a usual month of the first year costs: the sum of [`Line::usual_month`].
    pub fn run_rate(&self) -> Money {
        self.lines.iter().map(Line::usual_month).sum()
    }

    /// What is paid for moving and for leaving.
    pub fn once(&self) -> Money {
        self.lines.iter().filter(|line| !line.nature.is_running()).map(|line| line.total).sum()
    }

    /// What each month costs, one entry for each month of the horizon. A line's total is spread over its months so that the entries add up to it exactly;
    /// what falls outside the horizon is left out.
    pub fn by_month(&self) -> Vec<Money> {
        self.by_month_of(&|_line| true)
    }

    /// What the lines that `is_wanted` cost each month, as [`Self::by_month`] does for all.
    pub fn by_month_of(&self, is_wanted: &dyn Fn(&Line) -> bool) -> Vec<Money> {
        let mut months = vec![Money::ZERO; self.horizon_months as usize];
        for line in self.lines.iter().filter(|line| is_wanted(line)) {
            for month in line.from_month..line.to_month {
                if let Some(sum) = months.get_mut(month as usize) {
                    *sum += line.within(month, month + 1);
                }
            }
        }
        months
    }

    /// Totals by footprint, sorted; `None` is what belongs to all.
    pub fn by_footprint(&self) -> Vec<(Option<FootprintId>, Money)> {
        self.sums(|line| line.footprint)
    }

    /// Totals by kind, sorted.
    pub fn by_kind(&self) -> Vec<(LineKind, Money)> {
        self.sums(|line| line.kind)
    }

    /// The lines of a footprint.
    pub fn of(&self, footprint: Option<FootprintId>) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.footprint == footprint)
    }

    fn sums<K: Ord>(&self, key: impl Fn(&Line) -> K) -> Vec<(K, Money)> {
        let mut sums: BTreeMap<K, Money> = BTreeMap::new();
        for line in &self.lines {
            *sums.entry(key(line)).or_default() += line.total;
        }
        sums.into_iter().collect()
    }
}
