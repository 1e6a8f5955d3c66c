//! The packed files: a header, then columns in [postcard](https://docs.rs/postcard).
//!
//! ```text
//! "GWCAT"  format version: u8  kind: u8  fingerprint of the source tables: 16 hexadecimal digits  body
//! ```
//!
//! Whatever many prices share (status, source, currency, note) is kept once in a list and named by position, in runs. Hosts that serve compressed
//! files make the rest small; the files themselves are not compressed.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::beside;
use super::extras::Extras;
use super::types::{
    Catalog, DiskPrice, DiskScaling, HostOffering, HostPrice, InstanceFamily, InstanceSpec, InstanceTable,
    InstanceType, Price, PriceStatus, Provider, Region, SourceDoc,
};
use crate::engine::model::{Currency, Money, RegionId, Term};

const MAGIC: &[u8; 5] = b"GWCAT";
/// Raised whenever the layout of a file changes.
const FORMAT: u8 = 5;
const FINGERPRINT: usize = 16;
const HEADER: usize = MAGIC.len() + 2 + FINGERPRINT;

/// Why a packed file was not loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogError {
    /// Not a catalogue file at all, or the wrong one of them.
    #[error("not the catalogue file that was expected")]
    Foreign,
    /// Written by another version of the program.
    #[error("the catalogue file has format {found}, this program reads format {expected}")]
    Format {
        /// Of the file.
        found: u8,
        /// Of this program.
        expected: u8,
    },
    /// Built from other tables than the core file.
    #[error("the catalogue file belongs to another edition of the catalogue ({found} instead of {expected})")]
    Edition {
        /// Of the file.
        found: String,
        /// Of the core file.
        expected: String,
    },
    /// The prices of a region came before the specifications of its provider's types.
    #[error("the instance types of {0} must be loaded before their prices")]
    TypesMissing(String),
    /// Cut off or damaged.
    #[error("the catalogue file is damaged: {0}")]
    Damaged(&'static str),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Core = 0,
    Types = 1,
    Instances = 2,
}

#[derive(Serialize, Deserialize)]
struct CoreBody {
    as_of: String,
    sources: Vec<SourceDoc>,
    providers: Vec<Provider>,
    regions: Vec<Region>,
    families: Vec<InstanceFamily>,
    /// Regions with an instance table, by position.
    instance_regions: Vec<u32>,
    /// Host types; their regions stand in `host_regions`.
    hosts: Vec<HostOffering>,
    host_regions: Vec<Vec<u32>>,
    /// Host type, region and term of every price, by position.
    host_prices: Vec<(u32, u32, Term)>,
    host_amounts: Prices,
    disks: Vec<DiskShape>,
    disk_amounts: Prices,
    /// With blanks in the place of prices, which stand in `extra_amounts`.
    extras: Extras,
    extra_amounts: Prices,
}

/// A disk without its three prices, which stand in a column of their own.
#[derive(Serialize, Deserialize)]
struct DiskShape {
    region: u32,
    kind: String,
    included_iops: u32,
    included_mibps: u32,
    min_gib: u32,
    max_gib: u32,
    max_iops: u32,
    max_mibps: u32,
    scaling: DiskScaling,
}

#[derive(Serialize, Deserialize)]
struct TypesBody {
    provider: String,
    specs: Vec<InstanceSpec>,
}

#[derive(Serialize, Deserialize)]
struct InstancesBody {
    region: RegionId,
    /// Types sold here, by position among the provider's.
    types: Vec<u32>,
    /// Six columns, Linux then Windows, each on demand, one year, three years; as long as `types` each.
    prices: Prices,
}

/// A column of prices.
#[derive(Default, Serialize, Deserialize)]
struct Prices {
    labels: Vec<Label>,
    /// How many prices in a row have which label.
    runs: Vec<(u32, u32)>,
    /// Amounts in millionths, for those labels only that have one.
    amounts: Vec<i64>,
}

/// What many prices share.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    status: PriceStatus,
    currency: Currency,
    source: Option<u32>,
    note: String,
}

impl Prices {
    fn pack<'price>(prices: impl Iterator<Item = &'price Price>) -> Self {
        let mut packed = Self::default();
        for price in prices {
            let label = Label {
                status: price.status,
                currency: price.currency,
                source: price.source,
                note: price.note.clone(),
            };
            let position = packed.labels.iter().position(|known| *known == label).unwrap_or_else(|| {
                packed.labels.push(label);
                packed.labels.len() - 1
            }) as u32;
            match packed.runs.last_mut() {
                Some((count, last)) if *last == position => *count += 1,
                _ => packed.runs.push((1, position)),
            }
            packed.amounts.extend(price.amount.map(Money::micros));
        }
        packed
    }

    /// Exactly `count` prices, each with a source among `sources` if it has any.
    fn unpack(self, count: usize, sources: usize) -> Result<Vec<Price>, CatalogError> {
        let claimed: u64 = self.runs.iter().map(|&(run, _label)| u64::from(run)).sum();
        if claimed != count as u64 {
            return Err(CatalogError::Damaged("the number of prices is wrong"));
        }
        let mut amounts = self.amounts.into_iter();
        let mut prices = Vec::with_capacity(count);
        for (run, label) in self.runs {
            let label = self.labels.get(label as usize).ok_or(CatalogError::Damaged("a price has no label"))?;
            if label.source.is_some_and(|source| source as usize >= sources) {
                return Err(CatalogError::Damaged("a price has no source"));
            }
            for _price in 0..run {
                let amount = if label.status == PriceStatus::Ask {
                    None
                } else {
                    let micros = amounts.next().filter(|&micros| micros > 0);
                    Some(Money::from_micros(micros.ok_or(CatalogError::Damaged("a price has no amount"))?))
                };
                prices.push(Price {
                    amount,
                    currency: label.currency,
                    status: label.status,
                    source: label.source,
                    note: label.note.clone(),
                });
            }
        }
        if amounts.next().is_some() {
            return Err(CatalogError::Damaged("there are more amounts than prices"));
        }
        Ok(prices)
    }
}

/// Writes the core file.
pub(super) fn core(catalog: &Catalog) -> Vec<u8> {
    let region =
        |id: &RegionId| catalog.regions.binary_search_by(|region| region.id.cmp(id)).unwrap_or_default() as u32;
    let host = |price: &HostPrice| {
        catalog.hosts.binary_search_by(|host| host.id.cmp(&price.offering)).unwrap_or_default() as u32
    };
    let shape = |disk: &DiskPrice| DiskShape {
        region: region(&disk.region),
        kind: disk.kind.clone(),
        included_iops: disk.included_iops,
        included_mibps: disk.included_mibps,
        min_gib: disk.min_gib,
        max_gib: disk.max_gib,
        max_iops: disk.max_iops,
        max_mibps: disk.max_mibps,
        scaling: disk.scaling,
    };
    let mut extras = (*catalog.extras).clone();
    let mut extra_prices = Vec::new();
    extras.each_price(&mut |price| extra_prices.push(std::mem::replace(price, blank())));
    let body = CoreBody {
        as_of: catalog.as_of.clone(),
        sources: catalog.sources.clone(),
        providers: catalog.providers.clone(),
        regions: catalog.regions.clone(),
        families: catalog.families.clone(),
        instance_regions: catalog.instance_regions.iter().map(region).collect(),
        hosts: catalog.hosts.iter().map(|host| HostOffering { regions: Vec::new(), ..host.clone() }).collect(),
        host_regions: catalog.hosts.iter().map(|host| host.regions.iter().map(region).collect()).collect(),
        host_prices: catalog.host_prices.iter().map(|price| (host(price), region(&price.region), price.term)).collect(),
        host_amounts: Prices::pack(catalog.host_prices.iter().map(|price| &price.price)),
        disks: catalog.disks.iter().map(shape).collect(),
        disk_amounts: Prices::pack(catalog.disks.iter().flat_map(disk_prices)),
        extras,
        extra_amounts: Prices::pack(extra_prices.iter()),
    };
    write(Kind::Core, &catalog.build, &body)
}

/// What stands in the place of a price that is kept elsewhere.
const fn blank() -> Price {
    Price { amount: None, currency: Currency::Usd, status: PriceStatus::Ask, source: None, note: String::new() }
}

fn disk_prices(disk: &DiskPrice) -> [&Price; 3] {
    [&disk.per_gib_month, &disk.per_iops_month, &disk.per_mibps_month]
}

/// Writes the specifications of a provider's instance types.
pub(super) fn types(build: &str, provider: &str, specs: &[InstanceSpec]) -> Vec<u8> {
    write(Kind::Types, build, &TypesBody { provider: provider.to_owned(), specs: specs.to_vec() })
}

/// Writes the prices of a region.
pub(super) fn instances(build: &str, specs: &[InstanceSpec], table: &InstanceTable) -> Vec<u8> {
    let position = |instance: &InstanceType| {
        specs.binary_search_by(|spec| spec.name.cmp(&instance.name)).unwrap_or_default() as u32
    };
    let column = |index: usize| {
        table
            .types
            .iter()
            .map(move |instance| if index < 3 { &instance.linux[index] } else { &instance.windows[index - 3] })
    };
    let body = InstancesBody {
        region: table.region.clone(),
        types: table.types.iter().map(position).collect(),
        prices: Prices::pack((0..6).flat_map(column)),
    };
    write(Kind::Instances, build, &body)
}

fn write<T: Serialize>(kind: Kind, build: &str, body: &T) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend([FORMAT, kind as u8]);
    bytes.extend(build.as_bytes());
    #[expect(clippy::expect_used, reason = "postcard fails only on sequences of unknown length, and these are vectors")]
    let bytes = postcard::to_extend(body, bytes).expect("vectors have a length");
    bytes
}

/// Checks the header; gives the fingerprint and the body.
fn open(bytes: &[u8], kind: Kind) -> Result<(&str, &[u8]), CatalogError> {
    let header = bytes.get(..HEADER).filter(|header| header.starts_with(MAGIC)).ok_or(CatalogError::Foreign)?;
    let found = header[MAGIC.len()];
    if found != FORMAT {
        return Err(CatalogError::Format { found, expected: FORMAT });
    }
    if header[MAGIC.len() + 1] != kind as u8 {
        return Err(CatalogError::Foreign);
    }
    let build = std::str::from_utf8(&header[MAGIC.len() + 2..])
        .map_err(|_text| CatalogError::Damaged("the fingerprint is not text"))?;
    Ok((build, &bytes[HEADER..]))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, CatalogError> {
    match postcard::take_from_bytes(body) {
        Ok((value, [])) => Ok(value),
        Ok(_more) => Err(CatalogError::Damaged("it goes on after its end")),
        Err(_postcard) => Err(CatalogError::Damaged("it is cut off or has values that do not exist")),
    }
}

/// Loads the core file: everything but instance types and their prices.
pub fn load_core(bytes: &[u8]) -> Result<Catalog, CatalogError> {
    let (build, body) = open(bytes, Kind::Core)?;
    let body: CoreBody = read(body)?;
    let CoreBody { regions, mut hosts, .. } = body;
    let region = |position: u32| {
        regions
            .get(position as usize)
            .map(|region| region.id.clone())
            .ok_or(CatalogError::Damaged("something stands in no region"))
    };
    if body.host_regions.len() != hosts.len() {
        return Err(CatalogError::Damaged("the regions of a host type are missing"));
    }
    for (host, positions) in hosts.iter_mut().zip(body.host_regions) {
        host.regions = positions.into_iter().map(region).collect::<Result<_, _>>()?;
    }
    let prices = body.host_amounts.unpack(body.host_prices.len(), body.sources.len())?;
    let host_price = |((host, place, term), price): ((u32, u32, Term), Price)| {
        let host = hosts.get(host as usize).ok_or(CatalogError::Damaged("a price belongs to no host type"))?;
        Ok(HostPrice { offering: host.id.clone(), region: region(place)?, term, price })
    };
    let host_prices = body.host_prices.into_iter().zip(prices).map(host_price).collect::<Result<_, _>>()?;
    let mut prices = body.disk_amounts.unpack(body.disks.len() * 3, body.sources.len())?.into_iter();
    let mut disks = Vec::with_capacity(body.disks.len());
    for shape in body.disks {
        let mut price = || prices.next().ok_or(CatalogError::Damaged("a disk has no price"));
        disks.push(DiskPrice {
            region: region(shape.region)?,
            kind: shape.kind,
            per_gib_month: price()?,
            included_iops: shape.included_iops,
            per_iops_month: price()?,
            included_mibps: shape.included_mibps,
            per_mibps_month: price()?,
            min_gib: shape.min_gib,
            max_gib: shape.max_gib,
            max_iops: shape.max_iops,
            max_mibps: shape.max_mibps,
            scaling: shape.scaling,
        });
    }
    let mut extras = body.extras;
    let mut count = 0;
    extras.each_price(&mut |_price| count += 1);
    let mut prices = body.extra_amounts.unpack(count, body.sources.len())?.into_iter();
    extras.each_price(&mut |price| {
        if let Some(unpacked) = prices.next() {
            *price = unpacked;
        }
    });
    let instance_regions = body.instance_regions.into_iter().map(region).collect::<Result<_, _>>()?;
    let mut catalog = Catalog {
        as_of: body.as_of,
        build: build.to_owned(),
        sources: body.sources,
        providers: body.providers,
        regions,
        hosts,
        host_prices,
        disks,
        families: body.families,
        instance_specs: BTreeMap::new(),
        instances: BTreeMap::new(),
        instance_regions,
        beside: Vec::new(),
        extras: Rc::new(extras),
    };
    catalog.beside = beside::of(&catalog);
    check_order(&catalog)?;
    Ok(catalog)
}

/// Look-ups halve their way through sorted lists; a file that is not sorted would answer wrongly without a word.
fn check_order(catalog: &Catalog) -> Result<(), CatalogError> {
    let sorted = catalog.regions.is_sorted_by(|a, b| a.id < b.id)
        && catalog.hosts.is_sorted_by(|a, b| a.id < b.id)
        && catalog.disks.is_sorted_by(|a, b| (&a.region, &a.kind) <= (&b.region, &b.kind))
        && catalog.host_prices.is_sorted_by(|a, b| (&a.offering, &a.region, a.term) < (&b.offering, &b.region, b.term));
    if sorted { Ok(()) } else { Err(CatalogError::Damaged("its lists are not sorted")) }
}

impl Catalog {
    /// Loads the instance types of a provider or their prices in a region, whichever the file holds; types must come before prices. Nothing changes where
    /// the file is refused. Loading a file again changes nothing.
    pub fn load_instances(&mut self, bytes: &[u8]) -> Result<(), CatalogError> {
        match open(bytes, Kind::Types) {
            Err(CatalogError::Foreign) => self.load_prices(bytes),
            Err(error) => Err(error),
            Ok((build, body)) => {
                self.check_edition(build)?;
                let TypesBody { provider, specs } = read(body)?;
                if !specs.is_sorted_by(|a, b| a.name < b.name) {
                    return Err(CatalogError::Damaged("its lists are not sorted"));
                }
                self.instance_specs.insert(provider, specs);
                Ok(())
            }
        }
    }

    fn load_prices(&mut self, bytes: &[u8]) -> Result<(), CatalogError> {
        let (build, body) = open(bytes, Kind::Instances)?;
        self.check_edition(build)?;
        let body: InstancesBody = read(body)?;
        let provider = Region::provider_of(&body.region);
        let specs = self.instance_specs.get(provider).ok_or_else(|| CatalogError::TypesMissing(provider.to_owned()))?;
        if !body.types.is_sorted_by(|a, b| a < b) {
            return Err(CatalogError::Damaged("its lists are not sorted"));
        }
        let count = body.types.len();
        let mut columns: [std::vec::IntoIter<Price>; 6] = Default::default();
        let mut prices = body.prices.unpack(count * 6, self.sources.len())?;
        for column in columns.iter_mut().rev() {
            *column = prices.split_off(prices.len() - count).into_iter();
        }
        let family_of = |position: u32| {
            let spec =
                specs.get(position as usize).ok_or(CatalogError::Damaged("a price belongs to no instance type"))?;
            let family = self.families.iter().find(|family| family.provider == provider && family.name == spec.family);
            Ok((spec, family.ok_or(CatalogError::Damaged("an instance type belongs to no family"))?))
        };
        let sold = body.types.into_iter().map(family_of).collect::<Result<Vec<_>, CatalogError>>()?;
        let served: Vec<&str> = sold
            .iter()
            .filter(|(_spec, family)| family.by_default)
            .map(|(_spec, family)| family.purpose.as_str())
            .collect();
        let mut types = Vec::with_capacity(count);
        for (spec, family) in &sold {
            let mut next = |index: usize| columns[index].next().ok_or(CatalogError::Damaged("a type has no price"));
            types.push(InstanceType {
                name: spec.name.clone(),
                family: spec.family.clone(),
                vcpus: spec.vcpus,
                memory: spec.memory,
                network_mbps: spec.network_mbps,
                arm: family.arm,
                by_default: family.by_default || (family.stand_in && !served.contains(&family.purpose.as_str())),
                linux: [next(0)?, next(1)?, next(2)?],
                windows: [next(3)?, next(4)?, next(5)?],
            });
        }
        self.instances.insert(body.region.clone(), InstanceTable { region: body.region, types });
        Ok(())
    }

    fn check_edition(&self, found: &str) -> Result<(), CatalogError> {
        if found == self.build {
            return Ok(());
        }
        Err(CatalogError::Edition { found: found.to_owned(), expected: self.build.clone() })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
