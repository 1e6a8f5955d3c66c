//! What the catalogue knows of an offering, spelled out for people and scripts.

mod extras;

use schemars::JsonSchema;
use serde::Serialize;

use super::types::{
    Billing, Catalog, HostOffering, InstanceType, ManagementReserve, Price, PriceStatus, Region, SpareHost,
    VsanArchitecture,
};
use crate::engine::catalog::{Concern, instances_file, types_file};
use crate::engine::model::{Footprint, FootprintKind, MHz, MiB, RegionId, Term};

/// Which offerings to describe; `None` takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Such as `aws`; servers to buy belong to `site`.
    pub provider: Option<String>,
    /// The id of a region (`aws/eu-central-1`), its code (`eu-central-1`) or its name (`Frankfurt`).
    pub region: Option<String>,
    /// The id of a host type, or the name of a host or instance type, in any case.
    pub host_type: Option<String>,
}

/// A host or instance type with all its prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Description {
    /// Such as `vmc-aws/i4i.metal` or `aws/m7i.large`.
    pub id: String,
    /// Such as `VMware Cloud on AWS`, or the name of the provider for instances.
    pub service: String,
    /// `host`, `server`, `instance`, `shape` (an instance of any size), `disk`, `service`, `traffic` or `support`.
    pub kind: &'static str,
    /// The type as the seller writes it.
    pub name: String,
    /// Processors: physical cores of a host, vCPU of an instance; 0 where it has none of its own.
    pub processors: u32,
    /// Clock of one core; `None` for instances.
    pub speed: Option<MHz>,
    /// Memory.
    pub memory: MiB,
    /// Raw storage of its own; zero for instances.
    pub raw_storage: MiB,
    /// Network bandwidth in Mbit/s.
    pub network_mbps: u32,
    /// How many hosts there may be and what belongs to them; `None` for all that are no hosts.
    pub limits: Option<Limits>,
    /// `sold`, `end of sale`, `retires 2029-06-30`, `closed to new customers since 2025-10-31`, …
    pub availability: String,
    /// False where new customers cannot have it.
    pub open_to_new: bool,
    /// What stands against planning with it: closed, sold to a limited extent, or retired in a month, as year × 12 + month − 1.
    pub concern: Option<Concern>,
    /// Prices by region and term.
    pub prices: Vec<PriceDescription>,
    /// What one must know.
    pub note: String,
    /// Titles and addresses of the documents of its specification.
    pub sources: Vec<String>,
}

/// How many hosts there may be, and what of them is not for machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Limits {
    /// Fewest hosts in a cluster, with the storage policy that the service sets by itself.
    pub min_hosts: u32,
    /// Most hosts in a cluster.
    pub max_hosts: u32,
    /// Most clusters in a deployment.
    pub max_clusters: u32,
    /// Most hosts in a deployment.
    pub max_hosts_total: u32,
    /// In steps of how many hosts a cluster on one site grows.
    pub step: u32,
    /// Clusters over two sites; `None`: there are none.
    pub stretched: Option<StretchedLimits>,
    /// What the management machines take in the first cluster; zero where the provider runs them elsewhere or there are none.
    pub management: ManagementReserve,
    /// Host types one of which must make the first cluster of a deployment; empty: it can make it itself.
    pub behind: Vec<String>,
    /// vSAN architectures, the default first; empty where the host has no disks of its own and storage is outside.
    pub vsan: Vec<VsanArchitecture>,
    /// The host type that gives storage only; empty: there is none.
    pub storage_host_type: String,
    /// How a host that failed is replaced by the provider; `None` where no document says so.
    pub spare: Option<SpareHost>,
}

/// How many hosts a cluster over two sites may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StretchedLimits {
    /// Fewest hosts, of both sites together.
    pub min_hosts: u32,
    /// Most hosts, of both sites together.
    pub max_hosts: u32,
    /// In steps of how many hosts it grows: one on each site.
    pub step: u32,
    /// Regions in which there are such clusters.
    pub regions: Vec<RegionId>,
}

impl Limits {
    fn of(host: &HostOffering) -> Self {
        let (min_hosts, max_hosts) = host.stretched_hosts;
        let stretched = StretchedLimits { min_hosts, max_hosts, step: 2, regions: host.stretched_regions.clone() };
        Self {
            min_hosts: host.min_hosts,
            max_hosts: host.max_hosts,
            max_clusters: host.max_clusters,
            max_hosts_total: host.max_hosts_total,
            step: 1,
            stretched: (max_hosts > 0).then_some(stretched),
            management: host.management,
            behind: host.behind.iter().map(ToString::to_string).collect(),
            vsan: host.vsan.clone(),
            storage_host_type: host.storage_host_type.clone(),
            spare: host.spare,
        }
    }
}

/// A price with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PriceDescription {
    /// Where.
    pub region: RegionId,
    /// For which commitment.
    pub term: Term,
    /// `linux` or `windows`; empty where that makes no difference. Of prices with several parts: which part.
    pub os: String,
    /// The amount as a decimal number; `None` where it has to be asked for.
    pub amount: Option<String>,
    /// The currency's code.
    pub currency: &'static str,
    /// What one unit is: `hour`, `once`, `GiB and month`, …
    pub per: String,
    /// How far it can be relied on.
    pub status: PriceStatus,
    /// Title of the document it comes from.
    pub source: String,
    /// Where that document stands.
    pub url: String,
    /// When it was read or published.
    pub as_of: String,
    /// The formula, or what one must know.
    pub note: String,
}

/// Describes what the filter lets through: host types, instance types of the tables loaded, instances of any size, disks, and everything else with a price.
pub fn describe(catalog: &Catalog, filter: &Filter) -> Vec<Description> {
    let hosts =
        catalog.hosts.iter().filter(|host| filter.takes_host(host)).map(|host| describe_host(catalog, filter, host));
    let instances =
        catalog.instances.values().filter(|table| filter.takes_region(catalog, &table.region)).flat_map(|table| {
            let types = table.types.iter().filter(|instance| filter.takes_name(&instance.name, &instance.name));
            types.map(|instance| describe_instance(catalog, &table.region, instance))
        });
    let beside = extras::describe(catalog, filter);
    hosts.chain(instances).chain(beside).filter(|description| !description.prices.is_empty()).collect()
}

impl Filter {
    fn takes_host(&self, host: &HostOffering) -> bool {
        let provider = if host.provider.is_empty() { "site" } else { &host.provider };
        self.provider.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(provider))
            && self.takes_name(host.id.as_str(), &host.host_type)
    }

    fn takes_name(&self, id: &str, name: &str) -> bool {
        self.host_type
            .as_deref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(id) || wanted.eq_ignore_ascii_case(name))
    }

    fn takes_region(&self, catalog: &Catalog, id: &RegionId) -> bool {
        let code = id.as_str().split_once('/').map_or(id.as_str(), |(_provider, code)| code);
        let name = catalog.region(id).map_or("", |region| &region.name);
        let names = [id.as_str(), code, name];
        self.region.as_deref().is_none_or(|wanted| names.iter().any(|name| name.eq_ignore_ascii_case(wanted)))
            && self.provider.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(Region::provider_of(id)))
    }
}

fn describe_host(catalog: &Catalog, filter: &Filter, host: &HostOffering) -> Description {
    let (kind, per) = match host.billing {
        Billing::Hourly => ("host", "hour"),
        Billing::Purchase => ("server", "once"),
    };
    let prices = catalog
        .host_prices
        .iter()
        .filter(|price| price.offering == host.id && filter.takes_region(catalog, &price.region));
    Description {
        id: host.id.to_string(),
        service: host.service.clone(),
        kind,
        name: host.host_type.clone(),
        processors: host.cores,
        speed: Some(host.speed),
        memory: host.memory,
        raw_storage: host.raw_storage,
        network_mbps: host.network_mbps,
        limits: Some(Limits::of(host)),
        availability: host.availability.clone(),
        open_to_new: host.open_to_new,
        concern: host.concern(),
        prices: prices
            .map(|price| describe_price(catalog, &price.region, price.term, ("", per), &price.price))
            .collect(),
        note: host.note.clone(),
        sources: host
            .sources
            .iter()
            .filter_map(|&position| catalog.source(Some(position)))
            .map(
                |source| {
                    if source.url.is_empty() {
                        source.title.clone()
                    } else {
                        format!("{}, {}", source.title, source.url)
                    }
                },
            )
            .collect(),
    }
}

fn describe_instance(catalog: &Catalog, region: &RegionId, instance: &InstanceType) -> Description {
    let provider = Region::provider_of(region);
    let mut prices = Vec::new();
    for (os, windows) in [("linux", false), ("windows", true)] {
        for term in [Term::OnDemand, Term::OneYear, Term::ThreeYears] {
            prices.push(describe_price(catalog, region, term, (os, "hour"), instance.price(windows, term)));
        }
    }
    let family = catalog.families.iter().find(|family| family.provider == provider && family.name == instance.family);
    Description {
        id: format!("{provider}/{}", instance.name),
        service: catalog
            .providers
            .iter()
            .find(|known| known.id == provider)
            .map_or_else(String::new, |known| known.name.clone()),
        kind: "instance",
        name: instance.name.clone(),
        processors: instance.vcpus,
        speed: None,
        memory: instance.memory,
        raw_storage: MiB::ZERO,
        network_mbps: instance.network_mbps,
        limits: None,
        availability: "sold".to_owned(),
        open_to_new: true,
        concern: None,
        prices,
        note: family.map_or_else(String::new, |family| family.note.clone()),
        sources: Vec::new(),
    }
}

fn describe_price(
    catalog: &Catalog,
    region: &RegionId,
    term: Term,
    (os, per): (&str, &str),
    price: &Price,
) -> PriceDescription {
    let source = catalog.source(price.source);
    let text = |part: fn(&super::SourceDoc) -> &String| source.map_or_else(String::new, |source| part(source).clone());
    PriceDescription {
        region: region.clone(),
        term,
        os: os.to_owned(),
        amount: price.amount.map(|amount| amount.to_string()),
        currency: price.currency.code(),
        per: per.to_owned(),
        status: price.status,
        source: text(|source| &source.title),
        url: text(|source| &source.url),
        as_of: text(|source| &source.as_of),
        note: price.note.clone(),
    }
}

impl Catalog {
    /// The files that these footprints need beyond what is loaded, in the order in which they must be loaded. Footprints that are switched off count, so
    /// that switching them on costs no waiting.
    pub fn needed_files(&self, footprints: &[Footprint]) -> Vec<String> {
        let mut regions: Vec<&RegionId> = footprints
            .iter()
            .filter_map(|footprint| match &footprint.kind {
                FootprintKind::Instances(instances) => Some(&instances.region),
                FootprintKind::Cluster(_) | FootprintKind::Hosts(_) => None,
            })
            .filter(|region| self.instance_regions.contains(region) && !self.instances.contains_key(region))
            .collect();
        regions.sort();
        regions.dedup();
        let mut providers: Vec<&str> = regions.iter().map(|region| Region::provider_of(region)).collect();
        providers.dedup();
        providers.retain(|provider| !self.instance_specs.contains_key(*provider));
        let types = providers.into_iter().map(types_file);
        types.chain(regions.into_iter().map(instances_file)).collect()
    }
}

#[cfg(test)]
mod tests;
