//! Unit prices, and how much of each something takes.

use super::{Basis, Line, LineKind, Nature, Unit};
use crate::engine::catalog::{Catalog, Price, PriceStatus};
use crate::engine::model::{Assumptions, FootprintId, Money};

/// Hours of a month, as clouds count them: 8,760 ÷ 12.
pub const HOURS_PER_MONTH: u64 = 730;

/// What one unit of something costs: a [`Line`] without its quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    pub kind: LineKind,
    pub nature: Nature,
    pub label: String,
    pub unit: Unit,
    /// For one unit and one month, or once.
    pub unit_price: Money,
    pub status: PriceStatus,
    pub source: String,
    /// First month it is paid, from 0.
    pub from_month: u32,
    /// Months it is paid.
    pub months: u32,
}

impl Rate {
    /// What `quantity_milli` thousandths of a unit cost over all months.
    ///
    /// **Invariant:** quantities are whole units, or the unit price is whole thousandths ([`whole_thousandths`]), so that nothing is rounded here and the
    /// sum over machines and hosts, which the solver minimises, equals the total of the line, to the last digit. Only absurd amounts saturate.
    pub fn amount(&self, quantity_milli: u64) -> Money {
        line_total(quantity_milli, self.unit_price, self.months)
    }

    /// Whether it is the hardware of hosts that were bought.
    pub fn is_hardware(&self) -> bool {
        self.kind == LineKind::Hosts && self.nature == Nature::Capital
    }

    /// The line for a quantity.
    pub fn line(&self, footprint: Option<FootprintId>, quantity_milli: u64) -> Line {
        Line {
            footprint,
            kind: self.kind,
            nature: self.nature,
            label: self.label.clone(),
            quantity_milli: i64::try_from(quantity_milli).unwrap_or(i64::MAX),
            unit: self.unit,
            unit_price: self.unit_price,
            status: self.status,
            source: self.source.clone(),
            from_month: self.from_month,
            to_month: self.from_month.saturating_add(self.months),
            total: self.amount(quantity_milli),
            basis: Basis::Use,
        }
    }
}

/// So much of the rate at this position of a tariff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Charge {
    pub rate: usize,
    pub quantity_milli: u64,
}

/// Quantity × unit price × months, rounded once.
pub(super) fn line_total(quantity_milli: u64, unit_price: Money, months: u32) -> Money {
    unit_price.scale(i128::from(quantity_milli) * i128::from(months), 1000)
}

/// A unit price rounded to thousandths of the currency, for what is counted in thousandths of a unit.
pub(super) fn whole_thousandths(price: Money) -> Money {
    Money::from_micros(price.scale(1, 1000).micros().saturating_mul(1000))
}

/// An amount that can be reckoned with: there is one, and nobody is paid for taking the thing.
pub(super) fn known(price: &Price) -> Option<Money> {
    price.amount.filter(|&amount| amount >= Money::ZERO)
}

/// Where a price comes from, in words, with the formula that makes it a unit price.
pub(super) fn source_of(catalog: &Catalog, price: &Price, formula: &str, assumptions: &Assumptions) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(source) = catalog.source(price.source) {
        parts.push(source.title.clone());
        parts.extend([&source.as_of, &source.url].into_iter().filter(|text| !text.is_empty()).cloned());
    }
    let exchange = assumptions.exchange_in_words(price.currency);
    parts.extend([formula, &price.note, &exchange].into_iter().filter(|text| !text.is_empty()).map(str::to_owned));
    parts.join("; ")
}
