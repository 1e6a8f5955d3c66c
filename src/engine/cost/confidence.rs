//! How sure the money is: ranges of inputs, which of them matter most, and how often each scenario is the cheapest.
//!
//! Costs are linear in prices, so a draw needs no new plan: the lines of a ledger are summed by input once, and each draw multiplies these sums. The same
//! input has the same draw in all scenarios, since a tariff or a wage that turns out higher does so for all of them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Ledger, Line, LineKind};
use crate::engine::model::{Finance, FootprintId, FootprintKind, Input, InputRange, Money, Scenario};
use crate::engine::placement::random::Random;

/// Inputs.
const INPUTS: usize = 12;

/// The default ranges, per thousand of what is assumed, with where they come from.
pub const RANGES: [(Input, u32, u32, &str); INPUTS] = [
    (Input::OwnHosts, 800, 1300, "an assumption of ours"),
    (Input::OwnStorage, 700, 1300, "an assumption of ours"),
    (Input::RentedCompute, 850, 1150, "an assumption of ours"),
    (Input::RentedStorage, 900, 1100, "an assumption of ours"),
    (Input::Network, 800, 1300, "an assumption of ours"),
    (
        Input::Licences,
        529,
        1129,
        "185 to 395 USD for 350 USD a core and year: paid by large customers, and for one year (redresscompliance.com, 2026-06)",
    ),
    (
        Input::Power,
        468,
        1453,
        "0.089 to 0.276 EUR for 0.19: Finland and Cyprus in the second half of 2023 (Eurostat, 2024-04)",
    ),
    (
        Input::Facilities,
        908,
        1207,
        "163.44 to 217.30 USD for 180 USD a kilowatt and month (CBRE, USA 2023 and worldwide 2025)",
    ),
    (Input::People, 800, 1300, "an assumption of ours"),
    (Input::Backup, 800, 1300, "an assumption of ours"),
    (Input::Moving, 500, 2000, "an assumption of ours"),
    (Input::Other, 900, 1100, "an assumption of ours"),
];

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
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
    /// Draws in which it is the cheapest, or in which something is saved, per thousand.
    pub cheapest_permille: u32,
}

/// What one input does to the saving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Bar {
    /// Which.
    pub input: Input,
    /// Its range, per thousand of what is assumed.
    pub low_permille: u32,
    /// See [`Self::low_permille`].
    pub high_permille: u32,
    /// The saving with the input at its lowest.
    pub saved_at_low: Money,
    /// The saving with the input at its highest.
    pub saved_at_high: Money,
    /// The value, per thousand of what is assumed, at which both cost the same, all else as assumed; `null` where there is none above zero.
    pub break_even_permille: Option<u32>,
    /// Where the range comes from.
    pub source: String,
}

/// Totals by input, in the order of [`RANGES`].
type Parts = [Money; INPUTS];

/// The ranges of a scenario: its own, else the default ones.
pub fn ranges(finance: &Finance) -> [InputRange; INPUTS] {
    RANGES.map(|(input, low_permille, high_permille, _)| {
        let own = finance.ranges.iter().find(|range| range.input == input);
        own.copied().unwrap_or(InputRange { input, low_permille, high_permille })
    })
}

/// How sure the money of candidates is: the first is compared with the last, as a plan with staying. The ranges are those of the first.
///
/// Draws are spread evenly over the range of each input (Latin hypercube), and most are near what is assumed (a triangle on each side of it).
pub fn confidence(candidates: &[Candidate<'_>], draws: u32, seed: u64) -> Confidence {
    let (Some(first), Some(last)) = (candidates.first(), candidates.last()) else { return Confidence::default() };
    let ranges = ranges(&first.scenario.assumptions.finance);
    let parts: Vec<Parts> = candidates.iter().map(parts).collect();
    let mut totals: Vec<Vec<Money>> = vec![Vec::with_capacity(draws as usize); candidates.len()];
    let mut cheapest = vec![0_u64; candidates.len()];
    let mut saved = Vec::with_capacity(draws as usize);
    for factors in samples(&ranges, draws, seed) {
        let mut best = (Money::MAX, 0);
        for (index, parts) in parts.iter().enumerate() {
            let total = weighted(parts, &factors);
            totals[index].push(total);
            best = best.min((total, index));
        }
        cheapest[best.1] += 1;
        let ends = (totals.first().and_then(|all| all.last()), totals.last().and_then(|all| all.last()));
        if let (Some(&plan), Some(&staying)) = ends {
            saved.push(staying - plan);
        }
    }
    let permille = |count: u64| (count * 1000 / u64::from(draws.max(1))) as u32;
    let spreads =
        candidates.iter().zip(totals).zip(&cheapest).map(|((candidate, totals), &count)| {
            spread(candidate.name, candidate.ledger.total(), totals, permille(count))
        });
    let positive = saved.iter().filter(|&&amount| amount > Money::ZERO).count() as u64;
    Confidence {
        draws,
        seed,
        candidates: spreads.collect(),
        saved: spread("saved", last.ledger.total() - first.ledger.total(), saved, permille(positive)),
        tornado: tornado(&parts[0], &parts[parts.len() - 1], &ranges),
    }
}

fn spread(name: &str, assumed: Money, mut amounts: Vec<Money>, cheapest_permille: u32) -> Spread {
    amounts.sort_unstable();
    let at = |permille: usize| {
        let position = amounts.len().saturating_sub(1) * permille / 1000;
        amounts.get(position).copied().unwrap_or(assumed)
    };
    Spread { name: name.to_owned(), assumed, p10: at(100), p50: at(500), p90: at(900), cheapest_permille }
}

/// The totals of a ledger by input.
fn parts(candidate: &Candidate<'_>) -> Parts {
    let mut parts = [Money::ZERO; INPUTS];
    for line in &candidate.ledger.lines {
        parts[input_of(line, candidate.scenario) as usize] += line.total;
    }
    parts
}

/// What a line depends on.
pub fn input_of(line: &Line, scenario: &Scenario) -> Input {
    if !line.nature.is_running() {
        return Input::Moving;
    }
    let rented = is_rented(line.footprint, scenario);
    match line.kind {
        LineKind::Hosts | LineKind::Instances if rented => Input::RentedCompute,
        LineKind::Hosts | LineKind::Instances => Input::OwnHosts,
        LineKind::Storage if rented => Input::RentedStorage,
        LineKind::Storage => Input::OwnStorage,
        LineKind::Network => Input::Network,
        LineKind::Licences => Input::Licences,
        LineKind::Power => Input::Power,
        LineKind::Facilities => Input::Facilities,
        LineKind::People => Input::People,
        LineKind::Backup => Input::Backup,
        LineKind::Migration => Input::Moving,
        LineKind::Service => Input::Other,
    }
}

fn is_rented(footprint: Option<FootprintId>, scenario: &Scenario) -> bool {
    let found = footprint.and_then(|id| scenario.footprint(id));
    found.is_some_and(|footprint| match &footprint.kind {
        FootprintKind::Cluster(_) => false,
        FootprintKind::Hosts(hosts) => hosts.region.as_str() != "site",
        FootprintKind::Instances(_) => true,
    })
}

/// One, in the unit of factors.
const ONE: i64 = 1_000_000;

/// The sum of parts, each times its factor in millionths, rounded once.
fn weighted(parts: &Parts, factors: &[i64; INPUTS]) -> Money {
    let sum: i128 =
        parts.iter().zip(factors).map(|(part, &factor)| i128::from(part.micros()) * i128::from(factor)).sum();
    Money::from_micros(1).scale(sum, i128::from(ONE))
}

/// Factors of all inputs for each draw.
fn samples(ranges: &[InputRange; INPUTS], draws: u32, seed: u64) -> Vec<[i64; INPUTS]> {
    let mut random = Random::new(seed);
    let mut samples = vec![[ONE; INPUTS]; draws as usize];
    let mut strata: Vec<usize> = (0..draws as usize).collect();
    for (index, range) in ranges.iter().enumerate() {
        random.shuffle(&mut strata);
        for (sample, &stratum) in samples.iter_mut().zip(&strata) {
            let position = (stratum as f64 + random.unit()) / f64::from(draws);
            sample[index] = factor(range, position);
        }
    }
    samples
}

/// The factor at a quantile from 0 to 1: a triangle on each side of what is assumed, which is the median. Square roots are exact on every machine.
fn factor(range: &InputRange, position: f64) -> i64 {
    let side = if position < 0.5 { (2.0 * position).sqrt() - 1.0 } else { 1.0 - (2.0 - 2.0 * position).sqrt() };
    let width =
        if side < 0.0 { 1000_i64 - i64::from(range.low_permille) } else { i64::from(range.high_permille) - 1000 };
    ONE + libm::round(side * (width.max(0) * 1000) as f64) as i64
}

fn tornado(plan: &Parts, staying: &Parts, ranges: &[InputRange; INPUTS]) -> Vec<Bar> {
    let saved: Money = staying.iter().copied().sum::<Money>() - plan.iter().copied().sum::<Money>();
    let mut bars = Vec::new();
    for (index, range) in ranges.iter().enumerate() {
        let slope = staying[index] - plan[index];
        if (plan[index], staying[index]) == (Money::ZERO, Money::ZERO) {
            continue;
        }
        let at = |permille: u32| saved + slope.scale(i128::from(permille) - 1000, 1000);
        bars.push(Bar {
            input: range.input,
            low_permille: range.low_permille,
            high_permille: range.high_permille,
            saved_at_low: at(range.low_permille),
            saved_at_high: at(range.high_permille),
            break_even_permille: break_even(saved, slope),
            source: source_of(range),
        });
    }
    let width = |bar: &Bar| (bar.saved_at_high - bar.saved_at_low).micros().unsigned_abs();
    bars.sort_by(|a, b| width(b).cmp(&width(a)).then_with(|| a.input.cmp(&b.input)));
    bars
}

/// `saved + slope × (m − 1000) ÷ 1000 = 0`, solved for m.
fn break_even(saved: Money, slope: Money) -> Option<u32> {
    if slope == Money::ZERO {
        return None;
    }
    let at = 1000 - i128::from(saved.micros()) * 1000 / i128::from(slope.micros());
    u32::try_from(at).ok()
}

fn source_of(range: &InputRange) -> String {
    let default = RANGES.iter().find(|(input, ..)| *input == range.input);
    match default {
        Some((_, low, high, source)) if (*low, *high) == (range.low_permille, range.high_permille) => {
            (*source).to_owned()
        }
        _ => "your range".to_owned(),
    }
}

#[cfg(test)]
mod tests;
