//! The offer file of Amazon EC2 (`offers/v1.0/aws/AmazonEC2`), CSV or JSON: read as a stream, since it has hundreds of megabytes.
//!
//! Taken are shared instances with Linux or Windows, on demand and reserved (standard, all paid upfront); everything else is passed over.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};

use super::PriceError;
use super::amount::amount;
use super::list::{Entry, ListPrice, PriceList, Row};
use crate::engine::catalog::PriceStatus;
use crate::engine::model::{Currency, Money, RegionId, Term};

/// The only offer that is read.
const OFFER: &str = "AmazonEC2";
/// Hours over which a reservation is spread.
const YEAR_HOURS: i128 = 8760;

/// An instance type of one region and system.
#[derive(Clone, Debug)]
struct Product {
    name: String,
    region: String,
    windows: bool,
}

/// What a file says of itself.
#[derive(Default)]
struct Head {
    published: String,
}

fn damaged(problem: impl fmt::Display) -> PriceError {
    PriceError::Damaged(problem.to_string())
}

/// The row of a price; `None` where it is of none of the usual terms, or nothing.
fn row(
    product: &Product,
    line: u64,
    (reserved_years, per_hour): (i128, bool),
    price: &str,
    source: (&str, &str),
) -> Result<Option<Row>, PriceError> {
    let price = amount(price).ok_or_else(|| damaged(format!("the price of {} is {price:?}", product.name)))?;
    let term = match (reserved_years, per_hour) {
        (0, true) => Term::OnDemand,
        (1, false) => Term::OneYear,
        (3, false) => Term::ThreeYears,
        _ => return Ok(None),
    };
    if price == Money::ZERO {
        return Ok(None);
    }
    let hours = reserved_years * YEAR_HOURS;
    let (amount, note) = match hours {
        0 => (price, String::new()),
        hours => (price.scale(1, hours), format!("Reserved, all paid upfront: {price} ÷ {hours} h")),
    };
    let entry = Entry::Instance {
        name: product.name.clone(),
        region: RegionId(format!("aws/{}", product.region)),
        windows: product.windows,
        term,
        price: ListPrice {
            amount,
            currency: Currency::Usd,
            status: PriceStatus::Listed,
            source: format!("AWS price list, {}", source.0),
            as_of: source.1.chars().take(10).collect(),
            note,
        },
    };
    Ok(Some(Row { line, entry }))
}

/// Years of a reservation as offer files write them.
fn years(text: &str) -> i128 {
    match text {
        "1yr" => 1,
        "3yr" => 3,
        _ => 0,
    }
}

/// Reads the CSV form: five lines about the file, then a table.
pub(super) fn read_csv(input: &mut dyn Read, name: &str) -> Result<PriceList, PriceError> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(std::io::BufReader::new(input));
    let mut record = csv::StringRecord::new();
    let mut head = Head::default();
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut list = PriceList::default();
    while reader.read_record(&mut record).map_err(damaged)? {
        if columns.is_empty() {
            match (record.get(0), record.get(1)) {
                (Some("SKU"), _) => {
                    columns = record.iter().enumerate().map(|(index, name)| (name.to_owned(), index)).collect();
                    check_columns(&columns)?;
                }
                (Some("Publication Date"), Some(date)) => date.clone_into(&mut head.published),
                (Some("OfferCode"), Some(offer)) if offer != OFFER => {
                    return Err(PriceError::OtherOffer(offer.to_owned()));
                }
                _ => {}
            }
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cells = Cells { columns: &columns, record: &record };
        list.rows.extend(cells.row(line, (name, &head.published))?);
    }
    if columns.is_empty() { Err(damaged("it ends before its table begins")) } else { Ok(list) }
}

const NEEDED: [&str; 11] = [
    "TermType",
    "Unit",
    "PricePerUnit",
    "Currency",
    "LeaseContractLength",
    "PurchaseOption",
    "OfferingClass",
    "Instance Type",
    "Tenancy",
    "Operating System",
    "Region Code",
];

fn check_columns(columns: &BTreeMap<String, usize>) -> Result<(), PriceError> {
    match NEEDED.iter().find(|needed| !columns.contains_key(**needed)) {
        Some(missing) => Err(damaged(format!("its table has no column {missing}"))),
        None => Ok(()),
    }
}

struct Cells<'a> {
    columns: &'a BTreeMap<String, usize>,
    record: &'a csv::StringRecord,
}

impl<'a> Cells<'a> {
    fn text(&self, column: &str) -> &'a str {
        self.columns.get(column).and_then(|&index| self.record.get(index)).unwrap_or_default()
    }

    fn row(&self, line: u64, source: (&str, &str)) -> Result<Option<Row>, PriceError> {
        let attributes = Attributes {
            instance_type: self.text("Instance Type").to_owned(),
            region_code: self.text("Region Code").to_owned(),
            tenancy: self.text("Tenancy").to_owned(),
            operating_system: self.text("Operating System").to_owned(),
            pre_installed_sw: self.text("Pre Installed S/W").to_owned(),
            capacitystatus: self.text("CapacityStatus").to_owned(),
            license_model: self.text("License Model").to_owned(),
        };
        let Some(product) = attributes.product() else { return Ok(None) };
        let reserved = match self.text("TermType") {
            "OnDemand" => 0,
            "Reserved" if (self.text("OfferingClass"), self.text("PurchaseOption")) == ("standard", "All Upfront") => {
                years(self.text("LeaseContractLength"))
            }
            _ => return Ok(None),
        };
        if self.text("Currency") != "USD" {
            return Ok(None);
        }
        let per_hour = matches!(self.text("Unit"), "Hrs" | "Hours");
        row(&product, line, (reserved, per_hour), self.text("PricePerUnit"), source)
    }
}

/// What an offer file says of a product, as far as it matters here.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Attributes {
    instance_type: String,
    region_code: String,
    tenancy: String,
    operating_system: String,
    pre_installed_sw: String,
    capacitystatus: String,
    license_model: String,
}

impl Attributes {
    /// The product, where it is a shared instance with Linux or Windows and nothing else installed.
    fn product(&self) -> Option<Product> {
        let windows = match self.operating_system.as_str() {
            "Linux" => false,
            "Windows" => true,
            _ => return None,
        };
        let usual = self.tenancy == "Shared"
            && matches!(self.pre_installed_sw.as_str(), "" | "NA")
            && matches!(self.capacitystatus.as_str(), "" | "Used")
            && self.license_model != "Bring your own license";
        let named = !self.instance_type.is_empty() && !self.region_code.is_empty();
        (usual && named).then(|| Product {
            name: self.instance_type.clone(),
            region: self.region_code.clone(),
            windows,
        })
    }
}

/// Reads the JSON form: products first, then their terms.
pub(super) fn read_json(input: &mut dyn Read, name: &str) -> Result<PriceList, PriceError> {
    let mut offer =
        Offer { name, head: Head::default(), products: BTreeMap::new(), list: PriceList::default(), refused: None };
    let mut reader = serde_json::Deserializer::from_reader(std::io::BufReader::new(input));
    let read = Top(&mut offer).deserialize(&mut reader).and_then(|()| reader.end());
    if let Some(refused) = offer.refused {
        return Err(refused);
    }
    read.map_err(damaged)?;
    Ok(offer.list)
}

struct Offer<'a> {
    name: &'a str,
    head: Head,
    products: BTreeMap<String, Product>,
    list: PriceList,
    /// Why reading ended early.
    refused: Option<PriceError>,
}

/// A term of a product.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfferTerm {
    price_dimensions: BTreeMap<String, Dimension>,
    #[serde(default)]
    term_attributes: TermAttributes,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dimension {
    unit: String,
    price_per_unit: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TermAttributes {
    #[serde(rename = "LeaseContractLength")]
    lease: String,
    #[serde(rename = "OfferingClass")]
    class: String,
    #[serde(rename = "PurchaseOption")]
    option: String,
}

#[derive(Deserialize)]
struct Described {
    #[serde(default)]
    attributes: Attributes,
}

impl Offer<'_> {
    fn take(&mut self, sku: &str, term: &OfferTerm) -> Result<(), PriceError> {
        let Some(product) = self.products.get(sku) else { return Ok(()) };
        let TermAttributes { lease, class, option } = &term.term_attributes;
        let reserved = years(lease);
        if reserved > 0 && (class.as_str(), option.as_str()) != ("standard", "All Upfront") {
            return Ok(());
        }
        for dimension in term.price_dimensions.values() {
            let per_hour = matches!(dimension.unit.as_str(), "Hrs" | "Hours");
            if let Some(price) = dimension.price_per_unit.get("USD") {
                self.list.rows.extend(row(product, 0, (reserved, per_hour), price, (self.name, &self.head.published))?);
            }
        }
        Ok(())
    }
}

/// A visitor of the members of a JSON object, each handed to a function.
struct Members<F>(F);

impl<'de, F> Visitor<'de> for Members<F>
where
    F: FnMut(&str, &mut dyn FnMut(Step<'_, '_>) -> Result<(), String>) -> Result<(), String>,
{
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let mut taken = false;
            let mut failed = None;
            let told = (self.0)(&key, &mut |step| {
                taken = true;
                let read = match step {
                    Step::Text(text) => map.next_value::<String>().map(|value| *text = value),
                    Step::Product(product) => {
                        map.next_value::<Described>().map(|described| *product = described.attributes.product())
                    }
                    Step::Terms(terms) => map.next_value::<BTreeMap<String, OfferTerm>>().map(|read| *terms = read),
                    Step::Inside(offer, depth) => map.next_value_seed(Inside(offer, depth)),
                };
                read.map_err(|error| {
                    failed = Some(error);
                    String::new()
                })
            });
            if let Some(error) = failed {
                return Err(error);
            }
            told.map_err(serde::de::Error::custom)?;
            if !taken {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// How the value of a member is read.
enum Step<'a, 'offer> {
    Text(&'a mut String),
    Product(&'a mut Option<Product>),
    Terms(&'a mut BTreeMap<String, OfferTerm>),
    Inside(&'a mut Offer<'offer>, Depth),
}

/// Where in the file one is.
#[derive(Clone, Copy)]
enum Depth {
    Products,
    Terms,
    Kind,
}

struct Top<'a, 'offer>(&'a mut Offer<'offer>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let offer = self.0;
        deserializer.deserialize_map(Members(|key: &str, read: &mut dyn FnMut(Step<'_, '_>) -> Result<(), String>| {
            match key {
                "offerCode" => {
                    let mut code = String::new();
                    read(Step::Text(&mut code))?;
                    if code == OFFER {
                        return Ok(());
                    }
                    offer.refused = Some(PriceError::OtherOffer(code));
                    Err("another offer".to_owned())
                }
                "publicationDate" => read(Step::Text(&mut offer.head.published)),
                "products" => read(Step::Inside(&mut *offer, Depth::Products)),
                "terms" => read(Step::Inside(&mut *offer, Depth::Terms)),
                _ => Ok(()),
            }
        }))
    }
}

struct Inside<'a, 'offer>(&'a mut Offer<'offer>, Depth);

impl<'de> DeserializeSeed<'de> for Inside<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self(offer, depth) = self;
        deserializer.deserialize_map(Members(|key: &str, read: &mut dyn FnMut(Step<'_, '_>) -> Result<(), String>| {
            match depth {
                Depth::Products => {
                    let mut product = None;
                    read(Step::Product(&mut product))?;
                    if let Some(product) = product {
                        offer.products.insert(key.to_owned(), product);
                    }
                    Ok(())
                }
                Depth::Terms if matches!(key, "OnDemand" | "Reserved") => read(Step::Inside(&mut *offer, Depth::Kind)),
                Depth::Kind if offer.products.contains_key(key) => {
                    let mut terms = BTreeMap::new();
                    read(Step::Terms(&mut terms))?;
                    for term in terms.values() {
                        if let Err(error) = offer.take(key, term) {
                            offer.refused = Some(error);
                            return Err("a price cannot be read".to_owned());
                        }
                    }
                    Ok(())
                }
                Depth::Terms | Depth::Kind => Ok(()),
            }
        }))
    }
}
