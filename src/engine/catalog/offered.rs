//! Whether hosts of an offering are sold as a footprint asks for them.

use super::{Catalog, HostOffering, Region};
use crate::engine::model::{FirstCluster, HostsFootprint, OfferingId, RegionId, Term};

impl HostOffering {
    /// Whether it must stand behind a first cluster of another type.
    pub fn needs_first_cluster(&self) -> bool {
        !self.behind.is_empty()
    }

    /// Zones of a region in which it is sold; `None` where they are not documented.
    pub fn zones_in(&self, region: &RegionId) -> Option<&str> {
        let found = self.zones.binary_search_by(|(known, _)| known.cmp(region)).ok()?;
        Some(self.zones[found].1.as_str())
    }

    /// Whether both are sold in one zone of a region, which a private cloud does not leave. Where zones are not documented the region is enough.
    fn shares_zone(&self, other: &Self, region: &RegionId) -> bool {
        let (Some(own), Some(others)) = (self.zones_in(region), other.zones_in(region)) else { return true };
        let zone = |zone: &str| zone.trim_end_matches('*').to_owned();
        own.split(' ').any(|one| others.split(' ').any(|other| zone(one) == zone(other)))
    }
}

impl Catalog {
    /// The first cluster that hosts of a footprint stand behind, with the number of its hosts; `None` where none is needed, where it is there already, or
    /// where none can be had.
    pub fn first_cluster(&self, chosen: &HostsFootprint) -> Option<(&HostOffering, u32)> {
        let offering = self.host(&chosen.offering)?;
        let found = match &chosen.first_cluster {
            FirstCluster::Exists => None,
            FirstCluster::Of(named) => self.may_be_first(offering, named, chosen),
            FirstCluster::Cheapest => {
                let possible = offering.behind.iter().filter_map(|first| self.may_be_first(offering, first, chosen));
                let price = |first: &&HostOffering| {
                    let price = self.host_price(&first.id, &chosen.region, Term::OnDemand);
                    let amount = price.and_then(|price| price.amount);
                    (amount.is_none(), amount, first.id.clone())
                };
                possible.min_by_key(price)
            }
        };
        // No more than the fewest that a cluster may have.
        found.map(|first| (first, first.min_hosts))
    }

    fn may_be_first(
        &self,
        offering: &HostOffering,
        first: &OfferingId,
        chosen: &HostsFootprint,
    ) -> Option<&HostOffering> {
        let first = self.host(first).filter(|_| offering.behind.contains(first))?;
        (first.regions.contains(&chosen.region) && first.shares_zone(offering, &chosen.region)).then_some(first)
    }

    /// Why hosts are not sold as a footprint asks for them, in a sentence; `None` where they are, or where a quote proves it.
    pub fn objection(&self, chosen: &HostsFootprint) -> Option<String> {
        let offering = self.host(&chosen.offering)?;
        let place = || self.region(&chosen.region).map_or(chosen.region.as_str(), |region| region.name.as_str());
        let what = &offering.host_type;
        if !offering.regions.contains(&chosen.region) && chosen.quoted().is_none() {
            let elsewhere =
                offering.regions.iter().filter_map(|id| self.region(id)).map(|region: &Region| &*region.name);
            let elsewhere: Vec<&str> = elsewhere.take(4).collect();
            let others = offering.regions.len().saturating_sub(elsewhere.len());
            let more = if others > 0 { format!(" and {others} more regions") } else { String::new() };
            return Some(format!("{what} is not sold in {}, but in {}{more}", place(), elsewhere.join(", ")));
        }
        if offering.needs_first_cluster()
            && chosen.first_cluster != FirstCluster::Exists
            && self.first_cluster(chosen).is_none()
        {
            let types = offering.behind.iter().filter_map(|id| self.host(id)).map(|first| &*first.host_type);
            let types: Vec<&str> = types.collect();
            return Some(format!(
                "{what} is sold only behind a first cluster of {}, and what is asked for is not sold in the same zone of {}",
                types.join(" or "),
                place()
            ));
        }
        if chosen.stretched.is_some() && offering.stretched_hosts.1 == 0 {
            return Some(format!("{} has no clusters over two sites", offering.service));
        }
        if chosen.stretched.is_some() && !offering.stretched_regions.contains(&chosen.region) {
            return Some(format!("Clusters of {what} over two sites are not offered in {}", place()));
        }
        if chosen.storage_hosts.is_some() {
            if offering.storage_host_type.is_empty() {
                return Some(format!("There are no hosts with storage only beside {what}"));
            }
            if chosen.stretched.is_some() {
                return Some("Hosts with storage only are not reckoned in clusters over two sites".to_owned());
            }
        }
        None
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::engine::model::Stretched;

    fn catalog() -> Catalog {
        let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/static/catalog/core.pack"));
        crate::engine::catalog::load_core(&bytes.expect("the core is there")).expect("the core loads")
    }

    fn hosts(offering: &str, region: &str) -> HostsFootprint {
        HostsFootprint::new(offering.into(), region.into())
    }

    #[track_caller]
    fn check(chosen: &HostsFootprint, expected: Option<&str>) {
        assert_eq!(catalog().objection(chosen).as_deref(), expected);
    }

    #[test]
    fn a_type_is_sold_in_some_regions_only() {
        check(&hosts("avs/av48", "azure/koreacentral"), None);
        check(
            &hosts("avs/av52", "azure/koreacentral"),
            Some("AV52 is not sold in Seoul, but in Virginia (East US 2), Texas, London, Amsterdam"),
        );
    }

    #[test]
    fn av64_stands_behind_another_type_of_the_same_zone() {
        // azure-docs, 2025-08-14: West US has AV36, AV36P and AV64 in AZ01.
        let catalog = catalog();
        let chosen = hosts("avs/av64", "azure/westus");
        let first = catalog.first_cluster(&chosen).map(|(first, hosts)| (first.id.as_str(), hosts));
        assert_eq!(first, Some(("avs/av36", 3)), "the cheapest: 14.68 against 17.62 an hour");
        let named = HostsFootprint { first_cluster: FirstCluster::Of("avs/av36p".into()), ..chosen.clone() };
        let first = catalog.first_cluster(&named).map(|(first, hosts)| (first.id.as_str(), hosts));
        assert_eq!(first, Some(("avs/av36p", 3)));
        let wrong = HostsFootprint { first_cluster: FirstCluster::Of("avs/av52".into()), ..chosen.clone() };
        assert!(catalog.objection(&wrong).is_some_and(|text| text.contains("AV36 or AV36P or AV48 or AV52")));
        let there = HostsFootprint { first_cluster: FirstCluster::Exists, ..chosen };
        assert_eq!(catalog.objection(&there), None);
        assert_eq!(catalog.first_cluster(&hosts("avs/av36p", "azure/westus")), None, "makes its own first cluster");
    }

    #[test]
    fn clusters_over_two_sites_need_two_zones() {
        let stretched =
            |offering, region| HostsFootprint { stretched: Some(Stretched::default()), ..hosts(offering, region) };
        check(&stretched("avs/av36p", "azure/uksouth"), None);
        check(
            &stretched("avs/av36p", "azure/westus"),
            Some("Clusters of AV36P over two sites are not offered in California"),
        );
        check(&stretched("vmc-aws/i4i.metal", "aws/eu-central-1"), None);
        check(&stretched("evs/i4i.metal", "aws/us-east-1"), Some("Amazon EVS has no clusters over two sites"));
    }
}
