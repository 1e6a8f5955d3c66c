//! How sure the money is: ranges of inputs, which of them matter most, and how often each scenario is the cheapest.
//!
//! Costs are linear in prices, so a draw needs no new plan: the lines of a ledger are summed by input once, and each draw multiplies these sums. Of inputs that
//! are no price ([`others`]) they are summed at a few values. What decides where machines go has no range: each of its values takes a plan of its own. The same
//! input has the same draw in all scenarios, since a tariff or a wage that turns out higher does so for all of them.

mod others;
mod totals;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::others::{KNOTS, knots, turning};
use self::totals::Turns;
pub use self::totals::{Owed, Parts, Totals};
use super::Ledger;
use super::inputs::{RANGES, Range, all_ranges, other_ranges};
use crate::engine::model::{Input, Money, Scenario};
use crate::engine::order::in_order;
use crate::engine::progress::Progress;
use basics::random::Random;

/// One way to run the estate, to be compared with others.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it costs.
    pub ledger: &'a Ledger,
    /// The inputs, which say what is rented.
    pub scenario: &'a Scenario,
}

/// How sure the money of some candidates is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Confidence {
    /// Draws that were made.
    pub draws: u32,
    /// The seed; the same seed gives the same figures.
    pub seed: u64,
    /// Each candidate.
    pub candidates: Vec<Spread>,
    /// What the first candidate saves against the last; negative where it costs more.
    pub saved: Spread,
    /// The inputs, those that change the saving most first.
    pub tornado: Vec<Bar>,
}

/// How an amount spreads over the draws.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Spread {
    /// What it is of.
    pub name: String,
    /// As assumed.
    pub assumed: Money,
    /// Exceeded in nine of ten draws.
    pub p10: Money,
    /// Exceeded in every other draw.
    pub p50: Money,
    /// Exceeded in one of ten draws.
    pub p90: Money,
    /// Draws in which nothing is cheaper, or in which something is saved, per thousand. Of candidates that cost the same each counts.
    pub cheapest_permille: u32,
    /// What is not exceeded in 0, 1, … 100 of a hundred draws; empty without draws.
    pub percentiles: Vec<Money>,
}

/// What one input does to the saving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bar {
    /// Which.
    pub input: Input,
    /// The provider whose prices it is; empty: all those that have no range of their own.
    pub provider: String,
    /// Its range, per thousand of what is assumed, or of the year before where [`Input::is_yearly`].
    pub low_permille: u32,
    /// See [`Self::low_permille`].
    pub high_permille: u32,
    /// The saving with the input at its lowest.
    pub saved_at_low: Money,
    /// The saving with the input at its highest.
    pub saved_at_high: Money,
    /// The value, in the unit of the range, at which both cost the same, all else as assumed; `null` where there is none above zero, or, of an input that is no
    /// price, none within its range.
    pub break_even_permille: Option<u32>,
    /// Where the range comes from.
    pub source: String,
}

/// Draws between two reports of progress.
const STRIDE: usize = 1000;

/// What is to be drawn. It holds sums and ranges only, so that asking for draws sends neither ledgers nor inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What is compared: the first with the last, as a plan with staying.
    pub candidates: Vec<Totals>,
    /// The ranges of the inputs: those of [`RANGES`], in their order, then those of single providers.
    pub ranges: Vec<Range>,
    /// Those of inputs that are no price.
    pub others: Vec<Range>,
    /// How many draws.
    pub draws: u32,
    /// The same seed gives the same figures.
    pub seed: u64,
}

/// What is to be drawn of a plan beside staying, over the years: with growth and changes of prices, as [`super::outlook()`] has them.
pub fn question_beside(plan: Candidate<'_>, staying: &Ledger, draws: u32, seed: u64) -> Question {
    let finance = &plan.scenario.assumptions.finance;
    let stays = Candidate { name: "Staying as is", ledger: staying, ..plan };
    let (ranges, others) = (all_ranges(finance), other_ranges(finance));
    let candidates = [plan, stays].iter().map(|candidate| Totals::over_years(candidate, &ranges, &others)).collect();
    Question { candidates, ranges, others, draws, seed }
}

/// What is to be drawn of plans that are compared, over the years. All take the same draws, from the ranges of the first, so that what differs between them
/// differs by what they are and not by chance. Their ledgers are in one currency and over one horizon.
pub fn question_among(candidates: &[Candidate<'_>], draws: u32, seed: u64) -> Question {
    let finance = candidates.first().map(|first| &first.scenario.assumptions.finance);
    let (ranges, others) =
        finance.map_or_else(Default::default, |finance| (all_ranges(finance), other_ranges(finance)));
    let candidates = candidates.iter().map(|candidate| Totals::over_years(candidate, &ranges, &others)).collect();
    Question { candidates, ranges, others, draws, seed }
}

/// How sure the money of candidates is, by prices alone: their ledgers are taken as they are. The ranges are those of the first.
pub fn confidence(candidates: &[Candidate<'_>], draws: u32, seed: u64, progress: &mut dyn Progress) -> Confidence {
    let Some(first) = candidates.first() else { return Confidence::default() };
    let ranges = all_ranges(&first.scenario.assumptions.finance);
    let candidates = candidates.iter().map(|candidate| Totals::of(candidate, &ranges)).collect();
    Question { candidates, ranges, others: Vec::new(), draws, seed }.answer(progress)
}

impl Question {
    /// How sure the money is.
    ///
    /// Draws are spread evenly over the range of each input (Latin hypercube), and most are near what is assumed (a triangle on each side of it). Asked to stop
    /// by `progress`, it tells what the draws so far say.
    pub fn answer(&self, progress: &mut dyn Progress) -> Confidence {
        let Self { candidates, ranges, others, draws, seed } = self;
        let (Some(first), Some(last)) = (candidates.first(), candidates.last()) else { return Confidence::default() };
        let mut totals: Vec<Vec<Money>> = vec![Vec::new(); candidates.len()];
        let mut cheapest = vec![0_u64; candidates.len()];
        let mut saved = Vec::new();
        let mut drawn = 0;
        let drawn_ranges: Vec<&Range> = ranges.iter().chain(others).collect();
        let turns: Vec<Turns> = candidates.iter().map(|candidate| Turns::of(candidate, others)).collect();
        for factors in samples(&drawn_ranges, *draws, *seed).chunks_exact(drawn_ranges.len().max(1)) {
            if drawn % STRIDE == 0 && progress.tick("Drawing", drawn as u64, u64::from(*draws)).is_break() {
                break;
            }
            drawn += 1;
            for (index, candidate) in candidates.iter().enumerate() {
                let (factors, values) = factors.split_at(ranges.len());
                totals[index].push(turns[index].total(candidate, factors, values));
            }
            let last_of = |totals: &Vec<Money>| totals.last().copied();
            let least = totals.iter().filter_map(last_of).min();
            for (count, totals) in cheapest.iter_mut().zip(&totals) {
                *count += u64::from(last_of(totals) == least);
            }
            let ends = (totals.first().and_then(|all| all.last()), totals.last().and_then(|all| all.last()));
            if let (Some(&plan), Some(&staying)) = ends {
                saved.push(staying - plan);
            }
        }
        let permille = |count: u64| (count * 1000 / drawn.max(1) as u64) as u32;
        let spreads = candidates.iter().zip(totals).zip(&cheapest);
        let spreads = spreads
            .map(|((candidate, totals), &count)| spread(&candidate.name, candidate.assumed, totals, permille(count)));
        let positive = saved.iter().filter(|&&amount| amount > Money::ZERO).count() as u64;
        Confidence {
            draws: drawn as u32,
            seed: *seed,
            candidates: spreads.collect(),
            saved: spread("saved", last.assumed - first.assumed, saved, permille(positive)),
            tornado: tornado(first, last, ranges, others),
        }
    }
}

fn spread(name: &str, assumed: Money, amounts: Vec<Money>, cheapest_permille: u32) -> Spread {
    let amounts = in_order(&amounts, Money::cmp);
    let at = |percent: usize| {
        let position = amounts.len().saturating_sub(1) * percent / 100;
        amounts.get(position).copied().unwrap_or(assumed)
    };
    let percentiles = if amounts.is_empty() { Vec::new() } else { (0..=100).map(at).collect() };
    let (p10, p50, p90) = (at(10), at(50), at(90));
    Spread { name: name.to_owned(), assumed, p10, p50, p90, cheapest_permille, percentiles }
}

/// One, in the unit of factors.
const ONE: i64 = 1_000_000;

/// Factors of all inputs for each draw, one draw after the other; of those that are no price the values themselves.
fn samples(ranges: &[&Range], draws: u32, seed: u64) -> Vec<i64> {
    let mut random = Random::new(seed);
    let mut samples = vec![ONE; draws as usize * ranges.len()];
    let mut strata: Vec<usize> = (0..draws as usize).collect();
    for (index, range) in ranges.iter().enumerate() {
        random.shuffle(&mut strata);
        for (sample, &stratum) in samples.chunks_exact_mut(ranges.len()).zip(&strata) {
            let position = (stratum as f64 + random.unit()) / f64::from(draws);
            sample[index] = factor(range, position);
        }
    }
    samples
}

/// The factor at a quantile from 0 to 1: a triangle on each side of the likely value, which is the median. Square roots are exact on every machine.
fn factor(range: &Range, position: f64) -> i64 {
    let likely = range.likely_permille();
    let side = if position < 0.5 { (2.0 * position).sqrt() - 1.0 } else { 1.0 - (2.0 - 2.0 * position).sqrt() };
    let width =
        if side < 0.0 { likely - i64::from(range.low_permille) } else { i64::from(range.high_permille) - likely };
    likely * (ONE / 1000) + libm::round(side * (width.max(0) * 1000) as f64) as i64
}

fn tornado(plan: &Totals, staying: &Totals, ranges: &[Range], others: &[Range]) -> Vec<Bar> {
    let saved = staying.total() - plan.total();
    let mut bars: Vec<Bar> =
        others.iter().enumerate().filter_map(|(at, range)| other_bar(plan, staying, at, range)).collect();
    for (input, range) in ranges.iter().enumerate() {
        if [plan, staying].iter().all(|side| side.paid.by_input[input] == Money::ZERO) {
            continue;
        }
        let at = |permille: u32| staying.at_price(input, permille) - plan.at_price(input, permille);
        bars.push(Bar {
            input: range.input,
            provider: range.provider.clone(),
            low_permille: range.low_permille,
            high_permille: range.high_permille,
            saved_at_low: at(range.low_permille),
            saved_at_high: at(range.high_permille),
            break_even_permille: if plan.owed.is_empty() && staying.owed.is_empty() {
                break_even(saved, staying.paid.by_input[input] - plan.paid.by_input[input])
            } else {
                turning_within(&at)
            },
            source: source_of(range),
        });
    }
    let width = |bar: &Bar| (bar.saved_at_high - bar.saved_at_low).micros().unsigned_abs();
    // What is known of few kinds of lists is compiled once: a sort of its own for each would be kilobytes.
    in_order(&bars, |a, b| width(b).cmp(&width(a)).then_with(|| (a.input, &a.provider).cmp(&(b.input, &b.provider))))
}

/// What an input does that is no price; `None` where it does nothing to either.
fn other_bar(plan: &Totals, staying: &Totals, other: usize, range: &Range) -> Option<Bar> {
    let (plan_at, staying_at) = (plan.totals_at(other), staying.totals_at(other));
    if plan_at == [plan.total(); KNOTS] && staying_at == [staying.total(); KNOTS] {
        return None;
    }
    let saved: [Money; KNOTS] = std::array::from_fn(|knot| staying_at[knot] - plan_at[knot]);
    Some(Bar {
        input: range.input,
        provider: String::new(),
        low_permille: range.low_permille,
        high_permille: range.high_permille,
        saved_at_low: saved[0],
        saved_at_high: saved[KNOTS - 1],
        break_even_permille: turning(&knots(range), saved),
        source: source_of(range),
    })
}

/// A quotient to the nearest whole number, half away from zero.
fn rounded(value: i128, by: i128) -> i64 {
    Money::from_micros(1).scale(value, by).micros()
}

/// `saved + slope × (m − 1000) ÷ 1000 = 0`, solved for m.
fn break_even(saved: Money, slope: Money) -> Option<u32> {
    if slope == Money::ZERO {
        return None;
    }
    let at = 1000 - i128::from(saved.micros()) * 1000 / i128::from(slope.micros());
    u32::try_from(at).ok()
}

/// Up to which price a turn is looked for where promises bend the line, per thousand of what is assumed.
const FARTHEST: u32 = 100_000;

/// The price at which nothing is saved, where what is saved is no straight line; `None` where it has the same sign at both ends.
fn turning_within(saved_at: &dyn Fn(u32) -> Money) -> Option<u32> {
    let is_saved = |permille: u32| saved_at(permille) > Money::ZERO;
    let (mut low, mut high) = (0, FARTHEST);
    let at_low = is_saved(low);
    if at_low == is_saved(high) {
        return None;
    }
    while high - low > 1 {
        let middle = low.midpoint(high);
        if is_saved(middle) == at_low { low = middle } else { high = middle }
    }
    Some(high)
}

fn source_of(range: &Range) -> String {
    let default = RANGES.iter().find(|(input, ..)| *input == range.input && range.provider.is_empty());
    match default {
        Some((_, low, high, source)) if (*low, *high) == (range.low_permille, range.high_permille) => {
            (*source).to_owned()
        }
        _ => "your range".to_owned(),
    }
}

#[cfg(test)]
mod tests;
