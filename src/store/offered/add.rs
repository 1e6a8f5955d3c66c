//! From a row to a place of the plan.

use super::{OWN, Offer, provider_name};
use crate::engine::catalog::{Catalog, HostOffering, Region};
use crate::engine::model::{
    Footprint, FootprintId, FootprintKind, HostsFootprint, InstanceOs, InstancesFootprint, PolicyOverride, RegionId,
    Term,
};

/// What a row becomes in the plan, on this term. The store gives the id.
pub fn footprint(catalog: &Catalog, offer: &Offer<'_>, term: Term) -> Footprint {
    match offer {
        Offer::Host { host, region, .. } => hosts(catalog, host, (*region).clone(), term),
        Offer::Family { family, region } => instances(catalog, (*region).clone(), vec![family.name.clone()], term),
    }
}

/// Hosts of a type in a region. Servers are bought, whatever the term.
pub fn hosts(catalog: &Catalog, offering: &HostOffering, region: RegionId, term: Term) -> Footprint {
    let is_own = region.as_str() == OWN;
    let place = if is_own { "own site".to_owned() } else { place_of(catalog, &region) };
    let term = if is_own { Term::OnDemand } else { term };
    let kind = FootprintKind::Hosts(HostsFootprint { term, ..HostsFootprint::new(offering.id.clone(), region) });
    named(format!("{} {}, {place}", offering.service, offering.host_type), kind)
}

/// Instances in a region; no family stands for every current one.
pub fn instances(catalog: &Catalog, region: RegionId, families: Vec<String>, term: Term) -> Footprint {
    let provider = provider_name(catalog, Region::provider_of(&region));
    let of = if families.is_empty() { String::new() } else { format!("{} ", families.join(", ")) };
    let name = format!("{provider} {of}instances, {}", place_of(catalog, &region));
    let kind = FootprintKind::Instances(InstancesFootprint {
        region,
        families,
        term,
        os: InstanceOs::LicenceIncluded,
        max_machines: None,
        disks: Vec::new(),
        committed_pct: 100,
    });
    named(name, kind)
}

fn place_of(catalog: &Catalog, region: &RegionId) -> String {
    catalog.region(region).map_or_else(|| region.to_string(), |region| region.name.clone())
}

fn named(name: String, kind: FootprintKind) -> Footprint {
    Footprint { id: FootprintId(0), name, enabled: true, kind, policy: PolicyOverride::default() }
}
