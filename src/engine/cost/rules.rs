//! What rules charge, as lines of the ledger.

use super::rate::line_total;
use super::{Basis, Ledger, Line, LineKind, Nature, Unit};
use crate::engine::catalog::PriceStatus;
use crate::engine::model::{FootprintId, Scenario};
use crate::engine::order::in_order;
use crate::engine::placement::{ChargeKind, Plan, RuleCharge};

/// Adds what rules charge for a plan.
pub fn add_rule_charges(ledger: &mut Ledger, charges: &[RuleCharge], plan: &Plan, scenario: &Scenario) {
    if charges.is_empty() {
        return;
    }
    let footprint = |place: usize| plan.places.get(place).map(|place| place.footprint);
    ledger.lines.extend(charges.iter().map(|charge| line(charge, footprint, ledger.horizon_months, scenario)));
    ledger.lines = in_order(&ledger.lines, |a, b| {
        (a.footprint, a.kind, &a.label, &a.source).cmp(&(b.footprint, b.kind, &b.label, &b.source))
    });
}

fn line(
    charge: &RuleCharge,
    footprint: impl Fn(usize) -> Option<FootprintId>,
    months: u32,
    scenario: &Scenario,
) -> Line {
    let rule = charge.rule.0;
    let (kind, unit, label) = match charge.kind {
        ChargeKind::Hosts => (LineKind::Licences, Unit::HostMonth, format!("Licensed hosts, rule {rule}")),
        ChargeKind::Instances => (LineKind::Licences, Unit::InstanceMonth, format!("Licensed instances, rule {rule}")),
        ChargeKind::Pairs(other) => {
            let found = footprint(other).and_then(|id| scenario.footprint(id));
            let name = found.map_or("another footprint", |footprint| footprint.name.as_str());
            (LineKind::Network, Unit::PairMonth, format!("Traffic with {name}, rule {rule}"))
        }
    };
    let quantity_milli = charge.count.saturating_mul(1000);
    // Rules charge whole months at a monthly price, so nothing is rounded.
    let unit_price = charge.each.scale(1, i128::from(months));
    Line {
        footprint: footprint(charge.place),
        kind,
        nature: Nature::Operating,
        label,
        quantity_milli: i64::try_from(quantity_milli).unwrap_or(i64::MAX),
        unit,
        unit_price,
        status: PriceStatus::Quote,
        source: format!("Rule {rule} of the scenario"),
        from_month: 0,
        to_month: months,
        total: line_total(quantity_milli, unit_price, months),
        basis: Basis::Use,
    }
}
