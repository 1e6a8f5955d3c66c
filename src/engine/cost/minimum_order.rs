//! The least that VMware sells.

use super::rate::line_total;
use super::site::VMWARE;
use super::{Basis, Ledger, Line, LineKind, Nature, Unit};
use crate::engine::catalog::PriceStatus;
use crate::engine::model::{Assumptions, Money};
use crate::engine::order::arrange;

/// Adds the cores that are missing to the smallest order, where a ledger has VMware cores at all and fewer than that. The solver does not see it: it is not a
/// sum over hosts.
pub fn add_minimum_order(ledger: &mut Ledger, assumptions: &Assumptions) {
    let least = u64::from(assumptions.vmware_min_order_cores);
    let subscribed = |line: &&Line| line.kind == LineKind::Licences && line.label == VMWARE;
    let milli: i64 = ledger.lines.iter().filter(subscribed).map(|line| line.quantity_milli).sum();
    let cores = (milli.max(0) as u64).div_ceil(1000);
    if cores == 0 || cores >= least {
        return;
    }
    let (missing, yearly) = (least - cores, assumptions.vmware_per_core_year);
    let (quantity, unit_price, months) = (missing * 1000, yearly.scale(1, 12).max(Money::ZERO), ledger.horizon_months);
    ledger.lines.push(Line {
        footprint: None,
        kind: LineKind::Licences,
        nature: Nature::Operating,
        label: "VMware subscription: up to the smallest order".to_owned(),
        quantity_milli: i64::try_from(quantity).unwrap_or(i64::MAX),
        unit: Unit::CoreMonth,
        unit_price,
        status: PriceStatus::Assumed,
        source: format!("Assumptions: {least} cores at least − {cores}; {yearly} per core and year ÷ 12"),
        from_month: 0,
        to_month: months,
        total: line_total(quantity, unit_price, months),
        basis: Basis::SmallestOrder,
    });
    arrange(&mut ledger.lines, Line::order);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The total of a ledger with so many cores, and the cores that were added.
    #[track_caller]
    fn check(cores: u64, least: u32, expected: (i64, i64)) {
        let assumptions = Assumptions {
            vmware_min_order_cores: least,
            vmware_per_core_year: Money::from_units(360),
            ..Assumptions::default()
        };
        let unit_price = Money::from_units(30);
        let line = Line {
            footprint: None,
            kind: LineKind::Licences,
            nature: Nature::Operating,
            label: VMWARE.to_owned(),
            quantity_milli: i64::try_from(cores * 1000).expect("small"),
            unit: Unit::CoreMonth,
            unit_price,
            status: PriceStatus::Assumed,
            source: String::new(),
            from_month: 0,
            to_month: 12,
            total: line_total(cores * 1000, unit_price, 12),
            basis: Basis::Use,
        };
        let lines = if cores == 0 { Vec::new() } else { vec![line] };
        let mut ledger = Ledger { lines, horizon_months: 12, ..Ledger::default() };
        add_minimum_order(&mut ledger, &assumptions);
        let added = ledger.lines.iter().filter(|line| line.basis == Basis::SmallestOrder);
        let added: i64 = added.map(|line| line.quantity_milli / 1000).sum();
        assert_eq!((ledger.total(), added), (Money::from_units(expected.0), expected.1), "{cores} of {least}");
    }

    #[test]
    fn an_order_is_filled_up_to_the_least_that_is_sold() {
        // 360 a core and year: 32 cores are 11,520; the 40 that are missing to 72 are 14,400.
        check(32, 0, (11_520, 0));
        check(32, 72, (25_920, 40));
        check(72, 72, (25_920, 0));
        check(96, 72, (34_560, 0));
        check(0, 72, (0, 0));
    }
}
