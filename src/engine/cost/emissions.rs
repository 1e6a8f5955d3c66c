//! Energy and carbon of a plan, by place, with what is not known.
//!
//! Method: electricity used × emissions of the grid of the place (location-based). On one's own sites the electricity is that of the ledger. In clouds it is
//! reckoned as Cloud Carbon Footprint does for processors: at half load, vCPU × (least + most power) ÷ 2 × PUE × 730 h
//! (<https://www.cloudcarbonfootprint.org/docs/methodology>, 2026-04-24). Memory, disks, network and the making of the hardware are left out.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::beside::Planned;
use super::rate::HOURS_PER_MONTH;
use super::{Ledger, LineKind, Unit};
use crate::engine::catalog::{Catalog, ProviderCarbon, Region};
use crate::engine::model::{Footprint, FootprintId, FootprintKind, HostsFootprint, OnPremises, RegionId, Scenario};
use crate::engine::sizing::CPU;

/// Energy and carbon of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Emissions {
    /// Each place that draws power.
    pub places: Vec<PlaceEmissions>,
    /// What is not known, as sentences.
    pub missing: Vec<String>,
    /// How it is reckoned, with its date.
    pub method: String,
}

/// Energy and carbon of one place for a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceEmissions {
    /// Which; `null` for a cluster that is no footprint.
    pub footprint: Option<FootprintId>,
    /// Electricity with cooling, in thousandths of a kilowatt-hour.
    pub watt_hours: u64,
    /// Emissions in grams of CO₂ equivalent; `null` where those of its grid are not known.
    pub grams: Option<u64>,
    /// Where the figures come from, with the formula.
    pub source: String,
}

/// The method in short.
const METHOD: &str = "Location-based, processors only in clouds: Cloud Carbon Footprint, 2026-04-24; grids of AWS and Azure 2022-11-02, of Google Cloud 2024";

/// Threads of a core, each of which clouds sell as a vCPU.
const THREADS: u64 = 2;

/// Reckons the energy and carbon of a plan.
pub fn emissions(ledger: &Ledger, planned: Planned<'_>) -> Emissions {
    let mut found = staying_emissions(ledger, planned.scenario);
    for position in 0..planned.plan.places.len() {
        if let Some(region) = rented_region(position, planned) {
            cloud(&mut found, position, region, planned);
        }
    }
    found
}

/// Reckons the energy and carbon of one's own sites in a ledger: all there is where everything stays.
pub fn staying_emissions(ledger: &Ledger, scenario: &Scenario) -> Emissions {
    let mut found = Emissions { method: METHOD.to_owned(), ..Emissions::default() };
    let mut own: Vec<Option<FootprintId>> =
        ledger.lines.iter().filter(|line| line.kind == LineKind::Power).map(|line| line.footprint).collect();
    own.dedup();
    for footprint in own {
        let place = own_site(ledger, footprint, scenario);
        if place.grams.is_none() {
            let name = name_of(footprint, scenario);
            found.missing.push(format!(
                "The emissions of the grid at {name} are missing: enter grams for each kilowatt-hour of your country or contract."
            ));
        }
        found.places.push(place);
    }
    found
}

fn name_of(footprint: Option<FootprintId>, scenario: &Scenario) -> String {
    let found = footprint.and_then(|id| scenario.footprint(id));
    found.map_or_else(|| "your own site".to_owned(), |footprint| footprint.name.clone())
}

/// The power of a site's servers as the ledger has it, and that of its arrays from what they hold.
fn own_site(ledger: &Ledger, footprint: Option<FootprintId>, scenario: &Scenario) -> PlaceEmissions {
    let finance = &scenario.assumptions.finance;
    let found = footprint.and_then(|id| scenario.footprint(id));
    let assumptions = found.map_or(Cow::Borrowed(&scenario.assumptions), |found| scenario.assumptions.at(found));
    let site = &assumptions.on_premises;
    let power = ledger.of(footprint).filter(|line| line.kind == LineKind::Power);
    let of_lines = power.map(|line| {
        let quantity = line.quantity_milli.max(0) as u64;
        if line.unit == Unit::KwhMonth { quantity } else { array_watt_hours(quantity, site) }
    });
    // Only absurd figures saturate, but they must not end the worker.
    let watt_hours = of_lines.fold(0, u64::saturating_add);
    let grams = finance.own_grams_per_kwh.map(|grams| watt_hours.saturating_mul(u64::from(grams)) / 1000);
    let source = finance.own_grams_per_kwh.map_or_else(
        || "electricity of the ledger".to_owned(),
        |grams| format!("electricity of the ledger × {grams} g, entered by you"),
    );
    PlaceEmissions { footprint, watt_hours, grams, source }
}

/// What one GiB on arrays draws in a month, in millionths of a watt-hour.
pub(super) fn array_micro_watt_hours(site: &OnPremises) -> u128 {
    // Milliwatts per TiB × hours × PUE in per cent: × 1,000 ÷ 1,024 ÷ 100 are millionths of watt-hours of a GiB.
    u128::from(site.milliwatts_per_tib) * u128::from(HOURS_PER_MONTH) * u128::from(site.pue_pct) * 10 / 1024
}

/// Watt-hours of a month for so many thousandths of a GiB on arrays.
fn array_watt_hours(gib_milli: u64, site: &OnPremises) -> u64 {
    // Thousandths of GiB × milliwatts per TiB × hours × PUE in per cent: ÷ 1,000 ÷ 1,000 ÷ 1,024 ÷ 100 are watt-hours.
    let product = u128::from(gib_milli)
        * u128::from(site.milliwatts_per_tib)
        * u128::from(HOURS_PER_MONTH)
        * u128::from(site.pue_pct);
    (product / 102_400_000_000).min(u128::from(u64::MAX)) as u64
}

fn rented_region(position: usize, planned: Planned<'_>) -> Option<&RegionId> {
    region_of(planned.scenario.footprint(planned.plan.places.get(position)?.footprint)?)
}

/// The region of a provider that a footprint is in; nothing for one's own sites.
pub(super) fn region_of(footprint: &Footprint) -> Option<&RegionId> {
    let region = match &footprint.kind {
        FootprintKind::Cluster(_) => return None,
        FootprintKind::Hosts(hosts) => &hosts.region,
        FootprintKind::Instances(instances) => &instances.region,
    };
    region.as_str().contains('/').then_some(region)
}

/// The threads of a place with hosts, once it is used.
pub(super) struct Threads {
    /// Of one host of a plan, its twin included.
    pub each_host: u64,
    /// Of the hosts that come with the place: those that give storage only, and those of a cluster that must be there first.
    pub beside: u64,
}

/// How many threads hosts have.
pub(super) fn threads(hosts: &HostsFootprint, catalog: &Catalog) -> Threads {
    let of_host = THREADS * catalog.host(&hosts.offering).map_or(0, |host| u64::from(host.cores));
    let storage_only = hosts.storage_hosts.map_or(0, |storage| u64::from(storage.hosts));
    let first = catalog.first_cluster(hosts);
    let in_first = first.map_or(0, |(host, count)| THREADS * u64::from(host.cores) * u64::from(count));
    Threads { each_host: of_host * u64::from(hosts.hosts_in_one()), beside: of_host * storage_only + in_first }
}

/// What one vCPU of a provider draws in a month, cooling included, in millionths of a watt-hour: half load, for all hours.
pub(super) fn micro_watt_hours(power: &ProviderCarbon) -> u128 {
    // Microwatts × thousandths of PUE ÷ 1,000 × hours.
    let microwatts = u128::from(power.min_microwatts + power.max_microwatts) / 2;
    microwatts * u128::from(power.pue_milli) * u128::from(HOURS_PER_MONTH) / 1000
}

/// vCPU of a rented place: the threads of its hosts, or what its machines ask for.
fn vcpus(position: usize, planned: Planned<'_>) -> u64 {
    let place = &planned.plan.places[position];
    let footprint = planned.scenario.footprint(place.footprint);
    if let Some(FootprintKind::Hosts(hosts)) = footprint.map(|footprint| &footprint.kind) {
        let count =
            place.clusters.iter().flat_map(|cluster| &cluster.hosts).filter(|host| !host.retired).count() as u64;
        let threads = threads(hosts, planned.catalog);
        return if count == 0 { 0 } else { count.saturating_mul(threads.each_host).saturating_add(threads.beside) };
    }
    let here = planned.plan.assignments.iter().filter(|one| one.place as usize == position);
    let asked = here.filter_map(|one| {
        let load = planned.loads.binary_search_by_key(&one.machine, |load| load.machine).ok()?;
        Some(planned.loads[load].demand[CPU].div_ceil(1000))
    });
    asked.fold(0, u64::saturating_add)
}

fn cloud(found: &mut Emissions, position: usize, region: &RegionId, planned: Planned<'_>) {
    let Catalog { extras, .. } = planned.catalog;
    let vcpus = vcpus(position, planned);
    if vcpus == 0 {
        return;
    }
    let footprint = Some(planned.plan.places[position].footprint);
    let name = name_of(footprint, planned.scenario);
    let Some(power) = extras.carbon.iter().find(|known| known.provider == Region::provider_of(region)) else {
        found.missing.push(format!("The power that a vCPU draws at {name} is missing."));
        return;
    };
    let watt_hours = u128::from(vcpus) * micro_watt_hours(power) / 1_000_000;
    let watt_hours = watt_hours.min(u128::from(u64::MAX)) as u64;
    let grid = extras.grid(region);
    if grid.is_none() {
        found.missing.push(format!("The emissions of the grid of {region} are missing."));
    }
    let grams = grid.map(|grid| (u128::from(watt_hours) * u128::from(grid.milligrams_per_kwh) / 1_000_000) as u64);
    let title = |position: u32| {
        let source = planned.catalog.source(Some(position));
        source.map_or_else(String::new, |source| format!("{}, {}", source.title, source.as_of))
    };
    let grid_source = grid.map_or_else(String::new, |grid| format!("; grid: {}", title(grid.source)));
    let source = format!(
        "{vcpus} vCPU × ({} + {}) µW ÷ 2 × PUE {} ‰ × {HOURS_PER_MONTH} h; {}{grid_source}",
        power.min_microwatts,
        power.max_microwatts,
        power.pue_milli,
        title(power.watts_source)
    );
    found.places.push(PlaceEmissions { footprint, watt_hours, grams, source });
}
