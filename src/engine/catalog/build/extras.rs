//! What plans and cost need beside hosts and instances.

use std::collections::BTreeMap;

use super::instances::PriceBook;
use super::table::{BuildError, Row, Table};
use super::{Context, RATIO_ONE};
use crate::engine::catalog::extras::{
    Commitment, Destination, DiskKind, EgressTier, Extras, FlexibleShape, Grid, ProviderCarbon, ServicePrice,
    SupportTier, Sustained,
};
use crate::engine::catalog::types::{InstanceFamily, Price, Region};
use crate::engine::model::{MiB, Term};

type Tables = BTreeMap<String, String>;

/// Reads all of it, each list sorted.
pub(super) fn read(
    tables: &Tables,
    context: &Context,
    families: &[InstanceFamily],
    book: &PriceBook<'_>,
) -> Result<Extras, BuildError> {
    let mut extras = Extras {
        disk_kinds: rows(tables, "disk_kinds", |row| disk_kind(row, context))?,
        sustained: rows(tables, "instance_sustained", |row| sustained(row, context, families))?,
        commitments: rows(tables, "commitments", |row| commitment(row, context))?,
        shapes: rows(tables, "flexible_shapes", |row| shape(row, context, families, book))?,
        egress: rows(tables, "egress", |row| egress(row, context))?,
        support: rows(tables, "support_plans", |row| support(row, context))?,
        services: rows(tables, "service_prices", |row| service(row, context))?,
        grids: rows(tables, "carbon_grid", |row| grid(row, context))?,
        carbon: rows(tables, "carbon_providers", |row| carbon(row, context))?,
    };
    extras.disk_kinds.sort_by(|a, b| (&a.provider, &a.kind).cmp(&(&b.provider, &b.kind)));
    extras.shapes.sort_by(|a, b| (&a.region, &a.family).cmp(&(&b.region, &b.family)));
    extras.egress.sort_by(|a, b| (&a.region, a.to, a.from_gib).cmp(&(&b.region, b.to, b.from_gib)));
    extras.support.sort_by(|a, b| (&a.provider, &a.plan, a.from_spend).cmp(&(&b.provider, &b.plan, b.from_spend)));
    extras.services.sort_by(|a, b| (&a.region, &a.service, &a.item).cmp(&(&b.region, &b.service, &b.item)));
    extras.grids.sort_by(|a, b| a.region.cmp(&b.region));
    Ok(extras)
}

fn rows<T>(
    tables: &Tables,
    name: &'static str,
    read: impl Fn(&Row<'_>) -> Result<T, BuildError>,
) -> Result<Vec<T>, BuildError> {
    Table::read(tables, name)?.rows().map(|row| read(&row)).collect()
}

fn disk_kind(row: &Row<'_>, context: &Context) -> Result<DiskKind, BuildError> {
    Ok(DiskKind {
        kind: row.filled("kind")?.to_owned(),
        provider: row.filled("provider")?.to_owned(),
        by_default: row.flag("by_default")?,
        boots: row.flag("boots")?,
        source: context.source(row, "source")?,
        note: row.text("note")?.to_owned(),
    })
}

/// Provider and family of a row, which must be known.
fn family_of(row: &Row<'_>, families: &[InstanceFamily]) -> Result<(String, String), BuildError> {
    let (provider, family) = (row.filled("provider")?, row.filled("family")?);
    if families.iter().any(|known| known.provider == provider && known.name == family) {
        return Ok((provider.to_owned(), family.to_owned()));
    }
    Err(row.fail("family", "not in instance_families.csv"))
}

fn sustained(row: &Row<'_>, context: &Context, families: &[InstanceFamily]) -> Result<Sustained, BuildError> {
    let (provider, family) = family_of(row, families)?;
    let millionths = row.decimal("ratio", 6)?;
    if !(1..=RATIO_ONE as i64).contains(&millionths) {
        return Err(row.fail("ratio", "must be above zero and at most one"));
    }
    Ok(Sustained {
        provider,
        family,
        millionths: millionths as u32,
        source: context.source(row, "source")?,
        note: row.filled("note")?.to_owned(),
    })
}

fn commitment(row: &Row<'_>, context: &Context) -> Result<Commitment, BuildError> {
    let percent = row.decimal("off_pct", 4)?;
    if !(1..RATIO_ONE as i64).contains(&percent) {
        return Err(row.fail("off_pct", "must be above zero and below a hundred"));
    }
    let term = row.term("term")?;
    if term == Term::OnDemand {
        return Err(row.fail("term", "on demand is no commitment"));
    }
    Ok(Commitment {
        service: row.filled("service")?.to_owned(),
        term,
        off_millionths: percent as u32,
        source: context.source(row, "source")?,
        note: row.filled("note")?.to_owned(),
    })
}

fn shape(
    row: &Row<'_>,
    context: &Context,
    families: &[InstanceFamily],
    book: &PriceBook<'_>,
) -> Result<FlexibleShape, BuildError> {
    let (provider, family) = family_of(row, families)?;
    let region = context.region(row, "region")?;
    if Region::provider_of(&region) != provider {
        return Err(row.fail("region", "belongs to another provider"));
    }
    let prices = |column: &str| {
        let on_demand = context.price_of(row, column)?;
        let committed = |term| book.by_ratio(&provider, &family, term, &on_demand);
        Ok([on_demand.clone(), committed(Term::OneYear), committed(Term::ThreeYears)])
    };
    let (per_vcpu_hour, per_gib_hour) = (prices("per_vcpu_hour")?, prices("per_gib_hour")?);
    let currency = per_vcpu_hour[0].currency;
    Ok(FlexibleShape {
        region,
        vcpu_step: row.number("vcpu_step")?,
        min_vcpus: row.number("min_vcpus")?,
        max_vcpus: row.number("max_vcpus")?,
        min_memory_per_vcpu: MiB(row.number("min_mib_per_vcpu")?),
        max_memory_per_vcpu: MiB(row.number("max_mib_per_vcpu")?),
        memory_step: MiB(row.number("memory_step_mib")?),
        per_vcpu_hour,
        per_gib_hour,
        windows_per_vcpu_hour: book.windows(&provider, false).cloned().unwrap_or_else(|| context.unknown(currency)),
        family,
    })
}

/// A region, or `provider/*` for all of a provider.
fn region_or_all(row: &Row<'_>, context: &Context) -> Result<String, BuildError> {
    let text = row.filled("region")?;
    if text.ends_with("/*") {
        Ok(text.to_owned())
    } else {
        context.region(row, "region").map(|region| region.to_string())
    }
}

fn egress(row: &Row<'_>, context: &Context) -> Result<EgressTier, BuildError> {
    let to = match row.text("to")? {
        "internet" => Destination::Internet,
        "region" => Destination::Region,
        "zone" => Destination::Zone,
        other => return Err(row.fail("to", format!("neither internet nor region nor zone: {other:?}"))),
    };
    let region = region_or_all(row, context)?;
    Ok(EgressTier { region, to, from_gib: row.number("from_gib")?, per_gib: context.price(row)? })
}

fn support(row: &Row<'_>, context: &Context) -> Result<SupportTier, BuildError> {
    Ok(SupportTier {
        provider: row.filled("provider")?.to_owned(),
        plan: row.filled("plan")?.to_owned(),
        minimum: context.price_of(row, "min_month")?,
        from_spend: row.money("from_spend")?.unwrap_or_default(),
        milli_pct: row.decimal("pct", 3)?.try_into().map_err(|_range| row.fail("pct", "not a share"))?,
    })
}

fn service(row: &Row<'_>, context: &Context) -> Result<ServicePrice, BuildError> {
    let per = row.filled("per")?;
    if !["hour", "month", "gib", "gib_month", "mibps_month"].contains(&per) {
        return Err(row.fail("per", format!("not a unit of this table: {per:?}")));
    }
    Ok(ServicePrice {
        region: region_or_all(row, context)?,
        service: row.filled("service")?.to_owned(),
        item: row.filled("item")?.to_owned(),
        per: per.to_owned(),
        price: context.price(row)?,
    })
}

fn grid(row: &Row<'_>, context: &Context) -> Result<Grid, BuildError> {
    Ok(Grid {
        region: context.region(row, "region")?,
        milligrams_per_kwh: positive(row, "grams_per_kwh", 3)?,
        source: context.source(row, "source")?,
        note: row.text("note")?.to_owned(),
    })
}

fn carbon(row: &Row<'_>, context: &Context) -> Result<ProviderCarbon, BuildError> {
    Ok(ProviderCarbon {
        provider: row.filled("provider")?.to_owned(),
        pue_milli: positive(row, "pue", 3)? as u32,
        min_microwatts: positive(row, "min_watts", 6)?,
        max_microwatts: positive(row, "max_watts", 6)?,
        watts_source: context.source(row, "watts_source")?,
        pue_source: context.source(row, "pue_source")?,
        note: row.text("note")?.to_owned(),
    })
}

fn positive(row: &Row<'_>, column: &str, digits: u32) -> Result<u64, BuildError> {
    u64::try_from(row.decimal(column, digits)?)
        .ok()
        .filter(|&value| value > 0)
        .ok_or_else(|| row.fail(column, "must be above zero"))
}

impl Context {
    /// Reads a price whose amount stands in the given column, beside `currency`, `status`, `source` and `note`.
    fn price_of(&self, row: &Row<'_>, column: &str) -> Result<Price, BuildError> {
        let price = Price {
            amount: row.money(column)?,
            currency: row.currency("currency")?,
            status: row.status("status")?,
            source: Some(self.source(row, "source")?),
            note: row.text("note")?.to_owned(),
        };
        super::check_status(row, &price)?;
        Ok(price)
    }
}
