//! The money of a result over the years, as it is shown everywhere: with growth and changes of prices, by month and by year.

use crate::engine::cost::{Ledger, LineKind, Outlook, is_steady, outlook, over_time};
use crate::engine::model::{Finance, Money};
use crate::engine::outcome::Outcome;

/// The money of a result over the years. Every total that is shown, printed or handed on is a sum over these two ledgers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverYears {
    /// What the plan costs: a line for each year where quantities or prices change.
    pub plan: Ledger,
    /// What staying costs.
    pub staying: Ledger,
    /// Both beside each other, month by month.
    pub outlook: Outlook,
    /// Whether nothing grows and no price changes.
    pub is_steady: bool,
}

/// Kinds of line that are drawn as one: as many as there are colours that everybody can tell apart.
pub const GROUPS: [(&str, &[LineKind]); 6] = [
    ("Hosts", &[LineKind::Hosts]),
    ("Instances", &[LineKind::Instances]),
    ("Storage", &[LineKind::Storage]),
    ("Licences", &[LineKind::Licences]),
    (
        "Running it",
        &[
            LineKind::Network,
            LineKind::Power,
            LineKind::Facilities,
            LineKind::People,
            LineKind::Backup,
            LineKind::Service,
        ],
    ),
    ("Moving", &[LineKind::Migration]),
];

/// Months of a year.
const YEAR: usize = 12;

impl OverYears {
    /// Of this result.
    pub fn of(outcome: &Outcome, finance: &Finance) -> Self {
        Self {
            plan: over_time(&outcome.ledger, finance),
            staying: over_time(&outcome.staying, finance),
            outlook: outlook(&outcome.ledger, &outcome.staying, finance),
            is_steady: is_steady(&outcome.ledger, finance),
        }
    }

    /// The result with these ledgers, for whoever reads it as a whole.
    pub fn result(&self, outcome: &Outcome) -> Outcome {
        Outcome { ledger: self.plan.clone(), staying: self.staying.clone(), ..outcome.clone() }
    }
}

/// What each of [`GROUPS`] costs in each month.
pub fn by_month(ledger: &Ledger) -> Vec<Vec<Money>> {
    GROUPS.iter().map(|(_, kinds)| ledger.by_month_of(&|line| kinds.contains(&line.kind))).collect()
}

/// What each of [`GROUPS`] costs in each year; the last year may be a part of one.
pub fn by_year(ledger: &Ledger) -> Vec<Vec<Money>> {
    let years = |months: Vec<Money>| months.chunks(YEAR).map(|year| year.iter().copied().sum()).collect();
    by_month(ledger).into_iter().map(years).collect()
}

/// The names of the years: `Year 1`, and for a part of one `Year 3, 6 months`.
pub fn year_names(months: u32) -> Vec<String> {
    let name = |year: u32| match (months - 12 * year).min(12) {
        12 => format!("Year {}", year + 1),
        part => format!("Year {}, {part} months", year + 1),
    };
    (0..months.div_ceil(12)).map(name).collect()
}

/// What grows by so many thousandths a year adds up to over so many months, from what it is in a month of the first year.
pub fn grown(in_a_month: u64, growth_permille_year: u32, months: u32) -> u64 {
    let mut monthly = u128::from(in_a_month);
    let mut sum = 0_u128;
    for year in 0..months.div_ceil(12) {
        sum += monthly * u128::from((months - 12 * year).min(12));
        monthly = monthly * (1000 + u128::from(growth_permille_year)) / 1000;
    }
    u64::try_from(sum).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::PriceStatus;
    use crate::engine::cost::{Basis, Line, Nature, Unit};

    fn line(kind: LineKind, months: u32, total: i64) -> Line {
        Line {
            footprint: None,
            kind,
            nature: Nature::Operating,
            label: String::new(),
            quantity_milli: 1000,
            unit: Unit::Month,
            unit_price: Money::from_units(total / i64::from(months)),
            status: PriceStatus::Assumed,
            source: String::new(),
            from_month: 0,
            to_month: months,
            total: Money::from_units(total),
            basis: Basis::Use,
        }
    }

    #[test]
    fn groups_add_up_to_the_total() {
        let all = [
            LineKind::Hosts,
            LineKind::Instances,
            LineKind::Storage,
            LineKind::Network,
            LineKind::Licences,
            LineKind::Power,
            LineKind::Facilities,
            LineKind::People,
            LineKind::Backup,
            LineKind::Service,
            LineKind::Migration,
        ];
        let lines = all.iter().map(|&kind| line(kind, 18, 1800)).collect();
        let ledger = Ledger { lines, horizon_months: 18, ..Ledger::default() };
        let sum = |groups: Vec<Vec<Money>>| groups.into_iter().flatten().sum::<Money>();
        assert_eq!([sum(by_month(&ledger)), sum(by_year(&ledger))], [ledger.total(), ledger.total()]);
        assert_eq!(by_year(&ledger)[0], [Money::from_units(1200), Money::from_units(600)]);
        assert_eq!(year_names(18), ["Year 1", "Year 2, 6 months"]);
        assert_eq!(year_names(24), ["Year 1", "Year 2"]);
    }

    #[test]
    fn what_grows_adds_up_year_by_year() {
        assert_eq!(grown(10, 0, 36), 360);
        // 12 × 100, then 12 × 110, then 6 × 121.
        assert_eq!(grown(100, 100, 30), 1200 + 1320 + 726);
    }
}
