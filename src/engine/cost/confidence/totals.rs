//! The money of one candidate by what it depends on, and what a draw makes of it.

use serde::{Deserialize, Serialize};

use super::others::{KNOTS, between, follow, knots, turned};
use super::{Candidate, ONE};
use crate::engine::cost::inputs::{INPUTS, Range, input_of, rented_from};
use crate::engine::cost::{Basis, Ledger, Line, over_time};
use crate::engine::model::Money;

/// Money by what it depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// By input, in the order of the question's ranges.
    pub by_input: Vec<Money>,
    /// The same for each of the question's other ranges, at the lowest, the likely and the highest value and halfway between.
    pub others: Vec<Vec<Vec<Money>>>,
}

/// A year's part of what was promised to a provider: what is not spent of it is paid all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// What was promised for the year, or for the part of it that is in the horizon.
    pub promised: Money,
    /// What is spent of it.
    pub spent: Parts,
}

/// The money of a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// What it is called.
    pub name: String,
    /// The total of its ledger.
    pub assumed: Money,
    /// What of it no input changes, such as what the accounts hold.
    pub fixed: Money,
    /// What is paid for what is used.
    pub paid: Parts,
    /// What was promised, year by year.
    pub owed: Vec<Owed>,
}

/// A ledger as it is assumed, and at the values of the other ranges.
struct Ledgers<'a> {
    candidate: Candidate<'a>,
    assumed: &'a Ledger,
    turned: Vec<Vec<Ledger>>,
}

impl Totals {
    /// By prices alone.
    pub(super) fn of(candidate: &Candidate<'_>, ranges: &[Range]) -> Self {
        Ledgers { candidate: *candidate, assumed: candidate.ledger, turned: Vec::new() }.totals(ranges)
    }

    /// Of a ledger without growth and changes of prices.
    pub(super) fn over_years(candidate: &Candidate<'_>, ranges: &[Range], others: &[Range]) -> Self {
        let assumed = over_time(candidate.ledger, &candidate.scenario.assumptions.finance);
        let at = |input, permille| turned(candidate.ledger, candidate.scenario, input, permille);
        let turned = others.iter().map(|range| knots(range).into_iter().map(|value| at(range.input, value)).collect());
        Ledgers { candidate: *candidate, assumed: &assumed, turned: turned.collect() }.totals(ranges)
    }

    /// What it comes to where `of` tells what sums come to: first what is paid, then what is spent of each promise.
    fn sum(&self, of: &dyn Fn(usize, &Parts) -> Money) -> Money {
        let left = |(index, owed): (usize, &Owed)| (owed.promised - of(index + 1, &owed.spent)).max(Money::ZERO);
        self.fixed + of(0, &self.paid) + self.owed.iter().enumerate().map(left).sum()
    }

    /// What it costs in all.
    pub(super) fn total(&self) -> Money {
        self.sum(&|_, sums| sums.total())
    }

    /// What it costs in all at each value of one of the other ranges.
    pub(super) fn totals_at(&self, other: usize) -> [Money; KNOTS] {
        std::array::from_fn(|knot| self.sum(&|_, sums| sums.at_knot(other, knot)))
    }

    /// What it costs in all with one price otherwise, per thousand of what is assumed.
    pub(super) fn at_price(&self, input: usize, permille: u32) -> Money {
        let more = i128::from(permille) - 1000;
        self.sum(&|_, sums| sums.total() + sums.by_input[input].scale(more, 1000))
    }
}

impl Parts {
    fn total(&self) -> Money {
        self.by_input.iter().copied().sum()
    }

    /// What depends on one input at each of the values that another one was summed at.
    fn of_other(&self, other: usize, input: usize) -> [Money; KNOTS] {
        let values = self.others.get(other);
        let at = |knot: usize| values.and_then(|values| values.get(knot)?.get(input));
        std::array::from_fn(|knot| at(knot).copied().unwrap_or(self.by_input[input]))
    }

    fn at_knot(&self, other: usize, knot: usize) -> Money {
        (0..self.by_input.len()).map(|input| self.of_other(other, input)[knot]).sum()
    }
}

impl Ledgers<'_> {
    fn totals(&self, ranges: &[Range]) -> Totals {
        let promises = &self.candidate.ledger.promised;
        let is_fixed = |line: &Line| line.basis == Basis::Accounts;
        // What is left of promises follows from what is spent, where it is known what was promised.
        let is_left = |line: &Line| line.basis == Basis::Promise && !promises.is_empty();
        let paid = |line: &Line| if is_fixed(line) || is_left(line) { Money::ZERO } else { line.total };
        let months = self.assumed.horizon_months;
        let years = || (0..months.div_ceil(12)).map(|year| (year * 12, (year * 12 + 12).min(months)));
        let owed = promises.iter().flat_map(|promise| {
            years().map(move |(from, to)| Owed {
                promised: promise.per_year.scale(i128::from(to - from), 12),
                spent: self.sums(ranges, &|line| {
                    if promise.counts(line) { line.within(from, to) } else { Money::ZERO }
                }),
            })
        });
        Totals {
            name: self.candidate.name.to_owned(),
            assumed: self.assumed.total(),
            fixed: self.assumed.lines.iter().filter(|line| is_fixed(line)).map(|line| line.total).sum(),
            paid: self.sums(ranges, &paid),
            owed: owed.collect(),
        }
    }

    fn sums(&self, ranges: &[Range], part: &dyn Fn(&Line) -> Money) -> Parts {
        let by_input = |ledger: &Ledger| self.by_input(ledger, ranges, part);
        let at_values = |ledgers: &Vec<Ledger>| ledgers.iter().map(by_input).collect();
        Parts { by_input: by_input(self.assumed), others: self.turned.iter().map(at_values).collect() }
    }

    /// Parts of the lines of a ledger by input. What is rented from a provider with a range of its own depends on that, all else on its input.
    fn by_input(&self, ledger: &Ledger, ranges: &[Range], part: &dyn Fn(&Line) -> Money) -> Vec<Money> {
        let scenario = self.candidate.scenario;
        let mut sums = vec![Money::ZERO; ranges.len()];
        for line in &ledger.lines {
            let provider = rented_from(line, scenario).unwrap_or_default();
            let own = ranges.iter().skip(INPUTS).position(|range| range.provider == provider).map(|own| own + INPUTS);
            if let Some(sum) = sums.get_mut(own.unwrap_or(input_of(line, scenario) as usize)) {
                *sum += part(line);
            }
        }
        sums
    }
}

/// What a value of an input that is no price does to the sum of another: which of the one and of the other, and the sum at the values that are known.
struct Turn {
    other: usize,
    input: usize,
    knots: [i64; KNOTS],
    sums: [Money; KNOTS],
}

/// All that do anything: to what a candidate pays, and to what is spent of each promise.
pub(super) struct Turns(Vec<Vec<Turn>>);

impl Turns {
    pub fn of(candidate: &Totals, others: &[Range]) -> Self {
        let spent = candidate.owed.iter().map(|owed| &owed.spent);
        Self(std::iter::once(&candidate.paid).chain(spent).map(|sums| turns_of(sums, others)).collect())
    }

    /// What a candidate costs at drawn factors of prices, and at drawn values of inputs that are no price.
    pub fn total(&self, candidate: &Totals, factors: &[i64], values: &[i64]) -> Money {
        candidate.sum(&|index, sums| {
            if values.is_empty() {
                weighted(&sums.by_input, factors)
            } else {
                weighted(&parts_at(&sums.by_input, &self.0[index], values), factors)
            }
        })
    }
}

fn turns_of(sums: &Parts, others: &[Range]) -> Vec<Turn> {
    let mut turns = Vec::new();
    for (other, range) in others.iter().enumerate() {
        for (input, &assumed) in sums.by_input.iter().enumerate() {
            let sums = sums.of_other(other, input);
            if sums != [assumed; KNOTS] {
                turns.push(Turn { other, input, knots: knots(range), sums });
            }
        }
    }
    turns
}

/// The sums by input at drawn values of inputs that are no price.
fn parts_at(assumed: &[Money], turns: &[Turn], values: &[i64]) -> Vec<Money> {
    let mut parts = assumed.to_vec();
    for turn in turns {
        let turned = between(&turn.knots, turn.sums, values[turn.other]);
        parts[turn.input] = follow(parts[turn.input], turned, assumed[turn.input]);
    }
    parts
}

/// The sum of parts, each times its factor in millionths, rounded once.
fn weighted(parts: &[Money], factors: &[i64]) -> Money {
    let sum: i128 =
        parts.iter().zip(factors).map(|(part, &factor)| i128::from(part.micros()) * i128::from(factor)).sum();
    Money::from_micros(1).scale(sum, i128::from(ONE))
}
