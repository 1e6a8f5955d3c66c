//! Spend that was promised to a provider and is not used.

use super::beside::{billed_by, monthly};
use super::rate::line_total;
use super::{Ledger, Line, LineKind, Nature, Unit};
use crate::engine::catalog::PriceStatus;
use crate::engine::model::{Money, Scenario};
use crate::engine::order::arrange;

/// How its lines begin.
const LABEL: &str = "Committed spend of";

/// Whether a line is such spend, which neither grows with what is run nor follows prices.
pub(super) fn is_committed(line: &Line) -> bool {
    line.label.starts_with(LABEL)
}

/// Adds what is paid to providers although nothing is had for it: the promised spend of a month less what is spent there in a usual one. The solver does not
/// see it: it is not a sum over machines and hosts.
pub fn add_committed_spend(ledger: &mut Ledger, scenario: &Scenario) {
    let months = ledger.horizon_months;
    for committed in &scenario.assumptions.finance.committed_spend {
        let provider = &committed.provider;
        let spent: Money = ledger.lines.iter().filter(|line| billed_by(line, provider, scenario)).map(monthly).sum();
        let promised = committed.per_year.scale(1, 12);
        let missing = promised - spent;
        if missing <= Money::ZERO {
            continue;
        }
        ledger.lines.push(Line {
            footprint: None,
            kind: LineKind::Service,
            nature: Nature::Operating,
            label: format!("{LABEL} {provider} that is not used"),
            quantity_milli: 1000,
            unit: Unit::DeploymentMonth,
            unit_price: missing,
            status: PriceStatus::Assumed,
            source: format!("Assumptions: {} a year ÷ 12 = {promised} − {spent} that is spent", committed.per_year),
            from_month: 0,
            to_month: months,
            total: line_total(1000, missing, months),
        });
    }
    arrange(&mut ledger.lines, Line::order);
}
