//! Concrete places in which machines may run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ClusterId, Currency, FootprintId, Money, OfferingId, PolicyOverride, RegionId, SiteFigures};

/// One concrete place in a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Footprint {
    /// Identity within the scenario.
    pub id: FootprintId,
    /// What the user calls it.
    pub name: String,
    /// Whether plans may use it.
    pub enabled: bool,
    /// What it is.
    pub kind: FootprintKind,
    /// What it counts otherwise than the scenario's policy.
    #[serde(default)]
    pub policy: PolicyOverride,
}

/// The kinds of place, which differ in how their cost grows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FootprintKind {
    /// A cluster that exists: its hosts are there, may be retired, and more of the same may be bought.
    Cluster(ClusterFootprint),
    /// Hosts rented by the hour, or servers bought for a new cluster, by what the offering says.
    Hosts(HostsFootprint),
    /// Instances rented machine by machine.
    Instances(InstancesFootprint),
}

/// An existing cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterFootprint {
    /// The cluster of the estate.
    pub cluster: ClusterId,
    /// Whether hosts that the plan leaves empty are switched off and no longer paid for.
    pub may_retire: bool,
    /// The server that would be bought to grow the cluster; `None`: it cannot grow.
    pub add: Option<OfferingId>,
    /// At most this many are bought.
    pub max_added: u32,
    /// Months after which the support of its hosts ends, counted from the first of the horizon; `None`: as for all sites, see
    /// [`OnPremises::supported_months`](super::OnPremises::supported_months).
    #[serde(default)]
    pub supported_months: Option<u32>,
    /// What its site costs otherwise than all sites; `None`: nothing.
    #[serde(default)]
    pub site: Option<Box<SiteFigures>>,
    /// The power of its hosts as it was measured; `None`: it is estimated by their cores.
    #[serde(default)]
    pub measured_power: Option<MeasuredPower>,
    /// What the accounts still hold for its hosts; `None`: not known, see [`OnPremises::supported_months`](super::OnPremises::supported_months) and
    /// [`Finance::book_months`](super::Finance::book_months) for what is taken instead.
    #[serde(default)]
    pub book: Option<BookValue>,
}

impl ClusterFootprint {
    /// A cluster as it is: none of its hosts is switched off, none is bought, and it costs as all sites do.
    pub const fn kept(cluster: ClusterId) -> Self {
        Self {
            cluster,
            may_retire: false,
            add: None,
            max_added: 0,
            supported_months: None,
            site: None,
            measured_power: None,
            book: None,
        }
    }
}

/// What the accounts still hold for the hosts of a cluster. It is written off whatever is decided: month by month while they are kept, at once where they are
/// given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BookValue {
    /// For all of them together, in the scenario's currency; each has the share of its cores.
    pub amount: Money,
    /// Months over which that is written off in equal parts, from the first of the horizon on.
    pub months: u32,
}

/// Electrical power of hosts that was measured: what they draw on average, cooling apart. It takes the place of the estimate by cores
/// ([`OnPremises::milliwatts_per_core`](super::OnPremises::milliwatts_per_core)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasuredPower {
    /// Of each host, in watts.
    PerHost(u32),
    /// Of all hosts of the cluster together, in watts; each has the share of its cores.
    Cluster(u32),
}

/// Dedicated hosts of an offering in a region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HostsFootprint {
    /// The host type in the catalogue.
    pub offering: OfferingId,
    /// Where; `site` for servers bought for a site of one's own.
    pub region: RegionId,
    /// For how long the hosts are committed.
    pub term: Term,
    /// A price of the user's own, which replaces the catalogue's. Needed where the catalogue says `ask`.
    pub quote: Option<Quote>,
    /// Fewest hosts if used at all; `None` takes the offering's own minimum, which is also the least allowed.
    pub min_hosts: Option<u32>,
    /// Most hosts over all clusters; `None` takes the offering's own limit.
    pub max_hosts: Option<u32>,
    /// Storage beside the hosts, which then holds the disks of all machines; `None`: their own, where they have some.
    #[serde(default)]
    pub external_storage: Option<Box<StorageQuote>>,
    /// Share of the hosts that is committed for the term, per cent; the rest is paid on demand. Default 100.
    #[serde(default = "all")]
    pub committed_pct: u32,
    /// Its clusters are stretched over two sites, with half of the hosts in each; `None`: every cluster is on one site.
    #[serde(default)]
    pub stretched: Option<Stretched>,
    /// The cluster that must be there first, for a host type that is sold behind others only.
    #[serde(default)]
    pub first_cluster: FirstCluster,
    /// Hosts of the cluster that give storage only; `None`: there are none. With them the place is one cluster.
    #[serde(default)]
    pub storage_hosts: Option<StorageHosts>,
    /// Of servers bought for a site of one's own: what that costs otherwise than all sites; `None`: nothing.
    #[serde(default)]
    pub site: Option<Box<SiteFigures>>,
}

/// A cluster over two sites, so that either may be lost: each host has a twin at the other site, and either half carries all machines and holds all data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Stretched {
    /// What the witness at a third site costs a month, in the scenario's currency; `None`: not known, and then listed as not priced.
    pub witness_month: Option<Money>,
}

/// The first cluster of a deployment, where the host type cannot make it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FirstCluster {
    /// Of the smallest number of hosts of the cheapest type that is sold there. It is paid for, and carries the management machines only.
    #[default]
    Cheapest,
    /// The same of a type that is named.
    Of(OfferingId),
    /// It is there already, and paid for elsewhere.
    Exists,
}

/// Hosts that give storage to the others of their cluster, and run no machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StorageHosts {
    /// How many.
    pub hosts: u32,
    /// For one of them and one month. No public price is known, so it must be above zero.
    pub per_host_month: Money,
    /// Its currency.
    pub currency: Currency,
}

impl HostsFootprint {
    /// Hosts of an offering in a region, as the offering has them: on demand, at the catalogue's price.
    pub fn new(offering: OfferingId, region: RegionId) -> Self {
        Self { offering, region, committed_pct: all(), ..Self::default() }
    }

    /// The price of the user's own; none where it is nothing, since what has to be asked for is never free.
    pub fn quoted(&self) -> Option<&Quote> {
        self.quote.as_ref().filter(|quote| quote.per_host_month > Money::ZERO)
    }

    /// Hosts that one host of a plan stands for: two in a stretched cluster, where each has a twin at the other site.
    pub const fn hosts_in_one(&self) -> u32 {
        if self.stretched.is_some() { 2 } else { 1 }
    }
}

impl Footprint {
    /// See [`HostsFootprint::hosts_in_one`].
    pub const fn hosts_in_one(&self) -> u32 {
        match &self.kind {
            FootprintKind::Hosts(hosts) => hosts.hosts_in_one(),
            FootprintKind::Cluster(_) | FootprintKind::Instances(_) => 1,
        }
    }
}

/// Instances of one provider in one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstancesFootprint {
    /// Where; the provider is part of it.
    pub region: RegionId,
    /// Families to choose from, such as `m7i`; empty means every current family of the catalogue.
    pub families: Vec<String>,
    /// For how long the instances are committed.
    pub term: Term,
    /// Who pays for Windows.
    pub os: InstanceOs,
    /// Most machines; `None`: no limit.
    pub max_machines: Option<u32>,
    /// Kinds of disks to choose from, such as `gp3`; empty means those the catalogue chooses from by default.
    #[serde(default)]
    pub disks: Vec<String>,
    /// Share of the instances that is committed for the term, per cent; the rest is paid on demand. Default 100.
    #[serde(default = "all")]
    pub committed_pct: u32,
}

/// A hundred per cent.
const fn all() -> u32 {
    100
}

/// Commitment to a rented thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// No commitment.
    #[default]
    OnDemand,
    /// One year.
    OneYear,
    /// Three years.
    ThreeYears,
}

/// Who pays for the licence of the guest system on an instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InstanceOs {
    /// Windows machines pay the provider's Windows price.
    #[default]
    LicenceIncluded,
    /// Licences are brought along: every machine pays the Linux price.
    BringYourOwn,
}

/// A price of the user's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// For one host and one month, everything the supplier charges for it included.
    pub per_host_month: Money,
    /// Its currency.
    pub currency: Currency,
    /// Where it comes from, such as `Offer 4711 of 12 November`.
    pub note: String,
}

/// A price of the user's own for storage beside hosts, such as `FSx` for NetApp ONTAP, Azure NetApp Files or an array.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StorageQuote {
    /// What it is.
    pub name: String,
    /// For one GiB and one month, everything included.
    pub per_gib_month: Money,
    /// Its currency.
    pub currency: Currency,
    /// When it holds the disks.
    #[serde(default)]
    pub used: ExternalUse,
}

/// When storage beside hosts holds the disks of machines, where the hosts have disks of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExternalUse {
    /// In any case.
    #[default]
    Always,
    /// Where a plan with it is better than one with the hosts' own disks.
    WhereCheaper,
}
