//! What is offered, as points on a map.

use super::{Filter, OWN, Offer, Order, instance_regions, offers};
use crate::chart::world_map::{Spot, WorldMap};
use crate::engine::catalog::{Catalog, Region};
use crate::engine::model::{Footprint, FootprintKind, RegionId};
use crate::engine::order::in_order;

/// The map, and the region of each of its spots.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapped {
    /// What is drawn.
    pub map: WorldMap,
    /// In the order of the spots.
    pub regions: Vec<RegionId>,
}

/// Every region in which something is offered that the filter lets through, wherever it looks. Regions that footprints are in are marked, and those that the
/// filter names. Sites of one's own come last, where it was said what they are near to: no inventory tells.
pub fn mapped(catalog: &Catalog, filter: &Filter, footprints: &[Footprint]) -> Mapped {
    let used: Vec<&RegionId> = footprints.iter().filter(|footprint| footprint.enabled).filter_map(region_of).collect();
    let offered = offered_regions(catalog, &filter.anywhere());
    let shown: Vec<(&Region, usize)> = catalog
        .regions
        .iter()
        .filter(|region| region.id.as_str() != OWN)
        .filter_map(|region| {
            let from = offered.partition_point(|known| **known < region.id);
            let count = offered[from..].iter().take_while(|known| **known == &region.id).count();
            (count > 0 || used.contains(&&region.id)).then_some((region, count))
        })
        .collect();
    let mut providers: Vec<&str> = catalog.providers.iter().map(|provider| provider.id.as_str()).collect();
    for (region, _) in &shown {
        let id = Region::provider_of(&region.id);
        if !providers.contains(&id) {
            providers.push(id);
        }
    }
    let spot = |&(region, offers): &(&Region, usize)| Spot {
        name: super::region_name(catalog, &region.id),
        is_site: false,
        series: providers.iter().position(|&id| id == Region::provider_of(&region.id)).unwrap_or_default(),
        latitude_milli: region.latitude_milli,
        longitude_milli: region.longitude_milli,
        offers: offers as u32,
        in_plan: used.contains(&&region.id),
        is_chosen: filter.regions.contains(&region.id),
    };
    let names = providers.iter().map(|id| super::provider_name(catalog, id).to_owned());
    let sites = sites(catalog, footprints);
    let regions = shown.iter().map(|(region, _)| region.id.clone());
    Mapped {
        regions: regions.chain(sites.iter().map(|_| RegionId::from(OWN))).collect(),
        map: WorldMap { spots: shown.iter().map(spot).chain(sites).collect(), providers: names.collect() },
    }
}

/// Where one's own sites are, with the footprints that are there.
fn sites(catalog: &Catalog, footprints: &[Footprint]) -> Vec<Spot> {
    let mut sites: Vec<(&Region, Spot)> = Vec::new();
    for footprint in footprints {
        let near = footprint.site().and_then(|site| site.near.as_ref());
        let Some(region) = near.and_then(|near| catalog.region(near)) else { continue };
        match sites.iter_mut().find(|(known, _)| known.id == region.id) {
            Some((_, spot)) => {
                spot.name = [&spot.name, ", ", &footprint.name].concat();
                spot.in_plan |= footprint.enabled;
            }
            None => sites.push((
                region,
                Spot {
                    name: footprint.name.clone(),
                    is_site: true,
                    latitude_milli: region.latitude_milli,
                    longitude_milli: region.longitude_milli,
                    in_plan: footprint.enabled,
                    ..Spot::default()
                },
            )),
        }
    }
    sites.into_iter().map(|(_, spot)| spot).collect()
}

/// The regions of all that is offered, once for each, in order.
fn offered_regions<'a>(catalog: &'a Catalog, filter: &Filter) -> Vec<&'a RegionId> {
    let mut found = Vec::new();
    for offer in offers(catalog, filter, Order::Name) {
        match offer {
            Offer::Host { host, .. } => found.extend(&host.regions),
            Offer::Family { family, .. } => found.extend(instance_regions(catalog, &family.provider)),
        }
    }
    in_order(&found, Ord::cmp)
}

fn region_of(footprint: &Footprint) -> Option<&RegionId> {
    match &footprint.kind {
        FootprintKind::Cluster(_) => None,
        FootprintKind::Hosts(hosts) => Some(&hosts.region),
        FootprintKind::Instances(instances) => Some(&instances.region),
    }
}
