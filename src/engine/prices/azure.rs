//! Pages of the Azure retail prices API (`https://prices.azure.com/api/retail/prices`), JSON: one page, several in an array, or one after the other.

use std::io::Read;

use serde::Deserialize;
use serde_json::Value;

use super::PriceError;
use super::amount::amount;
use super::list::{Entry, ListPrice, PriceList, Row};
use crate::engine::catalog::PriceStatus;
use crate::engine::model::{Currency, Money, RegionId, Term};

/// Hours over which a reservation is spread.
const YEAR_HOURS: i128 = 8760;

#[derive(Deserialize)]
struct Page {
    #[serde(rename = "Items")]
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Pages {
    Many(Vec<Page>),
    One(Page),
}

/// One meter. Numbers are kept as they are written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Item {
    currency_code: String,
    retail_price: Value,
    arm_region_name: String,
    effective_start_date: String,
    product_name: String,
    sku_name: String,
    service_name: String,
    unit_of_measure: String,
    #[serde(rename = "type")]
    kind: String,
    reservation_term: String,
    arm_sku_name: String,
}

impl Default for Item {
    fn default() -> Self {
        Self {
            currency_code: String::new(),
            retail_price: Value::Null,
            arm_region_name: String::new(),
            effective_start_date: String::new(),
            product_name: String::new(),
            sku_name: String::new(),
            service_name: String::new(),
            unit_of_measure: String::new(),
            kind: String::new(),
            reservation_term: String::new(),
            arm_sku_name: String::new(),
        }
    }
}

/// Reads the prices of virtual machines; everything else is passed over.
pub(super) fn read(input: &mut dyn Read, name: &str) -> Result<PriceList, PriceError> {
    let mut list = PriceList::default();
    let pages = serde_json::Deserializer::from_reader(std::io::BufReader::new(input)).into_iter::<Pages>();
    for page in pages {
        let pages = match page.map_err(|error| PriceError::Damaged(error.to_string()))? {
            Pages::Many(pages) => pages,
            Pages::One(page) => vec![page],
        };
        for item in pages.iter().flat_map(|page| &page.items) {
            if let Some(entry) = item.entry(name)? {
                list.rows.push(Row { line: 0, entry });
            }
        }
    }
    Ok(list)
}

impl Item {
    /// The price, where it is one of a virtual machine at its usual terms.
    fn entry(&self, file: &str) -> Result<Option<Entry>, PriceError> {
        let unusual = ["Spot", "Low Priority"].iter().any(|word| self.sku_name.ends_with(word));
        let is_machine = self.service_name == "Virtual Machines" && self.unit_of_measure == "1 Hour";
        if !is_machine || unusual || self.arm_sku_name.is_empty() || self.arm_region_name.is_empty() {
            return Ok(None);
        }
        let (term, years) = match (self.kind.as_str(), self.reservation_term.as_str()) {
            ("Consumption", _) => (Term::OnDemand, 0),
            ("Reservation", "1 Year") => (Term::OneYear, 1),
            ("Reservation", "3 Years") => (Term::ThreeYears, 3),
            _ => return Ok(None),
        };
        let problem =
            |what: String| PriceError::Damaged(format!("{} in {}: {what}", self.arm_sku_name, self.arm_region_name));
        let written = match &self.retail_price {
            Value::Number(number) => number.to_string(),
            other => return Err(problem(format!("the price is {other}"))),
        };
        let price = amount(&written).ok_or_else(|| problem(format!("the price is {written}")))?;
        if price == Money::ZERO {
            return Ok(None);
        }
        let currency = [Currency::Usd, Currency::Eur, Currency::Gbp, Currency::Jpy]
            .into_iter()
            .find(|currency| currency.code() == self.currency_code)
            .ok_or_else(|| problem(format!("the currency {} is not known here", self.currency_code)))?;
        let (amount, note) = match years {
            0 => (price, String::new()),
            years => (price.scale(1, years * YEAR_HOURS), format!("{price} for the term ÷ {} h", years * YEAR_HOURS)),
        };
        Ok(Some(Entry::Instance {
            name: self.arm_sku_name.clone(),
            region: RegionId(format!("azure/{}", self.arm_region_name)),
            windows: self.product_name.ends_with("Windows"),
            term,
            price: ListPrice {
                amount,
                currency,
                status: PriceStatus::Listed,
                source: format!("Azure retail prices, {file}"),
                as_of: self.effective_start_date.chars().take(10).collect(),
                note,
            },
        }))
    }
}
