//! Places that a fresh project starts with.

use crate::engine::catalog::{Billing, Catalog, HostOffering, PriceStatus, Region};
use crate::engine::model::{
    Cluster, ClusterFootprint, Estate, Footprint, FootprintId, FootprintKind, HostsFootprint, InstanceOs,
    InstancesFootprint, Money, OfferingId, PolicyOverride, RegionId, Term,
};
use crate::engine::order::in_order;

/// Where a fresh project looks first: the regions for which most prices are public. People choose their own on the Footprints page.
const FIRST_REGIONS: [&str; 3] = ["aws/us-east-1", "azure/eastus", "gcp/us-east4"];

/// Places that a fresh project starts with: every cluster that has hosts; of each service that rents hosts and takes new customers the type whose core costs
/// least where its price is best known; and the instances of each provider in its first region. None of it is advice: it gives people something to change.
pub fn default_footprints(estate: &Estate, catalog: &Catalog) -> Vec<Footprint> {
    let mut kinds: Vec<(String, FootprintKind)> = Vec::new();
    let with_hosts = estate.clusters.iter().filter(|cluster| estate.hosts_of(cluster.id).next().is_some());
    let clusters: Vec<&Cluster> = with_hosts.collect();
    let clusters = in_order(&clusters, |a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    kinds.extend(clusters.into_iter().map(|cluster| stay(estate, catalog, cluster)));
    kinds.extend(services(catalog).into_iter().filter_map(|service| rent(catalog, service)));
    kinds.extend(FIRST_REGIONS.iter().filter_map(|region| instances(catalog, &RegionId::from(*region))));
    kinds
        .into_iter()
        .zip(1..)
        .map(|((name, kind), id)| Footprint {
            id: FootprintId(id),
            name,
            enabled: true,
            kind,
            policy: PolicyOverride::default(),
        })
        .collect()
}

/// An existing cluster, which may grow by as many servers as it has hosts and be given up host by host.
fn stay(estate: &Estate, catalog: &Catalog, cluster: &Cluster) -> (String, FootprintKind) {
    let diskless = |host: &&HostOffering| host.billing == Billing::Purchase && host.vsan.is_empty();
    let add = catalog.hosts.iter().find(diskless).map(|server| server.id.clone());
    let max_added = estate.hosts_of(cluster.id).count() as u32;
    (
        cluster.name.clone(),
        FootprintKind::Cluster(ClusterFootprint {
            may_retire: true,
            add,
            max_added,
            ..ClusterFootprint::kept(cluster.id)
        }),
    )
}

/// Services that rent hosts, by name.
fn services(catalog: &Catalog) -> Vec<&str> {
    let rented = catalog.hosts.iter().filter(|host| host.billing == Billing::Hourly && host.open_to_new);
    let services: Vec<&str> = rented.map(|host| host.service.as_str()).collect();
    let mut services = in_order(&services, Ord::cmp);
    services.dedup();
    services
}

fn rent(catalog: &Catalog, service: &str) -> Option<(String, FootprintKind)> {
    let of_service = |host: &&HostOffering| {
        host.service == service
            && host.open_to_new
            && host.billing == Billing::Hourly
            && host.availability.starts_with("sold")
    };
    let (offering, region) = catalog
        .hosts
        .iter()
        .filter(of_service)
        .filter_map(|host| Some((host, first_region(host)?)))
        .min_by_key(|&(host, region)| reliability(catalog, host, region))?;
    let term = longest_priced(catalog, &offering.id, region);
    let place = catalog.region(region).map_or(region.as_str(), |region| region.name.as_str());
    let kind = HostsFootprint { term, ..HostsFootprint::new(offering.id.clone(), region.clone()) };
    Some((format!("{service}, {place}"), FootprintKind::Hosts(kind)))
}

/// The first of [`FIRST_REGIONS`] in which a host type is sold. Services that are sold in none of them are left for people to add: their prices have to be
/// asked for, and a fresh project has enough of those.
fn first_region(host: &HostOffering) -> Option<&RegionId> {
    FIRST_REGIONS.iter().find_map(|first| host.regions.iter().find(|region| region.as_str() == *first))
}

/// How well the price on demand is known, then what a core costs by it, then the id: the least is taken.
fn reliability<'a>(
    catalog: &Catalog,
    host: &'a HostOffering,
    region: &RegionId,
) -> (PriceStatus, Money, &'a OfferingId) {
    let price = catalog.host_price(&host.id, region, Term::OnDemand);
    let per_core =
        price.and_then(|price| price.amount).map_or(Money::MAX, |hour| hour.scale(1, i128::from(host.cores)));
    (price.map_or(PriceStatus::Ask, |price| price.status), per_core, &host.id)
}

/// The longest term with a price, on demand where there is none.
fn longest_priced(catalog: &Catalog, offering: &OfferingId, region: &RegionId) -> Term {
    let priced = |term: &Term| catalog.host_price(offering, region, *term).is_some_and(|price| price.amount.is_some());
    [Term::ThreeYears, Term::OneYear].into_iter().find(priced).unwrap_or(Term::OnDemand)
}

fn instances(catalog: &Catalog, region: &RegionId) -> Option<(String, FootprintKind)> {
    catalog.instance_regions.binary_search(region).ok()?;
    let place = catalog.region(region)?;
    let provider = Region::provider_of(region);
    let seller = catalog.providers.iter().find(|known| known.id == provider).map_or(provider, |known| &known.name);
    let kind = InstancesFootprint {
        region: region.clone(),
        families: Vec::new(),
        term: Term::OneYear,
        os: InstanceOs::LicenceIncluded,
        max_machines: None,
        disks: Vec::new(),
        committed_pct: 100,
    };
    Some((format!("Instances of {seller}, {}", place.name), FootprintKind::Instances(kind)))
}
