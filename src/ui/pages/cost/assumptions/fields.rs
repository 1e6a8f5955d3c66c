//! The assumptions that can be changed: what each is called, what it means, and where it is kept.

use crate::engine::model::{Assumptions, Money};

/// One number of the assumptions: what it is called, what it means, and how it is read and written.
pub struct Number {
    /// Its name in the history: edits of the same field are one step of undo.
    pub key: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it counts.
    pub unit: &'static str,
    /// What it means.
    pub help: &'static str,
    /// The least and the most, as shown.
    pub range: (f64, f64),
    /// How many of what is kept make one of what is shown.
    pub scale: f64,
    /// Where it is kept.
    pub at: Kept,
}

/// Where a number is kept.
#[derive(Clone, Copy)]
pub enum Kept {
    /// As a number that cannot be below zero.
    Plain(fn(&mut Assumptions) -> &mut u32),
    /// As one that can.
    Signed(fn(&mut Assumptions) -> &mut i32),
}

impl Number {
    /// The number as shown.
    pub fn read(&self, assumptions: &mut Assumptions) -> f64 {
        let kept = match self.at {
            Kept::Plain(at) => f64::from(*at(assumptions)),
            Kept::Signed(at) => f64::from(*at(assumptions)),
        };
        kept / self.scale
    }

    /// Keeps a number as shown.
    pub fn write(&self, assumptions: &mut Assumptions, value: f64) {
        let kept = (value * self.scale).round();
        match self.at {
            Kept::Plain(at) => *at(assumptions) = kept as u32,
            Kept::Signed(at) => *at(assumptions) = kept as i32,
        }
    }

    /// Decimals that are kept.
    pub fn decimals(&self) -> usize {
        match self.scale as u32 {
            1 => 0,
            100 => 2,
            _ => 1,
        }
    }
}

/// One amount of the assumptions.
pub struct Amount {
    /// Its name in the history.
    pub key: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// For what it is paid.
    pub per: &'static str,
    /// What it means.
    pub help: &'static str,
    /// Where it is kept.
    pub get: fn(&mut Assumptions) -> &mut Money,
}

/// Over how long all is compared.
pub const HORIZON: Number = Number {
    key: "horizon",
    label: "Compare over",
    unit: "months",
    help: "From one to seven years",
    range: (12.0, 84.0),
    scale: 1.0,
    at: Kept::Plain(|a| &mut a.horizon_months),
};

/// What every plan depends on.
pub const GENERAL: [Amount; 3] = [
    Amount {
        key: "relocate",
        label: "Relocate one machine",
        per: "once",
        help: "Work to move a machine to another VMware place, with its tests",
        get: |a| &mut a.relocate_per_machine,
    },
    Amount {
        key: "convert",
        label: "Convert one machine",
        per: "once",
        help: "Work to turn a machine into an instance, with its tests",
        get: |a| &mut a.convert_per_machine,
    },
    Amount {
        key: "vmware",
        label: "VMware subscription",
        per: "a core and year",
        help: "Where a place does not include it",
        get: |a| &mut a.vmware_per_core_year,
    },
];

/// What VMware sells at least.
pub const VMWARE: [Number; 2] = [
    Number {
        key: "vmware_cpu",
        label: "VMware: fewest cores of a processor",
        unit: "cores",
        help: "Paid for each processor, also where it has fewer; VMware counts 16",
        range: (0.0, 256.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.vmware_min_cores_per_cpu),
    },
    Number {
        key: "vmware_order",
        label: "VMware: smallest order",
        unit: "cores",
        help: "What is missing is paid as a line of its own. 72 was announced for April 2025; ask your seller whether it holds. 0: none",
        range: (0.0, 100_000.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.vmware_min_order_cores),
    },
];

/// What one's own data centre costs.
pub const SITE_AMOUNTS: [Amount; 7] = [
    Amount {
        key: "server",
        label: "Servers",
        per: "a core",
        help: "Price of a server like those in use, by its cores",
        get: |a| &mut a.on_premises.server_per_core,
    },
    Amount {
        key: "server_gib",
        label: "Memory of servers",
        per: "a GiB",
        help: "Added to the price of a server for its memory",
        get: |a| &mut a.on_premises.server_per_gib,
    },
    Amount {
        key: "storage",
        label: "Storage",
        per: "a GiB",
        help: "Price of usable space on an array",
        get: |a| &mut a.on_premises.storage_per_gib,
    },
    Amount {
        key: "kwh",
        label: "Electricity",
        per: "a kWh",
        help: "Your tariff, with charges and taxes",
        get: |a| &mut a.on_premises.per_kwh,
    },
    Amount {
        key: "room",
        label: "Room and cooling",
        per: "a kW and month",
        help: "Racks, cooling plant and space",
        get: |a| &mut a.on_premises.facilities_per_kw_month,
    },
    Amount {
        key: "admin",
        label: "One administrator",
        per: "a year",
        help: "With all charges",
        get: |a| &mut a.on_premises.admin_year,
    },
    Amount {
        key: "backup",
        label: "Backup",
        per: "a machine and year",
        help: "Software and space",
        get: |a| &mut a.on_premises.backup_per_machine_year,
    },
];

/// The key of what is no figure of a site: administration elsewhere.
pub const ELSEWHERE: &str = "elsewhere";

/// What one's own data centre is like.
pub const SITE_NUMBERS: [Number; 12] = [
    Number {
        key: "life",
        label: "Servers and storage last",
        unit: "years",
        help: "Over which they are written off",
        range: (1.0, 10.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.on_premises.server_life_years),
    },
    Number {
        key: "server_upkeep",
        label: "Maintenance of servers",
        unit: "% a year",
        help: "Of their price",
        range: (0.0, 50.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.on_premises.server_maintenance_pct),
    },
    Number {
        key: "storage_upkeep",
        label: "Maintenance of storage",
        unit: "% a year",
        help: "Of its price",
        range: (0.0, 50.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.on_premises.storage_maintenance_pct),
    },
    Number {
        key: "network",
        label: "Network gear",
        unit: "%",
        help: "Of the price of servers and storage",
        range: (0.0, 100.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.on_premises.network_pct),
    },
    Number {
        key: "network_life",
        label: "Network gear lasts",
        unit: "years",
        help: "Over which it is written off",
        range: (1.0, 15.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.on_premises.network_life_years),
    },
    Number {
        key: "network_upkeep",
        label: "Maintenance of network gear",
        unit: "% a year",
        help: "Of its price",
        range: (0.0, 50.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.on_premises.network_maintenance_pct),
    },
    Number {
        key: "watts",
        label: "Power of a core",
        unit: "W",
        help: "With its share of the server",
        range: (0.0, 100.0),
        scale: 1000.0,
        at: Kept::Plain(|a| &mut a.on_premises.milliwatts_per_core),
    },
    Number {
        key: "watts_tib",
        label: "Power of a TiB",
        unit: "W",
        help: "Of storage",
        range: (0.0, 100.0),
        scale: 1000.0,
        at: Kept::Plain(|a| &mut a.on_premises.milliwatts_per_tib),
    },
    Number {
        key: "pue",
        label: "PUE",
        unit: "",
        help: "Power of the room for each unit of power of the gear",
        range: (1.0, 4.0),
        scale: 100.0,
        at: Kept::Plain(|a| &mut a.on_premises.pue_pct),
    },
    Number {
        key: "unused",
        label: "Power capacity unused",
        unit: "%",
        help: "Paid for as room, but not drawn",
        range: (0.0, 90.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.on_premises.unused_power_pct),
    },
    Number {
        key: ELSEWHERE,
        label: "Administration elsewhere",
        unit: "%",
        help: "Of what a machine takes on premises, on rented hosts and as an instance",
        range: (0.0, 200.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.admin_elsewhere_pct),
    },
    Number {
        key: "admins",
        label: "Machines for one administrator",
        unit: "",
        help: "How many one looks after",
        range: (1.0, 5000.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.on_premises.machines_per_admin),
    },
];

/// Growth and the worth of later money.
pub const YEARS: [Number; 2] = [
    Number {
        key: "growth",
        label: "Growth of everything",
        unit: "% a year",
        help: "Of all that is counted, on both sides of the comparison; hosts grow by whole ones",
        range: (0.0, 100.0),
        scale: 10.0,
        at: Kept::Plain(|a| &mut a.finance.growth_permille_year),
    },
    Number {
        key: "discount",
        label: "Discount rate",
        unit: "% a year",
        help: "What money costs you; for the net present value. 7 % is that of Azure Migrate's business case",
        range: (0.0, 100.0),
        scale: 10.0,
        at: Kept::Plain(|a| &mut a.finance.discount_permille_year),
    },
];

/// How prices change.
pub const CHANGES: [Number; 7] = [
    Number {
        key: "change_compute",
        label: "Hosts and instances",
        unit: "% a year",
        help: "Change of their prices, rented or bought; hardware became cheaper for long",
        range: (-50.0, 100.0),
        scale: 10.0,
        at: Kept::Signed(|a| &mut a.finance.price_changes.compute),
    },
    Number {
        key: "change_storage",
        label: "Storage",
        unit: "% a year",
        help: "Change of its price",
        range: (-50.0, 100.0),
        scale: 10.0,
        at: Kept::Signed(|a| &mut a.finance.price_changes.storage),
    },
    Number {
        key: "change_network",
        label: "Network",
        unit: "% a year",
        help: "Change of the price of gear, links and traffic",
        range: (-50.0, 100.0),
        scale: 10.0,
        at: Kept::Signed(|a| &mut a.finance.price_changes.network),
    },
    Number {
        key: "change_licences",
        label: "Licences",
        unit: "% a year",
        help: "Change of subscriptions and licences",
        range: (-50.0, 100.0),
        scale: 10.0,
        at: Kept::Signed(|a| &mut a.finance.price_changes.licences),
    },
    Number {
        key: "change_power",
        label: "Electricity",
        unit: "% a year",
        help: "Change of the tariff",
        range: (-50.0, 100.0),
        scale: 10.0,
        at: Kept::Signed(|a| &mut a.finance.price_changes.power),
    },
    Number {
        key: "change_people",
        label: "Administrators and backup",
        unit: "% a year",
        help: "Change of wages",
        range: (-50.0, 100.0),
        scale: 10.0,
        at: Kept::Signed(|a| &mut a.finance.price_changes.people),
    },
    Number {
        key: "change_other",
        label: "Everything else",
        unit: "% a year",
        help: "Rooms, and charges of services",
        range: (-50.0, 100.0),
        scale: 10.0,
        at: Kept::Signed(|a| &mut a.finance.price_changes.other),
    },
];

/// What moving and leaving take beside the work.
pub const LEAVING: [Number; 2] = [
    Number {
        key: "double",
        label: "Double running",
        unit: "months",
        help: "In which machines that move are paid for in both places",
        range: (0.0, 84.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.finance.double_running_months),
    },
    Number {
        key: "book",
        label: "Retired hosts are still written off",
        unit: "months",
        help: "For which their hardware is still paid after they are given up",
        range: (0.0, 84.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.finance.book_months),
    },
];

/// What a host costs that is given up.
pub const EXIT: Amount = Amount {
    key: "exit",
    label: "Take a host out of service",
    per: "once",
    help: "For each host that the plan retires",
    get: |a| &mut a.finance.exit_per_host,
};

/// What is paid in clouds beside hosts and instances.
pub const CLOUD: [Number; 2] = [
    Number {
        key: "snapshots",
        label: "Snapshots of instances",
        unit: "% of disks",
        help: "Space that they take beside the disks",
        range: (0.0, 1000.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.finance.snapshot_pct),
    },
    Number {
        key: "internet",
        label: "Traffic to the internet",
        unit: "GiB a machine and month",
        help: "From machines in clouds, charged by the tiers of their region",
        range: (0.0, 1_000_000.0),
        scale: 1.0,
        at: Kept::Plain(|a| &mut a.finance.internet_gib_per_machine),
    },
];
