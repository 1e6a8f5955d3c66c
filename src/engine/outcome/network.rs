//! How far footprints are from each other, in time and in money.

use crate::engine::catalog::{Catalog, Destination, Region, egress_cost};
use crate::engine::model::{Cluster, Currency, Estate, Footprint, FootprintKind, Link, Money, RegionId, Scenario};

/// The region of servers that are bought for a site of one's own.
const OWN_SITE: &str = "site";

/// Microseconds there and back that any way takes: switches, routers and the two ends. An assumption of ours.
const LEAST_MICROS: f64 = 1_000.0;
/// Microseconds there and back for each kilometre as the crow flies: light in glass takes 4.9 one way, and cables are about half as long again as the
/// straight line (Singla and others, "The Internet at the Speed of Light", 2014).
const MICROS_PER_KM: f64 = 14.7;
/// One GiB out of a region for which the catalogue knows no price, in US dollars: the dearest first tier that it lists, so that it is never free
/// (0.155, `GovCloud`; infracost, 2024-09-25).
const DEAREST_PER_GIB: Money = Money::from_micros(155_000);
/// Mean radius of the earth.
const EARTH_KM: f64 = 6_371.0;

/// What is known of the ways between footprints.
pub(super) struct Network<'a> {
    estate: &'a Estate,
    scenario: &'a Scenario,
    catalog: &'a Catalog,
}

impl<'a> Network<'a> {
    /// Of these.
    pub const fn new(estate: &'a Estate, scenario: &'a Scenario, catalog: &'a Catalog) -> Self {
        Self { estate, scenario, catalog }
    }

    /// Whether a footprint is at a site of one's own.
    pub fn is_own(footprint: &Footprint) -> bool {
        region_id(footprint).is_none()
    }

    /// The region that a footprint is in; `None` for a site of one's own, and where the catalogue does not know it.
    pub fn region(&self, footprint: &Footprint) -> Option<&'a Region> {
        let region = region_id(footprint)?;
        self.catalog.regions.iter().find(|known| known.id == *region)
    }

    fn link(&self, from: &Footprint, to: &Footprint) -> impl Iterator<Item = &'a Link> {
        let (from, to) = (from.id, to.id);
        self.scenario.links.iter().filter(move |link| link.from == from && link.to == to)
    }

    /// Microseconds there and back: as the user knows it, in either direction; within a region, or between clusters of one datacenter, the least; else by the
    /// distance. `None` where it is not known where one of them is.
    pub fn latency_micros(&self, one: &Footprint, other: &Footprint) -> Option<u32> {
        let known = self.link(one, other).chain(self.link(other, one)).find_map(|link| link.latency_micros);
        known.or_else(|| {
            let same_region = region_id(one).is_some() && region_id(one) == region_id(other);
            if same_region || self.same_site(one, other) {
                return Some(LEAST_MICROS as u32);
            }
            let kilometres = distance_km(self.position(one)?, self.position(other)?);
            Some(libm::round(LEAST_MICROS + MICROS_PER_KM * kilometres) as u32)
        })
    }

    /// The region that a footprint is in, or that its site is near to.
    fn position(&self, footprint: &Footprint) -> Option<&'a Region> {
        let near = || self.catalog.region(footprint.site()?.near.as_ref()?);
        self.region(footprint).or_else(near)
    }

    /// Whether two clusters are known to be in one datacenter.
    fn same_site(&self, one: &Footprint, other: &Footprint) -> bool {
        let site = |footprint: &Footprint| match &footprint.kind {
            FootprintKind::Cluster(own) => {
                let cluster = self.estate.cluster(own.cluster)?;
                Some((cluster.vcenter.as_ref(), cluster.datacenter.as_ref()?))
            }
            _ => None,
        };
        site(one).is_some_and(|one| site(other) == Some(one))
    }

    /// What `gib` a month cost from one footprint to another: as the user knows it; nothing from a site of one's own and within a region; else by the tiers
    /// of the region that is left, for another region of the same provider or for the internet.
    pub fn traffic_cost(&self, from: &Footprint, to: &Footprint, gib: u64) -> Money {
        let known = self.link(from, to).find_map(|link| link.per_gib);
        known.map_or_else(|| self.egress_cost(region_id(from), region_id(to), gib), |per_gib| per_gib.times(gib))
    }

    fn egress_cost(&self, from: Option<&RegionId>, to: Option<&RegionId>, gib: u64) -> Money {
        let Some(from) = from.filter(|from| Some(*from) != to) else { return Money::ZERO };
        let assumptions = &self.scenario.assumptions;
        if let Some(per_gib) = assumptions.egress_per_gib {
            return per_gib.times(gib);
        }
        let inside = to.is_some_and(|to| Region::provider_of(to) == Region::provider_of(from));
        let kinds = if inside { [Destination::Region, Destination::Internet] } else { [Destination::Internet; 2] };
        let extras = &self.catalog.extras;
        let tiers = kinds.into_iter().map(|to| extras.egress(from, to)).find(|tiers| !tiers.is_empty());
        let cost = egress_cost(tiers.unwrap_or_default(), gib).unwrap_or_else(|| DEAREST_PER_GIB.times(gib));
        assumptions.exchange(cost, Currency::Usd).unwrap_or(cost)
    }
}

/// The site of each of these footprints, as the id of the first of them that is there. Footprints of one region are at one site, and so are clusters of one
/// datacenter of a vCenter. Servers to buy are in the only datacenter there is; where there is none or several, they are one further site, for nothing
/// says that they are apart from each other.
pub(super) fn sites(estate: &Estate, footprints: &[&Footprint]) -> Vec<u32> {
    let names: Vec<SiteName<'_>> = footprints.iter().map(|footprint| site_name(estate, footprint)).collect();
    let first = |name: &SiteName<'_>| names.iter().position(|other| other == name).unwrap_or_default();
    names.iter().map(|name| footprints[first(name)].id.0).collect()
}

/// The region, or the vCenter and datacenter, as far as they are known.
type SiteName<'a> = (Option<&'a RegionId>, Option<&'a String>, Option<&'a String>);

fn site_name<'a>(estate: &'a Estate, footprint: &'a Footprint) -> SiteName<'a> {
    if let Some(region) = region_id(footprint) {
        return (Some(region), None, None);
    }
    let of = |cluster: &'a Cluster| (None, cluster.vcenter.as_ref(), cluster.datacenter.as_ref());
    if let FootprintKind::Cluster(own) = &footprint.kind {
        return estate.cluster(own.cluster).map_or((None, None, None), of);
    }
    let mut all = estate.clusters.iter().map(of);
    all.next().filter(|first| all.all(|other| other == *first)).unwrap_or_default()
}

/// The region that a footprint names; `None` for a site of one's own.
fn region_id(footprint: &Footprint) -> Option<&RegionId> {
    let region = match &footprint.kind {
        FootprintKind::Cluster(_) => return None,
        FootprintKind::Hosts(hosts) => &hosts.region,
        FootprintKind::Instances(instances) => &instances.region,
    };
    (region.as_str() != OWN_SITE).then_some(region)
}

/// Kilometres on the great circle (the haversine formula).
fn distance_km(one: &Region, other: &Region) -> f64 {
    let radians = |milli: i32| f64::from(milli) * (std::f64::consts::PI / 180_000.0);
    let (a, b) = (radians(one.latitude_milli), radians(other.latitude_milli));
    let half = |angle: f64| {
        let sine = libm::sin(angle / 2.0);
        sine * sine
    };
    let across = half(radians(one.longitude_milli) - radians(other.longitude_milli));
    let chord = half(a - b) + libm::cos(a) * libm::cos(b) * across;
    2.0 * EARTH_KM * libm::asin(libm::sqrt(chord.min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{ClusterFootprint, ClusterId, FootprintId, HostsFootprint, PolicyOverride, SiteFigures};

    #[test]
    fn distances_are_those_of_the_globe() {
        let region = |latitude_milli, longitude_milli| Region { latitude_milli, longitude_milli, ..Region::default() };
        let (frankfurt, virginia) = (region(50_100, 8_700), region(38_900, -77_400));
        let kilometres = distance_km(&frankfurt, &virginia);
        assert!((6_500.0..6_600.0).contains(&kilometres), "{kilometres}");
        assert!(distance_km(&frankfurt, &frankfurt) < 1e-9);
        assert!((distance_km(&region(0, 0), &region(0, 180_000)) - 20_015.0).abs() < 1.0);
    }

    #[test]
    fn a_site_is_as_far_from_a_region_as_the_place_that_it_is_near_to() {
        let region = |id: &str, latitude_milli, longitude_milli| Region {
            id: RegionId::from(id),
            latitude_milli,
            longitude_milli,
            ..Region::default()
        };
        let regions = vec![region("aws/eu-central-1", 50_100, 8_700), region("aws/us-east-1", 38_900, -77_500)];
        let catalog = Catalog { regions, ..Catalog::default() };
        let footprint = |id: u32, kind: FootprintKind| Footprint {
            id: FootprintId(id),
            name: String::new(),
            enabled: true,
            kind,
            policy: PolicyOverride::default(),
        };
        let rented = |id: u32, region: &str| {
            let hosts = HostsFootprint { region: RegionId::from(region), ..HostsFootprint::default() };
            footprint(id, FootprintKind::Hosts(hosts))
        };
        let (frankfurt, virginia) = (rented(1, "aws/eu-central-1"), rented(2, "aws/us-east-1"));
        let mut own = footprint(3, FootprintKind::Cluster(ClusterFootprint::kept(ClusterId(1))));
        let (estate, scenario) = (Estate::default(), Scenario::default());
        let network = Network::new(&estate, &scenario, &catalog);
        assert_eq!(network.latency_micros(&own, &frankfurt), None);
        own.set_site(SiteFigures { near: Some(RegionId::from("aws/eu-central-1")), ..SiteFigures::default() });
        assert_eq!(network.latency_micros(&own, &frankfurt), Some(1_000));
        let across = network.latency_micros(&frankfurt, &virginia);
        // 6,540 km × 14.7 µs, and 1 ms.
        assert!(across.is_some_and(|micros| (96_000..98_500).contains(&micros)), "{across:?}");
        assert_eq!(network.latency_micros(&virginia, &own), across);
        // What is measured counts.
        let link = Link { from: own.id, to: virginia.id, latency_micros: Some(88_000), per_gib: None };
        let scenario = Scenario { links: vec![link], ..Scenario::default() };
        assert_eq!(Network::new(&estate, &scenario, &catalog).latency_micros(&virginia, &own), Some(88_000));
        // It stays a site of one's own, from which traffic costs nothing.
        assert!(Network::is_own(&own) && network.region(&own).is_none());
        assert_eq!(network.traffic_cost(&own, &virginia, 1_000), Money::ZERO);
    }
}
