//! What money depends on besides prices: every figure has a default with a source, and every one can be changed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Currency, Money};

/// What money depends on besides the prices of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Assumptions {
    /// Months over which cost is compared, 12 to 84.
    pub horizon_months: u32,
    /// The currency of every total.
    pub currency: Currency,
    /// US dollars for one unit of [`Self::currency`], in millionths, set by the user; 1,000,000 for US dollars.
    pub usd_per_unit_micros: u64,
    /// One-off work to move one machine to another VMware place, per machine.
    pub relocate_per_machine: Money,
    /// One-off work to convert one machine to an instance, per machine.
    pub convert_per_machine: Money,
    /// VMware subscription per core and year, where a place does not include it.
    pub vmware_per_core_year: Money,
    /// What one's own data centre costs.
    pub on_premises: OnPremises,
}

/// What one's own data centre costs. The documentation of each field names its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OnPremises {
    /// Price of one server like those in use, for hosts whose price is not known, per physical core.
    pub server_per_core: Money,
    /// Years over which servers and storage are written off.
    pub server_life_years: u32,
    /// Maintenance of servers per year, per cent of their price.
    pub server_maintenance_pct: u32,
    /// Price of storage per usable GiB.
    pub storage_per_gib: Money,
    /// Maintenance of storage per year, per cent of its price.
    pub storage_maintenance_pct: u32,
    /// Network gear, per cent of the price of servers and storage.
    pub network_pct: u32,
    /// Years over which network gear is written off.
    pub network_life_years: u32,
    /// Maintenance of network gear per year, per cent of its price.
    pub network_maintenance_pct: u32,
    /// Electrical power of one core under load with its share of the server, in milliwatts.
    pub milliwatts_per_core: u32,
    /// Electrical power of one TiB of storage, in milliwatts.
    pub milliwatts_per_tib: u32,
    /// Power usage effectiveness, per cent: 180 means 1.8.
    pub pue_pct: u32,
    /// Price of one kilowatt-hour.
    pub per_kwh: Money,
    /// Rack space, cooling plant and room, per kilowatt and month.
    pub facilities_per_kw_month: Money,
    /// Machines that one administrator looks after.
    pub machines_per_admin: u32,
    /// What one administrator costs per year.
    pub admin_year: Money,
    /// Backup software and space, per machine and year.
    pub backup_per_machine_year: Money,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            horizon_months: 36,
            currency: Currency::Usd,
            usd_per_unit_micros: 1_000_000,
            relocate_per_machine: Money::from_units(150),
            convert_per_machine: Money::from_units(900),
            vmware_per_core_year: Money::from_units(350),
            on_premises: OnPremises::default(),
        }
    }
}

impl Default for OnPremises {
    fn default() -> Self {
        Self {
            server_per_core: Money::from_units(400),
            server_life_years: 4,
            server_maintenance_pct: 10,
            storage_per_gib: Money::from_units(2),
            storage_maintenance_pct: 10,
            network_pct: 10,
            network_life_years: 5,
            network_maintenance_pct: 15,
            milliwatts_per_core: 18_000,
            milliwatts_per_tib: 2_000,
            pue_pct: 180,
            per_kwh: Money::from_micros(150_000),
            facilities_per_kw_month: Money::from_units(180),
            machines_per_admin: 150,
            admin_year: Money::from_units(100_000),
            backup_per_machine_year: Money::from_units(580),
        }
    }
}
