//! How money is looked at over the years, and what a move costs beside its work. Every default leaves the cost of a plan as it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FootprintId, Licences, Money, Selector, Transfer};

/// How money is looked at over the years, and what a move costs beside its work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Finance {
    /// Growth of everything that is counted, per thousand a year. Default 0.
    pub growth_permille_year: u32,
    /// Growth of applications that grow otherwise, in the order of their names.
    pub application_growth: Vec<ApplicationGrowth>,
    /// Discount rate of the net present value, per thousand a year. Default 70: the cost of capital of Azure Migrate's business case, 7 %
    /// (<https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/migrate/concepts-business-case-calculation.md>, 2024-10-29).
    pub discount_permille_year: u32,
    /// How prices change.
    pub price_changes: PriceChanges,
    /// Months in which machines that move are paid for in both places. Default 0, and then listed as not priced.
    pub double_running_months: u32,
    /// One-off cost of taking a host out of service, in the scenario's currency. Default 0.
    pub exit_per_host: Money,
    /// Months for which retired hosts are still to be written off, of clusters whose book value is not known. Default 0, and then listed as not priced.
    pub book_months: u32,
    /// Disk space of snapshots, per cent of the disks of instances. Default 0.
    pub snapshot_pct: u32,
    /// GiB that each machine in a cloud sends to the internet a month, charged by the tiers of its region. Default 0.
    pub internet_gib_per_machine: u32,
    /// Support plans, one for a provider.
    pub support_plans: Vec<SupportPlan>,
    /// Links, gateways and the like, paid where their footprint is used.
    pub services: Vec<ServiceUse>,
    /// Grams of CO₂ equivalent for each kilowatt-hour on one's own sites; `None`: not known, and then no emissions are told for them.
    pub own_grams_per_kwh: Option<u32>,
    /// Ranges of inputs, in place of the default ones.
    pub ranges: Vec<InputRange>,
    /// Ranges of what is rented from single providers, in place of those of all rented things; in the order of the providers.
    pub provider_ranges: Vec<ProviderRange>,
    /// Spend that was promised to providers, in the order of their names: what is not used is paid all the same, in the plan and where all stays.
    pub committed_spend: Vec<CommittedSpend>,
    /// Windows Server by the core of hosts and year, with which any number of machines may run it: for each host, rented or one's own, all of its cores, 8 of
    /// each processor and 16 of each host at least (<https://www.microsoft.com/en-us/windows-server/pricing>). Default `None`: not priced. Instances
    /// have prices of their own.
    pub windows_per_core_year: Option<Money>,
    /// First month of the horizon, as year × 12 + month − 1; `None`: that of the catalogue.
    pub first_month: Option<u32>,
    /// Security updates of systems whose support has ended.
    pub updates: SecurityUpdates,
    /// Licences that are counted by the machine. Default `None`: there are none.
    pub machine_licences: Option<Licences>,
    /// What it takes to carry the data of machines that move. Default `None`: as [`Transfer`] has it by default.
    pub transfer: Option<Transfer>,
}

/// Security updates of systems whose support has ended, which are sold for three years more, and are free of charge on Azure.
///
/// No price is assumed: Microsoft sells them for 75, 100 and 125 per cent of the price of a licence in the first, second and third year
/// (<https://www.microsoft.com/en-ca/windows-server/extended-security-updates>), by agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SecurityUpdates {
    /// Of Windows Server, for one virtual processor and year, in the scenario's currency; `None`: not known, and then listed as not priced.
    pub windows_per_core_year: Option<Money>,
    /// Of SQL Server, likewise.
    pub sql_per_core_year: Option<Money>,
    /// Fewest virtual processors that are paid for of a machine. Default 8, as for licences by virtual core in Azure Arc
    /// (<https://learn.microsoft.com/en-us/azure/azure-arc/servers/license-extended-security-updates>).
    pub least_cores: u32,
    /// Which machines run which version of SQL Server, in the order of the versions; an inventory does not know.
    pub sql: Vec<SqlServers>,
}

/// The machines that run a version of SQL Server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SqlServers {
    /// The version by its year, such as 2016.
    pub version: u32,
    /// Which machines.
    pub machines: Selector,
}

/// Spend that was promised to a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CommittedSpend {
    /// Such as `aws`.
    pub provider: String,
    /// Of a year, in the scenario's currency.
    pub per_year: Money,
}

/// A range of the prices of what is rented from a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ProviderRange {
    /// Such as `aws`.
    pub provider: String,
    /// The lowest that they may be, per thousand of what is assumed: 750 for a discount of 25 per cent that is not assumed.
    pub low_permille: u32,
    /// The highest. Both may be below what is assumed; then the middle is the likely value.
    pub high_permille: u32,
}

impl Default for SqlServers {
    fn default() -> Self {
        Self { version: 0, machines: Selector::Name(String::new()) }
    }
}

impl Default for SecurityUpdates {
    fn default() -> Self {
        Self { windows_per_core_year: None, sql_per_core_year: None, least_cores: 8, sql: Vec::new() }
    }
}

/// How an application grows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ApplicationGrowth {
    /// Its name, as machines have it.
    pub application: String,
    /// Per thousand a year.
    pub permille_year: u32,
}

/// How prices change, per thousand a year. Default 0 each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PriceChanges {
    /// Hosts and instances, rented or bought.
    pub compute: i32,
    /// Storage.
    pub storage: i32,
    /// Network gear and traffic.
    pub network: i32,
    /// Licences and subscriptions.
    pub licences: i32,
    /// Electricity.
    pub power: i32,
    /// Administrators and backup.
    pub people: i32,
    /// Everything else.
    pub other: i32,
}

/// A support plan of a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SupportPlan {
    /// Such as `aws`.
    pub provider: String,
    /// Such as `Enterprise`.
    pub plan: String,
}

/// Something that is rented beside a footprint: a link, a gateway, capacity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ServiceUse {
    /// The footprint it belongs to; its region decides the price.
    pub footprint: FootprintId,
    /// The service, as the catalogue calls it.
    pub service: String,
    /// What of it.
    pub item: String,
    /// How many: ports or gateways, or GiB a month, by what the price is for.
    pub quantity: u32,
    /// A price of the user's own for one unit of what the catalogue counts, in the scenario's currency; needed where the catalogue says `ask`.
    pub quote: Option<Money>,
}

/// An input whose value is not known exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InputRange {
    /// Which.
    pub input: Input,
    /// The lowest it may be, per thousand of what is assumed, or of the year before where [`Input::is_yearly`]. As often below what is assumed as above.
    pub low_permille: u32,
    /// The highest.
    pub high_permille: u32,
}

/// What may turn out otherwise than assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Prices of servers and hosts of one's own.
    OwnHosts,
    /// Prices of storage of one's own.
    OwnStorage,
    /// Prices of rented hosts and instances.
    RentedCompute,
    /// Prices of rented storage.
    RentedStorage,
    /// Network gear, links and traffic.
    Network,
    /// Licences and subscriptions.
    Licences,
    /// Electricity.
    Power,
    /// Room, racks and cooling.
    Facilities,
    /// Administrators.
    People,
    /// Backup.
    Backup,
    /// The work of moving, double running and leaving.
    Moving,
    /// Everything else.
    Other,
    /// Growth of everything. A range shifts the growth of applications alike.
    Growth,
    /// The change of [`PriceChanges::compute`] a year.
    ComputeChange,
    /// That of [`PriceChanges::storage`].
    StorageChange,
    /// That of [`PriceChanges::network`].
    NetworkChange,
    /// That of [`PriceChanges::licences`].
    LicencesChange,
    /// That of [`PriceChanges::power`].
    PowerChange,
    /// That of [`PriceChanges::people`].
    PeopleChange,
    /// That of [`PriceChanges::other`].
    OtherChange,
    /// How much of the administration of a machine is left where hosts are rented or it is an instance.
    AdminElsewhere,
}

impl Input {
    /// The inputs that are no price and that money depends on without another plan. They have no range unless the user gives one.
    pub const OTHERS: [Self; 9] = [
        Self::Growth,
        Self::ComputeChange,
        Self::StorageChange,
        Self::NetworkChange,
        Self::LicencesChange,
        Self::PowerChange,
        Self::PeopleChange,
        Self::OtherChange,
        Self::AdminElsewhere,
    ];

    /// Whether it is a change from year to year, whose values are per thousand of the year before: 1050 is 5 per cent more each year.
    pub fn is_yearly(self) -> bool {
        self >= Self::Growth && self != Self::AdminElsewhere
    }
}

impl Default for Finance {
    fn default() -> Self {
        Self {
            growth_permille_year: 0,
            application_growth: Vec::new(),
            discount_permille_year: 70,
            price_changes: PriceChanges::default(),
            double_running_months: 0,
            exit_per_host: Money::ZERO,
            book_months: 0,
            snapshot_pct: 0,
            internet_gib_per_machine: 0,
            support_plans: Vec::new(),
            services: Vec::new(),
            own_grams_per_kwh: None,
            ranges: Vec::new(),
            provider_ranges: Vec::new(),
            committed_spend: Vec::new(),
            windows_per_core_year: None,
            first_month: None,
            updates: SecurityUpdates::default(),
            machine_licences: None,
            transfer: None,
        }
    }
}
