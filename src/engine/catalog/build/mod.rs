//! From the source tables to packed files.

mod extras;
mod hosts;
mod instances;
mod table;

use std::collections::BTreeMap;

use self::table::{Row, Table};
use super::pack;
use super::types::{
    Catalog, DiskPrice, DiskScaling, InstanceFamily, InstanceSpec, Price, PriceStatus, Provider, Region, SourceDoc,
};
use crate::engine::model::{MiB, Money, RegionId, stable_hash};

pub use self::table::BuildError;

/// The packed files by name.
pub type Packs = BTreeMap<String, Vec<u8>>;

/// The name of the file with everything but instances.
pub const CORE_FILE: &str = "core.pack";

/// The source of a price for which a search found nothing public.
const NO_SOURCE_FOUND: &str = "survey";
/// The note of such a price.
const NO_PRICE_FOUND: &str = "No public price found: enter a quote";
/// One, in the unit in which ratios are kept.
const RATIO_ONE: i128 = 1_000_000;

/// The name of the file with the specifications of a provider's instance types.
pub fn types_file(provider: &str) -> String {
    format!("types-{provider}.pack")
}

/// The name of the file with the prices of instance types in a region.
pub fn instances_file(region: &RegionId) -> String {
    format!("instances-{}.pack", region.as_str().replace('/', "-"))
}

/// Builds the packed files from the source tables, given by their names without `.csv`. The same tables give the same bytes.
///
/// The error names table, row and column of the first mistake.
pub fn build(tables: &BTreeMap<String, String>) -> Result<Packs, BuildError> {
    let context = Context::read(tables)?;
    let (hosts, host_prices) = hosts::read(tables, &context)?;
    let families = families(tables)?;
    let mut specs = specs(tables, &families)?;
    let book = instances::PriceBook::read(tables, &context, &families, &specs)?;
    let extras = extras::read(tables, &context, &families, &book)?;
    let regional = instances::read(&book, &families, &specs, &extras);
    for shape in &extras.shapes {
        specs.entry(Region::provider_of(&shape.region).to_owned()).or_default();
    }
    let catalog = Catalog {
        as_of: as_of(tables)?,
        build: fingerprint(tables),
        sources: context.documents.clone(),
        providers: providers(tables)?,
        regions: context.regions.clone(),
        hosts,
        host_prices,
        disks: disks(tables, &context)?,
        families,
        instance_regions: regional.iter().map(|table| table.region.clone()).collect(),
        instance_specs: specs,
        instances: BTreeMap::new(),
        beside: Vec::new(),
        extras: std::rc::Rc::new(extras),
    };
    let mut packs = Packs::new();
    packs.insert(CORE_FILE.to_owned(), pack::core(&catalog));
    for (provider, specs) in &catalog.instance_specs {
        packs.insert(types_file(provider), pack::types(&catalog.build, provider, specs));
    }
    for table in &regional {
        let specs = &catalog.instance_specs[Region::provider_of(&table.region)];
        packs.insert(instances_file(&table.region), pack::instances(&catalog.build, specs, table));
    }
    Ok(packs)
}

/// What every table refers to.
struct Context {
    documents: Vec<SourceDoc>,
    /// Positions in `documents` by the id that the tables use.
    positions: BTreeMap<String, u32>,
    regions: Vec<Region>,
    ratios: BTreeMap<(String, RegionId), Ratio>,
}

/// How the prices of a family in a region compare to those in its base region.
struct Ratio {
    base_region: RegionId,
    /// In millionths.
    millionths: i64,
    /// As written in the table.
    text: String,
    source: u32,
}

impl Context {
    fn read(tables: &BTreeMap<String, String>) -> Result<Self, BuildError> {
        let mut context = Self {
            documents: Vec::new(),
            positions: BTreeMap::new(),
            regions: regions(tables)?,
            ratios: BTreeMap::new(),
        };
        for row in Table::read(tables, "sources")?.rows() {
            let position = context.documents.len() as u32;
            if context.positions.insert(row.filled("id")?.to_owned(), position).is_some() {
                return Err(row.fail("id", "named twice"));
            }
            context.documents.push(SourceDoc {
                title: row.filled("title")?.to_owned(),
                url: row.text("url")?.to_owned(),
                as_of: row.filled("as_of")?.to_owned(),
                licence: row.text("licence")?.to_owned(),
            });
        }
        for row in Table::read(tables, "price_ratios")?.rows() {
            let key =
                (format!("{}/{}", row.filled("provider")?, row.filled("family")?), context.region(&row, "region")?);
            let ratio = Ratio {
                base_region: context.region(&row, "base_region")?,
                millionths: row.decimal("ratio", 6)?,
                text: row.text("ratio")?.to_owned(),
                source: context.source(&row, "source")?,
            };
            if ratio.millionths <= 0 {
                return Err(row.fail("ratio", "must be above zero"));
            }
            if context.ratios.insert(key, ratio).is_some() {
                return Err(row.fail("region", "this family has two ratios here"));
            }
        }
        Ok(context)
    }

    fn source(&self, row: &Row<'_>, column: &str) -> Result<u32, BuildError> {
        let id = row.filled(column)?;
        self.positions.get(id).copied().ok_or_else(|| row.fail(column, format!("not in sources.csv: {id:?}")))
    }

    /// Several sources, with blanks between.
    fn sources(&self, row: &Row<'_>, column: &str) -> Result<Vec<u32>, BuildError> {
        let find = |id: &str| {
            self.positions.get(id).copied().ok_or_else(|| row.fail(column, format!("not in sources.csv: {id:?}")))
        };
        row.text(column)?.split_whitespace().map(find).collect()
    }

    fn region(&self, row: &Row<'_>, column: &str) -> Result<RegionId, BuildError> {
        let id = RegionId::from(row.filled(column)?);
        match self.regions.binary_search_by(|region| region.id.cmp(&id)) {
            Ok(_position) => Ok(id),
            Err(_position) => Err(row.fail(column, format!("not in regions.csv: {:?}", id.as_str()))),
        }
    }

    fn region_name<'id>(&'id self, id: &'id RegionId) -> &'id str {
        self.regions.iter().find(|region| region.id == *id).map_or(id.as_str(), |region| &region.name)
    }

    fn ratio(&self, provider: &str, family: &str, region: &RegionId) -> Option<&Ratio> {
        self.ratios.get(&(format!("{provider}/{family}"), region.clone()))
    }

    /// Reads the price of a row with the columns `amount`, `currency`, `status`, `source` and `note`.
    fn price(&self, row: &Row<'_>) -> Result<Price, BuildError> {
        let price = Price {
            amount: row.money("amount")?,
            currency: row.currency("currency")?,
            status: row.status("status")?,
            source: Some(self.source(row, "source")?),
            note: row.text("note")?.to_owned(),
        };
        check_status(row, &price)?;
        Ok(price)
    }

    /// The price where a search found none.
    fn unknown(&self, currency: crate::engine::model::Currency) -> Price {
        Price {
            amount: None,
            currency,
            status: PriceStatus::Ask,
            source: self.positions.get(NO_SOURCE_FOUND).copied(),
            note: NO_PRICE_FOUND.to_owned(),
        }
    }
}

/// A price has no amount exactly where it has to be asked for, and a derived one says how.
fn check_status(row: &Row<'_>, price: &Price) -> Result<(), BuildError> {
    match (price.status, price.amount) {
        (PriceStatus::Quote, _) => {
            Err(row.fail("status", "a quote is the user's own and has no place in the catalogue"))
        }
        (PriceStatus::Ask, Some(_)) => Err(row.fail("amount", "a price to ask for has no amount")),
        (PriceStatus::Ask, None) => Ok(()),
        (_, None) => Err(row.fail("amount", "missing; the status of a price without amount is `ask`")),
        (_, Some(amount)) if amount == Money::ZERO => Err(row.fail("amount", "nothing is free")),
        (PriceStatus::Derived | PriceStatus::Indicative | PriceStatus::Assumed, _) if price.note.is_empty() => {
            Err(row.fail("note", "must say where the figure comes from"))
        }
        _ => Ok(()),
    }
}

impl Ratio {
    fn apply(&self, amount: Money) -> Money {
        amount.scale(i128::from(self.millionths), RATIO_ONE)
    }
}

/// Sixteen hexadecimal digits that change with any byte of any table.
fn fingerprint(tables: &BTreeMap<String, String>) -> String {
    let parts: Vec<&str> = tables.iter().flat_map(|(name, text)| [name.as_str(), text.as_str()]).collect();
    format!("{:016x}", stable_hash(&parts))
}

fn as_of(tables: &BTreeMap<String, String>) -> Result<String, BuildError> {
    let table = Table::read(tables, "meta")?;
    for row in table.rows() {
        if row.text("key")? == "as_of" {
            return Ok(row.filled("value")?.to_owned());
        }
    }
    Err(BuildError { table: "meta".to_owned(), row: 0, column: "key".to_owned(), problem: "no row `as_of`".to_owned() })
}

fn providers(tables: &BTreeMap<String, String>) -> Result<Vec<Provider>, BuildError> {
    Table::read(tables, "providers")?
        .rows()
        .map(|row| Ok(Provider { id: row.filled("id")?.to_owned(), name: row.filled("name")?.to_owned() }))
        .collect()
}

fn regions(tables: &BTreeMap<String, String>) -> Result<Vec<Region>, BuildError> {
    let mut regions = Vec::new();
    for row in Table::read(tables, "regions")?.rows() {
        let anywhere = row.text("country")?.is_empty();
        let degrees = |column: &str| if anywhere { Ok(0) } else { row.decimal(column, 3).map(|milli| milli as i32) };
        regions.push(Region {
            id: RegionId::from(row.filled("id")?),
            name: row.filled("name")?.to_owned(),
            country: row.text("country")?.to_owned(),
            latitude_milli: degrees("latitude")?,
            longitude_milli: degrees("longitude")?,
        });
    }
    regions.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(regions)
}

fn families(tables: &BTreeMap<String, String>) -> Result<Vec<InstanceFamily>, BuildError> {
    let mut families = Vec::new();
    for row in Table::read(tables, "instance_families")?.rows() {
        let (by_default, stand_in) = match row.text("by_default")? {
            "yes" => (true, false),
            "else" => (false, true),
            "no" => (false, false),
            other => return Err(row.fail("by_default", format!("neither yes nor no nor else: {other:?}"))),
        };
        families.push(InstanceFamily {
            provider: row.filled("provider")?.to_owned(),
            name: row.filled("name")?.to_owned(),
            purpose: row.filled("purpose")?.to_owned(),
            arm: row.flag("arm")?,
            by_default,
            stand_in,
            note: row.text("note")?.to_owned(),
        });
    }
    families.sort_by(|a, b| (&a.provider, &a.name).cmp(&(&b.provider, &b.name)));
    Ok(families)
}

fn specs(
    tables: &BTreeMap<String, String>,
    families: &[InstanceFamily],
) -> Result<BTreeMap<String, Vec<InstanceSpec>>, BuildError> {
    let mut specs: BTreeMap<String, Vec<InstanceSpec>> = BTreeMap::new();
    for row in Table::read(tables, "instance_types")?.rows() {
        let (provider, family) = (row.filled("provider")?, row.filled("family")?);
        if !families.iter().any(|known| known.provider == provider && known.name == family) {
            return Err(row.fail("family", "not in instance_families.csv"));
        }
        specs.entry(provider.to_owned()).or_default().push(InstanceSpec {
            name: row.filled("name")?.to_owned(),
            family: family.to_owned(),
            vcpus: row.number("vcpus")?,
            memory: MiB(row.number("memory_mib")?),
            network_mbps: row.number("network_mbps")?,
        });
    }
    for specs in specs.values_mut() {
        specs.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(specs)
}

/// The prices of disks: `disk_kinds` has the limits, `disk_prices` one row for each of capacity, operations and throughput.
fn disks(tables: &BTreeMap<String, String>, context: &Context) -> Result<Vec<DiskPrice>, BuildError> {
    let mut prices: BTreeMap<(RegionId, String, String), Price> = BTreeMap::new();
    for row in Table::read(tables, "disk_prices")?.rows() {
        let key = (context.region(&row, "region")?, row.filled("kind")?.to_owned(), row.filled("per")?.to_owned());
        if prices.insert(key, context.price(&row)?).is_some() {
            return Err(row.fail("per", "this price stands twice"));
        }
    }
    let mut disks = Vec::new();
    for row in Table::read(tables, "disk_kinds")?.rows() {
        let (kind, provider) = (row.filled("kind")?, row.filled("provider")?);
        context.source(&row, "source")?;
        for region in context.regions.iter().filter(|region| Region::provider_of(&region.id) == provider) {
            let mut take = |per: &str| prices.remove(&(region.id.clone(), kind.to_owned(), per.to_owned()));
            let Some(per_gib_month) = take("gib") else { continue };
            let currency = per_gib_month.currency;
            disks.push(DiskPrice {
                region: region.id.clone(),
                kind: kind.to_owned(),
                per_gib_month,
                included_iops: row.number("included_iops")?,
                per_iops_month: take("iops").unwrap_or_else(|| context.unknown(currency)),
                included_mibps: row.number("included_mibps")?,
                per_mibps_month: take("mibps").unwrap_or_else(|| context.unknown(currency)),
                min_gib: row.number("min_gib")?,
                max_gib: row.number("max_gib")?,
                max_iops: row.number("max_iops")?,
                max_mibps: row.number("max_mibps")?,
                scaling: DiskScaling {
                    milli_iops_per_gib: row.number("milli_iops_per_gib")?,
                    milli_mibps_per_gib: row.number("milli_mibps_per_gib")?,
                    max_iops_per_gib: row.number("max_iops_per_gib")?,
                    milli_mibps_per_iops: row.number("milli_mibps_per_iops")?,
                },
            });
        }
    }
    disks.sort_by(|a, b| (&a.region, &a.kind).cmp(&(&b.region, &b.kind)));
    Ok(disks)
}

#[cfg(test)]
mod tests;
