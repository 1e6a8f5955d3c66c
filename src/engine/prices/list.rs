//! A price list, whatever it was read from.

use crate::engine::catalog::{Catalog, HostOffering, PriceStatus, Region};
use crate::engine::model::{Currency, MiB, Money, OfferingId, RegionId, Term};

/// Prices, discounts and offerings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceList {
    /// In the order of the file.
    pub rows: Vec<Row>,
}

/// One of them, with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the file, from 1; 0 where the file has no lines.
    pub line: u64,
    /// What it says.
    pub entry: Entry,
    /// Of discounts and offerings, which people write: their cells that are not empty, by column, as they stand in the file.
    pub cells: Vec<(String, String)>,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The price of a host type for an hour, or of a server.
    Host {
        /// The host type.
        offering: OfferingId,
        /// Where.
        region: RegionId,
        /// For which commitment.
        term: Term,
        /// The price.
        price: ListPrice,
    },
    /// The price of an instance type for an hour.
    Instance {
        /// The type's name.
        name: String,
        /// Where.
        region: RegionId,
        /// Whether Windows is included.
        windows: bool,
        /// For which commitment.
        term: Term,
        /// The price.
        price: ListPrice,
    },
    /// A price of a kind of disk for a month.
    Disk {
        /// Such as `gp3`.
        kind: String,
        /// Where.
        region: RegionId,
        /// Of which part.
        part: DiskPart,
        /// The price.
        price: ListPrice,
    },
    /// What a provider takes off its prices.
    Discount(Discount),
    /// A host type of a provider of one's own.
    OwnHost(Box<OwnHost>),
    /// An instance type of a provider of one's own.
    OwnInstance(OwnInstance),
}

/// An amount with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPrice {
    /// For one unit.
    pub amount: Money,
    /// Its currency.
    pub currency: Currency,
    /// `quote`, or `listed` for a published list.
    pub status: PriceStatus,
    /// The list or the offer it comes from.
    pub source: String,
    /// The date of that.
    pub as_of: String,
    /// What one must know.
    pub note: String,
}

/// What a price of a disk is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiskPart {
    /// One GiB.
    Gib,
    /// One operation per second beyond those included.
    Iops,
    /// One MiB/s beyond those included.
    Mibps,
}

/// What a provider takes off its prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discount {
    /// Of which provider; `*`: of all.
    pub provider: String,
    /// On which commitment; `None`: on all.
    pub term: Option<Term>,
    /// Of what; `None`: of hosts, instances and disks.
    pub on: Option<Sort>,
    /// Which of them alone, such as `gp3`; empty: all. What names one is said at [`Sort`].
    pub item: String,
    /// Share that is taken off, in millionths.
    pub millionths: u32,
}

/// What a discount is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Hosts, named by their id or by what it begins with: `vmc-aws/i4i.metal`, `vmc-aws`.
    Hosts,
    /// Instances, named by their type or family: `m7i.large`, `m7i`.
    Instances,
    /// Disks, named by their kind: `gp3`.
    Disks,
    /// Traffic out of a region, named by where it goes: `internet`, `region`, `zone`.
    Traffic,
    /// Links, gateways, snapshots and the like, named by service or item: `Direct Connect`.
    Services,
    /// Support plans, named by the plan: `Enterprise`.
    Support,
}

/// A host type of a provider of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnHost {
    /// The host type, sold in one region.
    pub offering: HostOffering,
    /// What the region is called, and in which country it is.
    pub place: OwnPlace,
    /// For which commitment the price holds.
    pub term: Term,
    /// For an hour; `None`: a quote is needed.
    pub price: Option<ListPrice>,
}

/// An instance type of a provider of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnInstance {
    /// The type's name.
    pub name: String,
    /// Where.
    pub region: RegionId,
    /// What the region is called, and in which country it is.
    pub place: OwnPlace,
    /// Virtual processors.
    pub vcpus: u32,
    /// Memory.
    pub memory: MiB,
    /// Whether the price includes Windows.
    pub windows: bool,
    /// For which commitment.
    pub term: Term,
    /// For an hour.
    pub price: ListPrice,
}

/// Where a region of one's own is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnPlace {
    /// What people call it.
    pub name: String,
    /// ISO 3166-1 alpha-2 code, for residency; empty where not known.
    pub country: String,
    /// Latitude and longitude in thousandths of a degree.
    pub position_milli: (i32, i32),
}

impl Entry {
    /// Whether it is a price of something in the catalogue, which [`super::write_own`] can write.
    pub fn is_price(&self) -> bool {
        matches!(self, Self::Host { .. } | Self::Instance { .. } | Self::Disk { .. })
    }

    /// Whether it is about the same thing.
    pub fn replaces(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Host { offering, region, term, .. }, Self::Host { offering: o, region: r, term: t, .. }) => {
                (offering, region, term) == (o, r, t)
            }
            (
                Self::Instance { name, region, windows, term, .. },
                Self::Instance { name: n, region: r, windows: w, term: t, .. },
            ) => (name, region, windows, term) == (n, r, w, t),
            (Self::Disk { kind, region, part, .. }, Self::Disk { kind: k, region: r, part: p, .. }) => {
                (kind, region, part) == (k, r, p)
            }
            (Self::Discount(a), Self::Discount(b)) => {
                (&a.provider, a.term, a.on, &a.item) == (&b.provider, b.term, b.on, &b.item)
            }
            (Self::OwnHost(a), Self::OwnHost(b)) => {
                (&a.offering.id, &a.offering.regions, a.term) == (&b.offering.id, &b.offering.regions, b.term)
            }
            (Self::OwnInstance(a), Self::OwnInstance(b)) => {
                (&a.name, &a.region, a.windows, a.term) == (&b.name, &b.region, b.windows, b.term)
            }
            _ => false,
        }
    }
}

impl PriceList {
    /// How many instance prices are for types that cannot be checked yet, because nothing of their region is loaded.
    pub fn unchecked(&self, catalog: &Catalog) -> u64 {
        let is_unchecked = |row: &&Row| match &row.entry {
            Entry::Instance { region, .. } => {
                let provider = Region::provider_of(region);
                !catalog.instances.contains_key(region) && !catalog.instance_specs.contains_key(provider)
            }
            _ => false,
        };
        self.rows.iter().filter(is_unchecked).count() as u64
    }

    /// Leaves out published instance prices for regions and types that the catalogue does not have: the lists of providers name many more than are planned
    /// with. What somebody wrote stays, and has to fit.
    pub fn keep_known(&mut self, catalog: &Catalog) {
        self.rows.retain(|row| match &row.entry {
            Entry::Instance { name, region, price, .. } if price.status == PriceStatus::Listed => {
                let provider = Region::provider_of(region);
                let specs = catalog.instance_specs.get(provider).map_or(&[][..], Vec::as_slice);
                let known = specs.binary_search_by(|spec| spec.name.as_str().cmp(name)).is_ok()
                    || catalog
                        .instances
                        .get(region)
                        .is_some_and(|table| table.types.iter().any(|sold| sold.name == *name));
                catalog.region(region).is_some() && known
            }
            _ => true,
        });
    }
}
