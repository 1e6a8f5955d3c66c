//! What something rented by the hour costs a month: on its term, on demand, or a share of each.

use super::rate::{HOURS_PER_MONTH, known, source_of};
use crate::engine::catalog::{Catalog, Price, PriceStatus, Sustained};
use crate::engine::model::{Assumptions, Money, Term};

/// The prices of one thing, and how it is paid.
#[derive(Clone, Copy)]
pub(super) struct Rent<'a> {
    pub term: Term,
    /// The hourly price for the term.
    pub committed: Option<&'a Price>,
    /// The hourly price on demand.
    pub on_demand: Option<&'a Price>,
    /// Share that is committed for the term, per cent.
    pub committed_pct: u32,
    /// What of the price on demand is paid where it runs all month, and the part of that price it is taken off: not the licence of a system.
    pub sustained: Option<(&'a Sustained, &'a Price)>,
}

/// What it comes to, with where that comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Monthly {
    pub amount: Money,
    pub status: PriceStatus,
    pub source: String,
}

/// Millionths in one.
const ONE: i128 = 1_000_000;

impl<'a> Rent<'a> {
    /// Share that is on the term.
    fn share(&self) -> u32 {
        if self.term == Term::OnDemand { 0 } else { self.committed_pct.min(100) }
    }

    /// The amount of a month in the scenario's currency; `None` where a price that is needed is not known.
    pub fn amount(&self, assumptions: &Assumptions) -> Option<Money> {
        let share = i64::from(self.share());
        let committed = match share {
            0 => Money::ZERO,
            _ => Self::exchanged(self.committed?, HOURS_PER_MONTH.into(), 1, assumptions)?.percent(share),
        };
        if share == 100 {
            return Some(committed);
        }
        let whole = Self::exchanged(self.on_demand?, HOURS_PER_MONTH.into(), 1, assumptions)?;
        let off = match self.sustained {
            Some((sustained, machine)) => {
                let millionths = ONE - i128::from(sustained.millionths);
                Self::exchanged(machine, i128::from(HOURS_PER_MONTH) * millionths, ONE, assumptions)?
            }
            None => Money::ZERO,
        };
        Some(committed + (whole - off).percent(100 - share))
    }

    /// The same for what comes by growth, where what there is is on a term: a commitment holds for what there is when it is made.
    pub fn of_growth(self) -> Option<Self> {
        (self.share() > 0).then_some(Self { term: Term::OnDemand, ..self })
    }

    fn exchanged(price: &Price, times: i128, per: i128, assumptions: &Assumptions) -> Option<Money> {
        assumptions.exchange(known(price)?.scale(times, per), price.currency)
    }

    /// The amount with status and source; of two prices the less reliable status holds.
    pub fn monthly(&self, catalog: &Catalog, assumptions: &Assumptions) -> Option<Monthly> {
        let amount = self.amount(assumptions)?;
        let share = self.share();
        let mut parts: Vec<(&'a Price, String)> = Vec::new();
        if share > 0 {
            let price = self.committed?;
            parts.push((price, Self::formula(price, share, None)));
        }
        if share < 100 {
            let price = self.on_demand?;
            parts.push((price, Self::formula(price, 100 - share, self.sustained)));
        }
        let status = parts.iter().map(|(price, _)| price.status).max()?;
        let source = |(price, formula): &(&Price, String)| source_of(catalog, price, formula, assumptions);
        let sources: Vec<String> = parts.iter().map(source).collect();
        Some(Monthly { amount, status, source: sources.join(" + ") })
    }

    fn formula(price: &Price, share: u32, sustained: Option<(&Sustained, &Price)>) -> String {
        let hourly = price.amount.unwrap_or_default();
        let mut formula = format!("{hourly} {} an hour × {HOURS_PER_MONTH} h", price.currency.code());
        if let Some((sustained, machine)) = sustained {
            let share = Money::from_micros(i64::from(sustained.millionths));
            let of = machine.amount.unwrap_or_default();
            formula = if of == hourly {
                format!("{formula} × {share} for running all month")
            } else {
                format!("{formula}, of which {of} × {share} for running all month")
            };
        }
        if share < 100 { format!("{share} % × {formula}") } else { formula }
    }

    /// How it is paid, in words.
    pub fn words(&self) -> String {
        let term = super::instances::term_in_words(self.term);
        match self.share() {
            0 => super::instances::term_in_words(Term::OnDemand).to_owned(),
            100 => term.to_owned(),
            share => format!("{share} % on {term}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::Currency;

    fn price(text: &str, status: PriceStatus) -> Price {
        Price { amount: text.parse().ok(), currency: Currency::Usd, status, source: None, note: String::new() }
    }

    #[track_caller]
    fn check(term: Term, committed_pct: u32, sustained: bool, expected: (&str, PriceStatus)) {
        let (committed, on_demand) = (price("0.5", PriceStatus::Derived), price("1", PriceStatus::Listed));
        let known = Sustained { millionths: 800_200, ..Sustained::default() };
        let rent = Rent {
            term,
            committed: Some(&committed),
            on_demand: Some(&on_demand),
            committed_pct,
            sustained: sustained.then_some((&known, &on_demand)),
        };
        let monthly = rent.monthly(&Catalog::default(), &Assumptions::default()).expect("priced");
        assert_eq!((monthly.amount.to_string().as_str(), monthly.status), expected, "{}", monthly.source);
    }

    #[test]
    fn a_mix_pays_each_share_at_its_price() {
        check(Term::OnDemand, 100, false, ("730", PriceStatus::Listed));
        check(Term::ThreeYears, 100, false, ("365", PriceStatus::Derived));
        check(Term::ThreeYears, 70, false, ("474.5", PriceStatus::Derived)); // 0.7 × 365 + 0.3 × 730
        check(Term::ThreeYears, 0, false, ("730", PriceStatus::Listed));
        check(Term::OnDemand, 100, true, ("584.146", PriceStatus::Listed)); // 730 × 0.8002
        check(Term::OneYear, 100, true, ("365", PriceStatus::Derived)); // commitments have no sustained use
    }

    #[test]
    fn a_price_that_is_needed_and_not_known_makes_it_unknown() {
        let ask = price("", PriceStatus::Ask);
        let on_demand = price("1", PriceStatus::Listed);
        let rent = |committed_pct| Rent {
            term: Term::OneYear,
            committed: Some(&ask),
            on_demand: Some(&on_demand),
            committed_pct,
            sustained: None,
        };
        assert_eq!(rent(50).amount(&Assumptions::default()), None);
        assert_eq!(rent(0).amount(&Assumptions::default()), Some(Money::from_units(730)));
    }
}
