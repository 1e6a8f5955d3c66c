//! Prices that a scenario needs and that have to be asked for: what a price list of its own would have to say.

use std::collections::BTreeMap;

use super::{Blueprint, enabled};
use crate::engine::catalog::Catalog;
use crate::engine::cost::{self, Load, term_in_words};
use crate::engine::model::{
    Footprint, FootprintId, FootprintKind, HostsFootprint, InstanceOs, InstancesFootprint, RegionId, Term,
};
use crate::engine::placement::Refusal;
use crate::engine::sizing::text::count;

/// A price that is missing: a row of a price list without its amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPrice {
    /// The footprint that needs it.
    pub footprint: FootprintId,
    /// The host type or the instance type.
    pub id: String,
    /// Where.
    pub region: RegionId,
    /// For which commitment.
    pub term: Term,
    /// Of an instance type, whether Windows is included; `None`: it is a host type.
    pub windows: Option<bool>,
    /// Machines that would take the instance type; 0 of host types.
    pub machines: u64,
}

impl Blueprint<'_> {
    /// The prices that have to be asked for before the footprints that may be used can take machines. Of instances on a term these are of the types that
    /// machines would take on demand.
    pub fn missing_prices(&self) -> Vec<MissingPrice> {
        let of_footprint = |footprint: &Footprint| match &footprint.kind {
            FootprintKind::Cluster(_) => Vec::new(),
            FootprintKind::Hosts(chosen) => of_hosts(footprint.id, chosen, &self.catalog),
            FootprintKind::Instances(chosen) => self.of_instances(footprint, chosen),
        };
        enabled(&self.scenario).into_iter().flat_map(of_footprint).collect()
    }

    /// A sentence for each footprint that lacks prices of instances.
    pub(super) fn missing_in_words(&self) -> Vec<String> {
        let prices_of = |footprint: &Footprint| match &footprint.kind {
            FootprintKind::Instances(chosen) => self.of_instances(footprint, chosen),
            FootprintKind::Cluster(_) | FootprintKind::Hosts(_) => Vec::new(),
        };
        let sentence = |footprint: &Footprint| {
            let missing = prices_of(footprint);
            let first = missing.first()?;
            let types = count(missing.len() as u64, "instance type", "instance types");
            let (term, example) = (term_in_words(first.term), &first.id);
            let name = &footprint.name;
            Some(format!(
                "{name} has no public price for the {term} of {types} that machines would take, such as {example}; enter them in a price list."
            ))
        };
        enabled(&self.scenario).into_iter().filter_map(sentence).collect()
    }

    fn of_instances(&self, footprint: &Footprint, chosen: &InstancesFootprint) -> Vec<MissingPrice> {
        let refused = self.without_price(footprint.id);
        let Some(table) = self.catalog.instances.get(&chosen.region).filter(|_| !refused.is_empty()) else {
            return Vec::new();
        };
        let kind = InstancesFootprint { term: Term::OnDemand, ..chosen.clone() };
        let on_demand = Footprint { kind: FootprintKind::Instances(kind), ..footprint.clone() };
        let assumptions = &self.scenario.assumptions;
        let tariff = cost::tariff(&on_demand, self.estate, &self.catalog, &self.scenario.policy, assumptions);
        let mut machines: BTreeMap<(String, bool), u64> = BTreeMap::new();
        for load in refused {
            let Some(name) = tariff.instance_type(load) else { continue };
            let windows = load.windows && chosen.os == InstanceOs::LicenceIncluded;
            let sold = table.types.iter().find(|sold| sold.name == name);
            if sold.is_some_and(|sold| sold.price(windows, chosen.term).amount.is_none()) {
                *machines.entry((name, windows)).or_default() += 1;
            }
        }
        let missing = |((id, windows), machines)| MissingPrice {
            footprint: footprint.id,
            id,
            region: chosen.region.clone(),
            term: chosen.term,
            windows: Some(windows),
            machines,
        };
        machines.into_iter().map(missing).collect()
    }

    /// The machines that a footprint does not take because a price is missing.
    fn without_price(&self, footprint: FootprintId) -> Vec<&Load> {
        let place = self.problem.places().iter().position(|place| place.footprint == footprint);
        let Some(place) = place else { return Vec::new() };
        let is_refused = |item: usize| self.problem.options(item)[place].err() == Some(Refusal::NeedsQuote);
        let items = self.problem.items().iter().enumerate().filter(|&(index, _)| is_refused(index));
        let load = |machine| {
            let found = self.loads.binary_search_by_key(&machine, |load| load.machine).ok()?;
            self.loads.get(found)
        };
        items.filter_map(|(_, item)| load(item.machine)).collect()
    }
}

/// The prices that hosts lack without a quote: of their term, and on demand where a share of them is.
fn of_hosts(footprint: FootprintId, chosen: &HostsFootprint, catalog: &Catalog) -> Vec<MissingPrice> {
    let is_sold = catalog.host(&chosen.offering).is_some() && catalog.objection(chosen).is_none();
    if !is_sold || chosen.quoted().is_some() {
        return Vec::new();
    }
    let share = if chosen.term == Term::OnDemand { 0 } else { chosen.committed_pct.min(100) };
    let needed = [(chosen.term, share > 0), (Term::OnDemand, share < 100)];
    let price = |term| catalog.host_price(&chosen.offering, &chosen.region, term).and_then(|price| price.amount);
    let lacking = needed.into_iter().filter(|&(term, is_needed)| is_needed && price(term).is_none());
    let missing = lacking.map(|(term, _)| MissingPrice {
        footprint,
        id: chosen.offering.to_string(),
        region: chosen.region.clone(),
        term,
        windows: None,
        machines: 0,
    });
    missing.collect()
}
