//! Spend that was promised to a provider and is not used.

use super::beside::billed_by;
use super::rate::line_total;
use super::{Basis, Ledger, Line, LineKind, Nature, PromisedSpend, Unit};
use crate::engine::catalog::{Catalog, PriceStatus};
use crate::engine::model::{Money, Scenario};
use crate::engine::order::arrange;

/// Millionths by which years with the same spend may differ, since totals of lines are rounded once and shared out over their months.
const ROUNDING: u64 = 1_000;

/// Adds what is paid to providers although nothing is had for it: of each year the promised spend less what is spent there. The solver does not see it: it is
/// not a sum over machines and hosts.
pub fn add_committed_spend(ledger: &mut Ledger, scenario: &Scenario, catalog: &Catalog) {
    let promised = scenario.assumptions.finance.committed_spend.iter().map(|committed| {
        let is_its = |line: &&Line| billed_by(line, &committed.provider, scenario);
        let mut footprints: Vec<_> = ledger.lines.iter().filter(is_its).filter_map(|line| line.footprint).collect();
        arrange(&mut footprints, Ord::cmp);
        footprints.dedup();
        PromisedSpend {
            provider: catalog.provider_name(&committed.provider).to_owned(),
            per_year: committed.per_year,
            footprints,
        }
    });
    ledger.promised = promised.collect();
    let promised = ledger.promised.clone();
    add_shortfalls(ledger, &promised);
}

/// Adds to a ledger what is left of promises in each of its years.
pub(super) fn add_shortfalls(ledger: &mut Ledger, promised: &[PromisedSpend]) {
    if promised.is_empty() {
        return;
    }
    for promise in promised {
        let lines = shortfalls(ledger, promise);
        ledger.lines.extend(lines);
    }
    arrange(&mut ledger.lines, Line::order);
}

/// A line for each year in which something of the promise is left, or one for all of them where it is the same in each. In a year of which only some months
/// are in the horizon, the same part of the promise is counted.
fn shortfalls(ledger: &Ledger, promise: &PromisedSpend) -> Vec<Line> {
    let PromisedSpend { provider, per_year, .. } = promise;
    let promised = per_year.scale(1, 12);
    let by_month = ledger.by_month_of(&|line| promise.counts(line));
    let spent = |months: &[Money]| months.iter().copied().sum::<Money>().scale(1, months.len() as i128);
    let years: Vec<(Money, u32)> = by_month.chunks(12).map(|year| (spent(year), year.len() as u32)).collect();
    let apart = |one: Money, other: Money| one.micros().abs_diff(other.micros());
    let is_even = years.windows(2).all(|pair| apart(pair[0].0, pair[1].0) < ROUNDING);
    let line = |year: u32, spent: Money, from_month: u32, to_month: u32| Line {
        footprint: None,
        kind: LineKind::Service,
        nature: Nature::Operating,
        label: match year {
            0 => format!("Committed spend of {provider} that is not used"),
            _ => format!("Committed spend of {provider} that is not used, year {}", year + 1),
        },
        quantity_milli: 1000,
        unit: Unit::DeploymentMonth,
        unit_price: promised - spent,
        status: PriceStatus::Assumed,
        source: format!("Assumptions: {per_year} a year ÷ 12 = {promised} − {spent} that is spent"),
        from_month,
        to_month,
        total: line_total(1000, promised - spent, to_month - from_month),
        basis: Basis::Promise,
    };
    let lines: Vec<Line> = match years.first() {
        Some(&(spent, _)) if is_even => vec![line(0, spent, 0, ledger.horizon_months)],
        _ => {
            (0..).zip(&years).map(|(year, &(spent, months))| line(year, spent, year * 12, year * 12 + months)).collect()
        }
    };
    lines.into_iter().filter(|line| line.unit_price > Money::ZERO).collect()
}
