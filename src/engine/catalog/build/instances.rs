//! Instance types with their prices in every region.
//!
//! Figures stand in `instance_prices.csv`. From them are derived, where a region has no figure of its own:
//!
//! | price | formula |
//! |---|---|
//! | on demand, Linux | price in the base region × ratio of the family in the region |
//! | one and three years, Linux | on demand × (term price ÷ on demand) in the base region, else × the ratio of `instance_terms.csv` |
//! | Windows | Linux on the same term + what Windows costs on top in the base region, else + the charge per vCPU of `instance_windows.csv` |
//!
//! What no formula reaches has to be asked for.

use std::collections::BTreeMap;

use super::table::{BuildError, Row, Table};
use super::{Context, RATIO_ONE};
use crate::engine::catalog::extras::Extras;
use crate::engine::catalog::types::{
    InstanceFamily, InstanceSpec, InstanceTable, InstanceType, Price, PriceStatus, Region,
};
use crate::engine::model::{Currency, Money, RegionId, Term};

const TERMS: [Term; 3] = [Term::OnDemand, Term::OneYear, Term::ThreeYears];

/// Tables whose name begins so hold listed prices as a matrix: a row for each type, system and term, a column for each region of the provider.
const MATRIX: &str = "instance_matrix_";

/// The instance tables of all regions, sorted by region. A region where only flexible shapes are sold has one without types.
pub(super) fn read(
    book: &PriceBook<'_>,
    families: &[InstanceFamily],
    specs: &BTreeMap<String, Vec<InstanceSpec>>,
    extras: &Extras,
) -> Vec<InstanceTable> {
    let mut regional = Vec::new();
    for region in &book.context.regions {
        let provider = Region::provider_of(&region.id);
        let specs = specs.get(provider).map_or(&[][..], Vec::as_slice);
        let types: Vec<InstanceType> = specs
            .iter()
            .filter_map(|spec| {
                let family =
                    families.iter().find(|family| family.provider == provider && family.name == spec.family)?;
                Seller { book, provider, region: &region.id, family, spec }.instance()
            })
            .collect();
        let has_shapes = extras.shapes.iter().any(|shape| shape.region == region.id);
        if !types.is_empty() || has_shapes {
            regional.push(InstanceTable { region: region.id.clone(), types });
        }
    }
    regional
}

/// Figures and rules, as the tables have them.
pub(super) struct PriceBook<'context> {
    context: &'context Context,
    /// By region, type and Windows; the prices of the three terms.
    figures: BTreeMap<(RegionId, String, bool), [Option<Price>; 3]>,
    /// By provider, family and term: share of the price on demand in millionths, and how the price is labelled.
    terms: BTreeMap<(String, String, Term), (i64, Price)>,
    /// By provider and whether the processor is Arm: what Windows costs for each vCPU and hour.
    windows: BTreeMap<(String, bool), Price>,
}

impl<'context> PriceBook<'context> {
    /// Reads figures and rules.
    pub(super) fn read(
        tables: &BTreeMap<String, String>,
        context: &'context Context,
        families: &[InstanceFamily],
        specs: &BTreeMap<String, Vec<InstanceSpec>>,
    ) -> Result<Self, BuildError> {
        let mut book = Self { context, figures: BTreeMap::new(), terms: BTreeMap::new(), windows: BTreeMap::new() };
        for row in Table::read(tables, "instance_prices")?.rows() {
            let (region, price) = (context.region(&row, "region")?, context.price(&row)?);
            book.figure_of(&row, region, specs, price)?;
        }
        for (name, _text) in tables.range(MATRIX.to_owned()..) {
            let Some(provider) = name.strip_prefix(MATRIX) else { break };
            book.matrix(&Table::read(tables, name)?, provider, specs)?;
        }
        for row in Table::read(tables, "instance_terms")?.rows() {
            let (provider, family) = (row.filled("provider")?, row.filled("family")?);
            if !families.iter().any(|known| known.provider == provider && known.name == family) {
                return Err(row.fail("family", "not in instance_families.csv"));
            }
            let label = Price {
                amount: None,
                currency: Currency::Usd,
                status: row.status("status")?,
                source: Some(context.source(&row, "source")?),
                note: row.filled("note")?.to_owned(),
            };
            book.terms
                .insert((provider.to_owned(), family.to_owned(), row.term("term")?), (row.decimal("ratio", 6)?, label));
        }
        for row in Table::read(tables, "instance_windows")?.rows() {
            let charge = Price {
                amount: row.money("per_vcpu_hour")?,
                currency: row.currency("currency")?,
                status: row.status("status")?,
                source: Some(context.source(&row, "source")?),
                note: row.filled("note")?.to_owned(),
            };
            super::check_status(&row, &charge)?;
            book.windows.insert((row.filled("provider")?.to_owned(), row.flag("arm")?), charge);
        }
        Ok(book)
    }

    /// Keeps the price of a row with the columns `type`, `os` and `term`.
    fn figure_of(
        &mut self,
        row: &Row<'_>,
        region: RegionId,
        specs: &BTreeMap<String, Vec<InstanceSpec>>,
        price: Price,
    ) -> Result<(), BuildError> {
        let name = row.filled("type")?;
        let of_provider = specs.get(Region::provider_of(&region)).map_or(&[][..], Vec::as_slice);
        if of_provider.binary_search_by(|spec| spec.name.as_str().cmp(name)).is_err() {
            return Err(row.fail("type", "not in instance_types.csv"));
        }
        let windows = match row.text("os")? {
            "linux" => false,
            "windows" => true,
            other => return Err(row.fail("os", format!("neither linux nor windows: {other:?}"))),
        };
        let figures = self.figures.entry((region, name.to_owned(), windows)).or_default();
        if figures[row.term("term")? as usize].replace(price).is_some() {
            return Err(row.fail("term", "this price stands twice"));
        }
        Ok(())
    }

    /// Reads a matrix of listed prices in US dollars; an empty cell says that the type is not sold there.
    fn matrix(
        &mut self,
        table: &Table,
        provider: &str,
        specs: &BTreeMap<String, Vec<InstanceSpec>>,
    ) -> Result<(), BuildError> {
        let named = ["type", "os", "term", "source", "note"];
        let codes: Vec<&str> = table.columns().into_iter().filter(|column| !named.contains(column)).collect();
        for row in table.rows() {
            let source = Some(self.context.source(&row, "source")?);
            for &code in &codes {
                let region = RegionId(format!("{provider}/{code}"));
                if !self.context.regions.iter().any(|known| known.id == region) {
                    return Err(row.fail(code, "not a region in regions.csv"));
                }
                let Some(amount) = row.money(code)? else { continue };
                let note = row.text("note")?.to_owned();
                let price =
                    Price { amount: Some(amount), currency: Currency::Usd, status: PriceStatus::Listed, source, note };
                super::check_status(&row, &price)?;
                self.figure_of(&row, region, specs, price)?;
            }
        }
        Ok(())
    }

    /// The committed price by the ratio of a family; to be asked for where there is none.
    pub(super) fn by_ratio(&self, provider: &str, family: &str, term: Term, on_demand: &Price) -> Price {
        let key = (provider.to_owned(), family.to_owned(), term);
        match (on_demand.amount, self.terms.get(&key)) {
            (Some(amount), Some((millionths, label))) => Price {
                amount: Some(amount.scale(i128::from(*millionths), RATIO_ONE)),
                currency: on_demand.currency,
                ..label.clone()
            },
            _ => self.context.unknown(on_demand.currency),
        }
    }

    /// What Windows costs for each vCPU and hour.
    pub(super) fn windows(&self, provider: &str, arm: bool) -> Option<&Price> {
        self.windows.get(&(provider.to_owned(), arm))
    }

    fn figure(&self, region: &RegionId, name: &str, windows: bool, term: Term) -> Option<&Price> {
        self.figures.get(&(region.clone(), name.to_owned(), windows))?[term as usize].as_ref()
    }
}

/// One type in one region.
struct Seller<'book> {
    book: &'book PriceBook<'book>,
    provider: &'book str,
    region: &'book RegionId,
    family: &'book InstanceFamily,
    spec: &'book InstanceSpec,
}

impl Seller<'_> {
    /// The type with its prices; `None` where it has no price on demand, which means that nothing says that it is sold here.
    fn instance(&self) -> Option<InstanceType> {
        let on_demand = self.on_demand()?;
        let linux =
            TERMS.map(|term| if term == Term::OnDemand { on_demand.clone() } else { self.committed(&on_demand, term) });
        let windows = [0, 1, 2].map(|index| self.with_windows(&linux[index], TERMS[index]));
        Some(InstanceType {
            name: self.spec.name.clone(),
            family: self.spec.family.clone(),
            vcpus: self.spec.vcpus,
            memory: self.spec.memory,
            network_mbps: self.spec.network_mbps,
            arm: self.family.arm,
            by_default: self.family.by_default,
            linux,
            windows,
        })
    }

    fn figure(&self, windows: bool, term: Term) -> Option<&Price> {
        self.book.figure(self.region, &self.spec.name, windows, term)
    }

    /// The region from whose figures prices here are derived.
    fn base_region(&self) -> &RegionId {
        let ratio = self.book.context.ratio(self.provider, &self.spec.family, self.region);
        ratio.map_or(self.region, |ratio| &ratio.base_region)
    }

    fn base_name(&self) -> &str {
        self.book.context.region_name(self.base_region())
    }

    fn base(&self, windows: bool, term: Term) -> Option<&Price> {
        self.book.figure(self.base_region(), &self.spec.name, windows, term)
    }

    fn on_demand(&self) -> Option<Price> {
        if let Some(figure) = self.figure(false, Term::OnDemand) {
            return Some(figure.clone());
        }
        let context = self.book.context;
        let ratio = context.ratio(self.provider, &self.spec.family, self.region)?;
        let base = self.base(false, Term::OnDemand)?;
        let date = &context.documents[base.source? as usize].as_of;
        let note = format!(
            "Price of {} of {date} × {}, the ratio of {} in this region",
            context.region_name(&ratio.base_region),
            ratio.text,
            self.spec.family
        );
        Some(Price {
            amount: Some(ratio.apply(base.amount?)),
            currency: base.currency,
            status: PriceStatus::Derived,
            source: Some(ratio.source),
            note,
        })
    }

    fn committed(&self, on_demand: &Price, term: Term) -> Price {
        if let Some(figure) = self.figure(false, term) {
            return figure.clone();
        }
        let unknown = self.book.context.unknown(on_demand.currency);
        let Some(amount) = on_demand.amount else { return unknown };
        if let (Some(base), Some(committed)) = (self.base(false, Term::OnDemand), self.base(false, term))
            && let (Some(whole), Some(part)) = (base.amount, committed.amount)
        {
            let base = self.base_name();
            let note =
                format!("On demand × the share of it that the commitment costs in {base}; reserved, all paid upfront");
            return Price {
                amount: Some(amount.scale(i128::from(part.micros()), i128::from(whole.micros()))),
                currency: on_demand.currency,
                status: PriceStatus::Derived,
                source: committed.source,
                note,
            };
        }
        self.book.by_ratio(self.provider, &self.spec.family, term, on_demand)
    }

    fn with_windows(&self, linux: &Price, term: Term) -> Price {
        if let Some(figure) = self.figure(true, term) {
            return figure.clone();
        }
        let unknown = self.book.context.unknown(linux.currency);
        let charge = match self.book.windows(self.provider, self.family.arm) {
            Some(charge) if charge.amount.is_none() => return charge.clone(),
            charge => charge,
        };
        let by_vcpu = charge.and_then(|charge| charge.amount).map(|each| each.times(u64::from(self.spec.vcpus)));
        let Some(amount) = linux.amount else { return unknown };
        let (on_top, label) = match (self.windows_on_top(), charge) {
            (Some((on_top, source)), charge) if by_vcpu != Some(on_top) || charge.is_none() => {
                let (code, base) = (linux.currency.code(), self.base_name());
                let note = format!("Linux price + {on_top} {code}, what Windows costs on top in {base}");
                (on_top, Price { amount: None, currency: linux.currency, status: PriceStatus::Derived, source, note })
            }
            (_, Some(charge)) => (by_vcpu.unwrap_or_default(), charge.clone()),
            _ => return unknown,
        };
        Price { amount: Some(amount + on_top), ..label }
    }

    /// What Windows costs beyond Linux for this type in the base region, with its source.
    fn windows_on_top(&self) -> Option<(Money, Option<u32>)> {
        let (linux, windows) = (self.base(false, Term::OnDemand)?, self.base(true, Term::OnDemand)?);
        let on_top = windows.amount? - linux.amount?;
        (on_top > Money::ZERO).then_some((on_top, windows.source))
    }
}
