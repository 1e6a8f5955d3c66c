//! What carbon and moves count as when plans are compared ([`Objective`]): sums over machines and hosts beside those of a [`Tariff`].
//!
//! Nobody pays them, so they are in no ledger. Emissions are reckoned as in [`emissions`](mod@super::emissions). What is not known is never an advantage: a
//! place without figures counts with the worst that are known of any place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::emissions::{array_micro_watt_hours, micro_watt_hours, region_of, threads};
use super::rate::Charge;
use super::tariff::{Driver, Load, Tariff};
use super::{LineKind, Unit};
use crate::engine::catalog::{Catalog, Extras, Grid, Region};
use crate::engine::model::{Footprint, FootprintKind, Money, Objective, OnPremises, RegionId, Scenario};
use crate::engine::placement::{ClusterPlan, Place, PlaceKind, Plan, Resource};

/// What a plan is charged in the comparison beside its money, over the horizon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Weighed {
    /// What its emissions count as.
    pub carbon: Money,
    /// What its moves count as.
    pub moves: Money,
    /// What had to be assumed for that, as sentences.
    pub assumed: Vec<String>,
}

/// What one place is charged in the comparison, over the horizon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    /// For each host that is there, in the order of its tariff.
    own_hosts: Vec<Money>,
    new_host: Money,
    place: Money,
    /// For each vCPU of an instance.
    per_vcpu: Money,
    /// For each GiB on arrays.
    per_gib: Money,
    per_move: Money,
    /// What had to be assumed, as a sentence.
    assumed: Option<String>,
}

impl Weights {
    /// The weights of a footprint; nothing counts where the scenario weighs nothing.
    pub fn new(footprint: &Footprint, tariff: &Tariff, scenario: &Scenario, catalog: &Catalog) -> Self {
        let Objective { per_tonne, per_machine_moved } = scenario.objective;
        let mut weights = Self { per_move: per_machine_moved, ..Self::default() };
        if per_tonne > Money::ZERO {
            let months = scenario.assumptions.horizon();
            let name = &footprint.name;
            if let Some(region) = region_of(footprint) {
                let carbon = Carbon::of_region(region, name, catalog, per_tonne, months);
                weights.rented(footprint, carbon, catalog);
            } else {
                let carbon = Carbon::of_own_site(scenario, name, catalog, per_tonne, months);
                weights.own_site(tariff, carbon, &scenario.assumptions.at(footprint).on_premises);
            }
        }
        weights
    }

    fn rented(&mut self, footprint: &Footprint, carbon: Carbon, catalog: &Catalog) {
        match &footprint.kind {
            FootprintKind::Hosts(hosts) => {
                let threads = threads(hosts, catalog);
                self.new_host = carbon.of(u128::from(threads.each_host) * carbon.vcpu);
                self.place = carbon.of(u128::from(threads.beside) * carbon.vcpu);
            }
            FootprintKind::Instances(_) => self.per_vcpu = carbon.of(carbon.vcpu),
            FootprintKind::Cluster(_) => {}
        }
        self.assumed = carbon.assumed;
    }

    fn own_site(&mut self, tariff: &Tariff, carbon: Carbon, site: &OnPremises) {
        let of = |charges: &[Charge]| {
            let power = charges.iter().filter(|charge| {
                let rate = &tariff.rates[charge.rate];
                rate.kind == LineKind::Power && rate.unit == Unit::KwhMonth
            });
            // Thousandths of a kilowatt-hour are watt-hours.
            carbon.of(power.map(|charge| u128::from(charge.quantity_milli) * 1_000_000).sum())
        };
        self.own_hosts = tariff.own_hosts.iter().map(|own| of(&own.charges)).collect();
        self.new_host = of(&tariff.new_host);
        let arrays =
            |&(rate, driver): &(usize, Driver)| driver == Driver::Gib && tariff.rates[rate].kind == LineKind::Power;
        if tariff.machine.iter().any(arrays) {
            self.per_gib = carbon.of(array_micro_watt_hours(site));
        }
        self.assumed = carbon.assumed;
    }

    /// Adds what hosts and the place itself are charged to what they cost.
    pub fn add_to(&self, place: &mut Place) {
        place.fixed_cost += self.place;
        match &mut place.kind {
            PlaceKind::Existing { hosts, added_cost, .. } => {
                *added_cost += self.new_host;
                for (host, weight) in hosts.iter_mut().zip(&self.own_hosts) {
                    host.cost += *weight;
                }
            }
            PlaceKind::Hosts { host_cost, .. } => *host_cost += self.new_host,
            PlaceKind::Instances { .. } => {}
        }
    }

    /// What a machine is charged here for its emissions, and for its move.
    pub fn machine(&self, load: &Load, tariff: &Tariff) -> (Money, Money) {
        let vcpus = load.demand[Resource::Cpu as usize].div_ceil(1000);
        let carbon = self.per_vcpu.times(vcpus) + self.per_gib.times(tariff.array_gib(load));
        (carbon, if tariff.moves(load) { self.per_move } else { Money::ZERO })
    }

    /// What the hosts of a place are charged: those that stay on, and the place itself where hosts are rented.
    fn hosts(&self, tariff: &Tariff, clusters: &[ClusterPlan]) -> Money {
        let hosts = || clusters.iter().flat_map(|cluster| &cluster.hosts);
        let own = tariff.own_hosts.iter().zip(&self.own_hosts).filter(|(own, _)| {
            let named = hosts().find(|host| host.existing == Some(own.host));
            named.map_or(!own.may_retire, |host| !host.retired)
        });
        let new = hosts().filter(|host| host.existing.is_none()).count() as u64;
        let place = if new > 0 { self.place } else { Money::ZERO };
        own.map(|(_, weight)| *weight).sum::<Money>() + self.new_host.times(new) + place
    }
}

/// What a plan is charged beside its money. `weights` and `tariffs` are of the problem's places in their order, `loads` its machines, sorted by machine.
pub fn weighed(plan: &Plan, weights: &[Weights], tariffs: &[Tariff], loads: &[Load]) -> Weighed {
    let mut sums = Weighed::default();
    for ((place, weights), tariff) in plan.places.iter().zip(weights).zip(tariffs) {
        sums.carbon += weights.hosts(tariff, &place.clusters);
        sums.assumed.extend(weights.assumed.clone());
    }
    for assignment in &plan.assignments {
        let place = assignment.place as usize;
        let found = loads.binary_search_by_key(&assignment.machine, |load| load.machine);
        if let (Ok(found), Some(weights), Some(tariff)) = (found, weights.get(place), tariffs.get(place)) {
            let (carbon, moves) = weights.machine(&loads[found], tariff);
            sums.carbon += carbon;
            sums.moves += moves;
        }
    }
    sums
}

/// What electricity counts as at a place.
struct Carbon {
    per_tonne: Money,
    months: u32,
    milligrams_per_kwh: u64,
    /// What a vCPU draws in a month, in millionths of a watt-hour.
    vcpu: u128,
    assumed: Option<String>,
}

impl Carbon {
    fn of_region(region: &RegionId, name: &str, catalog: &Catalog, per_tonne: Money, months: u32) -> Self {
        let Extras { grids, carbon, .. } = &*catalog.extras;
        let provider = carbon.iter().find(|known| known.provider == Region::provider_of(region));
        let power = provider.or_else(|| carbon.iter().max_by_key(|known| micro_watt_hours(known)));
        let grid = catalog.extras.grid(region);
        let what = match (provider, grid) {
            (Some(_), Some(_)) => None,
            (None, Some(_)) => Some("power of a vCPU"),
            (Some(_), None) => Some("emissions of the grid"),
            (None, None) => Some("power of a vCPU and emissions of the grid"),
        };
        let milligrams_per_kwh = grid.map_or_else(|| worst(grids), |grid| grid.milligrams_per_kwh);
        let assumed = what.map(|what| sentence(name, what));
        Self { per_tonne, months, milligrams_per_kwh, vcpu: power.map_or(0, micro_watt_hours), assumed }
    }

    fn of_own_site(scenario: &Scenario, name: &str, catalog: &Catalog, per_tonne: Money, months: u32) -> Self {
        let entered = scenario.assumptions.finance.own_grams_per_kwh.map(|grams| u64::from(grams) * 1000);
        let assumed = entered.is_none().then(|| sentence(name, "emissions of the grid"));
        let milligrams_per_kwh = entered.unwrap_or_else(|| worst(&catalog.extras.grids));
        Self { per_tonne, months, milligrams_per_kwh, vcpu: 0, assumed }
    }

    /// What so many millionths of a watt-hour a month count as over the horizon. A tonne is 10⁹ milligrams, a kilowatt-hour 10⁹ millionths of a watt-hour.
    fn of(&self, micro_watt_hours: u128) -> Money {
        let product = micro_watt_hours * u128::from(self.milligrams_per_kwh) * u128::from(self.months);
        self.per_tonne.scale(i128::try_from(product).unwrap_or(i128::MAX), 1_000_000_000_000_000_000)
    }
}

fn worst(grids: &[Grid]) -> u64 {
    grids.iter().map(|grid| grid.milligrams_per_kwh).max().unwrap_or_default()
}

fn sentence(name: &str, what: &str) -> String {
    format!("{name}: {what} not known; to compare plans, the worst that is known of any place counts.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::ProviderCarbon;

    #[test]
    fn a_tonne_counts_what_it_is_said_to() {
        // 100 W for 730 hours are 73 kWh; at 500 g they emit 36.5 kg a month, over 36 months 1.314 t.
        let carbon = Carbon {
            per_tonne: Money::from_units(100),
            months: 36,
            milligrams_per_kwh: 500_000,
            vcpu: 0,
            assumed: None,
        };
        assert_eq!(carbon.of(73_000 * 1_000_000).to_string(), "131.4");
    }

    #[test]
    fn what_a_provider_draws_is_half_load_with_cooling() {
        let power = ProviderCarbon {
            pue_milli: 1200,
            min_microwatts: 1_000_000,
            max_microwatts: 3_000_000,
            ..ProviderCarbon::default()
        };
        // 2 W × 1.2 × 730 h.
        assert_eq!(micro_watt_hours(&power), 1_752_000_000);
    }
}
