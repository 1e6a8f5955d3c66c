//! The offer file of Amazon EC2 (`offers/v1.0/aws/AmazonEC2`), CSV or JSON: read as a stream, since it has hundreds of megabytes.
//!
//! Taken are shared instances with Linux or Windows, on demand and reserved (standard, all paid upfront); everything else is passed over.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use super::PriceError;
use super::amount::amount;
use super::json::Json;
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
    Ok(Some(Row { line, entry, cells: Vec::new() }))
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
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(input);
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
#[derive(Default)]
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
    /// The attribute that a JSON file calls so.
    fn named(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "instanceType" => &mut self.instance_type,
            "regionCode" => &mut self.region_code,
            "tenancy" => &mut self.tenancy,
            "operatingSystem" => &mut self.operating_system,
            "preInstalledSw" => &mut self.pre_installed_sw,
            "capacitystatus" => &mut self.capacitystatus,
            "licenseModel" => &mut self.license_model,
            _ => return None,
        })
    }

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
    let mut offer = Offer { name, head: Head::default(), products: BTreeMap::new(), list: PriceList::default() };
    let mut json = Json::new(input);
    json.object(&mut |json, key| match key {
        "offerCode" => match json.text()? {
            code if code == OFFER => Ok(()),
            code => Err(PriceError::OtherOffer(code)),
        },
        "publicationDate" => {
            offer.head.published = json.text()?;
            Ok(())
        }
        "products" => json.object(&mut |json, sku| offer.product(json, sku)),
        "terms" => json.object(&mut |json, kind| match kind {
            "OnDemand" | "Reserved" => json.object(&mut |json, sku| offer.terms(json, sku)),
            _ => json.skip(),
        }),
        _ => json.skip(),
    })?;
    json.end()?;
    Ok(offer.list)
}

struct Offer<'a> {
    name: &'a str,
    head: Head,
    products: BTreeMap<String, Product>,
    list: PriceList,
}

/// A term of a product, as far as it matters here.
#[derive(Default)]
struct OfferTerm {
    /// Unit and price in US dollars.
    prices: Vec<(String, String)>,
    lease: String,
    class: String,
    option: String,
}

impl Offer<'_> {
    fn product(&mut self, json: &mut Json<'_>, sku: &str) -> Result<(), PriceError> {
        let mut attributes = Attributes::default();
        json.object(&mut |json, key| {
            if key != "attributes" {
                return json.skip();
            }
            json.object(&mut |json, name| match attributes.named(name) {
                Some(text) => {
                    *text = json.text()?;
                    Ok(())
                }
                None => json.skip(),
            })
        })?;
        if let Some(product) = attributes.product() {
            self.products.insert(sku.to_owned(), product);
        }
        Ok(())
    }

    fn terms(&mut self, json: &mut Json<'_>, sku: &str) -> Result<(), PriceError> {
        let Some(product) = self.products.get(sku).cloned() else { return json.skip() };
        json.object(&mut |json, _id| {
            let term = OfferTerm::read(json)?;
            self.take(&product, &term)
        })
    }

    fn take(&mut self, product: &Product, term: &OfferTerm) -> Result<(), PriceError> {
        let reserved = years(&term.lease);
        if reserved > 0 && (term.class.as_str(), term.option.as_str()) != ("standard", "All Upfront") {
            return Ok(());
        }
        for (unit, price) in &term.prices {
            let per_hour = matches!(unit.as_str(), "Hrs" | "Hours");
            self.list.rows.extend(row(product, 0, (reserved, per_hour), price, (self.name, &self.head.published))?);
        }
        Ok(())
    }
}

impl OfferTerm {
    fn read(json: &mut Json<'_>) -> Result<Self, PriceError> {
        let mut term = Self::default();
        json.object(&mut |json, key| match key {
            "priceDimensions" => json.object(&mut |json, _id| {
                term.prices.extend(dimension(json)?);
                Ok(())
            }),
            "termAttributes" => json.object(&mut |json, name| {
                let text = match name {
                    "LeaseContractLength" => &mut term.lease,
                    "OfferingClass" => &mut term.class,
                    "PurchaseOption" => &mut term.option,
                    _ => return json.skip(),
                };
                *text = json.text()?;
                Ok(())
            }),
            _ => json.skip(),
        })?;
        Ok(term)
    }
}

/// Unit and price of a dimension; `None` where it has none in US dollars.
fn dimension(json: &mut Json<'_>) -> Result<Option<(String, String)>, PriceError> {
    let (mut unit, mut price) = (String::new(), None);
    json.object(&mut |json, key| match key {
        "unit" => {
            unit = json.text()?;
            Ok(())
        }
        "pricePerUnit" => json.object(&mut |json, currency| {
            let text = json.text()?;
            if currency == "USD" {
                price = Some(text);
            }
            Ok(())
        }),
        _ => json.skip(),
    })?;
    Ok(price.map(|price| (unit, price)))
}
