//! The catalogue as types.

use std::collections::BTreeMap;
use std::rc::Rc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::beside::Beside;
use super::extras::Extras;
use crate::engine::model::{Currency, MHz, MiB, Money, OfferingId, RegionId, Term};

/// Everything that can be rented or bought. Lists are sorted by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Catalog {
    /// The day on which it was put together, `YYYY-MM-DD`.
    pub as_of: String,
    /// Fingerprint of the source tables; packs of another build are refused.
    pub build: String,
    /// Documents that figures come from; prices and offerings name them by position.
    pub sources: Vec<SourceDoc>,
    /// Who sells.
    pub providers: Vec<Provider>,
    /// Where.
    pub regions: Vec<Region>,
    /// Host types.
    pub hosts: Vec<HostOffering>,
    /// Prices of host types, sorted by offering, region, term.
    pub host_prices: Vec<HostPrice>,
    /// Prices of disks beside instances, sorted by region and kind. The page has none.
    #[serde(skip)]
    pub disks: Vec<DiskPrice>,
    /// Families of instance types, sorted by provider and name.
    pub families: Vec<InstanceFamily>,
    /// Specifications of instance types by provider, sorted by name, for the providers loaded so far. The page has none.
    #[serde(skip)]
    pub instance_specs: BTreeMap<String, Vec<InstanceSpec>>,
    /// Instance types with prices, for the regions loaded so far. The page has none.
    #[serde(skip)]
    pub instances: BTreeMap<RegionId, InstanceTable>,
    /// Regions for which an instance table exists and can be loaded.
    pub instance_regions: Vec<RegionId>,
    /// What can be chosen beside hosts and instances, in words for forms: the page has neither disks nor extras.
    pub beside: Vec<Beside>,
    /// What the page does not need; empty there.
    #[serde(skip)]
    pub extras: Rc<Extras>,
}

/// A document that figures come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceDoc {
    /// What it is called.
    pub title: String,
    /// Where it stands; empty where it is not public.
    pub url: String,
    /// When it was read or published, as exactly as known.
    pub as_of: String,
    /// Its licence, where it has one.
    pub licence: String,
}

/// Who sells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Provider {
    /// Such as `aws`; the first part of region ids.
    pub id: String,
    /// Such as `Amazon Web Services`.
    pub name: String,
}

/// Where something is sold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// Such as `aws/eu-central-1`.
    pub id: RegionId,
    /// The name people know, such as `Frankfurt`.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of the country, for residency.
    pub country: String,
    /// Latitude in thousandths of a degree.
    pub latitude_milli: i32,
    /// Longitude in thousandths of a degree.
    pub longitude_milli: i32,
}

/// A host type that is rented or bought whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HostOffering {
    /// Such as `vmc-aws/i4i.metal`.
    pub id: OfferingId,
    /// The service, such as `VMware Cloud on AWS`.
    pub service: String,
    /// The host type as the seller writes it, such as `i4i.metal`.
    pub host_type: String,
    /// Who sells it; empty for servers to buy.
    pub provider: String,
    /// Whether it is sold today, in words: `sold`, `end of sale`, `retires 2029-06-30`.
    pub availability: String,
    /// False where new customers cannot have it.
    pub open_to_new: bool,
    /// Processor model.
    pub cpu_model: String,
    /// Processor sockets, for licences per core with a minimum per socket.
    pub sockets: u32,
    /// Physical cores.
    pub cores: u32,
    /// Clock of one core.
    pub speed: MHz,
    /// Memory.
    pub memory: MiB,
    /// Raw capacity tier of vSAN on one host; zero where the host has no disks of its own.
    pub raw_storage: MiB,
    /// vSAN architectures it supports; the first is the default. Empty where storage is external.
    pub vsan: Vec<VsanArchitecture>,
    /// Network bandwidth of a host in Mbit/s; 0 where not known.
    pub network_mbps: u32,
    /// Fewest hosts in a cluster.
    pub min_hosts: u32,
    /// Most hosts in a cluster.
    pub max_hosts: u32,
    /// Most clusters in one deployment.
    pub max_clusters: u32,
    /// Most hosts in one deployment, over all its clusters.
    pub max_hosts_total: u32,
    /// What the management machines take in the first cluster.
    pub management: ManagementReserve,
    /// How it is paid.
    pub billing: Billing,
    /// Whether the price includes the VMware subscription.
    pub vmware_included: bool,
    /// Hourly charge of one deployment beside its hosts (control plane, …), the same in every region; `None`: there is none.
    pub deployment_fee: Option<Price>,
    /// Regions in which it is sold; `site` for servers to buy.
    pub regions: Vec<RegionId>,
    /// Zones of a region in which it is sold, such as `AZ01 AZ02*`, with `*` where it is limited; sorted by region. Only where they are documented.
    pub zones: Vec<(RegionId, String)>,
    /// Host types one of which must make the first cluster of a deployment; empty: it can make it itself.
    pub behind: Vec<OfferingId>,
    /// Fewest and most hosts of a cluster that is stretched over two sites; 0 where none is.
    pub stretched_hosts: (u32, u32),
    /// Regions in which such clusters are offered.
    pub stretched_regions: Vec<RegionId>,
    /// The host type that gives storage only to clusters of this one; empty: there is none. It has the same disks.
    pub storage_host_type: String,
    /// How a host that failed is replaced by the provider; `None` where no document says so.
    pub spare: Option<SpareHost>,
    /// Positions of the documents of its specification.
    pub sources: Vec<u32>,
    /// What one must know, such as `only behind another host type`.
    pub note: String,
}

/// What the management machines of a service take in the first cluster. The note of the offering says how the figures were come by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ManagementReserve {
    /// Processors.
    pub vcpus: u32,
    /// Memory.
    pub memory: MiB,
    /// Storage.
    pub storage: MiB,
}

/// A host that the provider puts in the place of one that failed, by itself. It is none of the hosts that are rented: no machine is planned on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SpareHost {
    /// Days for which it is free of charge. From the next one on it is billed by the hour where it is kept beside the host that it replaced.
    pub free_days: u32,
}

/// vSAN architectures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VsanArchitecture {
    /// Original storage architecture: cache and capacity tiers.
    Osa,
    /// Express storage architecture: one tier.
    Esa,
}

/// How a host is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Billing {
    /// By the hour, 730 hours a month.
    #[default]
    Hourly,
    /// Bought once and written off.
    Purchase,
}

/// A price with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Price {
    /// The amount; `None` exactly where the status is `ask`.
    pub amount: Option<Money>,
    /// Its currency.
    pub currency: Currency,
    /// How far it can be relied on.
    pub status: PriceStatus,
    /// Position of the document it comes from.
    pub source: Option<u32>,
    /// The formula of a derived price, or what one must know.
    pub note: String,
}

/// How far a price can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceStatus {
    /// The user's own figure.
    Quote,
    /// From a named public source.
    Listed,
    /// Computed from listed ones, by the formula in the note.
    Derived,
    /// From a source that calls itself approximate.
    Indicative,
    /// An assumption of the scenario, editable.
    Assumed,
    /// No public price: a quote is needed. Never counted as free.
    Ask,
}

/// A price of a host type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HostPrice {
    /// The host type.
    pub offering: OfferingId,
    /// Where.
    pub region: RegionId,
    /// For which commitment.
    pub term: Term,
    /// For one host and one hour; for [`Billing::Purchase`] for one host, once.
    pub price: Price,
}

/// Prices of block storage beside instances, for one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiskPrice {
    /// Where.
    pub region: RegionId,
    /// Such as `gp3`.
    pub kind: String,
    /// For one GiB and one month.
    pub per_gib_month: Price,
    /// Operations per second included in each disk.
    pub included_iops: u32,
    /// For one further operation per second and one month.
    pub per_iops_month: Price,
    /// Throughput in MiB/s included in each disk.
    pub included_mibps: u32,
    /// For one further MiB/s and one month.
    pub per_mibps_month: Price,
    /// Smallest disk.
    pub min_gib: u32,
    /// Largest disk; more capacity takes several disks.
    pub max_gib: u32,
    /// Most operations per second of one disk.
    pub max_iops: u32,
    /// Most MiB/s of one disk.
    pub max_mibps: u32,
    /// How what it does depends on its size and on its operations.
    pub scaling: DiskScaling,
}

/// How what a disk does depends on its size and on its operations. All zero: it does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiskScaling {
    /// Operations per second that come with each GiB beside those included in each disk, in thousandths.
    pub milli_iops_per_gib: u32,
    /// The same of MiB/s, in thousandths.
    pub milli_mibps_per_gib: u32,
    /// Most operations per second for each GiB, beyond those included; 0: no limit.
    pub max_iops_per_gib: u32,
    /// MiB/s that each operation per second allows, in thousandths; 0: as many as the disk has.
    pub milli_mibps_per_iops: u32,
}

/// A family of instance types.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstanceFamily {
    /// Who sells it.
    pub provider: String,
    /// Such as `m7i`.
    pub name: String,
    /// What the seller made it for, such as `memory optimised`.
    pub purpose: String,
    /// True where the processor is not x86.
    pub arm: bool,
    /// Whether it is chosen from where a footprint names no family: current, x86, at full speed all the time.
    pub by_default: bool,
    /// Whether it takes that place in regions in which no such family of its purpose is sold: an earlier generation.
    pub stand_in: bool,
    /// What one must know.
    pub note: String,
}

/// What an instance type is, wherever it is sold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstanceSpec {
    /// Such as `m7i.2xlarge`.
    pub name: String,
    /// Such as `m7i`.
    pub family: String,
    /// Virtual processors.
    pub vcpus: u32,
    /// Memory.
    pub memory: MiB,
    /// Network bandwidth in Mbit/s, for many types only reached for a while; 0 where not known.
    pub network_mbps: u32,
}

/// The instance types of one region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstanceTable {
    /// Where.
    pub region: RegionId,
    /// Types, sorted by name.
    pub types: Vec<InstanceType>,
}

/// An instance type with its prices in one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstanceType {
    /// Such as `m7i.2xlarge`.
    pub name: String,
    /// Such as `m7i`.
    pub family: String,
    /// Virtual processors.
    pub vcpus: u32,
    /// Memory.
    pub memory: MiB,
    /// Network bandwidth in Mbit/s, for many types only reached for a while; 0 where not known.
    pub network_mbps: u32,
    /// True where the processor is not x86, so that machines cannot move without being rebuilt.
    pub arm: bool,
    /// Whether it is chosen from where a footprint names no family.
    pub by_default: bool,
    /// Hourly price with Linux, by term in the order on demand, one year, three years.
    pub linux: [Price; 3],
    /// Hourly price with Windows, licence included, by term in the same order.
    pub windows: [Price; 3],
}

impl Region {
    /// The provider's part of a region's id: `aws` of `aws/eu-central-1`.
    pub fn provider_of(id: &RegionId) -> &str {
        id.as_str().split_once('/').map_or(id.as_str(), |(provider, _code)| provider)
    }
}

impl PriceStatus {
    /// Every status, the most reliable first.
    pub const ALL: [Self; 6] = [Self::Quote, Self::Listed, Self::Derived, Self::Indicative, Self::Assumed, Self::Ask];

    /// The word for it in tables, files and on screen.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Listed => "listed",
            Self::Derived => "derived",
            Self::Indicative => "indicative",
            Self::Assumed => "assumed",
            Self::Ask => "ask",
        }
    }
}

impl Catalog {
    /// The host type with this id.
    pub fn host(&self, id: &OfferingId) -> Option<&HostOffering> {
        self.hosts.binary_search_by(|host| host.id.cmp(id)).ok().map(|index| &self.hosts[index])
    }

    /// The region with this id.
    pub fn region(&self, id: &RegionId) -> Option<&Region> {
        self.regions.binary_search_by(|region| region.id.cmp(id)).ok().map(|index| &self.regions[index])
    }

    /// What a provider is called; its id where the catalogue does not know it.
    pub fn provider_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.providers.iter().find(|provider| provider.id == id).map_or(id, |provider| &provider.name)
    }

    /// The price of a host type, `None` where it is not sold there on that term.
    pub fn host_price(&self, offering: &OfferingId, region: &RegionId, term: Term) -> Option<&Price> {
        let key = |price: &HostPrice| {
            price.offering.cmp(offering).then_with(|| price.region.cmp(region)).then_with(|| price.term.cmp(&term))
        };
        self.host_prices.binary_search_by(key).ok().map(|index| &self.host_prices[index].price)
    }

    /// The first kind of disk beside instances in a region that is chosen from by default.
    pub fn disk(&self, region: &RegionId) -> Option<&DiskPrice> {
        self.disks_of(region, &[]).next()
    }

    /// The disks beside instances in a region, of the kinds named, or, where none is named, of those chosen from by default; by kind.
    pub fn disks_of<'a>(&'a self, region: &RegionId, kinds: &'a [String]) -> impl Iterator<Item = &'a DiskPrice> {
        let provider = Region::provider_of(region).to_owned();
        let chosen = move |kind: &str| {
            if kinds.is_empty() {
                self.extras.is_default_disk(&provider, kind)
            } else {
                kinds.iter().any(|known| known == kind)
            }
        };
        let from = self.disks.partition_point(|disk| disk.region < *region);
        let region = region.clone();
        self.disks[from..].iter().take_while(move |disk| disk.region == region).filter(move |disk| chosen(&disk.kind))
    }

    /// The document at this position.
    pub fn source(&self, position: Option<u32>) -> Option<&SourceDoc> {
        self.sources.get(position? as usize)
    }
}
