//! What one place costs: by host, by machine, and for being used at all.

use super::GrowthPrice;
use super::instances::{Choice, Menu};
use super::licences::{LicenceRates, Needs};
use super::rate::{Charge, Rate};
use super::updates::{self, Updates};
use crate::engine::model::{
    Assumptions, ClusterId, FootprintId, HostId, Machine, MachineEdit, MachineId, Money, OsFamily,
};
use crate::engine::placement::{Refusal, Resources};
use crate::engine::sizing::{CPU, Demand, DiskNeed, STORAGE};

/// The instance that a machine gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceOf {
    /// The type's name, such as `m7i.2xlarge`.
    pub type_name: String,
    /// Its disks, such as `gp3 40 GiB + st1 500 GiB`.
    pub disks: String,
    /// What the instance and its disks cost each month, licences of one's own apart.
    pub monthly: Money,
}

/// A machine as far as it costs money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Which machine.
    pub machine: MachineId,
    /// The cluster it runs in today.
    pub cluster: ClusterId,
    /// Whether it runs Windows, whose licence some instances include.
    pub windows: bool,
    /// What it asks for, processors as thousandths of a vCPU.
    pub demand: Resources,
    /// What each of its disks asks for, the one that it starts from first.
    pub disks: Vec<DiskNeed>,
    /// Its Windows Server and its SQL Server, by their position among the systems whose support ends.
    pub(super) systems: [Option<u8>; 2],
    /// The licences that it needs.
    pub(super) licences: Needs,
    /// What it asks for of a host's processors: see [`Demand::host_cpu`].
    pub host_cpu: u64,
}

impl Load {
    /// A machine with its demand and that of its disks.
    pub fn of(
        machine: &Machine,
        edit: Option<&MachineEdit>,
        demand: &Demand,
        disks: Vec<DiskNeed>,
        assumptions: &Assumptions,
    ) -> Self {
        let windows = matches!(machine.os_family, OsFamily::WindowsServer | OsFamily::WindowsDesktop);
        let systems = updates::systems_of(machine, edit, &assumptions.finance.updates);
        let licences = Needs::of(machine, edit, assumptions.finance.machine_licences.as_ref());
        Self {
            machine: machine.id,
            cluster: machine.cluster,
            windows,
            demand: demand.resources,
            disks,
            systems,
            licences,
            host_cpu: demand.host_cpu,
        }
    }

    /// Its virtual processors, in whole ones.
    pub(super) fn vcpus(&self) -> u64 {
        self.demand[CPU].div_ceil(1000)
    }

    /// What it asks a host for.
    pub fn on_host(&self) -> Resources {
        let mut resources = self.demand;
        resources[CPU] = self.host_cpu;
        resources
    }
}

/// What a rate of a machine is multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Driver {
    /// The machine itself.
    Machine,
    /// The GiB it takes on arrays, free share included.
    Gib,
}

/// A host that is there, with what keeping it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnHost {
    pub host: HostId,
    pub may_retire: bool,
    pub charges: Vec<Charge>,
}

/// What one place costs. The solver minimises [`Self::machine_cost`], [`Self::own_host_costs`], [`Self::new_host_cost`] and [`Self::place_cost`]; the ledger
/// lists the same charges by rate, so both come to the same total.
#[derive(Clone, Debug, Default)]
pub struct Tariff {
    pub(super) footprint: Option<FootprintId>,
    pub(super) rates: Vec<Rate>,
    /// What more of a rate costs that comes by growth, where the rate is for a term: position of the rate, and the price on demand.
    pub(super) on_demand: Vec<(usize, Rate)>,
    pub(super) own_hosts: Vec<OwnHost>,
    pub(super) new_host: Vec<Charge>,
    pub(super) place: Vec<Charge>,
    pub(super) machine: Vec<(usize, Driver)>,
    /// Charged once for a machine that comes from elsewhere.
    pub(super) moving: Option<usize>,
    /// The cluster whose machines need not move to be here.
    pub(super) home: Option<ClusterId>,
    /// Share of an array that is used, per cent; GiB are divided by it.
    pub(super) array_use_pct: u32,
    pub(super) menu: Option<Menu>,
    pub(super) updates: Updates,
    pub(super) licences: LicenceRates,
    pub(super) refusal: Option<Refusal>,
    /// What is known to cost money here and is not in the rates.
    pub(super) not_priced: Vec<String>,
    per_machine: Money,
    per_gib: Money,
    per_move: Money,
}

impl Tariff {
    pub(super) fn of_footprint(footprint: Option<FootprintId>) -> Self {
        Self { footprint, array_use_pct: 100, ..Self::default() }
    }

    /// A place that takes no machine.
    pub fn refusing(footprint: FootprintId, refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..Self::of_footprint(Some(footprint)) }
    }

    /// Adds a rate, or finds the one that is the same, and says where it is.
    pub(super) fn rate(&mut self, rate: Rate) -> usize {
        let known = self.rates.iter().position(|other| *other == rate);
        known.unwrap_or_else(|| {
            self.rates.push(rate);
            self.rates.len() - 1
        })
    }

    /// Says what more of a rate costs that comes by growth.
    pub(super) fn grows_at(&mut self, rate: usize, on_demand: Option<Rate>) {
        let is_known = self.on_demand.iter().any(|(known, _)| *known == rate);
        self.on_demand.extend(on_demand.filter(|_| !is_known).map(|price| (rate, price)));
    }

    /// What more of the rates costs of which there is some.
    pub(super) fn growth_prices(&self, quantities: &[u64]) -> impl Iterator<Item = GrowthPrice> {
        let used =
            self.on_demand.iter().filter(|(rate, _)| quantities.get(*rate).is_some_and(|&quantity| quantity > 0));
        used.map(|(rate, price)| GrowthPrice {
            footprint: self.footprint,
            of: self.rates[*rate].label.clone(),
            label: price.label.clone(),
            unit_price: price.unit_price,
            status: price.status,
            source: price.source.clone(),
        })
    }

    /// Adds rates with quantities.
    pub(super) fn charges(&mut self, rates: Vec<(Rate, u64)>) -> Vec<Charge> {
        rates.into_iter().map(|(rate, quantity_milli)| Charge { rate: self.rate(rate), quantity_milli }).collect()
    }

    /// Adds rates that every machine pays.
    pub(super) fn for_machines(&mut self, rates: impl IntoIterator<Item = (Rate, Driver)>) {
        for (rate, driver) in rates {
            let amount = rate.amount(1000);
            match driver {
                Driver::Machine => self.per_machine += amount,
                Driver::Gib => self.per_gib += amount,
            }
            let rate = self.rate(rate);
            self.machine.push((rate, driver));
        }
    }

    /// Sets the rate that machines from elsewhere pay once.
    pub(super) fn for_moving(&mut self, rate: Rate) {
        self.per_move = rate.amount(1000);
        self.moving = Some(self.rate(rate));
    }

    /// Why the place takes no machine at all.
    pub fn refusal(&self) -> Option<Refusal> {
        self.refusal
    }

    /// The footprint it belongs to; `None` for a cluster of the estate that is none.
    pub fn footprint(&self) -> Option<FootprintId> {
        self.footprint
    }

    /// What the hosts that are there cost over the horizon, in their order, and whether leaving one empty saves that.
    pub fn own_host_costs(&self) -> impl Iterator<Item = (HostId, Money, bool)> {
        self.own_hosts.iter().map(|own| (own.host, self.sum(&own.charges), own.may_retire))
    }

    /// What one more host costs over the horizon.
    pub fn new_host_cost(&self) -> Money {
        self.sum(&self.new_host)
    }

    /// What using the place at all costs over the horizon.
    pub fn place_cost(&self) -> Money {
        self.sum(&self.place)
    }

    /// What a machine costs here by itself over the horizon, or why it cannot be here.
    pub fn machine_cost(&self, load: &Load) -> Result<Money, Refusal> {
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        let mut cost = self.per_machine + self.updates.cost(load);
        if self.per_gib > Money::ZERO {
            cost += self.per_gib.times(self.array_gib(load));
        }
        if self.moves(load) {
            cost += self.per_move;
        }
        cost += match &self.menu {
            Some(menu) => menu.choose(load, &self.licences).ok_or_else(|| menu.refusal(load))?.cost,
            None => self.licences.cost(load, load.vcpus()),
        };
        Ok(cost)
    }

    /// What a machine is charged here, rate by rate; nothing where it cannot be here. Returns the instance that it gets, where the place rents those.
    pub(super) fn machine_charges(&self, load: &Load, mut charge: impl FnMut(Charge)) -> Option<Choice<'_>> {
        for &(rate, driver) in &self.machine {
            let units = match driver {
                Driver::Machine => 1,
                Driver::Gib => self.array_gib(load),
            };
            charge(Charge { rate, quantity_milli: units.saturating_mul(1000) });
        }
        if let Some(rate) = self.moving.filter(|_| self.moves(load)) {
            charge(Charge { rate, quantity_milli: 1000 });
        }
        self.updates.charges(load, &mut charge);
        let Some(menu) = &self.menu else {
            self.licences.charges(load, load.vcpus(), &mut charge);
            return None;
        };
        let choice = menu.choose(load, &self.licences)?;
        menu.charges(load, &choice, &mut charge);
        self.licences.charges(load, choice.vcpus, &mut charge);
        Some(choice)
    }

    /// The type of an instance that a machine gets here, its disks in words, and what both cost each month, licences of one's own apart.
    pub(super) fn instance_of(&self, load: &Load, choice: &Choice<'_>) -> InstanceOf {
        let mut monthly = Money::ZERO;
        let disks = self.menu.as_ref().map_or_else(String::new, |menu| {
            menu.charges_in_words(load, choice, &mut |charge| {
                monthly += super::rate::line_total(charge.quantity_milli, self.rates[charge.rate].unit_price, 1);
            })
        });
        InstanceOf { type_name: choice.name(), disks, monthly }
    }

    /// The instance type that a machine gets here; `None` where the place rents no instances or none fits.
    pub fn instance_type(&self, load: &Load) -> Option<String> {
        Some(self.menu.as_ref()?.choose(load, &self.licences)?.name())
    }

    /// Whether a machine comes from elsewhere.
    pub(super) fn moves(&self, load: &Load) -> bool {
        self.home != Some(load.cluster)
    }

    /// Whole GiB that a machine takes on arrays of which a share is kept free.
    pub(super) fn array_gib(&self, load: &Load) -> u64 {
        load.demand[STORAGE].saturating_mul(100).div_ceil(1024 * u64::from(self.array_use_pct.max(1)))
    }

    fn sum(&self, charges: &[Charge]) -> Money {
        charges.iter().map(|charge| self.rates[charge.rate].amount(charge.quantity_milli)).sum()
    }
}
