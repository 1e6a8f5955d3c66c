//! Pages of the Azure retail prices API (`https://prices.azure.com/api/retail/prices`), JSON: one page, several in an array, or one after the other.

use std::io::Read;

use super::PriceError;
use super::amount::amount;
use super::json::Json;
use super::list::{Entry, ListPrice, PriceList, Row};
use crate::engine::catalog::PriceStatus;
use crate::engine::model::{Currency, Money, RegionId, Term};

/// Hours over which a reservation is spread.
const YEAR_HOURS: i128 = 8760;

/// One meter, as far as it matters here. Numbers are kept as they are written.
#[derive(Default)]
struct Item {
    currency_code: String,
    retail_price: String,
    arm_region_name: String,
    effective_start_date: String,
    product_name: String,
    sku_name: String,
    service_name: String,
    unit_of_measure: String,
    kind: String,
    reservation_term: String,
    arm_sku_name: String,
}

/// Reads the prices of virtual machines; everything else is passed over.
pub(super) fn read(input: &mut dyn Read, name: &str) -> Result<PriceList, PriceError> {
    let mut list = PriceList::default();
    let mut json = Json::new(input);
    while let Some(first) = json.next()? {
        if first == b'[' {
            json.list(&mut |json| page(json, name, &mut list))?;
        } else {
            page(&mut json, name, &mut list)?;
        }
    }
    Ok(list)
}

fn page(json: &mut Json<'_>, name: &str, list: &mut PriceList) -> Result<(), PriceError> {
    json.object(&mut |json, key| {
        if key != "Items" {
            return json.skip();
        }
        json.list(&mut |json| {
            let entry = Item::read(json)?.entry(name)?;
            list.rows.extend(entry.map(|entry| Row { line: 0, entry, cells: Vec::new() }));
            Ok(())
        })
    })
}

impl Item {
    fn read(json: &mut Json<'_>) -> Result<Self, PriceError> {
        let mut item = Self::default();
        json.object(&mut |json, key| {
            let text = match key {
                "currencyCode" => &mut item.currency_code,
                "retailPrice" => &mut item.retail_price,
                "armRegionName" => &mut item.arm_region_name,
                "effectiveStartDate" => &mut item.effective_start_date,
                "productName" => &mut item.product_name,
                "skuName" => &mut item.sku_name,
                "serviceName" => &mut item.service_name,
                "unitOfMeasure" => &mut item.unit_of_measure,
                "type" => &mut item.kind,
                "reservationTerm" => &mut item.reservation_term,
                "armSkuName" => &mut item.arm_sku_name,
                _ => return json.skip(),
            };
            *text = json.text()?;
            Ok(())
        })?;
        Ok(item)
    }

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
        let price =
            amount(&self.retail_price).ok_or_else(|| problem(format!("the price is {:?}", self.retail_price)))?;
        if price == Money::ZERO {
            return Ok(None);
        }
        let currency = Currency::of_code(&self.currency_code)
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
