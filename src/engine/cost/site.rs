//! What a site of one's own costs: servers, storage, network gear, power, room, people. See [`OnPremises`] for where the figures come from.

use super::rate::{HOURS_PER_MONTH, Rate, whole_thousandths};
use super::tariff::Driver;
use super::{LineKind, Nature, Unit};
use crate::engine::catalog::PriceStatus;
use crate::engine::model::{Assumptions, MiB, Money, OnPremises};
use crate::engine::sizing::LARGEST;
use crate::engine::sizing::text::{count, decimal, money};

/// What the VMware subscription of cores is called.
pub(super) const VMWARE: &str = "VMware subscription";

/// What Windows Server of the cores of hosts is called.
pub(super) const WINDOWS: &str = "Windows Server on hosts";

/// A server as far as it costs money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Server {
    pub name: String,
    pub sockets: u32,
    pub cores: u32,
    /// What it was or is bought for.
    pub price: Money,
    pub status: PriceStatus,
    /// How the price came about.
    pub price_source: String,
    pub vmware_included: bool,
    /// Its power as it was measured; `None`: estimated by its cores.
    pub drawn: Option<Drawn>,
}

/// Electrical power of a server, cooling apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    pub milliwatts: u64,
    /// How it was come by.
    pub words: String,
}

/// Rates of a site, over a horizon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    pub assumptions: &'a Assumptions,
}

impl<'a> Site<'a> {
    fn figures(self) -> &'a OnPremises {
        &self.assumptions.on_premises
    }

    /// A server that is there, priced by its cores and memory.
    pub fn existing_server(self, sockets: u32, cores: u32, memory: MiB) -> Server {
        let figures = self.figures();
        let gib = memory.0.div_ceil(1024);
        let price = figures.server_per_core.times(u64::from(cores)) + figures.server_per_gib.times(gib);
        let price_source = format!(
            "{cores} cores × {} + {} GiB × {}",
            figures.server_per_core,
            decimal(gib, 1, 0),
            figures.server_per_gib
        );
        Server {
            name: format!("servers of {} and {} GiB", count(u64::from(cores), "core", "cores"), decimal(gib, 1, 0)),
            sockets,
            cores,
            price,
            status: PriceStatus::Assumed,
            price_source,
            vmware_included: false,
            drawn: None,
        }
    }

    /// The rates of one server and how much of each it takes, in thousandths.
    pub fn server(self, server: &Server) -> Vec<(Rate, u64)> {
        const ONE: u64 = 1000;
        let figures = self.figures();
        let name = &server.name;
        let bought = money(server.price);
        let network = server.price.percent(i64::from(figures.network_pct));
        let of_network = format!("{} % of {bought}", figures.network_pct);
        let host = |kind, nature, what: &str, unit_price, formula| {
            let rate = self.rate((kind, nature), format!("{what}: {name}"), Unit::HostMonth, unit_price, formula);
            (Rate { status: server.status, ..rate }, ONE)
        };
        let mut rates = vec![
            host(
                LineKind::Hosts,
                Nature::Capital,
                "Hardware",
                monthly_share(server.price, figures.server_life_years),
                format!("{} = {bought}, ÷ {} months", server.price_source, months_of(figures.server_life_years)),
            ),
            host(
                LineKind::Hosts,
                Nature::Operating,
                "Maintenance",
                yearly_share(server.price, figures.server_maintenance_pct),
                format!("{} % of {bought} a year ÷ 12", figures.server_maintenance_pct),
            ),
            host(
                LineKind::Network,
                Nature::Capital,
                "Network gear",
                monthly_share(network, figures.network_life_years),
                format!("{of_network}, ÷ {} months", months_of(figures.network_life_years)),
            ),
            host(
                LineKind::Network,
                Nature::Operating,
                "Network maintenance",
                yearly_share(network, figures.network_maintenance_pct),
                format!("{} % a year of {of_network} ÷ 12", figures.network_maintenance_pct),
            ),
        ];
        rates.extend(self.running(server));
        rates
    }

    /// The same of a server that is there and whose support ends after so many months: its hardware is paid for, and is bought again when the support ends,
    /// and whenever what was bought is written off.
    pub fn server_until(self, server: &Server, supported_months: u32) -> Vec<(Rate, u64)> {
        let mut rates = self.server(server);
        rates.retain(|(rate, _)| !rate.is_hardware());
        let life = u32::try_from(months_of(self.figures().server_life_years)).unwrap_or(u32::MAX);
        let mut month = supported_months;
        while month < self.assumptions.horizon() {
            let rate = self.rate(
                (LineKind::Hosts, Nature::Capital),
                format!("Bought again in month {}: {}", month + 1, server.name),
                Unit::Host,
                server.price,
                format!("{} = {}, once", server.price_source, money(server.price)),
            );
            rates.push((Rate { status: server.status, from_month: month, months: 1, ..rate }, 1000));
            month = month.saturating_add(life);
        }
        rates
    }

    /// The same of a server that is there and that the accounts hold a value for until so many months from now ([`super::book_value`]): what it is written off
    /// by until then is that, and from then on its share of the price of its like.
    pub fn server_after(self, server: &Server, written_off_months: u32) -> Vec<(Rate, u64)> {
        let left = self.assumptions.horizon().saturating_sub(written_off_months);
        let mut rates = self.server(server);
        rates.retain(|(rate, _)| left > 0 || !rate.is_hardware());
        for (rate, _) in rates.iter_mut().filter(|(rate, _)| rate.is_hardware()) {
            (rate.from_month, rate.months) = (written_off_months, left);
            rate.source.push_str("; once the book value is written off");
        }
        rates
    }

    /// What a server costs beside its hardware and network: electricity, room, and VMware where its price does not include that.
    pub fn running(self, server: &Server) -> Vec<(Rate, u64)> {
        let vmware = (!server.vmware_included).then(|| self.vmware(server.sockets, server.cores));
        let windows = self.windows(server.sockets, server.cores);
        self.power(server).into_iter().chain(vmware).chain(windows).collect()
    }

    /// The VMware subscription of a host: its cores, but at least so many for each socket ([`Assumptions::vmware_min_cores_per_cpu`]).
    pub fn vmware(self, sockets: u32, cores: u32) -> (Rate, u64) {
        let yearly = self.assumptions.vmware_per_core_year;
        let least = self.assumptions.vmware_min_cores_per_cpu;
        let licensed = cores.max(sockets.max(1).saturating_mul(least));
        let formula = format!("{yearly} per core and year ÷ 12; at least {least} cores for each socket");
        let rate = self.rate(
            (LineKind::Licences, Nature::Operating),
            VMWARE.to_owned(),
            Unit::CoreMonth,
            yearly.scale(1, 12),
            formula,
        );
        (rate, u64::from(licensed) * 1000)
    }

    /// Windows Server for all machines of a host (`Finance::windows_per_core_year`), where it has a price.
    pub fn windows(self, sockets: u32, cores: u32) -> Option<(Rate, u64)> {
        let yearly = self.assumptions.finance.windows_per_core_year?;
        let licensed = cores.max(sockets.saturating_mul(8)).max(16);
        let rate = self.rate(
            (LineKind::Licences, Nature::Operating),
            WINDOWS.to_owned(),
            Unit::CoreMonth,
            yearly.scale(1, 12),
            format!("{yearly} per core and year ÷ 12; all cores of each host, 8 of each processor and 16 of each host at least"),
        );
        Some((rate, u64::from(licensed) * 1000))
    }

    /// Electricity in whole kilowatt-hours, and room in watts, of one server.
    fn power(self, server: &Server) -> [(Rate, u64); 2] {
        let figures = self.figures();
        let Drawn { milliwatts, words } = server.drawn.clone().unwrap_or_else(|| self.estimated(server.cores));
        let milliwatts = u128::from(milliwatts);
        let kwh = (milliwatts * u128::from(figures.pue_pct) * u128::from(HOURS_PER_MONTH) + 50_000_000) / 100_000_000;
        let kwh = kwh.min(u128::from(LARGEST)) as u64;
        let watts = milliwatts * 100 / (1000 * u128::from(used_power_pct(figures)));
        let energy = self.rate(
            (LineKind::Power, Nature::Operating),
            format!("Electricity: {}", server.name),
            Unit::KwhMonth,
            figures.per_kwh,
            format!(
                "{words} × PUE {} × {HOURS_PER_MONTH} h = {} kWh for each server",
                decimal(u64::from(figures.pue_pct), 100, 2),
                decimal(kwh, 1, 0)
            ),
        );
        let room = self.rate(
            (LineKind::Facilities, Nature::Operating),
            format!("Room and cooling: {}", server.name),
            Unit::KwMonth,
            whole_thousandths(figures.facilities_per_kw_month),
            format!(
                "{words} ÷ (1 − {} % of capacity unused) = {} W for each server",
                100 - used_power_pct(figures),
                decimal(watts as u64, 1, 0)
            ),
        );
        [(energy, kwh * 1000), (room, watts as u64)]
    }

    /// The power of so many cores, as it is assumed.
    fn estimated(self, cores: u32) -> Drawn {
        let per_core = self.figures().milliwatts_per_core;
        Drawn {
            milliwatts: u64::from(cores) * u64::from(per_core),
            words: format!("{cores} cores × {} W", decimal(u64::from(per_core), 1000, 1)),
        }
    }

    /// The rates of storage arrays, for each GiB.
    pub fn arrays(self, slack_pct: u32) -> Vec<(Rate, Driver)> {
        let figures = self.figures();
        let price = figures.storage_per_gib;
        let network = price.percent(i64::from(figures.network_pct));
        let kept_free = format!("GiB are what machines take ÷ (1 − {slack_pct} % kept free)");
        let per_gib = |kind, nature, what: &str, unit_price, formula: String| {
            let formula = format!("{formula}; {kept_free}");
            (self.rate((kind, nature), what.to_owned(), Unit::GibMonth, unit_price, formula), Driver::Gib)
        };
        let milliwatts = u64::from(figures.milliwatts_per_tib);
        // Milliwatts × hours × PUE are milliwatt-hours × 100; a kilowatt-hour has 10⁶ milliwatt-hours, a TiB 1,024 GiB.
        let energy = figures.per_kwh.scale(
            i128::from(milliwatts) * i128::from(HOURS_PER_MONTH) * i128::from(figures.pue_pct),
            100 * 1_000_000 * 1024,
        );
        let room = figures
            .facilities_per_kw_month
            .scale(i128::from(milliwatts) * 100, 1_000_000 * 1024 * i128::from(used_power_pct(figures)));
        let watts = decimal(milliwatts, 1000, 1);
        vec![
            per_gib(
                LineKind::Storage,
                Nature::Capital,
                "Storage arrays",
                monthly_share(price, figures.server_life_years),
                format!("{price} per GiB ÷ {} months", months_of(figures.server_life_years)),
            ),
            per_gib(
                LineKind::Storage,
                Nature::Operating,
                "Maintenance of storage arrays",
                yearly_share(price, figures.storage_maintenance_pct),
                format!("{} % of {price} a year ÷ 12", figures.storage_maintenance_pct),
            ),
            per_gib(
                LineKind::Network,
                Nature::Capital,
                "Network gear of storage arrays",
                monthly_share(network, figures.network_life_years),
                format!("{} % of {price} ÷ {} months", figures.network_pct, months_of(figures.network_life_years)),
            ),
            per_gib(
                LineKind::Network,
                Nature::Operating,
                "Network maintenance of storage arrays",
                yearly_share(network, figures.network_maintenance_pct),
                format!("{} % a year of {} % of {price} ÷ 12", figures.network_maintenance_pct, figures.network_pct),
            ),
            per_gib(
                LineKind::Power,
                Nature::Operating,
                "Electricity of storage arrays",
                energy,
                format!("{watts} W per TiB × PUE × {HOURS_PER_MONTH} h × {} per kWh", figures.per_kwh),
            ),
            per_gib(
                LineKind::Facilities,
                Nature::Operating,
                "Room and cooling of storage arrays",
                room,
                format!("{watts} W per TiB ÷ used share × {} per kW", figures.facilities_per_kw_month),
            ),
        ]
    }

    /// The rates of people and backup, for each machine. `share_pct`: how much of the work on premises a machine takes here.
    pub fn care(self, share_pct: u32) -> [(Rate, Driver); 2] {
        let figures = self.figures();
        let admin =
            figures.admin_year.scale(i128::from(share_pct), 1200 * i128::from(figures.machines_per_admin.max(1)));
        let share = if share_pct == 100 { String::new() } else { format!(" × {share_pct} %") };
        let people = self.rate(
            (LineKind::People, Nature::Operating),
            "Administrators".to_owned(),
            Unit::MachineMonth,
            admin,
            format!("{} a year ÷ {} machines ÷ 12{share}", figures.admin_year, figures.machines_per_admin.max(1)),
        );
        let backup = self.rate(
            (LineKind::Backup, Nature::Operating),
            "Backup".to_owned(),
            Unit::MachineMonth,
            figures.backup_per_machine_year.scale(1, 12),
            format!("{} a year ÷ 12, the same in every place", figures.backup_per_machine_year),
        );
        [(people, Driver::Machine), (backup, Driver::Machine)]
    }

    /// The rate of moving a machine, paid once.
    pub fn moving(self, converting: bool) -> Rate {
        let (label, unit_price) = if converting {
            ("Converting machines to instances", self.assumptions.convert_per_machine)
        } else {
            ("Moving machines to another VMware place", self.assumptions.relocate_per_machine)
        };
        let rate = self.rate(
            (LineKind::Migration, Nature::Migration),
            label.to_owned(),
            Unit::Machine,
            unit_price,
            "one-off work for each machine".to_owned(),
        );
        Rate { months: 1, ..rate }
    }

    fn rate(
        self,
        (kind, nature): (LineKind, Nature),
        label: String,
        unit: Unit,
        price: Money,
        formula: String,
    ) -> Rate {
        Rate {
            kind,
            nature,
            label,
            unit,
            unit_price: price.max(Money::ZERO),
            status: PriceStatus::Assumed,
            source: format!("Assumptions: {formula}"),
            from_month: 0,
            months: self.assumptions.horizon(),
        }
    }
}

/// A price written off in equal parts over `years`.
fn monthly_share(price: Money, years: u32) -> Money {
    price.scale(1, i128::from(months_of(years)))
}

/// Months of so many years, a year's at least.
fn months_of(years: u32) -> u64 {
    u64::from(years.max(1)) * 12
}

/// A month's part of `pct` per cent of a price a year.
fn yearly_share(price: Money, pct: u32) -> Money {
    price.scale(i128::from(pct), 1200)
}

/// Power capacity that is used, per cent of what is paid for.
fn used_power_pct(figures: &OnPremises) -> u32 {
    100 - figures.unused_power_pct.min(99)
}
