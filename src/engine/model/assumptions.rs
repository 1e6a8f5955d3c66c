//! What money depends on besides prices: every figure has a default with a source, and every one can be changed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Currency, ExchangeRate, Finance, Money};

/// What money depends on besides the prices of the catalogue. Amounts are in [`Self::currency`]; the defaults are US dollars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Assumptions {
    /// Months over which cost is compared, 12 to 84. Default 36, the longest term that clouds price.
    pub horizon_months: u32,
    /// The currency of every total.
    pub currency: Currency,
    /// What currencies are worth, as the user set it, each once and in a fixed order. US dollars need none; prices in a currency without one cannot be used.
    pub rates: Vec<ExchangeRate>,
    /// One-off work to move one machine to another VMware place, per machine. Default 150: an assumption of ours, one to two hours of an engineer;
    /// `kubev2v/migration-planner` (2026-11) counts 60 minutes of checks per machine.
    pub relocate_per_machine: Money,
    /// One-off work to convert one machine to an instance, per machine. Default 900: an assumption of ours, six times a relocation, because the
    /// hypervisor, drivers, network and backup change and the application is tested.
    pub convert_per_machine: Money,
    /// VMware subscription per core and year, where a place does not include it. Default 350: list price of VMware Cloud Foundation, June 2026
    /// (<https://redresscompliance.com/vmware-cloud-foundation-licensing-download>), which reports 185 to 275 paid by large customers. Perpetual licences
    /// without support: enter 0.
    pub vmware_per_core_year: Money,
    /// Fewest cores of a processor that VMware licenses, used or not. Default 16
    /// (<https://github.com/ibm-cloud-docs/vmwaresolutions/blob/master/conref.md>, 2026-08-21).
    pub vmware_min_cores_per_cpu: u32,
    /// Fewest cores that can be subscribed to at all; what is missing is paid as a line of its own. Default 0: none. 72 was announced for 2025-04-10
    /// (<https://redresscompliance.com/vmware-cloud-foundation-licensing-download>); whether it holds in every region is not settled by the sources we know.
    pub vmware_min_order_cores: u32,
    /// Administration of one machine on rented hosts or as an instance, per cent of what it takes on premises. Default 50: an assumption of ours, because
    /// hosts, storage and network are looked after by the provider and guests are not. 100 claims no saving of people.
    pub admin_elsewhere_pct: u32,
    /// One GiB that leaves a cloud's region, for the traffic that rules name. Default `None`: by the tiers of the region, as the catalogue lists them with their
    /// sources, for the volume of each rule. Traffic out of one's own sites costs nothing. Links of a scenario replace it.
    pub egress_per_gib: Option<Money>,
    /// What one's own data centre costs.
    pub on_premises: OnPremises,
    /// How money is looked at over the years, and what a move costs beside its work.
    pub finance: Box<Finance>,
}

/// What one's own data centre costs.
///
/// Most defaults are the constants of Azure Migrate's business case as documented on 2024-10-29
/// (<https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/migrate/concepts-business-case-calculation.md>), below "Azure". Its defects are left out:
///
/// - the ratio in the price of a server is printed as "cores : memory"; only as memory ÷ cores does it give the price of a server, and so it is read;
/// - "2 USD per GB per month" for the *purchase* of storage is taken as 2 USD per GB, once;
/// - the formula for labour lacks the hourly rate, and counts 730 × 12 hours of work in a year; here an administrator costs so much a year;
/// - security, monitoring and patching (250, 430 and 430 USD per server and year) are charged on premises though every place needs them: charged nowhere and
///   listed as not priced. Backup, which it charges on premises too, is charged wherever a machine runs;
/// - the loss of 40 % of power capacity is applied to the rack space paid for, not to the kilowatt-hours used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OnPremises {
    /// Price of one server like those in use, for hosts whose price is not known: per physical core … Default 227.74: Azure, 113.87 for each of two threads.
    pub server_per_core: Money,
    /// … and per GiB of its memory. Default 16.232: Azure.
    pub server_per_gib: Money,
    /// Years over which servers and storage are written off. Default 4: Azure.
    pub server_life_years: u32,
    /// Months after which the support of the hosts that are there ends, counted from the first of the horizon: then each is bought again at the price of its
    /// like, and again every [`Self::server_life_years`]; until then their hardware is paid for already and costs nothing. Default `None`: not known, and
    /// each host costs its share of that price every month.
    pub supported_months: Option<u32>,
    /// Maintenance of servers per year, per cent of their price. Default 10: an assumption of ours after that of storage; Azure has none.
    pub server_maintenance_pct: u32,
    /// Price of storage per usable GiB. Default 2: Azure, for a GB.
    pub storage_per_gib: Money,
    /// Maintenance of storage per year, per cent of its price. Default 10: Azure.
    pub storage_maintenance_pct: u32,
    /// Network gear, per cent of the price of servers and storage. Default 10: Azure.
    pub network_pct: u32,
    /// Years over which network gear is written off. Default 5: Azure.
    pub network_life_years: u32,
    /// Maintenance of network gear per year, per cent of its price. Default 15: Azure.
    pub network_maintenance_pct: u32,
    /// Electrical power of one core under load with its share of the server, in milliwatts. Default 18,000: Azure, 9 W × a load factor of 2.
    pub milliwatts_per_core: u32,
    /// Electrical power of one TiB of storage, in milliwatts. Default 2,000: Azure, 1 W × a load factor of 2.
    pub milliwatts_per_tib: u32,
    /// Power usage effectiveness, per cent: 180 means 1.8. Default 180: Azure.
    pub pue_pct: u32,
    /// Price of one kilowatt-hour. Default 0.19: the average of the European Union for customers other than households was 0.1902 EUR in the first half of
    /// 2025 (Eurostat, <https://www.eubusiness.com/energy/germany-electricity-prices-highest-in-eu/>); enter your tariff.
    pub per_kwh: Money,
    /// Rack space, cooling plant and room, per kilowatt of power capacity and month, electricity apart. Default 180: an assumption of ours, as colocation is
    /// offered; Azure leaves it to the user.
    pub facilities_per_kw_month: Money,
    /// Power capacity that stays unused, per cent of what is paid for. Default 40: Azure.
    pub unused_power_pct: u32,
    /// Machines that one administrator looks after. Default 150: an assumption of ours; Azure leaves it to the user.
    pub machines_per_admin: u32,
    /// What one administrator costs per year. Default 100,000: an assumption of ours; Azure leaves it to the user.
    pub admin_year: Money,
    /// Backup per machine and year, wherever it runs. Default 580: Azure, a backup administrator's share and local space.
    pub backup_per_machine_year: Money,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            horizon_months: 36,
            currency: Currency::Usd,
            rates: Vec::new(),
            relocate_per_machine: Money::from_units(150),
            convert_per_machine: Money::from_units(900),
            vmware_per_core_year: Money::from_units(350),
            vmware_min_cores_per_cpu: 16,
            vmware_min_order_cores: 0,
            admin_elsewhere_pct: 50,
            egress_per_gib: None,
            on_premises: OnPremises::default(),
            finance: Box::default(),
        }
    }
}

impl Default for OnPremises {
    fn default() -> Self {
        Self {
            server_per_core: Money::from_micros(227_740_000),
            server_per_gib: Money::from_micros(16_232_000),
            server_life_years: 4,
            supported_months: None,
            server_maintenance_pct: 10,
            storage_per_gib: Money::from_units(2),
            storage_maintenance_pct: 10,
            network_pct: 10,
            network_life_years: 5,
            network_maintenance_pct: 15,
            milliwatts_per_core: 18_000,
            milliwatts_per_tib: 2_000,
            pue_pct: 180,
            per_kwh: Money::from_micros(190_000),
            facilities_per_kw_month: Money::from_units(180),
            unused_power_pct: 40,
            machines_per_admin: 150,
            admin_year: Money::from_units(100_000),
            backup_per_machine_year: Money::from_units(580),
        }
    }
}

impl Assumptions {
    /// Months over which cost is compared, kept within ten years.
    pub fn horizon(&self) -> u32 {
        self.horizon_months.clamp(1, 120)
    }
}
