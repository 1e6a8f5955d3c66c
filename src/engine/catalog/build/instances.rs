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

use super::table::{BuildError, Table};
use super::{Context, RATIO_ONE};
use crate::engine::catalog::types::{
    InstanceFamily, InstanceSpec, InstanceTable, InstanceType, Price, PriceStatus, Region,
};
use crate::engine::model::{Money, RegionId, Term};

const TERMS: [Term; 3] = [Term::OnDemand, Term::OneYear, Term::ThreeYears];

/// Reads the instance tables of all regions, sorted by region.
pub(super) fn read(
    tables: &BTreeMap<String, String>,
    context: &Context,
    families: &[InstanceFamily],
    specs: &BTreeMap<String, Vec<InstanceSpec>>,
) -> Result<Vec<InstanceTable>, BuildError> {
    let book = PriceBook::read(tables, context, families, specs)?;
    let mut regional = Vec::new();
    for region in &context.regions {
        let provider = Region::provider_of(&region.id);
        let specs = specs.get(provider).map_or(&[][..], Vec::as_slice);
        let types: Vec<InstanceType> = specs
            .iter()
            .filter_map(|spec| {
                let family =
                    families.iter().find(|family| family.provider == provider && family.name == spec.family)?;
                Seller { book: &book, provider, region: &region.id, family, spec }.instance()
            })
            .collect();
        if !types.is_empty() {
            regional.push(InstanceTable { region: region.id.clone(), types });
        }
    }
    Ok(regional)
}

/// Figures and rules, as the tables have them.
struct PriceBook<'context> {
    context: &'context Context,
    /// By region, type and Windows; the prices of the three terms.
    figures: BTreeMap<(RegionId, String, bool), [Option<Price>; 3]>,
    /// By provider, family and term: share of the price on demand in millionths, and how the price is labelled.
    terms: BTreeMap<(String, String, Term), (i64, Price)>,
    /// By provider and whether the processor is Arm: what Windows costs for each vCPU and hour.
    windows: BTreeMap<(String, bool), Price>,
}

impl<'context> PriceBook<'context> {
    fn read(
        tables: &BTreeMap<String, String>,
        context: &'context Context,
        families: &[InstanceFamily],
        specs: &BTreeMap<String, Vec<InstanceSpec>>,
    ) -> Result<Self, BuildError> {
        let mut book = Self { context, figures: BTreeMap::new(), terms: BTreeMap::new(), windows: BTreeMap::new() };
        for row in Table::read(tables, "instance_prices")?.rows() {
            let (region, name) = (context.region(&row, "region")?, row.filled("type")?);
            let of_provider = specs.get(Region::provider_of(&region)).map_or(&[][..], Vec::as_slice);
            if of_provider.binary_search_by(|spec| spec.name.as_str().cmp(name)).is_err() {
                return Err(row.fail("type", "not in instance_types.csv"));
            }
            let windows = match row.text("os")? {
                "linux" => false,
                "windows" => true,
                other => return Err(row.fail("os", format!("neither linux nor windows: {other:?}"))),
            };
            let price = context.price(&row)?;
            let figures = book.figures.entry((region, name.to_owned(), windows)).or_default();
            if figures[row.term("term")? as usize].replace(price).is_some() {
                return Err(row.fail("term", "this price stands twice"));
            }
        }
        for row in Table::read(tables, "instance_terms")?.rows() {
            let (provider, family) = (row.filled("provider")?, row.filled("family")?);
            if !families.iter().any(|known| known.provider == provider && known.name == family) {
                return Err(row.fail("family", "not in instance_families.csv"));
            }
            let label = Price {
                amount: None,
                currency: crate::engine::model::Currency::Usd,
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
        let key = (self.provider.to_owned(), self.spec.family.clone(), term);
        self.book.terms.get(&key).map_or(unknown, |(millionths, label)| Price {
            amount: Some(amount.scale(i128::from(*millionths), RATIO_ONE)),
            currency: on_demand.currency,
            ..label.clone()
        })
    }

    fn with_windows(&self, linux: &Price, term: Term) -> Price {
        if let Some(figure) = self.figure(true, term) {
            return figure.clone();
        }
        let unknown = self.book.context.unknown(linux.currency);
        let charge = match self.book.windows.get(&(self.provider.to_owned(), self.family.arm)) {
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
