//! How sure the totals of scenarios are: all of them drawn together.

use crate::engine::cost::{Candidate, Confidence, Question, question_among};
use crate::engine::model::{Currency, Scenario};
use crate::engine::outcome::Outcome;
use crate::store::format;

/// How many draws tell how sure the money is, and the seed they begin with: those of the command line.
pub const DRAWS: (u32, u64) = (10_000, 1);

/// What is to be drawn of these scenarios with their results; `None` where there is nothing to compare, or they are in other currencies or over other times.
pub fn question(of: &[(&Scenario, &Outcome)], draws: u32, seed: u64) -> Option<Question> {
    let measure =
        |(scenario, outcome): &(&Scenario, &Outcome)| (scenario.assumptions.currency, outcome.ledger.horizon_months);
    let first = of.first().map(measure)?;
    if of.len() < 2 || of.iter().any(|one| measure(one) != first) {
        return None;
    }
    let candidates: Vec<Candidate<'_>> = of
        .iter()
        .map(|&(scenario, outcome)| Candidate { name: &scenario.name, ledger: &outcome.ledger, scenario })
        .collect();
    Some(question_among(&candidates, draws, seed))
}

/// Which scenario is the cheapest most often, as a sentence.
pub fn verdict(found: &Confidence, currency: Currency) -> Option<String> {
    let often = |spread: &&crate::engine::cost::Spread| (spread.cheapest_permille, std::cmp::Reverse(spread.p50));
    let best = found.candidates.iter().rev().max_by_key(often)?;
    let money = |amount| format::money_short(amount, currency);
    Some(format!(
        "{} costs least in {} of {} draws; in eight of ten it costs {} to {}.",
        best.name,
        format::permille(best.cheapest_permille),
        format::count(u64::from(found.draws)),
        money(best.p10),
        money(best.p90)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::PriceStatus;
    use crate::engine::cost::{Basis, Ledger, Line, LineKind, Nature, Unit};
    use crate::engine::model::Money;
    use crate::engine::progress::Silent;

    fn outcome(kind: LineKind, total: i64) -> Outcome {
        let line = Line {
            footprint: None,
            kind,
            nature: Nature::Operating,
            label: "line".to_owned(),
            quantity_milli: 1000,
            unit: Unit::Month,
            unit_price: Money::from_units(total),
            status: PriceStatus::Assumed,
            source: String::new(),
            from_month: 0,
            to_month: 1,
            total: Money::from_units(total),
            basis: Basis::Use,
        };
        let ledger = Ledger { lines: vec![line], horizon_months: 36, ..Ledger::default() };
        Outcome { ledger, ..Outcome::default() }
    }

    #[test]
    fn the_cheapest_of_three_is_named_with_how_often_it_is() {
        let scenario = |name: &str| Scenario { name: name.to_owned(), ..Scenario::default() };
        let scenarios = ["Stay", "Rent", "Move"].map(scenario);
        let outcomes = [(LineKind::People, 1000), (LineKind::People, 2000), (LineKind::People, 500)];
        let outcomes = outcomes.map(|(kind, total)| outcome(kind, total));
        let all: Vec<(&Scenario, &Outcome)> = scenarios.iter().zip(&outcomes).collect();
        let found = question(&all, 200, 1).expect("they are comparable").answer(&mut Silent);
        let told = verdict(&found, Currency::Usd).expect("there are some");
        assert!(told.starts_with("Move costs least in 100 % of 200 draws; in eight of ten it costs $"), "{told}");

        // Of one alone, or in other currencies, there is nothing to draw together.
        assert_eq!(question(&all[..1], 200, 1), None);
        let mut euro = scenarios[1].clone();
        euro.assumptions.currency = Currency::Eur;
        assert_eq!(question(&[all[0], (&euro, &outcomes[1])], 200, 1), None);
        assert_eq!(verdict(&Confidence::default(), Currency::Usd), None);
    }
}
