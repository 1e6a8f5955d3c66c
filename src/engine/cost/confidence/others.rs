//! Inputs that are no price: what money is at values of them, so that a draw in between needs no new ledger.
//!
//! A price multiplies lines; growth and changes from year to year do not. So the ledgers are made anew at five values of such an input, and between two of them
//! money is taken to follow a straight line. Several such inputs multiply what they change.

use super::{Range, rounded};
use crate::engine::cost::inputs::is_rented;
use crate::engine::cost::rate::line_total;
use crate::engine::cost::{Ledger, LineKind, over_time};
use crate::engine::model::{Finance, Input, Money, Scenario};

/// How many values of an input ledgers are made for.
pub(super) const KNOTS: usize = 5;

/// The values of an input that ledgers are made for, per thousand, ascending: the lowest, the likely and the highest one, and those halfway between.
pub(super) fn knots(range: &Range) -> [i64; KNOTS] {
    let (low, likely, high) = (i64::from(range.low_permille), range.likely_permille(), i64::from(range.high_permille));
    [low, i64::midpoint(low, likely), likely, i64::midpoint(likely, high), high]
}

/// A ledger over the years with one input otherwise than assumed.
pub(super) fn turned(ledger: &Ledger, scenario: &Scenario, input: Input, permille: i64) -> Ledger {
    let mut finance: Finance = (*scenario.assumptions.finance).clone();
    let change = i32::try_from(permille - 1000).unwrap_or(i32::MAX);
    let changes = &mut finance.price_changes;
    match input {
        Input::Growth => return grown(ledger, finance, permille),
        Input::ComputeChange => changes.compute = change,
        Input::StorageChange => changes.storage = change,
        Input::NetworkChange => changes.network = change,
        Input::LicencesChange => changes.licences = change,
        Input::PowerChange => changes.power = change,
        Input::PeopleChange => changes.people = change,
        Input::OtherChange => changes.other = change,
        Input::AdminElsewhere => return over_time(&with_less_work(ledger, scenario, permille), &finance),
        // Prices multiply lines and are drawn without this.
        _ => {}
    }
    over_time(ledger, &finance)
}

/// With another growth of everything. What applications grow by is shifted alike: by year, × ((1 + growth) ÷ (1 + growth as assumed))^year.
fn grown(ledger: &Ledger, mut finance: Finance, permille: i64) -> Ledger {
    let assumed = 1000 + i64::from(finance.growth_permille_year);
    let mut ledger = ledger.clone();
    for place in &mut ledger.growth {
        for (year, ppm) in (0_u32..).zip(&mut place.by_year_ppm) {
            let shifted = (0..year)
                .fold(Money::from_micros(i64::try_from(*ppm).unwrap_or(i64::MAX)), |value, _year| {
                    value.scale(i128::from(permille), i128::from(assumed))
                });
            *ppm = shifted.micros().max(0) as u64;
        }
    }
    finance.growth_permille_year = u32::try_from(permille - 1000).unwrap_or_default();
    over_time(&ledger, &finance)
}

/// With another share of the administration of machines that is left elsewhere.
fn with_less_work(ledger: &Ledger, scenario: &Scenario, permille: i64) -> Ledger {
    let mut ledger = ledger.clone();
    let elsewhere =
        |line: &&mut super::super::Line| line.kind == LineKind::People && is_rented(line.footprint, scenario);
    for line in ledger.lines.iter_mut().filter(elsewhere) {
        line.unit_price = line.unit_price.scale(i128::from(permille), 1000);
        line.total = line_total(line.quantity_milli.max(0) as u64, line.unit_price, line.months());
    }
    ledger
}

/// Money at a value of an input, given in millionths, on the line between the two values next to it.
pub(super) fn between(knots: &[i64; KNOTS], money: [Money; KNOTS], value_micros: i64) -> Money {
    let next = knots.iter().position(|&knot| knot * 1000 >= value_micros).unwrap_or(KNOTS - 1).max(1);
    let (from, to) = (knots[next - 1] * 1000, knots[next] * 1000);
    let (before, after) = (money[next - 1], money[next]);
    if to == from {
        return after;
    }
    let part = value_micros.clamp(from, to) - from;
    before + (after - before).scale(i128::from(part), i128::from(to - from))
}

/// A sum with another value of an input: the sum so far × what the input makes of the sum as assumed.
pub(super) fn follow(so_far: Money, turned: Money, assumed: Money) -> Money {
    if assumed == Money::ZERO {
        turned
    } else {
        so_far.scale(i128::from(turned.micros()), i128::from(assumed.micros()))
    }
}

/// The value at which an amount is nothing, per thousand; `None` where it is not between the lowest and the highest.
pub(super) fn turning(knots: &[i64; KNOTS], saved: [Money; KNOTS]) -> Option<u32> {
    let crosses = |pair: &usize| {
        let (before, after) = (saved[*pair].micros(), saved[pair + 1].micros());
        before == 0 || after == 0 || (before < 0) != (after < 0)
    };
    let pair = (0..KNOTS - 1).find(crosses)?;
    let (before, after) = (saved[pair].micros(), saved[pair + 1].micros());
    let width = knots[pair + 1] - knots[pair];
    let along = if after == before {
        0
    } else {
        rounded(-i128::from(before) * i128::from(width), i128::from(after) - i128::from(before))
    };
    u32::try_from(knots[pair] + along).ok()
}
